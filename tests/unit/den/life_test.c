#include "den/life.h"

#include <string.h>

#include "bench.h"

static const struct stepden_den_counters *counters(void)
{
    return stepden_den_counters(bench.den);
}

static void negate(uint32_t i)
{
    struct stepden_denm_data negation = bench_negation_of(i);
    ck_assert_int_eq(stepden_den_take_denm(bench.den, &negation, bench.now),
                     STEPDEN_DEN_NEGATED);
}

START_TEST(without_a_new_array_the_event_is_cancelled_after_the_delay)
{
    bench_open();
    bench_predict("1-0", 7, 900);
    bench_advance(999);
    ck_assert_uint_eq(bench.sent_count, 1);
    bench_advance(1);
    stepden_den_run(bench.den, bench.now);
    ck_assert_uint_eq(bench.sent_count, 2);
    ck_assert_int_eq(bench_last()->kind, STEPDEN_DEN_CANCELLATION);
    ck_assert_str_eq(bench_last()->id, "1-0/0/cancellation");
    ck_assert_uint_eq(counters()->active, 0);
    ck_assert_uint_eq(counters()->reserved, 1);
}
END_TEST

START_TEST(an_array_in_time_puts_the_cancellation_off)
{
    bench_open();
    bench_predict("1-0", 7, 9000);
    bench_advance(900);
    bench_predict("2-0", 7, 8000);
    bench_advance(999);
    ck_assert_uint_eq(counters()->cancellations, 0);
    bench_advance(2);
    ck_assert_uint_eq(counters()->cancellations, 1);
    ck_assert_str_eq(bench_last()->id, "1-0/0/cancellation");
}
END_TEST

START_TEST(a_target_missing_from_newer_arrays_is_cancelled_like_any_other)
{
    bench_open();
    bench_reference();
    bench_target(7, 9000);
    bench_target(8, 9000);
    bench_take("1-0");
    bench_advance(600);
    bench_predict("2-0", 8, 8400);
    bench_advance(399);
    ck_assert_uint_eq(counters()->cancellations, 0);
    bench_advance(2);
    ck_assert_uint_eq(counters()->cancellations, 1);
    ck_assert_uint_eq(counters()->active, 1);
}
END_TEST

/* The collision is expected at once, arrays go on for six seconds. */
static void go_on_after_collision(void)
{
    bench_open();
    bench_predict("1-0", 7, 0);
    int64_t creation_its_ms = bench.now.its_ms;
    for (int i = 0; i < 60; i++) {
        bench_advance(100);
        creation_its_ms++;
        bench.array.creation_time_its_ms = creation_its_ms;
        ck_assert_int_eq(stepden_den_take_collisions(bench.den, &bench.array,
                                                     "n", "", bench.now, NULL),
                         STEPDEN_OK);
        if (counters()->active == 0 || counters()->triggers > 1)
            break;
    }
}

START_TEST(some_time_after_the_collision_the_event_is_cancelled)
{
    go_on_after_collision();
    ck_assert_uint_eq(counters()->cancellations, 1);
    ck_assert_uint_eq(counters()->updates, 50);
}
END_TEST

START_TEST(or_it_expires_without_a_message_if_so_configured)
{
    bench.config.denm.after_collision =
        STEPDEN_CONFIG_DENM_AFTER_COLLISION_EXPIRE;
    go_on_after_collision();
    ck_assert_uint_eq(counters()->cancellations, 0);
    ck_assert_uint_eq(counters()->expired_records, 1);
}
END_TEST

static void take_late(int64_t late_ms)
{
    bench_reference();
    bench_target(7, 900);
    bench.array.creation_time_its_ms = bench.now.its_ms - late_ms;
    ck_assert_int_eq(stepden_den_take_collisions(bench.den, &bench.array, "n",
                                                 "", bench.now, NULL),
                     STEPDEN_OK);
}

START_TEST(a_collision_that_is_over_when_it_comes_opens_no_event)
{
    bench_open();
    take_late(900 + 5000);
    ck_assert_uint_eq(bench.sent_count, 0);
    ck_assert_uint_eq(counters()->expired, 1);
    ck_assert_int_eq(bench.last_skip, STEPDEN_DEN_SKIP_EXPIRED);
    ck_assert_int_eq(bench.last_skip_number, -1);
    take_late(900 + 4999);
    ck_assert_uint_eq(counters()->triggers, 1);
}
END_TEST

START_TEST(a_newer_prediction_that_is_over_ends_the_event_without_an_update)
{
    bench_open();
    take_late(5800);
    bench_sleep(500);
    take_late(6000);
    ck_assert_uint_eq(bench.sent_count, 1);
    ck_assert_int_eq(bench.last_skip_number, 0);
    bench_advance(1);
    ck_assert_uint_eq(bench.sent_count, 2);
    ck_assert_int_eq(bench_last()->kind, STEPDEN_DEN_CANCELLATION);
    ck_assert_int_eq(bench_last()->reason, STEPDEN_DEN_REASON_OVER);
}
END_TEST

START_TEST(late_arrays_do_not_open_an_event_again_and_again)
{
    bench_open();
    for (int i = 0; i < 20; i++) {
        take_late(8000);
        bench_advance(100);
    }
    ck_assert_uint_eq(bench.sent_count, 0);
    ck_assert_uint_eq(counters()->expired, 20);
}
END_TEST

START_TEST(a_stale_event_is_cancelled_even_if_collisions_expire)
{
    bench.config.denm.after_collision =
        STEPDEN_CONFIG_DENM_AFTER_COLLISION_EXPIRE;
    bench_open();
    bench_predict("1-0", 7, 900);
    bench_advance(1001);
    ck_assert_uint_eq(counters()->cancellations, 1);
    ck_assert_uint_eq(counters()->expired_records, 0);
}
END_TEST

