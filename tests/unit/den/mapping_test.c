#include "den/mapping.h"

#include "bench.h"

static struct stepden_collision_station *reference, *target;
static struct stepden_denm_data denm;

static void setup(void)
{
    bench_setup();
    reference = bench_reference();
    target = bench_target(2002, 2000);
    stepden_denm_data_init(&denm);
}

static struct stepden_prediction prediction(void)
{
    return (struct stepden_prediction){
        .reference = reference,
        .target = target,
        .creation_its_ms = bench.now.its_ms,
    };
}

static const struct stepden_settings *settings(void)
{
    static struct stepden_settings made;
    made = stepden_settings_of(&bench.config);
    return &made;
}

static void fill(uint8_t sub_cause, bool same_way)
{
    struct stepden_prediction made = prediction();
    struct stepden_frame frame = {
        .action_id = {BENCH_STATION_ID, 77},
        .detection_its_ms = bench.now.its_ms,
        .choice = {.sub_cause = sub_cause, .same_way = same_way},
    };
    stepden_mapping_fill(&denm, settings(), &made, &frame);
}

static struct stepden_position position(void)
{
    struct stepden_prediction made = prediction();
    return stepden_mapping_position(&made);
}

static void give_collision_position(int32_t latitude_e7, int32_t longitude_e7)
{
    target->has_collision_position = true;
    target->collision_position.latitude_e7 = latitude_e7;
    target->collision_position.longitude_e7 = longitude_e7;
}

static void give_speed(struct stepden_collision_station *station,
                       uint16_t speed_cm_s, uint16_t heading_ddeg)
{
    station->has_speed = station->has_heading = true;
    station->speed.value_cm_s = speed_cm_s;
    station->heading.value_ddeg = heading_ddeg;
}

START_TEST(the_event_is_where_the_prediction_says)
{
    reference->position.has_altitude = true;
    give_speed(reference, 1000, 0);
    give_collision_position(1, -2);
    ck_assert_int_eq(position().latitude_e7, 1);
    ck_assert_int_eq(position().longitude_e7, -2);
    ck_assert(!position().has_altitude);
    ck_assert(!position().has_position_confidence);
}
END_TEST

START_TEST(without_it_the_event_is_where_the_reference_gets_in_time)
{
    reference->position.has_altitude = true;
    give_speed(reference, 1000, 0);
    ck_assert_int_eq(position().longitude_e7, 91900000);
    ck_assert_int_eq(position().latitude_e7, 454642000 + 1800);
    ck_assert(!position().has_altitude);
    give_speed(reference, 1000, 3600);
    ck_assert_int_eq(position().latitude_e7, 454642000 + 1800);
}
END_TEST

START_TEST(otherwise_the_event_is_where_the_reference_is)
{
    reference->has_speed = true;
    reference->speed.value_cm_s = 1000;
    reference->position.has_altitude = true;
    reference->position.altitude.value_cm = 12000;
    reference->position.has_position_confidence = true;
    ck_assert_int_eq(position().latitude_e7, 454642000);
    ck_assert_int_eq(position().altitude.value_cm, 12000);
    ck_assert(position().has_position_confidence);
}
END_TEST

START_TEST(the_class_covers_the_way_of_the_faster_party)
{
    static const struct {
        uint16_t reference_cm_s;
        uint16_t target_cm_s;
        uint32_t time_ms;
        uint16_t distance_m;
    } rows[] = {
        {0, 0, 0, 50},
        {4999, 0, 1000, 50},
        {0, 4999, 1000, 50},
        {5000, 0, 1000, 100},
        {0, 10000, 1000, 200},
        {10000, 1, 2000, 500},
        {10000, 1, 5000, 1000},
        {10000, 1, 10000, 5000},
        {10000, 1, 50000, 10000},
        {10000, 1, 100000, 10001},
        {16382, 16382, 600000, 10001},
    };
    give_collision_position(454642000, 91900000);
    give_speed(reference, rows[_i].reference_cm_s, 0);
    give_speed(target, rows[_i].target_cm_s, 0);
    target->time_to_collision_ms = rows[_i].time_ms;
    fill(0, false);
    ck_assert_uint_eq(denm.management_container.awareness_distance_m,
                      rows[_i].distance_m);
}
END_TEST

START_TEST(the_class_covers_both_parties)
{
    give_collision_position(454642000, 91900000);
    reference->position.latitude_e7 += 5000; /* 56 m */
    fill(0, false);
    ck_assert_uint_eq(denm.management_container.awareness_distance_m, 100);
    target->position.latitude_e7 -= 10000; /* 111 m */
    fill(0, false);
    ck_assert_uint_eq(denm.management_container.awareness_distance_m, 200);
}
END_TEST

