/* UTF-8 (RFC 3629): the shortest form, no surrogates. */
#ifndef STEPDEN_BASE_UTF8_H
#define STEPDEN_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Is it another byte of a character than its first? */
static inline bool stepden_utf8_continues(char byte)
{
    return ((unsigned char)byte & 0xc0u) == 0x80u;
}

/* The size of the character at the start of `size` bytes, at least one; 0 if
 * there is none. */
size_t stepden_utf8_size(const uint8_t *bytes, size_t size);

/* Is the character of that size a control character, of ASCII or of Unicode
 * (C1)? */
bool stepden_utf8_is_control(const uint8_t *character, size_t size);

/* Are `size` bytes UTF-8? Then `*characters` is how many. */
bool stepden_utf8_count(size_t *characters, const uint8_t *bytes, size_t size);

#endif
