#include "den/deadlines.h"

#include <stdbool.h>
#include <stdlib.h>

#define CHILDREN 4u

enum stepden_status stepden_deadlines_init(struct stepden_deadlines *deadlines,
                                           uint32_t handles)
{
    *deadlines = (struct stepden_deadlines){
        .heap = calloc(handles, sizeof *deadlines->heap),
        .place = calloc(handles, sizeof *deadlines->place),
    };
    return deadlines->heap && deadlines->place ? STEPDEN_OK
                                               : STEPDEN_ERR_MEMORY;
}

void stepden_deadlines_free(struct stepden_deadlines *deadlines)
{
    free(deadlines->heap);
    free(deadlines->place);
}

static bool is_before(const struct stepden_deadline *one,
                      const struct stepden_deadline *other)
{
    if (one->at_mono_ms != other->at_mono_ms)
        return one->at_mono_ms < other->at_mono_ms;
    return one->rank < other->rank;
}

static void put(struct stepden_deadlines *deadlines, uint32_t at,
                struct stepden_deadline deadline)
{
    deadlines->heap[at] = deadline;
    deadlines->place[deadline.handle] = at + 1;
}

/* Moves parents down into the hole at `at` until `deadline` fits in. */
static uint32_t rise(struct stepden_deadlines *deadlines, uint32_t at,
                     const struct stepden_deadline *deadline)
{
    while (at > 0) {
        uint32_t parent = (at - 1) / CHILDREN;
        if (!is_before(deadline, &deadlines->heap[parent]))
            break;
        put(deadlines, at, deadlines->heap[parent]);
        at = parent;
    }
    return at;
}

/* The child of `at` that comes first, or the count if there is none. */
static uint32_t first_child(const struct stepden_deadlines *deadlines,
                            uint32_t at)
{
    const struct stepden_deadline *heap = deadlines->heap;
    uint32_t first = at * CHILDREN + 1;
    uint32_t best = first;

    if (first >= deadlines->count)
        return deadlines->count;
    for (uint32_t child = first + 1;
         child < first + CHILDREN && child < deadlines->count; child++) {
        if (is_before(&heap[child], &heap[best]))
            best = child;
    }
    return best;
}

/* Moves children up into the hole at `at` until `deadline` fits in. */
static uint32_t sink(struct stepden_deadlines *deadlines, uint32_t at,
                     const struct stepden_deadline *deadline)
{
    for (;;) {
        uint32_t child = first_child(deadlines, at);
        if (child == deadlines->count ||
            !is_before(&deadlines->heap[child], deadline))
            return at;
        put(deadlines, at, deadlines->heap[child]);
        at = child;
    }
}

static void fill_hole(struct stepden_deadlines *deadlines, uint32_t at,
                      struct stepden_deadline deadline)
{
    at = rise(deadlines, at, &deadline);
    at = sink(deadlines, at, &deadline);
    put(deadlines, at, deadline);
}

void stepden_deadlines_set(struct stepden_deadlines *deadlines,
                           struct stepden_deadline deadline)
{
    uint32_t place = deadlines->place[deadline.handle];
    uint32_t at = place > 0 ? place - 1 : deadlines->count++;
    fill_hole(deadlines, at, deadline);
}

void stepden_deadlines_remove(struct stepden_deadlines *deadlines,
                              uint32_t handle)
{
    uint32_t place = deadlines->place[handle];
    if (place == 0)
        return;

    deadlines->place[handle] = 0;
    deadlines->count--;
    if (place - 1 < deadlines->count)
        fill_hole(deadlines, place - 1, deadlines->heap[deadlines->count]);
}

const struct stepden_deadline *
stepden_deadlines_first(const struct stepden_deadlines *deadlines)
{
    return deadlines->count > 0 ? &deadlines->heap[0] : NULL;
}
