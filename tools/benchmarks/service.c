#include <ctype.h>

#include "benchmarks/commands.h"
#include "benchmarks/compare.h"
#include "benchmarks/drain.h"
#include "benchmarks/options.h"
#include "benchmarks/process.h"
#include "benchmarks/raw.h"
#include "benchmarks/report.h"
#include "benchmarks/restore.h"

#define US_PER_NS 1e-3
#define RECORDS_SAMPLED 1000
#define RECORDS_RESTORED 10000

enum {
    K,
    N,
    AOF,
    DENM_PER_S,
    CEILING_PER_S,
    RATIO,
    DEPTH,
    STEPDEN_US,
    REDIS_US,
    XADD_US,
    REDIS_RATIO,
    RSS_MB,
    JSON_BYTES,
    UPER_BYTES,
    RECORD_BYTES,
    COLUMNS
};

static const struct bench_column columns[COLUMNS] = {
    [K] = {"k", "k", BENCH_NUMBER, 0},
    [N] = {"n", "n", BENCH_NUMBER, 0},
    [AOF] = {"aof", "AOF", BENCH_TEXT, 0},
    [DENM_PER_S] = {"denm_per_s", "DENM/s", BENCH_RANGED, 0},
    [CEILING_PER_S] = {"ceiling_per_s", "ceiling", BENCH_FIGURE, 0},
    [RATIO] = {"ratio", "ratio", BENCH_RANGED, 3},
    [DEPTH] = {"depth", "depth", BENCH_NUMBER, 0},
    [STEPDEN_US] = {"stepden_us_per_denm", "stepden us", BENCH_FIGURE, 2},
    [REDIS_US] = {"redis_us_per_denm", "Redis us", BENCH_FIGURE, 2},
    [XADD_US] = {"redis_us_per_xadd", NULL, BENCH_FIGURE, 2},
    [REDIS_RATIO] = {"redis_ratio", "x XADD", BENCH_FIGURE, 2},
    [RSS_MB] = {"rss_mb", "MB", BENCH_NUMBER, 1},
    [JSON_BYTES] = {"json_bytes", "JSON", BENCH_NUMBER, 0},
    [UPER_BYTES] = {"uper_bytes", "UPER", BENCH_NUMBER, 0},
    [RECORD_BYTES] = {"record_bytes", "record", BENCH_NUMBER, 0},
};

static const char note[] =
    "n records are active, a backlog of arrays with k targets is in the input "
    "stream.\n"
    "ceiling: XADD/s of the same bytes, each with MAXLEN, by a loader that "
    "does\n"
    "nothing else; depth: how many of them are under way at most. Ratios are\n"
    "medians of the rounds' ratios.\n"
    "The time is from when the service may read until all is published: its "
    "start\n"
    "and the feeding do not count, a look at the stream every 10 ms does.\n"
    "us: CPU time a DENM. x XADD: that of Redis to the ceiling's.\n"
    "MB: the most memory that stepden had. JSON, UPER, record: bytes of one.\n"
    "Below, from the grant of the lease to the first DENM, with n records to "
    "restore.\n";

static const uint32_t all_targets[] = {1, 10, 100};
static const uint32_t all_records[] = {100, 10000, 100000};

#define ALL_TARGETS (sizeof all_targets / sizeof all_targets[0])
#define ALL_RECORDS (sizeof all_records / sizeof all_records[0])

/* The mean; beside them in the hash there are fields of other names. */
static double record_bytes(struct bench_redis *redis)
{
    redisReply *fields = bench_redis_ask(
        redis, "HRANDFIELD " BENCH_RECORDS " %d WITHVALUES", RECORDS_SAMPLED);
    double bytes = 0;
    double count = 0;

    for (size_t i = 0; i + 1 < fields->elements; i += 2) {
        if (!isdigit((unsigned char)fields->element[i]->str[0]))
            continue;
        bytes += (double)fields->element[i + 1]->len;
        count++;
    }
    freeReplyObject(fields);
    bench_require(count > 0, "the reading of records");
    return bytes / count;
}

static void measure(struct bench_cell *row, struct bench_drain *drain,
                    struct bench_raw *raw, size_t depth, unsigned denms)
{
    struct bench_cost service;
    struct bench_cost loader;
    double count = (double)bench_drain_run(drain, denms, &service);
    double ceiling;

