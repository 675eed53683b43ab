#include "den/keep.h"

#include "bench.h"

static struct stepden_diag diag;

static const struct stepden_den_counters *counters(void)
{
    return stepden_den_counters(bench.den);
}

static enum stepden_status restore(const struct bench_kept *kept)
{
    return bench_restore(kept, &diag);
}

static const struct stepden_den_record *record_of(uint16_t sequence_number)
{
    return &bench_kept(sequence_number)->record;
}

static void negate(uint32_t i)
{
    struct stepden_denm_data negation = bench_negation_of(i);
    ck_assert_int_eq(stepden_den_take_denm(bench.den, &negation, bench.now),
                     STEPDEN_DEN_NEGATED);
}

START_TEST(what_is_kept_says_what_was_sent)
{
    bench_open();
    bench_predict("1-0", 7, 900);
    const struct stepden_den_record *kept = record_of(0);
    ck_assert_int_eq(kept->ended, 0);
    ck_assert_uint_eq(kept->key.reference_station_id, BENCH_REFERENCE_ID);
    ck_assert_uint_eq(kept->key.target_station_id, 7);
    ck_assert_str_eq(kept->event_id, "1-0/0");
    ck_assert_int_eq(kept->creation_time_its_ms, bench.now.its_ms);
    ck_assert_int_eq(kept->update_after_ms, 0);
    ck_assert_int_eq(kept->trigger_after_ms, 0);
    ck_assert_int_eq(kept->detection_after_ms, 0);
    ck_assert_int_eq(kept->reference_after_ms, 0);
    ck_assert_int_eq(kept->collision_after_ms, 900);
    ck_assert_int_eq(kept->validity_after_ms, 12000);
    ck_assert(!kept->has_hold_off_after);
    ck_assert_uint_eq(kept->awareness_distance_m, 50);
}
END_TEST

START_TEST(every_update_and_end_is_kept_and_the_release_forgotten)
{
    bench_open();
    bench_predict("1-0", 7, 900);
    bench_sleep(100);
    bench_predict("2-0", 7, 900);
    ck_assert_int_eq(record_of(0)->creation_time_its_ms, bench.now.its_ms);
    ck_assert_int_eq(record_of(0)->trigger_after_ms, -100);
    ck_assert_str_eq(record_of(0)->event_id, "1-0/0");
    bench_advance(1001);
    ck_assert_int_eq(record_of(0)->ended, 1);
    bench_advance(12000);
    ck_assert_ptr_null(bench_kept(0));
}
END_TEST

START_TEST(a_restored_event_is_updated_under_its_action_id)
{
    bench_open();
    bench_predict("1-0", 7, 900);
    bench_sleep(100);
    bench_reopen();
    bench_predict("2-0", 7, 800);
    ck_assert_int_eq(bench_last()->kind, STEPDEN_DEN_UPDATE);
    ck_assert_uint_eq(bench_management(1)->action_id.sequence_number, 0);
    ck_assert_uint_eq(counters()->active, 1);
    ck_assert_uint_eq(counters()->reserved, 1);
}
END_TEST

START_TEST(a_restored_event_is_cancelled_when_it_would_have_been)
{
    bench_open();
    bench_predict("1-0", 7, 900);
    bench_sleep(400);
    bench.now.mono_ms = 17; /* another boot */
    bench_reopen();
    ck_assert_int_eq(stepden_den_run(bench.den, bench.now), 617);
    bench_sleep(600);
    stepden_den_run(bench.den, bench.now);
    ck_assert_int_eq(bench_last()->kind, STEPDEN_DEN_CANCELLATION);
    ck_assert_str_eq(bench_last()->id, "1-0/0/cancellation");
    ck_assert_uint_eq(bench_management(1)->validity_duration_s, 11);
}
END_TEST

