#include "daemon/files.h"

#include <check.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/diag.h"

/* In a process of its own, as a hard limit cannot be raised again: the limit
 * that it has after that, or 0 if it was refused. */
static unsigned limit_after(rlim_t soft, rlim_t hard, uint32_t partitions,
                            const char *reason)
{
    unsigned limit = 0;
    int ends[2];
    ck_assert_int_eq(pipe(ends), 0);
    pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        struct rlimit own = {.rlim_cur = soft, .rlim_max = hard};
        struct stepden_diag diag = {.reason = ""};
        setrlimit(RLIMIT_NOFILE, &own);
        if (stepden_files_allow(partitions, &diag) == STEPDEN_OK &&
            getrlimit(RLIMIT_NOFILE, &own) == 0)
            limit = (unsigned)own.rlim_cur;
        bool is_said = strstr(diag.reason, reason) != NULL;
        if (write(ends[1], &limit, sizeof limit) != sizeof limit || !is_said)
            _exit(1);
        _exit(0);
    }
    int status;
    waitpid(child, &status, 0);
    ck_assert_int_eq(status, 0);
    ck_assert_int_eq(read(ends[0], &limit, sizeof limit), sizeof limit);
    close(ends[0]);
    close(ends[1]);
    return limit;
}

START_TEST(a_limit_that_suffices_stays)
{
    ck_assert_uint_eq(limit_after(900, 1000, 1, ""), 900);
}
END_TEST

START_TEST(a_limit_that_is_too_low_is_raised_to_what_is_needed)
{
    ck_assert_uint_eq(limit_after(20, 1000, 10, ""), 178);
    ck_assert_uint_eq(limit_after(20, 178, 10, ""), 178);
}
END_TEST

START_TEST(a_hard_limit_that_is_too_low_is_named)
{
    ck_assert_uint_eq(limit_after(20, 177, 10, "the hard limit is 177"), 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("daemon/files");
    TCase *tests = tcase_create("files");
    tcase_add_test(tests, a_limit_that_suffices_stays);
    tcase_add_test(tests, a_limit_that_is_too_low_is_raised_to_what_is_needed);
    tcase_add_test(tests, a_hard_limit_that_is_too_low_is_named);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
