/* How instances tell each other that a partition is to be had. */
#include "support/redis_echo.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { LONG_MS = 60000, SHARED_MS = 1500, LOOKS_MS = SHARED_MS / 2 };

/* One owns, the other one stands by; a look at the lease is far off. */
static void start_pair(struct echo *owner, struct echo *standby)
{
    config.redis.lease.timeout_ms = LONG_MS;
    start(owner, "owner");
    run_until(owns, owner);
    start(standby, "standby");
    run_until(stands_by, standby);
}

static void share(void)
{
    config.redis.partitions = 2;
    config.redis.lease.timeout_ms = SHARED_MS;
}

static bool both_listen(const struct echo *echo)
{
    redisReply *info = ask("INFO clients");
    bool both = strstr(info->str, "blocked_clients:2") != NULL;

    (void)echo;
    freeReplyObject(info);
    return both;
}

START_TEST(a_standby_takes_over_at_once_when_the_owner_stops)
{
    struct echo owner;
    struct echo standby;

    start_pair(&owner, &standby);
    run_until(both_listen, &standby);
    stepden_session_stop(owner.session);
    run_until(has_stopped, &owner);
    run_until(owns, &standby);
    ck_assert_int_eq(number("XLEN", BELL_KEY), 1);
    add_inputs(INPUT_KEY, 10);
    run_until(all_done, &standby);
    check_exactly_once();
    stepden_session_free(standby.session);
    stepden_session_free(owner.session);
}
END_TEST

START_TEST(a_stop_before_the_standby_listens_is_heard_all_the_same)
{
    struct echo owner;
    struct echo standby;

    start_pair(&owner, &standby);
    stepden_session_stop(owner.session);
    run_until(owns, &standby);
    stepden_session_free(standby.session);
    stepden_session_free(owner.session);
}
END_TEST

START_TEST(an_old_ring_is_heard_once)
{
    struct echo owner;
    struct echo standby;

    freeReplyObject(ask("XADD %s * lease x", BELL_KEY));
    start_pair(&owner, &standby);
    run_until(both_listen, &standby);
    run_ms(100);
    freeReplyObject(ask("CONFIG RESETSTAT"));
    run_ms(200);
    redisReply *info = ask("INFO commandstats");
    ck_assert_ptr_null(strstr(info->str, "cmdstat_type:"));
    freeReplyObject(info);
    stepden_session_free(standby.session);
    stepden_session_free(owner.session);
}
END_TEST

START_TEST(who_has_two_more_hands_over_to_who_wishes)
{
    struct echo giver;
    struct echo wisher;

    share();
    add_load();
    start(&giver, "giver");
    giver.held = 2;
    run_until(has_begun, &giver);
    start(&wisher, "wisher");
    run_until(stands_by, &wisher);
    run_ms(LOOKS_MS);
    ck_assert(stands_by(&wisher));
    wisher.rank = 0;
    run_until(owns, &wisher);
    run_until(stands_by, &giver);
    ck_assert_uint_eq(giver.lost, 1);
    ck_assert_uint_eq(stepden_session_counters(giver.session)->handed_over, 1);
    ck_assert_uint_eq(stepden_session_counters(giver.session)->lost, 0);
    run_until(all_done, &wisher);
    check_exactly_once();
    ck_assert_uint_eq(wisher.kept, LOAD);
    stepden_session_free(wisher.session);
    stepden_session_free(giver.session);
}
END_TEST

static void use_state_file(void)
{
    config.redis.lease.has_state_file = true;
    snprintf(config.redis.lease.state_file,
             sizeof config.redis.lease.state_file, "%s/state", server.folder);
}

