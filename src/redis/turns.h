/*
 * Whose turn it is to read. The sessions of a process share one core: what each
 * of many has under way at once is out of the core's cache, and of the
 * server's, when it is wanted next. So only some of them read at a time, with
 * all their might, and the others wait in order, after those who had enough in
 * their last turn. A turn is over when it is ended, or after 20 to 40 ms, if
 * somebody waits: also that of who reads from a server which does not answer.
 * Servers that are far away leave the core idle, and there are more turns then,
 * up to eight times as many.
 */
#ifndef STEPDEN_REDIS_TURNS_H
#define STEPDEN_REDIS_TURNS_H

#include <stdbool.h>
#include <sys/queue.h>

#include <ev.h>

enum stepden_turn_state {
    STEPDEN_TURN_NONE,
    STEPDEN_TURN_AWAITED,
    STEPDEN_TURN_HELD,
};

/* One that takes turns; part of it. All but the first three is zero at first.
 */
struct stepden_turn {
    struct stepden_turns *turns;
    void (*granted)(void *ctx); /* from within the loop */
    void *ctx;
    enum stepden_turn_state state;
    unsigned tick;   /* when it began */
    bool wants_more; /* than the last one gave */
    TAILQ_ENTRY(stepden_turn) place;
};

TAILQ_HEAD(stepden_turn_list, stepden_turn);

struct stepden_turns {
    struct ev_loop *loop;
    struct stepden_turn_list held;       /* oldest first, as the next */
    struct stepden_turn_list awaited[2]; /* by `wants_more` */
    unsigned held_count;
    unsigned awaited_count;
    unsigned grants;
    unsigned count; /* at a time */
    unsigned ticks;
    double slept_s; /* that the loop had nothing to do since the last one */
    ev_tstamp sleeps_since;
    ev_timer tick;    /* runs while somebody waits */
    ev_prepare sleep; /* these two as well */
    ev_check wake;
    ev_prepare change; /* fed to the loop: one can be granted */
};

/* Has to outlive those that take turns. */
void stepden_turns_init(struct stepden_turns *turns, struct ev_loop *loop);

/* How many there are at a time, at least. */
enum { STEPDEN_TURNS = 8 };

/* Whether it has the turn: still, or as nobody waits for it. */
bool stepden_turn_take(struct stepden_turn *turn);

/* `granted` comes when it has it. */
void stepden_turn_await(struct stepden_turn *turn);

/* It has no use for it any more, and waits no more. */
void stepden_turn_end(struct stepden_turn *turn);

#endif
