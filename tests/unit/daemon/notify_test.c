#include <check.h>
#include <limits.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "daemon/notify.h"

static int manager;
static struct stepden_notify tested;

/* With a name of its own, which `name` gets. */
static void listen_abstractly(char name[32])
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int size = snprintf(address.sun_path, sizeof address.sun_path,
                        "@stepden-%d", getpid());
    strcpy(name, address.sun_path);
    address.sun_path[0] = '\0';
    size += (int)offsetof(struct sockaddr_un, sun_path);
    ck_assert_int_eq(
        bind(manager, (struct sockaddr *)&address, (socklen_t)size), 0);
}

static void set_up(void)
{
    manager = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0);
    ck_assert_int_ge(manager, 0);
}

static void tear_down(void)
{
    stepden_notify_close(&tested);
    close(manager);
}

static const char *received(void)
{
    static char text[128];
    ssize_t size = recv(manager, text, sizeof text - 1, 0);
    if (size < 0)
        return "";
    text[size] = '\0';
    return text;
}

START_TEST(tells_a_manager_with_an_abstract_name)
{
    char name[32];
    listen_abstractly(name);
    stepden_notify_open(&tested, name);
    ck_assert(stepden_notify_is_open(&tested));
    ck_assert(stepden_notify_send(&tested, "READY=%d\nSTATUS=%s", 1, "well"));
    ck_assert_str_eq(received(), "READY=1\nSTATUS=well");
}
END_TEST

START_TEST(tells_a_manager_with_a_path)
{
    const char *temporary = getenv("TMPDIR");
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    char folder[64];
    snprintf(folder, sizeof folder, "%s/notify_XXXXXX",
             temporary ? temporary : P_tmpdir);
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(address.sun_path, sizeof address.sun_path, "%s/socket", folder);
    ck_assert_int_eq(bind(manager, (struct sockaddr *)&address, sizeof address),
                     0);
    stepden_notify_open(&tested, address.sun_path);
    bool sent = stepden_notify_send(&tested, "READY=1");
    unlink(address.sun_path);
    rmdir(folder);
    ck_assert(sent);
    ck_assert_str_eq(received(), "READY=1");
}
END_TEST

START_TEST(says_when_a_manager_got_nothing)
{
    char name[32];
    listen_abstractly(name);
    close(manager);
    stepden_notify_open(&tested, name);
    ck_assert(!stepden_notify_send(&tested, "READY=1"));
}
END_TEST

START_TEST(does_not_wait_for_a_manager_that_does_not_listen)
{
    char name[32];
    listen_abstractly(name);
    stepden_notify_open(&tested, name);
    while (stepden_notify_send(&tested, "WATCHDOG=1"))
        continue;
    ck_assert_str_eq(received(), "WATCHDOG=1");
    ck_assert(stepden_notify_send(&tested, "WATCHDOG=1"));
}
END_TEST

START_TEST(tells_nobody_without_a_manager)
{
    char long_name[sizeof tested.address.sun_path + 1];
    memset(long_name, '/', sizeof long_name);
    long_name[sizeof long_name - 1] = '\0';
    const char *const names[] = {NULL, "", "@", "/", "vsock:2:1", long_name};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        stepden_notify_open(&tested, names[i]);
        ck_assert(!stepden_notify_is_open(&tested));
        ck_assert(!stepden_notify_send(&tested, "READY=1"));
    }
}
END_TEST

START_TEST(feeds_the_watchdog_twice_in_its_time)
{
    ck_assert_int_eq(stepden_notify_watchdog_us("30000000", "7", 7), 15000000);
    ck_assert_int_eq(stepden_notify_watchdog_us("30000000", NULL, 7), 15000000);
}
END_TEST

START_TEST(feeds_no_watchdog_that_does_not_wait_for_it)
{
    static const char *const times[] = {NULL, "", "0", "1", "-4", "4s", "s"};
    for (size_t i = 0; i < sizeof times / sizeof *times; i++)
        ck_assert_int_eq(stepden_notify_watchdog_us(times[i], "7", 7), 0);
    ck_assert_int_eq(stepden_notify_watchdog_us("30000000", "8", 7), 0);
    ck_assert_int_eq(stepden_notify_watchdog_us("30000000", "", 7), 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("daemon/notify");
    TCase *tests = tcase_create("notify");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, tells_a_manager_with_an_abstract_name);
    tcase_add_test(tests, tells_a_manager_with_a_path);
    tcase_add_test(tests, says_when_a_manager_got_nothing);
    tcase_add_test(tests, does_not_wait_for_a_manager_that_does_not_listen);
    tcase_add_test(tests, tells_nobody_without_a_manager);
    tcase_add_test(tests, feeds_the_watchdog_twice_in_its_time);
    tcase_add_test(tests, feeds_no_watchdog_that_does_not_wait_for_it);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
