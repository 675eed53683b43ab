/* The files of the log's handlers. */
#ifndef STEPDEN_DAEMON_LOG_PATHS_H
#define STEPDEN_DAEMON_LOG_PATHS_H

#include <stepden/records/config.h>
#include <stepden/status.h>

#include "base/diag.h"

/* The path of its file, borrowed; NULL of a handler without one. */
const char *stepden_log_path(const struct stepden_log_handler *handler);

/* Whether it renames its file. */
bool stepden_log_path_rotates(const struct stepden_log_handler *handler);

/*
 * Tells of each handler that has the file of another, however the path is
 * written, or a name that old files of another have: both would write it, and
 * rename or remove it under each other's hands.
 *
 * STEPDEN_ERR_INVALID  there is one
 */
STEPDEN_CHECKED enum stepden_status
stepden_log_paths_check(const struct stepden_config_log *config,
                        stepden_diag_report *report, void *ctx);

#endif