START_TEST(an_update_that_was_held_is_sent_after_a_restart)
{
    bench.config.denm.min_update_interval_ms = 700;
    bench_open();
    bench_predict("1-0", 7, 9000);
    bench_advance(100);
    bench_predict("2-0", 7, 8900);
    ck_assert_uint_eq(bench.sent_count, 1);
    ck_assert_int_eq(bench.last_skip, STEPDEN_DEN_SKIP_TOO_SOON);
    ck_assert_str_eq(bench.last_skipped, "2-0/0");
    bench_reopen();
    bench_advance(599);
    ck_assert_uint_eq(bench.sent_count, 1);
    bench_advance(2);
    ck_assert_uint_eq(bench.sent_count, 2);
    ck_assert_str_eq(bench_last()->id, "2-0/0");
    ck_assert_int_eq(bench_last()->reason, STEPDEN_DEN_REASON_HELD);
    ck_assert(!record_of(0)->has_held);
}
END_TEST

START_TEST(a_held_update_of_another_action_id_is_refused)
{
    bench.config.denm.min_update_interval_ms = 700;
    bench_open();
    bench_predict("1-0", 7, 9000);
    bench_advance(100);
    bench_predict("2-0", 7, 8900);
    bench.kept[0]
        .record.held.denm.management_container.action_id.sequence_number++;
    stepden_den_clear(bench.den);
    ck_assert_int_eq(restore(&bench.kept[0]), STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.reason, "the held DENM has another action id");
}
END_TEST

START_TEST(an_event_that_has_ended_holds_no_update)
{
    bench.config.denm.min_update_interval_ms = 700;
    bench_open();
    bench_predict("1-0", 7, 9000);
    bench_advance(100);
    bench_predict("2-0", 7, 8900);
    bench.kept[0].record.ended = 1;
    stepden_den_clear(bench.den);
    ck_assert_int_eq(restore(&bench.kept[0]), STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.reason, "a DENM is held of an event that has ended");
}
END_TEST

START_TEST(an_event_restored_after_its_validity_ends_without_a_message)
{
    bench_open();
    bench_predict("1-0", 7, 900);
    bench_sleep(12000);
    bench_reopen();
    ck_assert_int_eq(stepden_den_run(bench.den, bench.now), INT64_MAX);
    ck_assert_uint_eq(bench.sent_count, 1);
    ck_assert_uint_eq(bench.forgotten, 1);
}
END_TEST

START_TEST(an_age_is_never_negative)
{
    bench_open();
    bench_predict("1-0", 7, 900);
    bench.now.its_ms -= 3600000;
    bench_reopen();
    ck_assert_int_eq(stepden_den_run(bench.den, bench.now),
                     bench.now.mono_ms + 1000);
    bench_sleep(1000);
    stepden_den_run(bench.den, bench.now);
    ck_assert_int_eq(bench_last()->kind, STEPDEN_DEN_CANCELLATION);
    ck_assert_int_gt(bench_management(1)->reference_time_its_ms,
                     bench_management(0)->reference_time_its_ms);
}
END_TEST

START_TEST(an_ended_event_reserves_its_action_id_until_its_validity_ends)
{
    bench_open();
    bench_predict("1-0", 7, 900);
    bench_advance(1001);
    bench_reopen();
    ck_assert_uint_eq(counters()->active, 0);
    ck_assert_uint_eq(counters()->reserved, 1);
    bench_predict("2-0", 7, 900);
    ck_assert_int_eq(bench_last()->kind, STEPDEN_DEN_TRIGGER);
    ck_assert_uint_eq(bench_management(2)->action_id.sequence_number, 1);
    bench_advance(12000);
    ck_assert_ptr_null(bench_kept(0));
}
END_TEST

START_TEST(a_hold_off_goes_on)
{
    bench.config.denm.negation_hold_off_ms = 3000;
    bench_open();
    bench_predict("1-0", 7, 900);
    negate(0);
    ck_assert_int_eq(record_of(0)->hold_off_after_ms, 3000);
    bench_sleep(1000);
    bench_reopen();
    bench_sleep(1999);
    bench_predict("2-0", 7, 900);
    ck_assert_uint_eq(counters()->held_off, 1);
    bench_sleep(1);
    bench_predict("3-0", 7, 900);
    ck_assert_uint_eq(counters()->triggers, 1);
}
END_TEST

