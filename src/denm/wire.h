/*
 * A DENM as asn1c's tree in the types of TS 103 831: from the value that we
 * keep to the tree, and back. EN 302 637-3 needs no second set: a tree without
 * extensions encodes to the same bytes in both (see high_cause.h for the one
 * exception).
 *
 * To the tree: every storage is the caller's, and the tree points into it, so
 * nothing is allocated and nothing freed. Codes for "unavailable" stand for
 * what is absent. The numbers are not checked, the encoder does that.
 * From the tree: it has to be within its ranges (range.h). What is unavailable
 * becomes absent, the rest is brought into the ranges of denm_data, and what
 * denm_data does not have is left out.
 */
#ifndef STEPDEN_DENM_WIRE_H
#define STEPDEN_DENM_WIRE_H

#include <stdint.h>

#include <R2DENM.h>

#include <stepden/records/common.h>
#include <stepden/records/denm_data.h>

#define STEPDEN_TRACES_MAX 7
#define STEPDEN_TRACE_POINTS_MAX 40
#define STEPDEN_PREDICTED_PATHS_MAX 4
#define STEPDEN_PREDICTED_POINTS_MAX 16

struct stepden_management_wire {
    uint8_t detection_time[8];
    uint8_t reference_time[8];
    R2Termination_t termination;
    R2StandardLength3b_t awareness_distance;
    R2TrafficDirection_t traffic_direction;
    R2DeltaTimeSecond_t validity_duration;
    R2DeltaTimeMilliSecondPositive_t transmission_interval;
};

void stepden_management_to_wire(
    R2ManagementContainer_t *wire, struct stepden_management_wire *storage,
    const struct stepden_management_container *management);
void stepden_management_from_wire(
    struct stepden_management_container *management,
    const R2ManagementContainer_t *wire);

struct stepden_situation_wire {
    R2SituationContainer_t situation;
    R2CauseCodeV2_t linked_cause;
};

void stepden_situation_to_wire(
    struct stepden_situation_wire *storage,
    const struct stepden_situation_container *situation);
void stepden_situation_from_wire(struct stepden_situation_container *situation,
                                 const R2SituationContainer_t *wire);

struct stepden_trace_wire {
    R2Path_t path;
    R2PathPoint_t *point_at[STEPDEN_TRACE_POINTS_MAX];
    R2PathPoint_t point[STEPDEN_TRACE_POINTS_MAX];
    R2PathDeltaTime_t delta_time[STEPDEN_TRACE_POINTS_MAX];
};

struct stepden_location_wire {
    R2LocationContainer_t location;
    R2Speed_t event_speed;
    R2Wgs84Angle_t event_position_heading;
    R2RoadType_t road_type;
    R2Path_t *trace_at[STEPDEN_TRACES_MAX];
    struct stepden_trace_wire trace[STEPDEN_TRACES_MAX];
};

/*
 * Without extension. Without traces, one without points (SIZE(1..7), clause
 * 6.1.3.2).
 */
void stepden_location_to_wire(
    struct stepden_location_wire *storage,
    const struct stepden_location_container *location);
/* Returns false if the container says nothing. */
bool stepden_location_from_wire(struct stepden_location_container *location,
                                const R2LocationContainer_t *wire);

struct stepden_predicted_path_wire {
    R2PathPredicted2_t path;
    R2PathPointPredicted_t *point_at[STEPDEN_PREDICTED_POINTS_MAX];
    R2PathPointPredicted_t point[STEPDEN_PREDICTED_POINTS_MAX];
    R2DeltaAltitude_t delta_altitude[STEPDEN_PREDICTED_POINTS_MAX];
    R2PathDeltaTimeChoice_t delta_time[STEPDEN_PREDICTED_POINTS_MAX];
};

struct stepden_predicted_paths_wire {
    struct R2LocationContainer__extGroup1 extension;
    R2PathPredictedList_t list;
    R2PathPredicted2_t *path_at[STEPDEN_PREDICTED_PATHS_MAX];
    struct stepden_predicted_path_wire path[STEPDEN_PREDICTED_PATHS_MAX];
};

/* Adds the location container's extension; it has predicted paths. */
void stepden_predicted_paths_to_wire(
    R2LocationContainer_t *wire, struct stepden_predicted_paths_wire *storage,
    const struct stepden_location_container *location);
/* Returns false if there are none. The first of too many are taken. */
bool stepden_predicted_paths_from_wire(
    struct stepden_location_container *location,
    const R2LocationContainer_t *wire);

struct stepden_object_wire {
    R2Identifier2B_t object_id;
    R2CartesianCoordinateWithConfidence_t z;
    R2Velocity3dWithConfidence_t velocity;
    R2ObjectDimension_t dimension_x;
    R2ObjectDimension_t dimension_y;
    R2ObjectDimension_t dimension_z;
    R2ObjectPerceptionQuality_t perception_quality;
    R2ObjectClassDescription_t classification;
    R2ObjectClassWithConfidence_t *class_at[1];
    R2ObjectClassWithConfidence_t class[1];
};

/* The object's position is an offset from `origin`, the event position. */
void stepden_object_to_wire(R2PerceivedObject_t *wire,
                            struct stepden_object_wire *storage,
                            const struct stepden_perceived_object *object,
                            const struct stepden_position *origin);
void stepden_object_from_wire(struct stepden_perceived_object *object,
                              const R2PerceivedObject_t *wire,
                              const struct stepden_position *origin);

struct stepden_pre_crash_wire {
    R2AlacarteContainer_t alacarte;
    struct R2AlacarteContainer__extGroup1 extension;
    R2PreCrashContainer_t pre_crash;
    R2StationId_t station_id;
    R2DeltaTimeMilliSecondPositive_t time_to_collision;
    R2ObjectFace_t impact_section;
    R2StandardLength12b_t braking_distance;
    struct stepden_object_wire object;
};

void stepden_pre_crash_to_wire(
    struct stepden_pre_crash_wire *storage,
    const struct stepden_pre_crash_container *pre_crash,
    const struct stepden_position *origin);
void stepden_pre_crash_from_wire(struct stepden_pre_crash_container *pre_crash,
                                 const R2PreCrashContainer_t *wire,
                                 const struct stepden_position *origin);

/* Values that several containers have. */

void stepden_position_to_wire(R2ReferencePosition_t *wire,
                              const struct stepden_position *position);
/* An unavailable latitude or longitude keeps its code. */
void stepden_position_from_wire(struct stepden_position *position,
                                const R2ReferencePosition_t *wire);

R2Speed_t stepden_speed_to_wire(const struct stepden_speed *speed);
/* Returns false, and an empty value, if it is unavailable. */
bool stepden_speed_from_wire(struct stepden_speed *speed,
                             const R2Speed_t *wire);

R2Wgs84Angle_t stepden_heading_to_wire(const struct stepden_heading *heading);
/* Returns false, and an empty value, if it is unavailable. */
bool stepden_heading_from_wire(struct stepden_heading *heading,
                               const R2Wgs84Angle_t *wire);

#endif
