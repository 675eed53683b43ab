/* The active events, for those who look on. */
#ifndef STEPDEN_DEN_SIGHT_H
#define STEPDEN_DEN_SIGHT_H

#include "den/record.h"

/* One event at this moment. */
struct stepden_sight {
    struct stepden_action_id action_id;
    struct stepden_parties parties;
    struct stepden_position position; /* eventPosition */
    uint8_t sub_cause;
    bool has_distance;
    uint16_t distance_m;     /* awarenessDistance */
    int64_t trigger_its_ms;  /* referenceTime of the trigger */
    int64_t creation_its_ms; /* of the last array */
    int64_t update_mono_ms;  /* when it was taken in */
    int64_t sent_mono_ms;    /* when the last DENM was sent */
    int64_t collision_mono_ms;
    int64_t valid_mono_ms;
    bool has_movers; /* false: none was predicted since a restart */
    struct stepden_mover reference;
    struct stepden_mover target;
};

/* The sight is borrowed for the call. */
typedef void stepden_sight_see(void *ctx, const struct stepden_sight *sight);

/* Shows every active event, in any order; changes nothing. */
void stepden_sight_each(const struct stepden_den *den, stepden_sight_see *see,
                        void *ctx);

#endif
