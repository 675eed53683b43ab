/* Rows as a table for people, or as JSON. */
#ifndef BENCH_REPORT_H
#define BENCH_REPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "benchmarks/grid.h"

struct bench_machine;
struct bench_options;
struct bench_row;

#define BENCH_GRIDS_MAX 2

/* Collects the rows of a benchmark; all zero but the first two is empty. */
struct bench_report {
    const char *benchmark;
    const struct bench_machine *machine;
    const char *note;  /* lines of how to read the rows; NULL: none */
    const char *limit; /* what the rows' limits are, likewise */
    const char *foot;  /* lines that define names of rows, likewise */
    struct bench_row *rows;
    size_t count;
    struct bench_grid grids[BENCH_GRIDS_MAX]; /* instead of rows */
};

/* New rows at the end, to be filled. */
struct bench_row *bench_report_rows(struct bench_report *report, size_t count);

/* Also of what a failure ended. */
void bench_report_print(struct bench_report *report,
                        const struct bench_options *options);

void bench_report_free(struct bench_report *report);

#endif
