#include <stepden/den.h>

#include <string.h>

#include "bench.h"

static struct stepden_diag diag;

static const struct stepden_den_counters *counters(void)
{
    return stepden_den_counters(bench.den);
}

static void ignore(void *ctx, const struct stepden_den_output *output)
{
    (void)ctx;
    (void)output;
}

static enum stepden_status try_open(void)
{
    struct stepden_den_sink sink = {.send = ignore};
    return stepden_den_new(&bench.den, &bench.config, &sink, &diag);
}

static enum stepden_status try_take(const char *entry_id)
{
    return stepden_den_take_collisions(bench.den, &bench.array, entry_id,
                                       bench.traceparent, bench.now, &diag);
}

static uint16_t sequence_number(uint32_t i)
{
    return bench_management(i)->action_id.sequence_number;
}

/* Fills the table, 255 targets at a time. */
static void predict_many(uint32_t count)
{
    for (uint32_t done = 0; done < count;) {
        bench_reference();
        for (uint32_t i = 0; i < 255 && done < count; i++)
            bench_target(100000 + done++, 1000);
        bench_take("many");
    }
}

START_TEST(station_ids_beyond_32_bits_are_refused)
{
    bench.config.station_id = UINT32_MAX;
    bench.config.station_id_count = 2;
    ck_assert_int_eq(try_open(), STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.where, "/stationIdCount");
    ck_assert_str_eq(diag.reason,
                     "4294967295 + 2 station ids end above 4294967295");
}
END_TEST

START_TEST(more_than_16_station_ids_are_refused)
{
    bench.config.station_id_count = 17;
    ck_assert_int_eq(try_open(), STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.where, "/stationIdCount");
    ck_assert_str_eq(diag.reason, "17 station ids, allowed are 1 to 16");
}
END_TEST

START_TEST(more_records_than_action_ids_are_refused)
{
    bench.config.denm.max_records = 65537;
    ck_assert_int_eq(try_open(), STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.where, "/denm/maxRecords");
    ck_assert_str_eq(diag.reason, "65537 records, but 1 x 65536 = 65536 "
                                  "action ids");
}
END_TEST

START_TEST(outputs_come_most_urgent_first_and_are_named_by_their_place)
{
    bench_open();
    bench_reference();
    bench_target(7, 900);
    bench_target(8, 100);
    bench_target(9, 500);
    bench_take("1-0");
    ck_assert_uint_eq(bench.sent_count, 3);
    ck_assert_uint_eq(
        bench_sent(0)->denm.pre_crash_container.station_id_involved, 8);
    ck_assert_uint_eq(
        bench_sent(1)->denm.pre_crash_container.station_id_involved, 9);
    ck_assert_uint_eq(
        bench_sent(2)->denm.pre_crash_container.station_id_involved, 7);
    ck_assert_str_eq(bench_sent(0)->id, "1-0/0");
    ck_assert_str_eq(bench_sent(2)->id, "1-0/2");
}
END_TEST

START_TEST(a_place_counts_targets_without_output_too)
{
    bench_open();
    bench_predict("1-0", 8, 100);
    bench_sleep(50);
    bench.array.stations.count = 2;
    bench_target(9, 500);
    bench.array.creation_time_its_ms -= 50;
    ck_assert_int_eq(try_take("2-0"), STEPDEN_OK);
    ck_assert_uint_eq(bench.sent_count, 2);
    ck_assert_str_eq(bench_last()->id, "2-0/1");
    ck_assert_uint_eq(counters()->not_newer, 1);
}
END_TEST

START_TEST(each_trigger_gets_the_next_action_id)
{
    bench_open();
    bench_predict("1-0", 7, 900);
    bench_predict("2-0", 8, 900);
    bench_predict("3-0", 9, 900);
    ck_assert_uint_eq(sequence_number(0), 0);
    ck_assert_uint_eq(sequence_number(1), 1);
    ck_assert_uint_eq(sequence_number(2), 2);
}
END_TEST

START_TEST(sequence_numbers_wrap_and_skip_the_one_still_active)
{
    bench_open();
    bench_predict("1-0", 7, 900);
    struct bench_kept kept = *bench_kept(0);
    kept.action_id.sequence_number = 65534;
    kept.record.key.target_station_id = 8;
    kept.record.trigger_after_ms++;
    ck_assert_int_eq(bench_restore(&kept, &diag), STEPDEN_OK);
    bench_predict("2-0", 9, 900);
    bench_predict("3-0", 10, 900);
    ck_assert_uint_eq(sequence_number(1), 65535);
    ck_assert_uint_eq(sequence_number(2), 1);
}
END_TEST

