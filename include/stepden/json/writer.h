/*
 * Writes JSON (RFC 8259) straight into the caller's buffer. The generated
 * writers of records are made of these calls. What does not fit makes the
 * writer full, and nothing more is written.
 *
 * Members and elements are written with a comma before each, and enclosed when
 * all of them are there.
 */
#ifndef STEPDEN_JSON_WRITER_H
#define STEPDEN_JSON_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <stepden/json_span.h>

#ifdef __cplusplus
extern "C" {
#endif

struct stepden_json_writer {
    char *at;
    char *end;
    bool full;
    bool masked; /* secrets are not written */
};

/* `size` bytes as they are. */
static inline void stepden_json_put(struct stepden_json_writer *writer,
                                    const char *text, size_t size)
{
    if ((size_t)(writer->end - writer->at) < size) {
        writer->at = writer->end;
        writer->full = true;
        return;
    }
    memcpy(writer->at, text, size);
    writer->at += size;
}

/*
 * The comma before a place of an array, and nulls before that for the `*absent`
 * places that have been left out until now: at the end of the array they stay
 * left out.
 */
static inline void stepden_json_put_place(struct stepden_json_writer *writer,
                                          unsigned *absent)
{
    for (; *absent > 0; --*absent)
        stepden_json_put(writer, ",null", 5);
    stepden_json_put(writer, ",", 1);
}

/*
 * Makes an object ("{}") or an array ("[]") of what has been written since
 * `start`: puts the brackets in the place of the first comma and at the end.
 */
static inline void stepden_json_enclose(struct stepden_json_writer *writer,
                                        char *start, const char *brackets)
{
    if (writer->at == start) {
        stepden_json_put(writer, brackets, 2);
        return;
    }
    if (!writer->full)
        *start = brackets[0];
    stepden_json_put(writer, brackets + 1, 1);
}

void stepden_json_put_bool(struct stepden_json_writer *writer, bool value);

void stepden_json_put_integer(struct stepden_json_writer *writer,
                              int64_t value);

/* `value` times 10 to the -exponent (1..18): exact, no trailing zeros. */
void stepden_json_put_scaled(struct stepden_json_writer *writer, int64_t value,
                             int exponent);

/*
 * A string: quotation mark, reverse solidus and U+0000 to U+001F escaped, the
 * rest as it is.
 */
void stepden_json_put_string(struct stepden_json_writer *writer,
                             const char *text);

/* Likewise `size` bytes, U+0000 among them or not. */
void stepden_json_put_text(struct stepden_json_writer *writer, const char *text,
                           size_t size);

/* A string; STEPDEN_JSON_MASK instead when the writer is masked. */
#define STEPDEN_JSON_MASK "********"
void stepden_json_put_secret(struct stepden_json_writer *writer,
                             const char *text);

/* ITS time as an RFC 3339 date-time in UTC with milliseconds. */
void stepden_json_put_time(struct stepden_json_writer *writer, int64_t its_ms);

/* Likewise milliseconds of POSIX time. */
void stepden_json_put_unix_time(struct stepden_json_writer *writer,
                                int64_t unix_ms);

/* `name` as a string, or `value` if that is NULL. */
void stepden_json_put_name(struct stepden_json_writer *writer, const char *name,
                           int64_t value);

/* A value as it stands, null without one. */
void stepden_json_put_raw(struct stepden_json_writer *writer,
                          struct stepden_json_span span);

#ifdef __cplusplus
}
#endif

#endif