START_TEST(distances_are_short_across_the_antimeridian)
{
    reference->position.longitude_e7 = 1799999900;
    target->position.longitude_e7 = -1799999900;
    give_collision_position(454642000, 1800000000);
    fill(0, false);
    ck_assert_uint_eq(denm.management_container.awareness_distance_m, 50);
}
END_TEST

START_TEST(only_the_same_way_one_behind_the_other_concerns_upstream_alone)
{
    for (uint8_t sub_cause = 0; sub_cause < 8; sub_cause++) {
        fill(sub_cause, true);
        ck_assert_uint_eq(denm.management_container.traffic_direction,
                          sub_cause == 1);
        fill(sub_cause, false);
        ck_assert_uint_eq(denm.management_container.traffic_direction,
                          STEPDEN_TRAFFIC_DIRECTION_ALL_TRAFFIC_DIRECTIONS);
    }
}
END_TEST

/* ceil((time to collision + 5000 + 1000 + 5000) / 1000) */
START_TEST(the_validity_outlives_our_own_end_of_the_event)
{
    static const struct {
        uint32_t time_ms;
        uint32_t validity_s;
    } rows[] = {{0, 11},    {1, 12},    {1000, 12},
                {1001, 13}, {1900, 13}, {600000, 611}};
    ck_assert_uint_eq(stepden_mapping_validity_s(settings(), rows[_i].time_ms),
                      rows[_i].validity_s);
}
END_TEST

START_TEST(the_shortest_validity_is_two_clean_up_intervals_and_a_bit)
{
    bench.config.time_after_collision_s = 0;
    bench.config.denm_last_update_max_delay_ms = 1;
    bench.config.denm_check_last_update_max_interval_ms = 1000;
    ck_assert_uint_eq(stepden_mapping_validity_s(settings(), 0), 2);
}
END_TEST

START_TEST(quality_is_one_and_six_times_the_probability)
{
    static const struct {
        uint32_t probability_e6;
        uint8_t quality;
    } rows[] = {{0, 1},      {83333, 1},  {83334, 2},  {800000, 6},
                {916666, 6}, {916667, 7}, {1000000, 7}};
    fill(0, false);
    ck_assert_uint_eq(denm.situation_container.information_quality, 0);
    target->has_probability = true;
    target->probability_e6 = rows[_i].probability_e6;
    fill(0, false);
    ck_assert_uint_eq(denm.situation_container.information_quality,
                      rows[_i].quality);
}
END_TEST

START_TEST(the_management_container_says_who_and_when)
{
    bench.config.denm.has_transmission_interval = true;
    bench.config.denm.transmission_interval_ms = 100;
    reference->object_id = 9;
    fill(2, false);

    const struct stepden_management_container *management =
        &denm.management_container;
    ck_assert_uint_eq(denm.station_id, BENCH_STATION_ID);
    ck_assert_uint_eq(management->action_id.originating_station_id,
                      BENCH_STATION_ID);
    ck_assert_uint_eq(management->action_id.sequence_number, 77);
    ck_assert_int_eq(management->detection_time_its_ms, bench.now.its_ms);
    ck_assert(!management->has_termination);
    ck_assert_uint_eq(management->station_type,
                      STEPDEN_STATION_TYPE_ROAD_SIDE_UNIT);
    ck_assert(management->has_transmission_interval);
    ck_assert_uint_eq(management->transmission_interval_ms, 100);
    ck_assert(management->has_reference_station_id);
    ck_assert_uint_eq(management->reference_station_id, BENCH_REFERENCE_ID);
    ck_assert(management->has_reference_object_id);
    ck_assert_uint_eq(management->reference_object_id, 9);
}
END_TEST

START_TEST(the_situation_is_collision_risk)
{
    fill(3, false);
    ck_assert(denm.has_situation_container);
    ck_assert_uint_eq(denm.situation_container.event_type, 97);
    ck_assert_uint_eq(denm.situation_container.sub_cause_code, 3);
    ck_assert(!denm.situation_container.has_linked_cause);
}
END_TEST

START_TEST(speed_and_heading_are_the_targets)
{
    give_speed(reference, 1, 2);
    fill(0, false);
    ck_assert(denm.has_location_container);
    ck_assert(!denm.location_container.has_event_speed);
    ck_assert(!denm.location_container.has_event_position_heading);

    give_speed(target, 420, 1800);
    target->speed.confidence_cm_s = 12;
    target->heading.confidence_ddeg = 34;
    fill(0, false);
    ck_assert_uint_eq(denm.location_container.event_speed.value_cm_s, 420);
    ck_assert_uint_eq(denm.location_container.event_speed.confidence_cm_s, 12);
    ck_assert_uint_eq(denm.location_container.event_position_heading.value_ddeg,
                      1800);
    ck_assert_uint_eq(
        denm.location_container.event_position_heading.confidence_ddeg, 34);
}
END_TEST

