/* The targets of a collision array, checked and in order of urgency. */
#ifndef STEPDEN_DEN_TARGETS_H
#define STEPDEN_DEN_TARGETS_H

#include <stepden/den.h>

#define STEPDEN_TARGETS_MAX 255

struct stepden_target {
    const struct stepden_collision_station *station;
    uint64_t identity; /* stationId and objectId, in this order */
};

/* Borrowed from the array. */
struct stepden_targets {
    const struct stepden_collision_station *reference;
    uint32_t count;
    struct stepden_target item[STEPDEN_TARGETS_MAX];
};

/*
 * Finds the reference (by its role, else the first station) and the targets,
 * ordered by timeToCollision, then by stationId and objectId.
 *
 * STEPDEN_ERR_INVALID  not one reference, roles on some stations only, a target
 *                      that equals the reference or another target, a target
 *                      without timeToCollision
 */
STEPDEN_CHECKED enum stepden_status
stepden_targets_order(struct stepden_targets *targets,
                      const struct stepden_station_collision_array *array,
                      struct stepden_diag *diag);

#endif