START_TEST(an_event_is_cancelled_before_its_receivers_forget_it)
{
    static const uint32_t times_ms[] = {1, 2, 999, 5000, 600000};
    bench.config.time_after_collision_s = (uint8_t)(_i % 2 * 10);
    bench_open();
    bench_predict("1-0", 7, times_ms[_i]);
    const struct stepden_management_container *management = bench_management(0);
    int64_t end_its_ms = management->detection_time_its_ms +
                         management->validity_duration_s * INT64_C(1000);
    int64_t late_ms = bench.config.denm_check_last_update_max_interval_ms;
    while (bench.sent_count == 1) {
        stepden_den_run(bench.den, bench.now);
        bench_sleep(late_ms);
    }
    ck_assert_int_eq(bench_last()->kind, STEPDEN_DEN_CANCELLATION);
    ck_assert_int_lt(bench_management(1)->reference_time_its_ms, end_its_ms);
}
END_TEST

START_TEST(an_event_that_receivers_have_forgotten_ends_without_a_message)
{
    bench_open();
    bench_predict("1-0", 7, 900);
    bench_sleep(12000);
    stepden_den_run(bench.den, bench.now);
    ck_assert_uint_eq(bench.sent_count, 1);
    ck_assert_uint_eq(counters()->expired_records, 1);
    ck_assert_uint_eq(counters()->reserved, 0);
    ck_assert_uint_eq(bench.forgotten, 1);
}
END_TEST

START_TEST(an_action_id_is_released_when_its_cancellation_is_no_longer_valid)
{
    bench_open();
    bench_predict("1-0", 7, 900);
    bench_advance(1001);
    const struct stepden_management_container *management = bench_management(1);
    int64_t end_its_ms = management->detection_time_its_ms +
                         management->validity_duration_s * INT64_C(1000);
    bench_advance(end_its_ms - bench.now.its_ms - 1);
    ck_assert_uint_eq(counters()->reserved, 1);
    ck_assert_uint_eq(bench.forgotten, 0);
    bench_advance(2);
    ck_assert_uint_eq(counters()->reserved, 0);
    ck_assert_uint_eq(bench.forgotten, 1);
    ck_assert_uint_eq(bench.kept_count, 0);
}
END_TEST

START_TEST(a_negated_action_id_is_reserved_until_its_validity_ends)
{
    bench_open();
    bench_predict("1-0", 7, 900);
    negate(0);
    bench_advance(11999);
    ck_assert_uint_eq(counters()->reserved, 1);
    bench_advance(2);
    ck_assert_uint_eq(counters()->reserved, 0);
}
END_TEST

START_TEST(negation_wins_over_a_staleness_that_has_not_run)
{
    bench_open();
    bench_predict("1-0", 7, 900);
    bench_sleep(1500);
    negate(0);
    stepden_den_run(bench.den, bench.now);
    ck_assert_uint_eq(counters()->cancellations, 0);
}
END_TEST

START_TEST(an_array_wins_over_a_staleness_that_has_not_run)
{
    bench_open();
    bench_predict("1-0", 7, 900);
    bench_sleep(1500);
    bench_predict("2-0", 7, 900);
    stepden_den_run(bench.den, bench.now);
    ck_assert_int_eq(bench_last()->kind, STEPDEN_DEN_UPDATE);
}
END_TEST

START_TEST(a_change_of_the_wall_clock_does_not_move_a_deadline)
{
    bench_open();
    bench_predict("1-0", 7, 9000);
    bench.now.its_ms += 3600000;
    bench_advance(999);
    ck_assert_uint_eq(bench.sent_count, 1);
    bench_advance(2);
    ck_assert_uint_eq(bench.sent_count, 2);
}
END_TEST

int main(void)
{
    TCase *tests = bench_tests("life");
    tcase_add_test(tests,
                   without_a_new_array_the_event_is_cancelled_after_the_delay);
    tcase_add_test(tests, an_array_in_time_puts_the_cancellation_off);
    tcase_add_test(
        tests, a_target_missing_from_newer_arrays_is_cancelled_like_any_other);
    tcase_add_test(tests, some_time_after_the_collision_the_event_is_cancelled);
    tcase_add_test(tests, or_it_expires_without_a_message_if_so_configured);
    tcase_add_test(tests,
                   a_collision_that_is_over_when_it_comes_opens_no_event);
    tcase_add_test(
        tests,
        a_newer_prediction_that_is_over_ends_the_event_without_an_update);
    tcase_add_test(tests, late_arrays_do_not_open_an_event_again_and_again);
    tcase_add_test(tests, a_stale_event_is_cancelled_even_if_collisions_expire);
    tcase_add_loop_test(
        tests, an_event_is_cancelled_before_its_receivers_forget_it, 0, 5);
    tcase_add_test(
        tests, an_event_that_receivers_have_forgotten_ends_without_a_message);
    tcase_add_test(
        tests,
        an_action_id_is_released_when_its_cancellation_is_no_longer_valid);
    tcase_add_test(tests,
                   a_negated_action_id_is_reserved_until_its_validity_ends);
    tcase_add_test(tests, negation_wins_over_a_staleness_that_has_not_run);
    tcase_add_test(tests, an_array_wins_over_a_staleness_that_has_not_run);
    tcase_add_test(tests, a_change_of_the_wall_clock_does_not_move_a_deadline);
    return bench_run("life", tests);
}
