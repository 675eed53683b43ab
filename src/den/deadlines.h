/*
 * A queue of deadlines, at most one for each number: all changes are O(log n).
 * Among equal times the lowest number is first.
 */
#ifndef STEPDEN_DEN_DEADLINES_H
#define STEPDEN_DEN_DEADLINES_H

#include <stdbool.h>
#include <stdint.h>

#include <stepden/status.h>

/* All numbers are below. */
#define STEPDEN_DEADLINE_NUMBERS (UINT32_C(1) << 20)

/*
 * 278 years. A later time is taken for this one, and one that is earlier than
 * its negative for that.
 */
#define STEPDEN_DEADLINE_MAX_MS ((INT64_C(1) << 43) - 1)

struct stepden_deadline {
    int64_t at_mono_ms;
    uint32_t number;
};

struct stepden_deadlines {
    uint64_t *heap;  /* a time with its number in each */
    uint32_t *place; /* by number: its index in the heap, 0 for none */
    uint32_t end;    /* of the heap */
};

/*
 * For at most `capacity` deadlines, of the numbers 0..`numbers` - 1. Freed with
 * _free, also after an error.
 */
STEPDEN_CHECKED enum stepden_status
stepden_deadlines_init(struct stepden_deadlines *deadlines, uint32_t capacity,
                       uint32_t numbers);

void stepden_deadlines_free(struct stepden_deadlines *deadlines);

/* Adds the deadline, or moves that of the same number. */
void stepden_deadlines_set(struct stepden_deadlines *deadlines,
                           struct stepden_deadline deadline);

/* Does nothing without a deadline for `number`. */
void stepden_deadlines_remove(struct stepden_deadlines *deadlines,
                              uint32_t number);

/* Gets the next one; false if there is none. */
bool stepden_deadlines_first(const struct stepden_deadlines *deadlines,
                             struct stepden_deadline *first);

/* Gets one that is removed fast; false if there is none. */
bool stepden_deadlines_last(const struct stepden_deadlines *deadlines,
                            uint32_t *number);

#endif
