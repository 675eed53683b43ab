#include "sample.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct stepden_denm_data sample_trigger(void)
{
    struct stepden_denm_data denm;

    stepden_denm_data_init(&denm);
    denm.station_id = 4242;
    denm.management_container.action_id.originating_station_id = 4242;
    denm.management_container.action_id.sequence_number = 7;
    denm.management_container.detection_time_its_ms = 630000000123;
    denm.management_container.reference_time_its_ms = 630000000124;
    denm.management_container.event_position.latitude_e7 = 454642000;
    denm.management_container.event_position.longitude_e7 = 91900000;
    denm.management_container.validity_duration_s = 8;
    denm.management_container.station_type =
        STEPDEN_STATION_TYPE_ROAD_SIDE_UNIT;
    denm.has_situation_container = true;
    denm.situation_container.information_quality = 6;
    denm.situation_container.event_type = 97;
    denm.situation_container.sub_cause_code = 4;
    return denm;
}

static void fill_management(struct stepden_management_container *management)
{
    management->event_position.has_position_confidence = true;
    management->event_position.position_confidence =
        (struct stepden_position_confidence){
            .semi_major_axis_length_confidence_cm = 300,
            .semi_minor_axis_length_confidence_cm = 150,
            .semi_major_axis_orientation_ddeg = 450,
        };
    management->event_position.has_altitude = true;
    management->event_position.altitude =
        (struct stepden_altitude){.value_cm = 12000, .confidence = 6};
    management->has_awareness_distance = true;
    management->awareness_distance_m = 200;
    management->has_traffic_direction = true;
    management->traffic_direction = 1;
    management->has_transmission_interval = true;
    management->transmission_interval_ms = 100;
}

static void fill_traces(struct stepden_location_container *location)
{
    location->has_traces = true;
    location->traces.count = 3;
    for (uint32_t i = 0; i < 3; i++) {
        struct stepden_trace *trace = &location->traces.item[i];

        trace->count = i;
        for (uint32_t j = 0; j < i; j++)
            trace->item[j] = (struct stepden_trace_point){
                .delta_latitude = -100 * (int32_t)j,
                .delta_longitude = 131071,
                .has_delta_altitude = j == 1,
                .delta_altitude_cm = -12700,
                .has_delta_time = j == 0,
                .delta_time_cs = 65535,
            };
    }
}

/* One path with times up to and above 12.6 s, one without any. */
static void fill_predicted_paths(struct stepden_location_container *location)
{
    static const uint32_t times_ds[] = {0, 126, 130};
    struct stepden_predicted_path *path = location->predicted_paths.item;

    location->has_predicted_paths = true;
    location->predicted_paths.count = 2;
    path[0].usage_indication = STEPDEN_USAGE_INDICATION_NO_INDICATION;
    path[0].confidence_level = 101;
    path[0].path_predicted.count = 3;
    for (uint32_t i = 0; i < 3; i++)
        path[0].path_predicted.item[i] = (struct stepden_path_point_predicted){
            .delta_latitude = 400 - 100 * (int32_t)i,
            .delta_longitude = -7,
            .has_delta_altitude = i == 1,
            .delta_altitude_cm = 25,
            .has_path_delta_time = true,
            .path_delta_time_ds = times_ds[i],
        };
    path[1].usage_indication = STEPDEN_USAGE_INDICATION_FIXED_ROUTE;
    path[1].confidence_level = 30;
    path[1].path_predicted.count = 1;
    path[1].path_predicted.item[0] = (struct stepden_path_point_predicted){
        .delta_latitude = 131071,
        .delta_longitude = -131071,
    };
}

static void fill_location(struct stepden_location_container *location)
{
    location->has_event_speed = true;
    location->event_speed = (struct stepden_speed){1389, 50};
    location->has_event_position_heading = true;
    location->event_position_heading = (struct stepden_heading){1800, 10};
    location->has_road_type = true;
    location->road_type = 2;
    fill_traces(location);
    fill_predicted_paths(location);
}

