/*
 * The raw limit: XADD of the very bytes that the service publishes, by a loader
 * that does nothing else.
 */
#ifndef BENCH_RAW_H
#define BENCH_RAW_H

#include <stddef.h>
#include <stdint.h>

#include "benchmarks/redis.h"

struct bench_cost;

/* Commands that add entries once more. All zero is empty. */
struct bench_raw {
    char *commands; /* one after the other */
    size_t *ends;   /* of each, in `commands` */
    size_t count;
    double json_bytes; /* of an entry, as the next the mean of all */
    double uper_bytes;
};

/* Takes the newest entries of the output stream. */
void bench_raw_take(struct bench_raw *raw, struct bench_redis *redis);

/* Adds so many entries to the output stream, `depth` commands under way. */
void bench_raw_run(const struct bench_raw *raw, struct bench_redis *redis,
                   uint64_t entries, size_t depth, struct bench_cost *cost);

#define BENCH_RAW_DEPTHS 7

/* 16 to 1024. */
extern const size_t bench_raw_depths[BENCH_RAW_DEPTHS];

/* The one that is fastest here, after trials of so many entries. */
size_t bench_raw_best_depth(const struct bench_raw *raw,
                            struct bench_redis *redis, uint64_t entries);

void bench_raw_free(struct bench_raw *raw);

#endif
