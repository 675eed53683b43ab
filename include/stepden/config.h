/*
 * The configuration: a plain value that is made of defaults, read from a file,
 * checked as a whole and written.
 *
 *     struct stepden_config config;
 *     stepden_config_init(&config);           the defaults
 *     status = stepden_config_load(&config, "stepden.json", &report);
 *     char *text = stepden_config_text(&config);
 *
 * Its members, their defaults and ranges, and what schemac makes for every
 * record are in <stepden/records/config.h>: stepden_config_init for defaults,
 * stepden_config_write and _write_masked for compact JSON, and as texts the
 * JSON Schema, stepden_config_schema, and a template, stepden_config_template.
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
 * Is told of every fault: of what cannot be read in the order of reading, then
 * of what does not go together. `fault` is not NULL, its argument is borrowed
 * for the call. Where a report is taken, NULL tells nobody.
 */
struct stepden_config_report {
    void (*fault)(void *ctx, const struct stepden_config_fault *fault);
    void *ctx;
};

/*
 * Checks a value that a program has set: that each member is what the schema
 * allows; and what holds between members, which the schema cannot say: that
 * maxRecords fits the action ids and the station ids fit their range; that
 * thresholds are in order; that the service has its two connections; that a
 * host is none of a URL; that a mode has what it needs; that the names of
 * streams have the hash tags that partitions and a cluster take; that the
 * fields differ and so do all keys in Redis, those made of a stream's name too.
 * Strings must end within their arrays, and no array have more elements than it
 * has room for.
 *
 * Reports every fault, of no particular place in a text. Behind a kind that
 * there is not, or a string that is not UTF-8, ranges are not checked.
 *
 * STEPDEN_ERR_RANGE    a number or a length that is out of its range
 * STEPDEN_ERR_INVALID  another value that a member cannot have, or members that
 *                      contradict each other
 * STEPDEN_ERR_SYNTAX   a kind that there is not
 * STEPDEN_ERR_MEMORY
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
 * Reads and checks a configuration of `size` bytes. All faults of one text are
 * told, a hundred at most; after one that breaks the notation nothing more can
 * be read. Members that cannot be read are not compared with others. `config`
 * is undefined on error.
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
 * STEPDEN_ERR_INVALID  not UTF-8
 * STEPDEN_ERR_RANGE    not 1 to 64 characters
 */
STEPDEN_API STEPDEN_CHECKED enum stepden_status
stepden_config_name(struct stepden_config *config, const char *instance,
                    struct stepden_diag *diag);

/*
 * The configuration as it is in effect, defaults filled in, for people: JSON
 * with a line for each member, secrets as "********". NUL-terminated, to be
 * freed with free(); NULL without memory.
 */
STEPDEN_API STEPDEN_CHECKED char *
stepden_config_text(const struct stepden_config *config);

/* Whether a secret stands in the configuration itself. */
STEPDEN_API bool
stepden_config_has_plain_secret(const struct stepden_config *config);

#ifdef __cplusplus
}
#endif

#endif
