#include "den/earth.h"

#include <math.h>

#include "bench.h"

static const struct stepden_point milan = {454642000, 91900000};

START_TEST(longitudes_wrap_at_the_antimeridian)
{
    ck_assert_int_eq(stepden_longitude_wrap(1800000000), 1800000000);
    ck_assert_int_eq(stepden_longitude_wrap(1800000001), -1799999999);
    ck_assert_int_eq(stepden_longitude_wrap(-1800000001), 1799999999);
    ck_assert_int_eq(stepden_longitude_wrap(INT64_C(3600000000)), 0);
    ck_assert_int_eq(stepden_longitude_wrap(-INT64_C(5400000001)), 1799999999);
}
END_TEST

/* The length of a degree at 45.4642 degrees north on the WGS 84 ellipsoid. */
START_TEST(a_degree_is_as_long_as_on_the_ellipsoid)
{
    struct stepden_point north = {milan.latitude_e7 + 100000,
                                  milan.longitude_e7};
    struct stepden_point east = {milan.latitude_e7,
                                 milan.longitude_e7 + 100000};
    ck_assert_double_eq_tol(stepden_point_distance_m(milan, north), 1111.41,
                            0.02);
    ck_assert_double_eq_tol(stepden_point_distance_m(milan, east), 782.08,
                            0.02);
}
END_TEST

START_TEST(the_way_across_the_antimeridian_is_the_short_one)
{
    struct stepden_point west = {0, -1799999000};
    struct stepden_point east = {0, 1799999000};
    struct stepden_offset offset = stepden_point_offset(east, west);
    ck_assert_double_eq_tol(offset.east_m, 22.26, 0.01);
    ck_assert_double_eq_tol(offset.north_m, 0, 1e-9);
}
END_TEST

START_TEST(moving_covers_the_distance_in_the_direction)
{
    for (int heading_ddeg = 0; heading_ddeg < 3600; heading_ddeg += 75) {
        struct stepden_point moved =
            stepden_point_move(milan, 250, heading_ddeg);
        struct stepden_offset offset = stepden_point_offset(milan, moved);
        double heading = heading_ddeg * 3.14159265358979 / 1800;
        ck_assert_double_eq_tol(offset.east_m, 250 * sin(heading), 0.05);
        ck_assert_double_eq_tol(offset.north_m, 250 * cos(heading), 0.05);
    }
}
END_TEST

START_TEST(moving_across_the_antimeridian_changes_the_sign)
{
    struct stepden_point from = {0, 1799999990};
    struct stepden_point moved = stepden_point_move(from, 10, 900);
    ck_assert_int_lt(moved.longitude_e7, -1799999000);
    ck_assert_double_eq_tol(stepden_point_distance_m(from, moved), 10, 0.02);
}
END_TEST

START_TEST(moving_over_a_pole_goes_down_on_the_other_side)
{
    struct stepden_point from = {899999000, 100000000};
    struct stepden_point moved = stepden_point_move(from, 100, 0);
    ck_assert_int_lt(moved.latitude_e7, 900000000);
    ck_assert_int_eq(moved.longitude_e7, 100000000 - 1800000000);

    from = (struct stepden_point){-900000000, 0};
    moved = stepden_point_move(from, 100000, 1800);
    ck_assert_int_gt(moved.latitude_e7, -900000000);
    ck_assert_int_lt(moved.latitude_e7, -890000000);
}
END_TEST

START_TEST(at_a_pole_every_point_is_valid)
{
    struct stepden_point pole = {900000000, 1234};
    for (int heading_ddeg = 0; heading_ddeg < 3600; heading_ddeg += 100) {
        struct stepden_point moved =
            stepden_point_move(pole, 100000, heading_ddeg);
        ck_assert_int_le(moved.latitude_e7, 900000000);
        ck_assert_int_ge(moved.longitude_e7, -1800000000);
        ck_assert_int_le(moved.longitude_e7, 1800000000);
    }
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("earth");
    tcase_add_test(tests, longitudes_wrap_at_the_antimeridian);
    tcase_add_test(tests, a_degree_is_as_long_as_on_the_ellipsoid);
    tcase_add_test(tests, the_way_across_the_antimeridian_is_the_short_one);
    tcase_add_test(tests, moving_covers_the_distance_in_the_direction);
    tcase_add_test(tests, moving_across_the_antimeridian_changes_the_sign);
    tcase_add_test(tests, moving_over_a_pole_goes_down_on_the_other_side);
    tcase_add_test(tests, at_a_pole_every_point_is_valid);
    return bench_run("earth", tests);
}
