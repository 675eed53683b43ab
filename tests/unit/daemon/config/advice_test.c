#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stepden/config.h>

/* The least validity of the defaults, as every advice states it. */
#define VALIDITY                                                               \
    "11 s (timeAfterCollision 5 s + denmLastUpdateMaxDelay 1000 ms + "         \
    "denmCheckLastUpdateMaxInterval 5000 ms)"

static struct stepden_config config;
static struct stepden_config_fault advice[8];
static size_t advice_count;

static void keep(void *ctx, const struct stepden_config_fault *fault)
{
    (void)ctx;
    ck_assert_uint_lt(advice_count, 8);
    advice[advice_count++] = *fault;
}

static void advise(void)
{
    struct stepden_config_report report = {.fault = keep};
    advice_count = 0;
    stepden_config_advise(&config, &report);
}

static void is(size_t i, const char *where, const char *reason)
{
    ck_assert_str_eq(advice[i].diag.where, where);
    ck_assert_str_eq(advice[i].diag.reason, reason);
    ck_assert_uint_eq(advice[i].line, 0);
}

static void says(const char *where, const char *reason)
{
    advise();
    ck_assert_uint_eq(advice_count, 1);
    is(0, where, reason);
}

static void says_nothing(void)
{
    advise();
    ck_assert_uint_eq(advice_count, 0);
}

static void set_up(void)
{
    stepden_config_init(&config);
}

static void repeat(uint32_t interval_ms, uint32_t duration_ms)
{
    config.denm.repetition_interval_ms = interval_ms;
    config.denm.repetition_duration_ms = duration_ms;
}

START_TEST(has_no_advice_on_the_defaults)
{
    says_nothing();
}
END_TEST

START_TEST(misses_the_other_half_of_a_repetition)
{
    repeat(100, 0);
    says("/denm/repetitionDuration",
         "0 with repetitionInterval 100 ms: no DENM is repeated, that takes "
         "both");
    repeat(0, 100);
    says("/denm/repetitionInterval",
         "0 with repetitionDuration 100 ms: no DENM is repeated, that takes "
         "both");
}
END_TEST

START_TEST(knows_a_repetition_that_ends_before_its_first_beat)
{
    repeat(500, 500);
    says("/denm/repetitionInterval",
         "500 ms, but repetitionDuration ends after 500 ms: no DENM is "
         "repeated");
    repeat(500, 501);
    says_nothing();
}
END_TEST

START_TEST(knows_a_repetition_of_cancellations_only)
{
    repeat(1000, 5000);
    says("/denm/repetitionInterval",
         "1000 ms, but a live DENM is updated or cancelled within "
         "denmLastUpdateMaxDelay 1000 ms: only cancellations are repeated");
    repeat(999, 5000);
    says_nothing();
}
END_TEST

START_TEST(knows_that_a_held_update_leaves_time_to_repeat)
{
    config.denm.min_update_interval_ms = 3000;
    repeat(1000, 5000);
    says_nothing();
    repeat(3000, 5000);
    says("/denm/repetitionInterval",
         "3000 ms, but a live DENM is updated or cancelled within "
         "minUpdateInterval 3000 ms: only cancellations are repeated");
}
END_TEST

START_TEST(knows_a_cancellation_that_ends_before_its_first_beat)
{
    repeat(9999, 10000);
    says("/denm/repetitionInterval",
         "9999 ms, but a live DENM is updated or cancelled within "
         "denmLastUpdateMaxDelay 1000 ms: only cancellations are repeated");
    repeat(10000, 10001);
    advise();
    ck_assert_uint_eq(advice_count, 2);
    is(0, "/denm/repetitionInterval",
       "10000 ms, but a live DENM is updated or cancelled within "
       "denmLastUpdateMaxDelay 1000 ms, and its cancellation is valid for the "
       "rest, 10 s of 11 s if the collision is now: only cancellations are "
       "repeated, and not that one");
    is(1, "/denm/repetitionDuration",
       "10001 ms is cut to what a cancellation leaves of the validity: if the "
       "collision is now, 10 s of " VALIDITY);
}
END_TEST

/* Over comes before stale, or a held update lets the validity run down. */
START_TEST(knows_what_is_left_for_a_cancellation)
{
    config.time_after_collision_s = 1;
    config.denm_last_update_max_delay_ms = 4000;
    repeat(8999, 9000);
    advise();
    ck_assert_uint_eq(advice_count, 1);
    ck_assert_ptr_null(strstr(advice[0].diag.reason, "the rest"));
    repeat(9000, 9001);
    advise();
    ck_assert_uint_eq(advice_count, 2);
    ck_assert_ptr_nonnull(strstr(advice[0].diag.reason, ", 9 s of 10 s if"));

    config.denm.min_update_interval_ms = 4500;
    repeat(5999, 6000);
    advise();
    ck_assert_uint_eq(advice_count, 1);
    repeat(6000, 6001);
    advise();
    ck_assert_uint_eq(advice_count, 2);
    ck_assert_ptr_nonnull(strstr(advice[0].diag.reason, ", 6 s of 10 s if"));
}
END_TEST

