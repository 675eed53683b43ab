#include "base/tangent_plane.h"

#include <math.h>
#include <stdlib.h>

#include <check.h>

static const struct stepden_point milan = {454642000, 91900000};

static void check_offset(struct stepden_point from, struct stepden_point to,
                         double east_m, double north_m)
{
    struct stepden_offset offset = stepden_offset_to(from, to);

    ck_assert_double_eq_tol(offset.east_m, east_m, 0.005);
    ck_assert_double_eq_tol(offset.north_m, north_m, 0.005);
}

static struct stepden_point at(int32_t latitude_e7, int32_t longitude_e7)
{
    return (struct stepden_point){latitude_e7, longitude_e7};
}

static void check_apply(struct stepden_point from, double east_m,
                        double north_m, struct stepden_point expected)
{
    struct stepden_point found =
        stepden_offset_apply(from, (struct stepden_offset){east_m, north_m});

    ck_assert_int_le(abs(found.latitude_e7 - expected.latitude_e7), 1);
    ck_assert_int_le(abs(found.longitude_e7 - expected.longitude_e7), 1);
}

START_TEST(longitudes_wrap_at_the_antimeridian)
{
    ck_assert_int_eq(stepden_longitude_wrap(1800000000), 1800000000);
    ck_assert_int_eq(stepden_longitude_wrap(1800000001), -1799999999);
    ck_assert_int_eq(stepden_longitude_wrap(-1800000001), 1799999999);
    ck_assert_int_eq(stepden_longitude_wrap(INT64_C(3600000000)), 0);
    ck_assert_int_eq(stepden_longitude_wrap(-INT64_C(5400000001)), 1799999999);
}
END_TEST

/*
 * The length of a degree of latitude and of longitude, from the tables of the
 * WGS 84 ellipsoid: 110574 and 111320 m at the equator, 111132 and 78847 m at
 * 45 degrees, 111412 and 55800 m at 60; here a thousandth of them.
 */
START_TEST(a_degree_is_as_long_as_the_tables_say)
{
    check_offset(at(0, 0), at(10000, 10000), 111.320, 110.574);
    check_offset(at(450000000, 0), at(450010000, 10000), 78.847, 111.132);
    check_offset(at(600000000, 0), at(600010000, 10000), 55.800, 111.412);
    check_offset(at(-450000000, 0), at(-450010000, 10000), 78.847, -111.132);
}
END_TEST

START_TEST(east_and_north_are_positive)
{
    check_offset(milan, at(454643000, 91901000), 7.82, 11.11);
    check_offset(milan, at(454643000, 91899000), -7.82, 11.11);
    check_offset(milan, at(454641000, 91901000), 7.82, -11.11);
    check_offset(milan, at(454641000, 91899000), -7.82, -11.11);
    check_offset(milan, milan, 0, 0);
}
END_TEST

START_TEST(the_antimeridian_is_crossed_the_short_way)
{
    check_offset(at(0, 1799999000), at(0, -1799999000), 22.264, 0);
    check_offset(at(0, -1799999000), at(0, 1799999000), -22.264, 0);
    check_offset(at(0, 1800000000), at(0, -1800000000), 0, 0);
    check_apply(at(0, 1799999000), 22.264, 0, at(0, -1799999000));
}
END_TEST

START_TEST(a_distance_is_straight)
{
    struct stepden_point point =
        stepden_offset_apply(milan, (struct stepden_offset){-30, 40});

    ck_assert_double_eq_tol(stepden_distance_m(milan, point), 50, 0.01);
    ck_assert(stepden_distance_m(milan, milan) <= 0);
}
END_TEST

START_TEST(an_offset_leads_back_to_where_it_came_from)
{
    static const int32_t latitudes[] = {-899000000, -600000000, -1,
                                        0,          454642000,  700000000};
    struct stepden_point origin = at(latitudes[_i], 91900000);

    for (int east_m = -1300; east_m <= 1300; east_m += 130)
        for (int north_m = -1300; north_m <= 1300; north_m += 130) {
            struct stepden_offset offset = {east_m, north_m};
            struct stepden_offset found =
                stepden_offset_to(origin, stepden_offset_apply(origin, offset));
            ck_assert_double_eq_tol(found.east_m, east_m, 0.01);
            ck_assert_double_eq_tol(found.north_m, north_m, 0.01);
        }
}
END_TEST

START_TEST(the_way_over_a_pole_goes_down_on_the_other_side)
{
    check_apply(at(899999000, 100000000), 0, 111.694 * 0.2,
                at(899999000, -1700000000));
    check_apply(at(-899999000, 100000000), 0, -111.694 * 0.2,
                at(-899999000, -1700000000));
}
END_TEST

START_TEST(at_a_pole_only_the_way_north_counts)
{
    check_apply(at(900000000, 1234), 1300, 0, at(900000000, 1234));
    check_apply(at(-900000000, 1234), -1300, 11.1694, at(-899999000, 1234));
}
END_TEST

START_TEST(near_a_pole_every_point_is_valid)
{
    for (int32_t latitude_e7 = 899999900; latitude_e7 <= 900000000;
         latitude_e7++) {
        struct stepden_point found = stepden_offset_apply(
            at(latitude_e7, 1799999999), (struct stepden_offset){1e5, 1e5});
        ck_assert_int_le(found.latitude_e7, 900000000);
        ck_assert_int_ge(found.longitude_e7, -1800000000);
        ck_assert_int_le(found.longitude_e7, 1800000000);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("tangent_plane");
    TCase *tests = tcase_create("tangent_plane");

    tcase_add_test(tests, longitudes_wrap_at_the_antimeridian);
    tcase_add_test(tests, a_degree_is_as_long_as_the_tables_say);
    tcase_add_test(tests, east_and_north_are_positive);
    tcase_add_test(tests, the_antimeridian_is_crossed_the_short_way);
    tcase_add_test(tests, a_distance_is_straight);
    tcase_add_loop_test(tests, an_offset_leads_back_to_where_it_came_from, 0,
                        6);
    tcase_add_test(tests, the_way_over_a_pole_goes_down_on_the_other_side);
    tcase_add_test(tests, at_a_pole_only_the_way_north_counts);
    tcase_add_test(tests, near_a_pole_every_point_is_valid);
    suite_add_tcase(suite, tests);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
