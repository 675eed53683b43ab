/* Which parts of a grammar the random messages have had so far. */
#ifndef TESTS_SUPPORT_RANDOM_COVERAGE_H
#define TESTS_SUPPORT_RANDOM_COVERAGE_H

#include <stdbool.h>
#include <stddef.h>

struct stepden_member;
struct stepden_type;

/* Of a number or a size. */
enum extreme { EXTREME_LOWER, EXTREME_UPPER, EXTREME_BEYOND };

struct coverage;

/* What a header has in every DENM: 0 of any other member. */
int header_constant(const struct stepden_member *member);

/* `with_unknown`: what a later version may add counts too. */
struct coverage *coverage_new(const struct stepden_type *type,
                              bool with_unknown);
void coverage_free(struct coverage *coverage);

/*
 * Points of a type: SEQUENCE: 2 * i for member i present, 2 * i + 1 for absent,
 * 2 * count for unknown additions; CHOICE and ENUMERATED: the index, unknown
 * ones behind; INTEGER, strings and lists: enum extreme; BOOLEAN: the value.
 * What is marked counts when the message is kept.
 */
void coverage_mark(struct coverage *coverage, const struct stepden_type *type,
                   size_t point);
bool coverage_lacks(const struct coverage *coverage,
                    const struct stepden_type *type, size_t point);
/* In the type, or in what it is made of: as of the last message. */
bool coverage_lacks_within(const struct coverage *coverage,
                           const struct stepden_type *type);
void coverage_settle(struct coverage *coverage, bool is_kept);

/* On stderr; returns what was never seen. */
size_t coverage_report(const struct coverage *coverage);

#endif
