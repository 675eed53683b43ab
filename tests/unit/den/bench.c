#include "bench.h"

#include <stdlib.h>
#include <string.h>

struct bench bench;

static bool is_same(const struct stepden_action_id *one,
                    const struct stepden_action_id *other)
{
    return one->originating_station_id == other->originating_station_id &&
           one->sequence_number == other->sequence_number;
}

static uint32_t find_kept(const struct stepden_action_id *action_id)
{
    uint32_t i = 0;
    while (i < bench.kept_count &&
           !is_same(&bench.kept[i].action_id, action_id))
        i++;
    return i;
}

static void on_send(void *ctx, const struct stepden_den_output *output)
{
    ck_assert_ptr_eq(ctx, &bench);
    if (bench.sent_count < BENCH_SENT_MAX) {
        struct bench_sent *sent = &bench.sent[bench.sent_count];
        sent->kind = output->kind;
        sent->reason = output->reason;
        sent->choice = output->choice;
        strcpy(sent->event_id, output->event_id);
        ck_assert_uint_lt(strlen(output->id), sizeof sent->id);
        strcpy(sent->id, output->id);
        ck_assert_uint_lt(strlen(output->traceparent),
                          sizeof sent->traceparent);
        strcpy(sent->traceparent, output->traceparent);
        sent->denm = *output->denm;
    }
    bench.sent_count++;
}

static void on_keep(void *ctx, const struct stepden_action_id *action_id,
                    const struct stepden_den_record *record)
{
    ck_assert_ptr_eq(ctx, &bench);
    bench.keeps++;
    if (bench.sent_count > BENCH_SENT_MAX)
        return;
    uint32_t i = find_kept(action_id);
    if (i == BENCH_KEPT_MAX)
        return;
    if (i == bench.kept_count)
        bench.kept_count++;
    bench.kept[i].action_id = *action_id;
    bench.kept[i].record = *record;
}

static void on_forget(void *ctx, const struct stepden_action_id *action_id)
{
    ck_assert_ptr_eq(ctx, &bench);
    uint32_t i = find_kept(action_id);
    bench.forgotten++;
    if (i < bench.kept_count)
        bench.kept[i] = bench.kept[--bench.kept_count];
}

static void on_skip(void *ctx, const char *event_id,
                    const struct stepden_action_id *action_id,
                    enum stepden_den_skip why)
{
    ck_assert_ptr_eq(ctx, &bench);
    bench.skipped++;
    bench.last_skip = why;
    strcpy(bench.last_skipped, event_id);
    bench.last_skip_number = action_id ? action_id->sequence_number : -1;
}

void bench_setup(void)
{
    memset(&bench, 0, sizeof bench);
    stepden_config_init(&bench.config);
    bench.config.station_id = BENCH_STATION_ID;
    bench.traceparent = "";
    bench.now.mono_ms = 5000000;
    ck_assert_int_eq(
        stepden_its_parse(&bench.now.its_ms, "2026-11-20T21:05:43.120Z", 24),
        STEPDEN_OK);
}

void bench_teardown(void)
{
    stepden_den_free(bench.den);
    bench.den = NULL;
}

void bench_open(void)
{
    struct stepden_den_sink sink = {on_send, on_keep, on_forget, on_skip,
                                    &bench};
    ck_assert_int_eq(stepden_den_new(&bench.den, &bench.config, &sink, NULL),
                     STEPDEN_OK);
}

enum stepden_status bench_restore(const struct bench_kept *kept,
                                  struct stepden_diag *diag)
{
    return stepden_den_restore(bench.den, &kept->action_id, &kept->record,
                               bench.now, diag);
}

void bench_reopen(void)
{
    stepden_den_free(bench.den);
    bench_open();
    for (uint32_t i = 0; i < bench.kept_count; i++) {
        ck_assert_int_eq(bench_restore(&bench.kept[i], NULL), STEPDEN_OK);
    }
}

