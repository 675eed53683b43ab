/*
 * Random values of any type, as JER: at and around the bounds more often than
 * elsewhere, and with what was missing so far more often than with the rest.
 */
#ifndef TESTS_SUPPORT_RANDOM_GENERATOR_H
#define TESTS_SUPPORT_RANDOM_GENERATOR_H

#include "support/random/coverage.h"
#include "support/random/text.h"

struct stepden_member;
struct stepden_type;

struct generator {
    uint64_t state; /* of the random numbers */
    struct coverage *coverage;
    unsigned future_count;   /* additions that a later version has */
    unsigned future_percent; /* how often what is unknown is used */
    unsigned density;        /* percent of optional members present */
    bool is_seeking;         /* what was not seen yet */
    unsigned unknown_count;  /* so far in this message */
    size_t bits;             /* of UPER, at least as many as it will have */
    struct text given;       /* as to be read: DEFAULT values, zero bits, \u */
    struct text expected;    /* as it is written after that */
};

/* A value of any type. */
void generate_value(struct generator *generator,
                    const struct stepden_type *type);
void generate_constructed(struct generator *generator,
                          const struct stepden_type *type);
void generate_string(struct generator *generator,
                     const struct stepden_type *type);

/* Of INTEGER and ENUMERATED; an item that is unknown is -1, -2. */
int64_t generate_number(struct generator *generator,
                        const struct stepden_type *type);
void generate_put_number(struct generator *generator,
                         const struct stepden_type *type, int64_t number);

/* In `percent` of all cases, and more often while `point` is not covered. */
bool generate_chance(struct generator *generator,
                     const struct stepden_type *type, size_t point,
                     unsigned percent);
size_t generate_size(struct generator *generator,
                     const struct stepden_type *type);
/* Into both texts. */
void generate_put(struct generator *generator, const char *word);

#endif
