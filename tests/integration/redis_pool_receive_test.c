/* Receiving from a stream on a real server: what comes, how long it is waited
 * for, and what if the stream goes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "redis/reply.h"
#include "support/redis_pool.h"

static void set_up(void)
{
    set_up_pool();
    connection.max_connections = 2;
    make_pool();
}

static void ping(void)
{
    struct outcome outcome = {0};

    stepden_redis_ping(pool, take_outcome, &outcome);
    await_ok(&outcome);
}

static void receive_with_ttl(struct outcome *outcome, int64_t wait_ms)
{
    struct stepden_redis_wanted wanted = receive_for(wait_ms);

    wanted.ttl_s = 1000;
    *outcome = (struct outcome){0};
    stepden_redis_receive(pool, &wanted, take_outcome, outcome);
    await_ok(outcome);
}

/* Each time the ping follows the renewal over the same connection. */
START_TEST(receiving_renews_the_ttl)
{
    struct outcome outcome;

    create_group();
    receive_with_ttl(&outcome, 1); /* nothing */
    ping();
    ck_assert_int_gt(ask("PTTL " IN), 0);

    ask("PERSIST " IN);
    publish(&outcome, "v");
    await_ok(&outcome);
    receive_with_ttl(&outcome, 0);
    ck_assert_uint_eq(outcome.entry_count, 1);
    ping();
    ck_assert_int_gt(ask("PTTL " IN), 0);
}
END_TEST

static void end_loop(void *ctx, const struct stepden_redis_result *result)
{
    ck_assert_int_eq(result->status, STEPDEN_OK);
    ev_break(ctx, EVBREAK_ALL);
}

START_TEST(the_ttl_is_renewed_though_the_loop_ends_in_done)
{
    struct stepden_redis_wanted wanted = receive_for(0);

    create_group();
    wanted.ttl_s = 1000;
    stepden_redis_receive(pool, &wanted, end_loop, loop);
    ev_run(loop, 0);
    stepden_redis_free(pool);
    pool = NULL;
    for (double end = ev_time() + 30.; ask("PTTL " IN) < 0; run_ms(2))
        ck_assert_msg(ev_time() < end, "in time");
}
END_TEST

START_TEST(a_stream_made_by_receiving_has_its_ttl)
{
    struct outcome waiting = {0};
    struct stepden_redis_wanted wanted = receive_for(60000);

    wanted.ttl_s = 1000;
    stepden_redis_receive(pool, &wanted, take_outcome, &waiting);
    await_blocked(1);
    ck_assert_int_gt(ask("PTTL " IN), 0);
}
END_TEST

START_TEST(a_wait_ends_without_entries)
{
    struct outcome outcome;

    create_group();
    receive(&outcome, 50);
    await_ok(&outcome);
    ck_assert_uint_eq(outcome.entry_count, 0);
}
END_TEST

START_TEST(a_wait_ends_with_the_first_entry)
{
    struct outcome waiting;
    struct outcome published;

    create_group();
    receive(&waiting, 60000);
    await_blocked(1);
    publish(&published, "v");
    await_ok(&waiting);
    ck_assert_uint_eq(waiting.entry_count, 1);
    await_ok(&published);
}
END_TEST

START_TEST(at_most_count_entries_come)
{
    struct stepden_redis_wanted wanted = receive_for(0);
    struct outcome outcome;

    create_group();
    for (int i = 0; i < 5; i++) {
        publish(&outcome, "v");
        await_ok(&outcome);
    }
    wanted.count = 3;
    for (size_t due = 3; due > 0; due--) {
        outcome = (struct outcome){0};
        stepden_redis_receive(pool, &wanted, take_outcome, &outcome);
        await_ok(&outcome);
        ck_assert_uint_eq(outcome.entry_count, due == 1 ? 0 : due);
    }
}
END_TEST

START_TEST(what_is_pending_is_received_again_after_an_id)
{
    struct stepden_redis_wanted wanted = receive_for(60000);
    struct outcome published[3];
    struct outcome outcome;
    char command[128];

    create_group();
    for (int i = 0; i < 3; i++) {
        publish(&published[i], i == 0 ? "0" : i == 1 ? "1" : "2");
        await_ok(&published[i]);
    }
    receive(&outcome, 0);
    await_ok(&outcome);
    snprintf(command, sizeof command, "XDEL " IN " %s", published[1].id);
    ask(command);

    outcome = (struct outcome){0};
    wanted.after = "0";
    stepden_redis_receive(pool, &wanted, take_outcome, &outcome);
    await_ok(&outcome);
    ck_assert_uint_eq(outcome.entry_count, 3);
    for (int i = 0; i < 3; i++)
        ck_assert_str_eq(outcome.entries[i].id, published[i].id);
    ck_assert_str_eq(outcome.entries[0].value, "0");
    ck_assert_uint_eq(outcome.entries[1].field_count, 0);
    ck_assert_str_eq(outcome.entries[2].value, "2");

    outcome = (struct outcome){0};
    wanted.after = published[1].id;
    stepden_redis_receive(pool, &wanted, take_outcome, &outcome);
    await_ok(&outcome);
    ck_assert_uint_eq(outcome.entry_count, 1);
    ck_assert_str_eq(outcome.entries[0].id, published[2].id);
}
END_TEST

