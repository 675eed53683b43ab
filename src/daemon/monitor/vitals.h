/* How the service is at this moment, for those who ask. */
#ifndef STEPDEN_DAEMON_MONITOR_VITALS_H
#define STEPDEN_DAEMON_MONITOR_VITALS_H

#include <stdbool.h>
#include <stdint.h>

#include <stepden/den.h>
#include <stepden/records/config.h>

#include "daemon/log/log.h"
#include "daemon/monitor/metrics.h"
#include "daemon/rejections.h"
#include "redis/session.h"

/* Of one partition. */
struct stepden_partition_vitals {
    enum stepden_session_state state;
    bool is_connected;
    const char *obstacle;                        /* as of the session */
    const char *owner;                           /* as of the session */
    uint64_t active;                             /* DENMs that are alive */
    struct stepden_lag lag[STEPDEN_INPUT_COUNT]; /* of its inputs */
};

/* All is borrowed. */
struct stepden_vitals {
    const struct stepden_config *config;
    const struct stepden_log *log;
    const struct stepden_metrics *metrics;
    const struct stepden_rejections *rejections;
    struct stepden_den_counters den; /* of all partitions, as these, too: */
    struct stepden_session_counters session;
    uint64_t action_ids; /* that the partitions have which are held */
    uint64_t records;    /* that those may have */
    const struct stepden_partition_vitals *partitions;
    uint32_t partition_count;
    int64_t started_unix_ms;
};

/* Adds what one more partition has counted. */
void stepden_vitals_add(struct stepden_vitals *vitals,
                        const struct stepden_den_counters *den,
                        const struct stepden_session_counters *session);

/* Adds that one more partition is held, which has so many action ids. */
void stepden_vitals_add_held(struct stepden_vitals *vitals,
                             uint32_t action_ids);

/* Whose the streams are. */
enum stepden_vitals_lease {
    STEPDEN_VITALS_LEASE_NONE,    /* nobody's, or it is not known */
    STEPDEN_VITALS_LEASE_STANDBY, /* another instance's */
    STEPDEN_VITALS_LEASE_HELD,    /* ours */
    STEPDEN_VITALS_LEASE_COUNT,
};

enum stepden_vitals_lease
stepden_vitals_lease(const struct stepden_partition_vitals *partition);

/* Of how many partitions they are that. */
uint32_t stepden_vitals_count(const struct stepden_vitals *vitals,
                              enum stepden_vitals_lease lease);

/* "held" if it is of any, then "standby" if it is of any. */
enum stepden_vitals_lease
stepden_vitals_best_lease(const struct stepden_vitals *vitals);

/* Of how many there is a connection. */
uint32_t stepden_vitals_count_connected(const struct stepden_vitals *vitals);

/* A name, like "standby". */
const char *stepden_vitals_lease_text(enum stepden_vitals_lease lease);

/* Why a partition does not do its work, or would not take over; "" if it does.
 * Borrowed like the rest. */
const char *
stepden_vitals_reason(const struct stepden_partition_vitals *partition);

#define STEPDEN_VITALS_REASONS_MAX 8

/* Different ones, each with the number of partitions that have it. */
struct stepden_vitals_reasons {
    uint32_t count;
    struct {
        const char *text;
        uint32_t partitions;
    } item[STEPDEN_VITALS_REASONS_MAX];
};

/* Of all partitions that have one; none if the service is ready. */
void stepden_vitals_reasons(struct stepden_vitals_reasons *reasons,
                            const struct stepden_vitals *vitals);

#endif
