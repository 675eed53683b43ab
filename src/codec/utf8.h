/* UTF-8 (RFC 3629) as UTF8String has it. */
#ifndef STEPDEN_CODEC_UTF8_H
#define STEPDEN_CODEC_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Are `size` bytes UTF-8? Then `*characters` is how many. */
bool stepden_utf8_count(size_t *characters, const uint8_t *bytes, size_t size);

#endif
