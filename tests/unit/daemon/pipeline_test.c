#include "daemon/pipeline.h"

#include <check.h>
#include <stdlib.h>

#include "support/log_bench.h"

static struct stepden_desk *desk;
static struct stepden_pipeline *pipeline;

static void make_one_of(const char *level, uint16_t partitions)
{
    open_log(level, "{\"type\":\"file\",\"path\":\"@/log\"}");
    config.redis.partitions = partitions;
    desk = stepden_desk_new(&config, tested);
    ck_assert_ptr_nonnull(desk);
    ck_assert_int_eq(
        stepden_pipeline_new(&pipeline, desk, partitions - 1u, &diag),
        STEPDEN_OK);
}

static void make(const char *level)
{
    make_one_of(level, 1);
}

static void end(void)
{
    stepden_pipeline_free(pipeline);
    stepden_desk_free(desk);
}

static const struct stepden_now at_1_s = {.mono_ms = 1000};

static const struct stepden_entry prediction = {
    .id = "7-0", .input = STEPDEN_INPUT_CRASH_PREDICTION};

static const struct stepden_entry denm = {.id = "8-0",
                                          .input = STEPDEN_INPUT_CLIENT};

START_TEST(tells_at_its_end_what_it_has_not_told_yet)
{
    make("WARNING");
    for (int i = 0; i < 5; i++)
        stepden_pipeline_note_rejected(pipeline, &denm, "bad", at_1_s);
    ck_assert_ptr_nonnull(strstr(text_of("log"), " count=1 "));
    ck_assert_ptr_null(strstr(text_of("log"), " count=4 "));
    end();
    ck_assert_ptr_nonnull(strstr(text_of("log"), " count=4 "));
}
END_TEST

START_TEST(tells_of_which_partition_it_is)
{
    make_one_of("WARNING", 4);
    stepden_pipeline_note_rejected(pipeline, &denm, "bad", at_1_s);
    end();
    ck_assert_ptr_nonnull(
        strstr(text_of("log"), " reason=\"bad\" partition=3\n"));
}
END_TEST

START_TEST(counts_rejections_by_input_and_reason)
{
    make("ERROR");
    stepden_pipeline_note_rejected(pipeline, &prediction, "large", at_1_s);
    for (int i = 0; i < 3; i++)
        stepden_pipeline_note_rejected(pipeline, &denm, "large", at_1_s);
    for (int input = 0; input < STEPDEN_INPUT_COUNT; input++)
        for (int why = 0; why < STEPDEN_REJECTION_COUNT; why++)
            ck_assert_uint_eq(desk->rejections.counts[input][why],
                              why != STEPDEN_REJECTION_TOO_LARGE ? 0
                              : input == STEPDEN_INPUT_CLIENT    ? 3
                                                                 : 1);
    end();
}
END_TEST

/* What the log says of numbers when these are the records of station 1. */
static const char *numbers_after(const char *first_field, const char *first,
                                 const char *second_field, const char *second)
{
    const struct stepden_now now = {.its_ms = INT64_C(722956655538)};
    make("INFO");
    stepden_pipeline_clear(pipeline);
    stepden_pipeline_restore(pipeline, first_field, strlen(first_field), first,
                             strlen(first), now);
    stepden_pipeline_restore(pipeline, second_field, strlen(second_field),
                             second, strlen(second), now);
    stepden_pipeline_begin(pipeline, false, now);
    end();
    const char *said = strstr(text_of("log"), "numbers_skipped");
    return said ? said : "";
}

static const char record[] =
    "[0,[100372,0,200002,0],\"1795281450226-26/2\",722956655098,444,194,0,444,"
    "20020,41000,[455578508,92595736],4,1,500,0]";

START_TEST(numbers_are_left_out_when_a_record_cannot_be_used)
{
    ck_assert_ptr_nonnull(
        strstr(numbers_after("1:7", record, "1:8", "{}"), "count=24576 "));
}
END_TEST

START_TEST(a_record_that_is_not_ours_leaves_no_numbers_out)
{
    ck_assert_str_eq(numbers_after("1:7", record, "2:8", record), "");
    ck_assert_str_eq(numbers_after("1:7", record, "1:008", record), "");
}
END_TEST

/* Its numbers are fewer, and its clock is as much slower. */
START_TEST(a_partition_leaves_out_its_part_of_the_numbers)
{
    const struct stepden_now now = {.its_ms = INT64_C(722956655538)};
    make_one_of("INFO", 256);
    stepden_pipeline_begin(pipeline, false, now);
    stepden_pipeline_begin(pipeline, true, now);
    end();
    ck_assert_ptr_nonnull(strstr(text_of("log"), "numbers_skipped count=79 "));
    ck_assert_ptr_nonnull(strstr(text_of("log"), "numbers_skipped count=96 "));
}
END_TEST

START_TEST(an_error_is_one_of_few_reasons)
{
    ck_assert_str_eq(
        stepden_rejection_text(stepden_rejection_of(STEPDEN_ERR_TRUNCATED)),
        "syntax");
    ck_assert_str_eq(
        stepden_rejection_text(stepden_rejection_of(STEPDEN_ERR_RANGE)),
        "range");
    ck_assert_str_eq(
        stepden_rejection_text(stepden_rejection_of(STEPDEN_ERR_MEMORY)),
        "invalid");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("daemon/pipeline");
    TCase *tests = tcase_create("pipeline");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, tells_at_its_end_what_it_has_not_told_yet);
    tcase_add_test(tests, tells_of_which_partition_it_is);
    tcase_add_test(tests, counts_rejections_by_input_and_reason);
    tcase_add_test(tests, numbers_are_left_out_when_a_record_cannot_be_used);
    tcase_add_test(tests, a_record_that_is_not_ours_leaves_no_numbers_out);
    tcase_add_test(tests, a_partition_leaves_out_its_part_of_the_numbers);
    tcase_add_test(tests, an_error_is_one_of_few_reasons);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
