/*
 * Refusals of targets for lack of room: told at once, and then seldom, so that
 * a full table does not fill the log, too.
 */
#ifndef STEPDEN_DAEMON_REFUSALS_H
#define STEPDEN_DAEMON_REFUSALS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <stepden/den.h>
#include <stepden/records/config.h>

#define STEPDEN_REFUSALS_INTERVAL_MS 10000
#define STEPDEN_REFUSALS_TEXT_MAX 384

/* Of one kind. All zero: none so far. */
struct stepden_refusals {
    uint64_t untold;
    bool told;
    int64_t told_mono_ms;
};

void stepden_refusals_note(struct stepden_refusals *refusals);

/*
 * How many there are to tell of now: all since the last time; 0 if there are
 * none, or STEPDEN_REFUSALS_INTERVAL_MS have not passed since then.
 */
uint64_t stepden_refusals_due(struct stepden_refusals *refusals,
                              int64_t mono_ms);

/*
 * Writes what there is too little of, with the arithmetic and what would help,
 * as words of a line of the log, and returns `text`. `why` is
 * STEPDEN_DEN_SKIP_FULL or STEPDEN_DEN_SKIP_ACTION_ID.
 */
const char *
stepden_refusals_describe(char text[STEPDEN_REFUSALS_TEXT_MAX],
                          enum stepden_den_skip why,
                          const struct stepden_config *config,
                          const struct stepden_den_counters *counters);

#endif
