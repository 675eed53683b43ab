/* The session against a real server: each input exactly once. */
#include "support/redis_echo.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "redis/session_parts.h"

/* Of the server, as the ids are. */
static int64_t server_unix_ms(void)
{
    redisReply *reply = ask("TIME");
    int64_t unix_ms = strtoll(reply->element[0]->str, NULL, 10) * 1000 +
                      strtoll(reply->element[1]->str, NULL, 10) / 1000;

    freeReplyObject(reply);
    return unix_ms;
}

START_TEST(a_commit_tells_when_its_inputs_came_and_how_long_it_took)
{
    struct echo echo;
    int64_t begin_unix_ms = server_unix_ms();

    add_inputs(INPUT_KEY, 10);
    add_inputs(CLIENT_KEY, 1);
    int64_t end_unix_ms = server_unix_ms();
    start(&echo, "one");
    run_until(owns, &echo);
    run_until(all_done, &echo);
    run_ms(10);
    ck_assert_uint_eq(echo.entered, 11);
    ck_assert_int_ge(echo.oldest_unix_ms, begin_unix_ms);
    ck_assert_int_le(echo.oldest_unix_ms, end_unix_ms);
    ck_assert_int_gt(echo.slowest_us, 0);
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(each_input_is_published_once_and_acknowledged)
{
    struct echo echo;

    add_inputs(INPUT_KEY, INPUTS);
    start(&echo, "one");
    run_until(owns, &echo);
    run_until(all_done, &echo);
    check_exactly_once();
    run_ms(10);
    ck_assert_uint_eq(echo.committed, INPUTS);
    ck_assert_uint_eq(echo.published, INPUTS);
    stepden_session_free(echo.session);
}
END_TEST

/* The connection that waits in XREAD. */
static void cut_doorbell(void)
{
    redisReply *list = ask("CLIENT LIST");
    const char *waits = strstr(list->str, "cmd=xread ");

    ck_assert_ptr_nonnull(waits);
    while (waits > list->str && waits[-1] != '\n')
        waits--;
    freeReplyObject(ask("CLIENT KILL ID %ld", strtol(waits + 3, NULL, 10)));
    freeReplyObject(list);
}

/* Without a ring they would wait for 20 s, longer than run_until does. */
START_TEST(an_entry_rings_the_doorbell_of_an_idle_owner)
{
    struct echo echo;

    config.redis.lease.timeout_ms = 60000;
    start(&echo, "one");
    run_until(owns, &echo);
    run_ms(100);
    for (int i = 0; i < 20; i++) {
        add_inputs(i % 2 == 0 ? INPUT_KEY : CLIENT_KEY, 1);
        run_until(all_done, &echo);
    }
    ck_assert_uint_lt(stepden_session_counters(echo.session)->transactions,
                      100);
    stepden_session_free(echo.session);
}
END_TEST

/* Redis is done with a transaction, and we have not looked at its answer. */
static void leave_an_answer(struct echo *echo)
{
    const struct stepden_redis_field field = {"of", 2, "timer", 5};
    long long outputs = number("XLEN", OUTPUT_KEY);

    stepden_session_publish(echo->session, &field, 1);
    stepden_session_flush(echo->session);
    stepden_link_flush(echo->session->commit);
    while (number("XLEN", OUTPUT_KEY) == outputs)
        ;
}

START_TEST(an_entry_that_rings_during_a_transaction_is_read_after_it)
{
    struct echo echo;

    config.redis.lease.timeout_ms = 60000;
    start(&echo, "one");
    run_until(owns, &echo);
    run_ms(100);
    for (int i = 0; i < 10; i++) {
        leave_an_answer(&echo);
        add_inputs(i % 2 == 0 ? INPUT_KEY : CLIENT_KEY, 1);
        echo.committed = 0;
        run_until(has_begun, &echo);
    }
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(an_entry_that_the_group_passed_over_does_not_ring_for_ever)
{
    struct echo echo;

    config.redis.lease.timeout_ms = 60000;
    start(&echo, "one");
    run_until(owns, &echo);
    run_ms(100);
    freeReplyObject(ask("XGROUP SETID %s stepden 99999999999999-0", INPUT_KEY));
    leave_an_answer(&echo);
    add_inputs(INPUT_KEY, 3);
    run_ms(500);
    ck_assert_uint_lt(stepden_session_counters(echo.session)->transactions, 20);
    add_inputs(CLIENT_KEY, 1);
    run_until(has_begun, &echo);
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(a_doorbell_that_is_cut_delays_for_a_moment)
{
    struct echo echo;

    config.redis.lease.timeout_ms = 60000;
    config.reconnect_interval_s = 60;
    start(&echo, "one");
    run_until(owns, &echo);
    run_ms(100);
    cut_doorbell();
    run_ms(20);
    add_inputs(INPUT_KEY, 1);
    run_until(all_done, &echo);
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(a_doorbell_without_rights_is_replaced_by_looking)
{
    struct echo echo;

    config.redis.lease.timeout_ms = 60000;
    freeReplyObject(ask("ACL SETUSER default -xread"));
    start(&echo, "one");
    run_until(owns, &echo);
    add_inputs(INPUT_KEY, 1);
    run_until(all_done, &echo);
    run_ms(1000);
    ck_assert_uint_lt(stepden_session_counters(echo.session)->transactions, 20);
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(a_stop_commits_what_was_read_and_releases_the_lease)
{
    struct echo echo;

    add_inputs(INPUT_KEY, INPUTS);
    start(&echo, "one");
    echo.stop_at = 100;
    run_until(has_stopped, &echo);
    ck_assert_int_eq(echo.status, STEPDEN_OK);
    ck_assert_int_eq(pending(INPUT_KEY), 0);
    ck_assert_int_eq(number("EXISTS", LEASE_KEY), 0);
    ck_assert_uint_ge(echo.committed, 100);
    ck_assert_int_eq(number("XLEN", OUTPUT_KEY), (long long)echo.committed);
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(an_idle_owner_releases_the_lease_when_it_stops)
{
    struct echo echo;

    start(&echo, "one");
    run_until(owns, &echo);
    run_ms(20);
    stepden_session_stop(echo.session);
    run_until(has_stopped, &echo);
    ck_assert_int_eq(echo.status, STEPDEN_OK);
    ck_assert_int_eq(number("EXISTS", LEASE_KEY), 0);
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(a_server_that_comes_late_is_waited_for)
{
    struct echo echo;

    redis_server_kill(&server);
    start(&echo, "one");
    run_ms(100);
    ck_assert_uint_eq(echo.acquired, 0);
    redis_server_restart(&server);
    redisFree(client);
    client = redis_server_connect(&server);
    run_until(owns, &echo);
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(outputs_of_a_timer_are_committed_by_flush)
{
    const struct stepden_redis_field field = {"of", 2, "timer", 5};
    struct echo echo;

    start(&echo, "one");
    run_until(owns, &echo);
    run_ms(20);
    stepden_session_publish(echo.session, &field, 1);
    stepden_session_forget(echo.session, "count", 5);
    stepden_session_flush(echo.session);
    run_ms(20);
    ck_assert_uint_eq(echo.published, 1);
    ck_assert_int_eq(number("XLEN", OUTPUT_KEY), 1);
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(more_records_than_one_answer_has_are_all_loaded)
{
    struct echo echo;

    freeReplyObject(ask("HSET %s count 7", RECORDS_KEY));
    for (int i = 0; i < 5000; i++)
        redisAppendCommand(client, "HSET %s %d:%d {}", RECORDS_KEY, i, i);
    for (int i = 0; i < 5000; i++) {
        redisReply *reply = NULL;
        ck_assert_int_eq(redisGetReply(client, (void **)&reply), REDIS_OK);
        freeReplyObject(reply);
    }
    start(&echo, "one");
    run_until(owns, &echo);
    ck_assert_uint_eq(echo.records, 5001);
    ck_assert_uint_eq(echo.kept, 7);
    ck_assert_uint_eq(echo.loaded, 1);
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(the_least_rights_are_enough)
{
    struct stepden_redis_connection *connection = &config.redis.connection;
    struct echo echo;

    freeReplyObject(
        ask("ACL SETUSER den on >sesame ~step:* +multi +exec +discard +watch "
            "+unwatch +get +set +del +pexpire +pttl +xadd +xack +xread "
            "+xreadgroup +xgroup|create +xinfo +xautoclaim +hset +hdel +hscan "
            "+hello +auth +client|setname +ping +type +info"));
    connection->has_username = connection->has_password = true;
    strcpy(connection->username, "den");
    connection->password.kind = STEPDEN_SECRET_PLAIN;
    strcpy(connection->password.plain, "sesame");
    add_inputs(INPUT_KEY, 10);
    start(&echo, "one");
    run_until(has_begun, &echo);
    stepden_session_stop(echo.session);
    run_until(has_stopped, &echo);
    ck_assert_int_eq(echo.status, STEPDEN_OK);
    ck_assert_int_eq(number("EXISTS", LEASE_KEY), 0);
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(the_state_file_lets_a_restart_take_over_at_once)
{
    struct echo first;
    struct echo second;

    config.redis.lease.timeout_ms = 60000;
    config.redis.lease.has_state_file = true;
    snprintf(config.redis.lease.state_file,
             sizeof config.redis.lease.state_file, "%s/state", server.folder);
    start(&first, "one");
    run_until(owns, &first);
    stepden_session_free(first.session);
    start(&second, "one");
    run_until(owns, &second);
    stepden_session_free(second.session);
}
END_TEST

START_TEST(nobody_stands_by_at_a_replica)
{
    struct echo echo;

    freeReplyObject(ask("SET %s another PX 60000", LEASE_KEY));
    start(&echo, "one");
    run_until(stands_by, &echo);
    freeReplyObject(ask("REPLICAOF 127.0.0.1 1"));
    run_until(has_obstacle, &echo);
    ck_assert(!stands_by(&echo));
    freeReplyObject(ask("REPLICAOF NO ONE"));
    run_until(stands_by, &echo);
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(a_replica_is_said_once_at_the_start)
{
    struct echo echo;

    freeReplyObject(ask("REPLICAOF 127.0.0.1 1"));
    start(&echo, "one");
    run_until(has_obstacle, &echo);
    run_ms(LEASE_MS);
    ck_assert_uint_eq(times_said(&echo, "is a replica"), 1);
    ck_assert_uint_eq(stepden_session_counters(echo.session)->refused, 0);
    freeReplyObject(ask("REPLICAOF NO ONE"));
    run_until(owns, &echo);
    stepden_session_free(echo.session);
}
END_TEST

static bool has_acquired_twice(const struct echo *echo)
{
    return echo->acquired == 2;
}

START_TEST(what_a_server_lacks_is_said_once)
{
    struct echo echo;

    freeReplyObject(ask("CONFIG SET timeout 1"));
    config.redis.lease.timeout_ms = 2000;
    start(&echo, "one");
    run_until(owns, &echo);
    freeReplyObject(ask("CLIENT KILL TYPE normal SKIPME yes"));
    run_until(has_acquired_twice, &echo);
    ck_assert_uint_eq(times_said(&echo, "appendonly is no"), 1);
    ck_assert_uint_eq(times_said(&echo, "timeout of 1 s"), 1);
    stepden_session_free(echo.session);
}
END_TEST

static void delete_lease(void)
{
    freeReplyObject(ask("DEL %s", LEASE_KEY));
}

static bool has_acquired_6_times(const struct echo *echo)
{
    return echo->acquired >= 6;
}

START_TEST(a_lease_too_short_to_be_of_use_is_tried_for_ever_more_seldom)
{
    struct echo echo;

    start(&echo, "one");
    echo.when_loaded = delete_lease;
    double begin = ev_time();
    run_until(has_acquired_6_times, &echo);
    ck_assert_double_gt(ev_time() - begin, 0.3);
    ck_assert_uint_ge(times_said(&echo, "raise redis.lease.timeout"), 5);
    echo.when_loaded = NULL;
    add_inputs(INPUT_KEY, 10);
    run_until(has_begun, &echo);
    run_until(all_done, &echo);
    check_exactly_once();
    stepden_session_free(echo.session);
}
END_TEST

int main(void)
{
    const TTest *const usual[] = {
        each_input_is_published_once_and_acknowledged,
        a_commit_tells_when_its_inputs_came_and_how_long_it_took,
        an_entry_rings_the_doorbell_of_an_idle_owner,
        an_entry_that_rings_during_a_transaction_is_read_after_it,
        an_entry_that_the_group_passed_over_does_not_ring_for_ever,
        a_doorbell_that_is_cut_delays_for_a_moment,
        a_doorbell_without_rights_is_replaced_by_looking,
        a_stop_commits_what_was_read_and_releases_the_lease,
        an_idle_owner_releases_the_lease_when_it_stops,
        a_server_that_comes_late_is_waited_for,
        outputs_of_a_timer_are_committed_by_flush,
        more_records_than_one_answer_has_are_all_loaded,
        the_least_rights_are_enough,
        the_state_file_lets_a_restart_take_over_at_once,
        nobody_stands_by_at_a_replica,
        a_replica_is_said_once_at_the_start,
        what_a_server_lacks_is_said_once,
        a_lease_too_short_to_be_of_use_is_tried_for_ever_more_seldom,
        NULL,
    };
    const TTest *const persistent[] = {NULL};

    return redis_echo_run("redis/session", usual, persistent);
}