START_TEST(cuts_a_repetition_to_the_validity)
{
    repeat(500, 11000);
    says_nothing();
    repeat(500, 11001);
    says("/denm/repetitionDuration",
         "11001 ms is cut to the validity, " VALIDITY
         " + time to collision, and for a cancellation to the rest of it, "
         "10 s if the collision is now");
}
END_TEST

START_TEST(cuts_nothing_where_nothing_is_repeated)
{
    repeat(12000, 12000);
    says("/denm/repetitionInterval",
         "12000 ms, but repetitionDuration ends after 12000 ms: no DENM is "
         "repeated");
}
END_TEST

START_TEST(knows_a_first_beat_after_the_validity)
{
    config.time_after_collision_s = 0;
    config.denm.min_update_interval_ms = 10000;
    repeat(6000, 6001);
    advise();
    ck_assert_uint_eq(advice_count, 3);
    is(0, "/denm/repetitionInterval",
       "6000 ms, but a DENM is valid for 6 s (timeAfterCollision 0 s + "
       "denmLastUpdateMaxDelay 1000 ms + denmCheckLastUpdateMaxInterval "
       "5000 ms) + time to collision: if the collision is now, none is "
       "repeated");
    ck_assert_str_eq(advice[1].diag.where, "/denm/repetitionDuration");
    ck_assert_str_eq(advice[2].diag.where, "/denm/minUpdateInterval");
}
END_TEST

START_TEST(rounds_the_validity_up_to_seconds)
{
    config.denm_last_update_max_delay_ms = 1001;
    repeat(500, 12000);
    says_nothing();
    repeat(500, 12001);
    advise();
    ck_assert_uint_eq(advice_count, 1);
    ck_assert_ptr_nonnull(
        strstr(advice[0].diag.reason, "the validity, 12 s (time"));
    ck_assert_ptr_nonnull(strstr(advice[0].diag.reason, "of it, 11 s if"));
}
END_TEST

START_TEST(cuts_an_update_interval_to_the_validity)
{
    config.denm.min_update_interval_ms = 6000;
    says_nothing();
    config.denm.min_update_interval_ms = 6001;
    says("/denm/minUpdateInterval",
         "6001 ms is cut to 6000 ms + time to collision if that is shorter: "
         "the validity, " VALIDITY ", less denmCheckLastUpdateMaxInterval");
}
END_TEST

START_TEST(knows_a_delay_within_which_no_prediction_comes)
{
    config.denm_last_update_max_delay_ms = 101;
    says_nothing();
    config.denm_last_update_max_delay_ms = 100;
    says("/denmLastUpdateMaxDelay",
         "100 ms: if a predictor predicts every 100 ms, an event may be "
         "cancelled before each prediction, which then opens a new one");
}
END_TEST

START_TEST(counts_the_events_that_few_records_allow)
{
    config.denm.max_records = 11;
    says_nothing();
    config.denm.max_records = 10;
    says("/denm/maxRecords", "10, and each is kept for " VALIDITY
                             " + time to collision: at most 54 new events a "
                             "minute");
}
END_TEST

static void finishes(size_t count)
{
    advise();
    ck_assert_uint_eq(advice_count, count);
    for (size_t i = 0; i < advice_count; i++)
        ck_assert_uint_lt(strlen(advice[i].diag.reason),
                          sizeof advice[i].diag.reason - 1);
}

START_TEST(leaves_no_sentence_unfinished)
{
    config.time_after_collision_s = 10;
    config.denm_last_update_max_delay_ms = 10000;
    config.denm_check_last_update_max_interval_ms = 60000;
    config.denm.max_records = 79;
    repeat(86399999, 86400000);
    finishes(3);
    repeat(9999, 86400000);
    finishes(2);

    config.time_after_collision_s = 0;
    config.denm_last_update_max_delay_ms = 9000;
    config.denm.min_update_interval_ms = 10000;
    config.denm.max_records = 68;
    repeat(86399999, 86400000);
    finishes(4);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("daemon/config_advice");
    TCase *tests = tcase_create("config_advice");
    tcase_add_checked_fixture(tests, set_up, NULL);
    tcase_add_test(tests, has_no_advice_on_the_defaults);
    tcase_add_test(tests, misses_the_other_half_of_a_repetition);
    tcase_add_test(tests, knows_a_repetition_that_ends_before_its_first_beat);
    tcase_add_test(tests, knows_a_repetition_of_cancellations_only);
    tcase_add_test(tests, knows_that_a_held_update_leaves_time_to_repeat);
    tcase_add_test(tests, knows_a_cancellation_that_ends_before_its_first_beat);
    tcase_add_test(tests, knows_what_is_left_for_a_cancellation);
    tcase_add_test(tests, cuts_a_repetition_to_the_validity);
    tcase_add_test(tests, cuts_nothing_where_nothing_is_repeated);
    tcase_add_test(tests, knows_a_first_beat_after_the_validity);
    tcase_add_test(tests, rounds_the_validity_up_to_seconds);
    tcase_add_test(tests, cuts_an_update_interval_to_the_validity);
    tcase_add_test(tests, knows_a_delay_within_which_no_prediction_comes);
    tcase_add_test(tests, counts_the_events_that_few_records_allow);
    tcase_add_test(tests, leaves_no_sentence_unfinished);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
