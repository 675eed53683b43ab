#include <check.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/log.h"

static char folder[PATH_MAX];
static struct stepden_log log_of_test;
static struct stepden_log *const tested = &log_of_test;
static struct stepden_config config;
static struct stepden_diag diag;
static int evaluations;

/* 2026-11-20T21:05:43.007Z */
static int64_t unix_ms(void *ctx)
{
    (void)ctx;
    return INT64_C(1795208743007);
}

static const struct stepden_log_clock test_clock = {.unix_ms = unix_ms};

static void set_up(void)
{
    const char *temporary = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%s/log_XXXXXX",
             temporary ? temporary : P_tmpdir);
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void tear_down(void)
{
    char command[PATH_MAX + 16];
    stepden_log_close(tested);
    snprintf(command, sizeof command, "rm -r '%s'", folder);
    ck_assert_int_eq(system(command), 0);
}

/* Reads a log with these handlers, in which "@" stands for the folder. */
static void read_config(const char *level, const char *handlers)
{
    static char json[3 * PATH_MAX];
    size_t used = (size_t)snprintf(json, sizeof json,
                                   "{\"stationId\":1,\"log\":{\"level\":\"%s\","
                                   "\"format\":\"%%(levelname)s %%(message)s\","
                                   "\"handlers\":[",
                                   level);
    for (; *handlers; handlers++)
        used += (size_t)snprintf(json + used, sizeof json - used,
                                 *handlers == '@' ? "%s" : "%.1s",
                                 *handlers == '@' ? folder : handlers);
    used += (size_t)snprintf(json + used, sizeof json - used, "]}}");
    ck_assert_int_eq(stepden_config_read(&config, json, used, &diag),
                     STEPDEN_OK);
}

static void open_log(const char *level, const char *handlers)
{
    read_config(level, handlers);
    ck_assert_int_eq(
        stepden_log_open(tested, &config.log, "north", &test_clock, &diag),
        STEPDEN_OK);
}

static void reopen_log(const char *level, const char *handlers)
{
    read_config(level, handlers);
    ck_assert_int_eq(stepden_log_reopen(tested, &config.log, &diag),
                     STEPDEN_OK);
}

static void rename_in_folder(const char *from, const char *to)
{
    char old_path[PATH_MAX + 64];
    char new_path[PATH_MAX + 64];
    snprintf(old_path, sizeof old_path, "%s/%s", folder, from);
    snprintf(new_path, sizeof new_path, "%s/%s", folder, to);
    ck_assert_int_eq(rename(old_path, new_path), 0);
}

static const char *text_of(const char *name)
{
    static char text[4096];
    char path[PATH_MAX + 64];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "r");
    ck_assert_ptr_nonnull(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    return text;
}

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
                     "\"maxBytes\":20,\"backupCount\":1}");
    for (int i = 0; i < 5; i++)
        STEPDEN_LOG_INFO(tested, "n=%d", i);
    ck_assert_str_eq(text_of("log"), "INFO n=4\n");
    ck_assert_str_eq(text_of("log.1"), "INFO n=2\nINFO n=3\n");
}
END_TEST

START_TEST(goes_on_when_a_file_cannot_be_written)
{
    open_log("INFO", "{\"type\":\"file\",\"path\":\"@/none/log\"},"
                     "{\"type\":\"file\",\"path\":\"@/log\"}");
    STEPDEN_LOG_INFO(tested, "one");
    ck_assert_str_eq(text_of("log"), "INFO one\n");
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
    tcase_add_test(tests, goes_on_when_a_file_cannot_be_written);
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
