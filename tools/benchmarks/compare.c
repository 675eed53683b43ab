#include "benchmarks/compare.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "benchmarks/allocations.h"
#include "benchmarks/options.h"

#define SIDES_MAX 8

static double clock_ns(clockid_t clock)
{
    struct timespec now;

    clock_gettime(clock, &now);
    return (double)now.tv_sec * BENCH_NS_PER_S + (double)now.tv_nsec;
}

double bench_now_ns(void)
{
    return clock_ns(CLOCK_MONOTONIC);
}

double bench_cpu_ns(void)
{
    return clock_ns(CLOCK_THREAD_CPUTIME_ID);
}

void bench_fail(const char *what)
{
    fprintf(stderr, "bench: %s failed\n", what);
    exit(EXIT_FAILURE);
}

static double run_ns(const struct bench_side *side, uint64_t count)
{
    double start_ns = bench_cpu_ns();

    side->run(side->ctx, count);
    return bench_cpu_ns() - start_ns;
}

/* How often to do it for a sample, which warms up too. */
static uint64_t fitting_count(const struct bench_side *side, unsigned sample_ms)
{
    uint64_t count = 1;

    while (run_ns(side, count) < sample_ms * BENCH_NS_PER_MS / 2)
        count *= 2;
    return count;
}

static double allocations_each(const struct bench_side *side, uint64_t count)
{
    uint64_t before = bench_allocations();

    side->run(side->ctx, count);
    return (double)(bench_allocations() - before) / (double)count;
}

static int compare_numbers(const void *left, const void *right)
{
    double difference = *(const double *)left - *(const double *)right;

    return (difference > 0) - (difference < 0);
}

void bench_summarise(struct bench_row *row, double *samples, size_t count)
{
    qsort(samples, count, sizeof *samples, compare_numbers);
    row->low = samples[0];
    row->high = samples[count - 1];
    row->median = (samples[(count - 1) / 2] + samples[count / 2]) / 2;
}

void bench_compare(struct bench_row *rows, const struct bench_side *sides,
                   size_t side_count, const char *subject,
                   const char *operation, const struct bench_options *options)
{
    static double samples[SIDES_MAX][BENCH_ROUNDS_MAX];
    uint64_t counts[SIDES_MAX];

    if (side_count > SIDES_MAX)
        abort();
    for (size_t i = 0; i < side_count; i++)
        counts[i] = fitting_count(&sides[i], options->sample_ms);
    for (unsigned round = 0; round < options->rounds; round++)
        for (size_t i = 0; i < side_count; i++)
            samples[i][round] =
                run_ns(&sides[i], counts[i]) / (double)counts[i];
    for (size_t i = 0; i < side_count; i++) {
        rows[i] = (struct bench_row){
            .subject = subject,
            .operation = operation,
            .side = sides[i].name,
            .unit = "ns",
            .allocations = allocations_each(&sides[i], counts[i]),
        };
        bench_summarise(&rows[i], samples[i], options->rounds);
        rows[i].ratio = rows[i].median / rows[0].median;
    }
}
