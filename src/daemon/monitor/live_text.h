/* The messages of the live page: server-sent events with JSON. */
#ifndef STEPDEN_DAEMON_MONITOR_LIVE_TEXT_H
#define STEPDEN_DAEMON_MONITOR_LIVE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <stepden/its_time.h>

#include "daemon/monitor/picture.h"
#include "daemon/monitor/vitals.h"

#define STEPDEN_LIVE_PARTITIONS_MAX 256 /* redis.partitions */

#define STEPDEN_LIVE_REASON_MAX 512 /* bytes; the rest is cut off */

/* Holds any message: an event for each that is gone, the partitions with owners
 * of nothing but quotes, reasons of nothing but what has to be escaped, and
 * what is there once. */
#define STEPDEN_LIVE_TEXT_MAX                                                  \
    ((size_t)(512 + 32) * STEPDEN_PICTURE_MAX +                                \
     (128 + 2 * (size_t)STEPDEN_INSTANCE_SIZE) * STEPDEN_LIVE_PARTITIONS_MAX + \
     (size_t)6 * STEPDEN_LIVE_REASON_MAX * STEPDEN_VITALS_REASONS_MAX + 8192)

/* What a message tells. Times in it are monotonic, in ms, as the `now` in it:
 * the reader's clock does not count. */
struct stepden_live_message {
    uint64_t number; /* rises from message to message */
    struct stepden_now now;
    int64_t unix_ms; /* the same */
    const struct stepden_vitals *vitals;
    const struct stepden_picture *before; /* NULL: all is told */
    const struct stepden_picture *picture;
};

/*
 * Writes the message, with the NUL. One that tells all has who we are, too, and
 * how long to wait before connecting again. It is between this page and this
 * service, and changes with them.
 */
void stepden_live_text_write(char text[STEPDEN_LIVE_TEXT_MAX],
                             const struct stepden_live_message *message);

#endif
