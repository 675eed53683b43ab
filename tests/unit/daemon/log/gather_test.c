#include "daemon/log/gather.h"

#include <check.h>
#include <stdlib.h>

#include "support/log_bench.h"

static struct stepden_gather gather;

static void open_gather(uint32_t partitions)
{
    open_log("INFO", "{\"type\":\"file\",\"path\":\"@/log\"}");
    gather = (struct stepden_gather){.log = tested, .partitions = partitions};
}

static void note(uint32_t partition, const char *text)
{
    STEPDEN_GATHER_NOTE(&gather, partition, STEPDEN_LOG_LEVEL_INFO, "redis",
                        NULL, 0, "text=\"%s\"", text);
}

START_TEST(the_first_is_told_at_once_and_others_together)
{
    open_gather(256);
    for (uint32_t partition = 0; partition < 256; partition += 2)
        note(partition, "connected");
    expect_text("log", "INFO redis text=\"connected\" partition=0\n");
    gather.groups[0].has[3] = true;
    stepden_gather_tell(&gather);
    ck_assert_ptr_nonnull(
        strstr(text_of("log"),
               "\nINFO redis text=\"connected\" partitions=2-4,6,8,10,"));
    ck_assert_ptr_nonnull(strstr(text_of("log"), ",252,254\n"));
}
END_TEST

START_TEST(what_differs_in_tags_and_seconds_is_alike)
{
    open_gather(3);
    note(0, "a:7: {0} is away; again in 0.5 s");
    note(1, "a:7: {1} is away; again in 11.25 s");
    note(2, "a:7: {2} is away; again in 7 s");
    stepden_gather_tell(&gather);
    expect_text("log", "INFO redis text=\"a:7: {0} is away; again in 0.5 s\""
                       " partition=0\n"
                       "INFO redis text=\"a:7: {2} is away; again in 7 s\""
                       " partitions=1-2\n");
}
END_TEST

START_TEST(what_differs_otherwise_is_not)
{
    open_gather(3);
    note(0, "127.0.0.1:7001: connected");
    note(1, "127.0.0.1:7002: connected");
    note(2, "127.0.0.1:700: connected");
    STEPDEN_GATHER_NOTE(&gather, 0, STEPDEN_LOG_LEVEL_ERROR, "redis", NULL, 0,
                        "text=\"%s\"", "127.0.0.1:7001: connected");
    expect_text("log",
                "INFO redis text=\"127.0.0.1:7001: connected\" partition=0\n"
                "INFO redis text=\"127.0.0.1:7002: connected\" partition=1\n"
                "INFO redis text=\"127.0.0.1:700: connected\" partition=2\n"
                "ERROR redis text=\"127.0.0.1:7001: connected\" partition=0\n");
}
END_TEST

START_TEST(numbers_are_added_up)
{
    open_gather(3);
    for (uint32_t partition = 0; partition < 3; partition++)
        STEPDEN_GATHER_NOTE(&gather, partition, STEPDEN_LOG_LEVEL_INFO,
                            "records_loaded", "active", 10 + partition, "%s",
                            "");
    stepden_gather_tell(&gather);
    expect_text("log", "INFO records_loaded active=10 partition=0\n"
                       "INFO records_loaded active=23 partitions=1-2\n");
}
END_TEST

START_TEST(after_they_were_told_the_next_is_a_first_one)
{
    open_gather(3);
    note(0, "lost");
    ck_assert(stepden_gather_waits(&gather));
    stepden_gather_tell(&gather);
    ck_assert(!stepden_gather_waits(&gather));
    note(1, "lost");
    expect_text("log", "INFO redis text=\"lost\" partition=0\n"
                       "INFO redis text=\"lost\" partition=1\n");
}
END_TEST

START_TEST(a_single_partition_has_no_number_and_waits_for_nobody)
{
    open_gather(1);
    note(0, "lost");
    note(0, "lost");
    ck_assert(!stepden_gather_waits(&gather));
    expect_text("log", "INFO redis text=\"lost\"\nINFO redis text=\"lost\"\n");
}
END_TEST

START_TEST(what_finds_no_place_is_told_at_once)
{
    char text[16];
    open_gather(2);
    for (int i = 0; i < STEPDEN_GATHER_GROUPS; i++) {
        snprintf(text, sizeof text, "%d", i);
        note(0, text);
    }
    note(0, "more");
    note(1, "more");
    ck_assert_ptr_nonnull(strstr(text_of("log"),
                                 "\nINFO redis text=\"more\" partition=0\n"
                                 "INFO redis text=\"more\" partition=1\n"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("daemon/log/gather");
    TCase *tests = tcase_create("gather");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, the_first_is_told_at_once_and_others_together);
    tcase_add_test(tests, what_differs_in_tags_and_seconds_is_alike);
    tcase_add_test(tests, what_differs_otherwise_is_not);
    tcase_add_test(tests, numbers_are_added_up);
    tcase_add_test(tests, after_they_were_told_the_next_is_a_first_one);
    tcase_add_test(tests,
                   a_single_partition_has_no_number_and_waits_for_nobody);
    tcase_add_test(tests, what_finds_no_place_is_told_at_once);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
