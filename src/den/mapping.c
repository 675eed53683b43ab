#include "den/mapping.h"

#include <math.h>

#include "base/tangent_plane.h"
#include "den/pre_crash.h"
#include "den/predicted_path.h"
#include "den/trace.h"

static struct stepden_point point_of(const struct stepden_position *position)
{
    return (struct stepden_point){
        .latitude_e7 = position->latitude_e7,
        .longitude_e7 = position->longitude_e7,
    };
}

static struct stepden_position at(int32_t latitude_e7, int32_t longitude_e7)
{
    return (struct stepden_position){
        .latitude_e7 = latitude_e7,
        .longitude_e7 = longitude_e7,
    };
}

static double way_m(const struct stepden_collision_station *party,
                    uint32_t time_ms)
{
    return party->has_speed ? party->speed.value_cm_s * 1e-5 * time_ms : 0;
}

struct stepden_position
stepden_mapping_position(const struct stepden_prediction *prediction)
{
    const struct stepden_collision_station *reference = prediction->reference;
    const struct stepden_collision_station *target = prediction->target;

    if (target->has_collision_position)
        return at(target->collision_position.latitude_e7,
                  target->collision_position.longitude_e7);
    if (!reference->has_speed || !reference->has_heading)
        return reference->position;

    double way = way_m(reference, target->time_to_collision_ms);
    double heading = reference->heading.value_ddeg * STEPDEN_RADIANS_PER_DDEG;
    struct stepden_point moved = stepden_offset_apply(
        point_of(&reference->position),
        (struct stepden_offset){way * sin(heading), way * cos(heading)});
    return at(moved.latitude_e7, moved.longitude_e7);
}

uint16_t stepden_mapping_distance_m(const struct stepden_prediction *prediction,
                                    const struct stepden_position *position)
{
    static const uint16_t below_m[] = {50, 100, 200, 500, 1000, 5000, 10000};
    const struct stepden_collision_station *reference = prediction->reference;
    const struct stepden_collision_station *target = prediction->target;
    struct stepden_point point = point_of(position);
    uint32_t time_ms = target->time_to_collision_ms;

    double distance_m = fmax(way_m(reference, time_ms), way_m(target, time_ms));
    distance_m = fmax(
        distance_m, stepden_distance_m(point_of(&reference->position), point));
    distance_m = fmax(distance_m,
                      stepden_distance_m(point_of(&target->position), point));

    for (size_t i = 0; i < sizeof below_m / sizeof below_m[0]; i++) {
        if (distance_m < below_m[i])
            return below_m[i];
    }
    return 10001;
}

uint32_t stepden_mapping_validity_s(const struct stepden_settings *settings,
                                    uint32_t time_to_collision_ms)
{
    uint32_t validity_ms = time_to_collision_ms +
                           settings->time_after_collision_s * UINT32_C(1000) +
                           settings->denm_last_update_max_delay_ms +
                           settings->denm_check_last_update_max_interval_ms;
    uint32_t validity_s = (validity_ms + 999) / 1000;
    return validity_s > 0 ? validity_s : 1;
}

static uint8_t traffic_direction(const struct stepden_ruling *choice)
{
    return choice->sub_cause == STEPDEN_SUB_CAUSE_LONGITUDINAL &&
                   choice->same_way
               ? STEPDEN_TRAFFIC_DIRECTION_UPSTREAM_TRAFFIC
               : STEPDEN_TRAFFIC_DIRECTION_ALL_TRAFFIC_DIRECTIONS;
}

/* From the detection, which may be before an array of a clock that is ahead. */
static uint32_t until_collision_ms(const struct stepden_prediction *prediction,
                                   int64_t detection_its_ms)
{
    int64_t ahead_ms = prediction->creation_its_ms - detection_its_ms;
    uint32_t time_ms = prediction->target->time_to_collision_ms;
    return ahead_ms > 0 ? time_ms + (uint32_t)ahead_ms : time_ms;
}

