/* A server that refuses, hangs or forgets: nothing is doubled or lost. */
#include "support/redis_echo.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { WAIT_MS = 3 * LEASE_MS, ATTEMPTS_MAX = 40 };

static void set(const char *name, const char *value)
{
    freeReplyObject(ask("CONFIG SET %s %s", name, value));
}

/* An owner with ten inputs that it has not yet read. */
static void start_with_10(struct echo *echo)
{
    start(echo, "one");
    run_until(owns, echo);
    add_inputs(INPUT_KEY, 10);
}

/* As long as the server refuses, nothing happens, and not too often. The lease
 * lapses meanwhile and is taken again, when nothing is in the way. */
static void check_refused(struct echo *echo)
{
    run_ms(WAIT_MS);
    ck_assert_int_eq(number("XLEN", OUTPUT_KEY), 0);
    ck_assert_uint_eq(echo->committed, 0);
    ck_assert(stepden_session_is_connected(echo->session));
    run_until(has_obstacle, echo);
    ck_assert_uint_gt(stepden_session_counters(echo->session)->refused, 0);
    ck_assert_uint_lt(stepden_session_counters(echo->session)->refused,
                      ATTEMPTS_MAX);
    ck_assert_uint_eq(times_said(echo, "refused a transaction"), 1);
    ck_assert_uint_eq(times_said(echo, "takes transactions again"), 0);
}

static void check_recovery(struct echo *echo)
{
    run_until(all_done, echo);
    run_ms(LEASE_MS);
    check_exactly_once();
    ck_assert(!has_obstacle(echo));
    ck_assert_uint_eq(times_said(echo, "takes transactions again"), 1);
    stepden_session_free(echo->session);
}

START_TEST(a_full_server_loses_nothing_and_is_left_to_whom_has_room)
{
    struct echo echo;

    start_with_10(&echo);
    set("maxmemory", "1");
    check_refused(&echo);
    ck_assert_int_eq(number("EXISTS", LEASE_KEY), 0);
    set("maxmemory", "0");
    check_recovery(&echo);
}
END_TEST

START_TEST(a_master_that_becomes_a_replica_is_waited_for)
{
    struct echo echo;

    start_with_10(&echo);
    freeReplyObject(ask("REPLICAOF 127.0.0.1 1"));
    check_refused(&echo);
    freeReplyObject(ask("REPLICAOF NO ONE"));
    check_recovery(&echo);
}
END_TEST

static bool last_save_was(const char *how)
{
    redisReply *info = ask("INFO persistence");
    char line[64];
    bool was;

    snprintf(line, sizeof line, "rdb_last_bgsave_status:%s", how);
    was = strstr(info->str, line) != NULL &&
          strstr(info->str, "rdb_bgsave_in_progress:0") != NULL;
    freeReplyObject(info);
    return was;
}

static bool has_failed_to_save(const struct echo *echo)
{
    (void)echo;
    return last_save_was("err");
}

static bool has_saved(const struct echo *echo)
{
    (void)echo;
    return last_save_was("ok");
}

START_TEST(a_server_that_cannot_save_is_waited_for)
{
    char folder[sizeof server.folder + sizeof "/dump.rdb"];
    struct echo echo;

    start_with_10(&echo);
    snprintf(folder, sizeof folder, "%s/dump.rdb", server.folder);
    freeReplyObject(ask("CONFIG SET save %s", "3600 1"));
    ck_assert_int_eq(mkdir(folder, 0700), 0);
    freeReplyObject(ask("BGSAVE"));
    while (!has_failed_to_save(&echo))
        usleep(1000);
    check_refused(&echo);
    ck_assert_int_eq(rmdir(folder), 0);
    freeReplyObject(ask("BGSAVE"));
    run_until(has_saved, &echo);
    check_recovery(&echo);
}
END_TEST

START_TEST(a_pause_of_writes_only_delays)
{
    struct echo echo;

    start_with_10(&echo);
    freeReplyObject(ask("CLIENT PAUSE 60000 WRITE"));
    run_ms(WAIT_MS);
    ck_assert_int_eq(number("XLEN", OUTPUT_KEY), 0);
    freeReplyObject(ask("CLIENT UNPAUSE"));
    run_until(all_done, &echo);
    check_exactly_once();
    stepden_session_free(echo.session);
}
END_TEST