START_TEST(action_ids_come_from_the_next_station_when_one_is_through)
{
    bench.config.station_id_count = 2;
    bench_open();
    bench_predict("1-0", 7, 900);
    struct bench_kept kept = *bench_kept(0);
    kept.action_id.sequence_number = 65535;
    kept.record.key.target_station_id = 8;
    kept.record.trigger_after_ms++;
    ck_assert_int_eq(bench_restore(&kept, &diag), STEPDEN_OK);
    bench_predict("2-0", 9, 900);
    ck_assert_uint_eq(bench_management(1)->action_id.originating_station_id,
                      BENCH_STATION_ID + 1);
    ck_assert_uint_eq(bench_sent(1)->denm.station_id, BENCH_STATION_ID + 1);
    ck_assert_uint_eq(sequence_number(1), 0);
}
END_TEST

START_TEST(without_a_free_action_id_a_target_is_refused_and_counted)
{
    bench.config.denm.max_records = 65536;
    bench_open();
    predict_many(65536);
    bench_predict("late", 5, 1000);
    ck_assert_uint_eq(counters()->triggers, 65536);
    ck_assert_uint_eq(counters()->refused_action_id, 1);
    ck_assert_uint_eq(counters()->refused_full, 0);
}
END_TEST

START_TEST(ended_events_keep_their_action_ids_until_their_validity_ends)
{
    bench.config.denm.max_records = 65536;
    bench_open();
    predict_many(65536);
    bench_advance(1000);
    ck_assert_uint_eq(counters()->cancellations, 65536);
    ck_assert_uint_eq(counters()->active, 0);
    ck_assert_uint_eq(counters()->reserved, 65536);
    bench_predict("too early", 5, 1000);
    ck_assert_uint_eq(counters()->refused_action_id, 1);
    bench_advance(11000);
    ck_assert_uint_eq(counters()->reserved, 0);
    bench_predict("in time", 5, 1000);
    ck_assert_uint_eq(counters()->triggers, 65537);
}
END_TEST

START_TEST(above_max_records_a_target_is_refused_and_counted)
{
    bench.config.denm.max_records = 2;
    bench_open();
    bench_reference();
    bench_target(7, 900);
    bench_target(8, 901);
    bench_target(9, 902);
    bench_take("1-0");
    ck_assert_uint_eq(bench.sent_count, 2);
    ck_assert_uint_eq(counters()->refused_full, 1);
}
END_TEST

START_TEST(a_bad_array_is_refused_and_nothing_changes)
{
    bench_open();
    bench_reference();
    bench_target(7, 900);
    bench_target(7, 901);
    bench.array.creation_time_its_ms = bench.now.its_ms;
    ck_assert_int_eq(try_take("1-0"), STEPDEN_ERR_INVALID);
    ck_assert_uint_eq(bench.sent_count, 0);
    ck_assert_uint_eq(bench.kept_count, 0);
    ck_assert_uint_eq(counters()->arrays, 0);
}
END_TEST

START_TEST(an_array_more_than_a_second_ahead_is_refused)
{
    bench_open();
    bench_reference();
    bench_target(7, 900);
    bench.array.creation_time_its_ms = bench.now.its_ms + 1001;
    ck_assert_int_eq(try_take("1-0"), STEPDEN_ERR_RANGE);
    ck_assert_str_eq(diag.where, "/creationTime");
    bench.array.creation_time_its_ms = bench.now.its_ms + 1000;
    ck_assert_int_eq(try_take("1-0"), STEPDEN_OK);
}
END_TEST

START_TEST(an_entry_id_that_is_too_long_is_refused)
{
    char entry_id[45];
    memset(entry_id, '1', 44);
    entry_id[44] = '\0';
    bench_open();
    bench_reference();
    bench_target(7, 900);
    ck_assert_int_eq(try_take(entry_id), STEPDEN_ERR_INVALID);
    ck_assert_int_eq(try_take("caf\xe9"), STEPDEN_ERR_INVALID);
    entry_id[43] = '\0';
    bench_take(entry_id);
    ck_assert_uint_eq(strlen(bench_sent(0)->id), 45);
}
END_TEST

