#include "benchmarks/report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stepden/json/writer.h>

#include "benchmarks/compare.h"
#include "benchmarks/machine.h"
#include "benchmarks/options.h"

struct bench_row *bench_report_rows(struct bench_report *report, size_t count)
{
    struct bench_row *rows =
        realloc(report->rows, (report->count + count) * sizeof *rows);

    if (!rows)
        abort();
    report->rows = rows;
    rows += report->count;
    memset(rows, 0, count * sizeof *rows);
    report->count += count;
    return rows;
}

static void print_pinned(const struct bench_machine *machine)
{
    if (machine->pinned < 0)
        printf("not pinned\n");
    else if (machine->server >= 0)
        printf("on CPU %d, Redis on CPU %d\n", machine->pinned,
               machine->server);
    else
        printf("on CPU %d%s\n", machine->pinned,
               machine->redis[0] ? ", Redis too: it is not the limit" : "");
}

/* What there is to know beside Redis. */
static void print_server(const struct bench_machine *machine)
{
    printf("%s. %s\n", machine->redis,
           machine->alone
               ? "All run by SCHED_RR: nobody else comes between."
               : "SCHED_RR is not allowed here: others may come between.");
}

static void print_head(const struct bench_report *report,
                       const struct bench_options *options)
{
    const struct bench_machine *machine = report->machine;

    printf("%s: %u rounds, ", report->benchmark, options->rounds);
    print_pinned(machine);
    printf("%s, %ld cores, load %.1f, %s, %s\n", machine->cpu, machine->cores,
           machine->load, machine->kernel, machine->compiler);
    if (machine->redis[0])
        print_server(machine);
    if (report->note)
        printf("%s", report->note);
}

/* A column, left empty where there is no such thing. */
static void print_column(const char *format, int width, double value, bool is)
{
    if (is)
        printf(format, width, value);
    else
        printf("%*s", width, "");
}

/* The columns of times and ratios, that a comparison with `limit` has. */
static void print_row(const struct bench_row *row)
{
    int digits = row->high < 1 ? 3 : row->high < 100 ? 1 : 0;
    char range[48];

    snprintf(range, sizeof range, "%.*f..%.*f", digits, row->low, digits,
             row->high);
    printf("  %-17s %-19s %9.*f  %-17s", row->operation, row->side, digits,
           row->median, range);
    print_column("%*.2f", 6, row->ratio, row->ratio > 0);
    print_column("%*.2f", 7, row->limit, row->limit > 0);
    print_column("%*.2f", 12, row->allocations, row->allocations >= 0);
    putchar('\n');
}

static void print_subject(const struct bench_row *row, const char *limit)
{
    printf("\n%s\n  %-37s %9s  %-17s%6s%7s%12s\n", row->subject, "", row->unit,
           "range", row->ratio > 0 ? "ratio" : "",
           row->ratio > 0 && limit ? limit : "",
           row->allocations >= 0 ? "allocations" : "");
}

static void print_table(const struct bench_report *report)
{
    const char *subject = "";

    for (size_t i = 0; i < report->count; i++) {
        const struct bench_row *row = &report->rows[i];

        if (strcmp(subject, row->subject) != 0)
            print_subject(row, report->limit);
        subject = row->subject;
        print_row(row);
    }
    for (size_t i = 0; i < BENCH_GRIDS_MAX; i++)
        if (report->grids[i].column_count > 0)
            bench_grid_print_table(&report->grids[i]);
}

/* A text as a JSON string. */
static void print_string(const char *name, const char *text)
{
    char json[1024];
    struct stepden_json_writer writer = {.at = json, .end = json + sizeof json};

    stepden_json_put_string(&writer, text);
    printf("\"%s\":%.*s,", name, (int)(writer.at - json), json);
}

static void print_json_row(const struct bench_row *row)
{
    putchar('{');
    print_string("subject", row->subject);
    print_string("operation", row->operation);
    print_string("side", row->side);
    print_string("unit", row->unit);
    printf("\"median\":%.6g,\"low\":%.6g,\"high\":%.6g", row->median, row->low,
           row->high);
    if (row->ratio > 0)
        printf(",\"ratio\":%.3f", row->ratio);
    if (row->limit > 0)
        printf(",\"limit\":%.3f", row->limit);
    if (row->allocations >= 0)
        printf(",\"allocations\":%.3f", row->allocations);
    putchar('}');
}

static void print_json_rows(const struct bench_report *report)
{
    fputs(",\"rows\":[", stdout);
    for (size_t i = 0; i < report->count; i++) {
        fputs(i > 0 ? ",\n" : "\n", stdout);
        print_json_row(&report->rows[i]);
    }
    putchar(']');
}

static void print_json_grids(const struct bench_report *report)
{
    for (size_t i = 0; i < BENCH_GRIDS_MAX; i++) {
        if (report->grids[i].column_count == 0)
            continue;
        printf(",\"%s\":", report->grids[i].name);
        bench_grid_print_json(&report->grids[i]);
    }
}

static void print_json_machine(const struct bench_machine *machine)
{
    fputs("\"machine\":{", stdout);
    print_string("cpu", machine->cpu);
    print_string("kernel", machine->kernel);
    print_string("compiler", machine->compiler);
    if (machine->redis[0]) {
        print_string("redis", machine->redis);
        printf("\"alone\":%s,", machine->alone ? "true" : "false");
    }
    printf("\"cores\":%ld,\"load\":%.2f,\"pinned\":%s,\"server_pinned\":%s}",
           machine->cores, machine->load,
           machine->pinned >= 0 ? "true" : "false",
           machine->server >= 0 ? "true" : "false");
}

static void print_json(const struct bench_report *report,
                       const struct bench_options *options)
{
    putchar('{');
    print_string("benchmark", report->benchmark);
    print_json_machine(report->machine);
    printf(",\"rounds\":%u", options->rounds);
    if (report->count > 0)
        print_json_rows(report);
    print_json_grids(report);
    puts("}");
}

/* Rows that a failure left empty do not count. */
static void drop_empty_rows(struct bench_report *report)
{
    while (report->count > 0 && !report->rows[report->count - 1].subject)
        report->count--;
}

void bench_report_print(struct bench_report *report,
                        const struct bench_options *options)
{
    drop_empty_rows(report);
    if (options->as_json) {
        print_json(report, options);
        return;
    }
    print_head(report, options);
    print_table(report);
    if (report->foot)
        printf("\n%s", report->foot);
}

void bench_report_free(struct bench_report *report)
{
    free(report->rows);
    report->rows = NULL;
    for (size_t i = 0; i < BENCH_GRIDS_MAX; i++)
        bench_grid_free(&report->grids[i]);
}
