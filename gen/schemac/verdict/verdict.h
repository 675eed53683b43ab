/*
 * Schemas of any kind, for a function that says whether a text is valid. They
 * are looked at as they stand in their files, so that numbers keep all digits.
 */
#ifndef SCHEMAC_VERDICT_H
#define SCHEMAC_VERDICT_H

#include <stdbool.h>
#include <stddef.h>

#include <stepden/json_span.h>

#include "common/library.h"
#include "common/options.h"
#include "common/place.h"
#include "common/text.h"

/* A schema that another one applies, and where that says so. */
struct application {
    struct subschema *inner;
    struct place place;
};

/* A schema, wherever it stands in another. */
struct subschema {
    struct stepden_json_span text;
    struct place place;
    const char *base;  /* the URI that references in it start from */
    unsigned resource; /* schemas under the same $id have the same */
    unsigned rule_count;
    size_t index; /* among all */
    struct subschema *ref;
    struct subschema *dynamic_ref;
    const char *dynamic_anchor;  /* that dynamic_ref goes by, or NULL */
    struct application *applies; /* to the value that it is applied to */
    size_t apply_count;
    int state; /* of the search for cycles */
};

/* What a URI, or a URI with an anchor, stands for. */
struct anchor {
    const char *uri;
    const char *name; /* NULL: the root of the resource */
    bool dynamic;
    struct subschema *target;
};

struct verdict {
    struct library library;
    struct subschema **schema; /* the first is the main file's root */
    size_t count;
    struct anchor *anchor;
    size_t anchor_count;
    unsigned resource_count;
    size_t contains_count;
    size_t pattern_count;
    bool unevaluated; /* annotations matter */
    bool unevaluated_items;
    bool dynamic;
};

/* Loads all schemas that the main file leads to, or ends the run. */
void verdict_load(struct verdict *verdict, const struct options *options);

/* The schema that stands at `at`. */
struct subschema *verdict_schema_at(const struct verdict *verdict,
                                    const char *at);

/*
 * The document that `uri` stands for, loaded if it was not yet. NULL when
 * there is no such file.
 */
struct subschema *verdict_document(struct verdict *verdict, const char *uri);

/* The anchor, or NULL. */
const struct anchor *verdict_find_anchor(const struct verdict *verdict,
                                         const char *uri, const char *name);

/* Finds what the references of `schema` refer to. */
void verdict_resolve(struct verdict *verdict, struct subschema *schema);

/*
 * Tells that `inner` is applied to the same value as `outer`, by the keyword at
 * `place`; and ends the run when a schema is thus applied by itself, for ever.
 */
void verdict_apply(struct subschema *outer, struct subschema *inner,
                   const struct place *place);
void verdict_check_cycles(const struct verdict *verdict);

/* The rules of `schema`, and before them the patterns that they use. */
void verdict_emit_rules(struct text *patterns, struct text *rules,
                        struct verdict *verdict, struct subschema *schema);

/* Does all that the options ask for. */
void verdict_run(const struct options *options);

#endif
