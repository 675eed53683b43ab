#include <stdlib.h>
#include <string.h>

#include <R1DENM.h>
#include <R2DENM.h>

#include <R1LocationContainer.h>
#include <R1SituationContainer.h>

#include "codec/arena.h"
#include "codec/grammar.h"
#include "codec/uper.h"
#include "sample.h"

static enum stepden_status encode(const struct stepden_denm_data *denm,
                                  size_t size, struct stepden_diag *diag)
{
    uint8_t bytes[STEPDEN_DENM_UPER_MAX];
    size_t length = 0;

    return stepden_denm_encode(bytes, size, &length, denm,
                               STEPDEN_RELEASE_R1_R2, diag);
}

/*
 * The expected bytes of these three were put together bit by bit from the
 * ranges in EN 302 637-3 and TS 103 831, with X.691 at hand.
 */
START_TEST(a_trigger_is_these_bytes)
{
    struct stepden_denm_data denm = sample_trigger();
    struct encoded encoded = sample_encode(&denm, STEPDEN_RELEASE_R1_R2);

    ck_assert_str_eq(sample_hex(&encoded),
                     "020100001092c10000084900039255dda38f64957768e3e50be325"
                     "070c41a60ffffffe11dbba1f0004078c61040000");
}
END_TEST

START_TEST(a_cancellation_is_these_bytes)
{
    struct stepden_denm_data denm = sample_cancellation();
    struct encoded encoded = sample_encode(&denm, STEPDEN_RELEASE_R1_R2);

    ck_assert_str_eq(sample_hex(&encoded),
                     "020100001092090000084900039255dda38f64957769802285f192"
                     "838620d307ffffff08eddd0f800203c0");
}
END_TEST

START_TEST(a_pre_crash_container_is_these_bytes)
{
    struct stepden_denm_data denm = sample_trigger();
    struct stepden_denm_data full = sample_full();
    denm.has_pre_crash_container = true;
    denm.pre_crash_container = full.pre_crash_container;
    struct encoded encoded = sample_encode(&denm, STEPDEN_RELEASE_R1_R2);

    ck_assert_str_eq(sample_hex(&encoded),
                     "020100001092e10000084900039255dda38f64957768e3e50be325"
                     "070c41a60ffffffe11dbba1f0004078c61040004001235ec3a8004"
                     "5f610000063c00000c6034875c209887c140221c048e4000007d21"
                     "dae02f80");
}
END_TEST

static void check_same_as_r1(const struct stepden_denm_data *denm)
{
    struct encoded r2 = sample_encode(denm, STEPDEN_RELEASE_R1);
    struct encoded r1 = {.size = 0};
    struct stepden_arena arena = {0};
    void *tree = NULL;

    ck_assert_int_eq(stepden_uper_decode(&tree, &arena,
                                         stepden_grammar(STEPDEN_RELEASE_R1),
                                         r2.bytes, r2.size, NULL, NULL, NULL),
                     STEPDEN_OK);
    ck_assert_int_eq(stepden_uper_encode(r1.bytes, sizeof r1.bytes, &r1.size,
                                         stepden_grammar(STEPDEN_RELEASE_R1),
                                         tree, NULL),
                     STEPDEN_OK);
    stepden_arena_free(&arena);
    ck_assert_mem_eq(r1.bytes, r2.bytes, r2.size);
    ck_assert_uint_eq(r1.size, r2.size);
}

START_TEST(a_root_only_denm_is_the_same_bytes_in_both_releases)
{
    struct stepden_denm_data trigger = sample_trigger();
    struct stepden_denm_data full = sample_full();
    struct stepden_denm_data cancellation = sample_cancellation();

    check_same_as_r1(&trigger);
    check_same_as_r1(&full);
    check_same_as_r1(&cancellation);
    for (unsigned cause = 0; cause <= 128; cause++) {
        full.situation_container.event_type = (uint8_t)cause;
        check_same_as_r1(&full);
    }
}
END_TEST

