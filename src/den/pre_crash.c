#include "den/pre_crash.h"

#include "base/compare.h"
#include "den/station_kinds.h"

#define DELTA_TIME_MIN_MS (-2048)
#define DELTA_TIME_MAX_MS 2047
#define TIME_TO_COLLISION_MAX_MS 600000
#define CONFIDENCE_UNAVAILABLE 32

static int64_t clamp(int64_t value, int64_t least, int64_t most)
{
    return stepden_larger(least, stepden_smaller(value, most));
}

static int16_t
measurement_delta_ms(const struct stepden_collision_station *target,
                     int64_t detection_its_ms)
{
    if (!target->has_measurement_time)
        return 0;
    return (int16_t)clamp(target->measurement_time_its_ms - detection_its_ms,
                          DELTA_TIME_MIN_MS, DELTA_TIME_MAX_MS);
}

static struct stepden_object_dimension dimension(uint16_t value_dm)
{
    return (struct stepden_object_dimension){
        .value_dm = value_dm,
        .confidence_dm = CONFIDENCE_UNAVAILABLE,
    };
}

static struct stepden_perceived_object
object_of(const struct stepden_config_denm *config,
          const struct stepden_collision_station *target,
          int64_t detection_its_ms)
{
    return (struct stepden_perceived_object){
        .has_object_id = target->object_id != 0,
        .object_id = target->object_id,
        .measurement_delta_time_ms =
            measurement_delta_ms(target, detection_its_ms),
        .position = target->position,
        .has_speed = target->has_speed,
        .speed = target->speed,
        .has_heading = target->has_heading,
        .heading = stepden_mapping_heading(target->heading),
        .has_object_dimension_x = target->has_length,
        .object_dimension_x = dimension(target->length_dm),
        .has_object_dimension_y = target->has_width,
        .object_dimension_y = dimension(target->width_dm),
        .has_object_dimension_z = target->has_height,
        .object_dimension_z = dimension(target->height_dm),
        .has_object_perception_quality = target->has_perception_quality,
        .object_perception_quality = target->perception_quality,
        .has_classification = true,
        .classification =
            {
                .station_type = target->station_type,
                .vru = stepden_is_vru(target->station_type,
                                      config->vru_includes_ptw),
            },
    };
}

struct stepden_pre_crash_container
stepden_pre_crash_of(const struct stepden_config_denm *config,
                     const struct stepden_prediction *prediction,
                     const struct stepden_management_container *management)
{
    const struct stepden_collision_station *target = prediction->target;
    int64_t detection_its_ms = management->detection_time_its_ms;
    int64_t collision_its_ms =
        prediction->creation_its_ms + target->time_to_collision_ms;

    return (struct stepden_pre_crash_container){
        .perceived_object = object_of(config, target, detection_its_ms),
        .has_station_id_involved = true,
        .station_id_involved = target->station_id,
        .has_time_to_collision = true,
        .time_to_collision_ms = (uint32_t)clamp(
            collision_its_ms - detection_its_ms, 0, TIME_TO_COLLISION_MAX_MS),
        .has_impact_section = target->has_impact_section &&
                              stepden_is_motor_vehicle(target->station_type),
        .impact_section = target->impact_section,
        .has_estimated_braking_distance =
            target->has_estimated_braking_distance,
        .estimated_braking_distance_dm = target->estimated_braking_distance_dm,
        .has_estimated_collision_latitude = true,
        .estimated_collision_latitude_e7 =
            management->event_position.latitude_e7,
        .has_estimated_collision_longitude = true,
        .estimated_collision_longitude_e7 =
            management->event_position.longitude_e7,
    };
}
