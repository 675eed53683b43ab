/*
 * The service but for Redis, with many active events: arrays come in as text,
 * and messages, UPER and records go out as they would to Redis, to nobody. Time
 * is virtual.
 */
#ifndef BENCH_GROWTH_TABLE_H
#define BENCH_GROWTH_TABLE_H

#include <stdint.h>

#include <stepden/its_time.h>
#include <stepden/records/config.h>

struct stepden_desk;
struct stepden_pipeline;

/* Of what has been taken in since it was last set to zero. */
struct bench_growth_cost {
    double ns;      /* of CPU time */
    uint64_t denms; /* published */
    uint64_t allocations;
};

struct bench_growth_table {
    struct stepden_config config;
    struct stepden_desk *desk;
    struct stepden_pipeline *pipeline;
    struct stepden_now now;
    int64_t next_mono_ms; /* when the service has something to do */
    uint32_t targets;     /* of an array */
    uint32_t arrays;      /* that all events come from */
    uint64_t taken;       /* arrays so far, each of them over and over */
    struct bench_growth_cost cost;
};

/*
 * With as many records as arrays of that many targets, 1 to 255, give, at least
 * 1000: all of them there. Freed with _free.
 */
void bench_growth_table_init(struct bench_growth_table *table, uint32_t records,
                             uint32_t targets);

void bench_growth_table_free(struct bench_growth_table *table);

/* Some newer predictions, far from each other in the table; adds to `cost`. */
void bench_growth_table_take(struct bench_growth_table *table);

#endif
