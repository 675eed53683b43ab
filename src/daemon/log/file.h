/* A log file that rotates by size or by time. */
#ifndef STEPDEN_DAEMON_LOG_FILE_H
#define STEPDEN_DAEMON_LOG_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "daemon/log/rotation.h"

/* The texts are borrowed as long as the file is open. */
struct stepden_log_file_settings {
    const char *path;
    bool truncate;         /* at the first opening */
    int64_t max_bytes;     /* a file grows no larger, if no line is longer; 0:
                              whatever its size */
    const char *when;      /* S, M, H, D, midnight, W0..W6; NULL: never */
    uint32_t interval;     /* how many of them */
    uint32_t backup_count; /* old files kept; by time, 0: all */
};

struct stepden_log_file {
    struct stepden_log_file_settings settings;
    int fd;             /* -1: not open */
    int rotation_error; /* errno of the last rotation, 0 if it worked */
    dev_t device;
    ino_t inode;
    bool regular; /* others, as /dev/full, do not rotate */
    bool cut;     /* the file ends within a line */
    int64_t size; /* bytes in the file */
    struct stepden_log_period period;
};

/* Opens `file`. Returns 0 or an errno: then the next write opens it. EBUSY: it
 * rotates, and another process has it. */
int stepden_log_file_open(struct stepden_log_file *file,
                          const struct stepden_log_file_settings *settings,
                          int64_t unix_ms);

/*
 * Writes the line of `size` bytes to the file that has the path now, so that a
 * file that was renamed or removed by others gets no more lines; rotates it
 * before if it is time to. Never waits.
 *
 * By size: "path" becomes "path.1", that "path.2" and so on up to backup_count;
 * with 0 the file starts anew. If that fails, the line is not written.
 * By time: the period of a file that is found is that of its last change. If
 * the rotation fails, or there are more than backup_count old files that cannot
 * be removed, the file goes on and rotation_error says why; a second later it
 * is tried again. A clock that is set back by more than a period ends it, too.
 *
 * Returns 0, or an errno and the line is not written, or not to its end.
 */
int stepden_log_file_write(struct stepden_log_file *file, const char *line,
                           size_t size, int64_t unix_ms);

void stepden_log_file_close(struct stepden_log_file *file);

#endif
