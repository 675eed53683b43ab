/* What a struct stepden_message is made of. */
#ifndef STEPDEN_CODEC_MESSAGE_H
#define STEPDEN_CODEC_MESSAGE_H

#include <stepden/codec.h>

#include "codec/arena.h"
#include "codec/grammar.h"

struct stepden_message {
    enum stepden_release release;
    const struct stepden_type *type; /* DENM of that release */
    void *tree;                      /* NULL: empty */
    unsigned unknown_count;
    struct stepden_arena arena;
};

#endif
