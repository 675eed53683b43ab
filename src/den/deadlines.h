/* A queue of deadlines, one for each handle: all changes are O(log n). */
#ifndef STEPDEN_DEN_DEADLINES_H
#define STEPDEN_DEN_DEADLINES_H

#include <stdint.h>

#include <stepden/status.h>

struct stepden_deadline {
    int64_t at_mono_ms;
    uint32_t rank; /* among equal times the lowest is first */
    uint32_t handle;
};

struct stepden_deadlines {
    struct stepden_deadline *heap;
    uint32_t *place; /* by handle: its place in the heap + 1, 0 for none */
    uint32_t count;
};

/* For handles 0..`handles` - 1. Freed with _free, also after an error. */
STEPDEN_CHECKED enum stepden_status
stepden_deadlines_init(struct stepden_deadlines *deadlines, uint32_t handles);

void stepden_deadlines_free(struct stepden_deadlines *deadlines);

/* Adds the deadline, or moves that of the same handle. */
void stepden_deadlines_set(struct stepden_deadlines *deadlines,
                           struct stepden_deadline deadline);

/* Does nothing without a deadline for `handle`. */
void stepden_deadlines_remove(struct stepden_deadlines *deadlines,
                              uint32_t handle);

/* The next one, borrowed until the next change, or NULL. */
const struct stepden_deadline *
stepden_deadlines_first(const struct stepden_deadlines *deadlines);

#endif
