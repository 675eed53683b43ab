/* Text that is put together piece by piece. */
#ifndef SCHEMAC_TEXT_H
#define SCHEMAC_TEXT_H

#include <stddef.h>

#include <json-c/json.h>

struct text {
    char *at; /* NUL-terminated when not NULL */
    size_t size;
    size_t room;
};

void text_add(struct text *text, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Adds `size` characters as the inside of a C string literal. */
void text_add_escaped(struct text *text, const char *from, size_t size);

/* `from` as a string literal of C. */
const char *text_literal(const char *from);

/* Adds a path as make and ninja read it in a file of dependencies. */
void text_add_path(struct text *text, const char *path);

/*
 * Wraps the line of C that begins at `start` and has no end yet: behind commas,
 * with `indent` columns before what follows.
 */
void text_wrap(struct text *text, size_t start, int indent);

/* Adds JSON for people, with a line feed. */
void text_add_json(struct text *text, struct json_object *json);

/*
 * Makes the file `path` hold `text`. Failure ends the run. A file that does
 * already is written too: make goes by its time.
 */
void text_save(const struct text *text, const char *path);

#endif
