#include <stepden/records/denm_data.h>

#include <stdio.h>

#include "../json/suite.h"

/* What every DENM has, without its end. */
#define HEAD                                                                   \
    "{\"stationId\":7,\"managementContainer\":{\"actionId\":{"                 \
    "\"originatingStationId\":7,\"sequenceNumber\":65535},"                    \
    "\"detectionTime\":\"2026-07-01T12:00:00.123Z\","                          \
    "\"referenceTime\":\"2026-07-01T12:00:00.150Z\","                          \
    "\"eventPosition\":{\"latitude\":45.4642035,\"longitude\":-9.19}"

static struct stepden_denm_data denm;
static struct stepden_diag diag;
static char json[STEPDEN_DENM_DATA_JSON_MAX + 1];

static enum stepden_status take(const char *text)
{
    char *copy = exact_copy(text, strlen(text));
    enum stepden_status status =
        stepden_denm_data_read(&denm, copy, strlen(text), &diag);

    free(copy);
    return status;
}

static const char *written(void)
{
    size_t size = stepden_denm_data_write(json, sizeof(json) - 1, &denm);

    json[size] = '\0';
    return json;
}

/* Reading `text` and writing gives `text`. */
static void stays(const char *text)
{
    ck_assert_msg(take(text) == STEPDEN_OK, "%s: %s", diag.where, diag.reason);
    ck_assert_str_eq(written(), text);
}

START_TEST(a_whole_denm_stays_the_same)
{
    stays(HEAD
          ",\"awarenessDistance\":500,\"trafficDirection\":"
          "\"sameAsReferenceDirection-upstreamOfReferencePosition\","
          "\"validityDuration\":12,\"transmissionInterval\":100,"
          "\"stationType\":\"roadSideUnit\",\"referenceStationId\":1001,"
          "\"referenceObjectId\":0},"
          "\"situationContainer\":{\"informationQuality\":3,"
          "\"eventType\":\"collisionRisk\",\"subCauseCode\":4,"
          "\"linkedCause\":{\"eventType\":\"accident\",\"subCauseCode\":0}},"
          "\"locationContainer\":{\"eventSpeed\":{\"value\":1389,"
          "\"confidence\":127},\"traces\":[[],[{\"deltaLatitude\":-131071,"
          "\"deltaLongitude\":5,\"deltaAltitude\":-12700,\"deltaTime\":1}]],"
          "\"predictedPaths\":[{\"pathPredicted\":[{\"deltaLatitude\":131072,"
          "\"deltaLongitude\":-1,\"deltaAltitude\":12799,"
          "\"pathDeltaTime\":864000},{\"deltaLatitude\":0,"
          "\"deltaLongitude\":0}],\"usageIndication\":\"navigation\","
          "\"confidenceLevel\":1}]},"
          "\"preCrashContainer\":{\"perceivedObject\":{\"objectId\":3,"
          "\"measurementDeltaTime\":-10,\"position\":{\"latitude\":-90,"
          "\"longitude\":180,\"altitude\":{\"value\":-100000,"
          "\"confidence\":15}},\"classification\":{\"stationType\":"
          "\"cyclist\",\"vru\":true}},\"stationIdInvolved\":1002,"
          "\"timeToCollision\":2500,\"impactSection\":\"sideLeftBack\","
          "\"estimatedCollisionLatitude\":45.46421,"
          "\"estimatedCollisionLongitude\":0.0000001}}");
    ck_assert_int_eq(denm.management_container.event_position.latitude_e7,
                     454642035);
    ck_assert_uint_eq(denm.location_container.traces.count, 2);
    ck_assert_uint_eq(denm.location_container.traces.item[1].count, 1);
    ck_assert_uint_eq(denm.location_container.predicted_paths.item[0]
                          .path_predicted.item[0]
                          .path_delta_time_ds,
                      864000);
    ck_assert_int_eq(denm.pre_crash_container.estimated_collision_longitude_e7,
                     1);
}
END_TEST

START_TEST(absent_and_null_are_the_same)
{
    static const char *const ends[] = {
        "}}", ",\"termination\":null,\"awarenessDistance\":null,"
              "\"validityDuration\":null,\"stationType\":null,"
              "\"referenceStationId\":null},\"situationContainer\":null,"
              "\"locationContainer\":null,\"preCrashContainer\":null}"};
    char text[1024];

    for (size_t i = 0; i < 2; i++) {
        snprintf(text, sizeof(text), "%s%s", HEAD, ends[i]);
        ck_assert_msg(take(text) == 0, "%s: %s", diag.where, diag.reason);
        ck_assert(!denm.management_container.has_termination);
        ck_assert(!denm.management_container.has_awareness_distance);
        ck_assert_uint_eq(denm.management_container.validity_duration_s, 600);
        ck_assert_uint_eq(denm.management_container.station_type, 0);
        ck_assert(!denm.has_situation_container);
        ck_assert_str_eq(written(),
                         HEAD ",\"validityDuration\":600,\"stationType\":"
                              "\"unknown\"}}");
    }
}
END_TEST

