/* What the tests of denm share. */
#ifndef DENM_SUITE_H
#define DENM_SUITE_H

#include <check.h>

/* Runs the tests; the exit code of a test program. */
static inline int run_tests(const char *name, const TTest *const tests[],
                            size_t count)
{
    Suite *suite = suite_create(name);
    TCase *tcase = tcase_create(name);

    for (size_t i = 0; i < count; i++)
        tcase_add_test(tcase, tests[i]);
    suite_add_tcase(suite, tcase);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}

#endif
