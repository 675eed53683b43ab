/* Groups that are lost: their inputs go on where they were, or anew. */
#include "support/redis_echo.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DONE_FIELD "read:" INPUT_KEY ":stepden"

static void crash(struct echo *echo)
{
    stepden_session_free(echo->session);
}

static void stop(struct echo *echo)
{
    stepden_session_stop(echo->session);
    run_until(has_stopped, echo);
    stepden_session_free(echo->session);
}

static void destroy_group(void)
{
    freeReplyObject(ask("XGROUP DESTROY %s stepden", INPUT_KEY));
}

/* A successor of a crashed one on this host takes the lease at once. */
static void use_state_file(void)
{
    config.redis.lease.has_state_file = true;
    snprintf(config.redis.lease.state_file,
             sizeof config.redis.lease.state_file, "%s/state", server.folder);
}

static void check_done_field(const char *id)
{
    redisReply *done = ask("HGET %s " DONE_FIELD, RECORDS_KEY);

    ck_assert_int_eq(done->type, REDIS_REPLY_STRING);
    ck_assert_str_eq(done->str, id);
    freeReplyObject(done);
}

static bool has_output_for_each_input(const struct echo *echo)
{
    (void)echo;
    return number("XLEN", OUTPUT_KEY) >= number("XLEN", INPUT_KEY);
}

/* A while longer, for what is too much to come. */
static void finish(struct echo *echo)
{
    run_until(has_output_for_each_input, echo);
    run_ms(LEASE_MS);
    check_exactly_once();
    crash(echo);
}

static void do_10(struct echo *echo)
{
    add_inputs(INPUT_KEY, 10);
    start(echo, "one");
    run_until(has_output_for_each_input, echo);
    run_until(owns, echo);
}

START_TEST(a_group_destroyed_while_stopped_goes_on_where_it_was)
{
    struct echo echo;

    do_10(&echo);
    stop(&echo);
    ck_assert_uint_eq(times_said(&echo, "is made again"), 0);
    destroy_group();
    add_inputs(INPUT_KEY, 10);
    start(&echo, "one");
    finish(&echo);
    ck_assert_uint_eq(echo.entries, 10);
    ck_assert_uint_eq(times_said(&echo, "it is made again after entry"), 1);
}
END_TEST

START_TEST(a_group_destroyed_before_a_takeover_goes_on_where_it_was)
{
    struct echo owner;
    struct echo standby;

    do_10(&owner);
    start(&standby, "standby");
    run_until(stands_by, &standby);
    crash(&owner);
    destroy_group();
    add_inputs(INPUT_KEY, 10);
    finish(&standby);
    ck_assert_uint_eq(standby.entries, 10);
}
END_TEST

START_TEST(a_group_destroyed_while_it_is_loaded_goes_on_where_it_was)
{
    struct echo echo;

    do_10(&echo);
    stop(&echo);
    add_inputs(INPUT_KEY, 10);
    start(&echo, "one");
    echo.when_loaded = destroy_group;
    finish(&echo);
    ck_assert_uint_eq(echo.entries, 10);
}
END_TEST

START_TEST(a_group_destroyed_with_pending_entries_repeats_these_only)
{
    struct echo echo;

    use_state_file();
    add_load();
    start(&echo, "one");
    run_until(has_begun, &echo);
    crash(&echo);
    ck_assert_int_gt(pending(INPUT_KEY), 0);
    destroy_group();
    start(&echo, "one");
    finish(&echo);
    ck_assert_uint_eq(echo.kept, LOAD);
}
END_TEST

START_TEST(a_stream_deleted_while_stopped_begins_anew)
{
    struct echo echo;

    do_10(&echo);
    stop(&echo);
    freeReplyObject(ask("DEL %s %s", INPUT_KEY, OUTPUT_KEY));
    add_inputs(INPUT_KEY, 5);
    start(&echo, "one");
    finish(&echo);
    ck_assert_uint_eq(echo.entries, 5);
}
END_TEST

