#include "redis/turns.h"

#include <check.h>
#include <stdlib.h>

enum { MANY = 3 * STEPDEN_TURNS };

static struct ev_loop *loop;
static struct stepden_turns turns;
static struct stepden_turn turn[MANY];
static int order[MANY]; /* in which they were granted */
static int granted;

static void note(void *ctx)
{
    const struct stepden_turn *one = ctx;

    ck_assert_int_eq(one->state, STEPDEN_TURN_HELD);
    order[granted++] = (int)(one - turn);
}

static void set_up(void)
{
    granted = 0;
    loop = ev_loop_new(EVFLAG_AUTO);
    stepden_turns_init(&turns, loop);
    for (int i = 0; i < MANY; i++)
        turn[i] = (struct stepden_turn){
            .turns = &turns, .granted = note, .ctx = &turn[i]};
}

static void tear_down(void)
{
    for (int i = 0; i < MANY; i++)
        stepden_turn_end(&turn[i]);
    ck_assert_uint_eq(turns.held_count, 0);
    ck_assert(!ev_is_active(&turns.tick));
    ev_loop_destroy(loop);
}

static void take_all(void)
{
    for (int i = 0; i < STEPDEN_TURNS; i++)
        ck_assert(stepden_turn_take(&turn[i]));
}

static void look(void)
{
    ev_run(loop, EVRUN_NOWAIT);
}

/* As the timer would. */
static void tick(void)
{
    ev_feed_event(loop, &turns.tick, EV_TIMER);
    look();
}

/* There was nothing to do since the last one. */
static void idle_tick(void)
{
    turns.slept_s = 1.;
    tick();
}

START_TEST(so_many_have_one_at_once)
{
    take_all();
    for (int i = STEPDEN_TURNS; i < MANY; i++)
        ck_assert(!stepden_turn_take(&turn[i]));
    take_all();
    stepden_turn_end(&turn[3]);
    ck_assert(stepden_turn_take(&turn[STEPDEN_TURNS]));
    ck_assert(!stepden_turn_take(&turn[3]));
}
END_TEST

START_TEST(it_is_granted_in_order_and_from_the_loop)
{
    take_all();
    for (int i = MANY - 1; i >= STEPDEN_TURNS; i--)
        stepden_turn_await(&turn[i]);
    stepden_turn_await(&turn[MANY - 2]);
    look();
    ck_assert_int_eq(granted, 0);
    stepden_turn_end(&turn[0]);
    stepden_turn_end(&turn[1]);
    ck_assert_int_eq(granted, 0);
    look();
    ck_assert_int_eq(granted, 2);
    ck_assert_int_eq(order[0], MANY - 1);
    ck_assert_int_eq(order[1], MANY - 2);
}
END_TEST

START_TEST(who_waits_comes_before_who_asks_now)
{
    take_all();
    stepden_turn_await(&turn[STEPDEN_TURNS]);
    stepden_turn_end(&turn[0]);
    ck_assert(!stepden_turn_take(&turn[0]));
    ck_assert(!stepden_turn_take(&turn[STEPDEN_TURNS + 1]));
    look();
    ck_assert_int_eq(granted, 1);
    ck_assert(stepden_turn_take(&turn[STEPDEN_TURNS]));
}
END_TEST

START_TEST(it_lasts_while_nobody_waits)
{
    take_all();
    for (int i = 0; i < 10; i++)
        tick();
    take_all();
    ck_assert(!ev_is_active(&turns.tick));
}
END_TEST

START_TEST(it_is_over_after_a_whole_tick_if_somebody_waits)
{
    take_all();
    stepden_turn_await(&turn[STEPDEN_TURNS]);
    ck_assert(ev_is_active(&turns.tick));
    tick();
    take_all();
    ck_assert_int_eq(granted, 0);
    tick();
    ck_assert_int_eq(granted, 1);
    for (int i = 0; i < STEPDEN_TURNS - 1; i++)
        ck_assert(stepden_turn_take(&turn[i]));
    ck_assert(!stepden_turn_take(&turn[STEPDEN_TURNS - 1]));
}
END_TEST

/* Be it that nobody turned the loop meanwhile. */
START_TEST(who_asks_whether_it_still_has_it_may_lose_it)
{
    take_all();
    turns.ticks += 2;
    ck_assert(stepden_turn_take(&turn[0]));
    stepden_turn_await(&turn[STEPDEN_TURNS]);
    ck_assert(!stepden_turn_take(&turn[0]));
    look();
    ck_assert_int_eq(granted, 1);
}
END_TEST

