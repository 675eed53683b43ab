#include "benchmarks/den_growth.h"

#include <malloc.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "benchmarks/compare.h"
#include "benchmarks/den_table.h"
#include "benchmarks/options.h"
#include "benchmarks/report.h"

#define NS_PER_US 1e3
#define TIME_TO_COLLISION_MS 600000

/* Of one insert. */
struct insert {
    double cpu_us;
    double wall_us;
    double faults; /* page faults that need no I/O */
};

enum figure {
    CPU_MEDIAN,
    CPU_9999,
    CPU_MOST,
    CPU_MOST_UNFAULTED, /* among inserts without a page fault */
    CPU_MOST_ALWAYS,    /* of the same insert in all rounds at least: ours */
    WALL_MEDIAN,
    WALL_9999,
    WALL_MOST,
    FAULTS_MEAN,
    FAULTS_OF_SLOWEST, /* by CPU time */
    SNAPSHOT,          /* of a record, in ns, as the next ones */
    RESTORE,           /* with the snapshot that it is from */
    CLEAR,
    FIGURES,
};

static const struct {
    const char *operation;
    const char *side;
    const char *unit;
} names[FIGURES] = {
    [CPU_MEDIAN] = {"CPU time", "median", "us"},
    [CPU_9999] = {"", "99.99 %", "us"},
    [CPU_MOST] = {"", "slowest", "us"},
    [CPU_MOST_UNFAULTED] = {"", "slowest, no fault", "us"},
    [CPU_MOST_ALWAYS] = {"", "slowest, repeatable", "us"},
    [WALL_MEDIAN] = {"wall time", "median", "us"},
    [WALL_9999] = {"", "99.99 %", "us"},
    [WALL_MOST] = {"", "slowest", "us"},
    [FAULTS_MEAN] = {"in 1000 inserts", "", "faults"},
    [FAULTS_OF_SLOWEST] = {"in the slowest", "", "faults"},
    [SNAPSHOT] = {"snapshot", "", "ns"},
    [RESTORE] = {"snapshot, restore", "", "ns"},
    [CLEAR] = {"clear", "", "ns"},
};

static double faults(void)
{
    struct rusage usage;

    getrusage(RUSAGE_THREAD, &usage);
    return (double)usage.ru_minflt;
}

static struct insert measure(struct bench_den_table *table)
{
    double faults_before = faults();
    double wall_before = bench_now_ns() / NS_PER_US;
    double cpu_before = bench_cpu_ns() / NS_PER_US;

    bench_den_table_insert(table, TIME_TO_COLLISION_MS);
    return (struct insert){
        .cpu_us = bench_cpu_ns() / NS_PER_US - cpu_before,
        .wall_us = bench_now_ns() / NS_PER_US - wall_before,
        .faults = faults() - faults_before,
    };
}

static int compare_cpu(const void *left, const void *right)
{
    double difference = ((const struct insert *)left)->cpu_us -
                        ((const struct insert *)right)->cpu_us;

    return (difference > 0) - (difference < 0);
}

static int compare_wall(const void *left, const void *right)
{
    double difference = ((const struct insert *)left)->wall_us -
                        ((const struct insert *)right)->wall_us;

    return (difference > 0) - (difference < 0);
}

static void summarise_inserts(double *figures, struct insert *inserts,
                              uint32_t count)
{
    uint32_t most = count - count / 10000 - 1;

    figures[FAULTS_MEAN] = 0;
    figures[CPU_MOST_UNFAULTED] = 0;
    qsort(inserts, count, sizeof *inserts, compare_cpu);
    for (uint32_t i = 0; i < count; i++) {
        figures[FAULTS_MEAN] += inserts[i].faults * 1000 / count;
        if (inserts[i].faults == 0)
            figures[CPU_MOST_UNFAULTED] = inserts[i].cpu_us;
    }
    figures[CPU_MEDIAN] = inserts[count / 2].cpu_us;
    figures[CPU_9999] = inserts[most].cpu_us;
    figures[CPU_MOST] = inserts[count - 1].cpu_us;
    figures[FAULTS_OF_SLOWEST] = inserts[count - 1].faults;
    qsort(inserts, count, sizeof *inserts, compare_wall);
    figures[WALL_MEDIAN] = inserts[count / 2].wall_us;
    figures[WALL_9999] = inserts[most].wall_us;
    figures[WALL_MOST] = inserts[count - 1].wall_us;
}

