/*
 * Basic-XER (X.693, clause 8) of asn1c's trees: an element named after the
 * type, on one line, without a prolog. Members of extension groups stand in
 * their owner, DEFAULT values are left out; an unknown item or alternative is
 * an empty element.
 */
#ifndef STEPDEN_CODEC_XER_H
#define STEPDEN_CODEC_XER_H

struct stepden_json_writer;
struct stepden_type;

/* Writes a value; what does not fit makes the writer full. */
void stepden_xer_write(struct stepden_json_writer *writer,
                       const struct stepden_type *type, const void *value);

#endif
