/* A private cluster of a few masters without replicas. */
#ifndef BENCH_CLUSTER_H
#define BENCH_CLUSTER_H

#include <stddef.h>
#include <stdint.h>

#include "benchmarks/redis.h"

#define BENCH_MASTERS_MAX 3

struct bench_machine;

struct bench_cluster {
    size_t masters; /* each has as many slots as the others */
    struct bench_redis master[BENCH_MASTERS_MAX];
};

/* All of them on the machine's CPU for servers; returns when it is whole. */
void bench_cluster_start(struct bench_cluster *cluster, size_t masters,
                         const struct bench_machine *machine);

void bench_cluster_stop(struct bench_cluster *cluster);

/* Which master has this key. */
size_t bench_cluster_owner(struct bench_cluster *cluster, const char *key);

/* CPU time of all masters so far. */
double bench_cluster_cpu_ns(const struct bench_cluster *cluster);

#endif
