#include "daemon/pipeline.h"

#include <check.h>
#include <stdlib.h>

#include "support/log_bench.h"

START_TEST(tells_at_its_end_what_it_has_not_told_yet)
{
    const struct stepden_entry entry = {
        .id = "7-0",
        .input = STEPDEN_INPUT_CLIENT,
    };
    const struct stepden_now now = {.mono_ms = 1000};
    struct stepden_pipeline *pipeline;
    open_log("WARNING", "{\"type\":\"file\",\"path\":\"@/log\"}");
    ck_assert_int_eq(stepden_pipeline_new(&pipeline, &config, tested, &diag),
                     STEPDEN_OK);
    for (int i = 0; i < 5; i++)
        stepden_pipeline_note_rejected(pipeline, &entry, "bad", now);
    ck_assert_ptr_nonnull(strstr(text_of("log"), " count=1 "));
    ck_assert_ptr_null(strstr(text_of("log"), " count=4 "));
    stepden_pipeline_free(pipeline);
    ck_assert_ptr_nonnull(strstr(text_of("log"), " count=4 "));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("daemon/pipeline");
    TCase *tests = tcase_create("pipeline");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, tells_at_its_end_what_it_has_not_told_yet);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
