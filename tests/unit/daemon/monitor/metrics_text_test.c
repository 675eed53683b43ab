#include "daemon/monitor/metrics_text.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static struct stepden_config config;
static struct stepden_log log_of_nothing;
static struct stepden_metrics metrics;
static struct stepden_rejections rejections;
static struct stepden_partition_vitals partitions[2];
static struct stepden_vitals vitals;
static struct stepden_process process;
static char *text;

static void set_up(void)
{
    stepden_config_init(&config);
    stepden_metrics_init(&metrics);
    for (int i = 0; i < 2; i++)
        partitions[i] = (struct stepden_partition_vitals){
            .state = STEPDEN_SESSION_OWNER,
            .is_connected = true,
            .obstacle = "",
            .owner = "",
        };
    vitals = (struct stepden_vitals){
        .config = &config,
        .log = &log_of_nothing,
        .metrics = &metrics,
        .rejections = &rejections,
        .partitions = partitions,
        .partition_count = 1,
        .started_unix_ms = 1700000000250,
    };
    text = NULL;
}

static void tear_down(void)
{
    free(text);
}

static void expect(const char *line)
{
    size_t size;
    char whole[512];
    free(text);
    FILE *file = open_memstream(&text, &size);
    stepden_metrics_write(file, &vitals, &process);
    fclose(file);
    snprintf(whole, sizeof whole, "\n%s\n", line);
    ck_assert_msg(strstr(text, whole) != NULL, "no line %s in:\n%s", line,
                  text);
}

START_TEST(each_metric_says_what_it_is)
{
    expect("# HELP stepden_records_active DENMs that are alive.\n"
           "# TYPE stepden_records_active gauge\n"
           "stepden_records_active 0");
}
END_TEST

START_TEST(inputs_are_told_by_kind_and_verdict)
{
    vitals.den = (struct stepden_den_counters){
        .arrays = 5, .negations = 1, .denms_live = 2, .negations_outdated = 3};
    rejections.counts[STEPDEN_INPUT_CLIENT][STEPDEN_REJECTION_SYNTAX] = 2;
    rejections.counts[STEPDEN_INPUT_CLIENT][STEPDEN_REJECTION_RANGE] = 4;
    expect("stepden_inputs_total{kind=\"prediction\",verdict=\"accepted\"} 5");
    expect("stepden_inputs_total{kind=\"prediction\",verdict=\"rejected\"} 0");
    expect("stepden_inputs_total{kind=\"denm\",verdict=\"negated\"} 1");
    expect("stepden_inputs_total{kind=\"denm\",verdict=\"outdated\"} 3");
    expect("stepden_inputs_total{kind=\"denm\",verdict=\"live\"} 2");
    expect("stepden_inputs_total{kind=\"denm\",verdict=\"rejected\"} 6");
    expect("stepden_inputs_rejected_total{kind=\"denm\",reason=\"range\"} 4");
}
END_TEST

START_TEST(targets_and_denms_are_told_by_reason_and_kind)
{
    vitals.den = (struct stepden_den_counters){
        .held_back = 7, .refused_full = 8, .updates = 9, .repetitions = 10};
    expect("stepden_targets_skipped_total{reason=\"too_soon\"} 7");
    expect("stepden_targets_skipped_total{reason=\"no_record\"} 8");
    expect("stepden_denms_total{kind=\"update\"} 9");
    expect("stepden_denms_total{kind=\"repetition\"} 10");
}
END_TEST

START_TEST(a_histogram_counts_upwards_and_times_are_in_seconds)
{
    stepden_histogram_note(&metrics.duration, 60);
    stepden_histogram_note(&metrics.duration, 240);
    stepden_histogram_note(&metrics.duration, 60000000);
    expect("stepden_commit_duration_seconds_bucket{le=\"5e-05\"} 0");
    expect("stepden_commit_duration_seconds_bucket{le=\"0.0001\"} 1");
    expect("stepden_commit_duration_seconds_bucket{le=\"0.00025\"} 2");
    expect("stepden_commit_duration_seconds_bucket{le=\"10\"} 2");
    expect("stepden_commit_duration_seconds_bucket{le=\"+Inf\"} 3");
    expect("stepden_commit_duration_seconds_sum 60.0003");
    expect("stepden_commit_duration_seconds_count 3");
}
END_TEST

START_TEST(the_room_is_that_of_the_partitions_that_are_held)
{
    config.denm.max_records = 30000;
    vitals.den.reserved = 11;
    expect("stepden_action_ids_limit 0");
    stepden_vitals_add_held(&vitals, 65536);
    stepden_vitals_add_held(&vitals, 256);
    expect("stepden_action_ids_limit 65792");
    expect("stepden_action_ids_reserved 11");
    expect("stepden_records_limit 30256");
}
END_TEST