START_TEST(each_partition_has_a_state_file_of_its_own)
{
    char path[256];
    struct echo echo;

    share();
    use_state_file();
    start(&echo, "one");
    run_until(owns, &echo);
    snprintf(path, sizeof path, "%s/state.0", server.folder);
    ck_assert_int_eq(access(path, F_OK), 0);
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(the_state_file_goes_with_the_lease)
{
    struct echo giver;
    struct echo wisher;

    share();
    use_state_file();
    start(&giver, "giver");
    run_until(owns, &giver);
    start(&wisher, "wisher");
    wisher.rank = 0;
    giver.held = 2;
    run_until(owns, &wisher);
    run_until(has_lost, &giver);
    giver.held = 0;
    stepden_session_free(wisher.session);
    freeReplyObject(ask("PEXPIRE %s %d", LEASE_KEY, LONG_MS));
    run_until(owns, &giver);
    stepden_session_free(giver.session);
}
END_TEST

static bool is_wished(const struct echo *echo)
{
    (void)echo;
    return number("EXISTS", WISH_KEY) == 1;
}

static bool is_not_wished(const struct echo *echo)
{
    return !is_wished(echo);
}

START_TEST(a_wish_is_not_granted_to_who_has_one_less)
{
    struct echo owner;
    struct echo wisher;

    share();
    start(&owner, "owner");
    owner.held = 2;
    run_until(owns, &owner);
    start(&wisher, "wisher");
    wisher.rank = 1;
    run_until(stands_by, &wisher);
    run_ms(LOOKS_MS);
    ck_assert(owns(&owner));
    ck_assert_uint_eq(owner.lost, 0);
    run_until(is_wished, &wisher);
    stepden_session_free(wisher.session);
    stepden_session_free(owner.session);
}
END_TEST

#define OTHER_WISH "2 0123456789abcdef0123456789abcdef"

static bool has_other_wish(const struct echo *echo)
{
    redisReply *wish = ask("GET %s", WISH_KEY);
    bool is_other = wish->str != NULL && strcmp(wish->str, OTHER_WISH) == 0;

    (void)echo;
    freeReplyObject(wish);
    return is_other;
}

static bool has_own_wish(const struct echo *echo)
{
    return number("EXISTS", WISH_KEY) == 1 && !has_other_wish(echo);
}

START_TEST(a_wish_makes_way_for_a_lower_rank_only)
{
    struct echo owner;
    struct echo wisher;

    share();
    start(&owner, "owner");
    run_until(owns, &owner);
    freeReplyObject(ask("SET %s %s PX 60000", WISH_KEY, OTHER_WISH));
    start(&wisher, "wisher");
    wisher.rank = 2;
    run_until(stands_by, &wisher);
    run_ms(LOOKS_MS);
    ck_assert(has_other_wish(&wisher));
    wisher.rank = 1;
    run_until(has_own_wish, &wisher);
    stepden_session_free(wisher.session);
    stepden_session_free(owner.session);
}
END_TEST

START_TEST(who_stops_takes_its_wish_back)
{
    struct echo owner;
    struct echo wisher;

    share();
    start_pair(&owner, &wisher);
    wisher.rank = 0;
    freeReplyObject(ask("XADD %s * lease x", BELL_KEY));
    run_until(is_wished, &wisher);
    stepden_session_stop(wisher.session);
    run_until(is_not_wished, &owner);
    stepden_session_free(wisher.session);
    stepden_session_free(owner.session);
}
END_TEST

START_TEST(a_new_owner_knows_no_wishes)
{
    struct echo owner;

    share();
    freeReplyObject(ask("SET %s %s PX 60000", WISH_KEY, OTHER_WISH));
    start(&owner, "owner");
    owner.held = 9;
    run_until(owns, &owner);
    run_ms(LOOKS_MS);
    ck_assert_uint_eq(owner.lost, 0);
    ck_assert(is_not_wished(&owner));
    stepden_session_free(owner.session);
}
END_TEST

static void make_other_wish(void)
{
    freeReplyObject(ask("SET %s %s PX 60000", WISH_KEY, OTHER_WISH));
}

START_TEST(who_hands_over_does_not_hear_its_own_ring)
{
    struct echo owner;

    share();
    config.redis.lease.timeout_ms = LONG_MS;
    start(&owner, "owner");
    owner.held = 9;
    owner.when_loaded = make_other_wish;
    run_until(has_lost, &owner);
    run_ms(100);
    ck_assert(stands_by(&owner));
    ck_assert_uint_eq(owner.acquired, 1);
    stepden_session_free(owner.session);
}
END_TEST

START_TEST(what_the_dead_do_not_take_is_taken_back)
{
    struct echo owner;

    share();
    start(&owner, "owner");
    owner.held = 9;
    run_until(owns, &owner);
    make_other_wish();
    run_until(has_lost, &owner);
    ck_assert(stands_by(&owner));
    owner.held = 0;
    freeReplyObject(ask("PEXPIRE %s %d", LEASE_KEY, LONG_MS));
    run_until(owns, &owner);
    add_inputs(INPUT_KEY, 10);
    run_until(all_done, &owner);
    check_exactly_once();
    stepden_session_free(owner.session);
}
END_TEST

START_TEST(a_stop_while_it_hands_over_ends_well)
{
    struct echo giver;
    struct echo wisher;

    share();
    add_load();
    start(&giver, "giver");
    giver.held = 2;
    run_until(has_begun, &giver);
    start(&wisher, "wisher");
    wisher.rank = 0;
    run_until(stands_by, &wisher);
    stepden_session_stop(giver.session);
    run_until(has_stopped, &giver);
    ck_assert_int_eq(giver.status, STEPDEN_OK);
    run_until(owns, &wisher);
    run_until(all_done, &wisher);
    check_exactly_once();
    stepden_session_free(wisher.session);
    stepden_session_free(giver.session);
}
END_TEST

/* Hands the partition to and fro. */
START_TEST(what_goes_to_and_fro_under_load_is_done_once)
{
    struct echo a;
    struct echo b;

    share();
    add_load();
    start(&a, "a");
    run_until(has_begun, &a);
    start(&b, "b");
    run_until(stands_by, &b);
    a.held = b.held = 2;
    a.rank = b.rank = 0;
    run_until(has_lost, &b);
    a.rank = b.rank = -1;
    while (!all_done(&a))
        run_ms(10);
    check_exactly_once();
    stepden_session_free(b.session);
    stepden_session_free(a.session);
}
END_TEST

/* Whether a hand-over happened is not known then. */
START_TEST(connections_that_are_cut_meanwhile_lose_nothing)
{
    struct echo a;
    struct echo b;

    share();
    add_load();
    start(&a, "a");
    start(&b, "b");
    a.held = b.held = 2;
    a.rank = b.rank = 0;
    for (int i = 0; i < 1000 && !all_done(&a); i++) {
        if (i % 20 == 10)
            freeReplyObject(ask("CLIENT KILL TYPE normal SKIPME yes"));
        run_ms(20);
    }
    run_until(all_done, &a);
    check_exactly_once();
    stepden_session_free(b.session);
    stepden_session_free(a.session);
}
END_TEST

static bool has_said_what_it_lacks(const struct echo *echo)
{
    return times_said(echo, "no share of the partitions: NOPERM") > 0;
}

START_TEST(who_may_not_wish_says_so_once)
{
    struct echo owner;
    struct echo standby;

    share();
    start(&owner, "owner");
    run_until(owns, &owner);
    freeReplyObject(ask("ACL SETUSER default resetkeys %%R~" WISH_KEY
                        " ~step:{step}:c* ~step:{step}:stepden:[blr]*"));
    start(&standby, "standby");
    standby.rank = 0;
    run_until(has_said_what_it_lacks, &standby);
    run_ms(LOOKS_MS);
    ck_assert_uint_eq(times_said(&standby, "no share"), 1);
    ck_assert(stands_by(&standby));
    stepden_session_free(standby.session);
    stepden_session_free(owner.session);
}
END_TEST

int main(void)
{
    const TTest *const usual[] = {
        a_standby_takes_over_at_once_when_the_owner_stops,
        a_stop_before_the_standby_listens_is_heard_all_the_same,
        an_old_ring_is_heard_once,
        who_has_two_more_hands_over_to_who_wishes,
        each_partition_has_a_state_file_of_its_own,
        the_state_file_goes_with_the_lease,
        a_wish_is_not_granted_to_who_has_one_less,
        a_wish_makes_way_for_a_lower_rank_only,
        who_stops_takes_its_wish_back,
        a_new_owner_knows_no_wishes,
        who_hands_over_does_not_hear_its_own_ring,
        what_the_dead_do_not_take_is_taken_back,
        who_may_not_wish_says_so_once,
        a_stop_while_it_hands_over_ends_well,
        what_goes_to_and_fro_under_load_is_done_once,
        connections_that_are_cut_meanwhile_lose_nothing,
        NULL,
    };
    const TTest *const persistent[] = {NULL};

    return redis_echo_run("redis/share", usual, persistent);
}
