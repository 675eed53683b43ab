/* Exact arithmetic on JSON numbers as they are spelt, of any length. */
#ifndef STEPDEN_JSON_EXACT_H
#define STEPDEN_JSON_EXACT_H

#include <stdbool.h>
#include <stdint.h>

#include <stepden/json_span.h>

#include "json/siphash.h"

/* Below, at or above 0, as `a` is below, at or above `b`. */
int stepden_json_number_compare(struct stepden_json_span a,
                                struct stepden_json_span b);

/* Adds the same for numbers that are equal. */
void stepden_json_number_hash(struct stepden_siphash *hash,
                              struct stepden_json_span number);

/* Also 1.0 and 1e2 are. */
bool stepden_json_number_is_integer(struct stepden_json_span number);

/* `coefficient` times 10 to the `exponent`. */
struct stepden_json_divisor {
    uint64_t coefficient; /* 1..10^18 - 1, not a multiple of 10 */
    int64_t exponent;
};

/* False when `number` is not positive, or has more than 18 digits. */
bool stepden_json_divisor_parse(struct stepden_json_divisor *divisor,
                                struct stepden_json_span number);

bool stepden_json_number_is_multiple(struct stepden_json_span number,
                                     struct stepden_json_divisor divisor);

#endif
