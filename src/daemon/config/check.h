/* Whether the service could run with a configuration, without running it. */
#ifndef STEPDEN_DAEMON_CONFIG_CHECK_H
#define STEPDEN_DAEMON_CONFIG_CHECK_H

#include <stdio.h>

#include <stepden/config.h>
#include <stepden/status.h>

#include "base/diag.h"

/*
 * Tells what would keep the service from its start, though the configuration is
 * valid: the log's format and files, secrets, certificates and their keys,
 * settings of the connection that cannot be met, an address that is none.
 * Returns the status of the first fault. It is a rule for
 * stepden_config_load_for.
 *
 * STEPDEN_ERR_INVALID, _SYSTEM, _SPACE, _MEMORY
 */
STEPDEN_CHECKED enum stepden_status
stepden_check_start(const struct stepden_config *config,
                    stepden_diag_report *report, void *ctx);

/* Reports the log files and the state file that could not be written; the
 * service starts without them. */
void stepden_check_files(const struct stepden_config *config,
                         const struct stepden_config_report *report);

/* Writes which keys are used in Redis, and the rights that this takes. */
void stepden_check_print_needs(const struct stepden_config *config, FILE *file);

#endif
