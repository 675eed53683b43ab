/*
 * Tells those who watch what goes on, some times a second: the active events,
 * and how the service is (live_text.h). While nobody does, nothing is done.
 */
#ifndef STEPDEN_DAEMON_MONITOR_LIVE_H
#define STEPDEN_DAEMON_MONITOR_LIVE_H

#include <stepden/status.h>

#include "daemon/monitor/http_stream.h"
#include "daemon/monitor/source.h"

struct ev_loop;
struct stepden_live;

/*
 * `source` is borrowed until stepden_live_free.
 *
 * STEPDEN_ERR_MEMORY
 */
STEPDEN_CHECKED enum stepden_status
stepden_live_new(struct stepden_live **live, struct ev_loop *loop,
                 const struct stepden_monitor_source *source);

/* After the server with the stream. NULL is fine. */
void stepden_live_free(struct stepden_live *live);

/* The page that tells it. */
struct stepden_http_stream *stepden_live_stream(struct stepden_live *live);

#endif
