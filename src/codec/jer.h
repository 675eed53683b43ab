/* JER (X.697) of asn1c's trees; the conventions are in <stepden/codec.h>. */
#ifndef STEPDEN_CODEC_JER_H
#define STEPDEN_CODEC_JER_H

#include <stddef.h>

#include <stepden/status.h>

struct stepden_arena;
struct stepden_json_writer;
struct stepden_type;

/* Writes a value; what does not fit makes the writer full. */
void stepden_jer_write(struct stepden_json_writer *writer,
                       const struct stepden_type *type, const void *value);

/*
 * Reads exactly one value of type `type` from the `size` bytes at `text` into
 * the tree `*value` in `arena`: DEFAULT values in the place of what is absent,
 * lists of unlimited size with at most 16383 elements. Errors as
 * stepden_message_read_jer, and
 *
 * STEPDEN_ERR_TRUNCATED  the text ends early
 */
STEPDEN_CHECKED enum stepden_status
stepden_jer_read(void **value, struct stepden_arena *arena,
                 const struct stepden_type *type, const char *text, size_t size,
                 struct stepden_diag *diag);

#endif