START_TEST(a_new_stream_with_lower_ids_is_read_from_its_beginning)
{
    struct echo echo;

    freeReplyObject(ask("XADD %s 99999999999999-0 message 0", INPUT_KEY));
    do_10(&echo);
    stop(&echo);
    check_done_field("99999999999999-10");
    freeReplyObject(ask("DEL %s %s", INPUT_KEY, OUTPUT_KEY));
    freeReplyObject(ask("XADD %s 5-0 message 0", INPUT_KEY));
    start(&echo, "one");
    finish(&echo);
    ck_assert_uint_eq(times_said(&echo, "is read from its beginning"), 1);
    check_done_field("5-0");
    destroy_group();
    freeReplyObject(ask("XADD %s 6-0 message 0", INPUT_KEY));
    start(&echo, "one");
    finish(&echo);
    check_done_field("6-0");
}
END_TEST

/* What is asked about a stream is answered with its first and last entry. */
START_TEST(a_group_lost_by_a_stream_of_giants_goes_on_where_it_was)
{
    static char giant[5 * 1024 * 1024];
    struct echo echo;

    config.redis.limits.max_entry_bytes = 1024;
    memset(giant, 'x', sizeof giant);
    freeReplyObject(
        ask("XADD %s 5-0 message %b", INPUT_KEY, giant, sizeof giant));
    freeReplyObject(ask("HSET %s " DONE_FIELD " 5-0", RECORDS_KEY));
    add_inputs(INPUT_KEY, 10);
    start(&echo, "one");
    run_until(has_begun, &echo);
    run_ms(LEASE_MS);
    ck_assert_uint_eq(echo.entries, 10);
    ck_assert_int_eq(number("XLEN", OUTPUT_KEY), 10);
    ck_assert_int_eq(pending(INPUT_KEY), 0);
    crash(&echo);
}
END_TEST

START_TEST(a_group_of_another_name_reads_all)
{
    struct echo echo;

    do_10(&echo);
    stop(&echo);
    snprintf(config.redis.streams.inputs.crash_prediction.group_id,
             sizeof config.redis.streams.inputs.crash_prediction.group_id,
             "another");
    start(&echo, "one");
    run_until(has_begun, &echo);
    ck_assert_uint_eq(echo.entries, 10);
    crash(&echo);
}
END_TEST

START_TEST(entries_left_pending_do_not_move_the_place_back)
{
    struct echo echo;

    for (int i = 1; i <= 3; i++)
        freeReplyObject(ask("XADD %s %d-0 message 0", INPUT_KEY, i));
    freeReplyObject(ask("XGROUP CREATE %s stepden 0", INPUT_KEY));
    freeReplyObject(
        ask("XREADGROUP GROUP stepden old COUNT 2 STREAMS %s >", INPUT_KEY));
    freeReplyObject(ask("HSET %s " DONE_FIELD " 2-0", RECORDS_KEY));
    start(&echo, "one");
    run_until(has_output_for_each_input, &echo);
    check_done_field("3-0");
    finish(&echo);
}
END_TEST

START_TEST(a_place_that_is_none_is_warned_of_and_not_used)
{
    struct echo echo;

    add_inputs(INPUT_KEY, 3);
    freeReplyObject(ask("HSET %s " DONE_FIELD " over", RECORDS_KEY));
    start(&echo, "one");
    finish(&echo);
    ck_assert_uint_eq(times_said(&echo, DONE_FIELD), 1);
    ck_assert_uint_eq(times_said(&echo, "\"over\""), 1);
}
END_TEST

START_TEST(a_crash_while_a_group_is_made_anew_loses_and_repeats_nothing)
{
    struct echo echo;

    use_state_file();
    add_load();
    for (int i = 0; number("XLEN", OUTPUT_KEY) < LOAD / 2; i++) {
        start(&echo, "one");
        run_until(has_begun, &echo);
        destroy_group();
        for (int round = 0; round < i; round++)
            ev_run(loop, EVRUN_ONCE);
        crash(&echo);
    }
    start(&echo, "one");
    finish(&echo);
    ck_assert_uint_eq(echo.kept, LOAD);
}
END_TEST

static bool has_group(const struct echo *echo)
{
    redisReply *groups = ask("XINFO GROUPS %s", INPUT_KEY);
    bool has = groups->elements > 0;

    (void)echo;
    freeReplyObject(groups);
    return has;
}

/* With a transaction refused meanwhile, what was read is still open when the
 * group turns out to be lost. */
