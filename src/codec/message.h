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

/* STEPDEN_ERR_INVALID: not the header of a DENM (EN 302 637-3, annex B.1). */
STEPDEN_CHECKED enum stepden_status
stepden_message_check_header(const struct stepden_message *message,
                             struct stepden_diag *diag);

#endif