START_TEST(a_release_1_receiver_skips_the_extensions)
{
    struct stepden_denm_data full = sample_full();
    struct encoded encoded = sample_encode(&full, STEPDEN_RELEASE_R2);
    struct stepden_arena arena = {0};
    void *tree = NULL;

    ck_assert_int_eq(
        stepden_uper_decode(&tree, &arena, stepden_grammar(STEPDEN_RELEASE_R1),
                            encoded.bytes, encoded.size, NULL, NULL, NULL),
        STEPDEN_OK);
    const R1DENM_t *r1 = tree;
    ck_assert_int_eq(r1->denm.management.actionID.sequenceNumber, 7);
    ck_assert_int_eq(r1->denm.management.eventPosition.latitude, 454642000);
    ck_assert_int_eq(r1->denm.situation->eventType.causeCode, 97);
    ck_assert_int_eq(r1->denm.situation->linkedCause->subCauseCode, 255);
    ck_assert_int_eq(r1->denm.location->traces.list.count, 3);
    ck_assert_int_eq(*r1->denm.location->roadType, 2);
    ck_assert_ptr_nonnull(r1->denm.alacarte);
    stepden_arena_free(&arena);
}
END_TEST

START_TEST(release_1_carries_no_extensions)
{
    struct stepden_denm_data with = sample_full();
    struct stepden_denm_data without = sample_without_extensions();
    struct encoded r1 = sample_encode(&with, STEPDEN_RELEASE_R1);
    struct encoded r2 = sample_encode(&without, STEPDEN_RELEASE_R2);

    ck_assert_str_eq(sample_hex(&r1), sample_hex(&r2));
}
END_TEST

START_TEST(a_validity_of_600_s_takes_no_bits)
{
    struct stepden_denm_data denm = sample_trigger();
    struct encoded other = sample_encode(&denm, STEPDEN_RELEASE_R1_R2);
    denm.management_container.validity_duration_s = 600;
    struct encoded by_default = sample_encode(&denm, STEPDEN_RELEASE_R1_R2);

    ck_assert_uint_eq(other.size - by_default.size, 2); /* 17 bits */
    ck_assert_uint_eq(
        sample_decode(&by_default).management_container.validity_duration_s,
        600);
}
END_TEST

START_TEST(a_location_container_that_says_nothing_is_sent_all_the_same)
{
    struct stepden_denm_data denm = sample_trigger();
    struct encoded without = sample_encode(&denm, STEPDEN_RELEASE_R1_R2);
    denm.has_location_container = true;
    struct encoded with = sample_encode(&denm, STEPDEN_RELEASE_R1_R2);

    ck_assert_str_eq(sample_hex(&with), sample_hex(&without));
    ck_assert(!sample_decode(&with).has_location_container);
}
END_TEST

START_TEST(a_buffer_that_is_one_byte_too_small_is_refused)
{
    struct stepden_denm_data denm = sample_full();
    struct encoded encoded = sample_encode(&denm, STEPDEN_RELEASE_R1_R2);
    struct stepden_diag diag;

    ck_assert_int_eq(encode(&denm, encoded.size, NULL), STEPDEN_OK);
    ck_assert_int_eq(encode(&denm, encoded.size - 1, &diag), STEPDEN_ERR_SPACE);
    ck_assert_ptr_nonnull(strstr(diag.reason, "longer than"));
    ck_assert_int_eq(encode(&denm, 0, NULL), STEPDEN_ERR_SPACE);
}
END_TEST

START_TEST(a_message_longer_than_the_limit_is_refused)
{
    struct stepden_denm_data denm = sample_trigger();
    struct stepden_location_container *location = &denm.location_container;
    uint8_t bytes[2 * STEPDEN_DENM_UPER_MAX];
    size_t length = 0;

    denm.has_location_container = true;
    *location = (struct stepden_location_container){.has_traces = true};
    location->traces.count = 7;
    for (int i = 0; i < 7; i++)
        location->traces.item[i].count = 40;
    ck_assert_int_eq(stepden_denm_encode(bytes, sizeof bytes, &length, &denm,
                                         STEPDEN_RELEASE_R1_R2, NULL),
                     STEPDEN_ERR_SPACE);
}
END_TEST

