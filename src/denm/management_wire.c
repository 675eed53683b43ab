#include <R2DeltaTimeSecond.h>

#include "codec/integer64.h"
#include "denm/wire.h"

/* DEFAULT values are absent from PER (X.691, clause 19.5). */
#define DEFAULT_VALIDITY_S 600

/* By StandardLength3b; the last one stands for everything above. */
static const uint16_t distance_m[] = {50,   100,  200,   500,
                                      1000, 5000, 10000, 10001};

static R2StandardLength3b_t distance_class(uint16_t metres)
{
    R2StandardLength3b_t class = R2StandardLength3b_lessThan50m;

    while (class < R2StandardLength3b_over10km && metres > distance_m[class])
        class ++;
    return class;
}

static void
options_to_wire(R2ManagementContainer_t *wire,
                struct stepden_management_wire *storage,
                const struct stepden_management_container *management)
{
    storage->termination = management->termination;
    storage->awareness_distance =
        distance_class(management->awareness_distance_m);
    storage->traffic_direction = management->traffic_direction;
    storage->validity_duration =
        (R2DeltaTimeSecond_t)management->validity_duration_s;
    storage->transmission_interval = management->transmission_interval_ms;

    if (management->has_termination)
        wire->termination = &storage->termination;
    if (management->has_awareness_distance)
        wire->awarenessDistance = &storage->awareness_distance;
    if (management->has_traffic_direction)
        wire->trafficDirection = &storage->traffic_direction;
    if (management->validity_duration_s != DEFAULT_VALIDITY_S)
        wire->validityDuration = &storage->validity_duration;
    if (management->has_transmission_interval)
        wire->transmissionInterval = &storage->transmission_interval;
}

void stepden_management_to_wire(
    R2ManagementContainer_t *wire, struct stepden_management_wire *storage,
    const struct stepden_management_container *management)
{
    *wire = (R2ManagementContainer_t){
        .actionId =
            {
                .originatingStationId =
                    management->action_id.originating_station_id,
                .sequenceNumber = management->action_id.sequence_number,
            },
        .stationType = management->station_type,
    };
    stepden_integer64_set(&wire->detectionTime, storage->detection_time,
                          management->detection_time_its_ms);
    stepden_integer64_set(&wire->referenceTime, storage->reference_time,
                          management->reference_time_its_ms);
    stepden_position_to_wire(&wire->eventPosition, &management->event_position);
    options_to_wire(wire, storage, management);
}

static void options_from_wire(struct stepden_management_container *management,
                              const R2ManagementContainer_t *wire)
{
    management->has_termination = wire->termination;
    if (wire->termination)
        management->termination = (uint8_t)*wire->termination;

    management->has_awareness_distance = wire->awarenessDistance;
    if (wire->awarenessDistance)
        management->awareness_distance_m = distance_m[*wire->awarenessDistance];

    management->has_traffic_direction = wire->trafficDirection;
    if (wire->trafficDirection)
        management->traffic_direction = (uint8_t)*wire->trafficDirection;

    management->validity_duration_s = DEFAULT_VALIDITY_S;
    if (wire->validityDuration)
        management->validity_duration_s = (uint32_t)*wire->validityDuration;

    management->has_transmission_interval = wire->transmissionInterval;
    if (wire->transmissionInterval)
        management->transmission_interval_ms =
            (uint16_t)*wire->transmissionInterval;
}

void stepden_management_from_wire(
    struct stepden_management_container *management,
    const R2ManagementContainer_t *wire)
{
    *management = (struct stepden_management_container){
        .action_id =
            {
                .originating_station_id =
                    (uint32_t)wire->actionId.originatingStationId,
                .sequence_number = (uint16_t)wire->actionId.sequenceNumber,
            },
        .station_type = (uint8_t)wire->stationType,
    };
    stepden_integer64_get(&management->detection_time_its_ms,
                          &wire->detectionTime);
    stepden_integer64_get(&management->reference_time_its_ms,
                          &wire->referenceTime);
    stepden_position_from_wire(&management->event_position,
                               &wire->eventPosition);
    options_from_wire(management, wire);
}
