#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "simulator/geometry.h"

static const struct sim_body square = {STEPDEN_STATION_TYPE_UNKNOWN, 2.0, 2.0,
                                       2.0};
static const struct sim_body plank = {STEPDEN_STATION_TYPE_UNKNOWN, 10.0, 1.0,
                                      1.0};

static struct sim_actor actor(const struct sim_body *body, double x_m,
                              double y_m, double heading_deg, double speed_m_s)
{
    return (struct sim_actor){.body = body,
                              .motion = {x_m, y_m, heading_deg, speed_m_s}};
}

START_TEST(headings_count_from_north_clockwise)
{
    const struct sim_motion east = sim_moved(
        (struct sim_motion){.heading_deg = 90.0, .speed_m_s = 3.0}, 2.0);

    ck_assert_double_eq_tol(east.x_m, 6.0, 1e-9);
    ck_assert_double_eq_tol(east.y_m, 0.0, 1e-9);
}
END_TEST

START_TEST(crossing_paths_are_closest_where_one_just_misses_the_other)
{
    const struct sim_motion one = {-40.0, 0.0, 90.0, 10.0};
    const struct sim_motion other = {0.0, -30.0, 0.0, 10.0};
    double time_s;
    const double miss_m = sim_closest_approach(&time_s, &one, &other);

    ck_assert_double_eq_tol(time_s, 3.5, 1e-9);
    ck_assert_double_eq_tol(miss_m, 10.0 / sqrt(2.0), 1e-9);
}
END_TEST

START_TEST(what_is_over_has_a_negative_time)
{
    const struct sim_motion one = {0.0, 0.0, 270.0, 10.0};
    const struct sim_motion other = {20.0, 0.0, 90.0, 10.0};
    double time_s;

    ck_assert_double_eq_tol(sim_closest_approach(&time_s, &one, &other), 0.0,
                            1e-9);
    ck_assert_double_eq_tol(time_s, -1.0, 1e-9);
}
END_TEST

START_TEST(without_relative_movement_the_closest_is_now)
{
    const struct sim_motion one = {0.0, 0.0, 45.0, 10.0};
    const struct sim_motion other = {3.0, 4.0, 45.0, 10.0};
    double time_s;

    ck_assert_double_eq_tol(sim_closest_approach(&time_s, &one, &other), 5.0,
                            1e-9);
    ck_assert_double_eq(time_s, 0.0);
}
END_TEST

START_TEST(bodies_touch_before_their_middles_meet)
{
    const struct sim_actor one = actor(&square, 0.0, 0.0, 90.0, 5.0);
    const struct sim_actor other = actor(&square, 52.0, 0.0, 270.0, 5.0);
    struct sim_contact contact;

    ck_assert(sim_contact(&contact, &one, &other));
    ck_assert_double_eq_tol(contact.time_s, 5.0, 1e-9);
    ck_assert_double_eq_tol(contact.miss_m, 0.0, 1e-9);
}
END_TEST

START_TEST(a_body_is_as_wide_as_it_lies)
{
    const struct sim_actor one = actor(&square, 0.0, 0.0, 90.0, 5.0);
    const struct sim_actor along = actor(&plank, 50.0, 3.0, 270.0, 5.0);
    const struct sim_actor across = actor(&plank, 50.0, 3.0, 180.0, 0.0);
    struct sim_contact contact;

    ck_assert(!sim_contact(&contact, &one, &along));
    ck_assert(sim_contact(&contact, &one, &across));
}
END_TEST

START_TEST(bodies_that_move_apart_do_not_touch)
{
    const struct sim_actor one = actor(&square, 0.0, 0.0, 270.0, 5.0);
    const struct sim_actor other = actor(&square, 10.0, 0.0, 90.0, 5.0);
    struct sim_contact contact;

    ck_assert(!sim_contact(&contact, &one, &other));
}
END_TEST

START_TEST(bodies_within_each_other_touch_now)
{
    const struct sim_actor one = actor(&square, 0.0, 0.0, 90.0, 5.0);
    const struct sim_actor other = actor(&square, 1.0, 0.0, 270.0, 5.0);
    struct sim_contact contact;

    ck_assert(sim_contact(&contact, &one, &other));
    ck_assert_double_eq(contact.time_s, 0.0);
}
END_TEST

START_TEST(a_hundred_metres_north_are_9000_of_1e7_degree)
{
    const struct sim_position middle = sim_position(0.0, 0.0);
    const struct sim_position north = sim_position(0.0, 100.0);

    ck_assert_int_eq(middle.latitude_e7, 454642000);
    ck_assert_int_eq(middle.longitude_e7, 91900000);
    ck_assert_int_eq(north.longitude_e7, middle.longitude_e7);
    ck_assert_int_ge(north.latitude_e7 - middle.latitude_e7, 8990);
    ck_assert_int_le(north.latitude_e7 - middle.latitude_e7, 9005);
}
END_TEST

START_TEST(a_degree_of_longitude_is_shorter_than_one_of_latitude)
{
    const struct sim_position middle = sim_position(0.0, 0.0);
    const struct sim_position east = sim_position(100.0, 0.0);

    ck_assert_int_eq(east.latitude_e7, middle.latitude_e7);
    ck_assert_int_ge(east.longitude_e7 - middle.longitude_e7, 12780);
    ck_assert_int_le(east.longitude_e7 - middle.longitude_e7, 12800);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("simulator_geometry");
    TCase *tests = tcase_create("simulator_geometry");
    tcase_add_test(tests, headings_count_from_north_clockwise);
    tcase_add_test(tests,
                   crossing_paths_are_closest_where_one_just_misses_the_other);
    tcase_add_test(tests, what_is_over_has_a_negative_time);
    tcase_add_test(tests, without_relative_movement_the_closest_is_now);
    tcase_add_test(tests, bodies_touch_before_their_middles_meet);
    tcase_add_test(tests, a_body_is_as_wide_as_it_lies);
    tcase_add_test(tests, bodies_that_move_apart_do_not_touch);
    tcase_add_test(tests, bodies_within_each_other_touch_now);
    tcase_add_test(tests, a_hundred_metres_north_are_9000_of_1e7_degree);
    tcase_add_test(tests,
                   a_degree_of_longitude_is_shorter_than_one_of_latitude);
    suite_add_tcase(suite, tests);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