START_TEST(a_heading_of_3600_is_north)
{
    give_speed(target, 420, 3600);
    fill(0, false);
    ck_assert_uint_eq(denm.location_container.event_position_heading.value_ddeg,
                      0);
}
END_TEST

START_TEST(the_trace_is_the_references_way_and_left_out_when_unknown)
{
    reference->path_history.count = 1;
    reference->path_history.item[0] = (struct stepden_path_history_point){
        .latitude_e7 = 454641000,
        .longitude_e7 = 91900000,
    };
    fill(0, false);
    ck_assert(denm.location_container.has_traces);
    ck_assert_uint_eq(denm.location_container.traces.count, 1);
    ck_assert_uint_eq(denm.location_container.traces.item[0].count, 1);
    ck_assert_int_eq(
        denm.location_container.traces.item[0].item[0].delta_latitude, -1000);

    reference->path_history.count = 0;
    fill(0, false);
    ck_assert(!denm.location_container.has_traces);
    ck_assert_uint_eq(denm.location_container.traces.count, 0);
}
END_TEST

static void predict_point(int32_t latitude_e7, uint32_t time_ms)
{
    target->predicted_path.count = 1;
    target->predicted_path.item[0] = (struct stepden_predicted_path_point){
        .latitude_e7 = latitude_e7,
        .longitude_e7 = 91900000,
        .delta_time_ms = time_ms,
    };
}

START_TEST(the_predicted_path_is_the_targets_and_left_out_when_unknown)
{
    const struct stepden_location_container *location =
        &denm.location_container;

    give_collision_position(454642000, 91900000);
    predict_point(454643000, 1000);
    fill(0, false);
    ck_assert(location->has_predicted_paths);
    ck_assert_uint_eq(location->predicted_paths.count, 1);
    ck_assert_uint_eq(location->predicted_paths.item[0].path_predicted.count,
                      1);
    ck_assert_int_eq(
        location->predicted_paths.item[0].path_predicted.item[0].delta_latitude,
        1000);

    predict_point(454642000 + 131072, 1000); /* too far away */
    fill(0, false);
    ck_assert(!location->has_predicted_paths);
    ck_assert_uint_eq(location->predicted_paths.count, 0);

    reference->predicted_path = target->predicted_path;
    target->predicted_path.count = 0;
    fill(0, false);
    ck_assert(!location->has_predicted_paths);
}
END_TEST

static uint32_t predicted_time_ds(int64_t detection_its_ms)
{
    struct stepden_prediction made = prediction();
    struct stepden_frame frame = {.detection_its_ms = detection_its_ms};

    made.creation_its_ms -= 300;
    stepden_mapping_fill(&denm, settings(), &made, &frame);
    return denm.location_container.predicted_paths.item[0]
        .path_predicted.item[0]
        .path_delta_time_ds;
}

START_TEST(a_path_without_measurement_time_starts_with_the_prediction)
{
    predict_point(454643000, 1000);
    ck_assert_uint_eq(predicted_time_ds(bench.now.its_ms - 300), 10);
    ck_assert_uint_eq(predicted_time_ds(bench.now.its_ms), 7);

    target->has_measurement_time = true;
    target->measurement_time_its_ms = bench.now.its_ms - 500;
    ck_assert_uint_eq(predicted_time_ds(bench.now.its_ms), 5);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("mapping");
    tcase_add_checked_fixture(tests, setup, bench_teardown);
    tcase_add_test(tests, the_event_is_where_the_prediction_says);
    tcase_add_test(tests,
                   without_it_the_event_is_where_the_reference_gets_in_time);
    tcase_add_test(tests, otherwise_the_event_is_where_the_reference_is);
    tcase_add_loop_test(tests, the_class_covers_the_way_of_the_faster_party, 0,
                        11);
    tcase_add_test(tests, the_class_covers_both_parties);
    tcase_add_test(tests, distances_are_short_across_the_antimeridian);
    tcase_add_test(
        tests, only_the_same_way_one_behind_the_other_concerns_upstream_alone);
    tcase_add_loop_test(tests, the_validity_outlives_our_own_end_of_the_event,
                        0, 6);
    tcase_add_test(tests,
                   the_shortest_validity_is_two_clean_up_intervals_and_a_bit);
    tcase_add_loop_test(tests, quality_is_one_and_six_times_the_probability, 0,
                        7);
    tcase_add_test(tests, the_management_container_says_who_and_when);
    tcase_add_test(tests, the_situation_is_collision_risk);
    tcase_add_test(tests, speed_and_heading_are_the_targets);
    tcase_add_test(tests, a_heading_of_3600_is_north);
    tcase_add_test(tests,
                   the_trace_is_the_references_way_and_left_out_when_unknown);
    tcase_add_test(tests,
                   the_predicted_path_is_the_targets_and_left_out_when_unknown);
    tcase_add_test(tests,
                   a_path_without_measurement_time_starts_with_the_prediction);
    return bench_run("mapping", tests);
}
