#include "base/leap_seconds.h"

#include <stdlib.h>
#include <string.h>

#include <check.h>

/* What may come: a second more in 2028, one less in 2030. */
static const struct stepden_leap_second both_ways[] = {
    {INT64_C(1924992000000), 5000}, /* 2030-12-31T23:59:58Z, 00:00:00 next */
    {INT64_C(1846022400000), 6000}, /* 2028-06-30T23:59:60Z */
    {INT64_C(1483228800000), 5000}, {INT64_C(1435708800000), 4000},
    {INT64_C(1341100800000), 3000}, {INT64_C(1230768000000), 2000},
    {INT64_C(1136073600000), 1000},
};
#define LEAP_COUNT (int)(sizeof both_ways / sizeof both_ways[0])

static const struct stepden_leap_seconds leaps = {both_ways, LEAP_COUNT};

static enum stepden_status parse(int64_t *its_ms, const char *text)
{
    return stepden_its_parse_by(&leaps, its_ms, text, strlen(text));
}

static int64_t parsed(const char *text)
{
    int64_t its_ms = -1;
    ck_assert_msg(parse(&its_ms, text) == STEPDEN_OK, "%s", text);
    return its_ms;
}

static const char *formatted(int64_t its_ms)
{
    static char text[STEPDEN_RFC3339_SIZE];
    stepden_its_format_by(&leaps, text, its_ms);
    return text;
}

START_TEST(the_built_in_table_is_that_of_the_past)
{
    const size_t past = 5;
    ck_assert_uint_eq(stepden_leap_seconds.count, past);
    ck_assert_mem_eq(stepden_leap_seconds.newest_first,
                     both_ways + LEAP_COUNT - past, past * sizeof *both_ways);
}
END_TEST

START_TEST(a_leap_second_to_come_changes_nothing_before_it)
{
    int64_t unix_ms = INT64_C(1846022400000) - 1;
    ck_assert_int_eq(stepden_its_from_unix_by(&leaps, unix_ms),
                     stepden_its_from_unix(unix_ms));
    ck_assert_int_eq(stepden_its_from_unix_by(&leaps, unix_ms + 1),
                     stepden_its_from_unix(unix_ms + 1) + 1000);
}
END_TEST

START_TEST(after_one_of_each_kind_the_count_is_what_it_was)
{
    ck_assert_int_eq(parsed("2030-12-31T23:59:58Z"), 852076804000);
    ck_assert_int_eq(parsed("2031-01-01T00:00:00Z"), 852076805000);
    ck_assert_int_eq(stepden_its_from_unix(INT64_C(1924992000000)),
                     852076805000);
}
END_TEST

START_TEST(second_60_is_a_time_where_the_table_inserts_it)
{
    int64_t midnight = parsed("2028-07-01T00:00:00Z");
    ck_assert_int_eq(midnight, 773107206000);
    ck_assert_int_eq(parsed("2028-06-30T23:59:60.999Z"), midnight - 1);
    ck_assert_int_eq(parsed("2028-07-01T01:59:60.25+02:00"), midnight - 750);
    ck_assert_int_eq(parsed("2028-06-30T23:59:59.999Z"), midnight - 1001);
    ck_assert_str_eq(formatted(midnight - 1), "2028-06-30T23:59:60.999Z");
    ck_assert_str_eq(formatted(midnight - 1000), "2028-06-30T23:59:60.000Z");
    ck_assert_str_eq(formatted(midnight - 1001), "2028-06-30T23:59:59.999Z");
}
END_TEST

START_TEST(midnight_follows_second_58_where_59_is_left_out)
{
    int64_t midnight = parsed("2031-01-01T00:00:00Z");
    ck_assert_int_eq(parsed("2030-12-31T23:59:58.999Z"), midnight - 1);
    ck_assert_str_eq(formatted(midnight - 1), "2030-12-31T23:59:58.999Z");
    ck_assert_str_eq(formatted(midnight), "2031-01-01T00:00:00.000Z");
}
END_TEST

static const char *const left_out[] = {
    "2030-12-31T23:59:59Z",      "2030-12-31T23:59:59.999Z",
    "2031-01-01T05:29:59+05:30", "2030-12-31T15:59:59-08:00",
    "2030-12-31T23:59:60Z",
};

START_TEST(a_second_that_is_left_out_is_out_of_range)
{
    int64_t its_ms = -7;
    ck_assert_int_eq(parse(&its_ms, left_out[_i]), STEPDEN_ERR_RANGE);
    ck_assert_int_eq(its_ms, -7);
}
END_TEST

