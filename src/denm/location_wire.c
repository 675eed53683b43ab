#include <R2Path.h>
#include <R2PathPoint.h>

#include "denm/wire.h"

#define DELTA_TIME_MAX_CS 65535

static R2PathPoint_t point_to_wire(R2PathDeltaTime_t *delta_time,
                                   const struct stepden_trace_point *point)
{
    R2PathPoint_t wire = {
        .pathPosition =
            {
                .deltaLatitude = point->delta_latitude,
                .deltaLongitude = point->delta_longitude,
                .deltaAltitude = R2DeltaAltitude_unavailable,
            },
    };

    if (point->has_delta_altitude)
        wire.pathPosition.deltaAltitude = point->delta_altitude_cm;
    if (point->has_delta_time) {
        *delta_time = point->delta_time_cs;
        wire.pathDeltaTime = delta_time;
    }
    return wire;
}

static void trace_to_wire(struct stepden_trace_wire *storage,
                          const struct stepden_trace *trace)
{
    for (uint32_t i = 0; i < trace->count; i++) {
        storage->point[i] =
            point_to_wire(&storage->delta_time[i], &trace->item[i]);
        storage->point_at[i] = &storage->point[i];
    }
    storage->path = (R2Path_t){
        .list = {.array = storage->point_at, .count = (int)trace->count},
    };
}

static int traces_to_wire(struct stepden_location_wire *storage,
                          const struct stepden_location_container *location)
{
    static const struct stepden_trace no_points;

    if (!location->has_traces) {
        trace_to_wire(&storage->trace[0], &no_points);
        storage->trace_at[0] = &storage->trace[0].path;
        return 1;
    }
    for (uint32_t i = 0; i < location->traces.count; i++) {
        trace_to_wire(&storage->trace[i], &location->traces.item[i]);
        storage->trace_at[i] = &storage->trace[i].path;
    }
    return (int)location->traces.count;
}

void stepden_location_to_wire(struct stepden_location_wire *storage,
                              const struct stepden_location_container *location)
{
    R2LocationContainer_t *wire = &storage->location;

    *wire = (R2LocationContainer_t){
        .detectionZonesToEventPosition.list = {.array = storage->trace_at},
    };
    wire->detectionZonesToEventPosition.list.count =
        traces_to_wire(storage, location);
    if (location->has_event_speed) {
        storage->event_speed = stepden_speed_to_wire(&location->event_speed);
        wire->eventSpeed = &storage->event_speed;
    }
    if (location->has_event_position_heading) {
        storage->event_position_heading =
            stepden_heading_to_wire(&location->event_position_heading);
        wire->eventPositionHeading = &storage->event_position_heading;
    }
    if (location->has_road_type) {
        storage->road_type = location->road_type;
        wire->roadType = &storage->road_type;
    }
}

static void point_from_wire(struct stepden_trace_point *point,
                            const R2PathPoint_t *wire)
{
    const R2DeltaReferencePosition_t *position = &wire->pathPosition;

    *point = (struct stepden_trace_point){
        .delta_latitude = (int32_t)position->deltaLatitude,
        .delta_longitude = (int32_t)position->deltaLongitude,
    };
    if (position->deltaAltitude != R2DeltaAltitude_unavailable) {
        point->has_delta_altitude = true;
        point->delta_altitude_cm = (int16_t)position->deltaAltitude;
    }
    if (wire->pathDeltaTime && *wire->pathDeltaTime >= 1 &&
        *wire->pathDeltaTime <= DELTA_TIME_MAX_CS) {
        point->has_delta_time = true;
        point->delta_time_cs = (uint16_t)*wire->pathDeltaTime;
    }
}

static void traces_from_wire(struct stepden_location_container *location,
                             const R2Traces_t *wire)
{
    if (wire->list.count == 1 && wire->list.array[0]->list.count == 0)
        return;

    location->has_traces = true;
    location->traces.count = (uint32_t)wire->list.count;
    for (int i = 0; i < wire->list.count; i++) {
        const R2Path_t *path = wire->list.array[i];
        struct stepden_trace *trace = &location->traces.item[i];

        trace->count = (uint32_t)path->list.count;
        for (int j = 0; j < path->list.count; j++)
            point_from_wire(&trace->item[j], path->list.array[j]);
    }
}

bool stepden_location_from_wire(struct stepden_location_container *location,
                                const R2LocationContainer_t *wire)
{
    *location = (struct stepden_location_container){0};
    if (wire->eventSpeed)
        location->has_event_speed =
            stepden_speed_from_wire(&location->event_speed, wire->eventSpeed);
    if (wire->eventPositionHeading)
        location->has_event_position_heading = stepden_heading_from_wire(
            &location->event_position_heading, wire->eventPositionHeading);
    if (wire->roadType) {
        location->has_road_type = true;
        location->road_type = (uint8_t)*wire->roadType;
    }
    traces_from_wire(location, &wire->detectionZonesToEventPosition);
    return location->has_event_speed || location->has_event_position_heading ||
           location->has_road_type || location->has_traces;
}
