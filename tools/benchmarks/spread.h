/*
 * Instances of the service that share the partitions of a cluster, and what
 * they make of a backlog.
 */
#ifndef BENCH_SPREAD_H
#define BENCH_SPREAD_H

#include <stdint.h>
#include <sys/types.h>

#include <stepden/partition.h>

#include "benchmarks/cluster.h"
#include "benchmarks/drain.h"
#include "benchmarks/feed.h"

#define BENCH_INSTANCES_MAX 3
#define BENCH_KEY_SIZE 40

struct bench_spread_case {
    size_t masters;
    uint32_t partitions;
    unsigned instances;
    uint32_t targets; /* of an array */
    uint32_t records; /* as in struct bench_case */
};

struct bench_spread {
    struct bench_spread_case which;
    struct bench_cluster cluster;
    struct bench_feed feed;
    struct bench_pipe pipe[BENCH_MASTERS_MAX];
    struct bench_route route[STEPDEN_PARTITIONS_MAX];
    char input[STEPDEN_PARTITIONS_MAX][BENCH_KEY_SIZE];
    char program[BENCH_PATH_SIZE];
    pid_t service[BENCH_INSTANCES_MAX];
    uint64_t expected; /* DENMs that should be in the outputs by now */
};

/* Starts all of it, waits until no lease changes hands any more, opens the
 * records, and pauses. */
void bench_spread_start(struct bench_spread *spread,
                        const struct bench_machine *machine,
                        const struct bench_options *options,
                        const struct bench_spread_case *which);

/* As bench_drain_run. */
uint64_t bench_spread_run(struct bench_spread *spread, uint64_t denms,
                          struct bench_cost *cost);

/* Of all instances. */
double bench_spread_peak_bytes(const struct bench_spread *spread);

void bench_spread_stop(struct bench_spread *spread);

#endif