START_TEST(action_ids_go_on_after_the_latest_trigger)
{
    bench_open();
    for (uint32_t i = 0; i < 5; i++) {
        bench_sleep(1);
        bench_predict("n", 7 + i, 900);
    }
    struct bench_kept first = bench.kept[0];
    bench.kept[0] = bench.kept[4];
    bench.kept[4] = first;
    bench_reopen();
    bench_predict("next", 77, 900);
    ck_assert_uint_eq(bench_management(5)->action_id.sequence_number, 5);
}
END_TEST

START_TEST(among_triggers_of_one_millisecond_the_highest_number_is_the_latest)
{
    bench_open();
    bench_reference();
    for (uint32_t i = 0; i < 5; i++)
        bench_target(7 + i, 900);
    bench_take("1-0");
    struct bench_kept first = bench.kept[0];
    bench.kept[0] = bench.kept[4];
    bench.kept[4] = first;
    bench_reopen();
    bench_predict("next", 77, 900);
    ck_assert_uint_eq(bench_management(5)->action_id.sequence_number, 5);
}
END_TEST

START_TEST(the_sub_cause_keeps_its_confirmations)
{
    bench_open();
    for (int i = 0; i < 4; i++) {
        bench_reference();
        bench_target(7, 900)->station_type =
            i == 0 ? STEPDEN_STATION_TYPE_UNKNOWN
                   : STEPDEN_STATION_TYPE_PEDESTRIAN;
        bench_sleep(10);
        bench_reopen();
        bench_take("n");
        ck_assert_uint_eq(bench_last()->denm.situation_container.sub_cause_code,
                          i < 3 ? 0 : 4);
    }
}
END_TEST

START_TEST(the_record_of_another_station_is_refused)
{
    bench_open();
    bench_predict("1-0", 7, 900);
    struct bench_kept kept = *bench_kept(0);
    kept.action_id.originating_station_id++;
    ck_assert_int_eq(restore(&kept), STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.reason, "the action id is not of a station of ours");
}
END_TEST

START_TEST(a_taken_action_id_or_taken_parties_are_refused)
{
    bench_open();
    bench_predict("1-0", 7, 900);
    struct bench_kept kept = *bench_kept(0);
    kept.record.trigger_after_ms++;
    ck_assert_int_eq(restore(&kept), STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.reason, "the action id is taken");
    kept.action_id.sequence_number++;
    ck_assert_int_eq(restore(&kept), STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.reason,
                     "another event of the same parties is active");
    kept.record.key.target_station_id++;
    ck_assert_int_eq(restore(&kept), STEPDEN_OK);
}
END_TEST

START_TEST(a_record_that_comes_twice_is_restored_once)
{
    bench_open();
    bench_predict("1-0", 7, 900);
    bench_sleep(100);
    bench_predict("2-0", 7, 900);
    struct bench_kept kept = *bench_kept(0);
    stepden_den_clear(bench.den);
    ck_assert_int_eq(restore(&kept), STEPDEN_OK);
    bench_sleep(1);
    ck_assert_int_eq(restore(&kept), STEPDEN_OK);
    ck_assert_uint_eq(counters()->active, 1);
    ck_assert_uint_eq(counters()->reserved, 1);

    kept.record.ended = 1;
    ck_assert_int_eq(restore(&kept), STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.reason, "the action id is taken");
}
END_TEST

START_TEST(more_than_max_records_are_restored_but_no_more_opened)
{
    bench.config.denm.max_records = 1;
    bench_open();
    bench_predict("1-0", 7, 900);
    struct bench_kept kept = *bench_kept(0);
    kept.record.key.target_station_id++;
    kept.action_id.sequence_number++;
    ck_assert_int_eq(restore(&kept), STEPDEN_OK);
    ck_assert_uint_eq(counters()->active, 2);
    bench_predict("2-0", 9, 900);
    ck_assert_int_eq(bench.last_skip, STEPDEN_DEN_SKIP_FULL);
}
END_TEST

