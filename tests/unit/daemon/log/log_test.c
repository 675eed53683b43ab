#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "support/log_bench.h"

static int evaluations;

static int evaluated(void)
{
    return ++evaluations;
}

START_TEST(writes_what_is_not_below_the_level)
{
    open_log("WARNING", "{\"type\":\"file\",\"path\":\"@/log\"}");
    STEPDEN_LOG_INFO(tested, "started");
    STEPDEN_LOG_WARNING(tested, "slow ms=%d", 7);
    STEPDEN_LOG_CRITICAL(tested, "failed");
    ck_assert_str_eq(text_of("log"), "WARNING slow ms=7\nCRITICAL failed\n");
}
END_TEST

START_TEST(evaluates_nothing_below_the_level)
{
    open_log("INFO", "{\"type\":\"file\",\"path\":\"@/log\"}");
    STEPDEN_LOG_DEBUG(tested, "n=%d", evaluated());
    ck_assert_int_eq(evaluations, 0);
    STEPDEN_LOG_INFO(tested, "n=%d", evaluated());
    ck_assert_int_eq(evaluations, 1);
}
END_TEST

START_TEST(writes_to_several_places_each_with_its_own_level)
{
    open_log("ERROR", "{\"type\":\"file\",\"path\":\"@/all\","
                      "\"level\":\"DEBUG\"},"
                      "{\"type\":\"file\",\"path\":\"@/errors\"},"
                      "{\"type\":\"null\"}");
    STEPDEN_LOG_DEBUG(tested, "one");
    STEPDEN_LOG_ERROR(tested, "two");
    ck_assert_str_eq(text_of("all"), "DEBUG one\nERROR two\n");
    ck_assert_str_eq(text_of("errors"), "ERROR two\n");
}
END_TEST

START_TEST(evaluates_nothing_when_it_goes_nowhere)
{
    open_log("DEBUG", "{\"type\":\"null\"}");
    STEPDEN_LOG_CRITICAL(tested, "n=%d", evaluated());
    ck_assert_int_eq(evaluations, 0);
}
END_TEST

START_TEST(rotates_by_size)
{
    open_log("INFO", "{\"type\":\"sizeRotate\",\"path\":\"@/log\","
                     "\"maxBytes\":4096,\"backupCount\":1}");
    for (int i = 0; i < 5; i++)
        STEPDEN_LOG_INFO(tested, "n=%02000d", i);
    ck_assert_uint_eq(strlen(text_of("log")), 2008);
    ck_assert_str_eq(text_of("log") + 2006, "4\n");
    ck_assert_uint_eq(strlen(text_of("log.1")), 2 * 2008);
    ck_assert_str_eq(text_of("log.1") + 2008 + 2006, "3\n");
}
END_TEST

START_TEST(a_file_has_room_for_any_line)
{
    open_log("INFO", "{\"type\":\"sizeRotate\",\"path\":\"@/log\","
                     "\"maxBytes\":4096}");
    STEPDEN_LOG_INFO(tested, "n=%04500d", 1);
    STEPDEN_LOG_INFO(tested, "text=\"%04500d\"", 1);
    ck_assert_uint_eq(strlen(text_of("log")), STEPDEN_LOG_LINE_MAX - 1);
}
END_TEST

START_TEST(a_long_message_ends_well)
{
    static char value[8192];
    memset(value, 'x', sizeof value - 1);
    open_log("INFO", "{\"type\":\"file\",\"path\":\"@/log\"}");
    STEPDEN_LOG_INFO(tested, "event text=\"%s\" n=1", value);
    const char *text = text_of("log");
    ck_assert_uint_lt(strlen(text), STEPDEN_LOG_LINE_MAX);
    ck_assert_str_eq(strrchr(text, 'x'), "x\"\n");
}
END_TEST

START_TEST(refuses_a_format_that_does_not_hold_together)
{
    const char *json = "{\"stationId\":1,\"log\":{\"format\":\"%(none)s\"}}";
    ck_assert_int_eq(stepden_config_read(&config, json, strlen(json), &diag),
                     STEPDEN_OK);
    ck_assert_int_eq(
        stepden_log_open(tested, &config.log, "north", &test_clock, &diag),
        STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.where, "/log/format");
}
END_TEST

START_TEST(goes_on_in_a_new_file_when_it_is_opened_again)
{
    const char *handler = "{\"type\":\"file\",\"path\":\"@/log\"}";
    open_log("INFO", handler);
    STEPDEN_LOG_INFO(tested, "one");
    rename_in_folder("log", "old");
    reopen_log("INFO", handler);
    STEPDEN_LOG_INFO(tested, "two");
    ck_assert_str_eq(text_of("old"), "INFO one\n");
    ck_assert_str_eq(text_of("log"), "INFO two\n");
}
END_TEST

START_TEST(takes_over_another_configuration)
{
    open_log("WARNING", "{\"type\":\"file\",\"path\":\"@/one\"}");
    reopen_log("DEBUG", "{\"type\":\"file\",\"path\":\"@/two\"}");
    STEPDEN_LOG_DEBUG(tested, "n");
    reopen_log("INFO", "{\"type\":\"null\"}");
    STEPDEN_LOG_CRITICAL(tested, "n=%d", evaluated());
    ck_assert_int_eq(evaluations, 0);
    ck_assert_str_eq(text_of("one"), "");
    ck_assert_str_eq(text_of("two"), "DEBUG n\n");
}
END_TEST

START_TEST(starts_a_file_anew_at_the_first_opening_only)
{
    const char *handler =
        "{\"type\":\"file\",\"path\":\"@/log\",\"mode\":\"w\"}";
    open_log("INFO", handler);
    STEPDEN_LOG_INFO(tested, "one");
    reopen_log("INFO", handler);
    STEPDEN_LOG_INFO(tested, "two");
    ck_assert_str_eq(text_of("log"), "INFO one\nINFO two\n");
}
END_TEST

START_TEST(goes_on_unchanged_when_the_new_configuration_is_wrong)
{
    open_log("INFO", "{\"type\":\"file\",\"path\":\"@/log\"}");
    read_config("ERROR", "{\"type\":\"null\"}");
    strcpy(config.log.format, "%(none)s");
    ck_assert_int_eq(stepden_log_reopen(tested, &config.log, &diag),
                     STEPDEN_ERR_INVALID);
    STEPDEN_LOG_INFO(tested, "on");
    ck_assert_str_eq(text_of("log"), "INFO on\n");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("daemon/log");
    TCase *tests = tcase_create("log");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, writes_what_is_not_below_the_level);
    tcase_add_test(tests, evaluates_nothing_below_the_level);
    tcase_add_test(tests, writes_to_several_places_each_with_its_own_level);
    tcase_add_test(tests, evaluates_nothing_when_it_goes_nowhere);
    tcase_add_test(tests, rotates_by_size);
    tcase_add_test(tests, a_file_has_room_for_any_line);
    tcase_add_test(tests, a_long_message_ends_well);
    tcase_add_test(tests, refuses_a_format_that_does_not_hold_together);
    tcase_add_test(tests, goes_on_in_a_new_file_when_it_is_opened_again);
    tcase_add_test(tests, takes_over_another_configuration);
    tcase_add_test(tests, starts_a_file_anew_at_the_first_opening_only);
    tcase_add_test(tests,
                   goes_on_unchanged_when_the_new_configuration_is_wrong);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
