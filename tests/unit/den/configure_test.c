#include <stdio.h>
#include <string.h>

#include "bench.h"

static struct stepden_diag diag;

static void configure(void)
{
    ck_assert_int_eq(stepden_den_configure(bench.den, &bench.config, &diag),
                     STEPDEN_OK);
    bench_advance(0);
}

START_TEST(a_shorter_delay_ends_what_is_stale_by_it)
{
    bench_open();
    bench_predict("1-0", 7, 900);
    bench_advance(300);
    bench.config.denm_last_update_max_delay_ms = 200;
    configure();
    ck_assert_int_eq(bench_last()->reason, STEPDEN_DEN_REASON_STALE);
}
END_TEST

START_TEST(a_longer_delay_lets_an_event_go_on)
{
    bench_open();
    bench_predict("1-0", 7, 9000);
    bench_advance(900);
    bench.config.denm_last_update_max_delay_ms = 3000;
    configure();
    bench_advance(2099);
    ck_assert_uint_eq(bench.sent_count, 1);
    bench_advance(1);
    ck_assert_int_eq(bench_last()->kind, STEPDEN_DEN_CANCELLATION);
}
END_TEST

START_TEST(what_receivers_were_told_stays_valid_for_as_long)
{
    bench_open();
    bench_predict("1-0", 7, 0);
    bench.config.time_after_collision_s = 10;
    bench.config.denm_last_update_max_delay_ms = 10000;
    bench.config.denm_check_last_update_max_interval_ms = 60000;
    configure();
    bench_advance(9999); /* of the 11 s of before */
    ck_assert_uint_eq(bench.sent_count, 1);
    bench_advance(1);
    ck_assert_int_eq(bench_last()->kind, STEPDEN_DEN_CANCELLATION);
    ck_assert_uint_eq(bench_management(1)->validity_duration_s, 1);
}
END_TEST

START_TEST(the_next_denm_is_valid_by_the_new_configuration)
{
    bench_open();
    bench_predict("1-0", 7, 0);
    ck_assert_uint_eq(bench_management(0)->validity_duration_s, 11);
    bench.config.denm_check_last_update_max_interval_ms = 8000;
    configure();
    bench_sleep(100);
    bench_predict("2-0", 7, 0);
    ck_assert_uint_eq(bench_management(1)->validity_duration_s, 14);
}
END_TEST

START_TEST(a_held_update_is_sent_at_the_end_of_the_new_interval)
{
    bench.config.denm.min_update_interval_ms = 900;
    bench_open();
    bench_predict("1-0", 7, 5000);
    bench_advance(100);
    bench_predict("2-0", 7, 4900);
    ck_assert_uint_eq(bench.sent_count, 1);
    bench.config.denm.min_update_interval_ms = 300;
    configure();
    bench_advance(199);
    ck_assert_uint_eq(bench.sent_count, 1);
    bench_advance(1);
    ck_assert_uint_eq(bench.sent_count, 2);
    ck_assert_str_eq(bench_last()->id, "2-0/0");
}
END_TEST

START_TEST(a_held_update_is_sent_when_none_is_held_any_more)
{
    bench.config.denm.min_update_interval_ms = 900;
    bench_open();
    bench_predict("1-0", 7, 5000);
    bench_advance(100);
    bench_predict("2-0", 7, 4900);
    bench.config.denm.min_update_interval_ms = 0;
    configure();
    ck_assert_str_eq(bench_last()->id, "2-0/0");
}
END_TEST

START_TEST(what_is_repeated_goes_on_until_the_next_denm)
{
    bench.config.denm_last_update_max_delay_ms = 10000;
    bench.config.denm.repetition_interval_ms = 100;
    bench.config.denm.repetition_duration_ms = 350;
    bench_open();
    bench_predict("1-0", 7, 5000);
    bench_advance(150);
    bench.config.denm.repetition_interval_ms = 40;
    configure();
    bench_advance(100);
    ck_assert_str_eq(bench_last()->id, "1-0/0/r2");
    bench_predict("2-0", 7, 4900);
    bench_advance(45);
    ck_assert_str_eq(bench_last()->id, "2-0/0/r1");
}
END_TEST

START_TEST(what_is_not_to_be_repeated_any_more_comes_to_its_end)
{
    bench.config.denm_last_update_max_delay_ms = 10000;
    bench.config.denm.repetition_interval_ms = 100;
    bench.config.denm.repetition_duration_ms = 250;
    bench_open();
    bench_predict("1-0", 7, 5000);
    bench.config.denm.repetition_interval_ms = 0;
    configure();
    bench_advance(1000);
    ck_assert_uint_eq(bench.sent_count, 3);
}
END_TEST

