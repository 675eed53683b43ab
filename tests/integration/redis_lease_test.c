/* Who owns the streams, and what becomes of inputs when that ends. */
#include "support/redis_echo.h"

#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

START_TEST(a_successor_goes_on_where_a_dead_owner_was)
{
    struct echo first;
    struct echo second;

    add_load();
    start(&first, "first");
    run_until(has_begun, &first);
    stepden_session_free(first.session);
    ck_assert_int_gt(pending(INPUT_KEY), 0);

    start(&second, "second");
    run_until(stands_by, &second);
    run_until(owns, &second);
    run_until(all_done, &second);
    check_exactly_once();
    ck_assert_uint_eq(second.records, 1);
    ck_assert_uint_eq(second.kept, LOAD);
    stepden_session_free(second.session);
}
END_TEST

START_TEST(a_standby_takes_over_when_the_owner_dies)
{
    struct echo owner;
    struct echo standby;

    start(&owner, "owner");
    run_until(owns, &owner);
    start(&standby, "standby");
    run_until(stands_by, &standby);
    run_ms(2 * LEASE_MS);
    ck_assert(owns(&owner));
    ck_assert(stands_by(&standby));

    stepden_session_free(owner.session);
    run_until(owns, &standby);
    stepden_session_free(standby.session);
}
END_TEST

static bool has_none(const struct echo *echo)
{
    return !has_obstacle(echo);
}

/* While `in_the_way` is, after the owner's end; then without it. */
static void check_not_standing_by(const struct echo *standby,
                                  const char *in_the_way, const char *out)
{
    freeReplyObject(ask(in_the_way));
    run_until(has_obstacle, standby);
    ck_assert(!stands_by(standby));
    freeReplyObject(ask(out));
    run_until(has_none, standby);
}

START_TEST(a_standby_that_cannot_take_over_says_so)
{
    struct echo owner;
    struct echo standby;

    start(&owner, "owner");
    run_until(owns, &owner);
    start(&standby, "standby");
    run_until(stands_by, &standby);
    check_not_standing_by(&standby, "LPUSH " REJECTED_KEY " x",
                          "DEL " REJECTED_KEY);
    ck_assert(stands_by(&standby));
    stepden_session_free(owner.session);
    check_not_standing_by(&standby, "CONFIG SET maxmemory 1",
                          "CONFIG SET maxmemory 0");
    run_until(owns, &standby);
    stepden_session_free(standby.session);
}
END_TEST

START_TEST(a_standby_with_a_shorter_lease_leaves_the_owner_alone)
{
    struct echo owner;
    struct echo standby;

    config.redis.lease.timeout_ms = 60000;
    start(&owner, "owner");
    run_until(owns, &owner);
    config.redis.lease.timeout_ms = LEASE_MS;
    start(&standby, "standby");
    run_until(stands_by, &standby);
    run_ms(LEASE_MS);
    ck_assert_int_gt(number("PTTL", LEASE_KEY), LEASE_MS);
    add_inputs(INPUT_KEY, 10);
    run_until(all_done, &owner);
    ck_assert_uint_eq(stepden_session_counters(owner.session)->refused, 0);
    ck_assert(stands_by(&standby));
    stepden_session_free(standby.session);
    stepden_session_free(owner.session);
}
END_TEST