static void check_stall(long ms)
{
    struct echo echo;

    add_load();
    start(&echo, "one");
    run_until(has_begun, &echo);
    for (int i = 0; i < 3; i++) {
        redis_server_pause(&server);
        run_ms(ms);
        redis_server_resume(&server);
        run_ms(20);
    }
    run_until(all_done, &echo);
    check_exactly_once();
    ck_assert_uint_eq(echo.kept, LOAD);
    stepden_session_free(echo.session);
}

START_TEST(a_stall_shorter_than_the_lease_loses_nothing)
{
    check_stall(LEASE_MS / 2);
}
END_TEST

START_TEST(a_stall_longer_than_the_lease_loses_nothing)
{
    check_stall(2 * LEASE_MS);
}
END_TEST

START_TEST(what_is_read_ahead_of_a_stalled_server_is_bounded)
{
    struct echo echo;
    size_t most = 0;

    add_load();
    start(&echo, "one");
    run_until(has_begun, &echo);
    while (echo.published < LOAD) {
        redis_server_pause(&server);
        run_ms(5);
        redis_server_resume(&server);
        run_ms(1);
        if (echo.entries - echo.committed > most)
            most = echo.entries - echo.committed;
    }
    ck_assert_uint_le(most, 3u * config.redis.limits.max_batch);
    run_until(all_done, &echo);
    check_exactly_once();
    stepden_session_free(echo.session);
}
END_TEST

static bool answers(const struct echo *echo)
{
    redisReply *reply = redisCommand(client, "PING");
    bool pong = reply->type == REDIS_REPLY_STATUS;

    (void)echo;
    freeReplyObject(reply);
    return pong;
}

START_TEST(a_busy_script_is_waited_for)
{
    struct echo echo;
    redisContext *runs = redis_server_connect(&server);
    int written = 0;

    set("busy-reply-threshold", "20");
    start_with_10(&echo);
    redisAppendCommand(runs, "EVAL %s 0", "while true do end");
    while (!written)
        ck_assert_int_eq(redisBufferWrite(runs, &written), REDIS_OK);
    run_ms(WAIT_MS);
    ck_assert_uint_lt(stepden_session_counters(echo.session)->connects,
                      ATTEMPTS_MAX);
    ck_assert_uint_eq(echo.committed, 0);
    freeReplyObject(ask("SCRIPT KILL"));
    run_until(answers, &echo);
    run_until(all_done, &echo);
    check_exactly_once();
    stepden_session_free(echo.session);
    redisFree(runs);
}
END_TEST

static void be_user_den(void)
{
    struct stepden_redis_connection *connection = &config.redis.connection;

    freeReplyObject(ask("ACL SETUSER den on >sesame ~step:* +@all"));
    connection->has_username = connection->has_password = true;
    strcpy(connection->username, "den");
    connection->password.kind = STEPDEN_SECRET_PLAIN;
    strcpy(connection->password.plain, "sesame");
}

START_TEST(rights_that_are_taken_away_and_given_back_only_delay)
{
    struct echo echo;

    be_user_den();
    start_with_10(&echo);
    freeReplyObject(ask("ACL SETUSER den -xadd"));
    check_refused(&echo);
    ck_assert_uint_gt(times_said(&echo, "NOPERM"), 0);
    freeReplyObject(ask("ACL SETUSER den +xadd"));
    check_recovery(&echo);
}
END_TEST

