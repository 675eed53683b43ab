/* How sessions read in turn, when there are more of them than turns. */
#include "support/redis_echo.h"

#include <string.h>

#include "redis/link.h"
#include "redis/session_state.h"

static struct stepden_turn others[STEPDEN_TURNS];

static void use_it_for_nothing(void *ctx)
{
    (void)ctx;
}

/* By sessions that do nothing with it. */
static void occupy_all(void)
{
    for (int i = 0; i < STEPDEN_TURNS; i++) {
        others[i] = (struct stepden_turn){.turns = &turns,
                                          .granted = use_it_for_nothing};
        ck_assert(stepden_turn_take(&others[i]));
    }
}

/* However long somebody waits. */
static void keep_all(void)
{
    turns.tick.repeat = 3600.;
    occupy_all();
}

static void give_back_one(void)
{
    stepden_turn_end(&others[0]);
}

/* And does nothing. */
static bool listens(const struct echo *echo)
{
    redisReply *info = ask("INFO clients");
    bool blocks = strstr(info->str, "blocked_clients:1") != NULL;

    freeReplyObject(info);
    return owns(echo) && blocks && turns.held_count == 0;
}

static void start_idle(struct echo *echo)
{
    start(echo, "one");
    run_until(listens, echo);
}

/* The session, and not the test's. */
static bool waits(const struct echo *echo)
{
    (void)echo;
    return turns.awaited_count > 0;
}

/* Where it was given one of them. */
static bool has_no_turn(const struct echo *echo)
{
    (void)echo;
    return turns.held_count == STEPDEN_TURNS - 1;
}

