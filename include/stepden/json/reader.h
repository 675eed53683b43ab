/*
 * Reads JSON (RFC 8259) straight into values, without a tree. The generated
 * readers of records are made of these calls.
 *
 * Every value is read by one call, which expects the reader at its first byte
 * and leaves it behind its last. `false` ends the reading: the reader's status
 * and diag say why. A value that is well formed but not allowed is refused:
 * that ends the reading too, unless errors are collected (`report`).
 */
#ifndef STEPDEN_JSON_READER_H
#define STEPDEN_JSON_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <stepden/json/pattern.h>
#include <stepden/json_span.h>
#include <stepden/status.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Limits of a text; beyond them it is refused as STEPDEN_ERR_RANGE. */
#define STEPDEN_JSON_SIZE_MAX 16777216
#define STEPDEN_JSON_DEPTH_MAX 32

/*
 * Keys without a meaning that are looked at together: those of an object, and
 * of the objects around it. Keeping them finds duplicates; the limit bounds
 * the memory and, at 256 comparisons a key, the time. Only a reader with
 * `crowds` takes more of them in objects that have no keys of a record.
 */
#define STEPDEN_JSON_UNKNOWN_MAX 256

/* The longest key or name that can be known, and the buffer for it. */
#define STEPDEN_JSON_KEY_MAX 64
#define STEPDEN_JSON_WORD_SIZE 128

/* The most branches of a union. */
#define STEPDEN_JSON_BRANCHES_MAX 16

struct stepden_json_unknown {
    const char *at; /* the key's opening quote */
    uint32_t hash;
};

/* The most errors that are reported: each takes a look at all of the text. */
#define STEPDEN_JSON_ERRORS_MAX 100

/* Receives every error. `diag` is borrowed for the call. */
typedef void stepden_json_report(void *ctx, const struct stepden_diag *diag);

struct stepden_json_reader {
    const char *at;
    const char *end;
    const char *begin;
    const char *nullable; /* the place where null would have been fine */
    const char *numeric;  /* likewise a number */
    struct stepden_diag *diag;
    stepden_json_report *report;
    void *ctx;
    const struct stepden_json_place *places; /* NULL without */
    enum stepden_status status;              /* of the first error */
    unsigned errors;                         /* reported */
    unsigned depth;
    unsigned secret;  /* above 0, what was found is not repeated */
    uint32_t unknown; /* members that were ignored */
    bool crowds;      /* of keys: see STEPDEN_JSON_UNKNOWN_MAX */
    size_t unknown_count;
    char word[STEPDEN_JSON_WORD_SIZE];
    struct stepden_json_unknown unknown_keys[STEPDEN_JSON_UNKNOWN_MAX];
};

/* Which limits of a number are not allowed themselves. */
enum {
    STEPDEN_JSON_ABOVE = 1, /* the lower one */
    STEPDEN_JSON_BELOW = 2, /* the upper one */
};

/* What the _next calls return beside an index. */
enum {
    STEPDEN_JSON_END = -1,
    STEPDEN_JSON_FAILED = -2,
};

struct stepden_json_key {
    const char *at;
    size_t size;
};

/* A name that a key had once, for advice. */
struct stepden_json_former {
    const char *name;
    unsigned member;
    const char *note; /* what else has changed; "" for nothing */
};

/* What an object may have. */
struct stepden_json_members {
    const struct stepden_json_key *key;
    unsigned count;    /* at most 64 */
    uint64_t required; /* bit i: member i */
    bool open;         /* others are ignored, and counted */
    const struct stepden_json_former *former;
    unsigned former_count;
};

/* An object of a record, where keys may belong that are found elsewhere. */
struct stepden_json_place {
    const char *where; /* JSON pointer; NULL ends a list */
    const struct stepden_json_members *members;
};

struct stepden_json_object {
    const struct stepden_json_members *members;
    const char *start;
    const char *key; /* its quote; of stepden_json_object_key */
    uint64_t seen;
    size_t unknown_count; /* of the objects around it */
    unsigned guess;       /* the member that probably comes next */
    bool empty;
    bool crowded; /* too many keys to be kept: looked at when all are read */
    int over;     /* END or FAILED: there is nothing to read; else 0 */
};

struct stepden_json_array {
    const char *start;
    int64_t minimum;
    int64_t maximum;
    int64_t count;
    bool unique; /* no two elements may be equal */
    int over;
};

struct stepden_json_name {
    const char *at;
    size_t size;
    int64_t value;
};

/* Numbers with names. */
struct stepden_json_names {
    const struct stepden_json_name *name;
    unsigned count;
    bool open; /* the numbers minimum..maximum are fine too */
    int64_t minimum;
    int64_t maximum;
};

/*
 * A branch of a union: a string without `key`, else an object with the member
 * `key`, which is the string `value` if that is not NULL.
 */
