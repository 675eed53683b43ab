#include <check.h>
#include <stdlib.h>

#include <stepden/status.h>

START_TEST(every_status_has_its_own_text)
{
    for (int one = STEPDEN_OK; one <= STEPDEN_ERR_UNSUPPORTED; one++) {
        for (int other = STEPDEN_OK; other < one; other++) {
            ck_assert_str_ne(stepden_status_text((enum stepden_status)one),
                             stepden_status_text((enum stepden_status)other));
        }
    }
}
END_TEST

START_TEST(a_status_that_does_not_exist_has_a_text_too)
{
    ck_assert_str_eq(stepden_status_text((enum stepden_status)99),
                     "unknown status");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("status");
    TCase *tests = tcase_create("status");
    tcase_add_test(tests, every_status_has_its_own_text);
    tcase_add_test(tests, a_status_that_does_not_exist_has_a_text_too);
    suite_add_tcase(suite, tests);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
