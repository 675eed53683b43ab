/* When and how old log files make room. All times are POSIX seconds. */
#ifndef STEPDEN_DAEMON_LOG_ROTATION_H
#define STEPDEN_DAEMON_LOG_ROTATION_H

#include <stdint.h>

/* `when` as in the configuration: S, M, H, D, midnight, W0..W6. */
int64_t stepden_log_rotation_next(const char *when, uint32_t interval,
                                  int64_t start_s);

/*
 * Renames "path" to "path.1" and so on, up to `backup_count` old files; with
 * none, removes it. Returns 0, or -1 with errno set and "path" in its place.
 */
int stepden_log_rotation_by_size(const char *path, uint32_t backup_count);

/*
 * Renames "path" to "path.<date>" of the period that ends at `end_s`, and
 * removes the oldest but `backup_count` of these; 0 keeps them all. Returns 0,
 * or -1 with errno set and "path" in its place.
 */
int stepden_log_rotation_by_time(const char *path, const char *when,
                                 uint32_t interval, int64_t end_s,
                                 uint32_t backup_count);

#endif
