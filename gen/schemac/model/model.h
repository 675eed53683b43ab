/*
 * What a schema describes, ready to be written as C: types with C names,
 * ranges on the grid of their members, references resolved, defaults checked.
 * Types are made of types, so what makes them calls each other in a circle.
 */
#ifndef SCHEMAC_MODEL_H
#define SCHEMAC_MODEL_H

#include <stdbool.h>
#include <stddef.h>

#include "common/place.h"
#include "model/load.h"
#include "model/type.h"

/* A schema with $ref, and what that leads to. */
struct referral {
    const struct json_object *schema;
    const struct type *type;
};

/* A definition that is being made, and the one that has referred to it. */
struct following {
    const struct schema_file *file;
    const char *pointer;
    const struct following *outer;
};

struct model {
    const struct options *options;
    struct schema_files files;
    const struct schema_file *main;
    struct type *root;  /* NULL when the file has definitions only */
    struct type **item; /* composites and names, each after what it uses */
    size_t count;
    struct type **defined; /* the $defs in use, of all files */
    size_t defined_count;
    struct referral *referrals;
    size_t referral_count;
    const struct following *following; /* the innermost, or NULL */
    struct type **patterns;            /* the strings that have one */
    size_t pattern_count;
    const char **reload; /* JSON pointers of what may change, and all below */
    size_t reload_count;
};

/* Builds the model of the schema of the options, or ends the run. */
void model_build(struct model *model, const struct options *options);

/* `name` with the prefix of all names. */
const char *model_name(const struct model *model, const char *name);

/*
 * The type that `schema`, found at `place` in `file`, describes; `name` is what
 * it is called in C if it needs a name. `json_type` replaces its keyword
 * `type` if it is not NULL; `member` allows the keywords of a property.
 */
struct type *model_type(struct model *model, const struct schema_file *file,
                        const struct place *place, struct json_object *schema,
                        const char *name, const char *json_type, bool member);

/* The type at /$defs/KEY of `file`, which `from` refers to. */
struct type *model_definition(struct model *model,
                              const struct schema_file *file,
                              const struct place *from, const char *key);

/* The type that the `$ref` of `schema`, found at `place`, refers to. */
struct type *model_reference(struct model *model,
                             const struct schema_file *file,
                             const struct place *place,
                             struct json_object *schema);

/* The object that `schema` describes, into `type`. */
void model_object(struct model *model, struct type *type,
                  struct json_object *schema, bool member);

/* Likewise the array, of which each element is a place of its own. */
void model_tuple(struct model *model, struct type *type,
                 struct json_object *schema, bool member);

/* The union of the branches at `oneOf`, into `type`. */
void model_union(struct model *model, struct type *type,
                 struct json_object *schema);

/* The named values of `schema`, into `type`. */
void model_names(struct type *type, struct json_object *schema,
                 const char *json_type, bool member);

/* Whether the schema is `anyOf` of an object and an integer. */
bool model_has_alone(struct json_object *schema);

/*
 * The object of such a schema, with its one required property, which the
 * integer stands for, into `member`; `name` is what it is called in C.
 */
void model_alone(struct model *model, struct member *member,
                 const struct schema_file *file, const struct place *place,
                 struct json_object *schema, const char *name);

/* Ends the run when unequal elements of `array` could be written alike. */
void model_check_unique(const struct type *array);

/* Finds what of the record may change, into `model`. */
void model_reload(struct model *model);

/*
 * Takes null out of the schema of a property, which is at `*place`: returns
 * what is left, which `*place` is that of then, and into `*json_type` its type
 * if that is one of two.
 */
struct json_object *model_strip_null(struct place *place,
                                     struct json_object *schema,
                                     const char **json_type, bool *nullable);

/* The `type` of the schema, also of a list with one; NULL without. */
const char *model_json_type(const struct place *place,
                            struct json_object *schema);

/* Whether `enum` has numbers. */
bool model_has_listed(struct json_object *schema);

/* The integers of `enum`, into `type`. */
void model_listed(struct type *type, struct json_object *schema,
                  const char *json_type, bool member);

/* The boolean, number, string or constant of `schema`, into `type`. */
void model_scalar(struct type *type, struct json_object *schema,
                  const char *json_type, bool member);

#endif
