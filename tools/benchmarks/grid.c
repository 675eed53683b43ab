#include "benchmarks/grid.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "benchmarks/compare.h"

#define TEXT_SIZE 64

struct bench_cell *bench_grid_add_row(struct bench_grid *grid)
{
    void *rows =
        realloc(grid->rows, (grid->row_count + 1) * sizeof *grid->rows);

    bench_require(rows, "memory");
    grid->rows = rows;
    memset(grid->rows[grid->row_count], 0, sizeof *grid->rows);
    return grid->rows[grid->row_count++];
}

void bench_cell_add(struct bench_cell *cell, double sample)
{
    bench_require(cell->count < BENCH_ROUNDS_MAX, "a cell");
    cell->samples[cell->count++] = sample;
}

static struct bench_row summary(const struct bench_cell *cell)
{
    struct bench_cell copy = *cell;
    struct bench_row row;

    bench_require(cell->count > 0, "a cell");
    bench_summarise(&row, copy.samples, copy.count);
    return row;
}

double bench_cell_median(const struct bench_cell *cell)
{
    return summary(cell).median;
}

static void write_text(char *text, const struct bench_column *column,
                       const struct bench_cell *cell)
{
    struct bench_row row;

    if (column->kind == BENCH_TEXT) {
        snprintf(text, TEXT_SIZE, "%s", cell->text);
        return;
    }
    if (cell->count == 0) {
        snprintf(text, TEXT_SIZE, "-");
        return;
    }
    row = summary(cell);
    if (column->kind == BENCH_RANGED)
        snprintf(text, TEXT_SIZE, "%.*f (%.*f..%.*f)", column->digits,
                 row.median, column->digits, row.low, column->digits, row.high);
    else
        snprintf(text, TEXT_SIZE, "%.*f", column->digits, row.median);
}

static size_t width_of(const struct bench_grid *grid, size_t column)
{
    size_t width = strlen(grid->columns[column].head);
    char text[TEXT_SIZE];

    for (size_t i = 0; i < grid->row_count; i++) {
        write_text(text, &grid->columns[column], &grid->rows[i][column]);
        if (strlen(text) > width)
            width = strlen(text);
    }
    return width;
}

/* A line of the table: the heads if there is no row. */
static void print_line(const struct bench_grid *grid, const size_t *widths,
                       const struct bench_cell *row)
{
    char text[TEXT_SIZE];

    for (size_t i = 0; i < grid->column_count; i++) {
        if (!grid->columns[i].head)
            continue;
        if (row)
            write_text(text, &grid->columns[i], &row[i]);
        else
            snprintf(text, sizeof text, "%s", grid->columns[i].head);
        printf("%*s", (int)widths[i] + 2, text);
    }
    putchar('\n');
}

void bench_grid_print_table(const struct bench_grid *grid)
{
    size_t widths[BENCH_COLUMNS_MAX] = {0};

    for (size_t i = 0; i < grid->column_count; i++)
        if (grid->columns[i].head)
            widths[i] = width_of(grid, i);
    putchar('\n');
    print_line(grid, widths, NULL);
    for (size_t i = 0; i < grid->row_count; i++)
        print_line(grid, widths, grid->rows[i]);
}

static void print_member(const struct bench_column *column,
                         const struct bench_cell *cell)
{
    struct bench_row row;

    if (column->kind == BENCH_TEXT) {
        printf("\"%s\":\"%s\"", column->name, cell->text);
        return;
    }
    if (cell->count == 0) {
        printf("\"%s\":null", column->name);
        return;
    }
    row = summary(cell);
    printf("\"%s\":%.*f", column->name, column->digits, row.median);
    if (column->kind == BENCH_RANGED)
        printf(",\"%s_low\":%.*f,\"%s_high\":%.*f", column->name,
               column->digits, row.low, column->name, column->digits, row.high);
}

void bench_grid_print_json(const struct bench_grid *grid)
{
    putchar('[');
    for (size_t i = 0; i < grid->row_count; i++) {
        fputs(i > 0 ? ",\n{" : "\n{", stdout);
        for (size_t j = 0; j < grid->column_count; j++) {
            if (j > 0)
                putchar(',');
            print_member(&grid->columns[j], &grid->rows[i][j]);
        }
        putchar('}');
    }
    putchar(']');
}

void bench_grid_free(struct bench_grid *grid)
{
    free(grid->rows);
    grid->rows = NULL;
}