START_TEST(who_gives_up_is_not_granted)
{
    take_all();
    stepden_turn_await(&turn[STEPDEN_TURNS]);
    stepden_turn_await(&turn[STEPDEN_TURNS + 1]);
    stepden_turn_end(&turn[0]);
    stepden_turn_end(&turn[STEPDEN_TURNS]);
    look();
    ck_assert_int_eq(granted, 1);
    ck_assert_int_eq(order[0], STEPDEN_TURNS + 1);
    stepden_turn_end(&turn[1]);
    look();
    ck_assert_int_eq(granted, 1);
}
END_TEST

START_TEST(who_had_enough_comes_before_who_had_not)
{
    enum { LONG = 0, SHORT = 1, NEXT = STEPDEN_TURNS };

    take_all();
    stepden_turn_await(&turn[NEXT]);
    stepden_turn_end(&turn[SHORT]);
    look();
    stepden_turn_await(&turn[SHORT]);
    tick();
    tick();
    ck_assert_int_eq(turn[LONG].state, STEPDEN_TURN_NONE);
    ck_assert_int_eq(turn[SHORT].state, STEPDEN_TURN_HELD);
    stepden_turn_end(&turn[SHORT]);
    for (int i = NEXT; turns.held_count < STEPDEN_TURNS; i++)
        ck_assert(stepden_turn_take(&turn[i]));
    granted = 0;
    stepden_turn_await(&turn[LONG]);
    stepden_turn_await(&turn[SHORT]);
    stepden_turn_end(&turn[NEXT]);
    look();
    ck_assert_int_eq(granted, 1);
    ck_assert_int_eq(order[0], SHORT);
}
END_TEST

/* It has lost its turn, but the answer to its last read was all there was. */
START_TEST(who_has_enough_after_its_turn_has_had_enough)
{
    enum { LATE = 0, NEXT = STEPDEN_TURNS };

    take_all();
    stepden_turn_await(&turn[NEXT]);
    tick();
    tick();
    stepden_turn_end(&turn[LATE]);
    for (int i = NEXT; turns.held_count < STEPDEN_TURNS; i++)
        ck_assert(stepden_turn_take(&turn[i]));
    granted = 0;
    stepden_turn_await(&turn[LATE + 1]);
    stepden_turn_await(&turn[LATE]);
    stepden_turn_end(&turn[NEXT]);
    look();
    ck_assert_int_eq(granted, 1);
    ck_assert_int_eq(order[0], LATE);
}
END_TEST

START_TEST(who_never_has_enough_has_each_eighth_turn)
{
    enum { GREEDY = MANY - 1, OTHERS = STEPDEN_TURNS };

    take_all();
    turn[GREEDY].wants_more = true;
    stepden_turn_await(&turn[GREEDY]);
    for (int i = 0; i < OTHERS; i++) {
        stepden_turn_await(&turn[OTHERS + i]);
        stepden_turn_end(&turn[i]);
        look();
    }
    ck_assert_int_eq(granted, OTHERS);
    for (int i = 0; i < OTHERS; i++)
        ck_assert_int_eq(order[i], i == 7 ? GREEDY : OTHERS + i);
}
END_TEST

START_TEST(there_are_more_while_the_process_is_idle)
{
    take_all();
    for (int i = STEPDEN_TURNS; i < MANY; i++)
        stepden_turn_await(&turn[i]);
    idle_tick();
    ck_assert_uint_eq(turns.count, 2 * STEPDEN_TURNS);
    ck_assert_int_eq(granted, STEPDEN_TURNS);
    tick();
    ck_assert_uint_eq(turns.count, STEPDEN_TURNS);
    for (int i = 0; i < 5; i++)
        tick();
    ck_assert_uint_eq(turns.count, STEPDEN_TURNS);
    ck_assert_uint_eq(turns.held_count, STEPDEN_TURNS);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        so_many_have_one_at_once,
        it_is_granted_in_order_and_from_the_loop,
        who_waits_comes_before_who_asks_now,
        it_lasts_while_nobody_waits,
        it_is_over_after_a_whole_tick_if_somebody_waits,
        who_asks_whether_it_still_has_it_may_lose_it,
        who_gives_up_is_not_granted,
        who_had_enough_comes_before_who_had_not,
        who_has_enough_after_its_turn_has_had_enough,
        who_never_has_enough_has_each_eighth_turn,
        there_are_more_while_the_process_is_idle,
    };
    Suite *suite = suite_create("redis/turns");
    TCase *turns_case = tcase_create("turns");
    tcase_add_checked_fixture(turns_case, set_up, tear_down);
    for (size_t i = 0; i < sizeof tests / sizeof tests[0]; i++)
        tcase_add_test(turns_case, tests[i]);
    suite_add_tcase(suite, turns_case);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