static void write_text(void *ctx, const struct stepden_action_id *action_id,
                       const struct stepden_den_record *record)
{
    static char json[STEPDEN_DEN_RECORD_JSON_MAX];

    (void)ctx;
    (void)action_id;
    bench_require(stepden_den_record_write(json, sizeof json, record) > 0,
                  "a record");
}

static void restore_text(void *ctx, const struct stepden_action_id *action_id,
                         const struct stepden_den_record *record)
{
    static char json[STEPDEN_DEN_RECORD_JSON_MAX];
    static struct stepden_den_record kept;
    struct bench_den_table *table = ctx;
    size_t size = stepden_den_record_write(json, sizeof json, record);

    bench_require(stepden_den_record_read(&kept, json, size, NULL) ==
                          STEPDEN_OK &&
                      stepden_den_restore(table->den, action_id, &kept,
                                          table->now, NULL) == STEPDEN_OK,
                  "a restore");
}

/* What all records at once cost, each, as the texts that are kept. */
static void measure_whole(double *figures, struct bench_den_table *table)
{
    struct bench_den_table other;
    double start_ns = bench_cpu_ns();

    stepden_den_snapshot(table->den, write_text, NULL, table->now);
    figures[SNAPSHOT] = (bench_cpu_ns() - start_ns) / table->records;

    bench_den_table_init(&other, table->records);
    start_ns = bench_cpu_ns();
    stepden_den_snapshot(table->den, restore_text, &other, table->now);
    figures[RESTORE] = (bench_cpu_ns() - start_ns) / table->records;
    bench_require(stepden_den_counters(other.den)->active == table->records,
                  "a count of restored records");
    bench_den_table_free(&other);

    start_ns = bench_cpu_ns();
    stepden_den_clear(table->den);
    figures[CLEAR] = (bench_cpu_ns() - start_ns) / table->records;
}

/* `least_us` is the least CPU time that each insert took so far. */
static void grow(double *figures, struct insert *inserts, double *least_us,
                 uint32_t records)
{
    struct bench_den_table table;

    malloc_trim(0);
    bench_den_table_init(&table, records);
    for (uint32_t i = 0; i < records; i++) {
        inserts[i] = measure(&table);
        least_us[i] = fmin(least_us[i], inserts[i].cpu_us);
    }
    summarise_inserts(figures, inserts, records);
    measure_whole(figures, &table);
    bench_den_table_free(&table);
}

static double most(const double *values, uint32_t count)
{
    double result = values[0];

    for (uint32_t i = 1; i < count; i++)
        result = fmax(result, values[i]);
    return result;
}

/* The machine's pauses come now here, now there, and a table's own do not. */
static void grow_often(double samples[][FIGURES],
                       const struct bench_options *options)
{
    struct insert *inserts = calloc(options->records, sizeof *inserts);
    double *least_us = calloc(options->records, sizeof *least_us);

    bench_require(inserts && least_us, "memory");
    for (uint32_t i = 0; i < options->records; i++) {
        inserts[i] = (struct insert){.cpu_us = INFINITY};
        least_us[i] = INFINITY;
    }
    for (unsigned round = 0; round < options->rounds; round++)
        grow(samples[round], inserts, least_us, options->records);
    for (unsigned round = 0; round < options->rounds; round++)
        samples[round][CPU_MOST_ALWAYS] = most(least_us, options->records);
    free(inserts);
    free(least_us);
}

void bench_den_growth(struct bench_report *report,
                      const struct bench_options *options)
{
    static double samples[BENCH_ROUNDS_MAX][FIGURES];
    static double one[BENCH_ROUNDS_MAX];
    static char subjects[3][96];

    grow_often(samples, options);
    snprintf(subjects[0], sizeof subjects[0],
             "an insert while the table grows from 0 to %u", options->records);
    snprintf(subjects[1], sizeof subjects[1],
             "page faults while the table grows from 0 to %u",
             options->records);
    snprintf(subjects[2], sizeof subjects[2],
             "all %u records at once: time for each", options->records);
    for (int figure = 0; figure < FIGURES; figure++) {
        struct bench_row *row = bench_report_rows(report, 1);

        *row = (struct bench_row){
            .subject = subjects[(figure >= FAULTS_MEAN) + (figure >= SNAPSHOT)],
            .operation = names[figure].operation,
            .side = names[figure].side,
            .unit = names[figure].unit,
            .allocations = -1,
        };
        for (unsigned round = 0; round < options->rounds; round++)
            one[round] = samples[round][figure];
        bench_summarise(row, one, options->rounds);
    }
}
