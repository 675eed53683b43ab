#include "daemon/log/fault.h"

#include <check.h>
#include <stdlib.h>

#include "support/log_bench.h"

static struct stepden_fault fault;
static int evaluations;

static void note(void)
{
    STEPDEN_FAULT_NOTE(&fault, tested, STEPDEN_LOG_LEVEL_WARNING, "n=%d",
                       ++evaluations);
}

static void tell(int64_t mono_ms)
{
    stepden_fault_tell(&fault, tested, STEPDEN_LOG_LEVEL_WARNING, "bad",
                       mono_ms);
}

START_TEST(tells_of_the_latest_and_how_many)
{
    open_log("WARNING", "{\"type\":\"file\",\"path\":\"@/log\"}");
    note();
    tell(1000);
    note();
    note();
    tell(1000 + STEPDEN_SELDOM_INTERVAL_MS - 1);
    tell(1000 + STEPDEN_SELDOM_INTERVAL_MS);
    expect_text("log", "WARNING bad count=1 n=1\nWARNING bad count=2 n=3\n");
}
END_TEST

START_TEST(evaluates_nothing_below_the_level)
{
    open_log("ERROR", "{\"type\":\"file\",\"path\":\"@/log\"}");
    note();
    tell(1000);
    ck_assert_int_eq(evaluations, 0);
    expect_text("log", "");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("daemon/fault");
    TCase *tests = tcase_create("fault");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, tells_of_the_latest_and_how_many);
    tcase_add_test(tests, evaluates_nothing_below_the_level);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
