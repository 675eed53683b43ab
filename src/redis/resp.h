/* Commands in Redis's serialization protocol, written into a growing buffer. */
#ifndef STEPDEN_REDIS_RESP_H
#define STEPDEN_REDIS_RESP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * All zero is an empty buffer. When memory runs out `failed` is set and stays
 * set until the buffer is cleared; what it holds is then not to be sent.
 */
struct stepden_resp {
    char *bytes;
    size_t size;
    size_t capacity;
    bool failed;
    bool secret; /* is wiped before its memory is used otherwise; until cleared
                  */
};

void stepden_resp_free(struct stepden_resp *resp);

/* Makes it empty; memory beyond `keep` bytes is given back. */
void stepden_resp_clear(struct stepden_resp *resp, size_t keep);

/* Appends bytes as they are. */
void stepden_resp_append(struct stepden_resp *resp, const char *bytes,
                         size_t size);

/* Begins a command of `argc` arguments, its name included. */
void stepden_resp_command(struct stepden_resp *resp, size_t argc);

/* Appends the next argument of the command. */
void stepden_resp_arg(struct stepden_resp *resp, const char *bytes,
                      size_t size);
void stepden_resp_arg_text(struct stepden_resp *resp, const char *text);
void stepden_resp_arg_number(struct stepden_resp *resp, int64_t number);

#endif
