/*
 * A DEN service with many active events: most of them last, a tenth comes and
 * goes. Time is virtual, the sink only counts.
 */
#ifndef BENCH_DEN_TABLE_H
#define BENCH_DEN_TABLE_H

#include <stdint.h>

#include <stepden/den.h>

enum bench_den_operation {
    BENCH_DEN_INSERT,
    BENCH_DEN_UPDATE,
    BENCH_DEN_NEGATE,
    BENCH_DEN_CANCEL,
    BENCH_DEN_RELEASE,
    BENCH_DEN_OPERATIONS,
};

struct bench_den_cost {
    double ns;      /* of CPU time */
    uint64_t count; /* of times */
    uint64_t allocations;
};

struct bench_den_table {
    struct stepden_den *den;
    struct stepden_now now;
    uint32_t records;  /* at most, and while all are there */
    uint32_t passing;  /* of them */
    uint32_t stride;   /* from one record to be updated to the next */
    uint32_t newcomer; /* number of the next parties */
    uint64_t kept;     /* calls of the sink, by kind */
    uint64_t forgotten;
    uint64_t triggered;
    struct stepden_action_id *passing_ids; /* of the last triggers */
    struct bench_den_cost costs[BENCH_DEN_OPERATIONS]; /* since last reset */
};

/* An empty table for `records`, at least 100. Freed with _free. */
void bench_den_table_init(struct bench_den_table *table, uint32_t records);

void bench_den_table_free(struct bench_den_table *table);

/* One more event of new parties. */
void bench_den_table_insert(struct bench_den_table *table,
                            uint32_t time_to_collision_ms);

/* Fills an empty table with the events that last. */
void bench_den_table_fill(struct bench_den_table *table);

/*
 * Inserts the passing events, negates one half, lets the other be cancelled,
 * updates the lasting ones four times, and lets the passing ones' action ids
 * become free. Adds to `costs`.
 */
void bench_den_table_cycle(struct bench_den_table *table);

#endif
