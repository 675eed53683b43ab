#include <stepden/partition.h>

#include <stdio.h>

#include "bench.h"

/* A row of the table: | station | object | text | CRC-32 | of 2 | 8 | 12 | 256
 * | and whether it is one. */
static bool check_row(const char *line)
{
    static const uint32_t counts[] = {2, 8, 12, 256};
    unsigned station_id, object_id, crc, partition[4];

    if (sscanf(line, "| %u | %u | `%*[0-9:]` | %u | %u | %u | %u | %u |",
               &station_id, &object_id, &crc, &partition[0], &partition[1],
               &partition[2], &partition[3]) != 7)
        return false;
    for (size_t i = 0; i < 4; i++)
        ck_assert_uint_eq(stepden_partition_of_reference(
                              station_id, (uint16_t)object_id, counts[i]),
                          partition[i]);
    return true;
}

START_TEST(a_reference_is_where_the_published_table_says)
{
    char line[256];
    unsigned rows = 0;
    FILE *page = fopen(PAGE, "r");

    ck_assert_ptr_nonnull(page);
    while (fgets(line, sizeof line, page))
        rows += check_row(line);
    fclose(page);
    ck_assert_uint_ge(rows, 8);
}
END_TEST

START_TEST(an_array_is_where_its_reference_is)
{
    bench_reference();
    bench_target(4711, 500);
    uint32_t first = stepden_partition_of_reference(BENCH_REFERENCE_ID, 0, 256);
    uint32_t second = stepden_partition_of_reference(4711, 0, 256);
    ck_assert_uint_ne(first, second);
    ck_assert_uint_eq(stepden_partition_of_collisions(&bench.array, 256),
                      first);
    for (uint32_t i = 0; i < 2; i++) {
        bench.array.stations.item[i].has_role = true;
        bench.array.stations.item[i].role =
            i == 1 ? STEPDEN_COLLISION_STATION_ROLE_REFERENCE
                   : STEPDEN_COLLISION_STATION_ROLE_TARGET;
    }
    ck_assert_uint_eq(stepden_partition_of_collisions(&bench.array, 256),
                      second);
}
END_TEST

START_TEST(an_action_id_says_its_partition_by_its_number)
{
    struct stepden_action_id action_id = {4711, 65535};
    ck_assert_uint_eq(stepden_partition_of_action_id(&action_id, 1), 0);
    ck_assert_uint_eq(stepden_partition_of_action_id(&action_id, 12), 3);
    ck_assert_uint_eq(stepden_partition_of_action_id(&action_id, 256), 255);
}
END_TEST

/* ---- services of partitions ---- */

static struct stepden_den *partition[12];
static uint8_t given[2 * 65536]; /* times, by number */

static void note_number(void *ctx, const struct stepden_den_output *output)
{
    (void)ctx;
    const struct stepden_action_id *action_id =
        &output->denm->management_container.action_id;
    uint32_t station = action_id->originating_station_id - BENCH_STATION_ID;
    given[station * 65536 + action_id->sequence_number]++;
}

static const struct stepden_den_sink sink = {.send = note_number};

static void open_partitions(uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        ck_assert_int_eq(stepden_den_new_partition(&partition[i], &bench.config,
                                                   i, count, &sink, NULL),
                         STEPDEN_OK);
}

static void close_partitions(uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        stepden_den_free(partition[i]);
}

START_TEST(partitions_give_out_each_number_once)
{
    static const uint32_t counts[] = {2, 8, 12};
    uint32_t count = counts[_i];
    uint32_t numbers = 0;

    bench.config.station_id_count = 2;
    bench.config.denm.max_records = 2 * 65536;
    open_partitions(count);
    bench.array.creation_time_its_ms = bench.now.its_ms;
    for (uint32_t i = 0; i < count; i++) {
        numbers += stepden_den_numbers(partition[i]);
        for (uint32_t k = 0; k < stepden_den_numbers(partition[i]); k++) {
            bench_reference();
            bench_target(100000 + k, 60000);
            ck_assert_int_eq(stepden_den_take_collisions(partition[i],
                                                         &bench.array, "1-0",
                                                         "", bench.now, NULL),
                             STEPDEN_OK);
        }
        ck_assert_uint_eq(stepden_den_counters(partition[i])->refused_action_id,
                          0);
    }
    ck_assert_uint_eq(numbers, 2 * 65536);
    for (uint32_t number = 0; number < 2 * 65536; number++)
        ck_assert_uint_eq(given[number], 1);
    close_partitions(count);
}
END_TEST

