#include <check.h>
#include <stdlib.h>

#include "daemon/log/rotation.h"

#define HOUR_S INT64_C(3600)
#define DAY_S INT64_C(86400)

/* 2026-11-20T21:05:43Z, a Friday */
#define TIME_S INT64_C(1795208743)
#define MIDNIGHT_S INT64_C(1795219200) /* after it */

static void expect(const char *when, uint32_t interval, int64_t start_s,
                   int64_t end_s)
{
    struct stepden_log_period period =
        stepden_log_rotation_period(when, interval, TIME_S);
    ck_assert_int_eq(period.start_s, start_s);
    ck_assert_int_eq(period.end_s, end_s);
}

START_TEST(periods_are_seconds_minutes_and_hours_of_the_clock)
{
    expect("S", 1, TIME_S, TIME_S + 1);
    expect("S", 10, TIME_S - 3, TIME_S + 7);
    expect("M", 5, TIME_S - 43, TIME_S + 257);
    expect("H", 1, MIDNIGHT_S - 3 * HOUR_S, MIDNIGHT_S - 2 * HOUR_S);
    expect("H", 12, MIDNIGHT_S - 12 * HOUR_S, MIDNIGHT_S);
}
END_TEST

START_TEST(days_are_those_of_utc)
{
    expect("D", 1, MIDNIGHT_S - DAY_S, MIDNIGHT_S);
    expect("midnight", 1, MIDNIGHT_S - DAY_S, MIDNIGHT_S);
    expect("midnight", 2, MIDNIGHT_S - 2 * DAY_S, MIDNIGHT_S);
}
END_TEST

START_TEST(a_week_ends_with_its_day)
{
    expect("W4", 1, MIDNIGHT_S - 7 * DAY_S, MIDNIGHT_S);
    expect("W5", 1, MIDNIGHT_S - 6 * DAY_S, MIDNIGHT_S + DAY_S);
    expect("W0", 1, MIDNIGHT_S - 4 * DAY_S, MIDNIGHT_S + 3 * DAY_S);
    expect("W3", 1, MIDNIGHT_S - DAY_S, MIDNIGHT_S + 6 * DAY_S);
}
END_TEST

START_TEST(a_period_is_the_same_from_its_start_to_before_its_end)
{
    static const char *const all[] = {"S",  "M",  "H",  "D",  "midnight", "W0",
                                      "W1", "W2", "W3", "W4", "W5",       "W6"};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        struct stepden_log_period period =
            stepden_log_rotation_period(all[i], 3, TIME_S);
        ck_assert_int_le(period.start_s, TIME_S);
        ck_assert_int_gt(period.end_s, TIME_S);
        struct stepden_log_period first =
            stepden_log_rotation_period(all[i], 3, period.start_s);
        struct stepden_log_period last =
            stepden_log_rotation_period(all[i], 3, period.end_s - 1);
        struct stepden_log_period next =
            stepden_log_rotation_period(all[i], 3, period.end_s);
        ck_assert_int_eq(first.end_s, period.end_s);
        ck_assert_int_eq(last.start_s, period.start_s);
        ck_assert_int_eq(next.start_s, period.end_s);
    }
}
END_TEST

START_TEST(there_are_periods_before_1970)
{
    struct stepden_log_period period = stepden_log_rotation_period("D", 1, -1);
    ck_assert_int_eq(period.start_s, -DAY_S);
    ck_assert_int_eq(period.end_s, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("daemon/log_rotation");
    TCase *tests = tcase_create("log_rotation");
    tcase_add_test(tests, periods_are_seconds_minutes_and_hours_of_the_clock);
    tcase_add_test(tests, days_are_those_of_utc);
    tcase_add_test(tests, a_week_ends_with_its_day);
    tcase_add_test(tests,
                   a_period_is_the_same_from_its_start_to_before_its_end);
    tcase_add_test(tests, there_are_periods_before_1970);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
