/*
 * What the service manager is told, beside the log, of the sessions: that the
 * service has started, in words what it is doing, that it reads its
 * configuration again or stops, and, as long as the loop turns, that it is
 * alive.
 */
#ifndef STEPDEN_DAEMON_MANAGER_H
#define STEPDEN_DAEMON_MANAGER_H

#include <ev.h>

#include <stepden/records/config.h>

#include "daemon/notify.h"
#include "daemon/partition.h"

enum { STEPDEN_MANAGER_STATES = STEPDEN_SESSION_STOPPED + 1 };

/* How many partitions are in each state. */
struct stepden_manager_tally {
    uint32_t of[STEPDEN_MANAGER_STATES];
};

struct stepden_manager {
    struct stepden_notify notify;
    struct ev_loop *loop;
    const struct stepden_config *config;
    const struct stepden_partition *partitions;
    uint32_t count;
    ev_prepare look;   /* at the partitions, before the loop waits */
    ev_tstamp again;   /* not before that, if they are many */
    ev_timer watchdog; /* only as often as the loop turns */
    bool ready;        /* has been told */
    struct stepden_manager_tally told;
};

/*
 * Tells READY=1 when the loop turns, with or without Redis: who waits for the
 * start of the service is not to wait for another one's. What is passed in is
 * borrowed until stepden_manager_stop.
 */
void stepden_manager_start(struct stepden_manager *manager,
                           struct ev_loop *loop,
                           const struct stepden_config *config,
                           const struct stepden_partition *partitions,
                           uint32_t count);

void stepden_manager_reload_begins(const struct stepden_manager *manager);
void stepden_manager_reload_ends(const struct stepden_manager *manager);

/* The stop begins, and may take `timeout`. */
void stepden_manager_stopping(const struct stepden_manager *manager);

void stepden_manager_stop(struct stepden_manager *manager);

#endif
