/* A regular expression as a tree, and its sets of code points. */
#ifndef SCHEMAC_PATTERN_TREE_H
#define SCHEMAC_PATTERN_TREE_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/place.h"

#define CODE_POINT_MAX UINT32_C(0x10ffff)
#define PATTERN_FOREVER UINT_MAX

struct code_range {
    uint32_t first;
    uint32_t last;
};

/* Ranges that ascend, with a gap between them. */
struct code_set {
    struct code_range *range;
    size_t count;
};

enum pattern_kind {
    PATTERN_SET,   /* one character of the set */
    PATTERN_BEGIN, /* ^ */
    PATTERN_END,   /* $ */
    PATTERN_SEQUENCE,
    PATTERN_CHOICE,
    PATTERN_REPEAT, /* the one item, minimum to maximum times */
};

struct pattern_node {
    enum pattern_kind kind;
    struct code_set set;
    struct pattern_node **item;
    size_t count;
    unsigned minimum;
    unsigned maximum;
};

void code_set_add(struct code_set *set, uint32_t first, uint32_t last);

/* Adds what `other` has not. */
void code_set_add_others(struct code_set *set, const struct code_set *other);

/* Adds the class of an escape (d, D, s, S, w, W); false for another letter. */
bool code_set_add_class(struct code_set *set, char letter);

/* Adds what `.` stands for. */
void code_set_add_dot(struct code_set *set);

bool code_set_same(const struct code_set *a, const struct code_set *b);

/* The tree of a regular expression; ends the run when it is none. */
struct pattern_node *pattern_parse(const struct place *place, const char *text,
                                   size_t size);

/* The text of an expression while it is read. */
struct pattern_reader {
    const struct place *place;
    const char *start;
    const char *at;
    const char *end;
    unsigned depth; /* groups around */
};

/* Ends the run: `reason` names what is wrong at `at`. */
_Noreturn void pattern_fail(const struct pattern_reader *reader, const char *at,
                            const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The byte that comes next, -1 at the end. */
int pattern_peek(const struct pattern_reader *reader);

/* Whether `c` came next, which is then read. */
bool pattern_take(struct pattern_reader *reader, char c);

/* One character or class, from its first byte on, into `set`. */
void pattern_atom(struct pattern_reader *reader, struct code_set *set);

#endif
