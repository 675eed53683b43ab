#include <check.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "daemon/log.h"

static char folder[PATH_MAX];
static struct stepden_log log_of_test;
static struct stepden_log *const tested = &log_of_test;
static struct stepden_config config;
static struct stepden_diag diag;
static int evaluations;

static int64_t now_ms;

static int64_t unix_ms(void *ctx)
{
    (void)ctx;
    return now_ms;
}

static const struct stepden_log_clock test_clock = {.unix_ms = unix_ms};

static void set_up(void)
{
    now_ms = INT64_C(1795208743007); /* 2026-11-20T21:05:43.007Z */
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

/* The folder of the test in a text, as "@". */
static const char *without_folder(const char *text)
{
    static char shorter[4096];
    size_t used = 0;
    for (size_t size = strlen(folder); *text; text++) {
        bool found = strncmp(text, folder, size) == 0;
        shorter[used++] = found ? '@' : *text;
        text += found ? size - 1 : 0;
    }
    shorter[used] = '\0';
    return shorter;
}

static void expect_text(const char *name, const char *text)
{
    ck_assert_str_eq(without_folder(text_of(name)), text);
}

static void make_folder(const char *name)
{
    char path[PATH_MAX + 64];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    ck_assert_int_eq(mkdir(path, 0700), 0);
}

#define NO_FOLDER "reason=\"No such file or directory\""

START_TEST(says_elsewhere_what_is_lost_and_how_much_it_was)
{
    open_log("INFO", "{\"type\":\"file\",\"path\":\"@/none/log\"},"
                     "{\"type\":\"file\",\"path\":\"@/log\"}");
    expect_text("log", "ERROR log_lost to=\"@/none/log\" " NO_FOLDER "\n");
    STEPDEN_LOG_INFO(tested, "one");
    STEPDEN_LOG_INFO(tested, "two");
    make_folder("none");
    now_ms += 1000;
    STEPDEN_LOG_INFO(tested, "three");
    expect_text("none/log", "ERROR log_resumed to=\"@/none/log\" lost=2\n"
                            "INFO three\n");
    expect_text("log", "ERROR log_lost to=\"@/none/log\" " NO_FOLDER "\n"
                       "INFO one\nINFO two\n"
                       "ERROR log_resumed to=\"@/none/log\" lost=2\n"
                       "INFO three\n");
}
END_TEST

START_TEST(tries_again_once_a_second)
{
    open_log("INFO", "{\"type\":\"file\",\"path\":\"@/none/log\"},"
                     "{\"type\":\"file\",\"path\":\"@/log\"}");
    make_folder("none");
    now_ms += 999;
    STEPDEN_LOG_INFO(tested, "one");
    now_ms += 1;
    STEPDEN_LOG_INFO(tested, "two");
    expect_text("none/log", "ERROR log_resumed to=\"@/none/log\" lost=1\n"
                            "INFO two\n");
}
END_TEST

START_TEST(a_clock_set_back_delays_no_try)
{
    open_log("INFO", "{\"type\":\"file\",\"path\":\"@/none/log\"},"
                     "{\"type\":\"file\",\"path\":\"@/log\"}");
    make_folder("none");
    now_ms -= 3600000;
    STEPDEN_LOG_INFO(tested, "one");
    expect_text("none/log", "ERROR log_resumed to=\"@/none/log\" lost=0\n"
                            "INFO one\n");
}
END_TEST

/* From now on standard error is the other end of this. */
static void replace_stderr(int fd)
{
    ck_assert_int_eq(dup2(fd, STDERR_FILENO), STDERR_FILENO);
    close(fd);
}

static void keep_stderr(void)
{
    char path[PATH_MAX + 64];
    snprintf(path, sizeof path, "%s/stderr", folder);
    replace_stderr(open(path, O_WRONLY | O_CREAT | O_APPEND, 0600));
}

START_TEST(says_on_standard_error_what_it_can_say_nowhere_else)
{
    keep_stderr();
    open_log("INFO", "{\"type\":\"file\",\"path\":\"@/none/log\"},"
                     "{\"type\":\"file\",\"path\":\"/dev/full\"}");
    STEPDEN_LOG_INFO(tested, "one");
    STEPDEN_LOG_INFO(tested, "two");
    stepden_log_close(tested);
    expect_text("stderr",
                "ERROR log_lost to=\"/dev/full\" "
                "reason=\"No space left on device\"\n"
                "ERROR log_lost to=\"@/none/log\" " NO_FOLDER "\n"
                "ERROR log_lost to=\"@/none/log\" " NO_FOLDER " lost=2\n"
                "ERROR log_lost to=\"/dev/full\" "
                "reason=\"No space left on device\" lost=3\n");
}
END_TEST

START_TEST(does_not_wait_for_who_reads_standard_error)
{
    int ends[2];
    ck_assert_int_eq(pipe(ends), 0);
    replace_stderr(ends[1]);
    open_log("INFO",
             "{\"type\":\"stream\"},"
             "{\"type\":\"file\",\"path\":\"@/log\",\"level\":\"ERROR\"}");
    for (int i = 0; i < 10000; i++)
        STEPDEN_LOG_INFO(tested, "n=%d", i);
    expect_text("log", "ERROR log_lost to=\"stderr\" "
                       "reason=\"Resource temporarily unavailable\"\n");

    static char text[1 << 20];
    ssize_t size = read(ends[0], text, sizeof text - 1);
    ck_assert_int_gt(size, 0);
    text[size] = '\0';
    int last = atoi(strrchr(text, '=') + 1);
    STEPDEN_LOG_INFO(tested, "on");
    size = read(ends[0], text, sizeof text - 1);
    text[size] = '\0';
    char wanted[128];
    snprintf(wanted, sizeof wanted,
             "ERROR log_resumed to=\"stderr\" lost=%d\nINFO on\n", 9999 - last);
    ck_assert_str_eq(text, wanted);
    close(ends[0]);
}
END_TEST

START_TEST(says_what_comes_and_goes_once_in_ten_seconds)
{
    open_log("INFO",
             "{\"type\":\"file\",\"path\":\"@/on/log\"},"
             "{\"type\":\"file\",\"path\":\"@/log\",\"level\":\"ERROR\"}");
    make_folder("on");
    for (int i = 0; i < 10; i++) {
        now_ms += 1100;
        STEPDEN_LOG_INFO(tested, "n");
        rename_in_folder(i % 2 == 0 ? "on" : "off", i % 2 == 0 ? "off" : "on");
    }
    expect_text("log", "ERROR log_lost to=\"@/on/log\" " NO_FOLDER "\n"
                       "ERROR log_resumed to=\"@/on/log\" lost=0\n"
                       "ERROR log_lost to=\"@/on/log\" " NO_FOLDER "\n");
}
END_TEST

START_TEST(says_what_is_lost_when_it_is_opened_again)
{
    const char *handlers = "{\"type\":\"file\",\"path\":\"@/none/log\"},"
                           "{\"type\":\"file\",\"path\":\"@/log\"}";
    open_log("INFO", handlers);
    STEPDEN_LOG_INFO(tested, "one");
    make_folder("none");
    reopen_log("INFO", handlers);
    expect_text("none/log", "ERROR log_resumed to=\"@/none/log\" lost=1\n");
}
END_TEST

START_TEST(says_that_a_file_cannot_be_rotated_and_goes_on)
{
    open_log("INFO", "{\"type\":\"timeRotate\",\"path\":\"@/log\","
                     "\"backupCount\":1}");
    make_folder("log.2026-11-01");
    STEPDEN_LOG_INFO(tested, "one");
    now_ms += 86400000;
    STEPDEN_LOG_INFO(tested, "two");
    STEPDEN_LOG_INFO(tested, "three");
    expect_text("log", "INFO one\nINFO two\n"
                       "ERROR log_not_rotated to=\"@/log\" "
                       "reason=\"Is a directory\"\nINFO three\n");
}
END_TEST

START_TEST(no_line_is_longer_than_a_file)
{
    open_log("INFO", "{\"type\":\"sizeRotate\",\"path\":\"@/log\","
                     "\"maxBytes\":20}");
    STEPDEN_LOG_INFO(tested, "event text=\"abcdefg\"");
    STEPDEN_LOG_INFO(tested, "event n=123456789");
    expect_text("log.1", "INFO event text=\"a\"\n");
    expect_text("log", "INFO event\n");
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

START_TEST(two_handlers_do_not_share_a_file)
{
    read_config("INFO", "{\"type\":\"null\"},"
                        "{\"type\":\"file\",\"path\":\"@/log\"},"
                        "{\"type\":\"sizeRotate\",\"path\":\"@/log\"}");
    ck_assert_int_eq(stepden_log_check(&config.log, &diag),
                     STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.where, "/log/handlers/2/path");
    ck_assert_str_eq(diag.reason, "found the path of handler 1 again, allowed "
                                  "is one handler a file");
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
    tcase_add_test(tests, says_elsewhere_what_is_lost_and_how_much_it_was);
    tcase_add_test(tests, tries_again_once_a_second);
    tcase_add_test(tests, a_clock_set_back_delays_no_try);
    tcase_add_test(tests, says_on_standard_error_what_it_can_say_nowhere_else);
    tcase_add_test(tests, does_not_wait_for_who_reads_standard_error);
    tcase_add_test(tests, says_what_comes_and_goes_once_in_ten_seconds);
    tcase_add_test(tests, says_what_is_lost_when_it_is_opened_again);
    tcase_add_test(tests, says_that_a_file_cannot_be_rotated_and_goes_on);
    tcase_add_test(tests, no_line_is_longer_than_a_file);
    tcase_add_test(tests, a_long_message_ends_well);
    tcase_add_test(tests, two_handlers_do_not_share_a_file);
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
