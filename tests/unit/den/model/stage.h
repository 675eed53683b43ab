/* The DEN service and the model, side by side, and how they are compared. */
#ifndef TESTS_UNIT_DEN_MODEL_STAGE_H
#define TESTS_UNIT_DEN_MODEL_STAGE_H

#include <stdbool.h>
#include <stdio.h>

#include "model.h"
#include "receivers.h"
#include "recorder.h"

#define STAGE_SENT_MAX 16u

struct stage {
    struct stepden_config config;
    uint32_t partition;
    struct stepden_den *den;
    struct model *model;
    struct recorder by_den;
    struct recorder by_model;
    struct receivers receivers;
    struct stepden_now now;
    int64_t deadline_ms;     /* as returned last */
    int64_t run_by_ms;       /* the same, or when there was an input since */
    int64_t creation_its_ms; /* of the last array */
    uint32_t step;
    uint32_t entries;
    bool clock_was_set;
    struct stepden_management_container
        sent[STAGE_SENT_MAX]; /* the latest ones */
    uint32_t sent_count;
    uint64_t expired_records; /* as counted so far, and the next */
    uint64_t misrouted;
    struct stepden_station_collision_array array;
    struct stepden_action_id action_id; /* of the record */
    struct stepden_den_record record;
    FILE *story;
    bool differs;
};

extern struct stage stage;

/* Begins both, with `stage.config` and `stage.partition`. */
void stage_open(void);
void stage_close(void);

/* A line of the story, if one is told. */
__attribute__((format(printf, 1, 2))) void stage_tell(const char *format, ...);

/* Compares what both have returned, and have done since the last time. */
void stage_compare(int64_t by_den, int64_t by_model);

#endif