static struct stepden_collision_station *add_station(uint32_t station_id)
{
    struct stepden_collision_station *station =
        &bench.array.stations.item[bench.array.stations.count++];
    memset(station, 0, sizeof *station);
    station->station_id = station_id;
    station->station_type = STEPDEN_STATION_TYPE_PASSENGER_CAR;
    station->position.latitude_e7 = 454642000;
    station->position.longitude_e7 = 91900000;
    return station;
}

struct stepden_collision_station *bench_reference(void)
{
    bench.array.stations.count = 0;
    return add_station(BENCH_REFERENCE_ID);
}

struct stepden_collision_station *bench_target(uint32_t station_id,
                                               uint32_t time_to_collision_ms)
{
    struct stepden_collision_station *target = add_station(station_id);
    target->has_time_to_collision = true;
    target->time_to_collision_ms = time_to_collision_ms;
    return target;
}

void bench_take(const char *entry_id)
{
    struct stepden_diag diag;
    bench.array.creation_time_its_ms = bench.now.its_ms;
    ck_assert_int_eq(stepden_den_take_collisions(bench.den, &bench.array,
                                                 entry_id, bench.traceparent,
                                                 bench.now, &diag),
                     STEPDEN_OK);
}

void bench_predict(const char *entry_id, uint32_t station_id,
                   uint32_t time_to_collision_ms)
{
    bench_reference();
    bench_target(station_id, time_to_collision_ms);
    bench_take(entry_id);
}

void bench_sleep(int64_t ms)
{
    bench.now.mono_ms += ms;
    bench.now.its_ms += ms;
}

void bench_advance(int64_t ms)
{
    int64_t end_mono_ms = bench.now.mono_ms + ms;
    for (;;) {
        int64_t next_mono_ms = stepden_den_run(bench.den, bench.now);
        ck_assert_int_gt(next_mono_ms, bench.now.mono_ms);
        if (next_mono_ms > end_mono_ms)
            break;
        bench_sleep(next_mono_ms - bench.now.mono_ms);
    }
    bench_sleep(end_mono_ms - bench.now.mono_ms);
}

struct stepden_denm_data bench_negation_of(uint32_t i)
{
    struct stepden_denm_data denm = bench_sent(i)->denm;
    denm.station_id = 4711;
    denm.has_situation_container = false;
    denm.has_location_container = false;
    denm.has_pre_crash_container = false;
    denm.management_container.has_termination = true;
    denm.management_container.termination = STEPDEN_TERMINATION_IS_NEGATION;
    return denm;
}

const struct bench_sent *bench_sent(uint32_t i)
{
    ck_assert_uint_lt(i, bench.sent_count);
    ck_assert_uint_lt(i, BENCH_SENT_MAX);
    return &bench.sent[i];
}

const struct bench_sent *bench_last(void)
{
    return bench_sent(bench.sent_count - 1);
}

const struct stepden_management_container *bench_management(uint32_t i)
{
    return &bench_sent(i)->denm.management_container;
}

struct bench_kept *bench_kept(uint16_t sequence_number)
{
    struct stepden_action_id action_id = {BENCH_STATION_ID, sequence_number};
    uint32_t i = find_kept(&action_id);
    return i < bench.kept_count ? &bench.kept[i] : NULL;
}

void bench_expect_same(const struct stepden_denm_data *one,
                       const struct stepden_denm_data *other)
{
    static char one_json[STEPDEN_DENM_DATA_JSON_MAX];
    static char other_json[STEPDEN_DENM_DATA_JSON_MAX];
    size_t size = stepden_denm_data_write(one_json, sizeof one_json, one);

    ck_assert_uint_gt(size, 0);
    ck_assert_uint_eq(
        stepden_denm_data_write(other_json, sizeof other_json, other), size);
    ck_assert_mem_eq(one_json, other_json, size);
}

TCase *bench_tests(const char *name)
{
    TCase *tests = tcase_create(name);
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, bench_setup, bench_teardown);
    return tests;
}

int bench_run(const char *name, TCase *tests)
{
    Suite *suite = suite_create(name);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
