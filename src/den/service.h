/* The state of a DEN service, shared by the files that make it up. */
#ifndef STEPDEN_DEN_SERVICE_H
#define STEPDEN_DEN_SERVICE_H

#include <stepden/den.h>

#include "den/action_ids.h"
#include "den/settings.h"
#include "den/store.h"
#include "den/targets.h"

struct stepden_den {
    struct stepden_settings settings;
    struct stepden_den_sink sink;
    struct stepden_store store;
    struct stepden_action_ids action_ids;
    uint32_t partition;     /* of the next */
    uint32_t partitions;    /* that share the sequence numbers of a station */
    uint32_t station_share; /* how many of them we have */
    int64_t last_trigger_its_ms; /* of the action id that is followed */
    uint32_t last_number;
    struct stepden_den_counters counters;
    struct stepden_targets targets; /* of the array being taken in */
    struct stepden_denm_data denm;  /* the live one being made */
    struct stepden_den_record kept; /* the record being kept */
};

/* The action id that stands for `number`. */
struct stepden_action_id stepden_den_action_id(const struct stepden_den *den,
                                               uint32_t number);

/* Whether it is of a station of ours, and of whichever partition. */
bool stepden_den_is_ours(const struct stepden_den *den,
                         const struct stepden_action_id *action_id);

/* The number of an action id, STEPDEN_NUMBER_NONE if it is not of a station of
 * ours and of this partition. */
uint32_t stepden_den_number(const struct stepden_den *den,
                            const struct stepden_action_id *action_id);

/*
 * New action ids follow the one of the latest trigger: `number`, triggered at
 * `trigger_its_ms`, if there is none later.
 */
void stepden_den_follow(struct stepden_den *den, uint32_t number,
                        int64_t trigger_its_ms);

#endif
