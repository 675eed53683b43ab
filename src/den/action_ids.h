/*
 * Which action ids are in use (EN 302 637-3, clause 6.1.1.1). The ids of all
 * our stations are one space of numbers: those of the first station, then those
 * of the next.
 */
#ifndef STEPDEN_DEN_ACTION_IDS_H
#define STEPDEN_DEN_ACTION_IDS_H

#include <stdbool.h>
#include <stdint.h>

#include <stepden/status.h>

/* Of a station, in all partitions. */
#define STEPDEN_SEQUENCE_NUMBERS 65536u

/* No number is free. */
#define STEPDEN_NUMBER_NONE UINT32_MAX

struct stepden_action_ids {
    uint64_t *used;  /* a bit for each number */
    uint64_t *full;  /* a bit for each word of `used` without a free number */
    uint32_t total;  /* numbers */
    uint32_t next;   /* where the search for a free number starts */
    uint32_t in_use; /* bits set in `used` */
};

/* For `total` numbers. Freed with stepden_action_ids_free, also after an error.
 */
STEPDEN_CHECKED enum stepden_status
stepden_action_ids_init(struct stepden_action_ids *ids, uint32_t total);

void stepden_action_ids_free(struct stepden_action_ids *ids);

/* Takes the next free number after the last one, or STEPDEN_NUMBER_NONE. */
uint32_t stepden_action_ids_take(struct stepden_action_ids *ids);

/* Takes this number; false if it is in use. `next` stays as it is. */
bool stepden_action_ids_reserve(struct stepden_action_ids *ids,
                                uint32_t number);

void stepden_action_ids_release(struct stepden_action_ids *ids,
                                uint32_t number);

/* The search goes on after `number`. */
void stepden_action_ids_continue(struct stepden_action_ids *ids,
                                 uint32_t number);

#endif