START_TEST(a_traceparent_that_could_not_be_kept_is_refused)
{
    char traceparent[66];
    memset(traceparent, '1', 65);
    traceparent[65] = '\0';
    bench_open();
    bench_reference();
    bench_target(7, 900);
    bench.traceparent = traceparent;
    ck_assert_int_eq(try_take("1-0"), STEPDEN_ERR_INVALID);
    traceparent[64] = '\0';
    bench_take("1-0");
}
END_TEST

START_TEST(more_stations_than_an_array_has_are_refused)
{
    bench_open();
    bench_reference();
    bench_target(7, 900);
    bench.array.stations.count = 257;
    ck_assert_int_eq(try_take("1-0"), STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.reason, "257 stations, at most 256");
}
END_TEST

START_TEST(run_returns_the_next_deadline_within_the_clean_up_interval)
{
    bench_open();
    ck_assert_int_eq(stepden_den_run(bench.den, bench.now), INT64_MAX);
    bench_predict("1-0", 7, 900);
    int64_t taken_mono_ms = bench.now.mono_ms;
    ck_assert_int_eq(stepden_den_run(bench.den, bench.now),
                     taken_mono_ms + 1000);
    bench_sleep(999);
    ck_assert_int_eq(stepden_den_run(bench.den, bench.now),
                     taken_mono_ms + 1000);
    bench_sleep(1);
    ck_assert_int_eq(stepden_den_run(bench.den, bench.now),
                     bench.now.mono_ms + 5000);
}
END_TEST

START_TEST(some_of_what_is_due_can_be_done_first)
{
    bench_open();
    for (uint32_t station = 1; station <= 5; station++)
        bench_predict("1-0", station, 900);
    size_t triggers = bench.sent_count;
    bench.now.mono_ms += 10000;
    bench.now.its_ms += 10000;
    ck_assert_int_eq(stepden_den_run_some(bench.den, bench.now, 2),
                     bench.now.mono_ms);
    ck_assert_uint_eq(bench.sent_count, triggers + 2);
    ck_assert_int_gt(stepden_den_run_some(bench.den, bench.now, 3),
                     bench.now.mono_ms);
    ck_assert_uint_eq(bench.sent_count, triggers + 5);
}
END_TEST

START_TEST(clear_forgets_all_without_calls_and_keeps_counting_numbers)
{
    bench_open();
    bench_predict("1-0", 7, 900);
    bench_predict("2-0", 8, 900);
    stepden_den_clear(bench.den);
    ck_assert_uint_eq(bench.sent_count, 2);
    ck_assert_uint_eq(bench.forgotten, 0);
    ck_assert_uint_eq(counters()->reserved, 0);
    ck_assert_int_eq(stepden_den_run(bench.den, bench.now), INT64_MAX);
    bench_predict("3-0", 7, 900);
    ck_assert_int_eq(bench_last()->kind, STEPDEN_DEN_TRIGGER);
    ck_assert_uint_eq(sequence_number(2), 2);
}
END_TEST

START_TEST(skipped_numbers_are_given_to_nobody)
{
    bench_open();
    stepden_den_skip_numbers(bench.den, 3);
    bench_predict("1-0", 7, 900);
    ck_assert_uint_eq(sequence_number(0), 3);
    stepden_den_skip_numbers(bench.den, 65530);
    bench_predict("2-0", 8, 900);
    ck_assert_uint_eq(sequence_number(1), 65534);
    stepden_den_skip_numbers(bench.den, 10);
    bench_predict("3-0", 9, 900);
    ck_assert_uint_eq(sequence_number(2), 9);
}
END_TEST

START_TEST(a_skip_outlives_the_same_records_restored_again)
{
    bench_open();
    bench_predict("1-0", 7, 900);
    struct bench_kept kept = bench.kept[0];
    stepden_den_skip_numbers(bench.den, 1024);
    stepden_den_clear(bench.den);
    ck_assert_int_eq(bench_restore(&kept, &diag), STEPDEN_OK);
    bench_predict("2-0", 8, 900);
    ck_assert_uint_eq(sequence_number(1), 1025);
}
END_TEST

