#include <R2PreCrashContainer.h>

#include "denm/wire.h"

#define TIME_TO_COLLISION_MAX_MS 10000

static void options_to_wire(R2PreCrashContainer_t *wire,
                            struct stepden_pre_crash_wire *storage,
                            const struct stepden_pre_crash_container *pre_crash)
{
    uint32_t time_ms = pre_crash->time_to_collision_ms;

    storage->station_id = pre_crash->station_id_involved;
    storage->time_to_collision = time_ms > 0 ? (long)time_ms : 1;
    storage->impact_section = pre_crash->impact_section;
    storage->braking_distance = pre_crash->estimated_braking_distance_dm;

    if (pre_crash->has_station_id_involved)
        wire->objectStationId = &storage->station_id;
    if (pre_crash->has_time_to_collision && time_ms <= TIME_TO_COLLISION_MAX_MS)
        wire->timeToCollision = &storage->time_to_collision;
    if (pre_crash->has_impact_section)
        wire->impactSection = &storage->impact_section;
    if (pre_crash->has_estimated_braking_distance)
        wire->estimatedBrakingDistance = &storage->braking_distance;
}

void stepden_pre_crash_to_wire(
    struct stepden_pre_crash_wire *storage,
    const struct stepden_pre_crash_container *pre_crash,
    const struct stepden_position *origin)
{
    storage->pre_crash = (R2PreCrashContainer_t){0};
    stepden_object_to_wire(&storage->pre_crash.perceivedPreCrashObject,
                           &storage->object, &pre_crash->perceived_object,
                           origin);
    options_to_wire(&storage->pre_crash, storage, pre_crash);

    storage->extension = (struct R2AlacarteContainer__extGroup1){
        .preCrash = &storage->pre_crash,
    };
    storage->alacarte =
        (R2AlacarteContainer_t){.extGroup1 = &storage->extension};
}

void stepden_pre_crash_from_wire(struct stepden_pre_crash_container *pre_crash,
                                 const R2PreCrashContainer_t *wire,
                                 const struct stepden_position *origin)
{
    *pre_crash = (struct stepden_pre_crash_container){
        .has_station_id_involved = wire->objectStationId,
        .has_time_to_collision = wire->timeToCollision,
        .has_impact_section = wire->impactSection,
        .has_estimated_braking_distance = wire->estimatedBrakingDistance,
    };
    stepden_object_from_wire(&pre_crash->perceived_object,
                             &wire->perceivedPreCrashObject, origin);
    if (wire->objectStationId)
        pre_crash->station_id_involved = (uint32_t)*wire->objectStationId;
    if (wire->timeToCollision)
        pre_crash->time_to_collision_ms = (uint32_t)*wire->timeToCollision;
    if (wire->impactSection)
        pre_crash->impact_section = (uint8_t)*wire->impactSection;
    if (wire->estimatedBrakingDistance)
        pre_crash->estimated_braking_distance_dm =
            (uint16_t)*wire->estimatedBrakingDistance;
}
