#include <check.h>
#include <stdlib.h>

#include "simulator/predict.h"

#define MEASURED_ITS_MS INT64_C(700000000000)

static const struct sim_body car = {STEPDEN_STATION_TYPE_PASSENGER_CAR, 4.0,
                                    2.0, 1.5};
static const struct sim_body cyclist = {STEPDEN_STATION_TYPE_CYCLIST, 2.0, 1.0,
                                        1.7};

static struct stepden_station_collision_array array;

/* A car going east, and a body that comes from the south across its way. */
static struct sim_scene scene(const struct sim_body *body, double from_y_m)
{
    return (struct sim_scene){
        .count = 2,
        .actor = {{.body = &car,
                   .connected = true,
                   .station_id = 1,
                   .motion = {-40.0, 0.0, 90.0, 10.0}},
                  {.body = body,
                   .station_id = 2,
                   .object_id = 7,
                   .motion = {0.0, from_y_m, 0.0, 10.0}}}};
}

START_TEST(crossing_paths_give_a_reference_and_a_target)
{
    const struct sim_scene crossing = scene(&cyclist, -40.0);
    const struct stepden_collision_station *target = &array.stations.item[1];

    ck_assert(sim_predict(&array, &crossing, 0, MEASURED_ITS_MS));
    ck_assert_uint_eq(array.stations.count, 2);
    ck_assert_uint_eq(array.stations.item[0].station_id, 1);
    ck_assert_uint_eq(target->station_id, 2);
    ck_assert_uint_eq(target->object_id, 7);
    ck_assert_uint_eq(target->heading.value_ddeg, 0);
    ck_assert_uint_eq(target->speed.value_cm_s, 1000);
}
END_TEST

START_TEST(the_time_to_collision_counts_from_the_creation)
{
    const struct sim_scene crossing = scene(&cyclist, -40.0);

    ck_assert(sim_predict(&array, &crossing, 0, MEASURED_ITS_MS));
    ck_assert_int_eq(array.creation_time_its_ms,
                     MEASURED_ITS_MS + SIM_LATENCY_MS);
    ck_assert_uint_gt(array.stations.item[1].time_to_collision_ms, 3500);
    ck_assert_uint_lt(array.stations.item[1].time_to_collision_ms, 4000);
}
END_TEST

START_TEST(only_vehicles_have_an_impact_section)
{
    const struct sim_scene vru = scene(&cyclist, -40.0);
    const struct sim_scene cars = scene(&car, -40.0);

    ck_assert(sim_predict(&array, &vru, 0, MEASURED_ITS_MS));
    ck_assert(!array.stations.item[1].has_impact_section);
    ck_assert(sim_predict(&array, &cars, 0, MEASURED_ITS_MS));
    ck_assert(array.stations.item[1].has_impact_section);
    ck_assert_uint_eq(array.stations.item[1].impact_section,
                      STEPDEN_IMPACT_SECTION_SIDE_LEFT_FRONT);
}
END_TEST

START_TEST(a_car_that_is_run_into_from_behind_says_so)
{
    const struct sim_scene queue = {
        .count = 2,
        .actor = {{.body = &car, .motion = {0.0, -40.0, 0.0, 14.0}},
                  {.body = &car, .motion = {0.0, 0.0, 0.0, 4.0}}}};

    ck_assert(sim_predict(&array, &queue, 0, MEASURED_ITS_MS));
    ck_assert_uint_eq(array.stations.item[1].impact_section,
                      STEPDEN_IMPACT_SECTION_BACK);
}
END_TEST

START_TEST(a_closer_meeting_is_likelier)
{
    const struct sim_scene centre = scene(&cyclist, -40.0);
    const struct sim_scene edge = scene(&cyclist, -38.0);
    uint32_t likely_e6;

    ck_assert(sim_predict(&array, &centre, 0, MEASURED_ITS_MS));
    likely_e6 = array.stations.item[1].probability_e6;
    ck_assert(sim_predict(&array, &edge, 0, MEASURED_ITS_MS));
    ck_assert_uint_lt(array.stations.item[1].probability_e6, likely_e6);
}
END_TEST

START_TEST(who_comes_too_late_is_no_target)
{
    const struct sim_scene late = scene(&cyclist, -55.0);

    ck_assert(!sim_predict(&array, &late, 0, MEASURED_ITS_MS));
}
END_TEST

START_TEST(what_is_beyond_the_horizon_is_not_predicted)
{
    struct sim_scene slow = scene(&cyclist, -40.0);

    slow.actor[0].motion.speed_m_s = 5.0;
    slow.actor[1].motion.speed_m_s = 5.0;
    ck_assert(!sim_predict(&array, &slow, 0, MEASURED_ITS_MS));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("simulator_predict");
    TCase *tests = tcase_create("simulator_predict");
    tcase_add_test(tests, crossing_paths_give_a_reference_and_a_target);
    tcase_add_test(tests, the_time_to_collision_counts_from_the_creation);
    tcase_add_test(tests, only_vehicles_have_an_impact_section);
    tcase_add_test(tests, a_car_that_is_run_into_from_behind_says_so);
    tcase_add_test(tests, a_closer_meeting_is_likelier);
    tcase_add_test(tests, who_comes_too_late_is_no_target);
    tcase_add_test(tests, what_is_beyond_the_horizon_is_not_predicted);
    suite_add_tcase(suite, tests);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
