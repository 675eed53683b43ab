/* Names in C, none of which may be there twice. */
#ifndef SCHEMAC_NAMES_H
#define SCHEMAC_NAMES_H

#include <stddef.h>

#include "model/model.h"

/*
 * What a name is of. In C the tag of a struct may be that of a function too,
 * but in C++ it would be that of a constructor.
 */
enum { NAME_TAG = 1, NAME_PRIVATE = 2, NAME_PUBLIC = NAME_TAG | NAME_PRIVATE };

struct names {
    struct {
        const char *name;
        const struct place *place;
        unsigned of;
    } * item;
    size_t count;
};

/*
 * Adds `name`, of what is at `place`, which is kept; ends the run when it is
 * the name of something else.
 */
void names_add(struct names *names, const struct place *place, const char *name,
               unsigned of);

/* Ends the run when two things in the files of `model` have the same name. */
void names_check(const struct model *model);

#endif
