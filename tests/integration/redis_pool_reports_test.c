/* What the pool tells of its connections; on a real server. */
#include <stdio.h>
#include <string.h>

#include "support/redis_pool.h"

static unsigned told(const char *text)
{
    unsigned count = 0;

    for (const char *at = reports; (at = strstr(at, text)) != NULL; at++)
        count++;
    return count;
}

static void await_told(const char *text)
{
    double end = ev_time() + 30.;

    while (told(text) == 0) {
        ck_assert_msg(ev_time() < end, "%s in:\n%s", text, reports);
        run_ms(2);
    }
}

/* With a pause that outlasts the test, each connection fails once. */
START_TEST(what_connections_say_alike_is_told_once)
{
    struct outcome waiting[3];

    connection.max_connections = 3;
    reconnect_ms = 600000;
    make_pool();
    create_group();
    for (int i = 0; i < 3; i++)
        receive(&waiting[i], 60000);
    await_blocked(3);
    ck_assert_uint_eq(told("connected"), 1);
    redis_server_kill(&server);
    for (int i = 0; i < 3; i++)
        await_failure(&waiting[i], STEPDEN_ERR_SYSTEM, "the server closed");
    ck_assert_uint_eq(told("the server closed"), 1);
}
END_TEST

START_TEST(what_one_connection_says_again_is_told)
{
    struct outcome outcome;

    redis_server_kill(&server);
    reconnect_ms = 2;
    make_pool();
    publish(&outcome, "v");
    await_told("; 4 attempts so far");
    ck_assert_uint_eq(told("; 2 attempts so far"), 1);
}
END_TEST

/* Without that, the third time would not be. */
START_TEST(after_an_operation_a_failure_is_told_anew)
{
    struct outcome outcome;

    make_pool();
    for (unsigned i = 1; i <= 4; i++) {
        double end = ev_time() + 30.;
        publish(&outcome, "v");
        await_ok(&outcome);
        ask("CLIENT KILL TYPE normal SKIPME yes");
        while (told("the server closed") < i) {
            ck_assert_msg(ev_time() < end, "%s", reports);
            run_ms(2);
        }
    }
}
END_TEST

START_TEST(a_server_falls_silent_after_a_long_wait_and_is_told)
{
    struct outcome outcome;

    connection.health_check_interval_s = 1;
    connection.socket_timeout_s = 1;
    connection.max_connections = 1;
    make_pool();
    create_group();
    receive(&outcome, 60 * 60 * 1000);
    await_blocked(1);
    ask("XADD " IN " * f v");
    await_ok(&outcome);
    redis_server_pause(&server);
    await_told("no answer");
    redis_server_resume(&server);
}
END_TEST

static void receive_with_ttl(void)
{
    struct stepden_redis_wanted wanted = receive_for(0);
    struct outcome outcome = {0};

    wanted.ttl_s = 100;
    stepden_redis_receive(pool, &wanted, take_outcome, &outcome);
    await_ok(&outcome);
}

static void let_pexpire(const char *sign)
{
    char command[64];

    snprintf(command, sizeof command, "ACL SETUSER default %spexpire", sign);
    ask(command);
}

START_TEST(a_refused_renewal_is_told_once_until_one_is_not)
{
    connection.max_connections = 1;
    make_pool();
    let_pexpire("-");
    for (int i = 0; i < 3; i++)
        receive_with_ttl();
    await_told("PEXPIRE: NOPERM");
    ck_assert_uint_eq(told("PEXPIRE: NOPERM"), 1);
    let_pexpire("+");
    receive_with_ttl();
    let_pexpire("-");
    for (int i = 0; i < 3; i++)
        receive_with_ttl();
    ck_assert_uint_eq(told("PEXPIRE: NOPERM"), 2);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("redis/pool_reports");
    TCase *tests = tcase_create("reports");

    tcase_set_timeout(tests, 60);
    tcase_add_unchecked_fixture(tests, make_server_folder,
                                remove_server_folder);
    tcase_add_checked_fixture(tests, set_up_pool, tear_down_pool);
    tcase_add_test(tests, what_connections_say_alike_is_told_once);
    tcase_add_test(tests, what_one_connection_says_again_is_told);
    tcase_add_test(tests, after_an_operation_a_failure_is_told_anew);
    tcase_add_test(tests, a_server_falls_silent_after_a_long_wait_and_is_told);
    tcase_add_test(tests, a_refused_renewal_is_told_once_until_one_is_not);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
