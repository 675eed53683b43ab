/* asn1c's integers of any length, INTEGER_t, as int64_t on every platform. */
#ifndef STEPDEN_CODEC_INTEGER64_H
#define STEPDEN_CODEC_INTEGER64_H

#include <stdbool.h>
#include <stdint.h>

#include <asn_application.h>

#include <INTEGER.h>

/* Makes `integer` the value `value`, its octets being in `storage`. */
void stepden_integer64_set(INTEGER_t *integer, uint8_t storage[8],
                           int64_t value);

/* Reads `integer`; false if it does not fit. */
bool stepden_integer64_get(int64_t *value, const INTEGER_t *integer);

#endif
