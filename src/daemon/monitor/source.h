/* Where what is told comes from: asked for whenever somebody is told. */
#ifndef STEPDEN_DAEMON_MONITOR_SOURCE_H
#define STEPDEN_DAEMON_MONITOR_SOURCE_H

#include "daemon/monitor/vitals.h"
#include "den/sight.h"

struct stepden_monitor_source {
    struct stepden_vitals (*look)(void *ctx);
    /* Every active event, in any order. */
    void (*each_event)(void *ctx, stepden_sight_see *see, void *see_ctx);
    void *ctx;
};

#endif