START_TEST(who_has_nothing_pending_is_told_so_at_once)
{
    struct stepden_redis_wanted wanted = receive_for(60000);
    struct outcome outcome = {0};

    wanted.after = "0";
    stepden_redis_receive(pool, &wanted, take_outcome, &outcome);
    await_ok(&outcome);
    ck_assert_uint_eq(outcome.entry_count, 0);
}
END_TEST

/* By which a group or stream goes while it is waited for. */
static const char *const removals[] = {
    "XGROUP DESTROY " IN " " GROUP,
    "DEL " IN,
    "UNLINK " IN,
    "PEXPIRE " IN " 1",
    "FLUSHALL",
};

/* So that another one of its name differs. */
static void mark_group(void)
{
    ask("XGROUP SETID " IN " " GROUP " 5-0");
}

static bool has_new_group(redisContext *client)
{
    redisReply *groups = redisCommand(client, "XINFO GROUPS " IN);
    const redisReply *id = NULL;
    bool is_new;

    if (groups->type == REDIS_REPLY_ARRAY && groups->elements == 1)
        id = stepden_reply_member(groups->element[0], "last-delivered-id");
    is_new = id != NULL && stepden_reply_is(id, "0-0");
    freeReplyObject(groups);
    return is_new;
}

static void await_new_group(void)
{
    redisContext *client = redis_server_connect(&server);

    for (double end = ev_time() + 30.; !has_new_group(client); run_ms(2))
        ck_assert_msg(ev_time() < end, "in time");
    redisFree(client);
}

START_TEST(a_group_that_goes_is_made_again_and_waited_for)
{
    struct outcome waiting;
    struct outcome published;

    create_group();
    mark_group();
    receive(&waiting, 60000);
    await_blocked(1);
    ask(removals[_i]);
    await_new_group();
    await_blocked(1);
    ck_assert_uint_eq(waiting.calls, 0);
    publish(&published, "v");
    await_ok(&waiting);
    ck_assert_uint_eq(waiting.entry_count, 1);
    await_ok(&published);
}
END_TEST

/* The BLOCK of the next XREADGROUP that the server gets. */
static int next_block_ms(redisContext *monitor)
{
    redisReply *line = NULL;
    const char *block = NULL;
    int ms = 0;

    while (block == NULL) {
        ck_assert_int_eq(redisGetReply(monitor, (void **)&line), REDIS_OK);
        block = strstr(line->str, "\"BLOCK\" \"");
        if (block != NULL)
            ms = atoi(block + strlen("\"BLOCK\" \""));
        freeReplyObject(line);
    }
    return ms;
}

START_TEST(only_the_rest_of_the_wait_follows)
{
    redisContext *monitor = redis_server_connect(&server);
    struct outcome waiting;

    create_group();
    mark_group();
    freeReplyObject(redisCommand(monitor, "MONITOR"));
    receive(&waiting, 60000);
    await_blocked(1);
    ck_assert_int_eq(next_block_ms(monitor), 60000);
    run_ms(200);
    ask("DEL " IN);
    await_new_group();
    ck_assert_int_le(next_block_ms(monitor), 60000 - 200);
    redisFree(monitor);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("redis/pool_receive");
    TCase *tests = tcase_create("receive");

    tcase_set_timeout(tests, 60);
    tcase_add_unchecked_fixture(tests, make_server_folder,
                                remove_server_folder);
    tcase_add_checked_fixture(tests, set_up, tear_down_pool);
    tcase_add_test(tests, receiving_renews_the_ttl);
    tcase_add_test(tests, the_ttl_is_renewed_though_the_loop_ends_in_done);
    tcase_add_test(tests, a_stream_made_by_receiving_has_its_ttl);
    tcase_add_test(tests, a_wait_ends_without_entries);
    tcase_add_test(tests, a_wait_ends_with_the_first_entry);
    tcase_add_test(tests, at_most_count_entries_come);
    tcase_add_test(tests, what_is_pending_is_received_again_after_an_id);
    tcase_add_test(tests, who_has_nothing_pending_is_told_so_at_once);
    tcase_add_loop_test(tests, a_group_that_goes_is_made_again_and_waited_for,
                        0, sizeof removals / sizeof removals[0]);
    tcase_add_test(tests, only_the_rest_of_the_wait_follows);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
