/*
 * What may come often is told at once, and then seldom, with how many there
 * were since, so that it does not fill the log.
 */
#ifndef STEPDEN_DAEMON_LOG_SELDOM_H
#define STEPDEN_DAEMON_LOG_SELDOM_H

#include <stdbool.h>
#include <stdint.h>

#define STEPDEN_SELDOM_INTERVAL_MS 10000

/* All zero: none so far. */
struct stepden_seldom {
    uint64_t untold;
    bool told;
    int64_t told_mono_ms;
};

/* When there is something to tell of, INT64_MAX for never. */
int64_t stepden_seldom_due_at(const struct stepden_seldom *seldom);

/* If that time has come, how many there were since the last time; else 0. */
uint64_t stepden_seldom_tell(struct stepden_seldom *seldom, int64_t mono_ms);

#endif
