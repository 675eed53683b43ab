/* Bytes as text. */
#ifndef STEPDEN_DAEMON_BYTES_TEXT_H
#define STEPDEN_DAEMON_BYTES_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define STEPDEN_HEX_SIZE(bytes) (2 * (size_t)(bytes))
#define STEPDEN_BASE64_SIZE(bytes) (((size_t)(bytes) + 2) / 3 * 4)

/* Lower case, STEPDEN_HEX_SIZE(size) characters, no NUL. Returns how many. */
size_t stepden_hex_write(char *text, const uint8_t *bytes, size_t size);

/*
 * Reads `size` digits of either case to size / 2 bytes, which may lie in the
 * place of the text. False if they are anything else, or their number is odd.
 */
bool stepden_hex_read(uint8_t *bytes, const char *text, size_t size);

/* RFC 4648, clause 4, STEPDEN_BASE64_SIZE(size) characters, no NUL. */
size_t stepden_base64_write(char *text, const uint8_t *bytes, size_t size);

/*
 * RFC 3986, clause 2.1: all but unreserved characters as %XX. `text` takes
 * three characters for each of `name` and the NUL.
 */
void stepden_percent_write(char *text, const char *name);

#endif
