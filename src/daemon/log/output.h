/* One of the places where the log goes. */
#ifndef STEPDEN_DAEMON_LOG_OUTPUT_H
#define STEPDEN_DAEMON_LOG_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <stepden/records/config.h>

#include "daemon/log/file.h"
#include "daemon/log/outage.h"
#include "daemon/log/syslog.h"

struct stepden_log_output {
    enum stepden_log_handler_kind kind;
    const char *to;

    /* Kept by the log. */
    unsigned level; /* what is below is not written */
    struct stepden_log_outage outage;

    int stream; /* -1: not open */
    struct stepden_log_file file;
    struct stepden_log_syslog syslog;
};

/* Who writes. */
struct stepden_log_writer {
    const char *name;
    int process;
};

/* A path, "stdout" or "stderr", /dev/log or "". */
const char *stepden_log_output_name(const struct stepden_log_handler *handler);

/*
 * Opens what `handler`, which is borrowed, describes; with `anew`, a file of
 * the mode "w" is emptied. Returns 0 or an errno: then the next write opens it.
 */
int stepden_log_output_open(struct stepden_log_output *output,
                            const struct stepden_log_handler *handler,
                            const struct stepden_log_writer *writer, bool anew,
                            int64_t unix_ms);

/* Writes a line, its line feed included, and never waits. Returns 0, or an
 * errno and the line is not written, or not to its end. */
int stepden_log_output_write(struct stepden_log_output *output,
                             enum stepden_log_level level, const char *line,
                             size_t size, int64_t unix_ms);

void stepden_log_output_close(struct stepden_log_output *output);

#endif
