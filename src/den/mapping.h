/* A predicted collision as a DENM (EN 302 637-3, clause 7.1). */
#ifndef STEPDEN_DEN_MAPPING_H
#define STEPDEN_DEN_MAPPING_H

#include <stepden/den.h>

#include "den/settings.h"
#include "den/sub_cause.h"

/* One target of a collision array. */
struct stepden_prediction {
    const struct stepden_collision_station *reference;
    const struct stepden_collision_station *target;
    int64_t creation_its_ms;
};

/* What a DENM says that its prediction does not. */
struct stepden_frame {
    struct stepden_action_id action_id;
    int64_t detection_its_ms;
    struct stepden_ruling choice;
};

/*
 * Makes the live DENM of `prediction`, except its referenceTime: that it gets
 * when it is sent. `denm` has been initialised; what an earlier call left in it
 * is replaced.
 */
void stepden_mapping_fill(struct stepden_denm_data *denm,
                          const struct stepden_settings *settings,
                          const struct stepden_prediction *prediction,
                          const struct stepden_frame *frame);

/*
 * The validityDuration in s that outlives our own end of the event: until
 * timeAfterCollision after the collision or denmLastUpdateMaxDelay after now,
 * and a whole clean-up interval.
 */
uint32_t stepden_mapping_validity_s(const struct stepden_settings *settings,
                                    uint32_t time_to_collision_ms);

/*
 * Where the parties are expected to meet: where the prediction says, else where
 * the reference's speed and heading take it, else where the reference is.
 */
struct stepden_position
stepden_mapping_position(const struct stepden_prediction *prediction);

/* 3600, which receivers do not use, is 0. */
struct stepden_heading stepden_mapping_heading(struct stepden_heading heading);

/*
 * The class of awarenessDistance (StandardLength3b) that covers the way to the
 * collision and both parties' distances from `position`.
 */
uint16_t stepden_mapping_distance_m(const struct stepden_prediction *prediction,
                                    const struct stepden_position *position);

#endif
