/* The latencies of one side at one rate, on a server of their own. */
#ifndef BENCH_LATENCY_SAMPLE_H
#define BENCH_LATENCY_SAMPLE_H

#include <stdint.h>

#include "benchmarks/latency.h"

struct bench_machine;
struct bench_options;

enum bench_quantile {
    BENCH_P50,
    BENCH_P99,
    BENCH_P999,
    BENCH_MOST,
    BENCH_QUANTILES,
};

/* Each in us, from when an array was due to when an output of it was read. */
struct bench_latency {
    double first[BENCH_QUANTILES]; /* of the first of its outputs */
    double last[BENCH_QUANTILES];
};

struct bench_latency_sample {
    const struct bench_machine *machine;
    const struct bench_options *options;
    uint32_t rate;                /* arrays a second */
    struct bench_latency latency; /* measured */
};

/* Of the service. Some of what it has published becomes `outputs`. */
void bench_latency_of_service(struct bench_latency_sample *sample,
                              struct bench_raw *outputs);

/* Of the bare echo. */
void bench_latency_of_echo(struct bench_latency_sample *sample,
                           const struct bench_raw *outputs);

#endif
