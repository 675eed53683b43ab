/*
 * The doorbell brings entries, and the transaction with what came of them takes
 * them from the group: whatever happens to them between the two. The loop does
 * not turn there, so that each test has that moment for itself.
 */
#include "support/redis_idle.h"

#include "redis/session_state.h"

enum { BURST = 20 };

/* What comes next is read, and done. XADD's own ids may be too low for it. */
static void check_goes_on(struct echo *echo)
{
    for (int i = 0; i < 3; i++) {
        echo->committed = 0;
        freeReplyObject(
            ask("XADD %s 999999999999990-%d message 0", INPUT_KEY, i));
        run_until(has_begun, echo);
    }
    run_ms(20);
    ck_assert_int_eq(pending(INPUT_KEY), 0);
}

START_TEST(nothing_is_sent_until_the_doorbell_rings)
{
    struct echo echo;

    start_idle(&echo);
    uint64_t before = transactions(&echo);
    run_ms(400);
    ck_assert_uint_eq(transactions(&echo), before);
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(an_entry_that_rings_takes_one_transaction)
{
    struct echo echo;

    start_idle(&echo);
    uint64_t before = transactions(&echo);
    for (uint64_t i = 1; i <= 20; i++) {
        add_inputs(INPUT_KEY, 1);
        run_until(all_done, &echo);
        run_ms(20);
        ck_assert_uint_eq(transactions(&echo), before + i);
    }
    check_exactly_once();
    ck_assert_uint_eq(unmatched(&echo), 0);
    stepden_session_free(echo.session);
}
END_TEST

/* All at once. */
static void add_burst(void)
{
    freeReplyObject(ask("EVAL %s 1 %s %d",
                        "for i = 1, ARGV[1] do "
                        "redis.call('XADD', KEYS[1], '*', 'message', i) end",
                        INPUT_KEY, BURST));
}

START_TEST(a_burst_that_rings_is_done_once_and_in_order)
{
    struct echo echo;

    start_idle(&echo);
    for (int i = 0; i < 20; i++) {
        add_burst();
        run_until(all_done, &echo);
    }
    check_exactly_once();
    ck_assert_uint_eq(echo.entries, 20 * BURST);
    ck_assert_uint_eq(unmatched(&echo), 0);
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(entries_of_both_inputs_may_ring_at_once)
{
    struct echo echo;

    start_idle(&echo);
    uint64_t before = transactions(&echo);
    long id = doorbell_id(client);
    freeReplyObject(ask("MULTI"));
    freeReplyObject(ask("CLIENT UNBLOCK %ld", id));
    freeReplyObject(ask("XADD %s * message 0", INPUT_KEY));
    freeReplyObject(ask("XADD %s * message 0", CLIENT_KEY));
    freeReplyObject(ask("EXEC"));
    run_until(all_done, &echo);
    run_ms(20);
    ck_assert_uint_eq(transactions(&echo), before + 1);
    ck_assert_uint_eq(echo.entries, 2);
    ck_assert_int_eq(pending(CLIENT_KEY), 0);
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(a_group_destroyed_after_the_ring_goes_on_behind_it)
{
    struct echo echo;

    start_idle(&echo);
    add_inputs(INPUT_KEY, 1);
    freeReplyObject(ask("XGROUP DESTROY %s stepden", INPUT_KEY));
    run_until(has_begun, &echo);
    check_goes_on(&echo);
    check_exactly_once();
    ck_assert_uint_eq(unmatched(&echo), 0);
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(a_stream_deleted_after_the_ring_begins_anew)
{
    struct echo echo;

    start_idle(&echo);
    add_inputs(INPUT_KEY, 1);
    freeReplyObject(ask("DEL %s", INPUT_KEY));
    run_until(has_begun, &echo);
    run_ms(100);
    check_goes_on(&echo);
    ck_assert_int_eq(number("XLEN", OUTPUT_KEY), 4);
    ck_assert_uint_eq(unmatched(&echo), 0);
    stepden_session_free(echo.session);
}
END_TEST

static bool has_done_two(const struct echo *echo)
{
    return echo->committed >= 2;
}

/* The doorbell still waits for what is later than in the old stream. */
START_TEST(a_ring_that_leaves_entries_out_keeps_their_order)
{
    struct echo echo;

    start_idle(&echo);
    freeReplyObject(ask("XADD %s 7-1 message 0", INPUT_KEY));
    run_until(has_begun, &echo);
    run_ms(20);
    freeReplyObject(ask("DEL %s %s", INPUT_KEY, OUTPUT_KEY));
    look(&echo);
    echo.committed = 0;
    freeReplyObject(ask("EVAL %s 1 %s",
                        "redis.call('XADD', KEYS[1], '5-1', 'message', 0) "
                        "redis.call('XADD', KEYS[1], '7-2', 'message', 0)",
                        INPUT_KEY));
    run_until(has_done_two, &echo);
    check_exactly_once();
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(an_entry_deleted_after_the_ring_is_done_all_the_same)
{
    struct echo echo;

    start_idle(&echo);
    freeReplyObject(ask("XADD %s 99999999999999-1 message 0", INPUT_KEY));
    freeReplyObject(ask("XADD %s 99999999999999-2 message 0", INPUT_KEY));
    freeReplyObject(ask("XDEL %s 99999999999999-1", INPUT_KEY));
    run_until(has_begun, &echo);
    check_goes_on(&echo);
    ck_assert_uint_eq(echo.entries, 5);
    ck_assert_int_eq(number("XLEN", OUTPUT_KEY), 5);
    ck_assert_uint_eq(unmatched(&echo), 1);
    ck_assert_uint_eq(times_said(&echo, "they were trimmed or deleted"), 1);
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(an_entry_that_another_consumer_takes_after_the_ring_is_done_once)
{
    struct echo echo;

    start_idle(&echo);
    add_inputs(INPUT_KEY, 1);
    freeReplyObject(
        ask("XREADGROUP GROUP stepden thief STREAMS %s >", INPUT_KEY));
    run_until(has_begun, &echo);
    check_goes_on(&echo);
    check_exactly_once();
    ck_assert_uint_eq(unmatched(&echo), 0);
    stepden_session_free(echo.session);
}
END_TEST

static bool has_done_all_again(const struct echo *echo)
{
    return echo->committed >= 2 * BURST + 1;
}

/* It rang first, and comes a second time behind all the others. It counts
 * once. */
START_TEST(a_group_set_back_after_the_ring_repeats_all_but_what_rang)
{
    struct echo echo;

    add_burst();
    start_idle(&echo);
    add_inputs(INPUT_KEY, 1);
    freeReplyObject(ask("XGROUP SETID %s stepden 0", INPUT_KEY));
    run_until(has_done_all_again, &echo);
    check_goes_on(&echo);
    ck_assert_uint_eq(stepden_session_counters(echo.session)->inputs,
                      2 * BURST + 1 + 3);
    ck_assert_uint_eq(echo.entries, 2 * BURST + 1 + 3);
    ck_assert_int_eq(number("XLEN", OUTPUT_KEY), 2 * BURST + 1 + 3);
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(a_group_that_passes_over_what_rang_is_asked_first_from_then_on)
{
    struct echo echo;

    start_idle(&echo);
    add_inputs(INPUT_KEY, 1);
    freeReplyObject(ask("XGROUP SETID %s stepden 99999999999999-0", INPUT_KEY));
    run_until(has_begun, &echo);
    for (int i = 0; i < 3; i++) {
        add_inputs(INPUT_KEY, 1);
        run_ms(50);
    }
    ck_assert_uint_eq(echo.entries, 1);
    freeReplyObject(ask("XADD %s 99999999999999-1 message 0", INPUT_KEY));
    run_ms(50);
    ck_assert_uint_eq(echo.entries, 2);
    stepden_session_free(echo.session);
}
END_TEST

static void give_lease_to(const char *token)
{
    freeReplyObject(ask("SET %s %s PX 60000", LEASE_KEY, token));
}

START_TEST(what_rang_before_the_lease_was_taken_is_left_to_the_next_owner)
{
    struct echo echo;

    start_idle(&echo);
    add_inputs(INPUT_KEY, 1);
    give_lease_to("another");
    run_until(stands_by, &echo);
    ck_assert_uint_eq(echo.entries, 1);
    ck_assert_int_eq(number("XLEN", OUTPUT_KEY), 0);
    ck_assert_int_eq(pending(INPUT_KEY), 0);
    stepden_session_free(echo.session);
    freeReplyObject(ask("DEL %s", LEASE_KEY));
    start(&echo, "two");
    run_until(has_begun, &echo);
    check_exactly_once();
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(what_rang_is_taken_from_the_group_when_it_is_sent_again)
{
    struct echo echo;

    start_idle(&echo);
    redisReply *token = ask("GET %s", LEASE_KEY);
    for (int i = 0; i < 5; i++) {
        add_burst();
        give_lease_to(token->str);
        run_until(all_done, &echo);
    }
    check_exactly_once();
    ck_assert_uint_ge(stepden_session_counters(echo.session)->refused, 5);
    ck_assert_uint_eq(unmatched(&echo), 0);
    freeReplyObject(token);
    stepden_session_free(echo.session);
}
END_TEST

static bool has_rejected_8(const struct echo *echo)
{
    return echo->rejected >= 8;
}

/* 5 MB, where 4 MiB are allowed. */
START_TEST(what_is_too_much_for_the_doorbell_is_read_one_by_one)
{
    struct echo echo;

    config.redis.limits.max_entry_bytes = 1024;
    start_idle(&echo);
    freeReplyObject(ask("EVAL %s 1 %s",
                        "for i = 1, 8 do redis.call('XADD', KEYS[1], '*', "
                        "'message', string.rep('x', 650000)) end",
                        INPUT_KEY));
    run_until(has_rejected_8, &echo);
    run_ms(50);
    check_goes_on(&echo);
    ck_assert_uint_eq(echo.lost, 0);
    ck_assert_int_eq(number("XLEN", REJECTED_KEY), 8);
    stepden_session_free(echo.session);
}
END_TEST

static bool keeps_memory(const struct echo *echo)
{
    const struct stepden_session *session = echo->session;

    return session->open.adds.resp.capacity + session->next.adds.resp.capacity +
               session->sent.adds.resp.capacity >
           0;
}

static bool keeps_no_memory(const struct echo *echo)
{
    return !keeps_memory(echo);
}

START_TEST(memory_of_what_was_done_is_given_back_when_the_lease_is_renewed)
{
    struct echo echo;

    config.redis.lease.timeout_ms = 3000;
    start(&echo, "one");
    run_until(waits_at_doorbell, &echo);
    add_burst();
    run_until(all_done, &echo);
    ck_assert(keeps_memory(&echo));
    run_until(keeps_no_memory, &echo);
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(a_stop_at_the_ring_commits_what_rang)
{
    struct echo echo;

    start_idle(&echo);
    echo.stop_at = 1;
    add_inputs(INPUT_KEY, 1);
    run_until(has_stopped, &echo);
    ck_assert_int_eq(echo.status, STEPDEN_OK);
    check_exactly_once();
    ck_assert_int_eq(number("EXISTS", LEASE_KEY), 0);
    stepden_session_free(echo.session);
}
END_TEST

int main(void)
{
    const TTest *const usual[] = {
        nothing_is_sent_until_the_doorbell_rings,
        an_entry_that_rings_takes_one_transaction,
        a_burst_that_rings_is_done_once_and_in_order,
        entries_of_both_inputs_may_ring_at_once,
        a_group_destroyed_after_the_ring_goes_on_behind_it,
        a_stream_deleted_after_the_ring_begins_anew,
        a_ring_that_leaves_entries_out_keeps_their_order,
        an_entry_deleted_after_the_ring_is_done_all_the_same,
        an_entry_that_another_consumer_takes_after_the_ring_is_done_once,
        a_group_set_back_after_the_ring_repeats_all_but_what_rang,
        a_group_that_passes_over_what_rang_is_asked_first_from_then_on,
        what_rang_before_the_lease_was_taken_is_left_to_the_next_owner,
        what_rang_is_taken_from_the_group_when_it_is_sent_again,
        what_is_too_much_for_the_doorbell_is_read_one_by_one,
        memory_of_what_was_done_is_given_back_when_the_lease_is_renewed,
        a_stop_at_the_ring_commits_what_rang,
        NULL,
    };
    const TTest *const persistent[] = {NULL};

    return redis_echo_run("redis/doorbell", usual, persistent);
}
