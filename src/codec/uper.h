/*
 * Unaligned PER (X.691) of asn1c's trees: whole messages only, every failure
 * explained. It is the range check too: what is outside its range is neither
 * written nor read.
 *
 * Sizes of 16384 and more, which are sent in fragments, are refused: no packet
 * is that long.
 */
#ifndef STEPDEN_CODEC_UPER_H
#define STEPDEN_CODEC_UPER_H

#include <stddef.h>
#include <stdint.h>

#include <stepden/status.h>

struct stepden_arena;
struct stepden_step;
struct stepden_type;

/*
 * Encodes the tree `value` of type `type` into the `size` bytes at `bytes`.
 * DEFAULT values are left out, empty extension groups too, and a BIT STRING
 * with named bits ends with its last one (X.691, clauses 16.2 and 19.5).
 *
 * STEPDEN_ERR_RANGE    a value outside its type's range; `diag` names it
 * STEPDEN_ERR_INVALID  an unknown item or alternative, a text not in UTF-8, a
 *                      mandatory member that is absent
 * STEPDEN_ERR_SPACE    `size` is too small
 */
STEPDEN_CHECKED enum stepden_status
stepden_uper_encode(uint8_t *bytes, size_t size, size_t *length,
                    const struct stepden_type *type, const void *value,
                    struct stepden_diag *diag);

/* What some bits of a message are. */
enum stepden_bits_role {
    STEPDEN_BITS_VALUE,     /* `type`'s value; `value` is the decoded one */
    STEPDEN_BITS_EXTENSION, /* extension bit of `type` */
    STEPDEN_BITS_PRESENCE,  /* are the optional members of `type` there? */
    STEPDEN_BITS_LENGTH,    /* of a list, a string, a number: `number` */
    STEPDEN_BITS_OPEN,      /* of an addition, in octets: `number` */
    STEPDEN_BITS_ADDITIONS, /* how many the sender knows, less one: `number` */
    STEPDEN_BITS_CHOICE,    /* which alternative of `type`: `number` */
    STEPDEN_BITS_UNKNOWN,   /* an addition that the release does not know */
    STEPDEN_BITS_PADDING,
    STEPDEN_BITS_REST, /* bytes that are left over */
};

struct stepden_bits {
    enum stepden_bits_role role;
    size_t offset; /* of the first bit, from the start of the message */
    size_t width;
    const struct stepden_step *step; /* the field they belong to */
    const struct stepden_type *type; /* NULL: of none */
    const void *value;               /* of STEPDEN_BITS_VALUE, else NULL */
    uint64_t number;                 /* the bits, if there are at most 64 */
};

/* Is told of all bits of a message, in their order. */
struct stepden_bits_sink {
    void (*take)(void *ctx, const struct stepden_bits *bits); /* borrowed */
    void *ctx;
};

/*
 * Decodes exactly one value of type `type` from the `size` bytes at `bytes`:
 * no bytes after it, padding bits zero (X.691, clause 11.1). `value` is then a
 * tree in `arena`; on error its content is of no use. Additions that the type
 * does not know are left out, and counted in `*unknown`. `unknown` and `sink`
 * may be NULL.
 *
 * STEPDEN_ERR_TRUNCATED  more bytes are needed
 * STEPDEN_ERR_INVALID    not of this type, or something is left over
 * STEPDEN_ERR_RANGE      a value outside its type's range; `diag` names it
 * STEPDEN_ERR_MEMORY
 */
STEPDEN_CHECKED enum stepden_status stepden_uper_decode(
    void **value, struct stepden_arena *arena, const struct stepden_type *type,
    const uint8_t *bytes, size_t size, unsigned *unknown,
    const struct stepden_bits_sink *sink, struct stepden_diag *diag);

#endif
