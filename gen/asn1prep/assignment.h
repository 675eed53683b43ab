/* Finds where the assignments of a module begin and end. */
#ifndef ASN1PREP_ASSIGNMENT_H
#define ASN1PREP_ASSIGNMENT_H

#include "module.h"

/*
 * Takes the assignment at `*next` and moves `*next` behind it, to the next
 * assignment or the end of the module. Only the outline is looked at, so that
 * anything X.680 to X.683 allow may stand in it.
 */
struct assignment *assignment_parse(const struct token **next);

#endif
