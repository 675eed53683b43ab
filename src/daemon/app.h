/* The service: Redis in, DEN, Redis out, on one libev loop. */
#ifndef STEPDEN_DAEMON_APP_H
#define STEPDEN_DAEMON_APP_H

#include <stepden/status.h>

#include "daemon/config/reload.h"

/*
 * Runs until SIGTERM or SIGINT, which end it gracefully within `timeout`; a
 * second signal ends it at once. SIGHUP, which the caller has blocked, reloads
 * the configuration, from the start to the end. Returns an exit code of
 * sysexits.h: EX_OK; EX_TEMPFAIL when what was read could not be committed in
 * time, or the lease not be released (a successor goes on); EX_PROTOCOL when
 * Redis applied half a transaction; EX_CONFIG, EX_NOINPUT, EX_OSERR at start,
 * EX_UNAVAILABLE when health.listen cannot be listened on.
 */
int stepden_app_run(const struct stepden_reload *reload);

/* The exit code for an error of the configuration or the start. */
int stepden_app_code(enum stepden_status status);

#endif
