/* The automaton of a regular expression before it is deterministic. */
#ifndef SCHEMAC_PATTERN_MACHINE_H
#define SCHEMAC_PATTERN_MACHINE_H

#include "pattern/tree.h"
#include <stepden/json/pattern.h>

enum step_kind {
    STEP_READ,  /* a character of the set, then next */
    STEP_FORK,  /* next or other, for nothing */
    STEP_BEGIN, /* next at the begin of the string */
    STEP_END,   /* next at its end */
};

struct step {
    enum step_kind kind;
    unsigned set;
    unsigned next;
    unsigned other;
};

/* A place in it is the number of a step. */
struct machine {
    const struct place *place;
    struct step *step;
    size_t step_count;
    unsigned start;
    unsigned match; /* is never left once it is reached */
    struct code_set *set;
    size_t set_count;
    /* Code points that no set tells apart share a column. */
    struct stepden_json_range *range;
    size_t range_count;
    size_t column_count;
    bool *has; /* by [set][column] */
};

/* Ends the run when it would be too large. */
void machine_build(struct machine *machine, const struct place *place,
                   const struct pattern_node *tree);

#endif
