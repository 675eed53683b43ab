/*
 * The log of the service. One line a fact, `event key=value ...`; a text value
 * that may contain spaces is quoted, and if it comes from elsewhere, escaped by
 * STEPDEN_LOG_VALUE. Only the daemon logs: libraries return.
 */
#ifndef STEPDEN_DAEMON_LOG_LOG_H
#define STEPDEN_DAEMON_LOG_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <stepden/records/config.h>
#include <stepden/status.h>

#include "base/diag.h"
#include "daemon/log/format.h"
#include "daemon/log/output.h"
#include "daemon/log/value.h"

/* As many as the schema allows. */
#define STEPDEN_LOG_OUTPUT_MAX                                                 \
    (sizeof((struct stepden_config_log *)NULL)->handlers.item /                \
     sizeof(struct stepden_log_handler))

/* Where the log takes its time from, in milliseconds of POSIX time. */
struct stepden_log_clock {
    int64_t (*unix_ms)(void *ctx);
    void *ctx;
};

struct stepden_log {
    unsigned level; /* the lowest of all outputs */
    int process;
    char name[sizeof((struct stepden_config *)NULL)->instance_name];
    struct stepden_config_log config;
    struct stepden_log_clock clock;
    struct stepden_log_format format;
    uint64_t lost; /* lines, each time that one is missing somewhere */
    uint32_t output_count;
    struct stepden_log_output output[STEPDEN_LOG_OUTPUT_MAX];
};

/*
 * Tells of all that the schema cannot say: a format that does not hold
 * together, handlers that are in each other's files.
 *
 * STEPDEN_ERR_INVALID  there is something
 */
STEPDEN_CHECKED enum stepden_status
stepden_log_check(const struct stepden_config_log *config,
                  stepden_diag_report *report, void *ctx);

/*
 * Opens the outputs of `config`, which stepden_log_check has passed.
 *
 * An output that cannot be written is no error, now or later, and the log never
 * waits for one: its lines are lost and counted. That is said once to those of
 * the others that work (log_lost), or else on standard error, and when it works
 * again, there and here (log_resumed).
 *
 * STEPDEN_ERR_INVALID  a format that does not hold together
 */
STEPDEN_CHECKED enum stepden_status
stepden_log_open(struct stepden_log *log,
                 const struct stepden_config_log *config, const char *name,
                 const struct stepden_log_clock *clock,
                 struct stepden_diag *diag);

/*
 * Goes on with `config`, which may be the same: all files are closed and opened
 * by name. None starts anew, and of an output with the same name it is still
 * known what it has lost and what was told. On error the log goes on unchanged.
 *
 * STEPDEN_ERR_INVALID  a format that does not hold together
 */
STEPDEN_CHECKED enum stepden_status
stepden_log_reopen(struct stepden_log *log,
                   const struct stepden_config_log *config,
                   struct stepden_diag *diag);

void stepden_log_close(struct stepden_log *log);

/* How many outputs do not work at present. */
size_t stepden_log_failing(const struct stepden_log *log);

/* Writes an entry; STEPDEN_LOG and its like call it. */
void stepden_log_write(struct stepden_log *log, enum stepden_log_level level,
                       const char *file, const char *function, int line,
                       const char *format, ...) STEPDEN_PRINTF(6, 7);

/* Below the level of the log nothing of the call is evaluated. */
#define STEPDEN_LOG(log, level_wanted, ...)                                    \
    do {                                                                       \
        if ((level_wanted) >= (log)->level)                                    \
            stepden_log_write((log), (level_wanted), __FILE__, __func__,       \
                              __LINE__, __VA_ARGS__);                          \
    } while (0)

#define STEPDEN_LOG_DEBUG(log, ...)                                            \
    STEPDEN_LOG(log, STEPDEN_LOG_LEVEL_DEBUG, __VA_ARGS__)
#define STEPDEN_LOG_INFO(log, ...)                                             \
    STEPDEN_LOG(log, STEPDEN_LOG_LEVEL_INFO, __VA_ARGS__)
#define STEPDEN_LOG_WARNING(log, ...)                                          \
    STEPDEN_LOG(log, STEPDEN_LOG_LEVEL_WARNING, __VA_ARGS__)
#define STEPDEN_LOG_ERROR(log, ...)                                            \
    STEPDEN_LOG(log, STEPDEN_LOG_LEVEL_ERROR, __VA_ARGS__)
#define STEPDEN_LOG_CRITICAL(log, ...)                                         \
    STEPDEN_LOG(log, STEPDEN_LOG_LEVEL_CRITICAL, __VA_ARGS__)

#endif
