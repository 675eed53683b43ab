#include "base/date_time.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static bool is_valid(const char *text)
{
    return stepden_date_time_is_valid(text, strlen(text));
}

START_TEST(any_year_is_fine)
{
    ck_assert(is_valid("0000-02-29T00:00:00Z"));
    ck_assert(is_valid("1963-06-19t08:30:06.283185z"));
    ck_assert(is_valid("9999-12-31T23:59:59.999999999999+23:59"));
    ck_assert(!is_valid("1900-02-29T00:00:00Z"));
    ck_assert(!is_valid("12024-01-01T00:00:00Z"));
}
END_TEST

START_TEST(second_60_ends_a_month_of_utc)
{
    ck_assert(is_valid("1998-12-31T23:59:60Z"));
    ck_assert(is_valid("2050-09-30T23:59:60.5Z"));
    ck_assert(is_valid("1998-12-31T15:59:60.123-08:00"));
    ck_assert(is_valid("2000-03-01T00:59:60+01:00"));
    ck_assert(!is_valid("1998-12-31T23:59:61Z"));
    ck_assert(!is_valid("1998-12-31T23:58:60Z"));
    ck_assert(!is_valid("1998-12-31T23:59:60-08:00"));
    ck_assert(!is_valid("1998-12-30T23:59:60Z"));
}
END_TEST

static const struct {
    const char *text;
    int64_t unix_ms;
} times[] = {
    {"1970-01-01T00:00:00.000Z", 0},
    {"1969-12-31T23:59:59.999Z", -1},
    {"1969-07-20T20:17:40.000Z", -14182940000},
    {"2000-02-29T12:00:00.000Z", 951825600000},
    {"2016-12-31T23:59:59.999Z", 1483228799999},
    {"0000-01-01T00:00:00.000Z", -62167219200000},
    {"0000-02-29T00:00:00.000Z", -62162121600000},
    {"0001-01-01T00:00:00.000Z", -62135596800000},
    {"9999-12-31T23:59:59.999Z", 253402300799999},
};

START_TEST(posix_time_is_of_years_0_to_9999)
{
    char text[STEPDEN_RFC3339_SIZE];
    int64_t unix_ms;

    ck_assert_int_eq(
        stepden_unix_parse(&unix_ms, times[_i].text, strlen(times[_i].text)),
        STEPDEN_OK);
    ck_assert_int_eq(unix_ms, times[_i].unix_ms);
    stepden_unix_format(text, times[_i].unix_ms);
    ck_assert_str_eq(text, times[_i].text);
}
END_TEST

static enum stepden_status parse(int64_t *unix_ms, const char *text)
{
    return stepden_unix_parse(unix_ms, text, strlen(text));
}

START_TEST(posix_time_ends_before_second_60)
{
    int64_t unix_ms;

    ck_assert_int_eq(parse(&unix_ms, "2017-01-01T00:59:60.5+01:00"),
                     STEPDEN_OK);
    ck_assert_int_eq(unix_ms, 1483228799999);
    ck_assert_int_eq(parse(&unix_ms, "2017-01-02T23:59:60Z"),
                     STEPDEN_ERR_RANGE);
}
END_TEST

START_TEST(what_is_beyond_these_years_is_no_posix_time)
{
    char text[STEPDEN_RFC3339_SIZE];
    int64_t unix_ms;

    ck_assert_int_eq(parse(&unix_ms, "0000-01-01T00:00:00+00:01"),
                     STEPDEN_ERR_RANGE);
    ck_assert_int_eq(parse(&unix_ms, "9999-12-31T23:59:00-00:01"),
                     STEPDEN_ERR_RANGE);
    ck_assert_int_eq(parse(&unix_ms, "1970-13-01T00:00:00Z"),
                     STEPDEN_ERR_RANGE);
    ck_assert_int_eq(parse(&unix_ms, "1970-01-01"), STEPDEN_ERR_SYNTAX);
    stepden_unix_format(text, INT64_MIN);
    ck_assert_str_eq(text, "0000-01-01T00:00:00.000Z");
    stepden_unix_format(text, INT64_MAX);
    ck_assert_str_eq(text, "9999-12-31T23:59:59.999Z");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("date_time");
    TCase *all = tcase_create("date_time");
    SRunner *runner;
    int failed;

    tcase_add_test(all, any_year_is_fine);
    tcase_add_test(all, second_60_ends_a_month_of_utc);
    tcase_add_loop_test(all, posix_time_is_of_years_0_to_9999, 0,
                        sizeof(times) / sizeof(times[0]));
    tcase_add_test(all, posix_time_ends_before_second_60);
    tcase_add_test(all, what_is_beyond_these_years_is_no_posix_time);
    suite_add_tcase(suite, all);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
