#include "inputs.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stepden/its_time.h>

#define TARGETS_MAX 255

/* Room for one more in `items`. */
static void *grow(void *items, size_t count, size_t *room, size_t size)
{
    if (count < *room)
        return items;
    *room = *room > 0 ? *room * 2 : 1024;
    items = realloc(items, *room * size);
    if (items == NULL) {
        perror("exactly_once");
        abort();
    }
    return items;
}

/* ---- pairs ---- */

static bool same_parties(const struct parties *a, const struct parties *b)
{
    return a->reference_station == b->reference_station &&
           a->target_station == b->target_station &&
           a->reference_object == b->reference_object &&
           a->target_object == b->target_object;
}

static uint64_t hash(const struct parties *parties)
{
    const uint64_t stations =
        (uint64_t)parties->reference_station << 32 | parties->target_station;
    const uint64_t objects =
        (uint64_t)parties->reference_object << 16 | parties->target_object;
    const uint64_t mixed = (stations ^ objects << 24) * 0x9e3779b97f4a7c15;

    return mixed ^ mixed >> 29;
}

static uint32_t *slot_of(const struct inputs *inputs,
                         const struct parties *parties)
{
    size_t i = (size_t)hash(parties) & (inputs->slot_count - 1);

    while (inputs->slot[i] != 0 &&
           !same_parties(&inputs->pair[inputs->slot[i] - 1].parties, parties))
        i = (i + 1) & (inputs->slot_count - 1);
    return &inputs->slot[i];
}

/* At least half of the slots are free. */
static void grow_slots(struct inputs *inputs)
{
    if (inputs->pair_count * 2 < inputs->slot_count)
        return;
    inputs->slot_count = inputs->slot_count > 0 ? inputs->slot_count * 2 : 4096;
    free(inputs->slot);
    inputs->slot = calloc(inputs->slot_count, sizeof *inputs->slot);
    if (inputs->slot == NULL) {
        perror("exactly_once");
        abort();
    }
    for (size_t i = 0; i < inputs->pair_count; i++)
        *slot_of(inputs, &inputs->pair[i].parties) = (uint32_t)i + 1;
}

static uint32_t take_pair(struct inputs *inputs, const struct parties *parties)
{
    grow_slots(inputs);
    uint32_t *slot = slot_of(inputs, parties);
    if (*slot == 0) {
        inputs->pair = grow(inputs->pair, inputs->pair_count,
                            &inputs->pair_room, sizeof *inputs->pair);
        inputs->pair[inputs->pair_count++] = (struct pair){
            .parties = *parties,
            .life = NO_LIFE,
            .newest_its_ms = INT64_MIN,
        };
        *slot = (uint32_t)inputs->pair_count;
    }
    return *slot - 1;
}

/* ---- arrays ---- */

static int by_urgency(const void *one, const void *other)
{
    const struct stepden_collision_station *a =
        *(const struct stepden_collision_station *const *)one;
    const struct stepden_collision_station *b =
        *(const struct stepden_collision_station *const *)other;

    if (a->time_to_collision_ms != b->time_to_collision_ms)
        return a->time_to_collision_ms < b->time_to_collision_ms ? -1 : 1;
    if (a->station_id != b->station_id)
        return a->station_id < b->station_id ? -1 : 1;
    return (a->object_id > b->object_id) - (a->object_id < b->object_id);
}

static size_t
find_reference(const struct stepden_station_collision_array *array)
{
    for (size_t i = 0; i < array->stations.count; i++)
        if (array->stations.item[i].has_role &&
            array->stations.item[i].role ==
                STEPDEN_COLLISION_STATION_ROLE_REFERENCE)
            return i;
    return 0;
}

