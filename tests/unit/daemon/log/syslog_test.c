#include <check.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "daemon/log/syslog.h"

/* 2026-11-20T21:05:43.007Z */
#define TIME_MS INT64_C(1795208743007)

static char folder[PATH_MAX];
static const char path[] = "log"; /* the name of a socket is short */
static int receiver;
static struct stepden_log_syslog tested;

static void receive_here(void)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    strcpy(address.sun_path, path);
    unlink(path);
    receiver = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0);
    ck_assert_int_ge(receiver, 0);
    ck_assert_int_eq(
        bind(receiver, (struct sockaddr *)&address, sizeof address), 0);
}

static int open_with_name(const char *name)
{
    return stepden_log_syslog_open(
        &tested, path, STEPDEN_LOG_HANDLER_SYSLOG_FACILITY_DAEMON, name, 1234);
}

static void set_up(void)
{
    const char *temporary = getenv("TMPDIR");
    setenv("TZ", "UTC", 1);
    snprintf(folder, sizeof folder, "%s/syslog_XXXXXX",
             temporary ? temporary : P_tmpdir);
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(chdir(folder), 0);
    receive_here();
}

static void tear_down(void)
{
    stepden_log_syslog_close(&tested);
    close(receiver);
    unlink(path);
    rmdir(folder);
}

static int send_line(enum stepden_log_level level, const char *line)
{
    return stepden_log_syslog_write(&tested, level, line, strlen(line),
                                    TIME_MS);
}

static const char *received(void)
{
    static char text[4096];
    ssize_t size = recv(receiver, text, sizeof text - 1, 0);
    if (size < 0)
        return NULL;
    text[size] = '\0';
    return text;
}

START_TEST(sends_a_line_as_syslog_does)
{
    ck_assert_int_eq(open_with_name("north"), 0);
    ck_assert_int_eq(send_line(STEPDEN_LOG_LEVEL_INFO, "started n=1"), 0);
    ck_assert_str_eq(received(),
                     "<30>Nov 20 21:05:43 north[1234]: started n=1");
}
END_TEST

START_TEST(a_level_is_a_priority)
{
    static const struct {
        enum stepden_log_level level;
        const char *start;
    } cases[] = {
        {STEPDEN_LOG_LEVEL_DEBUG, "<31>"},    {STEPDEN_LOG_LEVEL_INFO, "<30>"},
        {STEPDEN_LOG_LEVEL_WARNING, "<28>"},  {STEPDEN_LOG_LEVEL_ERROR, "<27>"},
        {STEPDEN_LOG_LEVEL_CRITICAL, "<26>"},
    };
    ck_assert_int_eq(open_with_name("north"), 0);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ck_assert_int_eq(send_line(cases[i].level, "x"), 0);
        ck_assert_int_eq(strncmp(received(), cases[i].start, 4), 0);
    }
}
END_TEST

START_TEST(a_name_makes_a_tag)
{
    ck_assert_int_eq(open_with_name("my: [north] one"), 0);
    ck_assert_int_eq(send_line(STEPDEN_LOG_LEVEL_INFO, "x"), 0);
    ck_assert_ptr_nonnull(strstr(received(), " my___north__one[1234]: x"));
}
END_TEST

START_TEST(waits_for_no_receiver)
{
    ck_assert_int_eq(open_with_name("north"), 0);
    int error = 0;
    for (int i = 0; i < 100000 && error == 0; i++)
        error = send_line(STEPDEN_LOG_LEVEL_INFO, "x");
    ck_assert_int_eq(error, EAGAIN);
    while (received())
        ;
    ck_assert_int_eq(send_line(STEPDEN_LOG_LEVEL_INFO, "y"), 0);
    ck_assert_ptr_nonnull(strstr(received(), ": y"));
}
END_TEST

START_TEST(finds_a_receiver_that_was_restarted)
{
    ck_assert_int_eq(open_with_name("north"), 0);
    close(receiver);
    ck_assert_int_eq(send_line(STEPDEN_LOG_LEVEL_INFO, "lost"), ECONNREFUSED);
    receive_here();
    ck_assert_int_eq(send_line(STEPDEN_LOG_LEVEL_INFO, "x"), 0);
    ck_assert_ptr_nonnull(received());
    close(receiver);
    receive_here();
    ck_assert_int_eq(send_line(STEPDEN_LOG_LEVEL_INFO, "y"), 0);
    ck_assert_ptr_nonnull(received());
}
END_TEST

START_TEST(says_that_there_is_none)
{
    unlink(path);
    ck_assert_int_eq(open_with_name("north"), ENOENT);
    ck_assert_int_eq(send_line(STEPDEN_LOG_LEVEL_INFO, "x"), ENOENT);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("daemon/log_syslog");
    TCase *tests = tcase_create("log_syslog");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, sends_a_line_as_syslog_does);
    tcase_add_test(tests, a_level_is_a_priority);
    tcase_add_test(tests, a_name_makes_a_tag);
    tcase_add_test(tests, waits_for_no_receiver);
    tcase_add_test(tests, finds_a_receiver_that_was_restarted);
    tcase_add_test(tests, says_that_there_is_none);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
