/*
 * What a constraint asks for and PER does not see: relations between the
 * components of a value, above all (X.680, clause 51.8).
 */
#ifndef ASN1PREP_CONDITION_H
#define ASN1PREP_CONDITION_H

#include "release.h"

enum condition_kind {
    CONDITION_ALL_OF,
    CONDITION_ANY_OF,
    CONDITION_NONE_OF,
    CONDITION_COMPONENTS, /* of a SEQUENCE or CHOICE */
    CONDITION_EACH,       /* the elements of a list: its one part */
    CONDITION_NUMBER,     /* lower..upper, also of ENUMERATED, BOOLEAN */
    CONDITION_SIZE,       /* lower..upper */
    CONDITION_TEXT,
};

struct condition_component {
    struct condition_component *next;
    const char *name;
    enum presence presence;
    struct condition *condition; /* on its value, if it is there; or NULL */
};

struct condition {
    struct condition *next; /* beside it */
    enum condition_kind kind;
    struct condition *parts;
    struct condition_component *components;
    int64_t lower;
    int64_t upper;
    const char *text; /* with its quotes */
};

/*
 * What a constraint on a type asks for. NULL: nothing that PER does not see.
 * What does not apply to the type is refused.
 */
struct condition *condition_make(const struct release *release,
                                 const struct use *use,
                                 const struct constraint_set *set);

/* Both of two conditions, each of which may be NULL. */
struct condition *condition_both(struct condition *first,
                                 struct condition *second);

#endif