/* One value out of its range, and the path that the error has to name. */
struct out_of_range {
    const char *path;
    const char *reason;
    void (*set)(struct stepden_denm_data *denm);
};

#define OUT_OF_RANGE(name, member, value)                                      \
    static void name(struct stepden_denm_data *denm)                           \
    {                                                                          \
        denm->member = value;                                                  \
    }

OUT_OF_RANGE(low_latitude, management_container.event_position.latitude_e7,
             -900000001)
OUT_OF_RANGE(high_longitude, management_container.event_position.longitude_e7,
             1800000002)
OUT_OF_RANGE(high_time, management_container.detection_time_its_ms,
             INT64_C(1) << 42)
OUT_OF_RANGE(low_time, management_container.reference_time_its_ms, -1)
OUT_OF_RANGE(huge_time, management_container.reference_time_its_ms, INT64_MAX)
OUT_OF_RANGE(termination, management_container.termination, 2)
OUT_OF_RANGE(direction, management_container.traffic_direction, 4)
OUT_OF_RANGE(validity, management_container.validity_duration_s, 86401)
OUT_OF_RANGE(no_interval, management_container.transmission_interval_ms, 0)
OUT_OF_RANGE(interval, management_container.transmission_interval_ms, 10001)
OUT_OF_RANGE(major_axis,
             management_container.event_position.position_confidence
                 .semi_major_axis_length_confidence_cm,
             4096)
OUT_OF_RANGE(orientation,
             management_container.event_position.position_confidence
                 .semi_major_axis_orientation_ddeg,
             3602)
OUT_OF_RANGE(altitude, management_container.event_position.altitude.value_cm,
             -100001)
OUT_OF_RANGE(altitude_confidence,
             management_container.event_position.altitude.confidence, 16)
OUT_OF_RANGE(quality, situation_container.information_quality, 8)
OUT_OF_RANGE(speed, location_container.event_speed.value_cm_s, 16384)
OUT_OF_RANGE(speed_confidence, location_container.event_speed.confidence_cm_s,
             0)
OUT_OF_RANGE(heading, location_container.event_position_heading.value_ddeg,
             3602)
OUT_OF_RANGE(heading_confidence,
             location_container.event_position_heading.confidence_ddeg, 128)
OUT_OF_RANGE(road_type, location_container.road_type, 4)
OUT_OF_RANGE(no_traces, location_container.traces.count, 0)
OUT_OF_RANGE(traces, location_container.traces.count, 8)
OUT_OF_RANGE(points, location_container.traces.item[1].count, 41)
OUT_OF_RANGE(delta_latitude,
             location_container.traces.item[2].item[1].delta_latitude, -131072)
OUT_OF_RANGE(delta_longitude,
             location_container.traces.item[1].item[0].delta_longitude, 131073)
OUT_OF_RANGE(delta_altitude,
             location_container.traces.item[2].item[1].delta_altitude_cm, 12801)
OUT_OF_RANGE(delta_time,
             location_container.traces.item[2].item[0].delta_time_cs, 0)
OUT_OF_RANGE(no_paths, location_container.predicted_paths.count, 0)
OUT_OF_RANGE(paths, location_container.predicted_paths.count, 5)
OUT_OF_RANGE(no_path_points,
             location_container.predicted_paths.item[1].path_predicted.count, 0)
OUT_OF_RANGE(path_points,
             location_container.predicted_paths.item[0].path_predicted.count,
             17)
OUT_OF_RANGE(path_latitude,
             location_container.predicted_paths.item[0]
                 .path_predicted.item[2]
                 .delta_latitude,
             131073)
