/* Outputs that fail: log.c. */
#include <check.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/log_bench.h"

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

START_TEST(counts_what_is_lost_and_where_it_is_lost_now)
{
    open_log("INFO", "{\"type\":\"file\",\"path\":\"@/none/log\"},"
                     "{\"type\":\"file\",\"path\":\"@/log\"}");
    ck_assert_uint_eq(stepden_log_failing(tested), 1);
    STEPDEN_LOG_INFO(tested, "one");
    STEPDEN_LOG_INFO(tested, "two");
    make_folder("none");
    now_ms += 1000;
    STEPDEN_LOG_INFO(tested, "three");
    ck_assert_uint_eq(stepden_log_failing(tested), 0);
    ck_assert_uint_eq(tested->lost, 2);
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

START_TEST(a_stream_is_tried_again_too)
{
    char path[PATH_MAX + 64];
    snprintf(path, sizeof path, "%s/stderr", folder);
    close(STDERR_FILENO);
    open_log("INFO", "{\"type\":\"stream\"}");
    STEPDEN_LOG_INFO(tested, "one");
    ck_assert_int_eq(open(path, O_WRONLY | O_CREAT, 0600), STDERR_FILENO);
    now_ms += 1000;
    STEPDEN_LOG_INFO(tested, "two");
    expect_text("stderr", "ERROR log_resumed to=\"stderr\" lost=1\nINFO two\n");
}
END_TEST

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
                       "reason=\"full, as it is not read fast enough\"\n");

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

START_TEST(what_fails_is_the_same_fault_when_it_is_opened_again)
{
    const char *handlers = "{\"type\":\"file\",\"path\":\"@/none/log\"},"
                           "{\"type\":\"file\",\"path\":\"@/log\","
                           "\"level\":\"ERROR\"}";
    open_log("INFO", handlers);
    for (int i = 0; i < 3; i++) {
        STEPDEN_LOG_INFO(tested, "n");
        reopen_log("INFO", handlers);
    }
    make_folder("none");
    reopen_log("INFO", handlers);
    expect_text("none/log", "ERROR log_resumed to=\"@/none/log\" lost=3\n");
    expect_text("log", "ERROR log_lost to=\"@/none/log\" " NO_FOLDER "\n"
                       "ERROR log_resumed to=\"@/none/log\" lost=3\n");
}
END_TEST

/* Reads until `text` of `size` bytes has `end`, or there is no more yet. */
static bool read_on(int fd, char *text, size_t size, const char *end)
{
    size_t used = strlen(text);
    ssize_t more;
    while (!strstr(text, end) &&
           (more = read(fd, text + used, size - 1 - used)) > 0) {
        used += (size_t)more;
        text[used] = '\0';
    }
    return strstr(text, end) != NULL;
}

/* A terminal takes parts of lines, and hands them on a bit later. */
START_TEST(a_line_that_is_cut_is_ended_when_it_is_opened_again)
{
    static char text[1 << 17];
    const char *handlers = "{\"type\":\"stream\"}";
    int master = posix_openpt(O_RDWR | O_NOCTTY);
    ck_assert_int_ge(master, 0);
    ck_assert_int_eq(grantpt(master), 0);
    ck_assert_int_eq(unlockpt(master), 0);
    replace_stderr(open(ptsname(master), O_RDWR | O_NOCTTY));
    open_log("INFO", handlers);
    for (int i = 0; i < 1000; i++)
        STEPDEN_LOG_INFO(tested, "n=%0999d", i);
    ck_assert(tested->output[0].outage.cut);
    reopen_log("INFO", handlers);
    fcntl(master, F_SETFL, O_NONBLOCK);
    while (!read_on(master, text, sizeof text, "ERROR log_resumed")) {
        now_ms += 1000;
        STEPDEN_LOG_INFO(tested, "on");
    }
    ck_assert_ptr_nonnull(strstr(text, "\r\nERROR log_resumed"));
    stepden_log_close(tested);
    close(master);
}
END_TEST

START_TEST(what_is_not_opened_again_tells_what_it_has_lost)
{
    open_log("INFO", "{\"type\":\"file\",\"path\":\"@/none/log\"},"
                     "{\"type\":\"file\",\"path\":\"@/log\"}");
    STEPDEN_LOG_INFO(tested, "one");
    reopen_log("INFO", "{\"type\":\"file\",\"path\":\"@/log\"}");
    expect_text("log",
                "ERROR log_lost to=\"@/none/log\" " NO_FOLDER "\n"
                "INFO one\n"
                "ERROR log_lost to=\"@/none/log\" " NO_FOLDER " lost=1\n");
}
END_TEST

START_TEST(a_slow_reader_gets_lines_and_not_only_their_number)
{
    static char text[8000];
    int ends[2];
    int lines = 0;
    int numbers = 0;
    ck_assert_int_eq(pipe(ends), 0);
    replace_stderr(ends[1]);
    open_log("INFO", "{\"type\":\"stream\"}");
    for (int i = 0; i < 6000; i++) {
        now_ms++;
        STEPDEN_LOG_INFO(tested, "one n=%0100d", i);
        if (i % 100 != 99)
            continue;
        ssize_t size = read(ends[0], text, sizeof text - 1);
        text[size] = '\0';
        for (char *at = text; (at = strstr(at, "one n=")); at++)
            lines++;
        for (char *at = text; (at = strstr(at, "log_resumed")); at++)
            numbers++;
    }
    ck_assert_int_gt(lines, 1000);
    ck_assert_int_gt(numbers, 0);
    ck_assert_int_le(numbers, 6);
    stepden_log_close(tested);
    close(ends[0]);
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

int main(void)
{
    Suite *suite = suite_create("daemon/log_faults");
    TCase *tests = tcase_create("log_faults");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, says_elsewhere_what_is_lost_and_how_much_it_was);
    tcase_add_test(tests, counts_what_is_lost_and_where_it_is_lost_now);
    tcase_add_test(tests, tries_again_once_a_second);
    tcase_add_test(tests, a_clock_set_back_delays_no_try);
    tcase_add_test(tests, a_stream_is_tried_again_too);
    tcase_add_test(tests, says_on_standard_error_what_it_can_say_nowhere_else);
    tcase_add_test(tests, does_not_wait_for_who_reads_standard_error);
    tcase_add_test(tests, says_what_comes_and_goes_once_in_ten_seconds);
    tcase_add_test(tests, says_what_is_lost_when_it_is_opened_again);
    tcase_add_test(tests, what_fails_is_the_same_fault_when_it_is_opened_again);
    tcase_add_test(tests, a_line_that_is_cut_is_ended_when_it_is_opened_again);
    tcase_add_test(tests, what_is_not_opened_again_tells_what_it_has_lost);
    tcase_add_test(tests, a_slow_reader_gets_lines_and_not_only_their_number);
    tcase_add_test(tests, says_that_a_file_cannot_be_rotated_and_goes_on);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
