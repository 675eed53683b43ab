/* A model as C text, one function a construct. */
#ifndef SCHEMAC_EMIT_H
#define SCHEMAC_EMIT_H

#include "common/text.h"
#include "model/model.h"

/* The header that declares the types of the main file; see emit_source. */
void emit_header(struct text *text, const struct model *model);

/*
 * The functions that the header declares; with `embed` also the texts of the
 * schema, complete in itself, and of the template.
 */
void emit_source(struct text *text, const struct model *model);

/* Says what made the file, and of what. */
void emit_banner(struct text *text, const struct model *model);

/* The header of a schema file, as users include it. */
const char *emit_header_path(const struct model *model,
                             const struct schema_file *file);

/* The parts of the source for one composite type. */
void emit_init(struct text *text, const struct type *type);
void emit_take(struct text *text, const struct type *type);
void emit_put(struct text *text, const struct type *type);

/* The keys of an object, and the places of the keys of a closed record. */
void emit_keys(struct text *text, const struct type *type);
void emit_places(struct text *text, const struct model *model);

/*
 * What the readers and writers of `type` take besides: nothing when it is an
 * object of constants. `constant` is "const " or "".
 */
const char *emit_parameter(const struct type *type, const char *constant);
const char *emit_argument(const struct type *type, const char *value);

/* "static " before what no other file needs, else "". */
const char *emit_linkage(const struct type *type);

/* The table and the function of named values. */
void emit_names(struct text *text, const struct type *type);

/*
 * `text` as a comment that starts at column `indent`, wrapped; nothing when it
 * is empty.
 */
void emit_comment(struct text *out, int indent, const char *text);

/* `text` on one line, with one blank where control characters and blanks are.
 */
const char *emit_plain(const char *text);

/* What a reader of the header has to know of a member: range, unit, default. */
const char *emit_member_doc(const struct member *member);

/* How people write the unit that is called `unit` in C. */
const char *emit_unit(const char *unit);

/* How it follows a range: " ms" or " in 10 ms"; "" without. */
const char *emit_unit_suffix(const char *unit);

/* What a value has to be besides its range: ", a multiple of 5"; or "". */
const char *emit_rule(const struct type *type);

/* The values of an integer: "1..9", or those that are listed. */
const char *emit_integers(const struct type *type);

/* `json` on one line. */
const char *emit_json(struct json_object *json);

/*
 * Two sentences, either of which may be empty; with a full stop between them
 * if the first has none.
 */
const char *emit_joined(const char *first, const char *second);

/*
 * A sentence about the array `examples`, "" for NULL: with numbers as C holds
 * them in `type`, or as JSON has them without it.
 */
const char *emit_examples(const struct type *type,
                          struct json_object *examples);

/* References for people, of the record, which there must be. */
void emit_markdown(struct text *text, const struct model *model);
void emit_man(struct text *text, const struct model *model);

/*
 * A value of the record, which there must be: defaults, and of what is required
 * the first example, or else the smallest.
 */
void emit_template(struct text *text, const struct model *model);

/*
 * The schema of the main file without references to other files and without our
 * keywords; units are told in descriptions.
 */
void emit_bundle(struct text *text, const struct model *model);

/* The C type of a value. Strings have none. */
const char *emit_c_type(const struct type *type);

/* `value` as a C constant. */
const char *emit_number(int64_t value);

/* The most bytes that the JSON text of a value takes, slices not counted. */
uint64_t emit_json_max(const struct type *type);

/* Whether a value of `type` can have a secret in it. */
bool emit_has_secret(const struct type *type);

/* Whether `type` belongs to the model's main file. */
bool emit_is_own(const struct model *model, const struct type *type);

#endif
