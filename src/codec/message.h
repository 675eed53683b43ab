/* What a struct stepden_message is made of. */
#ifndef STEPDEN_CODEC_MESSAGE_H
#define STEPDEN_CODEC_MESSAGE_H

#include <stepden/codec.h>

#include "codec/arena.h"
#include "codec/grammar.h"

struct stepden_bits_sink;

struct stepden_message {
    enum stepden_release release;
    const struct stepden_type *type; /* DENM of that release */
    void *tree;                      /* NULL: empty */
    unsigned unknown_count;
    struct stepden_arena arena;
};

/* stepden_message_read_uper, which tells `sink`, unless NULL, of all bits. */
STEPDEN_CHECKED enum stepden_status
stepden_message_decode(struct stepden_message *message, const uint8_t *bytes,
                       size_t size, const struct stepden_bits_sink *sink,
                       struct stepden_diag *diag);

#endif