static void fill_object(struct stepden_perceived_object *object)
{
    object->has_object_id = true;
    object->object_id = 17;
    object->measurement_delta_time_ms = -40;
    object->position.latitude_e7 = 454642000;
    object->position.longitude_e7 = 91900000;
    object->position.has_position_confidence = true;
    object->position.position_confidence =
        (struct stepden_position_confidence){200, 100, 900};
    object->position.has_altitude = true;
    object->position.altitude = (struct stepden_altitude){12100, 5};
    object->has_speed = true;
    object->speed = (struct stepden_speed){420, 30};
    object->has_heading = true;
    object->heading = (struct stepden_heading){2700, 20};
    object->has_object_dimension_x = true;
    object->object_dimension_x = (struct stepden_object_dimension){18, 2};
    object->has_object_dimension_y = true;
    object->object_dimension_y = (struct stepden_object_dimension){6, 1};
    object->has_object_dimension_z = true;
    object->object_dimension_z = (struct stepden_object_dimension){17, 32};
    object->has_object_perception_quality = true;
    object->object_perception_quality = 12;
    object->has_classification = true;
    object->classification = (struct stepden_classification){
        .station_type = STEPDEN_STATION_TYPE_CYCLIST, .vru = true};
}

static void fill_pre_crash(struct stepden_pre_crash_container *pre_crash)
{
    fill_object(&pre_crash->perceived_object);
    pre_crash->has_station_id_involved = true;
    pre_crash->station_id_involved = 2002;
    pre_crash->has_time_to_collision = true;
    pre_crash->time_to_collision_ms = 1900;
    pre_crash->has_impact_section = true;
    pre_crash->impact_section = STEPDEN_IMPACT_SECTION_SIDE_RIGHT_BACK;
    pre_crash->has_estimated_braking_distance = true;
    pre_crash->estimated_braking_distance_dm = 95;
}

struct stepden_denm_data sample_full(void)
{
    struct stepden_denm_data denm = sample_trigger();

    fill_management(&denm.management_container);
    denm.situation_container.has_linked_cause = true;
    denm.situation_container.linked_cause.event_type = 12;
    denm.situation_container.linked_cause.sub_cause_code = 255;
    denm.has_location_container = true;
    fill_location(&denm.location_container);
    denm.has_pre_crash_container = true;
    fill_pre_crash(&denm.pre_crash_container);
    return denm;
}

struct stepden_denm_data sample_without_extensions(void)
{
    struct stepden_denm_data denm = sample_full();

    denm.location_container.has_predicted_paths = false;
    denm.has_pre_crash_container = false;
    return denm;
}

struct stepden_denm_data sample_cancellation(void)
{
    struct stepden_denm_data denm = sample_trigger();

    denm.has_situation_container = false;
    denm.management_container.has_termination = true;
    denm.management_container.termination = 0;
    denm.management_container.reference_time_its_ms += 5000;
    return denm;
}

struct encoded sample_encode(const struct stepden_denm_data *denm,
                             enum stepden_release release)
{
    struct encoded encoded = {.size = 0};
    struct stepden_diag diag = {.where = ""};
    enum stepden_status status =
        stepden_denm_encode(encoded.bytes, sizeof encoded.bytes, &encoded.size,
                            denm, release, &diag);

    ck_assert_msg(status == STEPDEN_OK, "%s: %s", diag.where, diag.reason);
    return encoded;
}

struct stepden_denm_data sample_decode(const struct encoded *encoded)
{
    struct stepden_denm_data denm;
    struct stepden_diag diag = {.where = ""};
    enum stepden_status status = stepden_denm_decode(
        &denm, encoded->bytes, encoded->size, STEPDEN_RELEASE_R1_R2, &diag);

    ck_assert_msg(status == STEPDEN_OK, "%s: %s", diag.where, diag.reason);
    return denm;
}

const char *sample_hex(const struct encoded *encoded)
{
    static char hex[2 * STEPDEN_DENM_UPER_MAX + 1];

    hex[0] = '\0';
    for (size_t i = 0; i < encoded->size; i++)
        snprintf(hex + 2 * i, 3, "%02x", encoded->bytes[i]);
    return hex;
}

struct encoded sample_from_hex(const char *hex)
{
    struct encoded encoded = {.size = 0};
    unsigned byte;

    while (sscanf(hex + 2 * encoded.size, "%2x", &byte) == 1)
        encoded.bytes[encoded.size++] = (uint8_t)byte;
    return encoded;
}

void sample_check_equal(const struct stepden_denm_data *found,
                        const struct stepden_denm_data *expected)
{
    static char left[STEPDEN_DENM_DATA_JSON_MAX + 1];
    static char right[STEPDEN_DENM_DATA_JSON_MAX + 1];

    left[stepden_denm_data_write(left, sizeof left - 1, found)] = '\0';
    right[stepden_denm_data_write(right, sizeof right - 1, expected)] = '\0';
    ck_assert_str_eq(left, right);
}

int sample_run(Suite *suite)
{
    SRunner *runner = srunner_create(suite);

    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
