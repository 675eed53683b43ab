#include <stepden/den.h>

#include "bench.h"

static const struct stepden_den_counters *counters(void)
{
    return stepden_den_counters(bench.den);
}

START_TEST(a_negation_of_an_active_event_ends_it_without_output)
{
    bench_open();
    bench_predict("1-0", 7, 900);
    struct stepden_denm_data negation = bench_negation_of(0);
    ck_assert_int_eq(stepden_den_take_denm(bench.den, &negation, bench.now),
                     STEPDEN_DEN_NEGATED);
    bench_advance(60000);
    ck_assert_uint_eq(bench.sent_count, 1);
    ck_assert_uint_eq(counters()->negations, 1);
    ck_assert_uint_eq(counters()->active, 0);
}
END_TEST

START_TEST(a_negation_of_an_older_update_is_accepted)
{
    bench_open();
    bench_predict("1-0", 7, 900);
    bench_sleep(100);
    bench_predict("2-0", 7, 800);
    struct stepden_denm_data negation = bench_negation_of(0);
    ck_assert_int_eq(stepden_den_take_denm(bench.den, &negation, bench.now),
                     STEPDEN_DEN_NEGATED);
}
END_TEST

START_TEST(a_negation_older_than_the_trigger_is_outdated)
{
    bench_open();
    bench_predict("1-0", 7, 900);
    struct stepden_denm_data negation = bench_negation_of(0);
    negation.management_container.reference_time_its_ms--;
    ck_assert_int_eq(stepden_den_take_denm(bench.den, &negation, bench.now),
                     STEPDEN_DEN_OUTDATED);
    ck_assert_uint_eq(counters()->negations_outdated, 1);
    ck_assert_uint_eq(counters()->active, 1);
}
END_TEST

START_TEST(a_negation_after_its_validity_is_outdated)
{
    bench_open();
    bench_predict("1-0", 7, 900);
    struct stepden_denm_data negation = bench_negation_of(0);
    negation.management_container.validity_duration_s = 1;
    bench_sleep(1001);
    ck_assert_int_eq(stepden_den_take_denm(bench.den, &negation, bench.now),
                     STEPDEN_DEN_OUTDATED);
}
END_TEST

START_TEST(a_negation_of_a_foreign_station_or_a_free_number_is_unknown)
{
    bench_open();
    bench_predict("1-0", 7, 900);
    struct stepden_denm_data negation = bench_negation_of(0);
    negation.management_container.action_id.originating_station_id++;
    ck_assert_int_eq(stepden_den_take_denm(bench.den, &negation, bench.now),
                     STEPDEN_DEN_UNKNOWN);
    negation = bench_negation_of(0);
    negation.management_container.action_id.originating_station_id--;
    ck_assert_int_eq(stepden_den_take_denm(bench.den, &negation, bench.now),
                     STEPDEN_DEN_UNKNOWN);
    negation = bench_negation_of(0);
    negation.management_container.action_id.sequence_number++;
    ck_assert_int_eq(stepden_den_take_denm(bench.den, &negation, bench.now),
                     STEPDEN_DEN_UNKNOWN);
    ck_assert_uint_eq(counters()->negations_unknown, 3);
    ck_assert_uint_eq(counters()->active, 1);
}
END_TEST

START_TEST(a_negation_after_the_validity_finds_no_active_event)
{
    bench.config.denm.negation_hold_off_ms = 5000;
    bench_open();
    bench_predict("1-0", 7, 0);
    bench_sleep(12000);
    struct stepden_denm_data negation = bench_negation_of(0);
    negation.management_container.detection_time_its_ms = bench.now.its_ms;
    ck_assert_int_eq(stepden_den_take_denm(bench.den, &negation, bench.now),
                     STEPDEN_DEN_UNKNOWN);
    bench_predict("2-0", 7, 900);
    ck_assert_int_eq(bench_last()->kind, STEPDEN_DEN_TRIGGER);
}
END_TEST

START_TEST(a_second_negation_finds_no_active_event)
{
    bench_open();
    bench_predict("1-0", 7, 900);
    struct stepden_denm_data negation = bench_negation_of(0);
    ck_assert_int_eq(stepden_den_take_denm(bench.den, &negation, bench.now),
                     STEPDEN_DEN_NEGATED);
    ck_assert_int_eq(stepden_den_take_denm(bench.den, &negation, bench.now),
                     STEPDEN_DEN_UNKNOWN);
}
END_TEST

START_TEST(live_denms_and_cancellations_of_others_change_nothing)
{
    bench_open();
    bench_predict("1-0", 7, 900);
    struct stepden_denm_data denm = bench_sent(0)->denm;
    ck_assert_int_eq(stepden_den_take_denm(bench.den, &denm, bench.now),
                     STEPDEN_DEN_LIVE);
    denm = bench_negation_of(0);
    denm.management_container.termination = STEPDEN_TERMINATION_IS_CANCELLATION;
    ck_assert_int_eq(stepden_den_take_denm(bench.den, &denm, bench.now),
                     STEPDEN_DEN_LIVE);
    ck_assert_uint_eq(counters()->denms_live, 2);
    ck_assert_uint_eq(counters()->active, 1);
}
END_TEST

int main(void)
{
    TCase *tests = bench_tests("negation");
    tcase_add_test(tests, a_negation_of_an_active_event_ends_it_without_output);
    tcase_add_test(tests, a_negation_of_an_older_update_is_accepted);
    tcase_add_test(tests, a_negation_older_than_the_trigger_is_outdated);
    tcase_add_test(tests, a_negation_after_its_validity_is_outdated);
    tcase_add_test(tests,
                   a_negation_of_a_foreign_station_or_a_free_number_is_unknown);
    tcase_add_test(tests, a_negation_after_the_validity_finds_no_active_event);
    tcase_add_test(tests, a_second_negation_finds_no_active_event);
    tcase_add_test(tests,
                   live_denms_and_cancellations_of_others_change_nothing);
    return bench_run("negation", tests);
}
