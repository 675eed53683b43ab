/* A place in a schema, and how an error there ends the run. */
#ifndef SCHEMAC_PLACE_H
#define SCHEMAC_PLACE_H

#include <stddef.h>

struct place {
    const char *file;
    const char *pointer; /* JSON pointer (RFC 6901); control characters stand
                            in it as in JSON, \u000a */
};

/* The member `key`, or the element `index`, of what is at `place`. */
struct place place_member(const struct place *place, const char *key);
struct place place_element(const struct place *place, size_t index);

/*
 * The key that a token of a pointer, `size` bytes at `token`, stands for. NULL
 * when a '~' in it is none of "~0" and "~1".
 */
const char *place_key(const char *token, size_t size);

/*
 * Prints "file: /pointer: reason" on one line, "file: reason" of the whole, and
 * ends the run without success.
 */
_Noreturn void fail_at(const struct place *place, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
