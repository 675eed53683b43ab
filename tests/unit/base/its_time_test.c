#include <check.h>
#include <stdlib.h>
#include <string.h>

#include <stepden/its_time.h>

static int64_t parsed(const char *text)
{
    int64_t its_ms = -1;
    ck_assert_msg(stepden_its_parse(&its_ms, text, strlen(text)) == STEPDEN_OK,
                  "%s", text);
    return its_ms;
}

static const char *formatted(int64_t its_ms)
{
    static char text[STEPDEN_RFC3339_SIZE];
    stepden_its_format(text, its_ms);
    return text;
}

START_TEST(the_epoch_is_the_start_of_2004)
{
    ck_assert_int_eq(parsed("2004-01-01T00:00:00Z"), 0);
    ck_assert_int_eq(stepden_its_from_unix(INT64_C(1072915200000)), 0);
    ck_assert_str_eq(formatted(0), "2004-01-01T00:00:00.000Z");
}
END_TEST

START_TEST(the_example_of_the_standard_counts_one_leap_second)
{
    ck_assert_int_eq(parsed("2007-01-01T00:00:00.000Z"), 94694401000);
    ck_assert_str_eq(formatted(94694401000), "2007-01-01T00:00:00.000Z");
}
END_TEST

static const struct {
    const char *text;
    int64_t its_ms;
} check_values[] = {
    {"2006-01-01T00:00:00.000Z", 63158401000},
    {"2009-01-01T00:00:00.000Z", 157852802000},
    {"2012-07-01T00:00:00.000Z", 268185603000},
    {"2015-07-01T00:00:00.000Z", 362793604000},
    {"2017-01-01T00:00:00.000Z", 410313605000},
    {"2026-11-20T00:00:00.000Z", 722217605000},
};

START_TEST(a_day_is_86400_seconds_and_its_leap)
{
    ck_assert_int_eq(parsed(check_values[_i].text), check_values[_i].its_ms);
    ck_assert_str_eq(formatted(check_values[_i].its_ms), check_values[_i].text);
}
END_TEST

START_TEST(five_leap_seconds_have_passed_since_2017)
{
    int64_t unix_ms = INT64_C(1483228800000);
    ck_assert_int_eq(stepden_its_from_unix(unix_ms),
                     unix_ms - INT64_C(1072915200000) + 5000);
    ck_assert_int_eq(stepden_its_from_unix(unix_ms - 1),
                     unix_ms - 1 - INT64_C(1072915200000) + 4000);
}
END_TEST

static const char *const leap_days[] = {
    "2005-12-31", "2008-12-31", "2012-06-30", "2015-06-30", "2016-12-31"};

START_TEST(second_60_is_read_and_written_where_there_was_one)
{
    char text[32];

    strcpy(text, leap_days[_i]);
    strcat(text, "T23:59:60.250Z");
    int64_t in_leap = parsed(text);
    ck_assert_str_eq(formatted(in_leap), text);

    strcpy(text, leap_days[_i]);
    strcat(text, "T23:59:59.250Z");
    ck_assert_int_eq(parsed(text), in_leap - 1000);
    ck_assert_str_eq(formatted(in_leap - 1000), text);
}
END_TEST

START_TEST(second_60_depends_on_the_moment_and_not_on_the_offset)
{
    ck_assert_int_eq(parsed("2016-12-31T15:59:60-08:00"),
                     parsed("2016-12-31T23:59:60Z"));
    ck_assert_int_eq(parsed("2017-01-01T00:59:60+01:00"),
                     parsed("2016-12-31T23:59:60Z"));
}
END_TEST

START_TEST(within_a_leap_second_unix_time_stands_still)
{
    int64_t midnight = parsed("2017-01-01T00:00:00Z");
    int64_t unix_ms = stepden_its_to_unix(midnight);

    ck_assert_int_eq(unix_ms, 1483228800000);
    ck_assert_int_eq(stepden_its_to_unix(midnight - 1), unix_ms - 1);
    ck_assert_int_eq(stepden_its_to_unix(midnight - 1000), unix_ms - 1);
    ck_assert_int_eq(stepden_its_to_unix(midnight - 1001), unix_ms - 1);
    ck_assert_int_eq(stepden_its_to_unix(midnight - 1002), unix_ms - 2);
}
END_TEST

START_TEST(unix_time_survives_the_way_there_and_back)
{
    for (int64_t unix_ms = INT64_C(1072915200000);
         unix_ms < INT64_C(2000000000000); unix_ms += INT64_C(86399999) * 7) {
        int64_t its_ms = stepden_its_from_unix(unix_ms);
        ck_assert_int_eq(stepden_its_to_unix(its_ms), unix_ms);
        ck_assert_int_eq(parsed(formatted(its_ms)), its_ms);
    }
}
END_TEST

START_TEST(any_offset_means_the_same_moment)
{
    int64_t its_ms = parsed("2024-02-29T12:00:00Z");
    ck_assert_int_eq(parsed("2024-02-29T13:30:00+01:30"), its_ms);
    ck_assert_int_eq(parsed("2024-02-28T12:01:00-23:59"), its_ms);
    ck_assert_int_eq(parsed("2024-02-29T12:00:00-00:00"), its_ms);
    ck_assert_int_eq(parsed("2024-03-01T00:00:00+12:00"), its_ms);
}
END_TEST

START_TEST(lower_case_letters_are_read)
{
    ck_assert_int_eq(parsed("2024-02-29t12:00:00z"),
                     parsed("2024-02-29T12:00:00Z"));
}
END_TEST