START_TEST(times_are_kept_to_the_millisecond)
{
    stays(HEAD ",\"validityDuration\":0,\"stationType\":\"tram\"}}");
    ck_assert_int_eq(denm.management_container.reference_time_its_ms -
                         denm.management_container.detection_time_its_ms,
                     27);
}
END_TEST

START_TEST(an_older_name_is_read_and_the_newer_one_written)
{
    ck_assert_int_eq(take(HEAD ",\"trafficDirection\":\"upstreamTraffic\","
                               "\"stationType\":\"specialVehicles\"}}"),
                     0);
    ck_assert_uint_eq(denm.management_container.traffic_direction, 1);
    ck_assert_uint_eq(denm.management_container.station_type, 10);
    ck_assert_ptr_nonnull(strstr(written(), "\"specialVehicle\""));
    ck_assert_ptr_nonnull(
        strstr(json, "\"sameAsReferenceDirection-upstreamOf"));
}
END_TEST

START_TEST(a_number_without_a_name_stays_a_number)
{
    ck_assert_int_eq(take(HEAD ",\"stationType\":77},\"situationContainer\":"
                               "{\"eventType\":97}}"),
                     0);
    ck_assert_uint_eq(denm.management_container.station_type, 77);
    ck_assert_ptr_nonnull(strstr(written(), "\"stationType\":77}"));
    ck_assert_ptr_nonnull(strstr(json, "\"eventType\":\"collisionRisk\""));
}
END_TEST

START_TEST(a_distance_is_covered_by_its_class)
{
    static const struct {
        const char *text;
        unsigned distance_m;
    } rows[] = {{"0", 50},       {"50", 50},       {"50.5", 100},
                {"999.9", 1000}, {"10000", 10000}, {"10000.1", 10001},
                {"1e9", 10001}};
    char text[1024];

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        snprintf(text, sizeof(text), "%s,\"awarenessDistance\":%s}}", HEAD,
                 rows[i].text);
        ck_assert_int_eq(take(text), 0);
        ck_assert_uint_eq(denm.management_container.awareness_distance_m,
                          rows[i].distance_m);
    }
}
END_TEST

START_TEST(unknown_members_are_ignored_and_counted)
{
    ck_assert_int_eq(take(HEAD ",\"x\":1,\"y\":[{\"z\":2}]},\"t\":{}}"), 0);
    ck_assert_uint_eq(denm.unknown_members, 3);
    ck_assert_int_eq(take(HEAD "}}"), 0);
    ck_assert_uint_eq(denm.unknown_members, 0);
}
END_TEST

START_TEST(a_duplicate_key_is_an_error)
{
    ck_assert_int_eq(take(HEAD "},\"stationId\":7}"), STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.where, "/stationId");
    ck_assert_int_eq(take(HEAD ",\"x\":1,\"x\":1}}"), STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.where, "/managementContainer/x");
}
END_TEST

START_TEST(an_error_names_the_member_in_the_array)
{
    ck_assert_int_eq(take(HEAD "},\"locationContainer\":{\"traces\":[[],[{"
                               "\"deltaLatitude\":1,\"deltaLongitude\":1},{"
                               "\"deltaLatitude\":131073}]]}}"),
                     STEPDEN_ERR_RANGE);
    ck_assert_str_eq(diag.where, "/locationContainer/traces/1/1/deltaLatitude");
    ck_assert_str_eq(diag.reason,
                     "found 131073, allowed is an integer -131071..131072");
}
END_TEST

#define IN_PATHS(paths)                                                        \
    HEAD "},\"locationContainer\":{\"predictedPaths\":[" paths "]}}"
#define PATH(points) "{\"pathPredicted\":[" points "]}"
#define POINT "{\"deltaLatitude\":1,\"deltaLongitude\":1}"
#define FOUR(element) element "," element "," element "," element
#define SIXTEEN(element) FOUR(FOUR(element))