static const char *const not_left_out[] = {
    "2030-12-31T23:58:59.999Z",
    "2030-12-31T22:59:59.999Z",
    "2030-12-30T23:59:59.999Z",
    "2031-01-01T00:00:59.999Z",
};

START_TEST(second_59_of_any_other_minute_is_a_time)
{
    ck_assert_str_eq(formatted(parsed(not_left_out[_i])), not_left_out[_i]);
}
END_TEST

START_TEST(posix_time_within_a_second_left_out_is_the_start_of_the_next)
{
    int64_t midnight = INT64_C(1924992000000);
    int64_t its_ms = stepden_its_from_unix_by(&leaps, midnight);

    ck_assert_int_eq(stepden_its_from_unix_by(&leaps, midnight - 1), its_ms);
    ck_assert_int_eq(stepden_its_from_unix_by(&leaps, midnight - 1000), its_ms);
    ck_assert_int_eq(stepden_its_from_unix_by(&leaps, midnight - 1001),
                     its_ms - 1);
    ck_assert_int_eq(stepden_its_to_unix_by(&leaps, its_ms), midnight);
    ck_assert_int_eq(stepden_its_to_unix_by(&leaps, its_ms - 1),
                     midnight - 1001);
}
END_TEST

#define AROUND_MS 3000

START_TEST(every_millisecond_around_a_leap_survives_writing_and_reading)
{
    int64_t leap_ms =
        stepden_its_from_unix_by(&leaps, both_ways[_i].after_unix_ms);
    char before[STEPDEN_RFC3339_SIZE] = "";

    for (int64_t its_ms = leap_ms - AROUND_MS; its_ms <= leap_ms + AROUND_MS;
         its_ms++) {
        ck_assert_int_eq(parsed(formatted(its_ms)), its_ms);
        ck_assert_str_gt(formatted(its_ms), before);
        strcpy(before, formatted(its_ms));
    }
}
END_TEST

START_TEST(time_never_falls_around_a_leap)
{
    int64_t unix_ms = both_ways[_i].after_unix_ms;
    int64_t its_ms = stepden_its_from_unix_by(&leaps, unix_ms);

    for (int64_t ms = -AROUND_MS; ms < AROUND_MS; ms++) {
        ck_assert_int_le(stepden_its_from_unix_by(&leaps, unix_ms + ms),
                         stepden_its_from_unix_by(&leaps, unix_ms + ms + 1));
        ck_assert_int_le(stepden_its_to_unix_by(&leaps, its_ms + ms),
                         stepden_its_to_unix_by(&leaps, its_ms + ms + 1));
    }
}
END_TEST

START_TEST(without_a_table_every_minute_has_60_seconds)
{
    const struct stepden_leap_seconds none = {NULL, 0};
    const char *text = "2016-12-31T23:59:60Z";
    int64_t its_ms;

    ck_assert_int_eq(stepden_its_from_unix_by(&none, 1167609600000),
                     94694400000);
    ck_assert_int_eq(stepden_its_to_unix_by(&none, 94694400000), 1167609600000);
    ck_assert_int_eq(stepden_its_parse_by(&none, &its_ms, text, strlen(text)),
                     STEPDEN_ERR_RANGE);
}
END_TEST

#define COUNT(table) (int)(sizeof table / sizeof table[0])

int main(void)
{
    Suite *suite = suite_create("leap_seconds");
    TCase *tests = tcase_create("leap_seconds");
    tcase_add_test(tests, the_built_in_table_is_that_of_the_past);
    tcase_add_test(tests, a_leap_second_to_come_changes_nothing_before_it);
    tcase_add_test(tests, after_one_of_each_kind_the_count_is_what_it_was);
    tcase_add_test(tests, second_60_is_a_time_where_the_table_inserts_it);
    tcase_add_test(tests, midnight_follows_second_58_where_59_is_left_out);
    tcase_add_loop_test(tests, a_second_that_is_left_out_is_out_of_range, 0,
                        COUNT(left_out));
    tcase_add_loop_test(tests, second_59_of_any_other_minute_is_a_time, 0,
                        COUNT(not_left_out));
    tcase_add_test(
        tests, posix_time_within_a_second_left_out_is_the_start_of_the_next);
    tcase_add_loop_test(
        tests, every_millisecond_around_a_leap_survives_writing_and_reading, 0,
        LEAP_COUNT);
    tcase_add_loop_test(tests, time_never_falls_around_a_leap, 0, LEAP_COUNT);
    tcase_add_test(tests, without_a_table_every_minute_has_60_seconds);
    suite_add_tcase(suite, tests);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
