/* A stop in any state of session and server: in time, and said as it was. */
#include "support/redis_echo.h"

static void check_stop(struct echo *echo, enum stepden_status status)
{
    stepden_session_stop(echo->session);
    run_until(has_stopped, echo);
    ck_assert_int_eq(echo->status, status);
    stepden_session_free(echo->session);
}

/* Not by time-outs of the connection, but by the one of the stop. */
static void be_patient(void)
{
    config.timeout_s = 1;
    config.redis.connection.socket_timeout_s = 60;
    config.redis.connection.socket_connect_timeout_s = 60;
    config.redis.lease.timeout_ms = 60000;
}

/* What the stop did not commit is left to a successor. */
static void check_successor(void)
{
    struct echo successor;

    freeReplyObject(ask("DEL %s", LEASE_KEY));
    start(&successor, "successor");
    run_until(all_done, &successor);
    check_exactly_once();
    stepden_session_free(successor.session);
}

START_TEST(without_a_server_a_stop_is_immediate)
{
    struct echo echo;

    redis_server_kill(&server);
    start(&echo, "one");
    run_ms(50);
    stepden_session_stop(echo.session);
    ck_assert(echo.stopped);
    ck_assert_int_eq(echo.status, STEPDEN_OK);
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(during_the_handshake_of_a_hanging_server_a_stop_is_immediate)
{
    struct echo echo;

    be_patient();
    redis_server_pause(&server);
    start(&echo, "one");
    run_ms(50);
    stepden_session_stop(echo.session);
    ck_assert(echo.stopped);
    ck_assert_int_eq(echo.status, STEPDEN_OK);
    stepden_session_free(echo.session);
    redis_server_resume(&server);
}
END_TEST

START_TEST(a_standby_that_stops_leaves_the_lease_alone)
{
    struct echo owner;
    struct echo standby;

    start(&owner, "owner");
    run_until(owns, &owner);
    start(&standby, "standby");
    run_until(stands_by, &standby);
    check_stop(&standby, STEPDEN_OK);
    run_ms(LEASE_MS);
    ck_assert_uint_eq(owner.lost, 0);
    stepden_session_free(owner.session);
}
END_TEST

START_TEST(a_stop_before_anything_was_loaded_releases_the_lease)
{
    struct echo echo;

    start(&echo, "one");
    echo.stop_when_acquired = true;
    run_until(has_stopped, &echo);
    ck_assert_int_eq(echo.status, STEPDEN_OK);
    ck_assert_int_eq(number("EXISTS", LEASE_KEY), 0);
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(a_stop_while_it_is_loaded_reads_nothing)
{
    struct echo echo;

    add_inputs(INPUT_KEY, 10);
    start(&echo, "one");
    echo.stop_when_loaded = true;
    run_until(has_stopped, &echo);
    ck_assert_int_eq(echo.status, STEPDEN_OK);
    ck_assert_uint_eq(echo.entries, 0);
    ck_assert_int_eq(number("EXISTS", LEASE_KEY), 0);
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(a_stop_when_the_lease_is_lost_is_immediate)
{
    struct echo echo;

    start(&echo, "one");
    run_until(owns, &echo);
    echo.stop_when_lost = true;
    freeReplyObject(ask("DEL %s", LEASE_KEY));
    run_until(has_stopped, &echo);
    ck_assert_int_eq(echo.status, STEPDEN_OK);
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(a_stop_ends_in_time_when_the_server_hangs)
{
    struct echo echo;

    be_patient();
    add_load();
    start(&echo, "one");
    run_until(has_begun, &echo);
    redis_server_pause(&server);
    check_stop(&echo, STEPDEN_ERR_SYSTEM);
    redis_server_resume(&server);
    check_successor();
}
END_TEST

START_TEST(a_stop_ends_in_time_when_the_server_is_full)
{
    struct echo echo;

    be_patient();
    start(&echo, "one");
    run_until(owns, &echo);
    add_inputs(INPUT_KEY, 10);
    freeReplyObject(ask("CONFIG SET maxmemory 1"));
    while (stepden_session_counters(echo.session)->refused == 0)
        run_ms(1);
    check_stop(&echo, STEPDEN_ERR_SYSTEM);
    ck_assert_int_eq(number("XLEN", OUTPUT_KEY), 0);
    freeReplyObject(ask("CONFIG SET maxmemory 0"));
    check_successor();
}
END_TEST

START_TEST(a_stop_commits_all_when_the_server_has_room_again_in_time)
{
    struct echo echo;

    be_patient();
    config.timeout_s = 60;
    add_load();
    start(&echo, "one");
    run_until(has_begun, &echo);
    freeReplyObject(ask("CONFIG SET maxmemory 1"));
    while (stepden_session_counters(echo.session)->refused == 0)
        run_ms(1);
    stepden_session_stop(echo.session);
    size_t entries = echo.entries;
    run_ms(100);
    ck_assert(!echo.stopped);
    freeReplyObject(ask("CONFIG SET maxmemory 0"));
    run_until(has_stopped, &echo);
    ck_assert_uint_eq(echo.entries, entries);
    ck_assert_int_eq(echo.status, STEPDEN_OK);
    ck_assert_int_eq(pending(INPUT_KEY), 0);
    ck_assert_int_eq(number("XLEN", OUTPUT_KEY), (long long)echo.entries);
    ck_assert_int_eq(number("EXISTS", LEASE_KEY), 0);
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(a_server_that_dies_during_a_stop_ends_it)
{
    struct echo echo;

    be_patient();
    config.timeout_s = 60;
    add_load();
    start(&echo, "one");
    run_until(has_begun, &echo);
    redis_server_pause(&server);
    stepden_session_stop(echo.session);
    run_ms(20);
    redis_server_kill(&server);
    run_until(has_stopped, &echo);
    ck_assert_int_eq(echo.status, STEPDEN_ERR_SYSTEM);
    stepden_session_free(echo.session);
}
END_TEST

int main(void)
{
    const TTest *const usual[] = {
        without_a_server_a_stop_is_immediate,
        during_the_handshake_of_a_hanging_server_a_stop_is_immediate,
        a_standby_that_stops_leaves_the_lease_alone,
        a_stop_before_anything_was_loaded_releases_the_lease,
        a_stop_while_it_is_loaded_reads_nothing,
        a_stop_when_the_lease_is_lost_is_immediate,
        a_stop_ends_in_time_when_the_server_hangs,
        a_stop_ends_in_time_when_the_server_is_full,
        a_stop_commits_all_when_the_server_has_room_again_in_time,
        a_server_that_dies_during_a_stop_ends_it,
        NULL,
    };
    const TTest *const persistent[] = {NULL};

    return redis_echo_run("redis/stop", usual, persistent);
}
