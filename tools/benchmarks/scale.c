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
#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

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
    [STEPDEN_RATIO] = {"stepden_ratio", "x first", BENCH_RANGED, 2},
    [REDIS_US] = {"redis_us_per_denm", "Redis us", BENCH_FIGURE, 2},
    [REDIS_RATIO] = {"redis_ratio", "x first", BENCH_FIGURE, 2},
    [RSS_MB] = {"rss_mb", "MB", BENCH_NUMBER, 1},
};

static const char note[] =
    "Instances share the partitions of a cluster without replicas or files, "
    "and\n"
    "drain a backlog of arrays with 10 targets; 20000 records are active.\n"
    "us: CPU time a DENM, of all instances and of all masters; x first: the "
    "median of\n"
    "the rounds' ratios to that of the table's first row, with which a row "
    "takes turns.\n"
    "All masters share one CPU, all instances another: DENM/s cannot grow "
    "with\n"
    "their number on this machine. That the CPU time stays flat says that it "
    "would\n"
    "on more. MB: the most memory that the instances had, summed up.\n";

struct costs {
    double stepden; /* CPU time a DENM, in us */
    double redis;
    double denm_per_s;
};

static struct costs measure(struct bench_spread *spread,
                            const struct bench_options *options)
{
    struct bench_cost cost;
    double count = (double)bench_spread_run(
        spread, options->denms ? options->denms : DENMS, &cost);

    return (struct costs){
        .stepden = cost.client_ns / count * US_PER_NS,
        .redis = cost.redis_ns / count * US_PER_NS,
        .denm_per_s = count / cost.seconds,
    };
}

/* They take turns in each round, as the machine is not the same for long. */
static void run_round(struct bench_cell *row, struct bench_spread *spread,
                      struct bench_spread *first,
                      const struct bench_options *options)
{
    struct costs costs = measure(spread, options);
    struct costs other = measure(first, options);

    bench_cell_add(&row[DENM_PER_S], costs.denm_per_s);
    bench_cell_add(&row[STEPDEN_US], costs.stepden);
    bench_cell_add(&row[STEPDEN_RATIO], costs.stepden / other.stepden);
    bench_cell_add(&row[REDIS_US], costs.redis);
    bench_cell_add(&row[REDIS_RATIO], costs.redis / other.redis);
}

/* Beside the first case, which is started once more: a pause of some seconds
 * ends its events. */
static void run_case(struct bench_grid *grid, const struct bench_report *report,
                     const struct bench_options *options,
                     const struct bench_spread_case *which,
                     const struct bench_spread_case *first_case)
{
    static struct bench_spread spread;
    static struct bench_spread first;
    struct bench_cell *row = bench_grid_add_row(grid);

    bench_cell_add(&row[MASTERS], (double)which->masters);
    bench_cell_add(&row[PARTITIONS], which->partitions);
    bench_cell_add(&row[INSTANCES], which->instances);
    bench_spread_start(&spread, report->machine, options, which);
    bench_spread_start(&first, report->machine, options, first_case);
    for (unsigned round = 0; round < options->rounds; round++)
        run_round(row, &spread, &first, options);
    bench_cell_add(&row[RSS_MB], bench_spread_peak_bytes(&spread) / 1e6);
    bench_spread_stop(&first);
    bench_spread_stop(&spread);
}

static struct bench_spread_case make_case(size_t masters, uint32_t partitions,
                                          unsigned instances)
{
    return (struct bench_spread_case){
        .masters = masters,
        .partitions = partitions,
        .instances = instances,
        .targets = TARGETS,
        .records = RECORDS,
    };
}

static void run_partitions(struct bench_grid *grid,
                           const struct bench_report *report,
                           const struct bench_options *options)
{
    static const uint32_t usual[] = {1, 4, 16, 64, 256};
    const uint32_t wanted[] = {1, options->partitions};
    const uint32_t *partitions = options->partitions ? wanted : usual;
    const size_t count = options->partitions ? LENGTH(wanted) : LENGTH(usual);
    const struct bench_spread_case first = make_case(1, partitions[0], 1);

    for (size_t i = 0; i < count; i++) {
        const struct bench_spread_case which = make_case(1, partitions[i], 1);
        run_case(grid, report, options, &which, &first);
    }
}

static void run_masters(struct bench_grid *grid,
                        const struct bench_report *report,
                        const struct bench_options *options)
{
    struct bench_spread_case cases[BENCH_INSTANCES_MAX * BENCH_MASTERS_MAX];
    size_t count = 0;

    for (unsigned instances = 1; instances <= BENCH_INSTANCES_MAX; instances++)
        for (size_t masters = 1; masters <= BENCH_MASTERS_MAX; masters++)
            cases[count++] = make_case(masters, SHARED_PARTITIONS, instances);
    for (size_t i = 0; i < count; i++)
        run_case(grid, report, options, &cases[i], &cases[0]);
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
