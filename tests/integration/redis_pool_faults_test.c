/* The pool's connections: too few, none, broken; on a real server. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support/redis_pool.h"

static void make_pool_of(uint16_t max_connections, uint16_t available_s)
{
    connection.max_connections = max_connections;
    connection.connection_available_timeout_s = available_s;
    make_pool();
}

static long long connections(void)
{
    redisContext *client = redis_server_connect(&server);
    redisReply *reply = redisCommand(client, "CLIENT LIST");
    long long count = 0;

    for (const char *at = reply->str; (at = strstr(at, "name=test ")); at++)
        count++;
    freeReplyObject(reply);
    redisFree(client);
    return count;
}

START_TEST(connections_are_opened_as_needed_and_kept)
{
    struct outcome outcomes[8];
    struct outcome one;

    make_pool_of(3, 20);
    run_ms(20);
    ck_assert_int_eq(connections(), 0);
    publish(&one, "v");
    await_ok(&one);
    publish(&one, "v");
    await_ok(&one);
    ck_assert_int_eq(connections(), 1);
    for (int i = 0; i < 8; i++)
        publish(&outcomes[i], "v");
    for (int i = 0; i < 8; i++)
        await_ok(&outcomes[i]);
    while (connections() < 3)
        run_ms(2);
    run_ms(20);
    ck_assert_int_eq(connections(), 3);
}
END_TEST

START_TEST(as_many_wait_for_entries_as_there_are_connections)
{
    struct outcome outcomes[5];

    make_pool_of(2, 1);
    create_group();
    for (int i = 0; i < 5; i++)
        receive(&outcomes[i], 60000);
    await_blocked(2);
    for (int i = 2; i < 5; i++)
        await_failure(&outcomes[i], STEPDEN_ERR_FULL, "maxConnections");
    ck_assert_uint_eq(outcomes[0].calls + outcomes[1].calls, 0);
    for (int i = 0; i < 2; i++)
        ask("XADD " IN " * f v");
    await_ok(&outcomes[0]);
    await_ok(&outcomes[1]);
    ck_assert_uint_eq(outcomes[0].entry_count + outcomes[1].entry_count, 2);
}
END_TEST

/* Its only connection waits for an entry, and the secret has gone. */
static void make_pool_without_secret(struct outcome *waiting, uint16_t wait_s)
{
    setenv("POOL_TEST_PASSWORD", "any", 1);
    ask("CONFIG SET requirepass any");
    connection.has_password = true;
    connection.password = (struct stepden_secret){
        .kind = STEPDEN_SECRET_ENV, .env = {"POOL_TEST_PASSWORD"}};
    make_pool_of(2, wait_s);
    create_group();
    unsetenv("POOL_TEST_PASSWORD");
    receive(waiting, 60000);
}

/* It is not read again before a pause that outlasts the test. */
START_TEST(a_secret_gone_stands_against_another_connection)
{
    struct outcome waiting;
    struct outcome refused[2];

    reconnect_ms = 600000;
    make_pool_without_secret(&waiting, 1);
    publish(&refused[0], "v");
    setenv("POOL_TEST_PASSWORD", "any", 1);
    publish(&refused[1], "v");
    for (int i = 0; i < 2; i++)
        await_failure(&refused[i], STEPDEN_ERR_FULL,
                      "/redis/connection/password");
    ck_assert_uint_eq(waiting.calls, 0);
}
END_TEST

START_TEST(a_secret_that_comes_back_is_read_after_a_pause)
{
    struct outcome waiting;
    struct outcome published;

    make_pool_without_secret(&waiting, 20);
    publish(&published, "v");
    run_ms(100);
    ck_assert_uint_eq(published.calls, 0);
    setenv("POOL_TEST_PASSWORD", "any", 1);
    await_ok(&published);
}
END_TEST

START_TEST(who_came_first_is_served_first)
{
    struct outcome waiting;
    struct outcome outcomes[20];

    make_pool_of(1, 20);
    create_group();
    receive(&waiting, 60000);
    for (int i = 0; i < 20; i++)
        publish(&outcomes[i], "v");
    await_blocked(1);
    ask("XADD " IN " * f v");
    await_ok(&waiting);
    for (unsigned i = 0; i < 20; i++) {
        await_ok(&outcomes[i]);
        ck_assert_uint_eq(outcomes[i].place, waiting.place + 1 + i);
    }
}
END_TEST

START_TEST(without_a_server_the_reason_is_told)
{
    struct outcome outcome;
    char reason[192];

    redis_server_kill(&server);
    unlink(server.socket);
    make_pool_of(2, 1);
    publish(&outcome, "v");
    snprintf(reason, sizeof reason,
             "redis %s: connect: No such file or directory", server.socket);
    await_failure(&outcome, STEPDEN_ERR_SYSTEM, reason);
    ck_assert_ptr_null(strstr(outcome.reason, "next attempt"));
}
END_TEST

START_TEST(an_operation_waits_for_a_server_to_come)
{
    struct outcome outcome;

    redis_server_kill(&server);
    make_pool_of(2, 20);
    publish(&outcome, "v");
    run_ms(100);
    ck_assert_uint_eq(outcome.calls, 0);
    redis_server_restart(&server);
    await_ok(&outcome);
}
END_TEST