OUT_OF_RANGE(path_altitude,
             location_container.predicted_paths.item[0]
                 .path_predicted.item[1]
                 .delta_altitude_cm,
             -12701)
OUT_OF_RANGE(path_time,
             location_container.predicted_paths.item[0]
                 .path_predicted.item[1]
                 .path_delta_time_ds,
             864010)
OUT_OF_RANGE(path_confidence,
             location_container.predicted_paths.item[1].confidence_level, 102)
OUT_OF_RANGE(measurement,
             pre_crash_container.perceived_object.measurement_delta_time_ms,
             2048)
OUT_OF_RANGE(object_speed,
             pre_crash_container.perceived_object.speed.value_cm_s, 16384)
OUT_OF_RANGE(object_heading_confidence,
             pre_crash_container.perceived_object.heading.confidence_ddeg, 0)
OUT_OF_RANGE(dimension,
             pre_crash_container.perceived_object.object_dimension_x.value_dm,
             0)
OUT_OF_RANGE(
    dimension_confidence,
    pre_crash_container.perceived_object.object_dimension_z.confidence_dm, 33)
OUT_OF_RANGE(perception,
             pre_crash_container.perceived_object.object_perception_quality, 16)
OUT_OF_RANGE(section, pre_crash_container.impact_section, 6)
OUT_OF_RANGE(braking, pre_crash_container.estimated_braking_distance_dm, 4096)

#define MANAGEMENT "denm.management."
#define LOCATION "denm.location."
#define TRACES "denm.location.detectionZonesToEventPosition"
#define PATHS "denm.location.predictedPaths"
#define PRE_CRASH "denm.alacarte.preCrash."
#define OBJECT PRE_CRASH "perceivedPreCrashObject."
#define ELLIPSE MANAGEMENT "eventPosition.positionConfidenceEllipse."

