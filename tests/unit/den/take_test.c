#include "den/take.h"

#include "bench.h"

static const struct stepden_den_counters *counters(void)
{
    return stepden_den_counters(bench.den);
}

static uint16_t sequence_number(uint32_t i)
{
    return bench_management(i)->action_id.sequence_number;
}

static uint8_t last_sub_cause(void)
{
    return bench_last()->denm.situation_container.sub_cause_code;
}

static void negate(uint32_t i)
{
    struct stepden_denm_data negation = bench_negation_of(i);
    ck_assert_int_eq(stepden_den_take_denm(bench.den, &negation, bench.now),
                     STEPDEN_DEN_NEGATED);
}

/* A crossing, or one behind the other. */
static void predict_geometry(bool crossing)
{
    struct stepden_collision_station *reference = bench_reference();
    reference->has_speed = reference->has_heading = true;
    reference->speed.value_cm_s = 1000;
    struct stepden_collision_station *target = bench_target(7, 900);
    target->has_speed = target->has_heading = true;
    target->speed.value_cm_s = 1000;
    target->heading.value_ddeg = crossing ? 900 : 0;
    bench_sleep(10);
    bench_take("g");
}

START_TEST(new_parties_trigger_and_known_ones_update_the_same_action_id)
{
    bench_open();
    bench_predict("1-0", 7, 900);
    bench_sleep(100);
    bench_predict("2-0", 7, 800);
    ck_assert_int_eq(bench_sent(0)->kind, STEPDEN_DEN_TRIGGER);
    ck_assert_int_eq(bench_sent(1)->kind, STEPDEN_DEN_UPDATE);
    ck_assert_str_eq(bench_sent(1)->id, "2-0/0");
    ck_assert_uint_eq(sequence_number(1), sequence_number(0));
    ck_assert_uint_eq(counters()->triggers, 1);
    ck_assert_uint_eq(counters()->updates, 1);
}
END_TEST

START_TEST(other_objects_of_the_same_stations_are_other_parties)
{
    bench_open();
    bench_predict("1-0", 7, 900);
    bench_reference();
    bench_target(7, 900)->object_id = 1;
    bench_take("2-0");
    bench_reference()->object_id = 1;
    bench_target(7, 900);
    bench_take("3-0");
    ck_assert_uint_eq(counters()->triggers, 3);
}
END_TEST

START_TEST(who_is_reference_and_who_target_makes_a_difference)
{
    bench_open();
    bench_predict("1-0", 7, 900);
    bench_reference()->station_id = 7;
    bench_target(BENCH_REFERENCE_ID, 900);
    bench_take("2-0");
    ck_assert_uint_eq(counters()->triggers, 2);
}
END_TEST

START_TEST(an_array_that_is_not_newer_is_ignored_and_counted)
{
    bench_open();
    bench_predict("1-0", 7, 900);
    bench_predict("1-0", 7, 900);
    ck_assert_uint_eq(bench.sent_count, 1);
    ck_assert_uint_eq(counters()->not_newer, 1);
    ck_assert_uint_eq(counters()->triggers, 1);
}
END_TEST

START_TEST(parties_of_a_forgotten_event_trigger_a_new_one)
{
    bench_open();
    bench_predict("1-0", 7, 900);
    bench_sleep(12000);
    bench_predict("2-0", 7, 900);
    ck_assert_int_eq(bench_last()->kind, STEPDEN_DEN_TRIGGER);
    ck_assert_uint_eq(sequence_number(1), 1);
    ck_assert_uint_eq(counters()->active, 1);
}
END_TEST

START_TEST(parties_that_come_back_get_a_new_action_id)
{
    bench_open();
    bench_predict("1-0", 7, 900);
    bench_advance(2000);
    bench_predict("2-0", 7, 900);
    ck_assert_int_eq(bench_last()->kind, STEPDEN_DEN_TRIGGER);
    ck_assert_uint_eq(sequence_number(2), 1);
    ck_assert_uint_eq(counters()->reserved, 2);
}
END_TEST

START_TEST(an_array_whose_validity_has_ended_is_counted_without_output)
{
    bench_open();
    bench_reference();
    bench_target(7, 900);
    bench_target(8, 8000);
    bench.array.creation_time_its_ms = bench.now.its_ms - 12000;
    ck_assert_int_eq(stepden_den_take_collisions(bench.den, &bench.array, "1-0",
                                                 "", bench.now, NULL),
                     STEPDEN_OK);
    ck_assert_uint_eq(counters()->expired, 1);
    ck_assert_uint_eq(counters()->arrays, 1);
    ck_assert_uint_eq(bench.sent_count, 1);
    ck_assert_str_eq(bench_sent(0)->id, "1-0/1");
}
END_TEST

