#include "redis/turns.h"

static const ev_tstamp TICK_S = 0.020;

enum { MOST_TURNS = 8 * STEPDEN_TURNS };

static bool has_room(const struct stepden_turns *turns)
{
    return turns->held_count < turns->count;
}

static bool can_grant(const struct stepden_turns *turns)
{
    return has_room(turns) && turns->awaited_count > 0;
}

/* It has seen a whole tick. */
static bool is_over(const struct stepden_turn *turn)
{
    return turn->turns->awaited_count > 0 &&
           turn->turns->ticks - turn->tick > 1;
}

static void leave(struct stepden_turn *turn)
{
    struct stepden_turns *turns = turn->turns;

    if (turn->state == STEPDEN_TURN_AWAITED) {
        TAILQ_REMOVE(&turns->awaited[turn->wants_more], turn, place);
        turns->awaited_count--;
    }
    if (turn->state == STEPDEN_TURN_HELD) {
        TAILQ_REMOVE(&turns->held, turn, place);
        turns->held_count--;
    }
    turn->state = STEPDEN_TURN_NONE;
}

static void lose(struct stepden_turn *turn)
{
    leave(turn);
    turn->wants_more = true;
}

/* Who had enough in its last turn comes before who had not; but for each eighth
 * one, so that nobody waits for ever. */
static struct stepden_turn *next(const struct stepden_turns *turns)
{
    bool is_eighth = turns->grants % 8 == 7;
    struct stepden_turn *first = TAILQ_FIRST(&turns->awaited[is_eighth]);

    return first != NULL ? first : TAILQ_FIRST(&turns->awaited[!is_eighth]);
}

static void hold(struct stepden_turn *turn)
{
    struct stepden_turns *turns = turn->turns;

    leave(turn);
    turn->state = STEPDEN_TURN_HELD;
    turn->tick = turns->ticks;
    TAILQ_INSERT_TAIL(&turns->held, turn, place);
    turns->held_count++;
}

/* Where those that read mostly wait for their servers, there are to be more. */
static void adapt(struct stepden_turns *turns)
{
    if (turns->slept_s > TICK_S / 4 && turns->count < MOST_TURNS)
        turns->count *= 2;
    else if (turns->slept_s <= TICK_S / 4 && turns->count > STEPDEN_TURNS)
        turns->count /= 2;
    turns->slept_s = 0;
}

static void start_clock(struct stepden_turns *turns)
{
    turns->slept_s = 0;
    turns->sleeps_since = ev_time();
    ev_timer_again(turns->loop, &turns->tick);
    ev_prepare_start(turns->loop, &turns->sleep);
    ev_check_start(turns->loop, &turns->wake);
}

static void stop_clock(struct stepden_turns *turns)
{
    ev_timer_stop(turns->loop, &turns->tick);
    ev_prepare_stop(turns->loop, &turns->sleep);
    ev_check_stop(turns->loop, &turns->wake);
}

/* From the loop, as who makes room is amidst something. */
static void arrange(struct stepden_turns *turns)
{
    if (turns->awaited_count == 0)
        stop_clock(turns);
    else if (!ev_is_active(&turns->tick))
        start_clock(turns);
    if (can_grant(turns))
        ev_feed_event(turns->loop, &turns->change, EV_CUSTOM);
}

static void on_change(struct ev_loop *loop, ev_prepare *change, int events)
{
    struct stepden_turns *turns = change->data;

    (void)loop;
    (void)events;
    for (int i = 0; i < MOST_TURNS && can_grant(turns); i++) {
        struct stepden_turn *turn = next(turns);
        turns->grants++;
        hold(turn);
        turn->granted(turn->ctx);
    }
    arrange(turns);
}

static void on_tick(struct ev_loop *loop, ev_timer *tick, int events)
{
    struct stepden_turns *turns = tick->data;
    struct stepden_turn *oldest;

    (void)loop;
    (void)events;
    turns->ticks++;
    while ((oldest = TAILQ_FIRST(&turns->held)) != NULL && is_over(oldest))
        lose(oldest);
    adapt(turns);
    arrange(turns);
}

static void on_sleep(struct ev_loop *loop, ev_prepare *sleep, int events)
{
    struct stepden_turns *turns = sleep->data;

    (void)loop;
    (void)events;
    turns->sleeps_since = ev_time();
}

static void on_wake(struct ev_loop *loop, ev_check *wake, int events)
{
    struct stepden_turns *turns = wake->data;

    (void)loop;
    (void)events;
    turns->slept_s += ev_time() - turns->sleeps_since;
}

void stepden_turns_init(struct stepden_turns *turns, struct ev_loop *loop)
{
    *turns = (struct stepden_turns){.loop = loop, .count = STEPDEN_TURNS};
    TAILQ_INIT(&turns->held);
    TAILQ_INIT(&turns->awaited[false]);
    TAILQ_INIT(&turns->awaited[true]);
    ev_init(&turns->tick, on_tick);
    turns->tick.repeat = TICK_S;
    ev_init(&turns->change, on_change);
    ev_init(&turns->sleep, on_sleep);
    ev_init(&turns->wake, on_wake);
    ev_set_priority(&turns->sleep, EV_MINPRI); /* after all that is sent */
    ev_set_priority(&turns->wake, EV_MAXPRI);
    turns->tick.data = turns->change.data = turns;
    turns->sleep.data = turns->wake.data = turns;
}

bool stepden_turn_take(struct stepden_turn *turn)
{
    if (turn->state == STEPDEN_TURN_HELD && is_over(turn)) {
        lose(turn);
        arrange(turn->turns);
    } else if (turn->state == STEPDEN_TURN_NONE && has_room(turn->turns) &&
               turn->turns->awaited_count == 0) {
        hold(turn);
    }
    return turn->state == STEPDEN_TURN_HELD;
}

void stepden_turn_await(struct stepden_turn *turn)
{
    if (turn->state != STEPDEN_TURN_NONE)
        return;
    turn->state = STEPDEN_TURN_AWAITED;
    TAILQ_INSERT_TAIL(&turn->turns->awaited[turn->wants_more], turn, place);
    turn->turns->awaited_count++;
    arrange(turn->turns);
}

void stepden_turn_end(struct stepden_turn *turn)
{
    leave(turn);
    turn->wants_more = false;
    arrange(turn->turns);
}
