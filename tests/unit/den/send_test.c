#include "den/send.h"

#include <string.h>

#include "bench.h"

START_TEST(a_trigger_is_detected_when_predicted_and_generated_now)
{
    bench_open();
    bench_reference();
    bench_target(7, 900);
    bench.array.creation_time_its_ms = bench.now.its_ms - 40;
    ck_assert_int_eq(stepden_den_take_collisions(bench.den, &bench.array, "1-0",
                                                 "", bench.now, NULL),
                     STEPDEN_OK);
    ck_assert_int_eq(bench_management(0)->detection_time_its_ms,
                     bench.now.its_ms - 40);
    ck_assert_int_eq(bench_management(0)->reference_time_its_ms,
                     bench.now.its_ms);
}
END_TEST

START_TEST(an_event_is_never_detected_in_the_future)
{
    bench_open();
    bench_reference();
    bench_target(7, 900);
    bench.array.creation_time_its_ms = bench.now.its_ms + 700;
    ck_assert_int_eq(stepden_den_take_collisions(bench.den, &bench.array, "1-0",
                                                 "", bench.now, NULL),
                     STEPDEN_OK);
    ck_assert_int_eq(bench_management(0)->detection_time_its_ms,
                     bench.now.its_ms);
    ck_assert_uint_eq(
        bench_sent(0)->denm.pre_crash_container.time_to_collision_ms, 1600);
}
END_TEST

START_TEST(an_update_has_later_times_and_the_same_action_id)
{
    bench_open();
    bench_predict("1-0", 7, 900);
    bench_sleep(100);
    bench_predict("2-0", 7, 800);
    ck_assert_int_eq(bench_management(1)->detection_time_its_ms,
                     bench.now.its_ms);
    ck_assert_int_eq(bench_management(1)->reference_time_its_ms,
                     bench.now.its_ms);
}
END_TEST

START_TEST(two_updates_in_one_millisecond_have_different_times)
{
    bench_open();
    bench_predict("1-0", 7, 900);
    bench_sleep(100);
    for (int i = 0; i < 2; i++) {
        bench.array.creation_time_its_ms = bench.now.its_ms - 50 + i;
        ck_assert_int_eq(stepden_den_take_collisions(bench.den, &bench.array,
                                                     "n", "", bench.now, NULL),
                         STEPDEN_OK);
    }
    ck_assert_int_eq(bench_management(1)->reference_time_its_ms,
                     bench.now.its_ms);
    ck_assert_int_eq(bench_management(2)->reference_time_its_ms,
                     bench.now.its_ms + 1);
}
END_TEST

START_TEST(when_the_clock_steps_back_the_times_do_not)
{
    bench_open();
    bench_predict("1-0", 7, 9000);
    int64_t before_its_ms = bench.now.its_ms;
    bench_sleep(100);
    bench.now.its_ms -= 600;
    bench.array.creation_time_its_ms = before_its_ms + 1;
    ck_assert_int_eq(stepden_den_take_collisions(bench.den, &bench.array, "2-0",
                                                 "", bench.now, NULL),
                     STEPDEN_OK);
    ck_assert_int_eq(bench_management(1)->detection_time_its_ms, before_its_ms);
    ck_assert_int_eq(bench_management(1)->reference_time_its_ms,
                     before_its_ms + 1);
    bench_advance(1001);
    ck_assert_int_eq(bench_last()->kind, STEPDEN_DEN_CANCELLATION);
    ck_assert_int_ge(bench_management(2)->detection_time_its_ms, before_its_ms);
    ck_assert_int_gt(bench_management(2)->reference_time_its_ms,
                     before_its_ms + 1);
}
END_TEST

START_TEST(nothing_is_generated_before_it_was_detected)
{
    bench.config.denm.min_update_interval_ms = 500;
    bench_open();
    bench_predict("1-0", 7, 9000);
    bench_advance(400);
    bench_predict("2-0", 7, 8600);
    int64_t detection_its_ms = bench.now.its_ms;
    bench.now.its_ms -= 300;
    bench_advance(101);
    ck_assert_str_eq(bench_last()->id, "2-0/0");
    ck_assert_int_eq(bench_management(1)->detection_time_its_ms,
                     detection_its_ms);
    ck_assert_int_eq(bench_management(1)->reference_time_its_ms,
                     detection_its_ms);
}
END_TEST

START_TEST(a_cancellation_is_the_management_container_alone)
{
    bench_open();
    bench_reference()->object_id = 3;
    bench_target(7, 900);
    bench_take("1-0");
    bench_advance(1001);
    ck_assert_int_eq(bench_last()->kind, STEPDEN_DEN_CANCELLATION);
    const struct stepden_denm_data *denm = &bench_last()->denm;
    ck_assert_uint_eq(denm->station_id, BENCH_STATION_ID);
    ck_assert(!denm->has_situation_container);
    ck_assert(!denm->has_location_container);
    ck_assert(!denm->has_pre_crash_container);
    ck_assert(denm->management_container.has_termination);
    ck_assert_uint_eq(denm->management_container.termination,
                      STEPDEN_TERMINATION_IS_CANCELLATION);
}
END_TEST

