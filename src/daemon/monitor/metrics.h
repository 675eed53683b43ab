/*
 * What the daemon itself counts, for the metrics: how large and how fast its
 * commits are. What others count is read from them (daemon/monitor/vitals.h).
 */
#ifndef STEPDEN_DAEMON_MONITOR_METRICS_H
#define STEPDEN_DAEMON_MONITOR_METRICS_H

#include <stddef.h>
#include <stdint.h>

#include "redis/session.h"

#define STEPDEN_HISTOGRAM_BOUNDS_MAX 16

/* Rising; a value belongs to the first one that it does not exceed. */
struct stepden_histogram_bounds {
    size_t count;
    int64_t at[STEPDEN_HISTOGRAM_BOUNDS_MAX];
};

/* Of numbers from 0 on. */
struct stepden_histogram {
    const struct stepden_histogram_bounds *bounds;
    uint64_t counts[STEPDEN_HISTOGRAM_BOUNDS_MAX + 1]; /* the last one: above */
    double sum;
};

void stepden_histogram_note(struct stepden_histogram *histogram, int64_t value);

/* How many values there were. */
uint64_t stepden_histogram_count(const struct stepden_histogram *histogram);

struct stepden_metrics {
    struct stepden_histogram inputs;   /* of a commit */
    struct stepden_histogram outputs;  /* of a commit */
    struct stepden_histogram duration; /* of a commit, us */
    struct stepden_histogram latency;  /* of an input until its commit, us */
    int64_t last_commit_unix_ms;       /* 0: there was none */
};

void stepden_metrics_init(struct stepden_metrics *metrics);

/* A commit was confirmed now. An input from the future has no latency. */
void stepden_metrics_note_commit(struct stepden_metrics *metrics,
                                 const struct stepden_commit *commit,
                                 int64_t unix_ms);

#endif
