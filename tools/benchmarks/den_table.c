#include "benchmarks/den_table.h"

#include <stdlib.h>

#include "benchmarks/allocations.h"
#include "benchmarks/compare.h"

#define START_MONO_MS 5000000
#define START_ITS_MS INT64_C(722293545120)

/*
 * Of a cycle in ms. Passing events come and end one after the other: as they
 * are valid for 12 s, their action ids are free 12 s after they came. Lasting
 * ones are updated over and over, at intervals well below STALE_MS.
 */
#define INSERT_MS 0
#define NEGATE_MS 500
#define CANCEL_MS 1000
#define UPDATE_MS 1100
#define RELEASE_MS 12000
#define END_MS 12100
#define PASSING_TAKE_MS 100
#define PASS_TAKES_MS 2700 /* to update all of them */
#define PASSES 4

#define STALE_MS 10000
#define CHECK_MS 1000
#define LASTING_TTC_MS 20000

static void on_send(void *ctx, const struct stepden_den_output *output)
{
    struct bench_den_table *table = ctx;

    if (output->kind == STEPDEN_DEN_TRIGGER)
        table->passing_ids[table->triggered++ % table->passing] =
            output->denm->management_container.action_id;
}

static void on_keep(void *ctx, const struct stepden_action_id *action_id,
                    const struct stepden_den_record *record)
{
    struct bench_den_table *table = ctx;

    (void)record;
    table->kept += action_id->originating_station_id > 0;
}

static void on_forget(void *ctx, const struct stepden_action_id *action_id)
{
    struct bench_den_table *table = ctx;

    table->forgotten += action_id->originating_station_id > 0;
}

static uint32_t common_divisor(uint32_t one, uint32_t other)
{
    return other == 0 ? one : common_divisor(other, one % other);
}

/* Goes through all of `records`, of which no two neighbours follow. */
static uint32_t stride_of(uint32_t records)
{
    uint32_t stride = (uint32_t)(records * 0.618);

    while (common_divisor(stride, records) != 1)
        stride++;
    return stride;
}

void bench_den_table_init(struct bench_den_table *table, uint32_t records)
{
    struct stepden_den_sink sink = {
        .send = on_send,
        .keep = on_keep,
        .forget = on_forget,
        .ctx = table,
    };
    struct stepden_config config;

    stepden_config_init(&config);
    config.station_id = 1;
    config.station_id_count = (uint8_t)((records - 1) / 65536 + 1);
    config.time_after_collision_s = 0;
    config.denm_last_update_max_delay_ms = STALE_MS;
    config.denm_check_last_update_max_interval_ms = CHECK_MS;
    config.denm.max_records = records;
    *table = (struct bench_den_table){
        .now = {START_MONO_MS, START_ITS_MS},
        .records = records,
        .passing = records / 10,
        .passing_ids = calloc(records / 10, sizeof *table->passing_ids),
    };
    table->stride = stride_of(records - table->passing);
    bench_require(table->passing_ids != NULL, "memory");
    bench_require(stepden_den_new(&table->den, &config, &sink, NULL) ==
                      STEPDEN_OK,
                  "a service");
}

void bench_den_table_free(struct bench_den_table *table)
{
    stepden_den_free(table->den);
    free(table->passing_ids);
}

static struct stepden_collision_station station(uint32_t id, uint8_t type)
{
    return (struct stepden_collision_station){
        .station_id = id,
        .station_type = type,
        .position = {.latitude_e7 = 454642000 + (int32_t)(id % 64),
                     .longitude_e7 = 91900000},
        .has_speed = true,
        .speed = {.value_cm_s = 1389},
        .has_heading = true,
        .heading = {.value_ddeg =
                        type == STEPDEN_STATION_TYPE_CYCLIST ? 900 : 1800},
    };
}

/* A prediction of the parties with this number, made and taken in now. */
static void predict(struct bench_den_table *table, uint32_t parties,
                    uint32_t time_to_collision_ms)
{
    static struct stepden_station_collision_array array;
    struct stepden_collision_station *stations = array.stations.item;

    array.creation_time_its_ms = table->now.its_ms;
    array.stations.count = 2;
    stations[0] = station(1 + parties, STEPDEN_STATION_TYPE_PASSENGER_CAR);
    stations[1] = station(0x80000000 + parties, STEPDEN_STATION_TYPE_CYCLIST);
    stations[1].has_time_to_collision = true;
    stations[1].time_to_collision_ms = time_to_collision_ms;
    bench_require(stepden_den_take_collisions(table->den, &array,
                                              "1795208743120-0", "", table->now,
                                              NULL) == STEPDEN_OK,
                  "a prediction");
}

void bench_den_table_insert(struct bench_den_table *table,
                            uint32_t time_to_collision_ms)
{
    predict(table, table->newcomer++, time_to_collision_ms);
}

static void set_time(struct bench_den_table *table, struct stepden_now start,
                     int64_t ms)
{
    table->now.mono_ms = start.mono_ms + ms;
    table->now.its_ms = start.its_ms + ms;
}

