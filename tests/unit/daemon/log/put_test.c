#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "daemon/log/put.h"

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

/* Puts lines until there is no room for one, though there may be for a part. */
static void fill(int fd)
{
    char line[999];
    int error = 0;
    memset(line, 'x', sizeof line);
    line[sizeof line - 1] = '\n';
    for (int i = 0; i < 1000000 && error == 0; i++)
        error = stepden_log_put(fd, &cut, line, sizeof line);
    ck_assert_int_eq(error, EAGAIN);
}

START_TEST(waits_for_nobody_who_reads_a_terminal)
{
    int master = posix_openpt(O_RDWR | O_NOCTTY);
    ck_assert_int_ge(master, 0);
    ck_assert_int_eq(grantpt(master), 0);
    ck_assert_int_eq(unlockpt(master), 0);
    int terminal = open(ptsname(master), O_RDWR | O_NOCTTY);
    ck_assert_int_ge(terminal, 0);
    int own = stepden_log_put_open(terminal);
    fill(own);
    ck_assert_int_eq(fcntl(terminal, F_GETFL) & O_NONBLOCK, 0);
    close(own);
    close(terminal);
    close(master);
}
END_TEST

START_TEST(waits_for_nobody_who_reads_a_socket)
{
    int sockets[2];
    ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, sockets), 0);
    int own = stepden_log_put_open(sockets[1]);
    fill(own);
    close(own);
    close(sockets[0]);
    close(sockets[1]);
}
END_TEST

static volatile sig_atomic_t alarms;

static void count_alarm(int number)
{
    (void)number;
    alarms++;
}

/* Signals end poll(2) early, and restart write(2). */
START_TEST(no_signal_makes_it_wait)
{
    struct sigaction action = {.sa_handler = count_alarm,
                               .sa_flags = SA_RESTART};
    struct itimerval often = {{0, 20}, {0, 20}};
    const struct itimerval never = {{0, 0}, {0, 0}};
    sigaction(SIGALRM, &action, NULL);
    fill(ends[1]);
    ck_assert_int_eq(setitimer(ITIMER_REAL, &often, NULL), 0);
    while (alarms < 10000)
        ck_assert_int_eq(put("one\n"), EAGAIN);
    ck_assert_int_eq(setitimer(ITIMER_REAL, &never, NULL), 0);
}
END_TEST

START_TEST(goes_on_where_the_others_are_in_a_file)
{
    FILE *file = tmpfile();
    ck_assert_ptr_nonnull(file);
    int own = stepden_log_put_open(fileno(file));
    ck_assert_int_eq(write(fileno(file), "one\n", 4), 4);
    ck_assert_int_eq(stepden_log_put(own, &cut, "two\n", 4), 0);
    ck_assert_int_eq(lseek(fileno(file), 0, SEEK_CUR), 8);
    close(own);
    fclose(file);
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
    tcase_add_test(tests, waits_for_nobody_who_reads_a_terminal);
    tcase_add_test(tests, waits_for_nobody_who_reads_a_socket);
    tcase_add_test(tests, no_signal_makes_it_wait);
    tcase_add_test(tests, goes_on_where_the_others_are_in_a_file);
    tcase_add_test(tests, says_that_nobody_reads_any_more);
    tcase_add_test(tests, says_that_a_device_is_full);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
