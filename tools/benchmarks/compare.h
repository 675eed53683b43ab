/*
 * Measures sides against each other: in every round each side once, one after
 * the other, so that a machine that gets slower does so for all of them.
 */
#ifndef BENCH_COMPARE_H
#define BENCH_COMPARE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BENCH_NS_PER_MS 1e6
#define BENCH_NS_PER_S 1e9

struct bench_options;

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
    double ratio; /* of its median to that of the side to compare with; 0: no
                     such thing, as the next two */
    double limit; /* what the ratio is to stay below, see the report */
    double allocations; /* for each time; negative: no such thing */
};

/* Monotonic. */
double bench_now_ns(void);

/* That this thread has had: what others do does not count. */
double bench_cpu_ns(void);

/* Ends the program, as `what` failed. */
_Noreturn void bench_fail(const char *what);

static inline void bench_require(bool holds, const char *what)
{
    if (!holds)
        bench_fail(what);
}

/* Sets what there is to say about all of the row's samples, and sorts them. */
void bench_summarise(struct bench_row *row, double *samples, size_t count);

/* Fills a row for each side, the first of which is the one to compare with. Its
 * ns are CPU time. */
void bench_compare(struct bench_row *rows, const struct bench_side *sides,
                   size_t side_count, const char *subject,
                   const char *operation, const struct bench_options *options);

#endif