static const struct out_of_range cases[] = {
    {MANAGEMENT "eventPosition.latitude",
     "-900000001 is outside -900000000..900000001", low_latitude},
    {MANAGEMENT "eventPosition.longitude",
     "1800000002 is outside -1800000000..1800000001", high_longitude},
    {MANAGEMENT "detectionTime", "4398046511104 is outside 0..4398046511103",
     high_time},
    {MANAGEMENT "referenceTime", "-1 is outside 0..4398046511103", low_time},
    {MANAGEMENT "referenceTime",
     "9223372036854775807 is outside 0..4398046511103", huge_time},
    {MANAGEMENT "termination", "2 is outside 0..1", termination},
    {MANAGEMENT "trafficDirection", "4 is outside 0..3", direction},
    {MANAGEMENT "validityDuration", "86401 is outside 0..86400", validity},
    {MANAGEMENT "transmissionInterval", "0 is outside 1..10000", no_interval},
    {MANAGEMENT "transmissionInterval", "10001 is outside 1..10000", interval},
    {ELLIPSE "semiMajorConfidence", "4096 is outside 0..4095", major_axis},
    {ELLIPSE "semiMajorOrientation", "3602 is outside 0..3601", orientation},
    {MANAGEMENT "eventPosition.altitude.altitudeValue",
     "-100001 is outside -100000..800001", altitude},
    {MANAGEMENT "eventPosition.altitude.altitudeConfidence",
     "16 is outside 0..15", altitude_confidence},
    {"denm.situation.informationQuality", "8 is outside 0..7", quality},
    {LOCATION "eventSpeed.speedValue", "16384 is outside 0..16383", speed},
    {LOCATION "eventSpeed.speedConfidence", "0 is outside 1..127",
     speed_confidence},
    {LOCATION "eventPositionHeading.value", "3602 is outside 0..3601", heading},
    {LOCATION "eventPositionHeading.confidence", "128 is outside 1..127",
     heading_confidence},
    {LOCATION "roadType", "4 is outside 0..3", road_type},
    {TRACES, "0 elements, outside 1..7", no_traces},
    {TRACES, "8 elements, more than 7", traces},
    {TRACES "[1]", "41 elements, more than 40", points},
    {TRACES "[2][1].pathPosition.deltaLatitude",
     "-131072 is outside -131071..131072", delta_latitude},
    {TRACES "[1][0].pathPosition.deltaLongitude",
     "131073 is outside -131071..131072", delta_longitude},
    {TRACES "[2][1].pathPosition.deltaAltitude",
     "12801 is outside -12700..12800", delta_altitude},
    {TRACES "[2][0].pathDeltaTime", "0 is outside 1..65535", delta_time},
    {PATHS, "0 elements, outside 1..4", no_paths},
    {PATHS, "5 elements, outside 1..4", paths},
    {PATHS "[1].pathPredicted", "0 elements, outside 1..16", no_path_points},
    {PATHS "[0].pathPredicted", "17 elements, outside 1..16", path_points},
    {PATHS "[0].pathPredicted[2].deltaLatitude",
     "131073 is outside -131071..131072", path_latitude},
    {PATHS "[0].pathPredicted[1].deltaAltitude",
     "-12701 is outside -12700..12800", path_altitude},
    {PATHS "[0].pathPredicted[1].pathDeltaTime.deltaTimeMidRange",
     "86401 is outside 0..86400", path_time},
    {PATHS "[1].confidenceLevel", "102 is outside 1..101", path_confidence},
    {OBJECT "measurementDeltaTime", "2048 is outside -2048..2047", measurement},
    {OBJECT "velocity.polarVelocity.velocityMagnitude.speedValue",
     "16384 is outside 0..16383", object_speed},
    {OBJECT "velocity.polarVelocity.velocityDirection.confidence",
     "0 is outside 1..127", object_heading_confidence},
    {OBJECT "objectDimensionX.value", "0 is outside 1..256", dimension},
    {OBJECT "objectDimensionZ.confidence", "33 is outside 1..32",
     dimension_confidence},
    {OBJECT "objectPerceptionQuality", "16 is outside 0..15", perception},
    {PRE_CRASH "impactSection", "6 is outside 0..5", section},
    {PRE_CRASH "estimatedBrakingDistance", "4096 is outside 0..4095", braking},
};

START_TEST(a_value_out_of_range_is_named_with_its_range)
{
    const struct out_of_range *expected = &cases[_i];
    struct stepden_denm_data denm =
        expected->set == termination ? sample_cancellation() : sample_full();
    struct stepden_diag diag;

    expected->set(&denm);
    ck_assert_int_eq(encode(&denm, STEPDEN_DENM_UPER_MAX, &diag),
                     STEPDEN_ERR_RANGE);
    ck_assert_str_eq(diag.where, expected->path);
    ck_assert_str_eq(diag.reason, expected->reason);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("denm_encode");
    TCase *tests = tcase_create("denm_encode");

    tcase_add_test(tests, a_trigger_is_these_bytes);
    tcase_add_test(tests, a_cancellation_is_these_bytes);
    tcase_add_test(tests, a_pre_crash_container_is_these_bytes);
    tcase_add_test(tests, a_root_only_denm_is_the_same_bytes_in_both_releases);
    tcase_add_test(tests, a_release_1_receiver_skips_the_extensions);
    tcase_add_test(tests, release_1_carries_no_extensions);
    tcase_add_test(tests, a_validity_of_600_s_takes_no_bits);
    tcase_add_test(tests,
                   a_location_container_that_says_nothing_is_sent_all_the_same);
    tcase_add_test(tests, a_buffer_that_is_one_byte_too_small_is_refused);
    tcase_add_test(tests, a_message_longer_than_the_limit_is_refused);
    tcase_add_loop_test(tests, a_value_out_of_range_is_named_with_its_range, 0,
                        sizeof cases / sizeof cases[0]);
    suite_add_tcase(suite, tests);
    return sample_run(suite);
}
