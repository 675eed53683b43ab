#include "daemon/monitor/metrics.h"

#define US_PER_MS 1000

/* Entries of a transaction; redis.limits.maxBatch has its end in the middle. */
static const struct stepden_histogram_bounds sizes = {
    12, {0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000}};

/* From the 50 us of an idle server on this host to the lease's time-out. */
static const struct stepden_histogram_bounds times_us = {
    16,
    {50, 100, 250, 500, 1000, 2500, 5000, 10000, 25000, 50000, 100000, 250000,
     500000, 1000000, 2500000, 10000000}};

/* Ids have milliseconds. */
static const struct stepden_histogram_bounds latencies_us = {
    14,
    {1000, 2000, 3000, 5000, 10000, 20000, 50000, 100000, 200000, 500000,
     1000000, 2000000, 5000000, 10000000}};

void stepden_histogram_note(struct stepden_histogram *histogram, int64_t value)
{
    const struct stepden_histogram_bounds *bounds = histogram->bounds;
    size_t i = 0;
    while (i < bounds->count && value > bounds->at[i])
        i++;
    histogram->counts[i]++;
    histogram->sum += (double)value;
}

uint64_t stepden_histogram_count(const struct stepden_histogram *histogram)
{
    uint64_t count = 0;
    for (size_t i = 0; i <= histogram->bounds->count; i++)
        count += histogram->counts[i];
    return count;
}

void stepden_metrics_init(struct stepden_metrics *metrics)
{
    *metrics = (struct stepden_metrics){
        .inputs.bounds = &sizes,
        .outputs.bounds = &sizes,
        .duration.bounds = &times_us,
        .latency.bounds = &latencies_us,
    };
}

void stepden_metrics_note_commit(struct stepden_metrics *metrics,
                                 const struct stepden_commit *commit,
                                 int64_t unix_ms)
{
    stepden_histogram_note(&metrics->inputs, (int64_t)commit->inputs);
    stepden_histogram_note(&metrics->outputs, (int64_t)commit->outputs);
    stepden_histogram_note(&metrics->duration, commit->duration_us);
    for (size_t i = 0; i < commit->entered_count; i++) {
        int64_t entered_unix_ms = commit->entered_unix_ms[i];
        stepden_histogram_note(&metrics->latency,
                               entered_unix_ms < unix_ms
                                   ? (unix_ms - entered_unix_ms) * US_PER_MS
                                   : 0);
    }
    metrics->last_commit_unix_ms = unix_ms;
}
