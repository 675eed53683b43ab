#include "benchmarks/growth_table.h"

#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "benchmarks/allocations.h"
#include "benchmarks/arrays.h"
#include "benchmarks/compare.h"
#include "daemon/desk.h"
#include "daemon/pipeline.h"

#define START_MONO_MS 5000000
#define START_ITS_MS INT64_C(722293545120)
#define STATIONS 16

/* Above all numbers of arrays: its multiples go through all of them, of which
 * no two neighbours follow. */
#define PRIME UINT64_C(361616161)

/* Well below the time that an event lives without an update. */
#define PASS_TAKES_MS 2700
#define STALE_MS 10000

/* Targets that are taken in one after the other, or one array. */
#define BATCH_TARGETS 256

struct input {
    char id[32];
    struct stepden_redis_field field;
};

static struct {
    uint32_t count;
    struct input inputs[BATCH_TARGETS];
    char texts[BATCH_TARGETS * BENCH_ARRAY_MAX(1)];
} batch;

/* All zero but its level: nothing is logged. */
static struct stepden_log silent = {.level = UINT_MAX};

void bench_growth_table_init(struct bench_growth_table *table, uint32_t records,
                             uint32_t targets)
{
    struct stepden_config *config = &table->config;

    *table = (struct bench_growth_table){
        .now = {START_MONO_MS, START_ITS_MS},
        .targets = targets,
        .arrays = records / targets,
    };
    stepden_config_init(config);
    config->station_id = 1;
    config->station_id_count = STATIONS;
    config->denm_last_update_max_delay_ms = STALE_MS;
    config->denm.max_records = records;
    table->desk = stepden_desk_new(config, &silent);
    bench_require(table->desk != NULL, "memory");
    bench_require(stepden_pipeline_new(&table->pipeline, table->desk, 0,
                                       NULL) == STEPDEN_OK,
                  "a service");
    while (table->taken < table->arrays)
        bench_growth_table_take(table);
}

void bench_growth_table_free(struct bench_growth_table *table)
{
    stepden_pipeline_free(table->pipeline);
    stepden_desk_free(table->desk);
}

/* All of the batch are made now. */
static void prepare(struct bench_growth_table *table)
{
    char *text = batch.texts;
    uint64_t pass_ms = table->taken * PASS_TAKES_MS / table->arrays;

    table->now.mono_ms = START_MONO_MS + (int64_t)pass_ms;
    table->now.its_ms = START_ITS_MS + (int64_t)pass_ms;
    batch.count =
        table->targets < BATCH_TARGETS ? BATCH_TARGETS / table->targets : 1;
    for (uint32_t i = 0; i < batch.count; i++) {
        struct input *input = &batch.inputs[i];
        uint32_t number = (uint32_t)(table->taken++ * PRIME % table->arrays);

        snprintf(input->id, sizeof input->id, "%" PRId64 "-%" PRIu32,
                 table->now.its_ms, i);
        input->field = (struct stepden_redis_field){
            .name = "message",
            .name_size = strlen("message"),
            .value = text,
            .value_size = bench_array_write(text, number, table->targets,
                                            table->now.its_ms),
        };
        text += input->field.value_size;
    }
}

static void take(struct bench_growth_table *table)
{
    for (uint32_t i = 0; i < batch.count; i++) {
        const struct stepden_entry entry = {
            .input = STEPDEN_INPUT_CRASH_PREDICTION,
            .id = batch.inputs[i].id,
            .fields = &batch.inputs[i].field,
            .field_count = 1,
        };

        stepden_pipeline_take(table->pipeline, &entry, table->now);
    }
    while (table->next_mono_ms <= table->now.mono_ms)
        table->next_mono_ms = stepden_pipeline_run(table->pipeline, table->now);
}

void bench_growth_table_take(struct bench_growth_table *table)
{
    const struct stepden_den_counters *counters =
        stepden_pipeline_counters(table->pipeline);
    uint64_t before = counters->triggers + counters->updates;

    prepare(table);
    uint64_t allocations = bench_allocations();
    double start_ns = bench_cpu_ns();
    take(table);
    table->cost.ns += bench_cpu_ns() - start_ns;
    table->cost.allocations += bench_allocations() - allocations;

    uint64_t denms = counters->triggers + counters->updates - before;
    bench_require(denms == (uint64_t)batch.count * table->targets,
                  "a count of DENMs");
    table->cost.denms += denms;
}