static void add_target(struct inputs *inputs,
                       const struct stepden_collision_station *reference,
                       const struct stepden_collision_station *target,
                       int64_t creation_its_ms)
{
    const struct parties parties = {
        .reference_station = reference->station_id,
        .target_station = target->station_id,
        .reference_object = reference->object_id,
        .target_object = target->object_id,
    };
    const uint32_t index = take_pair(inputs, &parties);
    struct pair *pair = &inputs->pair[index];

    inputs->target = grow(inputs->target, inputs->target_count,
                          &inputs->target_room, sizeof *inputs->target);
    inputs->target[inputs->target_count++] = (struct target){
        .pair = index,
        .is_newer = creation_its_ms > pair->newest_its_ms,
        .over_its_ms =
            creation_its_ms + target->time_to_collision_ms + inputs->after_ms,
    };
    if (creation_its_ms > pair->newest_its_ms)
        pair->newest_its_ms = creation_its_ms;
}

void inputs_add(struct inputs *inputs, struct entry_id id,
                const struct stepden_station_collision_array *array)
{
    const struct stepden_collision_station *targets[TARGETS_MAX + 1];
    const size_t reference = array != NULL ? find_reference(array) : 0;
    uint16_t count = 0;

    for (size_t i = 0; array != NULL && i < array->stations.count; i++)
        if (i != reference && count < TARGETS_MAX)
            targets[count++] = &array->stations.item[i];
    qsort(targets, count, sizeof targets[0], by_urgency);

    inputs->array = grow(inputs->array, inputs->array_count,
                         &inputs->array_room, sizeof *inputs->array);
    inputs->array[inputs->array_count++] = (struct array){
        .id = id,
        .first = (uint32_t)inputs->target_count,
        .count = count,
        .readable = array != NULL,
        .answered_ms = INT64_MAX,
    };
    for (size_t i = 0; i < count; i++)
        add_target(inputs, &array->stations.item[reference], targets[i],
                   array->creation_time_its_ms);
}

static int compare_id(const void *key, const void *element)
{
    return entry_id_compare(*(const struct entry_id *)key,
                            ((const struct array *)element)->id);
}

struct array *inputs_find(struct inputs *inputs, struct entry_id id)
{
    if (inputs->array_count == 0)
        return NULL;
    return bsearch(&id, inputs->array, inputs->array_count,
                   sizeof *inputs->array, compare_id);
}

/* ---- the end ---- */

/* `taken_ms`: when the array had been taken at the latest. */
static void judge_target(const struct array *array, const struct target *target,
                         size_t index, int64_t taken_ms,
                         struct unanswered *unanswered,
                         struct findings *findings)
{
    if (target->published && array->rejected)
        findings_add(findings,
                     "%" PRIu64 "-%" PRIu64 "/%zu: published, and "
                     "its array rejected",
                     array->id.ms, array->id.seq, index);
    if (target->published || array->rejected)
        return;
    if (!target->is_newer)
        unanswered->not_newer++;
    else if (target->over_its_ms <= stepden_its_from_unix(taken_ms))
        unanswered->over++;
    else
        findings_add(findings, "%" PRIu64 "-%" PRIu64 "/%zu: missing",
                     array->id.ms, array->id.seq, index);
}

void inputs_judge(struct inputs *inputs, struct unanswered *unanswered,
                  struct findings *findings, int64_t now_ms)
{
    int64_t taken_ms = now_ms;

    for (size_t i = inputs->array_count; i > 0; i--) {
        const struct array *array = &inputs->array[i - 1];
        if (array->answered_ms < taken_ms)
            taken_ms = array->answered_ms;
        if (array->rejected)
            unanswered->rejected++;
        else if (!array->readable)
            findings_add(findings,
                         "%" PRIu64 "-%" PRIu64 ": no array, not rejected",
                         array->id.ms, array->id.seq);
        for (size_t j = 0; j < array->count; j++)
            judge_target(array, &inputs->target[array->first + j], j, taken_ms,
                         unanswered, findings);
    }
}

void inputs_free(struct inputs *inputs)
{
    free(inputs->array);
    free(inputs->target);
    free(inputs->pair);
    free(inputs->slot);
}
