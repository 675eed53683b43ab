/*
 * The parts of the latency benchmark: a feeder sends arrays at times that are
 * due, a side makes outputs of them, and a reader waits for these.
 */
#ifndef BENCH_LATENCY_H
#define BENCH_LATENCY_H

#include <stdint.h>

#include "benchmarks/raw.h"

/* Of an array. */
#define BENCH_LATENCY_TARGETS 10

/* Active all the time: the slowest rate updates them well before they end. */
#define BENCH_LATENCY_RECORDS 1000

/* Array i is due at start_ns + i * interval_ns. */
struct bench_schedule {
    double start_ns; /* as bench_now_ns */
    double interval_ns;
    uint32_t arrays;
};

double bench_schedule_due_ns(const struct bench_schedule *schedule, uint32_t i);

struct bench_feeder {
    const char *socket;
    struct bench_schedule schedule;
    uint64_t first_id; /* of the input's entries: "<first_id + i>-0" */
};

/* A process: sends when it is due, or, where that has passed, at once. */
void bench_feeder_run(const void *feeder);

struct bench_echo {
    const char *socket;
    struct bench_raw outputs;
};

/* A process until SIGTERM: for each array the next outputs. */
void bench_echo_run(const void *echo);

#endif
