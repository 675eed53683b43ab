/* One of the places where the log goes. */
#ifndef STEPDEN_DAEMON_LOG_OUTPUT_H
#define STEPDEN_DAEMON_LOG_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <stepden/records/config.h>

#include "daemon/log_file.h"
#include "daemon/log_syslog.h"

struct stepden_log_output {
    enum stepden_log_handler_kind kind;
    const char *to; /* a path, "stdout" or "stderr" */

    int error;        /* errno of the last try, 0 if it worked */
    int64_t error_ms; /* POSIX time of it */

    /* Kept by the log. */
    unsigned level;  /* what is below is not written */
    uint64_t lost;   /* lines since the last one that was written */
    bool told;       /* that it fails was said elsewhere */
    int64_t told_ms; /* POSIX time of that */
    int rotation_told;

    int stream; /* -1: not open */
    bool cut;   /* the stream, within a line */
    struct stepden_log_file file;
    struct stepden_log_syslog syslog;
};

/* Who writes. */
struct stepden_log_writer {
    const char *name;
    int process;
};

/*
 * Opens what `handler`, which is borrowed, describes; with `anew`, a file of
 * the mode "w" is emptied. What fails is tried again by the next write.
 */
void stepden_log_output_open(struct stepden_log_output *output,
                             const struct stepden_log_handler *handler,
                             const struct stepden_log_writer *writer, bool anew,
                             int64_t unix_ms);

/*
 * Writes a line, its line feed included, and never waits. For a second after a
 * fault nothing is tried again, except that what was full for a moment is.
 *
 * Returns 0, or an errno and the line is lost.
 */
int stepden_log_output_write(struct stepden_log_output *output,
                             enum stepden_log_level level, const char *line,
                             size_t size, int64_t unix_ms);

void stepden_log_output_close(struct stepden_log_output *output);

#endif
