/* Streams that are refused, trimmed, deleted, full, or about to expire. */
#include "support/redis_echo.h"

#include <string.h>

/* Of an input with one field, or without. */
static void check_dead_letter(const char *reason, const char *pointer,
                              const char *field)
{
    redisReply *letters = ask("XRANGE %s - +", REJECTED_KEY);

    ck_assert_uint_eq(letters->elements, 1);
    redisReply *fields = letters->element[0]->element[1];
    ck_assert_uint_eq(fields->elements, field != NULL ? 8 : 6);
    ck_assert_str_eq(fields->element[0]->str, "reason");
    ck_assert_str_eq(fields->element[1]->str, reason);
    ck_assert_str_eq(fields->element[2]->str, "pointer");
    ck_assert_str_eq(fields->element[3]->str, pointer);
    ck_assert_str_eq(fields->element[4]->str, "entry");
    if (field != NULL)
        ck_assert_str_eq(fields->element[6]->str, field);
    freeReplyObject(letters);
}

static void add_large(const char *key, size_t size)
{
    static char large[5 * 1024 * 1024];

    ck_assert_uint_le(size, sizeof large);
    memset(large, 'x', size);
    freeReplyObject(ask("XADD %s * message %b", key, large, size));
}

START_TEST(a_rejected_input_is_kept_with_its_reason)
{
    struct echo echo;

    freeReplyObject(ask("XADD %s * bad apple", INPUT_KEY));
    start(&echo, "one");
    run_until(has_begun, &echo);
    check_dead_letter("it is bad", "/bad", "bad");
    ck_assert_int_eq(number("XLEN", OUTPUT_KEY), 0);
    ck_assert_int_eq(pending(INPUT_KEY), 0);
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(an_input_that_is_too_large_is_rejected_unseen)
{
    struct echo echo;

    config.redis.limits.max_entry_bytes = 1024;
    add_large(INPUT_KEY, 2000);
    start(&echo, "one");
    run_until(has_begun, &echo);
    check_dead_letter("2007 bytes; at most 1024 are allowed", "", "message");
    ck_assert_uint_eq(echo.entries, 0);
    stepden_session_free(echo.session);
}
END_TEST

static void add_giant(const char *key)
{
    add_large(key, 5 * 1024 * 1024);
}

static bool has_read_60(const struct echo *echo)
{
    return echo->entries >= 60;
}

START_TEST(the_larger_inputs_are_the_fewer_are_read_at_once)
{
    struct echo echo;

    for (int i = 0; i < 60; i++)
        add_large(INPUT_KEY, 50 * 1024);
    start(&echo, "one");
    run_until(has_read_60, &echo);
    ck_assert_uint_le(echo.batch, 3);
    run_until(all_done, &echo);
    check_exactly_once();
    ck_assert_uint_eq(echo.lost, 0);
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(a_backlog_of_the_largest_that_are_allowed_fits)
{
    struct echo echo;

    config.redis.limits.max_entry_bytes = 1024;
    add_inputs(INPUT_KEY, 1000);
    for (int i = 0; i < 500; i++)
        add_large(INPUT_KEY, 1024 - strlen("message"));
    start(&echo, "one");
    run_until(has_begun, &echo);
    run_until(all_done, &echo);
    check_exactly_once();
    ck_assert_uint_eq(stepden_session_counters(echo.session)->connects, 1);
    stepden_session_free(echo.session);
}
END_TEST

static bool has_committed_2000(const struct echo *echo)
{
    return echo->committed == 2000;
}

START_TEST(the_output_of_a_backlog_is_trimmed)
{
    struct echo echo;

    freeReplyObject(ask("CONFIG SET stream-node-max-entries 1"));
    add_inputs(INPUT_KEY, 2000);
    config.redis.streams.outputs.client.max_length = 100;
    start(&echo, "one");
    run_until(has_committed_2000, &echo);
    ck_assert_int_ge(number("XLEN", OUTPUT_KEY), 100);
    ck_assert_int_le(number("XLEN", OUTPUT_KEY), 100 + 256 + 1);
    stepden_session_free(echo.session);
}
END_TEST

static bool has_61_outputs(const struct echo *echo)
{
    (void)echo;
    return number("XLEN", OUTPUT_KEY) == 61;
}

static bool has_two_dead_letters(const struct echo *echo)
{
    (void)echo;
    return number("XLEN", REJECTED_KEY) +
               number("XLEN", CLIENT_KEY ":rejected") ==
           2;
}

START_TEST(an_input_too_large_for_an_answer_is_rejected_by_its_id)
{
    struct echo echo;

    config.redis.limits.max_entry_bytes = 1024;
    add_inputs(INPUT_KEY, 20);
    add_giant(INPUT_KEY);
    add_inputs(INPUT_KEY, 20);
    add_inputs(CLIENT_KEY, 1);
    add_giant(CLIENT_KEY);
    start(&echo, "one");
    run_until(has_two_dead_letters, &echo);
    add_inputs(INPUT_KEY, 20);
    run_until(has_61_outputs, &echo);
    check_dead_letter(
        "more than 4194304 bytes in an answer: it stays in the stream", "",
        NULL);
    ck_assert_int_eq(pending(INPUT_KEY), 0);
    ck_assert_int_eq(pending(CLIENT_KEY), 0);
    ck_assert_uint_eq(echo.rejected, 2);
    stepden_session_free(echo.session);
}
END_TEST

static bool has_trimmed(const struct echo *echo)
{
    return stepden_session_counters(echo->session)->trimmed > 0;
}

START_TEST(pending_entries_that_were_trimmed_are_done_with)
{
    struct echo echo;

    add_inputs(INPUT_KEY, 3);
    freeReplyObject(ask("XGROUP CREATE %s stepden 0", INPUT_KEY));
    freeReplyObject(
        ask("XREADGROUP GROUP stepden old COUNT 3 STREAMS %s >", INPUT_KEY));
    freeReplyObject(ask("XTRIM %s MAXLEN 1", INPUT_KEY));
    start(&echo, "one");
    run_until(has_trimmed, &echo);
    run_until(all_done, &echo);
    ck_assert_uint_eq(stepden_session_counters(echo.session)->trimmed, 2);
    ck_assert_uint_eq(times_said(&echo, "2 inputs were trimmed"), 1);
    check_exactly_once();
    stepden_session_free(echo.session);
}
END_TEST

/* Entries 1-0 to 3-0, given to a consumer that was done with the first. */
static void give_to_old_consumer(void)
{
    for (int i = 1; i <= 3; i++)
        freeReplyObject(ask("XADD %s %d-0 message 0", INPUT_KEY, i));
    freeReplyObject(ask("XGROUP CREATE %s stepden 0", INPUT_KEY));
    freeReplyObject(
        ask("XREADGROUP GROUP stepden old COUNT 3 STREAMS %s >", INPUT_KEY));
    freeReplyObject(ask("XACK %s stepden 1-0", INPUT_KEY));
    freeReplyObject(ask("HSET %s read:%s:stepden 1-0", RECORDS_KEY, INPUT_KEY));
}

static void stop(struct echo *echo)
{
    stepden_session_stop(echo->session);
    run_until(has_stopped, echo);
    stepden_session_free(echo->session);
}

START_TEST(entries_of_a_deleted_consumer_are_told_and_can_be_given_again)
{
    struct echo echo;

    give_to_old_consumer();
    freeReplyObject(ask("XGROUP DELCONSUMER %s stepden old", INPUT_KEY));
    start(&echo, "one");
    run_until(owns, &echo);
    stop(&echo);
    ck_assert_uint_eq(times_said(&echo, "after 1-0 up to 3-0"), 1);
    ck_assert_uint_eq(echo.entries, 0);
    freeReplyObject(ask("XGROUP SETID %s stepden 1-0", INPUT_KEY));
    start(&echo, "one");
    run_until(has_begun, &echo);
    run_until(owns, &echo);
    ck_assert_uint_eq(echo.entries, 2);
    ck_assert_uint_eq(times_said(&echo, "after 1-0"), 0);
    stop(&echo);
}
END_TEST

START_TEST(entries_that_are_pending_or_trimmed_are_not_told_as_deleted)
{
    struct echo echo;

    give_to_old_consumer();
    start(&echo, "one");
    run_until(has_begun, &echo);
    stepden_session_free(echo.session);
    ck_assert_uint_eq(times_said(&echo, "after 1-0"), 0);
    freeReplyObject(ask("DEL %s %s %s", INPUT_KEY, RECORDS_KEY, LEASE_KEY));
    give_to_old_consumer();
    freeReplyObject(ask("XTRIM %s MAXLEN 0", INPUT_KEY));
    start(&echo, "one");
    run_until(owns, &echo);
    stepden_session_free(echo.session);
    ck_assert_uint_eq(times_said(&echo, "after 1-0"), 0);
}
END_TEST

START_TEST(a_stream_that_was_deleted_gets_its_group_again)
{
    struct echo echo;

    start(&echo, "one");
    run_until(owns, &echo);
    run_ms(20);
    freeReplyObject(ask("DEL %s", INPUT_KEY));
    add_inputs(INPUT_KEY, 10);
    run_until(has_begun, &echo);
    run_until(all_done, &echo);
    check_exactly_once();
    ck_assert_uint_eq(echo.lost, 0);
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(a_group_that_was_destroyed_goes_on_where_it_was)
{
    struct echo echo;

    start(&echo, "one");
    run_until(owns, &echo);
    add_inputs(INPUT_KEY, 10);
    run_until(all_done, &echo);
    run_ms(20);
    freeReplyObject(ask("XGROUP DESTROY %s stepden", INPUT_KEY));
    add_inputs(INPUT_KEY, 10);
    run_until(has_committed_20, &echo);
    run_ms(LEASE_MS);
    check_exactly_once();
    ck_assert_uint_eq(echo.lost, 0);
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(groups_destroyed_under_load_lose_and_repeat_nothing)
{
    struct echo echo;

    add_load();
    start(&echo, "one");
    for (int i = 0; i < 5; i++) {
        run_until(has_gone_on, &echo);
        freeReplyObject(ask("XGROUP DESTROY %s stepden", INPUT_KEY));
        echo.committed = 0;
    }
    run_until(has_published_load, &echo);
    run_ms(LEASE_MS);
    check_exactly_once();
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(a_stream_made_anew_is_read_from_its_beginning)
{
    struct echo echo;

    start(&echo, "one");
    run_until(owns, &echo);
    freeReplyObject(ask("XADD %s 99999999999999-0 message 0", INPUT_KEY));
    run_until(has_begun, &echo);
    freeReplyObject(ask("DEL %s %s", INPUT_KEY, OUTPUT_KEY));
    add_inputs(INPUT_KEY, 10);
    run_until(all_done, &echo);
    check_exactly_once();
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(keys_of_another_kind_are_not_touched)
{
    struct echo echo;

    freeReplyObject(ask("SET %s text", RECORDS_KEY));
    start(&echo, "one");
    run_ms(LEASE_MS);
    ck_assert_uint_eq(echo.acquired, 0);
    ck_assert_int_eq(number("EXISTS", LEASE_KEY), 0);
    freeReplyObject(ask("DEL %s", RECORDS_KEY));
    run_until(owns, &echo);
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(a_full_server_delays_and_loses_nothing)
{
    struct echo echo;

    start(&echo, "one");
    run_until(owns, &echo);
    add_inputs(INPUT_KEY, 100);
    freeReplyObject(ask("CONFIG SET maxmemory 1"));
    run_ms(2 * LEASE_MS);
    ck_assert_int_lt(number("XLEN", OUTPUT_KEY), 100);
    freeReplyObject(ask("CONFIG SET maxmemory 0"));
    run_until(all_done, &echo);
    check_exactly_once();
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(a_ttl_is_renewed_as_long_as_there_is_an_owner)
{
    struct echo echo;

    config.redis.streams.inputs.crash_prediction.ttl_s = 1;
    config.redis.streams.outputs.client.ttl_s = 3600;
    start(&echo, "one");
    run_until(owns, &echo);
    add_inputs(INPUT_KEY, 1);
    run_until(all_done, &echo);
    run_ms(1500);
    ck_assert_int_eq(number("XLEN", INPUT_KEY), 1);
    ck_assert_int_gt(number("PTTL", OUTPUT_KEY), 3590000);
    ck_assert_int_eq(number("PTTL", CLIENT_KEY), -1);
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(a_new_owner_sets_each_ttl)
{
    struct echo echo;

    config.redis.streams.inputs.crash_prediction.ttl_s = 3600;
    start(&echo, "one");
    run_until(owns, &echo);
    run_ms(100);
    freeReplyObject(ask("PERSIST %s", INPUT_KEY));
    freeReplyObject(ask("DEL %s", LEASE_KEY));
    run_until(has_lost, &echo);
    run_until(owns, &echo);
    run_ms(100);
    ck_assert_int_gt(number("PTTL", INPUT_KEY), 3590000);
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(a_ttl_that_is_not_ours_is_told_once)
{
    struct echo echo;

    config.redis.streams.inputs.client.ttl_s = 3600;
    add_inputs(INPUT_KEY, 1);
    add_inputs(CLIENT_KEY, 1);
    freeReplyObject(ask("EXPIRE %s 3000", INPUT_KEY));
    freeReplyObject(ask("EXPIRE %s 3000", CLIENT_KEY));
    start(&echo, "one");
    run_until(owns, &echo);
    freeReplyObject(ask("CLIENT KILL TYPE normal SKIPME yes"));
    run_until(has_lost, &echo);
    run_until(owns, &echo);
    ck_assert_uint_eq(
        times_said(&echo, INPUT_KEY ": the stream has a time to live"), 1);
    ck_assert_uint_eq(times_said(&echo, "the stream has a time to live"), 1);
    stepden_session_free(echo.session);
}
END_TEST

int main(void)
{
    const TTest *const usual[] = {
        a_rejected_input_is_kept_with_its_reason,
        an_input_that_is_too_large_is_rejected_unseen,
        the_larger_inputs_are_the_fewer_are_read_at_once,
        a_backlog_of_the_largest_that_are_allowed_fits,
        the_output_of_a_backlog_is_trimmed,
        an_input_too_large_for_an_answer_is_rejected_by_its_id,
        pending_entries_that_were_trimmed_are_done_with,
        entries_of_a_deleted_consumer_are_told_and_can_be_given_again,
        entries_that_are_pending_or_trimmed_are_not_told_as_deleted,
        a_stream_that_was_deleted_gets_its_group_again,
        a_group_that_was_destroyed_goes_on_where_it_was,
        groups_destroyed_under_load_lose_and_repeat_nothing,
        a_stream_made_anew_is_read_from_its_beginning,
        keys_of_another_kind_are_not_touched,
        a_full_server_delays_and_loses_nothing,
        a_ttl_is_renewed_as_long_as_there_is_an_owner,
        a_new_owner_sets_each_ttl,
        a_ttl_that_is_not_ours_is_told_once,
        NULL,
    };
    const TTest *const persistent[] = {NULL};

    return redis_echo_run("redis/streams", usual, persistent);
}
