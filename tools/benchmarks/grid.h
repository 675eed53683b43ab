/*
 * What was measured of many cases: a row each, and a column for each of the
 * several figures that a round gives.
 */
#ifndef BENCH_GRID_H
#define BENCH_GRID_H

#include <stdbool.h>
#include <stddef.h>

#include "benchmarks/options.h"

enum bench_column_kind {
    BENCH_TEXT,   /* as the next says which case it is */
    BENCH_NUMBER, /* the same in each round */
    BENCH_FIGURE, /* the median of all rounds */
    BENCH_RANGED, /* likewise, with the range */
};

struct bench_column {
    const char *name; /* of its member in JSON */
    const char *head; /* in the table; NULL: not in it */
    enum bench_column_kind kind;
    int digits; /* after the point */
};

#define BENCH_COLUMNS_MAX 16

/* Without samples it was not measured: "-" in the table, null in JSON. */
struct bench_cell {
    const char *text;
    double samples[BENCH_ROUNDS_MAX];
    size_t count;
};

struct bench_grid {
    const char *name; /* of its member in JSON */
    const struct bench_column *columns;
    size_t column_count; /* 0: there is no such grid */
    struct bench_cell (*rows)[BENCH_COLUMNS_MAX];
    size_t row_count;
};

/* The cells of a new row; those of earlier ones may move. */
struct bench_cell *bench_grid_add_row(struct bench_grid *grid);

/* What one more round gave, or the number of a case. */
void bench_cell_add(struct bench_cell *cell, double sample);

/* Of a cell with samples. */
double bench_cell_median(const struct bench_cell *cell);

void bench_grid_print_table(const struct bench_grid *grid);

/* As an array of objects; a range is name_low and name_high. */
void bench_grid_print_json(const struct bench_grid *grid);

void bench_grid_free(struct bench_grid *grid);

#endif
