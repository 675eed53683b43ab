/*
 * One partition of a service: its session with Redis, its pipeline with the DEN
 * service, and the time when that has something to do. All partitions of a
 * process are on one loop; there is one at least.
 */
#ifndef STEPDEN_DAEMON_PARTITION_H
#define STEPDEN_DAEMON_PARTITION_H

#include <stdint.h>

#include <ev.h>

#include <stepden/records/config.h>
#include <stepden/status.h>

#include "daemon/balance.h"
#include "daemon/desk.h"
#include "daemon/log/log.h"
#include "daemon/monitor/metrics.h"
#include "daemon/monitor/vitals.h"
#include "daemon/pipeline.h"
#include "redis/access.h"
#include "redis/session.h"
#include "redis/turns.h"
#include "redis/where.h"

/* What the partitions of a process share; borrowed by each. */
struct stepden_shared {
    struct ev_loop *loop;
    struct stepden_where *where;
    struct stepden_access *access;
    struct stepden_turns turns;
    const struct stepden_config *config;
    struct stepden_log *log;
    struct stepden_desk *desk;
    ev_timer gathered; /* is to be told: started by who adds to that */
    struct stepden_metrics *metrics;
    struct stepden_balance balance;
    /* A partition has ended, and how, as of a session. Must not free it. */
    void (*stopped)(void *ctx, enum stepden_status status);
    void *ctx;
};

/* All zero until it is started. */
struct stepden_partition {
    struct stepden_shared *shared;
    uint32_t index;
    struct stepden_pipeline *pipeline;
    struct stepden_session *session;
    ev_timer due;
    bool is_held; /* and not being handed over */
    bool stopping;
};

/*
 * Starts to connect to Redis; goes on until it is stopped. On error, too, it
 * is freed with stepden_partition_free.
 *
 * The errors of stepden_pipeline_new and stepden_session_new
 */
STEPDEN_CHECKED enum stepden_status
stepden_partition_start(struct stepden_partition *partition, uint32_t index,
                        struct stepden_shared *shared,
                        struct stepden_diag *diag);

/* Ends at once, as a crash would. All zero is fine. */
void stepden_partition_free(struct stepden_partition *partition);

/* The configuration has changed in its place. */
void stepden_partition_configure(struct stepden_partition *partition);

/* Ends gracefully: `stopped` comes, be it from within this call; once. */
void stepden_partition_stop(struct stepden_partition *partition);

/* Adds what it has counted to `vitals`, and tells `own` how it is. */
void stepden_partition_look(const struct stepden_partition *partition,
                            struct stepden_vitals *vitals,
                            struct stepden_partition_vitals *own);

/* Shows every active event, if it is the owner: what is left of them when
 * another one is, is out of date. */
void stepden_partition_each_event(const struct stepden_partition *partition,
                                  stepden_sight_see *see, void *ctx);

#endif