START_TEST(a_partition_without_numbers_refuses_the_next_event)
{
    ck_assert_int_eq(stepden_den_new_partition(&bench.den, &bench.config, 255,
                                               256, &sink, NULL),
                     STEPDEN_OK);
    ck_assert_uint_eq(stepden_den_numbers(bench.den), 256);
    for (uint32_t k = 0; k < 257; k++) {
        bench_reference();
        bench_target(100000 + k, 60000);
        bench_take("1-0");
    }
    ck_assert_uint_eq(stepden_den_counters(bench.den)->triggers, 256);
    ck_assert_uint_eq(stepden_den_counters(bench.den)->refused_action_id, 1);
}
END_TEST

START_TEST(a_record_of_another_partition_is_not_restored)
{
    struct stepden_diag diag;

    bench_open();
    bench_reference();
    bench_target(2002, 60000);
    bench_take("1-0");
    bench_teardown();
    ck_assert_int_eq(
        stepden_den_new_partition(&bench.den, &bench.config, 1, 2, &sink, NULL),
        STEPDEN_OK);
    ck_assert_int_eq(bench_restore(&bench.kept[0], &diag), STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.reason, "the action id is of another partition");
}
END_TEST

START_TEST(an_array_of_another_partition_is_done_and_counted)
{
    uint32_t count = 12;
    uint32_t belongs =
        stepden_partition_of_reference(BENCH_REFERENCE_ID, 0, count);

    open_partitions(count);
    bench.array.creation_time_its_ms = bench.now.its_ms;
    bench_reference();
    bench_target(2002, 60000);
    for (uint32_t i = 0; i < count; i++) {
        ck_assert_int_eq(stepden_den_take_collisions(partition[i], &bench.array,
                                                     "1-0", "", bench.now,
                                                     NULL),
                         STEPDEN_OK);
        ck_assert_uint_eq(stepden_den_counters(partition[i])->triggers, 1);
        ck_assert_uint_eq(stepden_den_counters(partition[i])->misrouted,
                          i != belongs);
    }
    close_partitions(count);
}
END_TEST

START_TEST(a_negation_in_another_partition_is_counted_and_ends_nothing)
{
    struct stepden_denm_data negation;

    open_partitions(2);
    stepden_denm_data_init(&negation);
    negation.management_container.has_termination = true;
    negation.management_container.termination = STEPDEN_TERMINATION_IS_NEGATION;
    negation.management_container.action_id =
        (struct stepden_action_id){BENCH_STATION_ID, 7};
    for (uint32_t i = 0; i < 2; i++) {
        ck_assert_int_eq(
            stepden_den_take_denm(partition[i], &negation, bench.now),
            STEPDEN_DEN_UNKNOWN);
        ck_assert_uint_eq(stepden_den_counters(partition[i])->misrouted,
                          i == 0);
    }
    negation.management_container.action_id.originating_station_id++;
    stepden_den_take_denm(partition[0], &negation, bench.now);
    ck_assert_uint_eq(stepden_den_counters(partition[0])->misrouted, 1);
    close_partitions(2);
}
END_TEST

START_TEST(a_partition_that_there_is_not_is_refused)
{
    struct stepden_diag diag;
    struct stepden_den *den;

    ck_assert_int_eq(
        stepden_den_new_partition(&den, &bench.config, 2, 2, &sink, &diag),
        STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.reason, "no partition 2, they are 0 to 1");
    ck_assert_int_eq(
        stepden_den_new_partition(&den, &bench.config, 0, 0, &sink, &diag),
        STEPDEN_ERR_INVALID);
    ck_assert_int_eq(
        stepden_den_new_partition(&den, &bench.config, 0, 257, &sink, &diag),
        STEPDEN_ERR_INVALID);
}
END_TEST

int main(void)
{
    TCase *tests = bench_tests("partition");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, a_reference_is_where_the_published_table_says);
    tcase_add_test(tests, an_array_is_where_its_reference_is);
    tcase_add_test(tests, an_action_id_says_its_partition_by_its_number);
    tcase_add_loop_test(tests, partitions_give_out_each_number_once, 0, 3);
    tcase_add_test(tests, a_partition_without_numbers_refuses_the_next_event);
    tcase_add_test(tests, a_record_of_another_partition_is_not_restored);
    tcase_add_test(tests, an_array_of_another_partition_is_done_and_counted);
    tcase_add_test(tests,
                   a_negation_in_another_partition_is_counted_and_ends_nothing);
    tcase_add_test(tests, a_partition_that_there_is_not_is_refused);
    return bench_run("partition", tests);
}
