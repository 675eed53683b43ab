/*
 * A log file that rotates by size or by time. What cannot be written is
 * dropped and counted; the file is opened again at most once a second.
 */
#ifndef STEPDEN_DAEMON_LOG_FILE_H
#define STEPDEN_DAEMON_LOG_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <stepden/status.h>

/* The texts are borrowed as long as the file is open. */
struct stepden_log_file_settings {
    const char *path;
    bool truncate;         /* at the first opening */
    int64_t max_bytes;     /* a file grows no larger; 0: whatever its size */
    const char *when;      /* S, M, H, D, midnight, W0..W6; NULL: never */
    uint32_t interval;     /* how many of them */
    uint32_t backup_count; /* old files kept; by time, 0: all */
};

struct stepden_log_file {
    struct stepden_log_file_settings settings;
    int fd;           /* -1: not open */
    int error;        /* errno of the last fault, 0 after a line */
    int64_t size;     /* bytes in the file */
    int64_t rotate_s; /* POSIX time of the next rotation */
    int64_t retry_ms; /* POSIX time of the next try to open */
    uint64_t lost;    /* lines dropped since the last one written */
    bool cut;         /* the file ends within a line */
};

/* Opens `file`, or will, when it can be. */
void stepden_log_file_open(struct stepden_log_file *file,
                           const struct stepden_log_file_settings *settings,
                           int64_t unix_ms);

/*
 * Rotates if it is time to, and writes the line of `size` bytes.
 *
 * By size: "path" becomes "path.1", that "path.2" and so on up to backup_count;
 * with 0 the file starts anew. By time: "path" becomes "path.<when its period
 * began>", and all but the newest backup_count of these are removed. The
 * periods of S, M, H and D begin with the file's last change, the others at
 * midnight UTC, W0..W6 at the end of that day, Monday being 0.
 *
 * STEPDEN_ERR_SYSTEM  not written; file->error says why
 */
enum stepden_status stepden_log_file_write(struct stepden_log_file *file,
                                           const char *line, size_t size,
                                           int64_t unix_ms);

void stepden_log_file_close(struct stepden_log_file *file);

#endif