START_TEST(the_lease_is_in_one_state)
{
    expect("stepden_lease_state{state=\"none\"} 0\n"
           "stepden_lease_state{state=\"standby\"} 0\n"
           "stepden_lease_state{state=\"held\"} 1");
    partitions[0].state = STEPDEN_SESSION_STANDBY;
    expect("stepden_lease_state{state=\"standby\"} 1\n"
           "stepden_lease_state{state=\"held\"} 0");
    partitions[0].state = STEPDEN_SESSION_CONNECTING;
    expect("stepden_lease_state{state=\"none\"} 1");
}
END_TEST

START_TEST(partitions_are_counted_by_their_leases)
{
    vitals.partition_count = 2;
    partitions[1].state = STEPDEN_SESSION_STANDBY;
    expect("stepden_redis_connected 2");
    expect("stepden_lease_state{state=\"none\"} 0\n"
           "stepden_lease_state{state=\"standby\"} 1\n"
           "stepden_lease_state{state=\"held\"} 1");
}
END_TEST

START_TEST(partitions_that_are_ours_tell_what_waits_in_them)
{
    vitals.partition_count = 2;
    partitions[0].state = STEPDEN_SESSION_STANDBY;
    partitions[1].active = 7;
    partitions[1].lag[STEPDEN_INPUT_CRASH_PREDICTION] =
        (struct stepden_lag){.undelivered = 5, .pending = 2};
    partitions[1].lag[STEPDEN_INPUT_CLIENT] =
        (struct stepden_lag){.undelivered = -1, .pending = 0};
    expect("stepden_partition_held{partition=\"0\"} 0\n"
           "stepden_partition_held{partition=\"1\"} 1");
    expect("# TYPE stepden_partition_records_active gauge\n"
           "stepden_partition_records_active{partition=\"1\"} 7");
    expect("# TYPE stepden_partition_undelivered gauge\n"
           "stepden_partition_undelivered{partition=\"1\",kind=\"prediction\"} "
           "5\n"
           "# HELP stepden_partition_pending Inputs of one that is ours that "
           "were read, and are not done.\n"
           "# TYPE stepden_partition_pending gauge\n"
           "stepden_partition_pending{partition=\"1\",kind=\"prediction\"} 2\n"
           "stepden_partition_pending{partition=\"1\",kind=\"denm\"} 0");
}
END_TEST

START_TEST(owners_that_are_known_are_told)
{
    vitals.partition_count = 2;
    strcpy(config.instance_name, "a \\ \"b\"\nc");
    partitions[0].state = STEPDEN_SESSION_STANDBY;
    expect("# TYPE stepden_partition_owner_info gauge\n"
           "stepden_partition_owner_info{partition=\"1\","
           "owner=\"a \\\\ \\\"b\\\"\\nc\"} 1");
    partitions[0].owner = "south";
    expect("stepden_partition_owner_info{partition=\"0\",owner=\"south\"} 1");
}
END_TEST

START_TEST(the_process_is_told_by_the_usual_names)
{
    process = (struct stepden_process){
        .cpu_s = 1.5, .resident_bytes = 4096, .open_fds = 9};
    expect("process_cpu_seconds_total 1.500");
    expect("process_start_time_seconds 1700000000.250");
    expect("process_resident_memory_bytes 4096");
    expect("process_open_fds 9");
}
END_TEST

START_TEST(the_system_knows_this_process)
{
    stepden_process_look(&process);
    ck_assert_uint_gt(process.resident_bytes, 0);
    ck_assert_uint_gt(process.virtual_bytes, process.resident_bytes);
    ck_assert_uint_ge(process.open_fds, 3);
    ck_assert_uint_gt(process.max_fds, process.open_fds);
    ck_assert_double_ge(process.cpu_s, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("daemon/metrics_text");
    TCase *tests = tcase_create("metrics_text");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, each_metric_says_what_it_is);
    tcase_add_test(tests, inputs_are_told_by_kind_and_verdict);
    tcase_add_test(tests, targets_and_denms_are_told_by_reason_and_kind);
    tcase_add_test(tests, a_histogram_counts_upwards_and_times_are_in_seconds);
    tcase_add_test(tests, the_room_is_that_of_the_partitions_that_are_held);
    tcase_add_test(tests, the_lease_is_in_one_state);
    tcase_add_test(tests, partitions_are_counted_by_their_leases);
    tcase_add_test(tests, partitions_that_are_ours_tell_what_waits_in_them);
    tcase_add_test(tests, owners_that_are_known_are_told);
    tcase_add_test(tests, the_process_is_told_by_the_usual_names);
    tcase_add_test(tests, the_system_knows_this_process);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
