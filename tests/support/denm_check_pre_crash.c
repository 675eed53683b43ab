#include "support/denm_check_pre_crash.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <stepden/denm.h>

static bool differ(const char *name, long json, long uper)
{
    fprintf(stderr, "%s: %ld in JSON, %ld in UPER\n", name, json, uper);
    return false;
}

static bool same(const char *name, bool in_json, long json, bool in_uper,
                 long uper)
{
    if (in_json != in_uper)
        return differ(name, in_json ? json : -1, in_uper ? uper : -1);
    return !in_json || json == uper || differ(name, json, uper);
}

/* On a sphere, the short way around. */
static double distance_cm(const struct stepden_position *from,
                          const struct stepden_position *to)
{
    const double cm_per_e7 = 1.1132;
    double east =
        remainder((double)to->longitude_e7 - from->longitude_e7, 36e8);
    double north = (double)to->latitude_e7 - from->latitude_e7;
    double across = cos((double)from->latitude_e7 * M_PI / 18e8);

    return hypot(east * across, north) * cm_per_e7;
}

/* To the centimetre; 1.3 km away from the event there is no telling. */
static bool same_place(const struct stepden_position *json,
                       const struct stepden_position *uper,
                       const struct stepden_position *event)
{
    return distance_cm(event, json) > 130000 || distance_cm(json, uper) < 2.5 ||
           differ("position", json->latitude_e7, uper->latitude_e7);
}

static bool same_dimension(const char *name, bool in_json,
                           const struct stepden_object_dimension *json,
                           bool in_uper,
                           const struct stepden_object_dimension *uper)
{
    long value = json->value_dm < 255 ? json->value_dm : 255;

    return same(name, in_json, value, in_uper, uper->value_dm) &&
           same(name, in_json, json->confidence_dm, in_uper,
                uper->confidence_dm);
}

static bool same_dimensions(const struct stepden_perceived_object *json,
                            const struct stepden_perceived_object *uper)
{
    return same_dimension("objectDimensionX", json->has_object_dimension_x,
                          &json->object_dimension_x,
                          uper->has_object_dimension_x,
                          &uper->object_dimension_x) &&
           same_dimension("objectDimensionY", json->has_object_dimension_y,
                          &json->object_dimension_y,
                          uper->has_object_dimension_y,
                          &uper->object_dimension_y) &&
           same_dimension("objectDimensionZ", json->has_object_dimension_z,
                          &json->object_dimension_z,
                          uper->has_object_dimension_z,
                          &uper->object_dimension_z);
}

static bool same_movement(const struct stepden_perceived_object *json,
                          const struct stepden_perceived_object *uper)
{
    return same("speed", json->has_speed, json->speed.value_cm_s,
                uper->has_speed, uper->speed.value_cm_s) &&
           same("speed/confidence", json->has_speed,
                json->speed.confidence_cm_s, uper->has_speed,
                uper->speed.confidence_cm_s) &&
           same("heading", json->has_heading, json->heading.value_ddeg % 3600,
                uper->has_heading, uper->heading.value_ddeg) &&
           same("heading/confidence", json->has_heading,
                json->heading.confidence_ddeg, uper->has_heading,
                uper->heading.confidence_ddeg);
}

/* The station types of what is no VRU are those of vehicles, or unknown. */
static bool same_class(const struct stepden_perceived_object *json,
                       const struct stepden_perceived_object *uper)
{
    const struct stepden_classification *class = &json->classification;
    bool is_known = class->vru ||
                    (class->station_type >= 5 && class->station_type <= 11) ||
                    class->station_type == 14;

    return same("classification/vru", json->has_classification, class->vru,
                uper->has_classification, uper->classification.vru) &&
           same("classification/stationType", json->has_classification,
                is_known ? class->station_type : 0, uper->has_classification,
                uper->classification.station_type);
}

static bool same_object(const struct stepden_perceived_object *json,
                        const struct stepden_perceived_object *uper,
                        const struct stepden_position *event)
{
    return same("objectId", json->has_object_id && json->object_id != 0,
                json->object_id, uper->has_object_id, uper->object_id) &&
           same("measurementDeltaTime", true, json->measurement_delta_time_ms,
                true, uper->measurement_delta_time_ms) &&
           same_place(&json->position, &uper->position, event) &&
           same_movement(json, uper) && same_dimensions(json, uper) &&
           same("objectPerceptionQuality", json->has_object_perception_quality,
                json->object_perception_quality,
                uper->has_object_perception_quality,
                uper->object_perception_quality) &&
           same_class(json, uper);
}

static bool same_container(const struct stepden_pre_crash_container *json,
                           const struct stepden_pre_crash_container *uper,
                           const struct stepden_position *event)
{
    long time_ms = json->time_to_collision_ms;

    return same_object(&json->perceived_object, &uper->perceived_object,
                       event) &&
           same("stationIdInvolved", json->has_station_id_involved,
                json->station_id_involved, uper->has_station_id_involved,
                uper->station_id_involved) &&
           same("timeToCollision",
                json->has_time_to_collision && time_ms <= 10000,
                time_ms > 0 ? time_ms : 1, uper->has_time_to_collision,
                uper->time_to_collision_ms) &&
           same("impactSection", json->has_impact_section, json->impact_section,
                uper->has_impact_section, uper->impact_section) &&
           same("estimatedBrakingDistance",
                json->has_estimated_braking_distance,
                json->estimated_braking_distance_dm,
                uper->has_estimated_braking_distance,
                uper->estimated_braking_distance_dm);
}

static bool decode(struct stepden_denm_data *denm, const char *hex)
{
    uint8_t bytes[STEPDEN_DENM_UPER_MAX];
    struct stepden_diag diag;
    size_t size = 0;

    for (; hex[2 * size] && size < sizeof bytes; size++) {
        char digits[] = {hex[2 * size], hex[2 * size + 1], '\0'};
        bytes[size] = (uint8_t)strtoul(digits, NULL, 16);
    }
    if (stepden_denm_decode(denm, bytes, size, STEPDEN_RELEASE_R1_R2, &diag) ==
        STEPDEN_OK)
        return true;
    fprintf(stderr, "%s: %s\n", diag.where, diag.reason);
    return false;
}

bool denm_check_pre_crash(const char *json, size_t size, const char *hex)
{
    static struct stepden_denm_data said;
    static struct stepden_denm_data sent;
    struct stepden_diag diag;

    if (stepden_denm_data_read(&said, json, size, &diag) != STEPDEN_OK) {
        fprintf(stderr, "%s: %s\n", diag.where, diag.reason);
        return false;
    }
    if (!decode(&sent, hex))
        return false;
    if (!sent.has_pre_crash_container)
        return true;
    return said.has_pre_crash_container &&
           same_container(&said.pre_crash_container, &sent.pre_crash_container,
                          &said.management_container.event_position);
}
