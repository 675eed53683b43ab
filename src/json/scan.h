/*
 * What the parts of the reader share, and what readers of other grammars are
 * made of: tokens and errors.
 */
#ifndef STEPDEN_JSON_SCAN_H
#define STEPDEN_JSON_SCAN_H

#include <string.h>

#include <stepden/json/reader.h>

#include "base/diag.h"

/* The text of a string: a slice of the input, or of the reader's buffer. */
struct stepden_json_word {
    const char *at; /* NULL: has escapes and does not fit in the buffer */
    size_t size;
};

static inline void stepden_json_space(struct stepden_json_reader *reader)
{
    while (reader->at < reader->end &&
           (*reader->at == ' ' || *reader->at == '\n' || *reader->at == '\r' ||
            *reader->at == '\t'))
        reader->at++;
}

/* The byte that comes next, -1 at the end. */
static inline int stepden_json_peek(const struct stepden_json_reader *reader)
{
    return reader->at < reader->end ? (unsigned char)*reader->at : -1;
}

/* Whether a number comes next, or what is meant as one. */
static inline bool
stepden_json_is_number(const struct stepden_json_reader *reader)
{
    int c = stepden_json_peek(reader);

    return c == '-' || (c >= '0' && c <= '9');
}

/* Whether the `size` bytes at `a` and `b` are the same; quick for short ones.
 */
static inline bool stepden_json_same(const char *a, const char *b, size_t size)
{
    uint64_t first_a, first_b, last_a, last_b;

    if (size < sizeof(first_a) || size > 2 * sizeof(first_a)) {
        for (; size != 0; size--)
            if (*a++ != *b++)
                return false;
        return true;
    }
    memcpy(&first_a, a, sizeof(first_a));
    memcpy(&first_b, b, sizeof(first_b));
    memcpy(&last_a, a + size - sizeof(last_a), sizeof(last_a));
    memcpy(&last_b, b + size - sizeof(last_b), sizeof(last_b));
    return first_a == first_b && last_a == last_b;
}

/*
 * Ends the reading: at the place `at` of the text something is wrong in a way
 * that makes no sense of the rest. Returns false.
 */
bool stepden_json_fail(struct stepden_json_reader *reader,
                       enum stepden_status status, const char *at,
                       const char *format, ...) STEPDEN_PRINTF(4, 5);

/* Fails at the next byte: truncated there, or not what is `expected`. */
bool stepden_json_expect(struct stepden_json_reader *reader,
                         const char *expected);

/* What helps who wrote what comes next instead of `expected`; else NULL. */
const char *stepden_json_slip(const struct stepden_json_reader *reader,
                              const char *expected);

/*
 * Refuses what begins at `at`, and has been read; true when the reading goes
 * on all the same.
 */
bool stepden_json_refuse(struct stepden_json_reader *reader,
                         enum stepden_status status, const char *at,
                         const char *format, ...) STEPDEN_PRINTF(4, 5);

/*
 * Refuses the value from `at` to where the reader is: "found ..., allowed is"
 * and what `format` makes.
 */
bool stepden_json_refuse_value(struct stepden_json_reader *reader,
                               enum stepden_status status, const char *at,
                               const char *format, ...) STEPDEN_PRINTF(4, 5);

/* Skips the coming value and refuses it, as of the wrong type. */
bool stepden_json_refuse_type(struct stepden_json_reader *reader,
                              const char *format, ...) STEPDEN_PRINTF(2, 3);

/* Reads a number's token; the reader is at a digit or at '-'. */
bool stepden_json_scan_number(struct stepden_json_reader *reader,
                              struct stepden_json_span *token);

/* Reads a string; the reader is at its opening quote. */
bool stepden_json_scan_string(struct stepden_json_reader *reader,
                              struct stepden_json_word *word);

/* Like scan_string, without its text. */
bool stepden_json_skip_string(struct stepden_json_reader *reader);

/*
 * The next key of an object that has no table of members: 0 with the reader
 * behind the key, else STEPDEN_JSON_END or _FAILED. It is for the caller to
 * find duplicates.
 */
int stepden_json_object_key(struct stepden_json_reader *reader,
                            struct stepden_json_object *object,
                            struct stepden_json_word *key);

/* Moves from behind a key to its value. */
static inline bool stepden_json_take_colon(struct stepden_json_reader *reader)
{
    stepden_json_space(reader);
    if (stepden_json_peek(reader) != ':')
        return stepden_json_expect(reader, "':'");
    reader->at++;
    stepden_json_space(reader);
    return true;
}

/*
 * The next character of the string whose inside is at `*at`, which has been
 * read before: UTF-8 of 1 to 4 bytes; 0 at its end.
 */
size_t stepden_json_next_character(const char **at, const char *end,
                                   char utf8[4]);

/* What a date-time takes, with no more of a fraction than counts. */
enum { STEPDEN_JSON_DATE_TIME_MAX = 48 };

/*
 * The characters of a string of any length whose inside is at `at`, as far as a
 * date-time is known by them: of the digits behind the point the first dozen.
 * Returns how many; 0 when there is no date-time in it.
 */
size_t stepden_json_date_time(char text[STEPDEN_JSON_DATE_TIME_MAX],
                              const char *at, const char *end);

/*
 * Of strings whose insides are at `at`, `a` and `b`, and that have been read
 * before: a hash of their characters, whether these are the same, and below, at
 * or above 0 as `a` comes before, is or comes after `b`.
 */
uint32_t stepden_json_string_hash(const char *at, const char *end);
int stepden_json_string_compare(const char *a, const char *end_a, const char *b,
                                const char *end_b);
bool stepden_json_string_equal(const char *a, const char *end_a, const char *b,
                               const char *end_b);

/*
 * Of the `count` texts that `name` gives, the one that is nearest in spelling
 * to `word`; NULL when none is near.
 */
const char *stepden_json_nearest(const struct stepden_json_word *word,
                                 const char *(*name)(const void *ctx, size_t i),
                                 const void *ctx, size_t count);

/* Whether `word` is `name` but for case, '_' and '-'. */
bool stepden_json_alike(const struct stepden_json_word *word, const char *name);

/*
 * Refuses the key from `at` to the reader, which is none of `members`, and
 * says what may have been meant.
 */
bool stepden_json_refuse_unknown(struct stepden_json_reader *reader,
                                 const char *at,
                                 const struct stepden_json_members *members);

/*
 * Writes the JSON pointer (RFC 6901) of what is at `offset` into the `room`
 * bytes at `pointer`; of a key, that of its member. Control characters stand in
 * it as in JSON, \u000a, so that it is one line. What is before has been read
 * without a fault.
 */
void stepden_json_pointer(char *pointer, size_t room, const char *json,
                          size_t size, size_t offset);

#endif
