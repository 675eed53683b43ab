/*
 * Measures sides against each other: in every round each side once, one after
 * the other, so that a machine that gets slower does so for all of them.
 */
#ifndef BENCH_COMPARE_H
#define BENCH_COMPARE_H

#include <stddef.h>
#include <stdint.h>

#define BENCH_ROUNDS_MAX 99

struct bench_options {
    unsigned rounds; /* 1..BENCH_ROUNDS_MAX */
    unsigned sample_ms;
};

/* Does the same thing `count` times. */
struct bench_side {
    const char *name;
    void (*run)(void *ctx, uint64_t count);
    void *ctx;
};

/* One side of one comparison. */
struct bench_row {
    const char *subject;   /* what is worked on: "cancellation, 47 bytes" */
    const char *operation; /* what is done: "encode" */
    const char *side;
    const char *unit; /* of what follows: "ns" */
    double median;
    double low;
    double high;
    double ratio;       /* of its median to that of the first side */
    double allocations; /* for each time */
};

/* Fills a row for each side, the first of which is the one to compare with. */
void bench_compare(struct bench_row *rows, const struct bench_side *sides,
                   size_t side_count, const char *subject,
                   const char *operation, const struct bench_options *options);

#endif