START_TEST(a_predicted_path_has_the_defaults_of_what_it_does_not_say)
{
    ck_assert_int_eq(take(IN_PATHS(PATH(POINT))), 0);
    ck_assert_uint_eq(
        denm.location_container.predicted_paths.item[0].usage_indication, 0);
    ck_assert_uint_eq(
        denm.location_container.predicted_paths.item[0].confidence_level, 101);
    ck_assert_ptr_nonnull(strstr(written(), "\"usageIndication\":"
                                            "\"noIndication\","
                                            "\"confidenceLevel\":101}"));
}
END_TEST

START_TEST(there_are_4_predicted_paths_of_16_points_and_none_is_empty)
{
    static const struct {
        const char *text;
        const char *where; /* NULL: good */
    } rows[] = {
        {IN_PATHS(FOUR(PATH(SIXTEEN(POINT)))), NULL},
        {IN_PATHS(FOUR(PATH(POINT)) "," PATH(POINT)),
         "/locationContainer/predictedPaths"},
        {IN_PATHS(PATH(SIXTEEN(POINT) "," POINT)),
         "/locationContainer/predictedPaths/0/pathPredicted"},
        {IN_PATHS(""), "/locationContainer/predictedPaths"},
        {IN_PATHS(PATH("")),
         "/locationContainer/predictedPaths/0/pathPredicted"},
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        ck_assert_int_eq(take(rows[i].text),
                         rows[i].where ? STEPDEN_ERR_RANGE : STEPDEN_OK);
        if (rows[i].where)
            ck_assert_str_eq(diag.where, rows[i].where);
    }
}
END_TEST

START_TEST(the_greatest_of_everything_fits_in_the_maximum)
{
    stepden_denm_data_init(&denm);
    denm.has_location_container = true;
    denm.location_container.has_traces = true;
    denm.location_container.traces.count = 7;
    for (size_t i = 0; i < 7; i++) {
        denm.location_container.traces.item[i].count = 40;
        for (size_t j = 0; j < 40; j++)
            denm.location_container.traces.item[i].item[j] =
                (struct stepden_trace_point){-131071, -131071, true,
                                             -12700,  true,    65535};
    }
    denm.location_container.has_predicted_paths = true;
    denm.location_container.predicted_paths.count = 4;
    for (size_t i = 0; i < 4; i++) {
        struct stepden_predicted_path *path =
            &denm.location_container.predicted_paths.item[i];

        path->usage_indication = STEPDEN_USAGE_INDICATION_RESCUE_OPERATION;
        path->confidence_level = 101;
        path->path_predicted.count = 16;
        for (size_t j = 0; j < 16; j++)
            path->path_predicted.item[j] =
                (struct stepden_path_point_predicted){-131071, -131071, true,
                                                      -12700,  true,    864000};
    }
    ck_assert_uint_gt(strlen(written()), 7 * 40 * 75 + 4 * 16 * 80);
}
END_TEST

START_TEST(an_initial_value_has_the_defaults)
{
    struct stepden_situation_container situation;
    struct stepden_speed speed;

    memset(&situation, 0xa5, sizeof(situation));
    memset(&speed, 0xa5, sizeof(speed));
    stepden_situation_container_init(&situation);
    stepden_speed_init(&speed);
    ck_assert_uint_eq(situation.sub_cause_code, 0);
    ck_assert(!situation.has_linked_cause);
    ck_assert_uint_eq(speed.value_cm_s, 0);
    ck_assert_uint_eq(speed.confidence_cm_s, 127);
}
END_TEST

START_TEST(values_have_names)
{
    ck_assert_str_eq(stepden_cause_code_text(97), "collisionRisk");
    ck_assert_str_eq(stepden_cause_code_text(7), "aquaplaning");
    ck_assert_ptr_null(stepden_cause_code_text(8));
    ck_assert_ptr_null(stepden_cause_code_text(4000000000u));
}
END_TEST

RUN_SUITE("denm_data", a_whole_denm_stays_the_same,
          absent_and_null_are_the_same, times_are_kept_to_the_millisecond,
          an_older_name_is_read_and_the_newer_one_written,
          a_number_without_a_name_stays_a_number,
          a_distance_is_covered_by_its_class,
          unknown_members_are_ignored_and_counted, a_duplicate_key_is_an_error,
          an_error_names_the_member_in_the_array,
          a_predicted_path_has_the_defaults_of_what_it_does_not_say,
          there_are_4_predicted_paths_of_16_points_and_none_is_empty,
          the_greatest_of_everything_fits_in_the_maximum,
          an_initial_value_has_the_defaults, values_have_names)
