/*
 * The configuration: read from a file and checked as a whole. The value, its
 * members and defaults, and how it is written are in records/config.h.
 */
#ifndef STEPDEN_CONFIG_H
#define STEPDEN_CONFIG_H

#include <stdbool.h>
#include <stddef.h>

#include <stepden/records/config.h>
#include <stepden/status.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What is wrong with a configuration, and where. */
struct stepden_config_fault {
    struct stepden_diag diag;
    size_t line;   /* from 1; 0: of no particular place */
    size_t column; /* in characters, from 1 */
};

/*
 * Is told of every fault, in the order of the text; borrowed for the call.
 * `fault` is not NULL.
 */
struct stepden_config_report {
    void (*fault)(void *ctx, const struct stepden_config_fault *fault);
    void *ctx;
};

/*
 * Checks what holds between members, which the schema cannot say: that
 * maxRecords fits the action ids and the station ids fit their range; that
 * thresholds are in order; that the service has its two connections; that
 * streams and fields differ.
 *
 * Reports every fault, and returns the status of the first one.
 *
 * STEPDEN_ERR_INVALID  members that contradict each other
 */
STEPDEN_API STEPDEN_CHECKED enum stepden_status
stepden_config_check(const struct stepden_config *config,
                     const struct stepden_config_report *report);

/*
 * Reports, with the arithmetic, what a valid configuration cannot do although
 * its members seem to promise it: repetitions that never come or are cut to the
 * validity of a DENM; updates that come after it; a denmLastUpdateMaxDelay
 * within which no prediction comes; a maxRecords for less than one new event a
 * second. Of the defaults there is nothing to report.
 *
 * Each fault is an advice, of no particular place in a text.
 */
STEPDEN_API void
stepden_config_advise(const struct stepden_config *config,
                      const struct stepden_config_report *report);

/*
 * Reads and checks a configuration of `size` bytes. `config` is undefined on
 * error.
 *
 * STEPDEN_ERR_TRUNCATED, STEPDEN_ERR_SYNTAX, STEPDEN_ERR_INVALID,
 * STEPDEN_ERR_RANGE
 */
STEPDEN_API STEPDEN_CHECKED enum stepden_status
stepden_config_parse(struct stepden_config *config, const char *json,
                     size_t size, const struct stepden_config_report *report);

/*
 * The same from a file of at most 1 MiB.
 *
 * STEPDEN_ERR_SYSTEM  the file cannot be read; the diag says why
 * STEPDEN_ERR_MEMORY
 */
STEPDEN_API STEPDEN_CHECKED enum stepden_status
stepden_config_load(struct stepden_config *config, const char *path,
                    const struct stepden_config_report *report);

/*
 * Replaces instanceName.
 *
 * STEPDEN_ERR_RANGE  not 1 to 64 characters
 */
STEPDEN_API STEPDEN_CHECKED enum stepden_status
stepden_config_name(struct stepden_config *config, const char *instance,
                    struct stepden_diag *diag);

/* Whether a secret stands in the configuration itself. */
STEPDEN_API bool
stepden_config_has_plain_secret(const struct stepden_config *config);

#ifdef __cplusplus
}
#endif

#endif