START_TEST(a_cancellation_says_what_was_said_last)
{
    bench_open();
    bench_reference()->object_id = 3;
    struct stepden_collision_station *target = bench_target(7, 9000);
    target->position.latitude_e7 += 15000;
    bench_take("1-0");
    bench_sleep(500);
    target->position.latitude_e7 += 30000;
    bench.array.stations.item[0].position.has_altitude = true;
    bench_take("2-0");
    bench_advance(1001);

    const struct stepden_management_container *live = bench_management(1);
    const struct stepden_management_container *end = bench_management(2);
    ck_assert_uint_eq(end->action_id.sequence_number,
                      live->action_id.sequence_number);
    ck_assert_int_eq(end->event_position.latitude_e7,
                     live->event_position.latitude_e7);
    ck_assert_int_eq(end->event_position.longitude_e7,
                     live->event_position.longitude_e7);
    ck_assert(end->event_position.has_altitude);
    ck_assert_uint_eq(end->awareness_distance_m, 1000);
    ck_assert_uint_eq(end->awareness_distance_m, live->awareness_distance_m);
    ck_assert_uint_eq(end->traffic_direction, live->traffic_direction);
    ck_assert_uint_eq(end->station_type, live->station_type);
    ck_assert_uint_eq(end->reference_station_id, BENCH_REFERENCE_ID);
    ck_assert_uint_eq(end->reference_object_id, 3);
    ck_assert(!end->has_transmission_interval);
}
END_TEST

/* Valid for 12 s from the trigger, cancelled 1 s and 1.5 s after it. */
START_TEST(a_cancellation_is_valid_for_the_seconds_left)
{
    bench_open();
    bench_predict("1-0", 7, 900);
    bench_sleep(_i == 0 ? 1000 : 1500);
    stepden_den_run(bench.den, bench.now);
    ck_assert_uint_eq(bench_management(1)->validity_duration_s, 11);
    ck_assert_int_eq(bench_management(1)->detection_time_its_ms,
                     bench.now.its_ms);
    ck_assert_int_eq(bench_management(1)->reference_time_its_ms,
                     bench.now.its_ms);
}
END_TEST

START_TEST(a_late_cancellation_is_valid_for_a_second_at_least)
{
    bench_open();
    bench_predict("1-0", 7, 900);
    bench_sleep(11999);
    stepden_den_run(bench.den, bench.now);
    ck_assert_uint_eq(bench_management(1)->validity_duration_s, 1);
}
END_TEST

START_TEST(a_trigger_after_a_cancellation_has_all_containers_again)
{
    bench_open();
    bench_predict("1-0", 7, 900);
    bench_advance(1001);
    bench_predict("2-0", 7, 900);
    ck_assert(!bench_management(2)->has_termination);
    ck_assert(bench_last()->denm.has_situation_container);
    ck_assert(bench_last()->denm.has_location_container);
    ck_assert(bench_last()->denm.has_pre_crash_container);
}
END_TEST

START_TEST(a_denm_has_the_traceparent_of_its_input_when_held_and_repeated_too)
{
    bench.config.denm.min_update_interval_ms = 300;
    bench.config.denm.repetition_interval_ms = 200;
    bench.config.denm.repetition_duration_ms = 250;
    bench.config.denm_last_update_max_delay_ms = 10000;
    bench_open();
    bench.traceparent = "00-1-1-01";
    bench_predict("1-0", 7, 9000);
    bench_advance(50);
    bench.traceparent = "00-2-2-01";
    bench_predict("2-0", 7, 8950);
    bench.traceparent = "";
    bench_predict("3-0", 8, 9000);
    bench_advance(20000);
    ck_assert_uint_eq(bench.sent_count, 10);
    for (uint32_t i = 0; i < bench.sent_count; i++) {
        bool ended = bench_management(i)->has_termination;
        char input = ended ? '3' : bench_sent(i)->id[0];
        ck_assert_str_eq(bench_sent(i)->traceparent, input == '1' ? "00-1-1-01"
                                                     : input == '2'
                                                         ? "00-2-2-01"
                                                         : "");
    }
}
END_TEST

int main(void)
{
    TCase *tests = bench_tests("send");
    tcase_add_test(tests,
                   a_trigger_is_detected_when_predicted_and_generated_now);
    tcase_add_test(tests, an_event_is_never_detected_in_the_future);
    tcase_add_test(tests, an_update_has_later_times_and_the_same_action_id);
    tcase_add_test(tests, two_updates_in_one_millisecond_have_different_times);
    tcase_add_test(tests, when_the_clock_steps_back_the_times_do_not);
    tcase_add_test(tests, nothing_is_generated_before_it_was_detected);
    tcase_add_test(tests, a_cancellation_is_the_management_container_alone);
    tcase_add_test(tests, a_cancellation_says_what_was_said_last);
    tcase_add_loop_test(tests, a_cancellation_is_valid_for_the_seconds_left, 0,
                        2);
    tcase_add_test(tests, a_late_cancellation_is_valid_for_a_second_at_least);
    tcase_add_test(tests,
                   a_trigger_after_a_cancellation_has_all_containers_again);
    tcase_add_test(
        tests,
        a_denm_has_the_traceparent_of_its_input_when_held_and_repeated_too);
    return bench_run("send", tests);
}
