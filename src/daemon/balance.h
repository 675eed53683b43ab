/*
 * How instances come to have about the same number of partitions each, without
 * knowing of each other: by wishes. Who stands by at a partition leaves its
 * rank there, which is how many it has and how many it has wished for in this
 * round before. The owner hands over if it has two more than that at least. So
 * wishes that are all granted still leave the owner no less than the other one;
 * where all have the same, or one more, nobody has anything to give.
 *
 * A round is the time in which each partition is looked at once. In each the
 * wishes come in another order, so that a low rank comes by each partition.
 * Where owners grant high ranks first, or ranks are old, more may be given than
 * it should; later rounds put it right.
 */
#ifndef STEPDEN_DAEMON_BALANCE_H
#define STEPDEN_DAEMON_BALANCE_H

#include <stdbool.h>
#include <stdint.h>

/* Of one instance. All zero but the first two: it has nothing yet. */
struct stepden_balance {
    uint32_t partitions; /* there are */
    int64_t round_ms;
    uint32_t held;   /* by us, without those that are being handed over */
    uint32_t wishes; /* in this round */
    int64_t round_began_mono_ms; /* 0: none did */
};

/* A partition has become ours. */
void stepden_balance_take(struct stepden_balance *balance);

/* It is lost; but for one that stepden_balance_grant has given away. */
void stepden_balance_lose(struct stepden_balance *balance);

/* The rank to wish with for a partition that another instance has, or -1 if
 * nobody can have that many more. */
int64_t stepden_balance_wish(struct stepden_balance *balance, int64_t mono_ms);

/* Whether to hand over one of ours to who has that rank; it is given away. */
bool stepden_balance_grant(struct stepden_balance *balance, int64_t rank);

#endif
