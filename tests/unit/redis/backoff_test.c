#include "redis/backoff.h"

#include <check.h>
#include <stdlib.h>

START_TEST(pauses_double_up_to_the_longest)
{
    static const int64_t full_ms[] = {100, 200, 400, 800, 1000, 1000};

    for (unsigned i = 0; i < sizeof full_ms / sizeof full_ms[0]; i++) {
        int64_t ms = stepden_backoff_ms(i, 100, 1000);
        ck_assert_int_le(ms, full_ms[i]);
        ck_assert_int_ge(ms, full_ms[i] / 2);
    }
    ck_assert_int_le(stepden_backoff_ms(4000000000u, 100, 1000), 1000);
}
END_TEST

START_TEST(pauses_are_not_all_alike)
{
    int64_t first = stepden_backoff_jitter(1000000);
    int alike = 0;

    for (int i = 0; i < 100; i++)
        alike += stepden_backoff_jitter(1000000) == first;
    ck_assert_int_lt(alike, 10);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("redis/backoff");
    TCase *tests = tcase_create("backoff");
    tcase_add_test(tests, pauses_double_up_to_the_longest);
    tcase_add_test(tests, pauses_are_not_all_alike);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
