#include <check.h>
#include <stdlib.h>

#include "simulator/load.h"

static const struct sim_load load = {
    .arrays = 10, .targets = 3, .references = 4};

static struct stepden_station_collision_array array;

START_TEST(the_reference_stations_take_turns)
{
    uint32_t first;

    sim_load_fill(&array, &load, 0, 0);
    first = array.stations.item[0].station_id;
    sim_load_fill(&array, &load, 1, 0);
    ck_assert_uint_eq(array.stations.item[0].station_id, first + 1);
    sim_load_fill(&array, &load, 4, 0);
    ck_assert_uint_eq(array.stations.item[0].station_id, first);
}
END_TEST

START_TEST(the_arrays_of_one_reference_follow_each_other_in_time)
{
    ck_assert_int_eq(sim_load_after_ms(&load, 3), 0);
    ck_assert_int_eq(sim_load_after_ms(&load, 4), SIM_LOAD_STEP_MS);
    ck_assert_int_eq(sim_load_after_ms(&load, 8), 2 * SIM_LOAD_STEP_MS);
}
END_TEST

START_TEST(every_target_has_an_identity_and_a_time_to_collision)
{
    sim_load_fill(&array, &load, 0, 1234);
    ck_assert_int_eq(array.creation_time_its_ms, 1234);
    ck_assert_uint_eq(array.stations.count, 4);
    for (uint32_t i = 1; i < array.stations.count; i++) {
        ck_assert(array.stations.item[i].has_time_to_collision);
        for (uint32_t k = 0; k < i; k++)
            ck_assert_uint_ne(array.stations.item[i].station_id,
                              array.stations.item[k].station_id);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("simulator_load");
    TCase *tests = tcase_create("simulator_load");
    tcase_add_test(tests, the_reference_stations_take_turns);
    tcase_add_test(tests,
                   the_arrays_of_one_reference_follow_each_other_in_time);
    tcase_add_test(tests, every_target_has_an_identity_and_a_time_to_collision);
    suite_add_tcase(suite, tests);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
