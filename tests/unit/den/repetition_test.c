#include <stdio.h>

#include "bench.h"

static const struct stepden_den_counters *counters(void)
{
    return stepden_den_counters(bench.den);
}

static void open_repeating(uint32_t interval_ms, uint32_t duration_ms)
{
    bench.config.denm.repetition_interval_ms = interval_ms;
    bench.config.denm.repetition_duration_ms = duration_ms;
    bench.config.denm_last_update_max_delay_ms = 10000;
    bench_open();
}

START_TEST(repetitions_are_the_same_denm_under_their_own_ids)
{
    open_repeating(100, 250);
    bench_predict("1-0", 7, 9000);
    bench_advance(2000);
    ck_assert_uint_eq(bench.sent_count, 3); /* at 0, 100 and 200 ms */
    ck_assert_int_eq(bench_last()->reason, STEPDEN_DEN_REASON_REPEATED);
    ck_assert_uint_eq(counters()->repetitions, 2);
    ck_assert_int_eq(bench_sent(1)->kind, STEPDEN_DEN_REPETITION);
    ck_assert_str_eq(bench_sent(1)->id, "1-0/0/r1");
    ck_assert_str_eq(bench_sent(2)->id, "1-0/0/r2");
    bench_expect_same(&bench_sent(2)->denm, &bench_sent(0)->denm);
}
END_TEST

START_TEST(repetitions_need_an_interval_and_a_duration)
{
    open_repeating(_i == 0 ? 100 : 0, _i == 0 ? 0 : 1000);
    bench_predict("1-0", 7, 9000);
    bench_advance(2000);
    ck_assert_uint_eq(bench.sent_count, 1);
}
END_TEST

START_TEST(an_update_starts_the_repetition_anew_with_its_content)
{
    open_repeating(100, 250);
    bench_predict("1-0", 7, 9000);
    bench_advance(150);
    bench_predict("2-0", 7, 8800);
    bench_advance(1000);
    ck_assert_uint_eq(bench.sent_count, 5);
    ck_assert_str_eq(bench_sent(1)->id, "1-0/0/r1");
    ck_assert_int_eq(bench_sent(2)->kind, STEPDEN_DEN_UPDATE);
    ck_assert_str_eq(bench_sent(3)->id, "2-0/0/r1");
    ck_assert_str_eq(bench_sent(4)->id, "2-0/0/r2");
    bench_expect_same(&bench_sent(4)->denm, &bench_sent(2)->denm);
}
END_TEST

START_TEST(a_cancellation_is_repeated_in_place_of_what_it_cancels)
{
    open_repeating(400, 86400000);
    bench_predict("1-0", 7, 0);
    bench_advance(60000);
    uint32_t i = 0;
    while (bench_sent(i)->kind != STEPDEN_DEN_CANCELLATION)
        i++;
    ck_assert_uint_eq(i, 13); /* after those at 400 ... 4800 ms */
    for (uint32_t number = 1; i + number < bench.sent_count; number++) {
        char id[STEPDEN_OUTPUT_ID_SIZE];
        snprintf(id, sizeof id, "1-0/0/cancellation/r%u", number);
        ck_assert_str_eq(bench_sent(i + number)->id, id);
        ck_assert_str_eq(bench_sent(i + number)->event_id, "1-0/0");
        bench_expect_same(&bench_sent(i + number)->denm, &bench_sent(i)->denm);
    }
    ck_assert_uint_eq(bench.sent_count - 1 - i, 37); /* in 15 s of validity */
    ck_assert_uint_eq(counters()->reserved, 0);
}
END_TEST

START_TEST(a_late_run_repeats_once_and_keeps_the_beat)
{
    open_repeating(100, 1000);
    bench_predict("1-0", 7, 9000);
    int64_t start_mono_ms = bench.now.mono_ms;
    bench_sleep(350);
    ck_assert_int_eq(stepden_den_run(bench.den, bench.now),
                     start_mono_ms + 400);
    ck_assert_uint_eq(counters()->repetitions, 1);
    ck_assert_str_eq(bench_last()->id, "1-0/0/r3");
}
END_TEST

START_TEST(a_late_run_repeats_nothing_when_the_duration_is_over)
{
    open_repeating(100, 250);
    bench_predict("1-0", 7, 9000);
    bench_advance(150);
    bench_sleep(100);
    (void)stepden_den_run(bench.den, bench.now);
    ck_assert_uint_eq(counters()->repetitions, 1);
    bench_advance(1000);
    ck_assert_uint_eq(counters()->repetitions, 1);
}
END_TEST

START_TEST(an_event_that_was_negated_is_not_repeated)
{
    struct stepden_denm_data negation;

    open_repeating(100, 1000);
    bench_predict("1-0", 7, 9000);
    negation = bench_negation_of(0);
    ck_assert_int_eq(stepden_den_take_denm(bench.den, &negation, bench.now),
                     STEPDEN_DEN_NEGATED);
    bench_advance(2000);
    ck_assert_uint_eq(bench.sent_count, 1);
}
END_TEST

