#include "benchmarks/commands.h"
#include "benchmarks/compare.h"
#include "benchmarks/latency_sample.h"
#include "benchmarks/options.h"
#include "benchmarks/report.h"

enum { SERVICE, ECHO, SIDES };
enum { FIRST, LAST, OUTPUTS };
enum { RATES = 2 };

enum column {
    RATE,
    SIDE,
    OUTPUT,
    QUANTILE, /* the first of BENCH_QUANTILES */
    RATIO_P50 = QUANTILE + BENCH_QUANTILES,
    RATIO_P99,
    COLUMNS,
};

static const struct bench_column columns[COLUMNS] = {
    [RATE] = {"arrays_per_s", "arrays/s", BENCH_NUMBER, 0},
    [SIDE] = {"side", "", BENCH_TEXT, 0},
    [OUTPUT] = {"output", "output", BENCH_TEXT, 0},
    [QUANTILE + BENCH_P50] = {"p50_us", "p50", BENCH_RANGED, 0},
    [QUANTILE + BENCH_P99] = {"p99_us", "p99", BENCH_RANGED, 0},
    [QUANTILE + BENCH_P999] = {"p99_9_us", "p99.9", BENCH_RANGED, 0},
    [QUANTILE + BENCH_MOST] = {"max_us", "max", BENCH_RANGED, 0},
    [RATIO_P50] = {"ratio_p50", "ratio p50", BENCH_NUMBER, 2},
    [RATIO_P99] = {"ratio_p99", "ratio p99", BENCH_NUMBER, 2},
};

static const char note[] =
    "us from when an array of 10 targets was due to when a reader, blocked\n"
    "in XREAD, has the first and the last of its outputs: what comes late\n"
    "counts from when it was due. echo: XREADGROUP, 10 ready-made XADD of\n"
    "the same bytes, XACK, no work. ratio: of the medians, to the echo.\n"
    "The first is the last for stepden: one transaction has all of them. "
    "p99.9\n"
    "of less than 1000 arrays is the max. Feeder, reader and side share a "
    "CPU.\n";

static struct bench_cell *cells_of(struct bench_grid *grid, int rate, int side,
                                   int output)
{
    return grid->rows[(rate * SIDES + side) * OUTPUTS + output];
}

static void start_rows(struct bench_grid *grid, const unsigned *rates,
                       int rate_count)
{
    static const char *const sides[SIDES] = {"stepden", "echo"};
    static const char *const outputs[OUTPUTS] = {"first", "last"};

    for (int rate = 0; rate < rate_count; rate++)
        for (int side = 0; side < SIDES; side++)
            for (int output = 0; output < OUTPUTS; output++) {
                struct bench_cell *cells = bench_grid_add_row(grid);

                bench_cell_add(&cells[RATE], rates[rate]);
                cells[SIDE].text = sides[side];
                cells[OUTPUT].text = outputs[output];
            }
}

static void note_sample(struct bench_grid *grid, int rate, int side,
                        const struct bench_latency *latency)
{
    struct bench_cell *first = cells_of(grid, rate, side, FIRST);
    struct bench_cell *last = cells_of(grid, rate, side, LAST);

    for (int i = 0; i < BENCH_QUANTILES; i++) {
        bench_cell_add(&first[QUANTILE + i], latency->first[i]);
        bench_cell_add(&last[QUANTILE + i], latency->last[i]);
    }
}

static void measure(struct bench_report *report, int rate,
                    struct bench_latency_sample sample)
{
    struct bench_raw outputs = {0};

    bench_latency_of_service(&sample, &outputs);
    note_sample(&report->grids[0], rate, SERVICE, &sample.latency);
    bench_latency_of_echo(&sample, &outputs);
    note_sample(&report->grids[0], rate, ECHO, &sample.latency);
    bench_raw_free(&outputs);
}

static void add_ratio(struct bench_grid *grid, int rate, int output,
                      int quantile, int ratio)
{
    const struct bench_cell *echo = cells_of(grid, rate, ECHO, output);

    for (int side = 0; side < SIDES; side++) {
        struct bench_cell *cells = cells_of(grid, rate, side, output);

        bench_cell_add(&cells[ratio],
                       bench_cell_median(&cells[QUANTILE + quantile]) /
                           bench_cell_median(&echo[QUANTILE + quantile]));
    }
}

void bench_latency(struct bench_report *report,
                   const struct bench_options *options)
{
    const unsigned rates[RATES] = {options->rate ? options->rate : 100, 1000};
    int rate_count = options->rate ? 1 : RATES;
    struct bench_grid *grid = &report->grids[0];

    report->note = note;
    grid->name = "latencies";
    grid->columns = columns;
    grid->column_count = COLUMNS;
    start_rows(grid, rates, rate_count);
    for (unsigned round = 0; round < options->rounds; round++)
        for (int rate = 0; rate < rate_count; rate++)
            measure(report, rate,
                    (struct bench_latency_sample){
                        .machine = report->machine,
                        .options = options,
                        .rate = rates[rate],
                    });
    for (int rate = 0; rate < rate_count; rate++)
        for (int output = 0; output < OUTPUTS; output++) {
            add_ratio(grid, rate, output, BENCH_P50, RATIO_P50);
            add_ratio(grid, rate, output, BENCH_P99, RATIO_P99);
        }
}
