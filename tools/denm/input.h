/* Where the messages come from: files, standard input, a Redis stream. */
#ifndef DENM_INPUT_H
#define DENM_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <stepden/codec.h>

#include "options.h"

/* Where a message came from. Borrowed. */
struct denm_origin {
    const char *text;   /* "messages.hex:3", the id of a stream entry */
    const char *source; /* the file, the stream */
    uint64_t line;      /* of a file, from 1; 0: the message is the file */
    const char *entry;  /* of a stream, its id; else NULL */
};

/* A message as it came in: UPER, or for encode JER. Borrowed. */
struct denm_item {
    uint64_t number; /* from 1, over all files */
    const struct denm_origin *origin;
    const uint8_t *bytes;
    size_t size;
    enum stepden_status status; /* not STEPDEN_OK: there are no bytes, ... */
    struct stepden_diag diag;   /* ... and why */
};

struct denm_sink {
    bool (*take)(void *ctx, const struct denm_item *item); /* false: enough */
    void *ctx;
};

/*
 * Passes on all messages, in their order, and says on standard error what
 * cannot be read. Returns the exit status: EX_OK, EX_NOINPUT, EX_UNAVAILABLE,
 * EX_IOERR, EX_OSERR, EX_USAGE.
 */
int denm_input_run(const struct denm_options *options,
                   const struct denm_sink *sink);

/* As denm_input_run, of JER. */
int denm_input_run_jer(const struct denm_options *options,
                       const struct denm_sink *sink);

/* Reads the UPER of an item, unless that has a fault already. */
STEPDEN_CHECKED enum stepden_status
denm_item_decode(struct stepden_message *message, const struct denm_item *item,
                 struct stepden_diag *diag);

#endif