static struct stepden_management_container
management_of(const struct stepden_settings *settings,
              const struct stepden_prediction *prediction,
              const struct stepden_frame *frame)
{
    const struct stepden_collision_station *reference = prediction->reference;
    struct stepden_position position = stepden_mapping_position(prediction);

    return (struct stepden_management_container){
        .action_id = frame->action_id,
        .detection_time_its_ms = frame->detection_its_ms,
        .event_position = position,
        .has_awareness_distance = true,
        .awareness_distance_m =
            stepden_mapping_distance_m(prediction, &position),
        .has_traffic_direction = true,
        .traffic_direction = traffic_direction(&frame->choice),
        .validity_duration_s = stepden_mapping_validity_s(
            settings, until_collision_ms(prediction, frame->detection_its_ms)),
        .has_transmission_interval = settings->denm.has_transmission_interval,
        .transmission_interval_ms = settings->denm.transmission_interval_ms,
        .station_type = settings->station_type,
        .has_reference_station_id = true,
        .reference_station_id = reference->station_id,
        .has_reference_object_id = true,
        .reference_object_id = reference->object_id,
    };
}

/* 0 is unavailable, 1 the lowest and 7 the highest. */
static uint8_t quality_of(const struct stepden_collision_station *target)
{
    if (!target->has_probability)
        return 0;
    return (uint8_t)(1 + (6 * target->probability_e6 + 500000) / 1000000);
}

static struct stepden_situation_container
situation_of(const struct stepden_collision_station *target, uint8_t sub_cause)
{
    return (struct stepden_situation_container){
        .information_quality = quality_of(target),
        .event_type = STEPDEN_CAUSE_CODE_COLLISION_RISK,
        .sub_cause_code = sub_cause,
    };
}

struct stepden_heading stepden_mapping_heading(struct stepden_heading heading)
{
    if (heading.value_ddeg == 3600)
        heading.value_ddeg = 0;
    return heading;
}

/* Without measurementTime it is as old as the prediction. */
static int64_t measured_its_ms(const struct stepden_prediction *prediction)
{
    return prediction->target->has_measurement_time
               ? prediction->target->measurement_time_its_ms
               : prediction->creation_its_ms;
}

static void
fill_predicted_paths(struct stepden_location_container *location,
                     const struct stepden_prediction *prediction,
                     const struct stepden_management_container *management)
{
    struct stepden_predicted_path *path = &location->predicted_paths.item[0];

    stepden_predicted_path_fill(
        path, prediction->target, &management->event_position,
        measured_its_ms(prediction) - management->detection_time_its_ms);
    location->has_predicted_paths = path->path_predicted.count > 0;
    location->predicted_paths.count = path->path_predicted.count > 0;
}

/* Only what is said is set: the container is mostly unused space for points. */
static void fill_location(struct stepden_location_container *location,
                          const struct stepden_prediction *prediction,
                          const struct stepden_management_container *management)
{
    const struct stepden_collision_station *target = prediction->target;

    location->has_event_speed = target->has_speed;
    location->event_speed = target->speed;
    location->has_event_position_heading = target->has_heading;
    location->event_position_heading = stepden_mapping_heading(target->heading);
    location->has_road_type = false;

    struct stepden_trace *trace = &location->traces.item[0];
    stepden_trace_fill(trace, prediction->reference,
                       &management->event_position);
    location->has_traces = trace->count > 0;
    location->traces.count = trace->count > 0;
    fill_predicted_paths(location, prediction, management);
}

void stepden_mapping_fill(struct stepden_denm_data *denm,
                          const struct stepden_settings *settings,
                          const struct stepden_prediction *prediction,
                          const struct stepden_frame *frame)
{
    denm->station_id = frame->action_id.originating_station_id;
    denm->management_container = management_of(settings, prediction, frame);
    denm->has_situation_container = true;
    denm->situation_container =
        situation_of(prediction->target, frame->choice.sub_cause);
    denm->has_location_container = true;
    fill_location(&denm->location_container, prediction,
                  &denm->management_container);
    denm->has_pre_crash_container = true;
    denm->pre_crash_container = stepden_pre_crash_of(
        &settings->denm, prediction, &denm->management_container);
}
