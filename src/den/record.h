/* What the service knows of one event between two messages. */
#ifndef STEPDEN_DEN_RECORD_H
#define STEPDEN_DEN_RECORD_H

#include <stdbool.h>
#include <stdint.h>

#include <stepden/den.h>

/* The parties of a predicted collision. */
struct stepden_parties {
    uint32_t reference_station_id;
    uint32_t target_station_id;
    uint16_t reference_object_id;
    uint16_t target_object_id;
};

/* Of a DENM without a sub-cause. */
#define STEPDEN_NO_CHOICE                                                      \
    ((struct stepden_den_choice){.between_ddeg = -1, .bearing_ddeg = -1})

/* What a DENM goes back to. */
struct stepden_origin {
    char event_id[STEPDEN_EVENT_ID_SIZE];
    char traceparent[STEPDEN_TRACEPARENT_MAX + 1];
    struct stepden_den_choice choice;
};

/* An update that waits for the end of minUpdateInterval. */
struct stepden_held {
    struct stepden_origin origin;
    struct stepden_denm_data denm;
};

/* The last DENM of an event, as it is repeated (clause 6.1.2.3). */
struct stepden_repetition {
    struct stepden_origin origin;
    int64_t interval_ms;
    int64_t next_mono_ms; /* a whole number of intervals after it was sent */
    int64_t end_mono_ms;  /* none is sent then or later */
    int64_t taken;        /* numbers up to it may be given out already */
    bool is_kept;         /* that its own are taken, in the kept record */
    struct stepden_denm_data denm;
};

/* A party, as the last prediction has it. */
struct stepden_mover {
    int32_t latitude_e7;
    int32_t longitude_e7;
    int16_t speed_cm_s;   /* -1: unknown */
    int16_t heading_ddeg; /* likewise */
    uint8_t station_type;
};

/* What most calls look at comes first: it is one or two cache lines. */
struct stepden_record {
    struct stepden_parties parties;
    uint32_t next_by_parties; /* the store's */
    uint32_t number;          /* of the action id, see action_ids.h */
    bool ended;               /* only the action id is reserved */
    uint8_t sub_cause;        /* as chosen last */
    uint8_t rule;             /* that chose it: enum stepden_den_rule */
    uint8_t candidate;        /* what the last predictions would have chosen */
    uint8_t confirmed;        /* how many of them in a row */

    bool has_distance;   /* of the last DENM, as the next two */
    bool has_direction;  /* likewise */
    uint8_t direction;   /* trafficDirection */
    uint16_t distance_m; /* awarenessDistance */

    struct stepden_held *held;             /* NULL: nothing is held */
    struct stepden_repetition *repetition; /* NULL: nothing is repeated */
    int64_t valid_mono_ms;    /* until when receivers know the event */
    int64_t hold_off_mono_ms; /* until when a negated key opens no event */

    int64_t update_mono_ms;    /* when the last array was taken in */
    int64_t sent_mono_ms;      /* when the last DENM was sent */
    int64_t collision_mono_ms; /* when the collision is expected */

    int64_t creation_its_ms;  /* of the last array */
    int64_t trigger_its_ms;   /* referenceTime of the trigger */
    int64_t detection_its_ms; /* of the last DENM, as the next two */
    int64_t reference_its_ms;
    struct stepden_position position; /* eventPosition */

    char event_id[STEPDEN_EVENT_ID_SIZE]; /* of the trigger */

    bool has_movers; /* false: the record was restored */
    struct stepden_mover reference;
    struct stepden_mover target;
};

#endif
