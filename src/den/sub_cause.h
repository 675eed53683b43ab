/*
 * The sub-cause of collisionRisk (97) that fits a predicted collision
 * (TS 102 894-2, CollisionRiskSubCauseCode), and whom it concerns.
 */
#ifndef STEPDEN_DEN_SUB_CAUSE_H
#define STEPDEN_DEN_SUB_CAUSE_H

#include <stdbool.h>
#include <stdint.h>

#include <stepden/den.h>

enum stepden_sub_cause {
    STEPDEN_SUB_CAUSE_UNAVAILABLE = 0,
    STEPDEN_SUB_CAUSE_LONGITUDINAL = 1,
    STEPDEN_SUB_CAUSE_CROSSING = 2,
    STEPDEN_SUB_CAUSE_LATERAL = 3,
    STEPDEN_SUB_CAUSE_VULNERABLE_ROAD_USER = 4,
    STEPDEN_SUB_CAUSE_PEDESTRIAN = 5, /* this and above: release 2 only */
    STEPDEN_SUB_CAUSE_CYCLIST = 6,
    STEPDEN_SUB_CAUSE_MOTOR_VEHICLE = 7,
};

/* What the rules say of one prediction. */
struct stepden_ruling {
    uint8_t sub_cause;    /* enum stepden_sub_cause */
    uint8_t rule;         /* that chose it: enum stepden_den_rule */
    bool same_way;        /* both parties go the same way */
    int16_t between_ddeg; /* the headings, 0..1800; -1 unknown */
    int16_t bearing_ddeg; /* of the target off the bow, likewise */
};

/*
 * The choice for these two parties, by their kinds, else by how they move, else
 * by where the target is hit; `config` has the release and the thresholds.
 */
struct stepden_ruling
stepden_sub_cause_choose(const struct stepden_config_denm *config,
                         const struct stepden_collision_station *reference,
                         const struct stepden_collision_station *target);

#endif
