/*
 * A type as asn1prep understands it: what unaligned PER (X.691) makes bytes
 * of, and nothing else.
 */
#ifndef ASN1PREP_TYPE_H
#define ASN1PREP_TYPE_H

#include <stdbool.h>

#include "lexer.h"

enum type_kind {
    TYPE_REFERENCE,
    TYPE_BOOLEAN,
    TYPE_NULL,
    TYPE_INTEGER,
    TYPE_ENUMERATED,
    TYPE_STRING, /* of bits, of octets, of characters */
    TYPE_SEQUENCE,
    TYPE_SEQUENCE_OF,
    TYPE_CHOICE,
};

/* A number, a name, MIN, MAX, TRUE or FALSE; `item` NULL: there is none. */
struct value {
    const struct token *item;
    bool is_negative;
};

/* One entry of the { } of INTEGER, ENUMERATED or BIT STRING. */
struct named_value {
    struct named_value *next;
    const struct token *name; /* NULL: the extension marker */
    struct value value;       /* may be none in ENUMERATED */
};

enum constraint_kind {
    CONSTRAINT_RANGE, /* lower..upper, or lower alone */
    CONSTRAINT_SIZE,
    CONSTRAINT_UNION,
    CONSTRAINT_INTERSECTION,
    /* Invisible to PER: */
    CONSTRAINT_TEXT,       /* "...", in `lower` */
    CONSTRAINT_ELEMENTS,   /* WITH COMPONENT (...) */
    CONSTRAINT_COMPONENTS, /* WITH COMPONENTS {...} */
};

enum presence { PRESENCE_ANY, PRESENCE_PRESENT, PRESENCE_ABSENT };

/* One entry of the { } of WITH COMPONENTS. */
struct component {
    struct component *next;
    const struct token *name;
    const struct constraint_set *constraints;
    enum presence presence;
};

struct constraint {
    struct constraint *next; /* beside it, in a union or intersection */
    enum constraint_kind kind;
    struct value lower;
    struct value upper;                 /* none: a single value */
    struct constraint *parts;           /* of a union or intersection */
    const struct constraint_set *inner; /* of SIZE and WITH COMPONENT */
    struct component *components;
    bool is_partial; /* {..., a, b} */
    struct place at;
    const struct constraint *except; /* what is taken away from it */
};

/*
 * The inside of ( ). Values behind an extension marker are left out: they are
 * encoded as if unconstrained, whether they are listed or not (X.691, 10.3).
 */
struct constraint_set {
    struct constraint_set *next; /* serial constraints: (a) (b) */
    struct constraint *root;
    bool is_extensible;
};

enum member_kind {
    MEMBER_COMPONENT,
    MEMBER_COMPONENTS_OF,
    MEMBER_MARKER, /* ... */
    MEMBER_GROUP,  /* [[ ]] */
};

struct member {
    struct member *next;
    enum member_kind kind;
    const struct token *name;
    const struct type *type;
    bool is_optional;
    struct value default_value; /* none: no DEFAULT */
    struct member *members;     /* of a group */
};

struct type {
    enum type_kind kind;
    struct place at;
    const char *tag;            /* "", or "[5] " */
    const char *keyword;        /* of TYPE_STRING: "BIT STRING" */
    const struct token *module; /* of Module.Name, or NULL */
    const struct token *name;   /* of TYPE_REFERENCE */
    struct named_value *names;
    struct member *members;
    const struct type *element;
    struct constraint_set *constraints;
};

/*
 * The type that stands at `first`, ending before `end`. What asn1prep does
 * not understand is refused.
 */
const struct type *type_parse(const struct token *first,
                              const struct token *end);

/*
 * The number of an item of an ENUMERATED that the text gives none (X.680, 20.3
 * to 20.6).
 */
long type_item_number(const struct type *type, const char *name);

#endif
