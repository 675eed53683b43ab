/* The DENMs that came out, as lives of events under their action ids. */
#ifndef EXACTLY_ONCE_LIVES_H
#define EXACTLY_ONCE_LIVES_H

#include <stdbool.h>
#include <stdint.h>

#include <stepden/records/cloud_event.h>
#include <stepden/records/config.h>
#include <stepden/records/denm_data.h>

#include "entry_id.h"
#include "findings.h"
#include "inputs.h"

enum life_state { LIFE_NONE, LIFE_ALIVE, LIFE_CANCELLED };

struct life {
    enum life_state state;
    uint32_t pair;
    uint32_t trigger;    /* target that it began with */
    uint32_t latest;     /* target of its last DENM */
    uint64_t repetition; /* number of the last one since then */
    int64_t trigger_its_ms;
    int64_t valid_its_ms;    /* until when receivers know it */
    int64_t negation_its_ms; /* referenceTime of the latest negation */
};

struct lives {
    struct inputs *inputs;
    struct findings *findings;
    uint32_t first_station;
    uint32_t count; /* of `life`: 65536 for each station id */
    unsigned partition;
    unsigned partitions;
    struct life *life;
    uint64_t triggers;
    uint64_t updates;
    uint64_t cancellations;
    uint64_t repetitions;
};

/* Of one partition, which is numbered from 0. */
void lives_init(struct lives *lives, const struct stepden_config *config,
                unsigned partition, struct inputs *inputs,
                struct findings *findings);

/* Takes the next entry of the output stream, which has this id. */
void lives_take(struct lives *lives, const char *id,
                const struct stepden_cloud_event *event,
                const struct stepden_denm_data *denm);

/* Takes a DENM of the client stream. */
void lives_negate(struct lives *lives, const struct stepden_denm_data *denm);

/* How many have not ended; `ended`: there should be none. */
uint64_t lives_judge(struct lives *lives, bool ended);

void lives_free(struct lives *lives);

#endif