START_TEST(an_array_that_comes_again_after_the_end_opens_no_event)
{
    bench_open();
    bench_predict("1-0", 7, 9000);
    int64_t creation_its_ms = bench.now.its_ms;
    bench_advance(1500);
    ck_assert_int_eq(bench_last()->kind, STEPDEN_DEN_CANCELLATION);
    bench.array.creation_time_its_ms = creation_its_ms;
    ck_assert_int_eq(stepden_den_take_collisions(bench.den, &bench.array, "1-0",
                                                 "", bench.now, NULL),
                     STEPDEN_OK);
    ck_assert_uint_eq(bench.sent_count, 2);
    ck_assert_uint_eq(counters()->not_newer, 1);
    bench_predict("2-0", 7, 7500);
    ck_assert_uint_eq(counters()->triggers, 2);
}
END_TEST

START_TEST(a_held_update_comes_before_its_receivers_forget_the_event)
{
    bench.config.denm.min_update_interval_ms = 10000;
    bench.config.time_after_collision_s = 0;
    bench.config.denm_check_last_update_max_interval_ms = 1000;
    bench_open();
    bench_predict("1-0", 7, 900);
    bench_advance(500);
    bench_predict("2-0", 7, 60000);
    for (int i = 0; i < 6; i++) {
        bench_advance(500);
        bench_predict("3-0", 7, 60000);
    }
    ck_assert_uint_eq(counters()->updates, 1);
    ck_assert_uint_eq(counters()->expired_records, 0);
    ck_assert_int_eq(bench_last()->reason, STEPDEN_DEN_REASON_HELD);
}
END_TEST

START_TEST(negated_parties_trigger_again_at_once_without_a_hold_off)
{
    bench_open();
    bench_predict("1-0", 7, 900);
    negate(0);
    bench_sleep(1);
    bench_predict("2-0", 7, 900);
    ck_assert_int_eq(bench_last()->kind, STEPDEN_DEN_TRIGGER);
    ck_assert_uint_eq(sequence_number(1), 1);
}
END_TEST

START_TEST(negated_parties_open_no_event_during_the_hold_off)
{
    bench.config.denm.negation_hold_off_ms = 3000;
    bench_open();
    bench_predict("1-0", 7, 900);
    negate(0);
    bench_advance(2999);
    bench_predict("2-0", 7, 900);
    ck_assert_uint_eq(bench.sent_count, 1);
    ck_assert_uint_eq(counters()->held_off, 1);
    bench_advance(1);
    bench_predict("3-0", 7, 900);
    ck_assert_int_eq(bench_last()->kind, STEPDEN_DEN_TRIGGER);
    ck_assert_uint_eq(sequence_number(1), 1);
}
END_TEST

START_TEST(a_hold_off_may_outlast_the_validity)
{
    bench.config.denm.negation_hold_off_ms = 60000;
    bench_open();
    bench_predict("1-0", 7, 900);
    negate(0);
    bench_advance(59999);
    bench_predict("2-0", 7, 900);
    ck_assert_uint_eq(counters()->held_off, 1);
    bench_advance(2);
    bench_predict("3-0", 7, 900);
    ck_assert_uint_eq(counters()->triggers, 2);
}
END_TEST

START_TEST(within_the_least_interval_only_the_newest_update_is_sent)
{
    bench.config.denm.min_update_interval_ms = 500;
    bench_open();
    bench_predict("1-0", 7, 9000);
    for (int i = 0; i < 4; i++) {
        bench_advance(100);
        bench_predict(i == 3 ? "newest" : "older", 7, 8900);
    }
    ck_assert_uint_eq(bench.sent_count, 1);
    int64_t newest_its_ms = bench.now.its_ms;
    bench_advance(101);
    ck_assert_uint_eq(bench.sent_count, 2);
    ck_assert_int_eq(bench_last()->kind, STEPDEN_DEN_UPDATE);
    ck_assert_str_eq(bench_last()->id, "newest/0");
    ck_assert_int_eq(bench_management(1)->detection_time_its_ms, newest_its_ms);
    ck_assert_int_eq(bench_management(1)->reference_time_its_ms,
                     newest_its_ms + 100);
}
END_TEST

START_TEST(after_the_least_interval_an_update_is_sent_at_once)
{
    bench.config.denm.min_update_interval_ms = 500;
    bench_open();
    bench_predict("1-0", 7, 9000);
    bench_advance(500);
    bench_predict("2-0", 7, 8500);
    ck_assert_uint_eq(bench.sent_count, 2);
}
END_TEST

START_TEST(a_newer_array_replaces_an_update_that_is_overdue)
{
    bench.config.denm.min_update_interval_ms = 500;
    bench_open();
    bench_predict("1-0", 7, 9000);
    bench_sleep(100);
    bench_predict("2-0", 7, 8900);
    bench_sleep(500);
    bench_predict("3-0", 7, 8400);
    bench_advance(900);
    ck_assert_uint_eq(bench.sent_count, 2);
    ck_assert_str_eq(bench_last()->id, "3-0/0");
}
END_TEST

START_TEST(a_held_update_dies_with_its_event)
{
    bench.config.denm.min_update_interval_ms = 5000;
    bench_open();
    bench_predict("1-0", 7, 9000);
    bench_advance(100);
    bench_predict("2-0", 7, 8900);
    bench_advance(20000);
    ck_assert_uint_eq(bench.sent_count, 2);
    ck_assert_int_eq(bench_last()->kind, STEPDEN_DEN_CANCELLATION);
    ck_assert_int_eq(bench_management(1)->event_position.latitude_e7,
                     bench_management(0)->event_position.latitude_e7);
}
END_TEST

