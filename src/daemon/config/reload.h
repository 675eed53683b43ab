/* The configuration is read again while the service runs. */
#ifndef STEPDEN_DAEMON_CONFIG_RELOAD_H
#define STEPDEN_DAEMON_CONFIG_RELOAD_H

#include <stdbool.h>

#include <stepden/records/config.h>

#include "daemon/log/log.h"

/* The configuration in use, and where it comes from. All is borrowed. */
struct stepden_reload {
    struct stepden_config *config;
    const char *path;     /* of its file */
    const char *instance; /* in place of its instanceName, or NULL */
    struct stepden_log *log;
};

/*
 * Opens the files of the log again, by their names, and reads the file of the
 * configuration again. If it is right, the configuration in use gets from it
 * what may change while the service runs (x-reload in its schema), and the log
 * goes on by that; what has changed, and what needs a restart, is logged. If it
 * is wrong, every fault is logged, and nothing changes. Returns whether it was
 * right.
 */
bool stepden_reload_run(const struct stepden_reload *reload);

/*
 * Whether SIGHUP waits, as there is nobody to take it yet, or any more. Hold it
 * before the configuration is read first, so that no change is missed.
 */
void stepden_reload_hold(bool hold);

/* Logs what is to be remarked of the configuration in use. */
void stepden_reload_advise(const struct stepden_reload *reload);

#endif
