#include "benchmarks/commands.h"
#include "benchmarks/compare.h"
#include "benchmarks/options.h"
#include "benchmarks/report.h"
#include "benchmarks/spread.h"

#define US_PER_NS 1e-3
#define TARGETS 10
#define RECORDS 20000
#define DENMS 200000
#define SHARED_PARTITIONS 48

enum {
    MASTERS,
    PARTITIONS,
    INSTANCES,
    DENM_PER_S,
    STEPDEN_US,
    STEPDEN_RATIO,
    REDIS_US,
    REDIS_RATIO,
    RSS_MB,
    COLUMNS
};

static const struct bench_column columns[COLUMNS] = {
    [MASTERS] = {"masters", "masters", BENCH_NUMBER, 0},
    [PARTITIONS] = {"partitions", "partitions", BENCH_NUMBER, 0},
    [INSTANCES] = {"instances", "instances", BENCH_NUMBER, 0},
    [DENM_PER_S] = {"denm_per_s", "DENM/s", BENCH_RANGED, 0},
    [STEPDEN_US] = {"stepden_us_per_denm", "stepden us", BENCH_RANGED, 2},
    [STEPDEN_RATIO] = {"stepden_ratio", "x first", BENCH_NUMBER, 2},
    [REDIS_US] = {"redis_us_per_denm", "Redis us", BENCH_FIGURE, 2},
    [REDIS_RATIO] = {"redis_ratio", "x first", BENCH_NUMBER, 2},
    [RSS_MB] = {"rss_mb", "MB", BENCH_NUMBER, 1},
};

static const char note[] =
    "Instances share the partitions of a cluster without replicas or files, "
    "and\n"
    "drain a backlog of arrays with 10 targets; 20000 records are active.\n"
    "us: CPU time a DENM, of all instances and of all masters; x first: to "
    "that of\n"
    "the first row of the table.\n"
    "All masters share one CPU, all instances another: DENM/s cannot grow "
    "with\n"
    "their number on this machine. That the CPU time stays flat says that it "
    "would\n"
    "on more. MB: the most memory that the instances had, summed up.\n";

static void run_case(struct bench_grid *grid, const struct bench_report *report,
                     const struct bench_options *options,
                     const struct bench_spread_case *which)
{
    static struct bench_spread spread;
    struct bench_cell *row = bench_grid_add_row(grid);
    const struct bench_cell *first = grid->rows[0];

    bench_cell_add(&row[MASTERS], (double)which->masters);
    bench_cell_add(&row[PARTITIONS], which->partitions);
    bench_cell_add(&row[INSTANCES], which->instances);
    bench_spread_start(&spread, report->machine, options, which);
    for (unsigned round = 0; round < options->rounds; round++) {
        struct bench_cost cost;
        double count = (double)bench_spread_run(
            &spread, options->denms ? options->denms : DENMS, &cost);

        bench_cell_add(&row[DENM_PER_S], count / cost.seconds);
        bench_cell_add(&row[STEPDEN_US], cost.client_ns / count * US_PER_NS);
        bench_cell_add(&row[REDIS_US], cost.redis_ns / count * US_PER_NS);
    }
    bench_cell_add(&row[STEPDEN_RATIO],
                   bench_cell_median(&row[STEPDEN_US]) /
                       bench_cell_median(&first[STEPDEN_US]));
    bench_cell_add(&row[REDIS_RATIO], bench_cell_median(&row[REDIS_US]) /
                                          bench_cell_median(&first[REDIS_US]));
    bench_cell_add(&row[RSS_MB], bench_spread_peak_bytes(&spread) / 1e6);
    bench_spread_stop(&spread);
}

static void run_partitions(struct bench_grid *grid,
                           const struct bench_report *report,
                           const struct bench_options *options)
{
    static const uint32_t all[] = {1, 4, 16, 64, 256};
    const size_t count = options->partitions ? 1 : sizeof all / sizeof all[0];

    for (size_t i = 0; i < count; i++)
        run_case(grid, report, options,
                 &(const struct bench_spread_case){
                     .masters = 1,
                     .partitions =
                         options->partitions ? options->partitions : all[i],
                     .instances = 1,
                     .targets = TARGETS,
                     .records = RECORDS,
                 });
}

static void run_masters(struct bench_grid *grid,
                        const struct bench_report *report,
                        const struct bench_options *options)
{
    for (unsigned instances = 1; instances <= BENCH_INSTANCES_MAX; instances++)
        for (size_t masters = 1; masters <= BENCH_MASTERS_MAX; masters++)
            run_case(grid, report, options,
                     &(const struct bench_spread_case){
                         .masters = masters,
                         .partitions = SHARED_PARTITIONS,
                         .instances = instances,
                         .targets = TARGETS,
                         .records = RECORDS,
                     });
}

void bench_scale(struct bench_report *report,
                 const struct bench_options *options)
{
    static const char *const names[] = {"partitions", "masters"};

    report->note = note;
    for (size_t i = 0; i < (options->partitions ? 1 : BENCH_GRIDS_MAX); i++)
        report->grids[i] = (struct bench_grid){
            .name = names[i], .columns = columns, .column_count = COLUMNS};
    run_partitions(&report->grids[0], report, options);
    if (!options->partitions)
        run_masters(&report->grids[1], report, options);
}