START_TEST(the_same_inputs_give_the_same_outputs)
{
    static struct bench_sent first[8];

    for (int round = 0; round < 2; round++) {
        bench_setup();
        bench_open();
        bench_reference();
        bench_target(7, 900);
        bench_target(8, 100);
        bench_take("1-0");
        bench_advance(3000);
        bench_take("2-0");
        bench_advance(3000);
        ck_assert_uint_eq(bench.sent_count, 8);
        if (round == 0)
            memcpy(first, bench.sent, sizeof first);
        bench_teardown();
    }
    for (uint32_t i = 0; i < 8; i++) {
        ck_assert_str_eq(first[i].id, bench_sent(i)->id);
        bench_expect_same(&first[i].denm, &bench_sent(i)->denm);
    }
}
END_TEST

START_TEST(without_keep_and_forget_the_service_works_as_well)
{
    ck_assert_int_eq(try_open(), STEPDEN_OK);
    bench_predict("1-0", 7, 900);
    bench_advance(60000);
    ck_assert_uint_eq(counters()->cancellations, 1);
    ck_assert_uint_eq(counters()->reserved, 0);
    stepden_den_free(NULL);
}
END_TEST

static void restore_here(void *ctx, const struct stepden_action_id *action_id,
                         const struct stepden_den_record *record)
{
    (void)ctx;
    ck_assert_int_eq(
        stepden_den_restore(bench.den, action_id, record, bench.now, NULL),
        STEPDEN_OK);
}

START_TEST(a_snapshot_restored_elsewhere_goes_on_as_this_service)
{
    struct stepden_den *first;

    bench_open();
    bench_predict("1-0", 7, 9000);
    bench_predict("1-1", 8, 9000);
    bench_advance(500);
    bench_predict("2-0", 8, 8500);
    first = bench.den;
    bench.kept_count = 0;
    bench_open();
    stepden_den_snapshot(first, restore_here, NULL, bench.now);
    stepden_den_free(first);
    ck_assert_uint_eq(counters()->active, 2);
    bench_advance(501);
    ck_assert_int_eq(bench_last()->kind, STEPDEN_DEN_CANCELLATION);
    ck_assert_str_eq(bench_last()->id, "1-0/0/cancellation");
    bench_predict("3-0", 8, 8000);
    ck_assert_int_eq(bench_last()->kind, STEPDEN_DEN_UPDATE);
    ck_assert_uint_eq(sequence_number(bench.sent_count - 1), 1);
}
END_TEST

int main(void)
{
    TCase *tests = bench_tests("den");
    tcase_add_test(tests, station_ids_beyond_32_bits_are_refused);
    tcase_add_test(tests, more_than_16_station_ids_are_refused);
    tcase_add_test(tests, more_records_than_action_ids_are_refused);
    tcase_add_test(tests,
                   outputs_come_most_urgent_first_and_are_named_by_their_place);
    tcase_add_test(tests, a_place_counts_targets_without_output_too);
    tcase_add_test(tests, each_trigger_gets_the_next_action_id);
    tcase_add_test(tests, sequence_numbers_wrap_and_skip_the_one_still_active);
    tcase_add_test(tests,
                   action_ids_come_from_the_next_station_when_one_is_through);
    tcase_add_test(tests,
                   without_a_free_action_id_a_target_is_refused_and_counted);
    tcase_add_test(
        tests, ended_events_keep_their_action_ids_until_their_validity_ends);
    tcase_add_test(tests, above_max_records_a_target_is_refused_and_counted);
    tcase_add_test(tests, a_bad_array_is_refused_and_nothing_changes);
    tcase_add_test(tests, an_array_more_than_a_second_ahead_is_refused);
    tcase_add_test(tests, an_entry_id_that_is_too_long_is_refused);
    tcase_add_test(tests, a_traceparent_that_could_not_be_kept_is_refused);
    tcase_add_test(tests, more_stations_than_an_array_has_are_refused);
    tcase_add_test(tests,
                   run_returns_the_next_deadline_within_the_clean_up_interval);
    tcase_add_test(tests, some_of_what_is_due_can_be_done_first);
    tcase_add_test(tests,
                   clear_forgets_all_without_calls_and_keeps_counting_numbers);
    tcase_add_test(tests, skipped_numbers_are_given_to_nobody);
    tcase_add_test(tests, a_skip_outlives_the_same_records_restored_again);
    tcase_add_test(tests, the_same_inputs_give_the_same_outputs);
    tcase_add_test(tests, without_keep_and_forget_the_service_works_as_well);
    tcase_add_test(tests,
                   a_snapshot_restored_elsewhere_goes_on_as_this_service);
    return bench_run("den", tests);
}
