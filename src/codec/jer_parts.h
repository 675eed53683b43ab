/* What the parts of JER (X.697) share. */
#ifndef STEPDEN_CODEC_JER_PARTS_H
#define STEPDEN_CODEC_JER_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <stepden/status.h>

#include "codec/grammar.h"
#include "json/scan.h"

struct stepden_arena;
struct stepden_step;

struct stepden_jer_reader {
    struct stepden_json_reader json;
    struct stepden_arena *arena;
    struct stepden_diag *diag;
};

/*
 * Is the size of a BIT STRING always the same? Only then it is written without
 * its length (X.697, clause 24).
 */
static inline bool stepden_jer_is_fixed(const struct stepden_type *type)
{
    return type->length.has_upper && !type->length.is_extensible &&
           type->length.lower == type->length.upper;
}

static inline bool stepden_jer_is_name(const char *name,
                                       const struct stepden_json_word *word)
{
    return word->at && strlen(name) == word->size &&
           stepden_json_same(name, word->at, word->size);
}

/* The reading of JSON has ended: names the field at `step` as the place. */
enum stepden_status stepden_jer_end(struct stepden_jer_reader *reader,
                                    const struct stepden_step *step);

/* Adds the place `at` of the text if `status` is a refusal; returns it. */
enum stepden_status stepden_jer_locate(struct stepden_jer_reader *reader,
                                       const char *at,
                                       enum stepden_status status);

enum stepden_status stepden_jer_no_memory(struct stepden_jer_reader *reader,
                                          const struct stepden_step *step);

/* A BOOLEAN, INTEGER, ENUMERATED or NULL. */
enum stepden_status stepden_jer_read_simple(struct stepden_jer_reader *reader,
                                            const struct stepden_step *step,
                                            const struct stepden_type *type,
                                            void *value);

/* A BIT STRING, OCTET STRING or character string. */
enum stepden_status stepden_jer_read_string(struct stepden_jer_reader *reader,
                                            const struct stepden_step *step,
                                            const struct stepden_type *type,
                                            void *value);

#endif
