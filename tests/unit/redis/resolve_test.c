/* Look-ups against a name server of the test's own, on the same loop. */
#include "redis/resolve.h"

#include <arpa/inet.h>
#include <check.h>
#include <ev.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support/name_server.h"

static struct ev_loop *loop;
static struct name_server server;
static struct stepden_resolve *resolve;
static int calls;
static size_t found;
static char addresses[4][INET6_ADDRSTRLEN];
static int port;
static char reason[128];

static void on_done(void *ctx, const struct stepden_address *list, size_t count,
                    const char *why)
{
    (void)ctx;
    calls++;
    found = count;
    for (size_t i = 0; i < count && i < 4; i++) {
        if (list[i].socket.any.sa_family != AF_INET)
            continue; /* localhost may have ::1, too */
        inet_ntop(AF_INET, &list[i].socket.v4.sin_addr, addresses[i],
                  sizeof addresses[i]);
        port = ntohs(list[i].socket.v4.sin_port);
    }
    snprintf(reason, sizeof reason, "%s", count == 0 ? why : "");
    ev_break(loop, EVBREAK_ONE);
}

static void set_up(void)
{
    loop = ev_loop_new(EVFLAG_AUTO);
    name_server_start(&server, loop);
}

static void tear_down(void)
{
    stepden_resolve_free(resolve);
    name_server_stop(&server);
    ev_loop_destroy(loop);
}

static void look_up(const char *host, int64_t deadline_ms)
{
    resolve = stepden_resolve_new(loop, host, 6379, server.name, deadline_ms,
                                  on_done, NULL);
    ck_assert_ptr_nonnull(resolve);
    ck_assert_int_eq(calls, 0);
}

static void run_until_done(void)
{
    ev_run(loop, 0);
    ck_assert_int_eq(calls, 1);
}

START_TEST(an_answer_brings_address_and_port)
{
    server.addresses = "10.1.2.3";
    look_up("redis.example", 60000);
    run_until_done();
    ck_assert_uint_eq(found, 1);
    ck_assert_str_eq(addresses[0], "10.1.2.3");
    ck_assert_int_eq(port, 6379);
}
END_TEST

START_TEST(all_addresses_are_told)
{
    server.addresses = "10.1.2.3 10.1.2.4 10.1.2.5";
    look_up("redis.example", 60000);
    run_until_done();
    ck_assert_uint_eq(found, 3);
}
END_TEST

START_TEST(a_name_that_is_not_there_is_told_so)
{
    look_up("redis.example", 60000);
    run_until_done();
    ck_assert_uint_eq(found, 0);
    ck_assert_str_eq(reason, "Domain name not found");
}
END_TEST

static int ticks;

static void on_tick(struct ev_loop *ticked, ev_timer *timer, int events)
{
    (void)ticked;
    (void)timer;
    (void)events;
    ticks++;
}

START_TEST(silence_ends_at_the_deadline_and_the_loop_turns_meanwhile)
{
    ev_timer tick;

    ev_timer_init(&tick, on_tick, 0.01, 0.01);
    ev_timer_start(loop, &tick);
    server.is_silent = true;
    look_up("redis.example", 300);
    run_until_done();
    ck_assert_uint_eq(found, 0);
    ck_assert_ptr_nonnull(strstr(reason, "Timeout"));
    ck_assert_int_ge(server.questions, 2);
    ck_assert_int_ge(ticks, 2);
}
END_TEST

START_TEST(what_is_ended_under_way_is_not_told)
{
    server.is_silent = true;
    look_up("redis.example", 60000);
    while (server.questions == 0)
        ev_run(loop, EVRUN_ONCE);
    stepden_resolve_free(resolve);
    resolve = NULL;
    ck_assert_int_eq(calls, 0);
}
END_TEST

START_TEST(localhost_needs_no_name_server)
{
    server.is_silent = true;
    resolve = stepden_resolve_new(loop, "localhost", 6379, server.name, 60000,
                                  on_done, NULL);
    ck_assert_int_eq(calls, 0);
    run_until_done();
    ck_assert_uint_ge(found, 1);
    ck_assert_int_eq(server.questions, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("redis/resolve");
    TCase *tests = tcase_create("resolve");
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, an_answer_brings_address_and_port);
    tcase_add_test(tests, all_addresses_are_told);
    tcase_add_test(tests, a_name_that_is_not_there_is_told_so);
    tcase_add_test(tests,
                   silence_ends_at_the_deadline_and_the_loop_turns_meanwhile);
    tcase_add_test(tests, what_is_ended_under_way_is_not_told);
    tcase_add_test(tests, localhost_needs_no_name_server);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
