/* What the tests of the JSON runtime share. */
#ifndef STEPDEN_TESTS_JSON_SUITE_H
#define STEPDEN_TESTS_JSON_SUITE_H

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include <stepden/json/reader.h>

/* Runs `tests` as a suite of one case; returns what main returns. */
static inline int run_suite(const char *name, const TTest *const tests[],
                            size_t count)
{
    Suite *suite = suite_create(name);
    TCase *all = tcase_create(name);
    SRunner *runner;
    int failed;

    for (size_t i = 0; i < count; i++)
        tcase_add_test(all, tests[i]);
    suite_add_tcase(suite, all);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

#define RUN_SUITE(name, ...)                                                   \
    int main(void)                                                             \
    {                                                                          \
        const TTest *const tests[] = {__VA_ARGS__};                            \
        return run_suite(name, tests, sizeof(tests) / sizeof(tests[0]));       \
    }

/*
 * A copy of `text` on the heap that ends where the text ends, so that reading
 * beyond is seen; free it.
 */
static inline char *exact_copy(const char *text, size_t size)
{
    char *copy = malloc(size == 0 ? 1 : size);

    memcpy(copy, text, size);
    return copy;
}

#endif
