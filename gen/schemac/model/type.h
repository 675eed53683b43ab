/* The types of which a model is. */
#ifndef SCHEMAC_TYPE_H
#define SCHEMAC_TYPE_H

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
    KIND_TUPLE, /* an array of which each place is a member */
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
    const char *key;   /* in JSON; of a tuple, the place: "0" */
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
    bool sparse;      /* not written when it is the default */
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

/* Whether it is an object or a tuple. */
bool model_has_members(const struct type *type);

/* Whether it has constants only, and nothing that C would hold. */
bool model_is_empty(const struct type *type);

/* Ends the run when `type`, which is used at `place`, is such a one. */
void model_check_content(const struct place *place, const struct type *type);

/* Whether `type` has a C type of its own. */
bool model_is_composite(const struct type *type);

/* The names that the property had, with notes, after a check; or NULL. */
struct json_object *model_formerly(const struct place *place,
                                   struct json_object *property);

/* Ends the run when a name of once is the name of another property. */
void model_check_formerly(const struct type *object);

#endif