START_TEST(what_rings_is_done_without_a_turn)
{
    struct echo echo;

    config.redis.lease.timeout_ms = 60000; /* nothing else lets it read */
    start_idle(&echo);
    keep_all();
    for (int i = 0; i < 20; i++) {
        add_inputs(INPUT_KEY, 1);
        run_until(all_done, &echo);
        ck_assert(!waits(&echo));
    }
    check_exactly_once();
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(what_rings_is_done_while_it_waits_for_a_turn)
{
    struct echo echo;

    start_idle(&echo);
    keep_all();
    run_until(waits, &echo);
    for (int i = 0; i < 20; i++) {
        add_inputs(INPUT_KEY, 1);
        run_until(all_done, &echo);
        ck_assert(waits(&echo));
    }
    check_exactly_once();
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(a_backlog_waits_for_its_turn_and_keeps_its_lease)
{
    struct echo echo;

    config.redis.lease.timeout_ms = 2 * LEASE_MS;
    start_idle(&echo);
    keep_all();
    add_load();
    run_until(waits, &echo);
    run_ms(5 * LEASE_MS);
    ck_assert(waits(&echo));
    ck_assert_uint_lt(echo.committed, 20);
    ck_assert_uint_eq(echo.lost, 0);
    ck_assert_uint_eq(echo.acquired, 1);
    give_back_one();
    run_until(all_done, &echo);
    check_exactly_once();
    run_until(has_no_turn, &echo);
    ck_assert(!waits(&echo));
    stepden_session_free(echo.session);
}
END_TEST

/* So large that it reads few at a time, and rings as few. */
static void add_large(int count)
{
    char bytes[30 * 1024];

    memset(bytes, 'x', sizeof bytes);
    for (int i = 0; i < count; i++)
        freeReplyObject(
            ask("XADD %s * message %b", INPUT_KEY, bytes, sizeof bytes));
}

START_TEST(a_backlog_of_large_entries_waits_too)
{
    struct echo echo;

    start_idle(&echo);
    add_large(50);
    run_until(all_done, &echo);
    run_until(listens, &echo);
    keep_all();
    add_large(50);
    run_until(waits, &echo);
    run_ms(2 * LEASE_MS);
    ck_assert_uint_lt(echo.committed, 60);
    give_back_one();
    run_until(all_done, &echo);
    check_exactly_once();
    stepden_session_free(echo.session);
}
END_TEST

/* As it does at once without a doorbell. */
static bool has_renewed(const struct echo *echo)
{
    const struct stepden_session *session = echo->session;

    return session->flight.kind == STEPDEN_FLIGHT_NONE &&
           ev_timer_remaining(loop, &echo->session->timer) > 1.;
}

static bool has_doorbell(const struct echo *echo)
{
    return stepden_link_is_up(echo->session->doorbell);
}

START_TEST(a_doorbell_that_comes_back_puts_off_no_renewal)
{
    struct echo echo;

    config.redis.lease.timeout_ms = 60000;
    start_idle(&echo);
    keep_all();
    add_load();
    run_until(waits, &echo);
    stepden_link_drop(echo.session->doorbell, "for the test");
    run_until(has_renewed, &echo);
    ev_tstamp due = echo.session->timer.at;
    run_until(has_doorbell, &echo);
    ck_assert(waits(&echo));
    ck_assert_double_eq(echo.session->timer.at, due);
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(who_starts_with_pending_entries_waits_too)
{
    struct echo echo;

    add_load();
    freeReplyObject(ask("XGROUP CREATE %s stepden 0", INPUT_KEY));
    freeReplyObject(
        ask("XREADGROUP GROUP stepden old COUNT 100 STREAMS %s >", INPUT_KEY));
    keep_all();
    start(&echo, "one");
    run_until(waits, &echo);
    run_ms(2 * LEASE_MS);
    ck_assert_uint_eq(echo.committed, 0);
    ck_assert_uint_eq(echo.lost, 0);
    give_back_one();
    run_until(all_done, &echo);
    check_exactly_once();
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(who_holds_a_turn_for_nothing_stops_nobody)
{
    struct echo echo;

    start_idle(&echo);
    occupy_all();
    add_load();
    run_until(all_done, &echo);
    check_exactly_once();
    stepden_session_free(echo.session);
}
END_TEST

/* By which it has more of them when its servers are far away. */
START_TEST(a_loop_that_waits_is_noticed)
{
    struct echo echo;

    start_idle(&echo);
    keep_all();
    add_load();
    run_until(waits, &echo);
    run_ms(200);
    ck_assert(turns.slept_s > 0.01);
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(a_stop_does_not_wait_for_a_turn)
{
    struct echo echo;
    struct echo successor;

    start_idle(&echo);
    keep_all();
    add_load();
    run_until(waits, &echo);
    stepden_session_stop(echo.session);
    run_until(has_stopped, &echo);
    ck_assert_int_eq(echo.status, STEPDEN_OK);
    ck_assert(!waits(&echo));
    stepden_session_free(echo.session);
    give_back_one();
    start(&successor, "successor");
    run_until(all_done, &successor);
    check_exactly_once();
    stepden_session_free(successor.session);
}
END_TEST

START_TEST(a_hand_over_does_not_wait_for_a_turn)
{
    struct echo giver;
    struct echo wisher;

    config.redis.partitions = 2;
    start_idle(&giver);
    keep_all();
    add_load();
    run_until(waits, &giver);
    giver.held = 2;
    start(&wisher, "wisher");
    wisher.rank = 0;
    run_until(owns, &wisher);
    run_until(stands_by, &giver);
    ck_assert_uint_eq(stepden_session_counters(giver.session)->handed_over, 1);
    ck_assert_uint_eq(stepden_session_counters(giver.session)->lost, 0);
    run_until(waits, &wisher);
    give_back_one();
    run_until(all_done, &wisher);
    check_exactly_once();
    stepden_session_free(wisher.session);
    stepden_session_free(giver.session);
}
END_TEST

START_TEST(who_loses_its_connection_waits_anew)
{
    struct echo echo;

    start_idle(&echo);
    keep_all();
    add_load();
    run_until(waits, &echo);
    freeReplyObject(ask("CLIENT KILL TYPE normal SKIPME yes"));
    run_until(has_lost, &echo);
    ck_assert(!waits(&echo));
    run_until(waits, &echo);
    give_back_one();
    run_until(all_done, &echo);
    check_exactly_once();
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(who_is_refused_gives_its_turn_back)
{
    struct echo echo;

    start_idle(&echo);
    add_load();
    run_until(has_begun, &echo);
    freeReplyObject(ask("CONFIG SET maxmemory 1"));
    while (!has_obstacle(&echo))
        run_ms(2);
    ck_assert_uint_eq(turns.held_count, 0);
    freeReplyObject(ask("CONFIG SET maxmemory 0"));
    run_until(all_done, &echo);
    check_exactly_once();
    stepden_session_free(echo.session);
}
END_TEST

int main(void)
{
    const TTest *const usual[] = {
        what_rings_is_done_without_a_turn,
        what_rings_is_done_while_it_waits_for_a_turn,
        a_backlog_waits_for_its_turn_and_keeps_its_lease,
        a_backlog_of_large_entries_waits_too,
        a_doorbell_that_comes_back_puts_off_no_renewal,
        who_starts_with_pending_entries_waits_too,
        who_holds_a_turn_for_nothing_stops_nobody,
        a_loop_that_waits_is_noticed,
        a_stop_does_not_wait_for_a_turn,
        a_hand_over_does_not_wait_for_a_turn,
        who_loses_its_connection_waits_anew,
        who_is_refused_gives_its_turn_back,
        NULL,
    };
    const TTest *const persistent[] = {NULL};

    return redis_echo_run("redis/turns", usual, persistent);
}