/* In the order and at the times that updates have. */
void bench_den_table_fill(struct bench_den_table *table)
{
    uint32_t lasting = table->records - table->passing;
    struct stepden_now start = table->now;

    for (uint32_t i = 0; i < lasting; i++) {
        set_time(table, start, (int64_t)i * PASS_TAKES_MS / lasting);
        predict(table, (uint32_t)((uint64_t)i * table->stride % lasting),
                LASTING_TTC_MS);
    }
    table->newcomer = lasting;
    set_time(table, start, END_MS - UPDATE_MS - (PASSES - 1) * PASS_TAKES_MS);
}

/* Does what is due until `ms` after the start. */
static void run_until(struct bench_den_table *table, struct stepden_now start,
                      int64_t ms)
{
    int64_t next_mono_ms = stepden_den_run(table->den, table->now);

    while (next_mono_ms < start.mono_ms + ms) {
        set_time(table, start, next_mono_ms - start.mono_ms);
        next_mono_ms = stepden_den_run(table->den, table->now);
    }
    set_time(table, start, ms);
}

static void insert(struct bench_den_table *table, struct stepden_now start)
{
    for (uint32_t i = 0; i < table->passing; i++) {
        set_time(table, start,
                 INSERT_MS + (int64_t)i * PASSING_TAKE_MS / table->passing);
        bench_den_table_insert(table, CANCEL_MS);
    }
}

static void negate(struct bench_den_table *table, struct stepden_now start)
{
    static struct stepden_denm_data denm;
    struct stepden_management_container *management =
        &denm.management_container;

    set_time(table, start, NEGATE_MS);
    management->has_termination = true;
    management->termination = STEPDEN_TERMINATION_IS_NEGATION;
    management->detection_time_its_ms = table->now.its_ms;
    management->reference_time_its_ms = table->now.its_ms;
    management->validity_duration_s = 1;
    for (uint32_t i = 0; i < table->passing; i += 2) {
        management->action_id = table->passing_ids[i];
        bench_require(stepden_den_take_denm(table->den, &denm, table->now) ==
                          STEPDEN_DEN_NEGATED,
                      "a negation");
    }
}

/* What there is to run before the first of the passing events ends. */
static void wait(struct bench_den_table *table, struct stepden_now start)
{
    run_until(table, start, CANCEL_MS);
}

static void cancel(struct bench_den_table *table, struct stepden_now start)
{
    run_until(table, start, UPDATE_MS);
}

/* With what there is to run meanwhile. */
static void update(struct bench_den_table *table, struct stepden_now start)
{
    uint32_t lasting = table->records - table->passing;
    int64_t next_mono_ms = table->now.mono_ms;

    for (uint32_t i = 0; i < PASSES * lasting; i++) {
        set_time(table, start,
                 UPDATE_MS + (int64_t)i * PASS_TAKES_MS / lasting);
        if (table->now.mono_ms >= next_mono_ms)
            next_mono_ms = stepden_den_run(table->den, table->now);
        predict(table, (uint32_t)((uint64_t)i * table->stride % lasting),
                LASTING_TTC_MS);
    }
    run_until(table, start, RELEASE_MS);
}

static void release(struct bench_den_table *table, struct stepden_now start)
{
    run_until(table, start, END_MS);
}

static void check(const struct bench_den_table *table,
                  struct stepden_den_counters before)
{
    const struct stepden_den_counters *after = stepden_den_counters(table->den);
    uint64_t negated = (table->passing + 1) / 2;
    uint64_t lasting = table->records - table->passing;

    bench_require(after->triggers - before.triggers == table->passing &&
                      after->negations - before.negations == negated &&
                      after->cancellations - before.cancellations ==
                          table->passing - negated &&
                      after->updates - before.updates == PASSES * lasting &&
                      after->active == lasting && after->reserved == lasting,
                  "a count of what was done");
}

void bench_den_table_cycle(struct bench_den_table *table)
{
    uint32_t negated = (table->passing + 1) / 2;
    uint32_t lasting = table->records - table->passing;
    const struct {
        enum bench_den_operation operation;
        void (*run)(struct bench_den_table *table, struct stepden_now start);
        uint64_t count;
    } phases[] = {
        {BENCH_DEN_INSERT, insert, table->passing},
        {BENCH_DEN_NEGATE, negate, negated},
        {BENCH_DEN_UPDATE, wait, 0}, /* which costs what updates left to do */
        {BENCH_DEN_CANCEL, cancel, table->passing - negated},
        {BENCH_DEN_UPDATE, update, PASSES * lasting},
        {BENCH_DEN_RELEASE, release, table->passing},
    };
    struct stepden_den_counters before = *stepden_den_counters(table->den);
    struct stepden_now start = table->now;

    for (size_t i = 0; i < sizeof phases / sizeof phases[0]; i++) {
        struct bench_den_cost *cost = &table->costs[phases[i].operation];
        uint64_t allocations = bench_allocations();
        double start_ns = bench_cpu_ns();

        phases[i].run(table, start);
        cost->ns += bench_cpu_ns() - start_ns;
        cost->count += phases[i].count;
        cost->allocations += bench_allocations() - allocations;
    }
    check(table, before);
}
