#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "daemon/log_put.h"

static int ends[2];
static bool cut;

static void set_up(void)
{
    cut = false;
    signal(SIGPIPE, SIG_IGN);
    ck_assert_int_eq(pipe(ends), 0);
}

static void tear_down(void)
{
    close(ends[0]);
    close(ends[1]);
}

static int put(const char *line)
{
    return stepden_log_put(ends[1], &cut, line, strlen(line));
}

static const char *received(void)
{
    static char text[64];
    ssize_t size = read(ends[0], text, sizeof text - 1);
    ck_assert_int_ge(size, 0);
    text[size] = '\0';
    return text;
}

START_TEST(writes_a_line)
{
    ck_assert_int_eq(put("one\n"), 0);
    ck_assert_str_eq(received(), "one\n");
    ck_assert(!cut);
}
END_TEST

START_TEST(ends_what_was_cut)
{
    cut = true;
    ck_assert_int_eq(put("one\n"), 0);
    ck_assert_str_eq(received(), "\none\n");
    ck_assert(!cut);
}
END_TEST

START_TEST(waits_for_nobody_who_reads_a_pipe)
{
    char line[1000];
    size_t count = 0;
    memset(line, 'x', sizeof line - 1);
    line[sizeof line - 2] = '\n';
    line[sizeof line - 1] = '\0';
    while (put(line) == 0)
        ck_assert_uint_lt(count++, 100000);
    ck_assert_int_eq(put(line), EAGAIN);
    ck_assert(!cut);
    ck_assert_int_eq(fcntl(ends[1], F_GETFL) & O_NONBLOCK, 0);

    char text[1000];
    for (; count > 0; count--)
        ck_assert_int_eq(read(ends[0], text, sizeof line - 1), sizeof line - 1);
    ck_assert_int_eq(put("on\n"), 0);
    ck_assert_str_eq(received(), "on\n");
}
END_TEST

START_TEST(says_that_nobody_reads_any_more)
{
    close(ends[0]);
    ck_assert_int_eq(put("one\n"), EPIPE);
}
END_TEST

START_TEST(says_that_a_device_is_full)
{
    int full = open("/dev/full", O_WRONLY);
    ck_assert_int_ge(full, 0);
    ck_assert_int_eq(stepden_log_put(full, &cut, "one\n", 4), ENOSPC);
    ck_assert(!cut);
    close(full);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("daemon/log_put");
    TCase *tests = tcase_create("log_put");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, writes_a_line);
    tcase_add_test(tests, ends_what_was_cut);
    tcase_add_test(tests, waits_for_nobody_who_reads_a_pipe);
    tcase_add_test(tests, says_that_nobody_reads_any_more);
    tcase_add_test(tests, says_that_a_device_is_full);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
