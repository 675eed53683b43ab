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

int main(void)
{
    Suite *suite = suite_create("date_time");
    TCase *all = tcase_create("date_time");
    SRunner *runner;
    int failed;

    tcase_add_test(all, any_year_is_fine);
    tcase_add_test(all, second_60_ends_a_month_of_utc);
    suite_add_tcase(suite, all);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
