/* Reading a configuration that a service is to start, or to go on, with. */
#ifndef STEPDEN_DAEMON_CONFIG_LOAD_H
#define STEPDEN_DAEMON_CONFIG_LOAD_H

#include <stdbool.h>

#include <stepden/config.h>

#include "base/diag.h"

/* Tells `report`, unless it is NULL. */
void stepden_config_tell(const struct stepden_config_report *report,
                         const struct stepden_config_fault *fault);

/* Tells of all that is wrong with a configuration beyond the library's rules.
 * Returns the status of the first fault. */
typedef enum stepden_status
stepden_config_rule(const struct stepden_config *config,
                    stepden_diag_report *report, void *ctx);

/*
 * Like stepden_config_parse. What `rule`, if it is not NULL, tells of members
 * that could be read is a fault like all others, with its place in the text.
 */
STEPDEN_CHECKED enum stepden_status stepden_config_parse_for(
    stepden_config_rule *rule, struct stepden_config *config, const char *json,
    size_t size, const struct stepden_config_report *report);

/*
 * The same from a file, like stepden_config_load. If it is read `again`, it has
 * to be a regular one: what is none has been read to its end, or could make us
 * wait.
 */
STEPDEN_CHECKED enum stepden_status
stepden_config_load_for(stepden_config_rule *rule, bool again,
                        struct stepden_config *config, const char *path,
                        const struct stepden_config_report *report);

#endif
