/* Bytes from text. */
#ifndef DENM_BYTES_READ_H
#define DENM_BYTES_READ_H

#include <stddef.h>
#include <stdint.h>

#include <stepden/status.h>

/*
 * Reads hexadecimal digits of either case; blanks and colons between octets,
 * and 0x before them, are skipped.
 *
 * STEPDEN_ERR_SYNTAX  another character, or half an octet; `diag` says where
 * STEPDEN_ERR_SPACE   more than `room` bytes
 */
STEPDEN_CHECKED enum stepden_status
denm_hex_read(uint8_t *bytes, size_t room, size_t *size, const char *text,
              size_t text_size, struct stepden_diag *diag);

/*
 * Reads base64 (RFC 4648, clause 4), with or without the padding. Errors as
 * denm_hex_read.
 */
STEPDEN_CHECKED enum stepden_status
denm_base64_read(uint8_t *bytes, size_t room, size_t *size, const char *text,
                 size_t text_size, struct stepden_diag *diag);

#endif
