/*
 * A record as people read about it: a section for the record itself, for each
 * object in it, and for each branch of a union.
 */
#ifndef SCHEMAC_REFERENCE_H
#define SCHEMAC_REFERENCE_H

#include "model/model.h"

struct entry {
    const char *key;
    const char *value;  /* what it may be */
    const char *preset; /* its default as JSON; NULL: none */
    const char *text;
    bool required;
};

struct section {
    const char *pointer; /* JSON pointer, '*' for any element; "": the record */
    const char *branch;  /* its title; NULL: no branch of a union */
    const char *text;
    struct entry *entries;
    size_t count;
};

struct reference {
    struct section *sections;
    size_t count;
};

/* The sections of the record of `model`, which there must be. */
void reference_build(struct reference *reference, const struct model *model);

/*
 * What a value may be, in words. `below` is said of what does not fit in a
 * line: objects, and unions of them.
 */
const char *reference_value(const struct type *type, const char *below);

/* Names that are too many for a line, as a sentence; or "". */
const char *reference_names(const struct type *type);

/* The type of a value, or of its elements, that takes sections; or NULL. */
const struct type *reference_deep(const struct type *type);

#endif
