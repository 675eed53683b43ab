/* Refusals of targets for lack of room, as they are told: seldom. */
#ifndef STEPDEN_DAEMON_REFUSALS_H
#define STEPDEN_DAEMON_REFUSALS_H

#include <stddef.h>
#include <stdint.h>

#include <stepden/den.h>
#include <stepden/records/config.h>

#include "daemon/log/seldom.h"

#define STEPDEN_REFUSALS_TEXT_MAX 384

/* All zero: none so far. */
struct stepden_refusals {
    struct stepden_seldom seldom;
    enum stepden_den_skip why; /* of the latest one, as the next */
    uint64_t reserved;         /* action ids then */
    uint32_t numbers;          /* that there are */
};

/*
 * Notes a target that was skipped, if that was for lack of room: `why` is
 * STEPDEN_DEN_SKIP_FULL or STEPDEN_DEN_SKIP_ACTION_ID. The service has so many
 * action ids, `numbers`.
 */
void stepden_refusals_note(struct stepden_refusals *refusals,
                           enum stepden_den_skip why,
                           const struct stepden_den_counters *counters,
                           uint32_t numbers);

/*
 * If it is time to tell of them, writes how many there were since the last
 * time, what there was too little of, with the arithmetic, and what would help,
 * as words of a line of the log. Returns `text`, or NULL.
 */
const char *stepden_refusals_tell(struct stepden_refusals *refusals,
                                  char text[STEPDEN_REFUSALS_TEXT_MAX],
                                  const struct stepden_config *config,
                                  int64_t mono_ms);

#endif
