#include <string.h>

#include "benchmarks/commands.h"
#include "benchmarks/compare.h"
#include "benchmarks/drain.h"
#include "benchmarks/options.h"
#include "benchmarks/raw.h"
#include "benchmarks/report.h"

/* Of the service whose entries it is. */
#define RECORDS 10000

enum { AOF, DEPTH, ENTRY_BYTES, PER_S, BUSY, REDIS_US, LOADER_US, COLUMNS };

static const struct bench_column columns[COLUMNS] = {
    [AOF] = {"aof", "AOF", BENCH_TEXT, 0},
    [DEPTH] = {"depth", "depth", BENCH_NUMBER, 0},
    [ENTRY_BYTES] = {"entry_bytes", "bytes", BENCH_NUMBER, 0},
    [PER_S] = {"ceiling_per_s", "XADD/s", BENCH_RANGED, 0},
    [BUSY] = {"redis_busy", "Redis busy", BENCH_FIGURE, 2},
    [REDIS_US] = {"redis_us_per_xadd", "Redis us", BENCH_RANGED, 2},
    [LOADER_US] = {"loader_us_per_xadd", "loader us", BENCH_RANGED, 2},
};

static const char note[] =
    "XADD of entries that the service published, by a loader that does nothing "
    "else.\n"
    "depth: how many are under way at most. bytes: JSON and UPER of an entry.\n"
    "Redis busy: its CPU time to all of the time; well below 1, this is not "
    "the\n"
    "limit of Redis. us: CPU time of an entry. Last, the best depths.\n";

static void measure(struct bench_cell *row, const struct bench_raw *raw,
                    struct bench_drain *drain, size_t depth, unsigned entries)
{
    struct bench_cost cost;

    bench_raw_run(raw, &drain->redis, entries, depth, &cost);
    bench_cell_add(&row[PER_S], entries / cost.seconds);
    bench_cell_add(&row[BUSY], cost.redis_ns / BENCH_NS_PER_S / cost.seconds);
    bench_cell_add(&row[REDIS_US], cost.redis_ns / entries / 1000);
    bench_cell_add(&row[LOADER_US], cost.client_ns / entries / 1000);
}

static void add_rows(struct bench_grid *grid, const struct bench_raw *raw,
                     const char *aof)
{
    for (size_t i = 0; i < BENCH_RAW_DEPTHS; i++) {
        struct bench_cell *row = bench_grid_add_row(grid);

        row[AOF].text = aof;
        bench_cell_add(&row[DEPTH], (double)bench_raw_depths[i]);
        bench_cell_add(&row[ENTRY_BYTES], raw->json_bytes + raw->uper_bytes);
    }
}

/* Of the rows from `first` on. */
static void add_best(struct bench_grid *best, const struct bench_grid *all,
                     size_t first)
{
    size_t winner = first;

    for (size_t i = first + 1; i < all->row_count; i++)
        if (bench_cell_median(&all->rows[i][PER_S]) >
            bench_cell_median(&all->rows[winner][PER_S]))
            winner = i;
    memcpy(bench_grid_add_row(best), all->rows[winner], sizeof *all->rows);
}

static void run(struct bench_report *report,
                const struct bench_options *options, const char *aof)
{
    struct bench_grid *grid = &report->grids[0];
    size_t first = grid->row_count;
    const struct bench_case which = {
        .targets = 10, .records = RECORDS, .aof = aof};
    static struct bench_drain drain;
    struct bench_raw raw = {0};
    struct bench_cost cost;

    bench_drain_start(&drain, report->machine, options, &which);
    bench_drain_run(&drain, RECORDS, &cost);
    bench_raw_take(&raw, &drain.redis);
    bench_drain_stop_service(&drain);
    add_rows(grid, &raw, aof);
    for (unsigned round = 0; round < options->rounds; round++)
        for (size_t i = 0; i < BENCH_RAW_DEPTHS; i++) {
            bench_redis_rewrite(&drain.redis);
            measure(grid->rows[first + i], &raw, &drain, bench_raw_depths[i],
                    bench_aof_denms(aof, options));
        }
    add_best(&report->grids[1], grid, first);
    bench_raw_free(&raw);
    bench_redis_stop(&drain.redis);
}

void bench_ceiling(struct bench_report *report,
                   const struct bench_options *options)
{
    report->note = note;
    report->grids[0] = (struct bench_grid){
        .name = "rows", .columns = columns, .column_count = COLUMNS};
    report->grids[1] = (struct bench_grid){
        .name = "best", .columns = columns, .column_count = COLUMNS};
    for (size_t i = 0; i < BENCH_AOF_COUNT; i++)
        if (bench_aof_wanted(bench_aof[i], options))
            run(report, options, bench_aof[i]);
}
