/*
 * What is told of the service over HTTP: health, readiness and metrics
 * (health.h), the live page (page.h) and its messages at /events (live.h).
 */
#ifndef STEPDEN_DAEMON_MONITOR_MONITOR_H
#define STEPDEN_DAEMON_MONITOR_MONITOR_H

#include <stepden/status.h>

#include "daemon/monitor/http_address.h"
#include "daemon/monitor/source.h"

struct ev_loop;
struct stepden_monitor;

/*
 * Tells what `source` has, which is copied, to who asks at `address`. That
 * becomes the one that it has: of port 0 a free one.
 *
 * STEPDEN_ERR_SYSTEM  it cannot be listened on
 * STEPDEN_ERR_MEMORY
 */
STEPDEN_CHECKED enum stepden_status
stepden_monitor_new(struct stepden_monitor **monitor, struct ev_loop *loop,
                    struct stepden_http_address *address,
                    const struct stepden_monitor_source *source,
                    struct stepden_diag *diag);

/* NULL is fine. */
void stepden_monitor_free(struct stepden_monitor *monitor);

#endif