START_TEST(a_password_that_is_changed_and_changed_back_only_delays)
{
    struct echo echo;

    be_user_den();
    start_with_10(&echo);
    freeReplyObject(ask("ACL SETUSER den resetpass >open"));
    freeReplyObject(ask("CLIENT KILL USER den"));
    run_until(has_lost, &echo);
    run_ms(WAIT_MS);
    ck_assert_uint_eq(echo.acquired, 1);
    ck_assert_uint_gt(times_said(&echo, "WRONGPASS"), 0);
    ck_assert_uint_lt(times_said(&echo, "WRONGPASS"), ATTEMPTS_MAX);
    freeReplyObject(ask("ACL SETUSER den >sesame"));
    run_until(all_done, &echo);
    check_exactly_once();
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(a_database_of_another_number_is_used)
{
    struct echo echo;

    config.redis.connection.db = 3;
    freeReplyObject(ask("SELECT 3"));
    start_with_10(&echo);
    run_until(all_done, &echo);
    check_exactly_once();
    freeReplyObject(ask("SELECT 0"));
    ck_assert_int_eq(number("EXISTS", OUTPUT_KEY), 0);
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(after_all_was_flushed_what_comes_is_done_once)
{
    struct echo echo;

    add_load();
    start(&echo, "one");
    for (int i = 0; i < 3; i++) {
        run_until(has_gone_on, &echo);
        echo.lost = 0;
        freeReplyObject(ask("FLUSHALL"));
        run_until(has_lost, &echo);
        ck_assert_int_eq(number("EXISTS", OUTPUT_KEY), 0);
        add_inputs(INPUT_KEY, INPUTS);
        echo.committed = 0;
    }
    run_until(owns, &echo);
    run_until(all_done, &echo);
    check_exactly_once();
    ck_assert_uint_eq(echo.kept, INPUTS);
    stepden_session_free(echo.session);
}
END_TEST

static void replace(const char *key)
{
    freeReplyObject(ask("DEL %s", key));
    freeReplyObject(ask("SET %s text", key));
}

static void check_half(const char *key, const char *not_applied)
{
    struct echo echo;

    start(&echo, "one");
    run_until(owns, &echo);
    run_ms(20);
    replace(key);
    freeReplyObject(ask("XADD %s 7-1 message 0", INPUT_KEY));
    run_until(has_stopped, &echo);
    ck_assert_int_eq(echo.status, STEPDEN_ERR_INVALID);
    ck_assert_uint_eq(times_said(&echo, not_applied), 1);
    ck_assert_uint_eq(
        times_said(&echo, "applied: XACK " INPUT_KEY " of 1 entries: 7-1"), 1);
    ck_assert_uint_eq(times_said(&echo, "1 of 7 commands were not applied"), 1);
    stepden_session_free(echo.session);
}

START_TEST(an_output_key_of_another_kind_ends_with_what_was_not_applied)
{
    check_half(OUTPUT_KEY, "not applied: XADD " OUTPUT_KEY ": WRONGTYPE");
}
END_TEST

START_TEST(a_records_key_of_another_kind_ends_with_what_was_not_applied)
{
    check_half(RECORDS_KEY, "not applied: HSET " RECORDS_KEY ": WRONGTYPE");
}
END_TEST

static bool has_named_the_kind(const struct echo *echo)
{
    return times_said(echo, INPUT_KEY ": the key holds a string") > 0;
}

START_TEST(an_input_key_of_another_kind_is_named_until_it_is_gone)
{
    struct echo echo;

    start(&echo, "one");
    run_until(owns, &echo);
    run_ms(20);
    replace(INPUT_KEY);
    run_until(has_named_the_kind, &echo);
    run_ms(WAIT_MS);
    ck_assert(!echo.stopped);
    ck_assert_uint_eq(times_said(&echo, INPUT_KEY ": the key holds a string"),
                      1);
    freeReplyObject(ask("DEL %s", INPUT_KEY));
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
        a_full_server_loses_nothing_and_is_left_to_whom_has_room,
        a_master_that_becomes_a_replica_is_waited_for,
        a_server_that_cannot_save_is_waited_for,
        a_pause_of_writes_only_delays,
        a_stall_shorter_than_the_lease_loses_nothing,
        a_stall_longer_than_the_lease_loses_nothing,
        what_is_read_ahead_of_a_stalled_server_is_bounded,
        a_busy_script_is_waited_for,
        rights_that_are_taken_away_and_given_back_only_delay,
        a_password_that_is_changed_and_changed_back_only_delays,
        a_database_of_another_number_is_used,
        after_all_was_flushed_what_comes_is_done_once,
        an_output_key_of_another_kind_ends_with_what_was_not_applied,
        a_records_key_of_another_kind_ends_with_what_was_not_applied,
        an_input_key_of_another_kind_is_named_until_it_is_gone,
        NULL,
    };
    const TTest *const persistent[] = {NULL};

    return redis_echo_run("redis/faults", usual, persistent);
}
