/* Access to the keywords of a schema, every error with its place. */
#ifndef SCHEMAC_KEYWORD_H
#define SCHEMAC_KEYWORD_H

#include <stdbool.h>
#include <stdint.h>

#include <json-c/json.h>

#include "common/place.h"

/*
 * Ends the run when `schema` has a keyword that is not among the words of
 * `allowed`. Documentation is always allowed, with `member` also
 * `default`, `x-formerly`, `x-name`, `x-reload` and `x-sparse`. `what` names
 * the construct.
 */
void keyword_allow(const struct place *place, struct json_object *schema,
                   const char *what, bool member, const char *allowed);

/* Ends the run when `schema` has a keyword that records have nowhere. */
void keyword_check_known(const struct place *place, struct json_object *schema);

/* The keyword's value, or NULL. It must have the given type. */
struct json_object *keyword_get(const struct place *place,
                                struct json_object *schema, const char *keyword,
                                enum json_type type);

/* The keyword's text, or NULL. */
const char *keyword_text(const struct place *place, struct json_object *schema,
                         const char *keyword);

/* The keyword's boolean, `otherwise` without it. */
bool keyword_flag(const struct place *place, struct json_object *schema,
                  const char *keyword, bool otherwise);

#define KEYWORD_SPARSE_NOTE "Not written when it is the default."

/* What "x-sparse" and the flags of documentation say; "" for nothing. */
const char *keyword_notes(const struct place *place,
                          struct json_object *schema);

/*
 * The keyword's number as an integer multiple of 10 to the -exponent. It must
 * be there, exact, and fit its 64 bits.
 */
int64_t keyword_number(const struct place *place, struct json_object *schema,
                       const char *keyword, int exponent);

/* Like keyword_number, for a count that may be absent. */
int64_t keyword_count(const struct place *place, struct json_object *schema,
                      const char *keyword, int64_t otherwise);

/* Whether `json` is the number that is stored in `*value`. */
bool keyword_exact(struct json_object *json, int exponent, int64_t *value);

#endif