START_TEST(a_lease_that_would_never_lapse_is_given_an_end)
{
    struct echo echo;

    freeReplyObject(ask("SET %s somebody", LEASE_KEY));
    start(&echo, "one");
    run_until(stands_by, &echo);
    run_until(owns, &echo);
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(a_sleeper_that_wakes_after_a_takeover_does_nothing)
{
    struct ev_loop *awake = loop;
    struct ev_loop *asleep = ev_loop_new(EVFLAG_AUTO);
    struct echo sleeper;
    struct echo successor;

    add_load();
    loop = asleep;
    start(&sleeper, "sleeper");
    run_until(has_begun, &sleeper);
    ck_assert_int_gt(pending(INPUT_KEY), 0);

    loop = awake;
    start(&successor, "successor");
    run_until(owns, &successor);
    run_until(all_done, &successor);
    add_inputs(INPUT_KEY, 10);

    loop = asleep;
    run_until(has_lost, &sleeper);
    run_until(stands_by, &sleeper);
    ck_assert_int_eq(pending(INPUT_KEY), 0);
    ck_assert_uint_eq(times_said(&sleeper,
                                 "no longer the owner of the streams: "
                                 "another instance took the lease"),
                      1);

    loop = awake;
    run_until(all_done, &successor);
    check_exactly_once();
    stepden_session_free(sleeper.session);
    stepden_session_free(successor.session);
    ev_loop_destroy(asleep);
}
END_TEST

START_TEST(an_owner_whose_lease_is_taken_publishes_nothing_more)
{
    struct echo echo;

    config.redis.lease.timeout_ms = 60000;
    start(&echo, "one");
    run_until(owns, &echo);
    run_ms(20);
    freeReplyObject(ask("SET %s somebody PX 60000", LEASE_KEY));
    add_inputs(INPUT_KEY, 10);
    run_until(has_lost, &echo);
    run_until(stands_by, &echo);
    run_ms(50);
    ck_assert_int_eq(number("XLEN", OUTPUT_KEY), 0);
    ck_assert_int_eq(pending(INPUT_KEY), 0);
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(a_touch_of_the_lease_only_delays)
{
    struct echo echo;

    start(&echo, "one");
    run_until(owns, &echo);
    for (int i = 0; i < 10; i++) {
        freeReplyObject(ask("PEXPIRE %s %d", LEASE_KEY, LEASE_MS));
        add_inputs(INPUT_KEY, 10);
        run_until(all_done, &echo);
    }
    check_exactly_once();
    ck_assert_uint_eq(echo.lost, 0);
    ck_assert_uint_gt(stepden_session_counters(echo.session)->refused, 0);
    stepden_session_free(echo.session);
}
END_TEST

static bool has_lease(const struct echo *echo)
{
    (void)echo;
    return number("EXISTS", LEASE_KEY) == 1;
}

/* A process of its own, which owns the streams until it is killed. */
static pid_t fork_owner(void)
{
    pid_t pid = fork();
    struct echo echo;

    ck_assert_int_ge(pid, 0);
    if (pid > 0)
        return pid;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    loop = ev_loop_new(EVFLAG_AUTO);
    start(&echo, "killed");
    for (;;)
        run_ms(1000);
}

static void use_state_file(const char *name)
{
    config.redis.lease.has_state_file = true;
    snprintf(config.redis.lease.state_file,
             sizeof config.redis.lease.state_file, "%s/%s", server.folder,
             name);
}

START_TEST(a_standby_on_the_owners_host_says_once_that_it_waits)
{
    struct echo owner;
    struct echo standby;

    use_state_file("state");
    start(&owner, "owner");
    run_until(owns, &owner);
    start(&standby, "standby");
    run_until(stands_by, &standby);
    run_ms(LEASE_MS);
    ck_assert_uint_eq(times_said(&standby, "/state is locked by a running"), 1);
    ck_assert_uint_eq(times_said(&standby, "is not used"), 0);
    stepden_session_free(owner.session);
    run_until(owns, &standby);
    stepden_session_free(standby.session);
}
END_TEST

START_TEST(an_unusable_file_and_a_full_server_are_said_once_each)
{
    struct echo echo;

    use_state_file("none/state");
    freeReplyObject(ask("CONFIG SET maxmemory 1"));
    start(&echo, "one");
    while (stepden_session_counters(echo.session)->refused < 5)
        run_ms(1);
    ck_assert_uint_eq(times_said(&echo, "none/state is not used"), 1);
    ck_assert_uint_eq(times_said(&echo, "the lease cannot be taken"), 1);
    freeReplyObject(ask("CONFIG SET maxmemory 0"));
    run_until(owns, &echo);
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(the_lease_of_a_process_killed_on_this_host_is_taken_at_once)
{
    struct echo successor = {.name = "test"};

    config.redis.lease.timeout_ms = 60000;
    use_state_file("state");
    add_inputs(INPUT_KEY, INPUTS);
    pid_t owner = fork_owner();
    run_until(has_lease, &successor);
    kill(owner, SIGKILL);
    waitpid(owner, NULL, 0);
    start(&successor, "successor");
    run_until(owns, &successor);
    run_until(all_done, &successor);
    check_exactly_once();
    stepden_session_free(successor.session);
}
END_TEST

/* Runs until all is done, and lets `disturb` do its work now and then. */
static void run_disturbed(const struct echo *echo, void (*disturb)(void))
{
    double end = ev_time() + 10.;

    for (int i = 0; !all_done(echo); i++) {
        ck_assert_msg(ev_time() < end, "in time");
        if (i % 40 == 0)
            disturb();
        run_ms(1);
    }
    check_exactly_once();
}

static void touch_lease(void)
{
    freeReplyObject(ask("PEXPIRE %s %d", LEASE_KEY, LEASE_MS));
}

static void take_lease_away(void)
{
    freeReplyObject(ask("SET %s somebody PX 20", LEASE_KEY));
}

static void cut_connections(void)
{
    freeReplyObject(ask("CLIENT KILL TYPE normal SKIPME yes"));
}

START_TEST(touches_of_the_lease_under_load_only_delay)
{
    struct echo echo;

    add_load();
    start(&echo, "one");
    run_until(has_begun, &echo);
    run_disturbed(&echo, touch_lease);
    ck_assert_uint_eq(echo.lost, 0);
    ck_assert_uint_gt(stepden_session_counters(echo.session)->refused, 0);
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(a_lease_that_is_lost_under_load_loses_no_input)
{
    struct echo echo;

    add_load();
    start(&echo, "one");
    run_until(has_begun, &echo);
    run_disturbed(&echo, take_lease_away);
    ck_assert_uint_gt(echo.lost, 0);
    ck_assert_uint_eq(echo.kept, LOAD);
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(a_connection_that_is_cut_under_load_loses_no_input)
{
    struct echo echo;

    add_load();
    start(&echo, "one");
    run_until(has_begun, &echo);
    cut_connections();
    run_until(has_lost, &echo);
    run_until(owns, &echo);
    run_disturbed(&echo, cut_connections);
    ck_assert_uint_eq(echo.kept, LOAD);
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(an_owner_outlives_a_server_that_is_killed)
{
    struct echo echo;

    config.redis.limits.max_batch = 32;
    add_inputs(INPUT_KEY, INPUTS);
    start(&echo, "one");
    run_until(has_begun, &echo);
    redis_server_kill(&server);
    run_until(has_lost, &echo);
    redis_server_restart(&server);
    redisFree(client);
    client = redis_server_connect(&server);
    run_until(owns, &echo);
    run_until(all_done, &echo);
    check_exactly_once();
    ck_assert_uint_eq(echo.kept, INPUTS);
    ck_assert_uint_eq(echo.acquired, 2);
    stepden_session_free(echo.session);
}
END_TEST

static bool has_acquired_twice(const struct echo *echo)
{
    return echo->acquired == 2;
}

START_TEST(its_own_lease_is_taken_again_after_a_reconnection)
{
    struct echo echo;

    config.redis.lease.timeout_ms = 60000;
    start(&echo, "one");
    run_until(owns, &echo);
    run_ms(20);
    freeReplyObject(ask("CLIENT KILL TYPE normal SKIPME yes"));
    add_inputs(INPUT_KEY, 10);
    run_until(has_acquired_twice, &echo);
    run_until(all_done, &echo);
    check_exactly_once();
    ck_assert_uint_eq(echo.lost, 1);
    stepden_session_free(echo.session);
}
END_TEST

int main(void)
{
    const TTest *const usual[] = {
        a_successor_goes_on_where_a_dead_owner_was,
        a_standby_takes_over_when_the_owner_dies,
        a_standby_that_cannot_take_over_says_so,
        a_standby_with_a_shorter_lease_leaves_the_owner_alone,
        a_lease_that_would_never_lapse_is_given_an_end,
        a_sleeper_that_wakes_after_a_takeover_does_nothing,
        a_standby_on_the_owners_host_says_once_that_it_waits,
        an_unusable_file_and_a_full_server_are_said_once_each,
        the_lease_of_a_process_killed_on_this_host_is_taken_at_once,
        an_owner_whose_lease_is_taken_publishes_nothing_more,
        a_touch_of_the_lease_only_delays,
        touches_of_the_lease_under_load_only_delay,
        a_lease_that_is_lost_under_load_loses_no_input,
        a_connection_that_is_cut_under_load_loses_no_input,
        its_own_lease_is_taken_again_after_a_reconnection,
        NULL,
    };
    const TTest *const persistent[] = {
        an_owner_outlives_a_server_that_is_killed,
        NULL,
    };

    return redis_echo_run("redis/lease", usual, persistent);
}
