/*
 * The model: the modules of one release, and the types that one message of it
 * reaches.
 */
#ifndef ASN1PREP_RELEASE_H
#define ASN1PREP_RELEASE_H

#include <stddef.h>
#include <stdint.h>

#include "module.h"
#include "type.h"

struct release {
    const struct module *modules;
    struct assignment **reached; /* parsed; the message comes first */
    size_t count;
};

/*
 * Finds what the type `root` reaches. The order depends on the types alone,
 * not on files or on the order of assignments.
 */
void release_reach(struct release *release, const char *root);

/* What the name of a reference stands for, seen from the module it is in. */
struct assignment *release_type(const struct release *release,
                                const struct module *module,
                                const struct type *reference);

/* A type as it stands in the text of a module. */
struct use {
    const struct module *module;
    const struct type *type;
};

/* The builtin type behind any number of names, where it stands. */
struct use release_resolve(const struct release *release, struct use use);

/* Likewise the type alone. */
const struct type *release_base(const struct release *release,
                                const struct module *module,
                                const struct type *type);

/*
 * A value of `type` as one word without names of other values: a number, a
 * name that the type itself has, MIN, MAX, TRUE or FALSE.
 */
const char *release_value(const struct release *release,
                          const struct module *module, const struct type *type,
                          struct value value);

/*
 * Likewise as a number, also of an ENUMERATED or BOOLEAN; false if it is none,
 * or does not fit.
 */
bool release_number(int64_t *number, const struct release *release,
                    const struct module *module, const struct type *type,
                    struct value value);

#endif
