#include "daemon/monitor/picture.h"

#include <stdbool.h>
#include <stdlib.h>

/* Rises from the next collision to the one that has passed longest. */
static uint64_t rank(const struct stepden_picture *picture,
                     const struct stepden_sight *sight)
{
    int64_t left_ms = sight->collision_mono_ms - picture->now_mono_ms;
    return left_ms >= 0 ? (uint64_t)left_ms
                        : UINT64_C(1) << 62 | (uint64_t)-left_ms;
}

/* Puts the sight into its place in the heap below `at`, whose least urgent
 * event is the first. */
static void sink(struct stepden_picture *picture, size_t at,
                 const struct stepden_sight *sight)
{
    struct stepden_sight *heap = picture->sights;
    uint64_t own = rank(picture, sight);
    for (size_t next; (next = 2 * at + 1) < picture->count; at = next) {
        if (next + 1 < picture->count &&
            rank(picture, &heap[next + 1]) > rank(picture, &heap[next]))
            next++;
        if (rank(picture, &heap[next]) <= own)
            break;
        heap[at] = heap[next];
    }
    heap[at] = *sight;
}

/* Likewise above `at`. */
static void rise(struct stepden_picture *picture, size_t at,
                 const struct stepden_sight *sight)
{
    struct stepden_sight *heap = picture->sights;
    uint64_t own = rank(picture, sight);
    for (; at > 0 && rank(picture, &heap[(at - 1) / 2]) < own;
         at = (at - 1) / 2)
        heap[at] = heap[(at - 1) / 2];
    heap[at] = *sight;
}

void stepden_picture_begin(struct stepden_picture *picture, int64_t now_mono_ms)
{
    picture->now_mono_ms = now_mono_ms;
    picture->total = 0;
    picture->count = 0;
}

void stepden_picture_add(void *ctx, const struct stepden_sight *sight)
{
    struct stepden_picture *picture = ctx;
    picture->total++;
    if (picture->count < STEPDEN_PICTURE_MAX)
        rise(picture, picture->count++, sight);
    else if (rank(picture, sight) < rank(picture, &picture->sights[0]))
        sink(picture, 0, sight);
}

static int compare_ids(const void *one, const void *other)
{
    const struct stepden_action_id *a =
        &((const struct stepden_sight *)one)->action_id;
    const struct stepden_action_id *b =
        &((const struct stepden_sight *)other)->action_id;
    if (a->originating_station_id != b->originating_station_id)
        return a->originating_station_id < b->originating_station_id ? -1 : 1;
    return (int)a->sequence_number - (int)b->sequence_number;
}

void stepden_picture_end(struct stepden_picture *picture)
{
    qsort(picture->sights, picture->count, sizeof picture->sights[0],
          compare_ids);
}

/* All else changes with one of these. */
static bool is_same(const struct stepden_sight *one,
                    const struct stepden_sight *other)
{
    return one->trigger_its_ms == other->trigger_its_ms &&
           one->creation_its_ms == other->creation_its_ms &&
           one->update_mono_ms == other->update_mono_ms &&
           one->sent_mono_ms == other->sent_mono_ms;
}

/* Below 0: only `before` has the event at its place; above: only `after`. */
static int order_at(const struct stepden_picture *before, size_t old,
                    const struct stepden_picture *after, size_t new)
{
    if (!before || old == before->count)
        return 1;
    return new == after->count
               ? -1
               : compare_ids(&before->sights[old], &after->sights[new]);
}

void stepden_picture_compare(const struct stepden_picture *before,
                             const struct stepden_picture *after,
                             const struct stepden_picture_changes *changes)
{
    size_t old = 0;
    size_t new = 0;
    while ((before && old < before->count) || new < after->count) {
        int order = order_at(before, old, after, new);
        if (order < 0 && changes->gone)
            changes->gone(changes->ctx, &before->sights[old].action_id);
        bool has_changed =
            order > 0 ||
            (order == 0 && !is_same(&before->sights[old], &after->sights[new]));
        if (has_changed && changes->changed)
            changes->changed(changes->ctx, &after->sights[new]);
        old += order <= 0;
        new += order >= 0;
    }
}
