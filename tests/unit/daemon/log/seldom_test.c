#include <check.h>
#include <stdlib.h>

#include "daemon/log/seldom.h"

static struct stepden_seldom seldom;

static void set_up(void)
{
    seldom = (struct stepden_seldom){.untold = 0};
}

static uint64_t told(int64_t mono_ms)
{
    return stepden_seldom_tell(&seldom, mono_ms);
}

START_TEST(tells_of_the_first_at_once)
{
    ck_assert_int_eq(stepden_seldom_due_at(&seldom), INT64_MAX);
    ck_assert_uint_eq(told(5), 0);
    seldom.untold += 3;
    ck_assert_uint_eq(told(5), 3);
    ck_assert_uint_eq(told(5), 0);
    ck_assert_int_eq(stepden_seldom_due_at(&seldom), INT64_MAX);
}
END_TEST

START_TEST(tells_of_the_others_ten_seconds_later)
{
    seldom.untold++;
    ck_assert_uint_eq(told(5), 1);
    seldom.untold += 2;
    ck_assert_int_eq(stepden_seldom_due_at(&seldom), 10005);
    ck_assert_uint_eq(told(10004), 0);
    seldom.untold += 4;
    ck_assert_uint_eq(told(10005), 6);
    ck_assert_uint_eq(told(20005), 0);
    seldom.untold++;
    ck_assert_uint_eq(told(20005), 1);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("daemon/seldom");
    TCase *tests = tcase_create("seldom");
    tcase_add_checked_fixture(tests, set_up, NULL);
    tcase_add_test(tests, tells_of_the_first_at_once);
    tcase_add_test(tests, tells_of_the_others_ten_seconds_later);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
