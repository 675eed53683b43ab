#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "benchmarks/allocations.h"
#include "benchmarks/commands.h"
#include "benchmarks/compare.h"
#include "benchmarks/den_growth.h"
#include "benchmarks/den_table.h"
#include "benchmarks/options.h"
#include "benchmarks/report.h"
#include "den/record.h"

/*
 * The first table is so small that its size costs next to nothing, so that what
 * is left is the mapping; the second is the one to compare with.
 */
#define TABLES 4
#define COMPARED 1
#define SMALLEST 1000

/* One of the tables, with what it costs in each round. */
struct sized {
    char name[24]; /* how many records */
    struct bench_den_table table;
    double log_ratio;
    double allocated_bytes; /* a record, as the next */
    double resident_bytes;
    double samples[BENCH_DEN_OPERATIONS][BENCH_ROUNDS_MAX]; /* ns each */
    double allocations[BENCH_DEN_OPERATIONS]; /* each, in the last round */
};

static const char *const operations[BENCH_DEN_OPERATIONS] = {
    [BENCH_DEN_INSERT] = "insert: a prediction of new parties",
    [BENCH_DEN_UPDATE] = "update: a newer prediction",
    [BENCH_DEN_NEGATE] = "negation by another station",
    [BENCH_DEN_CANCEL] = "cancellation when it is due",
    [BENCH_DEN_RELEASE] = "expiry of a validity, which frees the action id",
};

static const char *const roles[TABLES] = {"smallest table", "base of the ratio",
                                          "larger table", "largest table"};

static const char note[] =
    "ns: CPU time of one operation. ratio: to the base, a table of 1/100 of "
    "the "
    "largest.\n"
    "limit: of the ratio, log(records) / log(records of the base). The "
    "smallest "
    "table\n"
    "always has 1000 records and no limit: its time is that of an operation "
    "without\n"
    "what the size of a table adds.\n";

static const char foot[] =
    "with indexes: heap for a record and its share of all indexes.\n"
    "resident: what a record adds to the memory of the process.\n"
    "to cancel it: the part of it that its cancellation is made from.\n"
    "all else: with indexes, less the part to cancel it.\n"
    "99.99 %: so many of the inserts take no longer.\n"
    "slowest: of the inserts of a round, which fills a new table.\n"
    "slowest, no fault: of the inserts in which the kernel gave no new page of "
    "memory\n"
    "(no page fault).\n"
    "slowest, repeatable: each insert counts with its fastest round. A pause "
    "of "
    "the\n"
    "machine seldom hits the same insert in all rounds, what the table does "
    "always does.\n";

static void start(struct sized *sized, uint32_t records, uint32_t compared)
{
    uint64_t allocated = bench_allocated_bytes();
    uint64_t resident = bench_resident_bytes();

    snprintf(sized->name, sizeof sized->name, "%u records", records);
    sized->log_ratio = log(records) / log(compared);
    bench_den_table_init(&sized->table, records);
    bench_den_table_fill(&sized->table);
    bench_den_table_cycle(&sized->table);
    sized->allocated_bytes =
        (double)(bench_allocated_bytes() - allocated) / records;
    sized->resident_bytes =
        ((double)bench_resident_bytes() - (double)resident) / records;
}

/* One round of one table: whole cycles for about the time given. */
static void measure(struct sized *sized, unsigned round, unsigned sample_ms)
{
    struct bench_den_table *table = &sized->table;
    double end_ns = bench_now_ns() + sample_ms * BENCH_NS_PER_MS;

    for (int i = 0; i < BENCH_DEN_OPERATIONS; i++)
        table->costs[i] = (struct bench_den_cost){0};
    do {
        bench_den_table_cycle(table);
    } while (bench_now_ns() < end_ns);
    for (int i = 0; i < BENCH_DEN_OPERATIONS; i++) {
        const struct bench_den_cost *cost = &table->costs[i];
        double count = (double)cost->count;

        sized->samples[i][round] = cost->ns / count;
        sized->allocations[i] = (double)cost->allocations / count;
    }
}

static void report_operation(struct bench_report *report, struct sized *tables,
                             int operation, unsigned rounds)
{
    struct bench_row *rows = bench_report_rows(report, TABLES);

    for (int i = 0; i < TABLES; i++) {
        rows[i] = (struct bench_row){
            .subject = operations[operation],
            .operation = roles[i],
            .side = tables[i].name,
            .unit = "ns",
            .limit = i >= COMPARED ? tables[i].log_ratio : 0,
            .allocations = tables[i].allocations[operation],
        };
        bench_summarise(&rows[i], tables[i].samples[operation], rounds);
    }
    for (int i = 0; i < TABLES; i++)
        rows[i].ratio = rows[i].median / rows[COMPARED].median;
}

static void report_bytes(struct bench_report *report, const char *operation,
                         const char *side, double bytes)
{
    *bench_report_rows(report, 1) = (struct bench_row){
        .subject = "memory of a record",
        .operation = operation,
        .side = side,
        .unit = "bytes",
        .median = bytes,
        .low = bytes,
        .high = bytes,
        .allocations = -1,
    };
}

/* Of a record. */
static double cancellation_bytes(void)
{
    const struct stepden_record *record = NULL;

    return sizeof record->event_id + sizeof record->position +
           sizeof record->distance_m + sizeof record->has_distance +
           sizeof record->direction + sizeof record->has_direction +
           sizeof record->detection_its_ms + sizeof record->reference_its_ms +
           sizeof record->valid_mono_ms;
}

static void report_memory(struct bench_report *report,
                          const struct sized *tables)
{
    report_bytes(report, "alone", "", sizeof(struct stepden_record));
    for (int i = COMPARED; i < TABLES; i++)
        report_bytes(report, "with indexes", tables[i].name,
                     tables[i].allocated_bytes);
    for (int i = COMPARED; i < TABLES; i++)
        report_bytes(report, "resident", tables[i].name,
                     tables[i].resident_bytes);
    report_bytes(report, "to cancel it", "", cancellation_bytes());
    report_bytes(report, "all else", tables[TABLES - 1].name,
                 tables[TABLES - 1].allocated_bytes - cancellation_bytes());
}

void bench_den(struct bench_report *report, const struct bench_options *options)
{
    static struct sized tables[TABLES];
    uint32_t most = options->records; /* the options see to 100000 */
    const uint32_t records[TABLES] = {SMALLEST, most / 100, most / 10, most};

    report->limit = "limit";
    report->note = note;
    report->foot = foot;
    for (int i = 0; i < TABLES; i++)
        start(&tables[i], records[i], records[COMPARED]);
    for (unsigned round = 0; round < options->rounds; round++)
        for (int i = 0; i < TABLES; i++)
            measure(&tables[i], round, options->sample_ms);
    for (int i = 0; i < BENCH_DEN_OPERATIONS; i++)
        report_operation(report, tables, i, options->rounds);
    report_memory(report, tables);
    for (int i = 0; i < TABLES; i++)
        bench_den_table_free(&tables[i].table);
    bench_den_growth(report, options);
}
