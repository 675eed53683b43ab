#include "den/deadlines.h"

#include <assert.h>
#include <stdlib.h>

#include "base/compare.h"

/*
 * The children of one entry are one cache line, and so few levels are needed.
 * The root's index is such that its children begin a line.
 */
#define CHILDREN 8u
#define ROOT (CHILDREN - 1)
#define LINE_BYTES (CHILDREN * sizeof(uint64_t))

enum stepden_status stepden_deadlines_init(struct stepden_deadlines *deadlines,
                                           uint32_t capacity, uint32_t numbers)
{
    size_t lines = (ROOT + (size_t)capacity) / CHILDREN + 1;

    assert(numbers <= STEPDEN_DEADLINE_NUMBERS);
    *deadlines = (struct stepden_deadlines){
        .heap = aligned_alloc(LINE_BYTES, lines * LINE_BYTES),
        .place = calloc(numbers, sizeof *deadlines->place),
        .end = ROOT,
    };
    return deadlines->heap && deadlines->place ? STEPDEN_OK
                                               : STEPDEN_ERR_MEMORY;
}

void stepden_deadlines_free(struct stepden_deadlines *deadlines)
{
    free(deadlines->heap);
    free(deadlines->place);
}

/* In the order of times, then of numbers. */
static uint64_t entry_of(struct stepden_deadline deadline)
{
    int64_t at_mono_ms = stepden_larger(
        stepden_smaller(deadline.at_mono_ms, STEPDEN_DEADLINE_MAX_MS),
        -STEPDEN_DEADLINE_MAX_MS);
    return (uint64_t)(at_mono_ms + STEPDEN_DEADLINE_MAX_MS) *
               STEPDEN_DEADLINE_NUMBERS +
           deadline.number;
}

static uint32_t number_of(uint64_t entry)
{
    return entry % STEPDEN_DEADLINE_NUMBERS;
}

static int64_t time_of(uint64_t entry)
{
    return (int64_t)(entry / STEPDEN_DEADLINE_NUMBERS) -
           STEPDEN_DEADLINE_MAX_MS;
}

static void put(struct stepden_deadlines *deadlines, uint32_t at,
                uint64_t entry)
{
    deadlines->heap[at] = entry;
    deadlines->place[number_of(entry)] = at;
}

/* Moves parents down into the hole at `at` until `entry` fits in. */
static uint32_t rise(struct stepden_deadlines *deadlines, uint32_t at,
                     uint64_t entry)
{
    while (at > ROOT) {
        uint32_t parent = at / CHILDREN + ROOT - 1;
        if (deadlines->heap[parent] < entry)
            break;
        put(deadlines, at, deadlines->heap[parent]);
        at = parent;
    }
    return at;
}

/* The child of `at` that comes first, or the end if there is none. */
static uint32_t first_child(const struct stepden_deadlines *deadlines,
                            uint32_t at)
{
    const uint64_t *heap = deadlines->heap;
    uint32_t first = (at - ROOT + 1) * CHILDREN;
    uint32_t count = deadlines->end - first;
    uint32_t best = first;

    if (first >= deadlines->end)
        return deadlines->end;
    if (count > CHILDREN)
        count = CHILDREN;
    uint64_t least = heap[first];
    for (uint32_t i = 1; i < count; i++) {
        uint64_t entry = heap[first + i];
        best = entry < least ? first + i : best;
        least = entry < least ? entry : least;
    }
    return best;
}

/* Moves children up into the hole at `at` until `entry` fits in. */
static uint32_t sink(struct stepden_deadlines *deadlines, uint32_t at,
                     uint64_t entry)
{
    for (;;) {
        uint32_t child = first_child(deadlines, at);
        if (child == deadlines->end || deadlines->heap[child] > entry)
            return at;
        put(deadlines, at, deadlines->heap[child]);
        at = child;
    }
}

static void fill_hole(struct stepden_deadlines *deadlines, uint32_t at,
                      uint64_t entry)
{
    at = rise(deadlines, at, entry);
    at = sink(deadlines, at, entry);
    put(deadlines, at, entry);
}

void stepden_deadlines_set(struct stepden_deadlines *deadlines,
                           struct stepden_deadline deadline)
{
    uint32_t place = deadlines->place[deadline.number];
    uint32_t at = place > 0 ? place : deadlines->end++;

    fill_hole(deadlines, at, entry_of(deadline));
}

void stepden_deadlines_remove(struct stepden_deadlines *deadlines,
                              uint32_t number)
{
    uint32_t place = deadlines->place[number];
    if (place == 0)
        return;

    deadlines->place[number] = 0;
    deadlines->end--;
    if (place < deadlines->end)
        fill_hole(deadlines, place, deadlines->heap[deadlines->end]);
}

bool stepden_deadlines_last(const struct stepden_deadlines *deadlines,
                            uint32_t *number)
{
    if (deadlines->end == ROOT)
        return false;
    *number = number_of(deadlines->heap[deadlines->end - 1]);
    return true;
}

bool stepden_deadlines_first(const struct stepden_deadlines *deadlines,
                             struct stepden_deadline *first)
{
    if (deadlines->end == ROOT)
        return false;
    *first = (struct stepden_deadline){
        .at_mono_ms = time_of(deadlines->heap[ROOT]),
        .number = number_of(deadlines->heap[ROOT]),
    };
    return true;
}
