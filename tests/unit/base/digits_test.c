#include "base/digits.h"

#include <check.h>
#include <stdlib.h>

static char text[STEPDEN_DIGITS_MAX + 1];

static const char *all(uint64_t number)
{
    *stepden_digits_put(text, number) = '\0';
    return text;
}

static const char *last(uint64_t number, int count)
{
    *stepden_digits_put_last(text, number, count) = '\0';
    return text;
}

START_TEST(a_number_has_no_more_digits_than_it_needs)
{
    ck_assert_str_eq(all(0), "0");
    ck_assert_str_eq(all(7), "7");
    ck_assert_str_eq(all(4711), "4711");
    ck_assert_str_eq(all(UINT64_MAX), "18446744073709551615");
}
END_TEST

START_TEST(each_power_of_ten_has_a_digit_more_than_what_is_below)
{
    for (size_t i = 1; i < STEPDEN_DIGITS_MAX; i++) {
        ck_assert_uint_eq(strlen(all(stepden_powers_of_ten[i] - 1)), i);
        ck_assert_uint_eq(strtoull(text, NULL, 10),
                          stepden_powers_of_ten[i] - 1);
        ck_assert_uint_eq(strlen(all(stepden_powers_of_ten[i])), i + 1);
        ck_assert_uint_eq(strtoull(text, NULL, 10), stepden_powers_of_ten[i]);
    }
}
END_TEST

START_TEST(the_last_digits_may_be_zeros_and_leave_out_the_others)
{
    ck_assert_str_eq(last(5, 3), "005");
    ck_assert_str_eq(last(1234, 2), "34");
    ck_assert_str_eq(last(1200, 3), "200");
    ck_assert_str_eq(last(0, 7), "0000000");
    ck_assert_str_eq(last(7, 0), "");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("base/digits");
    TCase *tests = tcase_create("digits");
    tcase_add_test(tests, a_number_has_no_more_digits_than_it_needs);
    tcase_add_test(tests,
                   each_power_of_ten_has_a_digit_more_than_what_is_below);
    tcase_add_test(tests,
                   the_last_digits_may_be_zeros_and_leave_out_the_others);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