START_TEST(what_is_not_to_be_repeated_any_more_gives_way_to_the_next_denm)
{
    bench.config.denm_last_update_max_delay_ms = 300;
    bench.config.denm.repetition_interval_ms = 100;
    bench.config.denm.repetition_duration_ms = 5000;
    bench_open();
    bench_predict("1-0", 7, 5000);
    bench.config.denm.repetition_interval_ms = 0;
    configure();
    bench_advance(150);
    ck_assert_str_eq(bench_last()->id, "1-0/0/r1");
    bench_predict("2-0", 7, 4850);
    bench_advance(1000);
    ck_assert_uint_eq(bench.sent_count, 4);
    ck_assert_str_eq(bench_last()->id, "1-0/0/cancellation");
}
END_TEST

START_TEST(fewer_records_end_no_event)
{
    bench_open();
    bench_predict("1-0", 7, 5000);
    bench_predict("2-0", 8, 5000);
    bench.config.denm.max_records = 1;
    configure();
    bench_predict("3-0", 9, 5000);
    ck_assert_uint_eq(stepden_den_counters(bench.den)->active, 2);
    ck_assert_uint_eq(stepden_den_counters(bench.den)->refused_full, 1);
}
END_TEST

START_TEST(another_station_is_another_service)
{
    bench_open();
    bench_predict("1-0", 7, 900);
    bench.config.denm_last_update_max_delay_ms = 1;
    bench.config.station_id++;
    ck_assert_int_eq(stepden_den_configure(bench.den, &bench.config, &diag),
                     STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.where, "/stationId");
    bench_advance(500);
    ck_assert_uint_eq(bench.sent_count, 1);
}
END_TEST

/* ---- a reload is like a restart, but for repetitions ---- */

enum { SEEDS = 100, STEPS = 40, STEPS_A_CONFIG = 10 };

/* What is told of an output; the number of an event may differ. */
struct digest {
    char id[STEPDEN_OUTPUT_ID_SIZE];
    enum stepden_den_reason reason;
    int64_t reference_its_ms;
    uint32_t validity_s;
};

static uint32_t random_state;

static uint32_t some(uint32_t below)
{
    random_state = random_state * 1664525u + 1013904223u;
    return (random_state >> 8) % below;
}

static void change_config(void)
{
    struct stepden_config *config = &bench.config;
    config->time_after_collision_s = (uint8_t)some(5);
    config->denm_last_update_max_delay_ms = (uint16_t)(1 + some(3000));
    config->denm_check_last_update_max_interval_ms =
        (uint16_t)(1000 + some(9000));
    config->denm.min_update_interval_ms = (uint16_t)some(1500);
    config->denm.after_collision =
        some(2) == 0 ? STEPDEN_CONFIG_DENM_AFTER_COLLISION_CANCEL
                     : STEPDEN_CONFIG_DENM_AFTER_COLLISION_EXPIRE;
    config->denm.sub_cause.confirmations = (uint8_t)(1 + some(3));
    config->denm.vru_includes_ptw = some(2) == 0;
}

static void live(uint32_t seed, void (*change)(void))
{
    char entry_id[16];
    bench_teardown();
    bench_setup();
    random_state = seed;
    change_config();
    bench_open();
    for (unsigned step = 0; step < STEPS; step++) {
        if (step % STEPS_A_CONFIG == STEPS_A_CONFIG - 1) {
            change_config();
            change();
        }
        snprintf(entry_id, sizeof entry_id, "%u-0", step);
        bench_predict(entry_id, 7 + some(3), some(4000));
        bench_advance(1 + some(900));
    }
    bench_advance(100000);
    ck_assert_uint_eq(stepden_den_counters(bench.den)->reserved, 0);
    ck_assert_uint_lt(bench.sent_count, BENCH_SENT_MAX);
}

static struct digest digest_of(uint32_t i)
{
    const struct bench_sent *sent = bench_sent(i);
    struct digest digest = {
        .reason = sent->reason,
        .reference_its_ms = bench_management(i)->reference_time_its_ms,
        .validity_s = bench_management(i)->validity_duration_s,
    };
    snprintf(digest.id, sizeof digest.id, "%s", sent->id);
    return digest;
}

static void restart(void)
{
    bench_reopen();
    bench_advance(0);
}

