#include "daemon/monitor/metrics.h"

#include <check.h>
#include <stdlib.h>

static struct stepden_metrics metrics;

static void set_up(void)
{
    stepden_metrics_init(&metrics);
}

START_TEST(a_value_belongs_to_the_first_bound_that_it_does_not_exceed)
{
    const struct stepden_histogram_bounds bounds = {3, {0, 10, 20}};
    struct stepden_histogram histogram = {.bounds = &bounds};
    const int64_t values[] = {0, 1, 10, 11, 20, 21, 1000000};
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
        stepden_histogram_note(&histogram, values[i]);
    ck_assert_uint_eq(histogram.counts[0], 1);
    ck_assert_uint_eq(histogram.counts[1], 2);
    ck_assert_uint_eq(histogram.counts[2], 2);
    ck_assert_uint_eq(histogram.counts[3], 2);
    ck_assert_uint_eq(stepden_histogram_count(&histogram), 7);
    ck_assert_double_eq(histogram.sum, 1000063);
}
END_TEST

START_TEST(bounds_rise)
{
    const struct stepden_histogram *const all[] = {
        &metrics.inputs, &metrics.outputs, &metrics.duration, &metrics.latency};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        const struct stepden_histogram_bounds *bounds = all[i]->bounds;
        ck_assert_uint_le(bounds->count, STEPDEN_HISTOGRAM_BOUNDS_MAX);
        for (size_t at = 1; at < bounds->count; at++)
            ck_assert_int_gt(bounds->at[at], bounds->at[at - 1]);
    }
}
END_TEST

START_TEST(a_commit_counts_with_its_size_its_time_and_that_of_each_input)
{
    const int64_t entered_unix_ms[] = {5000, 4998, 4000};
    const struct stepden_commit commit = {
        .inputs = 4,
        .outputs = 7,
        .duration_us = 180,
        .entered_unix_ms = entered_unix_ms,
        .entered_count = 3,
    };
    stepden_metrics_note_commit(&metrics, &commit, 5001);
    ck_assert_uint_eq(stepden_histogram_count(&metrics.inputs), 1);
    ck_assert_double_eq(metrics.inputs.sum, 4);
    ck_assert_double_eq(metrics.outputs.sum, 7);
    ck_assert_double_eq(metrics.duration.sum, 180);
    ck_assert_uint_eq(stepden_histogram_count(&metrics.latency), 3);
    ck_assert_double_eq(metrics.latency.sum, 1000 + 3000 + 1001000);
    ck_assert_int_eq(metrics.last_commit_unix_ms, 5001);
}
END_TEST

/* Whoever adds an entry may choose its id; and clocks differ. */
START_TEST(any_id_has_a_latency_of_zero_or_more)
{
    const int64_t entered_unix_ms[] = {INT64_MAX, 6000, 0};
    const struct stepden_commit commit = {
        .inputs = 3,
        .entered_unix_ms = entered_unix_ms,
        .entered_count = 3,
    };
    stepden_metrics_note_commit(&metrics, &commit, 5000);
    ck_assert_uint_eq(metrics.latency.counts[0], 2);
    ck_assert_double_eq(metrics.latency.sum, 5000000);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("daemon/metrics");
    TCase *tests = tcase_create("metrics");
    tcase_add_checked_fixture(tests, set_up, NULL);
    tcase_add_test(tests,
                   a_value_belongs_to_the_first_bound_that_it_does_not_exceed);
    tcase_add_test(tests, bounds_rise);
    tcase_add_test(
        tests, a_commit_counts_with_its_size_its_time_and_that_of_each_input);
    tcase_add_test(tests, any_id_has_a_latency_of_zero_or_more);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
