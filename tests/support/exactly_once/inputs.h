/*
 * What came in: arrays, each target of which is to give one DENM, and the pairs
 * of parties that they are about.
 */
#ifndef EXACTLY_ONCE_INPUTS_H
#define EXACTLY_ONCE_INPUTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <stepden/records/station_collision_array.h>

#include "entry_id.h"
#include "findings.h"

#define NO_LIFE UINT32_MAX

struct parties {
    uint32_t reference_station;
    uint32_t target_station;
    uint16_t reference_object;
    uint16_t target_object;
};

struct pair {
    struct parties parties;
    uint32_t life;         /* action id of their last event, or NO_LIFE */
    uint32_t answered;     /* how far into `target` its DENMs have come */
    int64_t newest_its_ms; /* creationTime */
};

struct target {
    uint32_t pair;
    bool is_newer; /* than what its pair had before */
    bool published;
    int64_t over_its_ms; /* from when on it warns nobody */
};

struct array {
    struct entry_id id;
    uint32_t first; /* of its targets, in the order of their outputs */
    uint16_t count;
    bool readable;
    bool rejected;
    int64_t answered_ms; /* when its first DENM was published, or INT64_MAX */
};

struct inputs {
    int64_t after_ms; /* timeAfterCollision */
    struct array *array;
    size_t array_count;
    size_t array_room;
    struct target *target;
    size_t target_count;
    size_t target_room;
    struct pair *pair;
    size_t pair_count;
    size_t pair_room;
    uint32_t *slot; /* hash table of the pairs; 0 is free, else index + 1 */
    size_t slot_count;
};

/* What was left without a DENM, and rightly so. */
struct unanswered {
    uint64_t not_newer;
    uint64_t over;
    uint64_t rejected; /* arrays */
};

/* Takes the next array; NULL for an entry that is none. */
void inputs_add(struct inputs *inputs, struct entry_id id,
                const struct stepden_station_collision_array *array);

/* NULL if there is none with this id. */
struct array *inputs_find(struct inputs *inputs, struct entry_id id);

/*
 * Looks for targets that have no DENM although they should, and for DENMs of
 * rejected arrays. `now_ms` is the server's time.
 */
void inputs_judge(struct inputs *inputs, struct unanswered *unanswered,
                  struct findings *findings, int64_t now_ms);

void inputs_free(struct inputs *inputs);

#endif