START_TEST(after_a_restart_the_beat_goes_on_and_nothing_is_made_up_for)
{
    open_repeating(100, 1000);
    bench.traceparent = "00-1-1-01";
    bench_predict("1-0", 7, 9000);
    bench_advance(150);
    bench_sleep(300);
    bench_reopen();
    bench_advance(60);
    ck_assert_uint_eq(bench.sent_count, 3);
    ck_assert_str_eq(bench_last()->id, "1-0/0/r14"); /* 9 + 5 */
    ck_assert_str_eq(bench_last()->traceparent, "00-1-1-01");
    bench_expect_same(&bench_last()->denm, &bench_sent(0)->denm);
    bench_advance(2000);
    ck_assert_str_eq(bench_last()->id, "1-0/0/r18");
}
END_TEST

START_TEST(numbers_taken_by_whoever_is_restored_are_kept_once)
{
    open_repeating(100, 1000);
    bench_predict("1-0", 7, 9000);
    ck_assert_int_eq(bench_kept(0)->record.repeated.last_number, 9);
    bench.config.denm.repetition_interval_ms = 200;
    bench_reopen();
    bench_advance(199);
    ck_assert_int_eq(bench_kept(0)->record.repeated.last_number, 9);
    bench_advance(1);
    ck_assert_str_eq(bench_last()->id, "1-0/0/r10");
    ck_assert_int_eq(bench_kept(0)->record.repeated.last_number, 13);
    bench.keeps = 0;
    bench_advance(1000);
    ck_assert_str_eq(bench_last()->id, "1-0/0/r13");
    ck_assert_uint_eq(bench.keeps, 0);
}
END_TEST

START_TEST(numbers_that_are_kept_with_an_update_are_not_kept_again)
{
    bench.config.denm.min_update_interval_ms = 1000;
    open_repeating(100, 1000);
    bench_predict("1-0", 7, 9000);
    bench_reopen();
    bench_sleep(50);
    bench_predict("2-0", 7, 9000);
    ck_assert_int_eq(bench.last_skip, STEPDEN_DEN_SKIP_TOO_SOON);
    ck_assert_int_eq(bench_kept(0)->record.repeated.last_number, 18);
    ck_assert_uint_eq(bench.keeps, 2);
    bench_advance(50);
    ck_assert_int_eq(bench_last()->kind, STEPDEN_DEN_REPETITION);
    ck_assert_uint_eq(bench.keeps, 2);
}
END_TEST

START_TEST(after_a_restart_a_cancellation_is_still_repeated)
{
    open_repeating(400, 86400000);
    bench_predict("1-0", 7, 0);
    bench_advance(5100);
    ck_assert_int_eq(bench_last()->kind, STEPDEN_DEN_CANCELLATION);
    bench_reopen();
    bench_advance(400);
    ck_assert_str_eq(bench_last()->id, "1-0/0/cancellation/r38");
}
END_TEST

START_TEST(a_held_update_is_repeated_once_it_is_sent)
{
    bench.config.denm.min_update_interval_ms = 300;
    open_repeating(200, 250);
    bench_predict("1-0", 7, 9000);
    bench_advance(50);
    bench_predict("2-0", 7, 8950);
    bench_advance(2000);
    ck_assert_uint_eq(bench.sent_count, 4);
    ck_assert_str_eq(bench_sent(1)->id, "1-0/0/r1");
    ck_assert_str_eq(bench_sent(2)->id, "2-0/0");
    ck_assert_str_eq(bench_sent(3)->id, "2-0/0/r1");
}
END_TEST

int main(void)
{
    TCase *tests = bench_tests("repetition");
    tcase_add_test(tests, repetitions_are_the_same_denm_under_their_own_ids);
    tcase_add_loop_test(tests, repetitions_need_an_interval_and_a_duration, 0,
                        2);
    tcase_add_test(tests,
                   an_update_starts_the_repetition_anew_with_its_content);
    tcase_add_test(tests,
                   a_cancellation_is_repeated_in_place_of_what_it_cancels);
    tcase_add_test(tests, a_late_run_repeats_once_and_keeps_the_beat);
    tcase_add_test(tests, a_late_run_repeats_nothing_when_the_duration_is_over);
    tcase_add_test(tests, an_event_that_was_negated_is_not_repeated);
    tcase_add_test(tests,
                   after_a_restart_the_beat_goes_on_and_nothing_is_made_up_for);
    tcase_add_test(tests, numbers_taken_by_whoever_is_restored_are_kept_once);
    tcase_add_test(tests,
                   numbers_that_are_kept_with_an_update_are_not_kept_again);
    tcase_add_test(tests, after_a_restart_a_cancellation_is_still_repeated);
    tcase_add_test(tests, a_held_update_is_repeated_once_it_is_sent);
    return bench_run("repetition", tests);
}
