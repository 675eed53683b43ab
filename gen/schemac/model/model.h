/*
 * What a schema describes, ready to be written as C: types with C names,
 * ranges on the grid of their members, references resolved, defaults checked.
 */
#ifndef SCHEMAC_MODEL_H
#define SCHEMAC_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/place.h"
#include "model/load.h"
#include "pattern/pattern.h"

enum kind {
    KIND_BOOLEAN,
    KIND_INTEGER,
    KIND_SCALED,  /* a decimal number on a grid of powers of ten */
    KIND_CLASSES, /* a number that is replaced by the class that covers it */
    KIND_STRING,
    KIND_TIME,
    KIND_RAW,   /* a slice of the text */
    KIND_CONST, /* one value, without a member */
    KIND_NAMES, /* numbers with names */
    KIND_OBJECT,
    KIND_ARRAY,
    KIND_UNION,
};

struct type;

struct name_value {
    const char *name;     /* in JSON */
    const char *constant; /* in C, without the prefix of its enum */
    int64_t value;
};

struct member {
    struct place place;
    const char *key;   /* in JSON */
    const char *name;  /* in C, with its unit */
    const char *plain; /* in C, without it */
    const char *description;
    const char *notes; /* of deprecated, readOnly, writeOnly; "" without */
    struct type *type;
    const struct member *alone;   /* of the object: may stand in its place */
    struct json_object *preset;   /* its default; NULL for none, or for null */
    struct json_object *examples; /* an array, or NULL */
    struct json_object *formerly; /* names of once with notes; NULL without */
    bool required;
    bool nullable;
    bool null_preset; /* "default": null */
    bool optional;    /* has a has_ member */
    bool reload;      /* may change while the program runs */
};

struct branch {
    struct place place;
    const char *title;
    const char *name;  /* in C */
    const char *key;   /* object: the member that tells it from the others */
    const char *value; /* the text of that member, NULL for any value */
    struct type *type;
};

struct type {
    enum kind kind;
    struct place place;
    const struct schema_file *owner;
    const char *name; /* composite or names: in C, with prefix */
    const char *description;
    const char *unit; /* NULL without */
    int64_t minimum;  /* of the value, its characters or its elements */
    int64_t maximum;
    int exponent;       /* scaled: the grid is 10 to the -exponent */
    unsigned exclusive; /* scaled: numbers beyond a limit by less than a unit,
                           which is STEPDEN_JSON_ABOVE and _BELOW */
    int64_t step;       /* integer: what it is a multiple of; 0 without */
    int64_t *listed;    /* integer: all values, when they are listed */
    size_t listed_count;
    const struct stepden_json_pattern *pattern; /* string: NULL without */
    bool from_1970;                             /* time: POSIX instead of ITS */
    bool unique;                 /* array: no two elements are equal */
    struct json_object *literal; /* const */
    int64_t *classes;
    size_t class_count;
    struct name_value *values;
    size_t value_count;
    bool open;   /* names: other numbers, object: other members are fine */
    bool secret; /* never shown in a message */
    bool root;
    bool shared; /* other files may refer to it */
    struct member *members;
    size_t member_count;
    struct type *item;
    struct branch *branches;
    size_t branch_count;
    struct json_object *examples; /* an array, or NULL */
};

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

/* The union of the branches at `oneOf`, into `type`. */
void model_union(struct model *model, struct type *type,
                 struct json_object *schema);

/* The named values of `schema`, into `type`. */
void model_names(struct type *type, struct json_object *schema,
                 const char *json_type, bool member);

/* The names that the property had, with notes, after a check; or NULL. */
struct json_object *model_formerly(const struct place *place,
                                   struct json_object *property);

/* Ends the run when a name of once is the name of another property. */
void model_check_formerly(const struct type *object);

/* Whether the schema is `anyOf` of an object and an integer. */
bool model_has_alone(struct json_object *schema);

/*
 * The object of such a schema, with its one required property, which the
 * integer stands for, into `member`; `name` is what it is called in C.
 */
void model_alone(struct model *model, struct member *member,
                 const struct schema_file *file, const struct place *place,
                 struct json_object *schema, const char *name);

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

/* Ends the run when `preset`, found at `place`, is not a value of `type`. */
void model_check_preset(const struct type *type, struct json_object *preset,
                        const struct place *place);

/* Whether `json` is a date-time that `type` can hold, and its milliseconds. */
bool model_time(const struct type *type, struct json_object *json, int64_t *ms);

/*
 * The `examples` of the schema at `place`, or NULL; ends the run when one is
 * not a value of `type`, nor null if that is fine.
 */
struct json_object *model_check_examples(const struct type *type,
                                         struct json_object *schema,
                                         const struct place *place,
                                         bool nullable);

/* The branch of the union that `value` is of; -1 for none. */
int model_branch_of(const struct type *type, struct json_object *value);

/* The member of the object with this key, or NULL. */
struct member *model_member(const struct type *type, const char *key);

/* A copy, to say something of it that holds in one place only. */
struct type *model_copy(const struct type *type);

/* Whether the object has constants only, and nothing that C would hold. */
bool model_is_empty(const struct type *type);

/* Ends the run when `type`, which is used at `place`, is such an object. */
void model_check_content(const struct place *place, const struct type *type);

/* Whether `type` has a C type of its own. */
bool model_is_composite(const struct type *type);

#endif