START_TEST(what_is_open_when_a_group_is_lost_outlives_a_crash)
{
    struct echo echo;

    use_state_file();
    add_load();
    while (number("XLEN", OUTPUT_KEY) < LOAD / 2) {
        start(&echo, "one");
        run_until(has_begun, &echo);
        freeReplyObject(ask("PEXPIRE %s %d", LEASE_KEY, LEASE_MS));
        destroy_group();
        run_until(has_group, &echo);
        crash(&echo);
    }
    start(&echo, "one");
    finish(&echo);
    ck_assert_uint_eq(echo.kept, LOAD);
}
END_TEST

START_TEST(a_restarted_server_is_told_apart_until_a_record_is_kept)
{
    struct echo echo;

    do_10(&echo);
    ck_assert(!echo.server_changed);
    stop(&echo);
    start(&echo, "one");
    run_until(owns, &echo);
    ck_assert(!echo.server_changed);

    redis_server_kill(&server);
    run_until(has_lost, &echo);
    redis_server_restart(&server);
    redisFree(client);
    client = redis_server_connect(&server);
    run_until(owns, &echo);
    ck_assert(echo.server_changed);
    crash(&echo);
    use_state_file();
    freeReplyObject(ask("DEL %s", LEASE_KEY));
    start(&echo, "one");
    run_until(owns, &echo);
    ck_assert(echo.server_changed);

    add_inputs(INPUT_KEY, 1);
    run_until(has_output_for_each_input, &echo);
    stop(&echo);
    start(&echo, "one");
    run_until(owns, &echo);
    ck_assert(!echo.server_changed);
    crash(&echo);
}
END_TEST

START_TEST(records_of_an_unknown_server_count_as_those_of_another)
{
    struct echo echo;

    freeReplyObject(ask("HSET %s count 7", RECORDS_KEY));
    start(&echo, "one");
    run_until(owns, &echo);
    ck_assert(echo.server_changed);
    crash(&echo);
}
END_TEST

static struct stepden_lag lag_of(const struct echo *echo)
{
    return stepden_session_lag(echo->session, STEPDEN_INPUT_CRASH_PREDICTION);
}

static bool knows_lag(const struct echo *echo)
{
    return lag_of(echo).pending >= 0;
}

static bool has_caught_up(const struct echo *echo)
{
    return lag_of(echo).undelivered == 0 && lag_of(echo).pending == 0;
}

START_TEST(an_owner_knows_how_far_its_groups_are_behind)
{
    struct echo echo;

    add_load();
    start(&echo, "one");
    ck_assert(!knows_lag(&echo));
    run_until(knows_lag, &echo);
    ck_assert_int_gt(lag_of(&echo).undelivered, LOAD / 2);
    run_until(has_caught_up, &echo);
    ck_assert(all_done(&echo));
    freeReplyObject(ask("SET %s somebody PX 60000", LEASE_KEY));
    run_until(has_lost, &echo);
    ck_assert(!knows_lag(&echo));
    stepden_session_free(echo.session);
}
END_TEST

int main(void)
{
    const TTest *const usual[] = {
        a_group_destroyed_while_stopped_goes_on_where_it_was,
        a_group_destroyed_before_a_takeover_goes_on_where_it_was,
        a_group_destroyed_while_it_is_loaded_goes_on_where_it_was,
        a_group_destroyed_with_pending_entries_repeats_these_only,
        a_stream_deleted_while_stopped_begins_anew,
        a_new_stream_with_lower_ids_is_read_from_its_beginning,
        a_group_lost_by_a_stream_of_giants_goes_on_where_it_was,
        a_group_of_another_name_reads_all,
        entries_left_pending_do_not_move_the_place_back,
        a_place_that_is_none_is_warned_of_and_not_used,
        a_crash_while_a_group_is_made_anew_loses_and_repeats_nothing,
        what_is_open_when_a_group_is_lost_outlives_a_crash,
        records_of_an_unknown_server_count_as_those_of_another,
        an_owner_knows_how_far_its_groups_are_behind,
        NULL,
    };
    const TTest *const persistent[] = {
        a_restarted_server_is_told_apart_until_a_record_is_kept,
        NULL,
    };

    return redis_echo_run("redis/groups", usual, persistent);
}