START_TEST(a_record_with_a_time_that_is_none_of_its_is_refused)
{
    bench_open();
    bench_predict("1-0", 7, 900);
    struct bench_kept kept = *bench_kept(0);
    stepden_den_clear(bench.den);
    kept.record.reference_after_ms = -kept.record.creation_time_its_ms - 1;
    ck_assert_int_eq(restore(&kept), STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.reason, "a time before 2004 or after 2143");
    kept.record.reference_after_ms++;
    kept.record.detection_after_ms =
        STEPDEN_ITS_MS_MAX - kept.record.creation_time_its_ms;
    ck_assert_int_eq(restore(&kept), STEPDEN_ERR_INVALID);
    kept.record.detection_after_ms--;
    ck_assert_int_eq(restore(&kept), STEPDEN_OK);
}
END_TEST

START_TEST(a_record_that_would_not_be_read_again_is_refused)
{
    bench_open();
    bench_predict("1-0", 7, 900);
    struct bench_kept kept = *bench_kept(0);
    stepden_den_clear(bench.den);
    kept.record.collision_after_ms = -STEPDEN_ITS_MS_MAX;
    bench.now.its_ms--;
    ck_assert_int_eq(restore(&kept), STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.reason, "times too far apart");
    bench.now.its_ms++;
    ck_assert_int_eq(restore(&kept), STEPDEN_OK);
}
END_TEST

START_TEST(what_changes_nothing_keeps_nothing)
{
    bench_open();
    bench_predict("1-0", 7, 9000);
    ck_assert_uint_eq(bench.keeps, 1);
    bench_predict("2-0", 7, 9000);
    ck_assert_int_eq(bench.last_skip, STEPDEN_DEN_SKIP_NOT_NEWER);
    bench_advance(500);
    struct stepden_denm_data live = bench_sent(0)->denm;
    stepden_den_take_denm(bench.den, &live, bench.now);
    bench_reopen();
    bench_advance(100);
    ck_assert_uint_eq(bench.keeps, 1);
}
END_TEST

START_TEST(restoring_calls_nobody)
{
    bench_open();
    bench_predict("1-0", 7, 900);
    struct bench_kept kept = *bench_kept(0);
    stepden_den_clear(bench.den);
    bench.keeps = 0;
    ck_assert_int_eq(restore(&kept), STEPDEN_OK);
    ck_assert_uint_eq(bench.keeps, 0);
    ck_assert_uint_eq(bench.sent_count, 1);
}
END_TEST

int main(void)
{
    TCase *tests = bench_tests("keep");
    tcase_add_test(tests, what_is_kept_says_what_was_sent);
    tcase_add_test(tests,
                   every_update_and_end_is_kept_and_the_release_forgotten);
    tcase_add_test(tests, a_restored_event_is_updated_under_its_action_id);
    tcase_add_test(tests,
                   a_restored_event_is_cancelled_when_it_would_have_been);
    tcase_add_test(tests, an_update_that_was_held_is_sent_after_a_restart);
    tcase_add_test(tests, a_held_update_of_another_action_id_is_refused);
    tcase_add_test(tests, an_event_that_has_ended_holds_no_update);
    tcase_add_test(tests,
                   an_event_restored_after_its_validity_ends_without_a_message);
    tcase_add_test(tests, an_age_is_never_negative);
    tcase_add_test(
        tests, an_ended_event_reserves_its_action_id_until_its_validity_ends);
    tcase_add_test(tests, a_hold_off_goes_on);
    tcase_add_test(tests, action_ids_go_on_after_the_latest_trigger);
    tcase_add_test(
        tests,
        among_triggers_of_one_millisecond_the_highest_number_is_the_latest);
    tcase_add_test(tests, the_sub_cause_keeps_its_confirmations);
    tcase_add_test(tests, the_record_of_another_station_is_refused);
    tcase_add_test(tests, a_taken_action_id_or_taken_parties_are_refused);
    tcase_add_test(tests, a_record_that_comes_twice_is_restored_once);
    tcase_add_test(tests,
                   more_than_max_records_are_restored_but_no_more_opened);
    tcase_add_test(tests, a_record_with_a_time_that_is_none_of_its_is_refused);
    tcase_add_test(tests, a_record_that_would_not_be_read_again_is_refused);
    tcase_add_test(tests, what_changes_nothing_keeps_nothing);
    tcase_add_test(tests, restoring_calls_nobody);
    return bench_run("keep", tests);
}