    bench_raw_take(raw, &drain->redis);
    bench_redis_rewrite(&drain->redis);
    bench_raw_run(raw, &drain->redis, denms, depth, &loader);
    ceiling = denms / loader.seconds;
    bench_cell_add(&row[DENM_PER_S], count / service.seconds);
    bench_cell_add(&row[CEILING_PER_S], ceiling);
    bench_cell_add(&row[RATIO], count / service.seconds / ceiling);
    bench_cell_add(&row[STEPDEN_US], service.client_ns / count * US_PER_NS);
    bench_cell_add(&row[REDIS_US], service.redis_ns / count * US_PER_NS);
    bench_cell_add(&row[XADD_US], loader.redis_ns / denms * US_PER_NS);
    bench_cell_add(&row[REDIS_RATIO],
                   service.redis_ns / count / (loader.redis_ns / denms));
}

/* `depth`: of the loader. */
static void run_case(struct bench_report *report,
                     const struct bench_options *options,
                     const struct bench_case *which, size_t depth)
{
    static struct bench_drain drain;
    struct bench_cell *row = bench_grid_add_row(&report->grids[0]);
    struct bench_raw raw = {0};
    unsigned denms = bench_aof_denms(which->aof, options);

    bench_cell_add(&row[K], which->targets);
    bench_cell_add(&row[N], which->records);
    bench_cell_add(&row[DEPTH], (double)depth);
    row[AOF].text = which->aof;
    if (denms < which->records)
        denms = which->records;
    bench_drain_start(&drain, report->machine, options, which);
    for (unsigned round = 0; round < options->rounds; round++)
        measure(row, &drain, &raw, depth, denms);
    bench_cell_add(&row[RSS_MB], bench_process_peak_bytes(drain.service) / 1e6);
    bench_cell_add(&row[JSON_BYTES], raw.json_bytes);
    bench_cell_add(&row[UPER_BYTES], raw.uper_bytes);
    bench_cell_add(&row[RECORD_BYTES], record_bytes(&drain.redis));
    bench_raw_free(&raw);
    bench_drain_stop(&drain);
}

/* The best one for the loader; a trial has a sync in it, too. No case waits for
 * it, whose records would not be updated meanwhile. */
static size_t find_depth(const struct bench_report *report,
                         const struct bench_options *options, const char *aof)
{
    const struct bench_case which = {
        .targets = 10, .records = 1000, .aof = aof};
    static struct bench_drain drain;
    struct bench_raw raw = {0};
    size_t depth;

    bench_drain_start(&drain, report->machine, options, &which);
    bench_drain_stop_service(&drain);
    bench_raw_take(&raw, &drain.redis);
    depth = bench_raw_best_depth(&raw, &drain.redis,
                                 bench_aof_denms(aof, options) / 2);
    bench_raw_free(&raw);
    bench_redis_stop(&drain.redis);
    return depth;
}

/* The cases with this append-only file: all numbers, or the ones that the
 * options name. An array has no more targets than there are records. */
static void run_all(struct bench_report *report,
                    const struct bench_options *options, const char *aof)
{
    size_t depth = find_depth(report, options, aof);

    for (size_t n = 0; n < (options->active ? 1 : ALL_RECORDS); n++)
        for (size_t k = 0; k < (options->targets ? 1 : ALL_TARGETS); k++) {
            struct bench_case which = {
                .targets = options->targets ? options->targets : all_targets[k],
                .records = options->active ? options->active : all_records[n],
                .aof = aof,
            };

            if (which.targets <= which.records)
                run_case(report, options, &which, depth);
        }
    bench_restore(&report->grids[1], report->machine, options, aof,
                  options->active ? options->active : RECORDS_RESTORED);
}

void bench_service(struct bench_report *report,
                   const struct bench_options *options)
{
    report->note = note;
    report->grids[0] = (struct bench_grid){
        .name = "rows", .columns = columns, .column_count = COLUMNS};
    report->grids[1] = bench_restore_grid();
    for (size_t i = 0; i < BENCH_AOF_COUNT; i++)
        if (bench_aof_wanted(bench_aof[i], options))
            run_all(report, options, bench_aof[i]);
}
