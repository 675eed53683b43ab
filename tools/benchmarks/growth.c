#include <math.h>
#include <stdio.h>

#include "benchmarks/commands.h"
#include "benchmarks/compare.h"
#include "benchmarks/growth_table.h"
#include "benchmarks/options.h"
#include "benchmarks/report.h"

#define SIZES_MAX 6

/* Of the table in which arrays have ever more targets. */
#define RECORDS_PART 100

/* Of the arrays by which a table grows. */
#define TARGETS 10

/* Of the last size to the first. */
#define LIMIT 1.5

/* One of the sizes, with what a DENM costs in each round. */
struct size {
    char name[24];
    double log_size;
    struct bench_growth_table table;
    double samples[BENCH_ROUNDS_MAX]; /* ns */
    double allocations;               /* in the last round */
};

/* What grows, while all else stays. */
struct growth {
    char subject[64];
    const char *exponent; /* the subject of its row */
    size_t count;
    double limit;
    struct size sizes[SIZES_MAX];
};

static const char note[] =
    "ns: CPU time of a DENM, of all that the service does but for Redis.\n"
    "An array comes in as text; message, UPER and record of each target\n"
    "go out as they would. All are newer predictions of active events.\n"
    "ratio: to the first row. exponent: slope of the least-squares line\n"
    "of log(ns) over log(n) or log(k).\n";

static void start(struct growth *growth, const char *sign, uint32_t size,
                  uint32_t records, uint32_t targets)
{
    struct size *next = &growth->sizes[growth->count++];

    snprintf(next->name, sizeof next->name, "%s = %u", sign, size);
    next->log_size = log(size);
    bench_growth_table_init(&next->table, records, targets);
}

static void start_records(struct growth *growth, uint32_t most)
{
    const uint32_t parts[] = {100, 30, 10, 3, 1};

    snprintf(growth->subject, sizeof growth->subject,
             "n active records, in arrays of %d targets", TARGETS);
    growth->exponent = "exponent of n";
    growth->limit = LIMIT;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        start(growth, "n", most / parts[i], most / parts[i], TARGETS);
}

static void start_targets(struct growth *growth, uint32_t records)
{
    const uint32_t targets[] = {1, 3, 10, 30, 100, 255};

    snprintf(growth->subject, sizeof growth->subject,
             "k targets of an array, %u active records", records);
    growth->exponent = "exponent of k";
    for (size_t i = 0; i < sizeof targets / sizeof targets[0]; i++)
        start(growth, "k", targets[i], records, targets[i]);
}

static void measure(struct size *size, unsigned round, unsigned sample_ms)
{
    struct bench_growth_cost *cost = &size->table.cost;

    *cost = (struct bench_growth_cost){0};
    do {
        bench_growth_table_take(&size->table);
    } while (cost->ns < sample_ms * BENCH_NS_PER_MS);
    size->samples[round] = cost->ns / (double)cost->denms;
    size->allocations = (double)cost->allocations / (double)cost->denms;
}

/* Of the costs of one round. */
static double exponent(const struct growth *growth, unsigned round)
{
    double count = (double)growth->count;
    double x_sum = 0;
    double y_sum = 0;
    double xx_sum = 0;
    double xy_sum = 0;

    for (size_t i = 0; i < growth->count; i++) {
        double x = growth->sizes[i].log_size;
        double y = log(growth->sizes[i].samples[round]);

        x_sum += x;
        y_sum += y;
        xx_sum += x * x;
        xy_sum += x * y;
    }
    return (count * xy_sum - x_sum * y_sum) / (count * xx_sum - x_sum * x_sum);
}

static void report_exponent(struct bench_report *report,
                            const struct growth *growth, unsigned rounds)
{
    struct bench_row *row = bench_report_rows(report, 1);
    double samples[BENCH_ROUNDS_MAX];

    *row = (struct bench_row){
        .subject = growth->exponent,
        .operation = "all sizes",
        .side = "",
        .unit = "exponent",
        .allocations = -1,
    };
    for (unsigned round = 0; round < rounds; round++)
        samples[round] = exponent(growth, round);
    bench_summarise(row, samples, rounds);
}

/* The samples are in the order of the rounds no more afterwards. */
static void report_sizes(struct bench_report *report, struct growth *growth,
                         unsigned rounds)
{
    struct bench_row *rows = bench_report_rows(report, growth->count);

    for (size_t i = 0; i < growth->count; i++) {
        struct size *size = &growth->sizes[i];

        rows[i] = (struct bench_row){
            .subject = growth->subject,
            .operation = "a DENM",
            .side = size->name,
            .unit = "ns",
            .limit = i == growth->count - 1 ? growth->limit : 0,
            .allocations = size->allocations,
        };
        bench_summarise(&rows[i], size->samples, rounds);
        rows[i].ratio = rows[i].median / rows[0].median;
    }
}

void bench_growth(struct bench_report *report,
                  const struct bench_options *options)
{
    static struct growth growths[2];

    report->note = note;
    report->limit = "limit";
    start_records(&growths[0], options->records);
    start_targets(&growths[1], options->records / RECORDS_PART);
    for (unsigned round = 0; round < options->rounds; round++)
        for (size_t i = 0; i < 2; i++)
            for (size_t k = 0; k < growths[i].count; k++)
                measure(&growths[i].sizes[k], round, options->sample_ms);
    for (size_t i = 0; i < 2; i++) {
        report_exponent(report, &growths[i], options->rounds);
        report_sizes(report, &growths[i], options->rounds);
        for (size_t k = 0; k < growths[i].count; k++)
            bench_growth_table_free(&growths[i].sizes[k].table);
    }
}
