/* Messages as trees, for the tests of what walks them. */
#ifndef STEPDEN_TESTS_UNIT_CODEC_TREE_H
#define STEPDEN_TESTS_UNIT_CODEC_TREE_H

#include "codec/arena.h"
#include "codec/grammar.h"
#include "codec/uper.h"
#include "sample.h"

struct tree {
    const struct stepden_type *type;
    struct stepden_arena arena;
    void *value;
    unsigned unknown;
    enum stepden_status status;
    struct stepden_diag diag;
};

/* The type as it would be in a grammar: it and its members have a plan. */
const struct stepden_type *tree_planned(const struct stepden_type *type,
                                        struct stepden_arena *arena);

/* Decodes, whatever comes of it; the bytes are read from a block of their size.
 */
struct tree tree_decode(const struct stepden_type *type, const uint8_t *bytes,
                        size_t size);

/* Of a DENM that has to decode. */
struct tree tree_of_denm(enum stepden_release release,
                         const struct encoded *encoded);

/* The UPER; of size 0 when the encoder refused, with `diag`. */
struct encoded tree_encode(struct tree *tree);

void tree_free(struct tree *tree);

#endif
