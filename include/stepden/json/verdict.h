/*
 * JSON Schemas (draft 2020-12) as tables, and whether a text is valid by them.
 * `schemac --validator` makes the tables.
 */
#ifndef STEPDEN_JSON_VERDICT_H
#define STEPDEN_JSON_VERDICT_H

#include <stdint.h>

#include <stepden/json/pattern.h>
#include <stepden/json_span.h>
#include <stepden/status.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Types; an integer is a number too. */
enum {
    STEPDEN_JSON_NULL = 1,
    STEPDEN_JSON_BOOLEAN = 2,
    STEPDEN_JSON_OBJECT = 4,
    STEPDEN_JSON_ARRAY = 8,
    STEPDEN_JSON_NUMBER = 16,
    STEPDEN_JSON_INTEGER = 32,
    STEPDEN_JSON_STRING = 64,
};

/* The most keywords `contains` where there is an `unevaluatedItems`. */
#define STEPDEN_JSON_CONTAINS_MAX 8

/*
 * Limits of a verdict. So many schemas are applied within each other, those of
 * a value and of the values around it; that takes at most 512 KiB of stack.
 */
#define STEPDEN_JSON_APPLIED_MAX 1024

/*
 * For each byte of the text, and for 4096 bytes more, so many may be looked at,
 * again and again for every schema that is applied: schemas that lead to
 * themselves in several ways do so without end.
 */
#define STEPDEN_JSON_LOOKS_MAX 16384

/*
 * In the order in which the rules of a schema stand: what is found quickly
 * first, and each behind those whose annotations it looks at.
 */
enum stepden_json_keyword {
    STEPDEN_JSON_FALSE, /* the schema `false` */

    STEPDEN_JSON_TYPE,  /* count: the types */
    STEPDEN_JSON_CONST, /* texts[0] */
    STEPDEN_JSON_ENUM,  /* texts */

    STEPDEN_JSON_MINIMUM, /* texts[0] */
    STEPDEN_JSON_EXCLUSIVE_MINIMUM,
    STEPDEN_JSON_MAXIMUM,
    STEPDEN_JSON_EXCLUSIVE_MAXIMUM,
    STEPDEN_JSON_MULTIPLE_OF,

    STEPDEN_JSON_MIN_LENGTH, /* count */
    STEPDEN_JSON_MAX_LENGTH,
    STEPDEN_JSON_MIN_ITEMS,
    STEPDEN_JSON_MAX_ITEMS,
    STEPDEN_JSON_MIN_PROPERTIES,
    STEPDEN_JSON_MAX_PROPERTIES,

    STEPDEN_JSON_DATE_TIME, /* format */
    STEPDEN_JSON_PATTERN,   /* patterns[0] */
    STEPDEN_JSON_UNIQUE_ITEMS,
    STEPDEN_JSON_REQUIRED,           /* texts: keys, sorted */
    STEPDEN_JSON_DEPENDENT_REQUIRED, /* texts: with the first, all others,
                                        sorted */

    STEPDEN_JSON_PROPERTY_NAMES,
    STEPDEN_JSON_PROPERTIES, /* texts: keys, sorted; first those of constants,
                                then those of all others, so that what tells a
                                branch from another is known before what is in
                                it, however the text is ordered */
    STEPDEN_JSON_PATTERN_PROPERTIES, /* patterns */
    STEPDEN_JSON_ADDITIONAL_PROPERTIES,
    STEPDEN_JSON_PREFIX_ITEMS,
    STEPDEN_JSON_ITEMS,
    STEPDEN_JSON_CONTAINS, /* at least count, at most maximum */

    STEPDEN_JSON_REF,
    STEPDEN_JSON_DYNAMIC_REF, /* the target, then the anchors of its name */
    STEPDEN_JSON_ALL_OF,
    STEPDEN_JSON_ANY_OF, /* maximum: when so many are valid, the rest is not
                            tried */
    STEPDEN_JSON_ONE_OF,
    STEPDEN_JSON_NOT,
    STEPDEN_JSON_IF,                /* if, then, else */
    STEPDEN_JSON_DEPENDENT_SCHEMAS, /* texts: keys, sorted */

    STEPDEN_JSON_UNEVALUATED_PROPERTIES,
    STEPDEN_JSON_UNEVALUATED_ITEMS,
    STEPDEN_JSON_KEYWORDS,
};

/*
 * One keyword. `count` is a limit or the number of the texts, patterns and
 * schemas. Keys are insides of JSON strings: without quotes, with escapes; they
 * are sorted by their characters, as UTF-8.
 */
struct stepden_json_rule {
    enum stepden_json_keyword keyword;
    uint64_t count;
    uint64_t maximum;
    const struct stepden_json_span *texts;
    const struct stepden_json_pattern *const *patterns;
    const struct stepden_json_schema *const *schemas;
};

struct stepden_json_schema {
    const char *place; /* of the schema, for people: file#/pointer */
    unsigned resource; /* schemas under the same $id have the same */
    unsigned rule_count;
    const struct stepden_json_rule *rules;
};

/*
 * Whether the `size` bytes at `json` are valid by `schema`; else `diag`, which
 * may be NULL, tells the first fault. No memory is taken but stack.
 *
 * STEPDEN_ERR_INVALID  not valid, or a duplicate key
 * STEPDEN_ERR_TRUNCATED, _SYNTAX, _RANGE  not JSON, or beyond the limits here
 *                      and of <stepden/json/reader.h>
 */
STEPDEN_CHECKED enum stepden_status
stepden_json_validate(const struct stepden_json_schema *schema,
                      const char *json, size_t size, struct stepden_diag *diag);

#ifdef __cplusplus
}
#endif

#endif
