/*
 * A fault of messages, of which there may be many: it is told at once, and then
 * seldom, with the latest one and how many there were.
 */
#ifndef STEPDEN_DAEMON_LOG_FAULT_H
#define STEPDEN_DAEMON_LOG_FAULT_H

#include <stdint.h>

#include "daemon/log/log.h"
#include "daemon/log/seldom.h"

/* All zero: none so far. */
struct stepden_fault {
    struct stepden_seldom seldom;
    char words[STEPDEN_LOG_LINE_MAX]; /* of the log, about the latest */
};

/* Notes one, if the log is for that level; else nothing of it is evaluated. */
#define STEPDEN_FAULT_NOTE(fault, log, level_wanted, ...)                      \
    do {                                                                       \
        if ((level_wanted) >= (log)->level)                                    \
            stepden_fault_note((fault), __VA_ARGS__);                          \
    } while (0)

void stepden_fault_note(struct stepden_fault *fault, const char *format, ...)
    STEPDEN_PRINTF(2, 3);

/* If it is time to: `event`, the count and the words. */
void stepden_fault_tell(struct stepden_fault *fault, struct stepden_log *log,
                        enum stepden_log_level level, const char *event,
                        int64_t mono_ms);

#endif
