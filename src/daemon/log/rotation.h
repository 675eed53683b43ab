/* When and how old log files make room. All times are POSIX seconds. */
#ifndef STEPDEN_DAEMON_LOG_ROTATION_H
#define STEPDEN_DAEMON_LOG_ROTATION_H

#include <stdint.h>

/* From `start_s` on, to just before `end_s`. */
struct stepden_log_period {
    int64_t start_s;
    int64_t end_s;
};

/*
 * The period that `unix_s` is in: `interval` of S, M, H, D, midnight or W0..W6,
 * counted from 1970 in UTC, so that it does not depend on when the service was
 * started. D and midnight are days. W0 ends with a Monday, W6 with a Sunday.
 */
struct stepden_log_period stepden_log_rotation_period(const char *when,
                                                      uint32_t interval,
                                                      int64_t unix_s);

/*
 * Renames "path" to "path.1", that to "path.2" and so on, and keeps
 * `backup_count` of them, at least 1. Returns 0, or -1 with errno set and
 * "path" in its place.
 */
int stepden_log_rotation_by_size(const char *path, uint32_t backup_count);

/*
 * Renames "path" to "path.<date>" of the period's `start_s`, or
 * "path.<date>.<number>" if there is one, and keeps the newest `backup_count`
 * of these, 0 for all; of more than a few that are too many, the rest goes with
 * the next one. Returns 0, or -1 with errno set and "path" in its place.
 */
int stepden_log_rotation_by_time(const char *path, const char *when,
                                 int64_t start_s, uint32_t backup_count);

#endif