START_TEST(fractions_are_cut_to_milliseconds)
{
    int64_t its_ms = parsed("2024-02-29T12:00:00Z");
    ck_assert_int_eq(parsed("2024-02-29T12:00:00.1Z"), its_ms + 100);
    ck_assert_int_eq(parsed("2024-02-29T12:00:00.12Z"), its_ms + 120);
    ck_assert_int_eq(parsed("2024-02-29T12:00:00.1239999999999999999999Z"),
                     its_ms + 123);
}
END_TEST

static const char *const not_a_time[] = {
    "",
    "2024-02-29",
    "2024-02-29T12:00:00",
    "2024-02-29 12:00:00Z",
    "2024-02-29T12:00:00.Z",
    "2024-02-29T12:00:00,5Z",
    "2024-02-29T12:00Z",
    "2024-2-29T12:00:00Z",
    "24-02-29T12:00:00Z00",
    "2024-02-29T12:00:00+0100",
    "2024-02-29T12:00:00+1:00",
    "2024-02-29T12:00:00+01",
    "2024-02-29T12:00:00Z ",
    " 2024-02-29T12:00:00Z",
    "2024-02-29T12:00:00ZZ",
    "2024-02-29T12:00:00+01:00Z",
    "+024-02-29T12:00:00Z",
    "2024-02-29T-1:00:00Z",
    "2024-02-29T12:00:0\357\274\221Z", /* digit one, of full width */
    "2024-02-29T12:00:00.\331\241Z",   /* digit one, Arabic-Indic */
};

START_TEST(what_is_not_rfc_3339_is_a_syntax_error)
{
    int64_t its_ms;
    ck_assert_int_eq(
        stepden_its_parse(&its_ms, not_a_time[_i], strlen(not_a_time[_i])),
        STEPDEN_ERR_SYNTAX);
}
END_TEST

static const char *const no_such_time[] = {
    "2024-00-01T12:00:00Z",      "2024-13-01T12:00:00Z",
    "2024-01-00T12:00:00Z",      "2024-04-31T12:00:00Z",
    "2023-02-29T12:00:00Z",      "2100-02-29T12:00:00Z",
    "2024-02-29T24:00:00Z",      "2024-02-29T12:60:00Z",
    "2024-02-29T12:00:61Z",      "2024-02-29T12:00:60Z",
    "2024-12-31T23:59:60Z",      "2016-12-31T22:59:60Z",
    "2024-02-29T12:00:00+24:00", "2024-02-29T12:00:00-10:60",
    "2003-12-31T23:59:59.999Z",  "2004-01-01T00:30:00+01:00",
    "2150-01-01T00:00:00Z",      "9999-12-31T23:59:59Z",
    "0000-01-01T00:00:00Z",
};

START_TEST(a_time_that_does_not_exist_is_out_of_range)
{
    int64_t its_ms;
    ck_assert_int_eq(
        stepden_its_parse(&its_ms, no_such_time[_i], strlen(no_such_time[_i])),
        STEPDEN_ERR_RANGE);
}
END_TEST

START_TEST(the_end_of_the_text_is_respected)
{
    int64_t its_ms;
    const char *text = "2024-02-29T12:00:00.123+01:00";
    for (size_t size = 0; size < strlen(text); size++) {
        ck_assert_int_eq(stepden_its_parse(&its_ms, text, size),
                         STEPDEN_ERR_SYNTAX);
    }
}
END_TEST

START_TEST(the_last_time_of_42_bits_is_read_and_written)
{
    ck_assert_str_eq(formatted(STEPDEN_ITS_MS_MAX), "2143-05-15T07:35:06.103Z");
    ck_assert_int_eq(parsed(formatted(STEPDEN_ITS_MS_MAX)), STEPDEN_ITS_MS_MAX);
}
END_TEST

START_TEST(a_time_out_of_range_is_written_as_the_nearer_end)
{
    ck_assert_str_eq(formatted(INT64_MIN), "2004-01-01T00:00:00.000Z");
    ck_assert_int_eq(parsed(formatted(INT64_MAX)), STEPDEN_ITS_MS_MAX);
}
END_TEST

#define COUNT(table) (int)(sizeof table / sizeof table[0])

int main(void)
{
    Suite *suite = suite_create("its_time");
    TCase *tests = tcase_create("its_time");
    tcase_add_test(tests, the_epoch_is_the_start_of_2004);
    tcase_add_test(tests, the_example_of_the_standard_counts_one_leap_second);
    tcase_add_loop_test(tests, a_day_is_86400_seconds_and_its_leap, 0,
                        COUNT(check_values));
    tcase_add_test(tests, five_leap_seconds_have_passed_since_2017);
    tcase_add_loop_test(tests,
                        second_60_is_read_and_written_where_there_was_one, 0,
                        COUNT(leap_days));
    tcase_add_test(tests,
                   second_60_depends_on_the_moment_and_not_on_the_offset);
    tcase_add_test(tests, within_a_leap_second_unix_time_stands_still);
    tcase_add_test(tests, unix_time_survives_the_way_there_and_back);
    tcase_add_test(tests, any_offset_means_the_same_moment);
    tcase_add_test(tests, lower_case_letters_are_read);
    tcase_add_test(tests, fractions_are_cut_to_milliseconds);
    tcase_add_loop_test(tests, what_is_not_rfc_3339_is_a_syntax_error, 0,
                        COUNT(not_a_time));
    tcase_add_loop_test(tests, a_time_that_does_not_exist_is_out_of_range, 0,
                        COUNT(no_such_time));
    tcase_add_test(tests, the_end_of_the_text_is_respected);
    tcase_add_test(tests, the_last_time_of_42_bits_is_read_and_written);
    tcase_add_test(tests, a_time_out_of_range_is_written_as_the_nearer_end);
    suite_add_tcase(suite, tests);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
