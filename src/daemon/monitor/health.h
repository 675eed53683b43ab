/* The pages that tell how the service is. */
#ifndef STEPDEN_DAEMON_MONITOR_HEALTH_H
#define STEPDEN_DAEMON_MONITOR_HEALTH_H

#include "daemon/monitor/http_server.h"

enum { STEPDEN_HEALTH_PAGES = 3 };

/*
 * /healthz  200, "ok": the loop turns
 * /readyz   200 if Redis is connected and the lease is held, or another
 *           instance's and we stand by, for each partition; else 503. As JSON:
 *           {"ready":false,"redisConnected":true,"lease":"held",
 *            "partitions":{"held":1,"standby":0,"none":0},
 *            "lastCommit":"2026-11-20T21:05:43.007Z","reasons":["..."]}
 *           redisConnected is of all, lease "held" if it is of any, then
 *           "standby" if it is of any; lastCommit is null before the first one.
 * /metrics  those of daemon/monitor/metrics_text.h
 *
 * Their `ctx` is a const struct stepden_monitor_source (source.h).
 */
extern const struct stepden_http_page
    stepden_health_pages[STEPDEN_HEALTH_PAGES];

#endif