START_TEST(a_reload_does_what_a_restart_does)
{
    static struct digest reloaded[BENCH_SENT_MAX];
    live((uint32_t)_i, configure);
    uint32_t count = bench.sent_count;
    for (uint32_t i = 0; i < count; i++)
        reloaded[i] = digest_of(i);

    live((uint32_t)_i, restart);
    ck_assert_uint_eq(bench.sent_count, count);
    for (uint32_t i = 0; i < count; i++) {
        struct digest digest = digest_of(i);
        ck_assert_str_eq(digest.id, reloaded[i].id);
        ck_assert_int_eq(digest.reason, reloaded[i].reason);
        ck_assert_int_eq(digest.reference_its_ms, reloaded[i].reference_its_ms);
        ck_assert_uint_eq(digest.validity_s, reloaded[i].validity_s);
    }
}
END_TEST

/* ---- no id comes twice, whatever comes between ---- */

enum { ID_SEEDS = 100, ID_STEPS = 50 };

static void change_repetition(void)
{
    static const uint32_t intervals_ms[] = {0, 50, 70, 100, 400};
    static const uint32_t durations_ms[] = {200, 900, 5000};

    bench.config.denm.repetition_interval_ms = intervals_ms[some(5)];
    bench.config.denm.repetition_duration_ms = durations_ms[some(3)];
    bench.config.denm.min_update_interval_ms = (uint16_t)(some(2) * 250);
}

/* Of this clock, or of the one of whoever takes over. */
static void step_clock(void)
{
    bench.now.its_ms += (int64_t)some(3000) - 1500;
}

/* It ends, and what it does last is not committed: that is not there. */
static void lose_the_end(void)
{
    static struct bench_kept kept[BENCH_KEPT_MAX];
    uint32_t kept_count = bench.kept_count;
    uint32_t sent_count = bench.sent_count;

    memcpy(kept, bench.kept, kept_count * sizeof *kept);
    bench_advance(some(300));
    memcpy(bench.kept, kept, kept_count * sizeof *kept);
    bench.kept_count = kept_count;
    bench.sent_count = sent_count;
    bench_reopen();
}

static void do_something(unsigned step)
{
    char entry_id[16];

    switch (some(8)) {
    case 0:
    case 1:
        snprintf(entry_id, sizeof entry_id, "%u-0", step);
        bench_predict(entry_id, 7 + some(2), some(4000));
        break;
    case 2:
        change_repetition();
        configure();
        break;
    case 3:
        change_repetition();
        restart();
        break;
    case 4:
        step_clock();
        break;
    case 5:
        step_clock();
        restart();
        break;
    case 6:
        lose_the_end();
        break;
    case 7:
        bench_sleep(some(300)); /* busy */
        break;
    }
}

static void expect_ids_differ(void)
{
    ck_assert_uint_le(bench.sent_count, BENCH_SENT_MAX);
    for (uint32_t i = 0; i < bench.sent_count; i++)
        for (uint32_t j = 0; j < i; j++)
            if (strcmp(bench.sent[i].id, bench.sent[j].id) == 0)
                ck_abort_msg("%s twice", bench.sent[i].id);
}

START_TEST(no_id_comes_twice_by_reloads_restarts_and_clocks)
{
    random_state = (uint32_t)_i;
    change_repetition();
    bench_open();
    for (unsigned step = 0; step < ID_STEPS; step++) {
        do_something(step);
        bench_advance(some(350));
    }
    expect_ids_differ();
}
END_TEST

int main(void)
{
    TCase *tests = bench_tests("configure");
    tcase_add_test(tests, a_shorter_delay_ends_what_is_stale_by_it);
    tcase_add_test(tests, a_longer_delay_lets_an_event_go_on);
    tcase_add_test(tests, what_receivers_were_told_stays_valid_for_as_long);
    tcase_add_test(tests, the_next_denm_is_valid_by_the_new_configuration);
    tcase_add_test(tests, a_held_update_is_sent_at_the_end_of_the_new_interval);
    tcase_add_test(tests, a_held_update_is_sent_when_none_is_held_any_more);
    tcase_add_test(tests, what_is_repeated_goes_on_until_the_next_denm);
    tcase_add_test(tests, what_is_not_to_be_repeated_any_more_comes_to_its_end);
    tcase_add_test(
        tests, what_is_not_to_be_repeated_any_more_gives_way_to_the_next_denm);
    tcase_add_test(tests, fewer_records_end_no_event);
    tcase_add_test(tests, another_station_is_another_service);
    tcase_add_loop_test(tests, a_reload_does_what_a_restart_does, 0, SEEDS);
    tcase_add_loop_test(tests, no_id_comes_twice_by_reloads_restarts_and_clocks,
                        0, ID_SEEDS);
    return bench_run("den/configure", tests);
}