START_TEST(a_sub_cause_changes_at_the_third_prediction_in_a_row)
{
    bench_open();
    predict_geometry(true);
    ck_assert_uint_eq(last_sub_cause(), 2);
    predict_geometry(false);
    predict_geometry(false);
    ck_assert_uint_eq(last_sub_cause(), 2);
    predict_geometry(true);
    predict_geometry(false);
    predict_geometry(false);
    ck_assert_uint_eq(last_sub_cause(), 2);
    ck_assert_uint_eq(bench_last()->denm.management_container.traffic_direction,
                      0);
    predict_geometry(false);
    ck_assert_uint_eq(last_sub_cause(), 1);
    ck_assert_uint_eq(bench_last()->denm.management_container.traffic_direction,
                      1);
    ck_assert_int_eq(bench_last()->choice.rule, STEPDEN_DEN_RULE_HEADINGS);
}
END_TEST

START_TEST(different_candidates_do_not_add_up)
{
    bench_open();
    predict_geometry(true);
    predict_geometry(false);
    predict_geometry(false);
    bench_reference();
    bench_target(7, 900)->station_type = STEPDEN_STATION_TYPE_CYCLIST;
    bench_sleep(10);
    bench_take("g");
    ck_assert_uint_eq(last_sub_cause(), 2);
    predict_geometry(false);
    ck_assert_uint_eq(last_sub_cause(), 2);
}
END_TEST

START_TEST(with_one_confirmation_the_sub_cause_follows_at_once)
{
    bench.config.denm.sub_cause.confirmations = 1;
    bench_open();
    predict_geometry(true);
    predict_geometry(false);
    ck_assert_uint_eq(last_sub_cause(), 1);
}
END_TEST

static void expect_skip(enum stepden_den_skip why, int number)
{
    ck_assert_int_eq(bench.last_skip, why);
    ck_assert_int_eq(bench.last_skip_number, number);
}

START_TEST(what_is_skipped_names_the_event_that_it_would_have_been_for)
{
    bench.config.denm.min_update_interval_ms = 1000;
    bench.config.denm.negation_hold_off_ms = 1000;
    bench.config.denm.max_records = 2;
    bench_open();
    bench_predict("1-0", 7, 9000);
    bench_predict("2-0", 8, 9000);
    bench_predict("3-0", 8, 9000);
    expect_skip(STEPDEN_DEN_SKIP_NOT_NEWER, 1);
    bench_predict("4-0", 9, 9000);
    expect_skip(STEPDEN_DEN_SKIP_FULL, -1);
    bench_sleep(100);
    bench_predict("5-0", 8, 9000);
    expect_skip(STEPDEN_DEN_SKIP_TOO_SOON, 1);
    negate(1);
    bench_predict("6-0", 8, 9000);
    expect_skip(STEPDEN_DEN_SKIP_HOLD_OFF, 1);
}
END_TEST

int main(void)
{
    TCase *tests = bench_tests("take");
    tcase_add_test(
        tests, new_parties_trigger_and_known_ones_update_the_same_action_id);
    tcase_add_test(tests, other_objects_of_the_same_stations_are_other_parties);
    tcase_add_test(tests, who_is_reference_and_who_target_makes_a_difference);
    tcase_add_test(tests, an_array_that_is_not_newer_is_ignored_and_counted);
    tcase_add_test(tests, parties_of_a_forgotten_event_trigger_a_new_one);
    tcase_add_test(tests, parties_that_come_back_get_a_new_action_id);
    tcase_add_test(tests,
                   an_array_whose_validity_has_ended_is_counted_without_output);
    tcase_add_test(tests,
                   an_array_that_comes_again_after_the_end_opens_no_event);
    tcase_add_test(tests,
                   a_held_update_comes_before_its_receivers_forget_the_event);
    tcase_add_test(tests,
                   negated_parties_trigger_again_at_once_without_a_hold_off);
    tcase_add_test(tests, negated_parties_open_no_event_during_the_hold_off);
    tcase_add_test(tests, a_hold_off_may_outlast_the_validity);
    tcase_add_test(tests,
                   within_the_least_interval_only_the_newest_update_is_sent);
    tcase_add_test(tests, after_the_least_interval_an_update_is_sent_at_once);
    tcase_add_test(tests, a_newer_array_replaces_an_update_that_is_overdue);
    tcase_add_test(tests, a_held_update_dies_with_its_event);
    tcase_add_test(tests, a_sub_cause_changes_at_the_third_prediction_in_a_row);
    tcase_add_test(tests, different_candidates_do_not_add_up);
    tcase_add_test(tests, with_one_confirmation_the_sub_cause_follows_at_once);
    tcase_add_test(tests,
                   what_is_skipped_names_the_event_that_it_would_have_been_for);
    return bench_run("take", tests);
}
