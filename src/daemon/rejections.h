/* Inputs that go to the dead letters: told seldom, counted by reason. */
#ifndef STEPDEN_DAEMON_REJECTIONS_H
#define STEPDEN_DAEMON_REJECTIONS_H

#include <stdint.h>

#include <stepden/records/config.h>
#include <stepden/status.h>

#include "daemon/log/fault.h"
#include "daemon/log/log.h"
#include "redis/session.h"

enum stepden_rejection {
    STEPDEN_REJECTION_SYNTAX,      /* not of its notation */
    STEPDEN_REJECTION_RANGE,       /* a value outside its range */
    STEPDEN_REJECTION_INVALID,     /* otherwise not what it has to be */
    STEPDEN_REJECTION_TOO_LARGE,   /* for redis.limits.maxEntryBytes */
    STEPDEN_REJECTION_NOT_ENCODED, /* a DENM of it has no encoding */
    STEPDEN_REJECTION_COUNT,
};

/* All zero: none so far. */
struct stepden_rejections {
    struct stepden_fault fault; /* to be told */
    uint64_t counts[STEPDEN_INPUT_COUNT][STEPDEN_REJECTION_COUNT];
};

/* A name, like "too_large". */
const char *stepden_rejection_text(enum stepden_rejection why);

/* What this error of reading an input, or of taking it in, is. */
enum stepden_rejection stepden_rejection_of(enum stepden_status status);

/* Notes and counts one; `label` as of a pipeline. */
void stepden_rejections_note(struct stepden_rejections *rejections,
                             struct stepden_log *log,
                             const struct stepden_config *config,
                             const struct stepden_entry *entry,
                             const char *label, enum stepden_rejection why,
                             const char *pointer, const char *reason);

#endif