START_TEST(a_server_killed_ends_what_waits_on_it)
{
    struct outcome waiting;
    struct outcome published;

    make_pool_of(2, 20);
    create_group();
    receive(&waiting, 60000);
    await_blocked(1);
    redis_server_kill(&server);
    await_failure(&waiting, STEPDEN_ERR_SYSTEM, "the server closed");
    redis_server_restart(&server);
    publish(&published, "v");
    await_ok(&published);
}
END_TEST

START_TEST(nothing_is_sent_twice)
{
    struct outcome lost;
    struct outcome later;

    make_pool_of(1, 20);
    publish(&lost, "v");
    await_ok(&lost);
    redis_server_pause(&server);
    publish(&lost, "lost");
    run_ms(20);
    redis_server_kill(&server);
    await_failure(&lost, STEPDEN_ERR_SYSTEM, server.socket);
    redis_server_restart(&server);
    publish(&later, "later");
    await_ok(&later);
    ck_assert_int_eq(ask("XLEN " IN), 1);
}
END_TEST

START_TEST(a_server_that_is_silent_is_given_up)
{
    struct outcome outcome;

    connection.socket_timeout_s = 1;
    make_pool_of(1, 20);
    publish(&outcome, "v");
    await_ok(&outcome);
    redis_server_pause(&server);
    publish(&outcome, "v");
    await_failure(&outcome, STEPDEN_ERR_SYSTEM, "no answer");
    redis_server_resume(&server);
    publish(&outcome, "v");
    await_ok(&outcome);
}
END_TEST

START_TEST(a_wait_may_be_longer_than_the_socket_timeout)
{
    struct outcome outcome;

    connection.socket_timeout_s = 1;
    make_pool_of(1, 20);
    create_group();
    receive(&outcome, 1500);
    await_ok(&outcome);
    ck_assert_uint_eq(outcome.entry_count, 0);
}
END_TEST

START_TEST(a_wrong_password_is_told_and_may_become_right)
{
    struct outcome outcome;

    ask("CONFIG SET requirepass sesame");
    connection.has_password = true;
    connection.password.kind = STEPDEN_SECRET_PLAIN;
    strcpy(connection.password.plain, "wrong");
    make_pool_of(2, 1);
    publish(&outcome, "v");
    await_failure(&outcome, STEPDEN_ERR_SYSTEM, "WRONGPASS");
    redis_server_kill(&server);
    redis_server_restart(&server);
    ask("CONFIG SET requirepass wrong");
    for (outcome.status = STEPDEN_ERR_SYSTEM; outcome.status != STEPDEN_OK;) {
        publish(&outcome, "v");
        await(&outcome);
    }
}
END_TEST

static void be_busy(void *ctx, const struct stepden_redis_result *result)
{
    take_outcome(ctx, result);
    usleep(1500000);
}

START_TEST(a_slow_callback_costs_the_next_operation_nothing)
{
    struct outcome slow = {0};
    struct outcome next;

    connection.socket_timeout_s = 1;
    make_pool_of(1, 20);
    stepden_redis_ping(pool, be_busy, &slow);
    publish(&next, "v");
    await_ok(&slow);
    await_ok(&next);
}
END_TEST

START_TEST(freed_with_operations_on_the_way_none_ends)
{
    struct outcome outcomes[6];

    make_pool_of(2, 20);
    create_group();
    for (int i = 0; i < 4; i++)
        receive(&outcomes[i], 60000);
    await_blocked(2);
    publish(&outcomes[4], "v");
    outcomes[5] = (struct outcome){0};
    stepden_redis_set_ttl(pool, "", 1, take_outcome, &outcomes[5]);
    stepden_redis_free(pool);
    pool = NULL;
    await_blocked(0);
    for (int i = 0; i < 6; i++)
        ck_assert_uint_eq(outcomes[i].calls, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("redis/pool_faults");
    TCase *tests = tcase_create("faults");

    tcase_set_timeout(tests, 60);
    tcase_add_unchecked_fixture(tests, make_server_folder,
                                remove_server_folder);
    tcase_add_checked_fixture(tests, set_up_pool, tear_down_pool);
    tcase_add_test(tests, connections_are_opened_as_needed_and_kept);
    tcase_add_test(tests, as_many_wait_for_entries_as_there_are_connections);
    tcase_add_test(tests, a_secret_gone_stands_against_another_connection);
    tcase_add_test(tests, a_secret_that_comes_back_is_read_after_a_pause);
    tcase_add_test(tests, who_came_first_is_served_first);
    tcase_add_test(tests, without_a_server_the_reason_is_told);
    tcase_add_test(tests, an_operation_waits_for_a_server_to_come);
    tcase_add_test(tests, a_server_killed_ends_what_waits_on_it);
    tcase_add_test(tests, nothing_is_sent_twice);
    tcase_add_test(tests, a_server_that_is_silent_is_given_up);
    tcase_add_test(tests, a_wait_may_be_longer_than_the_socket_timeout);
    tcase_add_test(tests, a_wrong_password_is_told_and_may_become_right);
    tcase_add_test(tests, a_slow_callback_costs_the_next_operation_nothing);
    tcase_add_test(tests, freed_with_operations_on_the_way_none_ends);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
