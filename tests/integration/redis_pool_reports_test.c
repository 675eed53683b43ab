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

START_TEST(a_failure_is_told_again_after_it_had_gone)
{
    struct outcome outcome;

    make_pool();
    for (unsigned i = 1; i <= 2; i++) {
        publish(&outcome, "v");
        await_ok(&outcome);
        ck_assert_uint_eq(told("connected"), i);
        redis_server_kill(&server);
        while (told("the server closed") < i)
            run_ms(2);
        redis_server_restart(&server);
    }
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
    tcase_add_test(tests, a_failure_is_told_again_after_it_had_gone);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