struct stepden_json_branch {
    const char *title;
    const char *key;
    const char *value;
};

/*
 * Starts at the first value of the `size` bytes at `json`. `diag` may be NULL
 * without `report`. With `report`, errors are collected.
 */
void stepden_json_reader_begin(struct stepden_json_reader *reader,
                               const char *json, size_t size,
                               struct stepden_diag *diag,
                               stepden_json_report *report, void *ctx);

/* Checks that nothing but white space follows the one value. */
bool stepden_json_reader_end(struct stepden_json_reader *reader);

/*
 * A record's object: for each member in it the index of its key, with the
 * reader at its value; at its end STEPDEN_JSON_END. Required members, unknown
 * and duplicate ones are seen to.
 */
void stepden_json_object_begin(struct stepden_json_reader *reader,
                               struct stepden_json_object *object,
                               const struct stepden_json_members *members);
int stepden_json_object_next(struct stepden_json_reader *reader,
                             struct stepden_json_object *object);

/* An array of minimum..maximum elements: 0 for each, then STEPDEN_JSON_END. */
void stepden_json_array_begin(struct stepden_json_reader *reader,
                              struct stepden_json_array *array, int64_t minimum,
                              int64_t maximum);
int stepden_json_array_next(struct stepden_json_reader *reader,
                            struct stepden_json_array *array);

/* Whether there was a null, which is then read. Anything else is left alone. */
bool stepden_json_take_null(struct stepden_json_reader *reader);

/* Whether a number comes next, which may stand here; it is left alone. */
bool stepden_json_at_number(struct stepden_json_reader *reader);

bool stepden_json_take_bool(struct stepden_json_reader *reader, bool *value);

/* An integer, also in the spelling 1.0 or 1e2. */
bool stepden_json_take_integer(struct stepden_json_reader *reader,
                               int64_t *value, int64_t minimum,
                               int64_t maximum);

/* An integer that is a multiple of `step`, which is above 0. */
bool stepden_json_take_multiple(struct stepden_json_reader *reader,
                                int64_t *value, int64_t minimum,
                                int64_t maximum, int64_t step);

/* One of the `count` integers at `listed`. */
bool stepden_json_take_listed(struct stepden_json_reader *reader,
                              int64_t *value, const int64_t *listed,
                              size_t count);

/*
 * A number in units of 10 to the -exponent; the limits, in units, hold for the
 * exact number, which is then rounded, half away from zero.
 */
bool stepden_json_take_scaled(struct stepden_json_reader *reader,
                              int64_t *value, int64_t minimum, int64_t maximum,
                              int exponent);

/*
 * Likewise, with limits that are not allowed themselves: `exclusive` says which
 * of them. What would be rounded to such a limit becomes the unit next to it.
 */
bool stepden_json_take_between(struct stepden_json_reader *reader,
                               int64_t *value, int64_t minimum, int64_t maximum,
                               int exponent, unsigned exclusive);

/* A number >= 0 as the least class not below it, or the last of them. */
bool stepden_json_take_class(struct stepden_json_reader *reader, int64_t *value,
                             const int64_t *classes, size_t count);

/*
 * A string of minimum..maximum characters, none of them U+0000, into the
 * 4 * maximum + 1 bytes at `value`. With `pattern`, which may be NULL, it has
 * to fit that. A secret is not repeated in an error.
 */
bool stepden_json_take_string(struct stepden_json_reader *reader, char *value,
                              int64_t minimum, int64_t maximum, bool secret,
                              const struct stepden_json_pattern *pattern);

/* A date-time (RFC 3339) as ITS time. */
bool stepden_json_take_time(struct stepden_json_reader *reader,
                            int64_t *its_ms);

/* A date-time of years 0000 to 9999 as milliseconds of POSIX time. */
bool stepden_json_take_unix_time(struct stepden_json_reader *reader,
                                 int64_t *unix_ms);

/* A name as its number, or the number itself. */
bool stepden_json_take_name(struct stepden_json_reader *reader, int64_t *value,
                            const struct stepden_json_names *names);

/* Exactly this string. */
bool stepden_json_take_text(struct stepden_json_reader *reader,
                            const char *text, size_t size);

/* Exactly this of true and false. */
bool stepden_json_take_truth(struct stepden_json_reader *reader, bool truth);

/* An object, checked for its syntax, as it stands in the text. */
bool stepden_json_take_object(struct stepden_json_reader *reader,
                              struct stepden_json_span *span);

/*
 * The index of the branch that the coming value is of, which is not read yet.
 * STEPDEN_JSON_END when it was refused and skipped.
 */
int stepden_json_take_branch(struct stepden_json_reader *reader,
                             const struct stepden_json_branch *branches,
                             size_t count);

/* Any value, checked for its syntax; duplicate keys in it are refused. */
bool stepden_json_skip(struct stepden_json_reader *reader);

#ifdef __cplusplus
}
#endif

#endif
