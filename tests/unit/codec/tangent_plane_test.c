#include "codec/tangent_plane.h"

#include <stdlib.h>

#include "sample.h"

static struct stepden_position at(int32_t latitude_e7, int32_t longitude_e7)
{
    return (struct stepden_position){.latitude_e7 = latitude_e7,
                                     .longitude_e7 = longitude_e7};
}

static void check_offset(struct stepden_position from,
                         struct stepden_position to, int32_t east_cm,
                         int32_t north_cm)
{
    struct stepden_offset offset = stepden_offset_from(&from, &to);

    ck_assert_int_eq(offset.east_cm, east_cm);
    ck_assert_int_eq(offset.north_cm, north_cm);
}

/*
 * The length of a degree of latitude and of longitude, from the tables of the
 * WGS 84 ellipsoid: 110574 and 111320 m at the equator, 111132 and 78847 m at
 * 45 degrees, 111412 and 55800 m at 60; here a thousandth of them.
 */
START_TEST(a_degree_is_as_long_as_the_tables_say)
{
    check_offset(at(0, 0), at(10000, 10000), 11132, 11057);
    check_offset(at(450000000, 0), at(450010000, 10000), 7885, 11113);
    check_offset(at(600000000, 0), at(600010000, 10000), 5580, 11141);
    check_offset(at(-450000000, 0), at(-450010000, 10000), 7885, -11113);
}
END_TEST

START_TEST(east_and_north_are_positive)
{
    struct stepden_position origin = at(454642000, 91900000);

    check_offset(origin, at(454643000, 91901000), 782, 1111);
    check_offset(origin, at(454643000, 91899000), -782, 1111);
    check_offset(origin, at(454641000, 91901000), 782, -1111);
    check_offset(origin, at(454641000, 91899000), -782, -1111);
    check_offset(origin, origin, 0, 0);
}
END_TEST

START_TEST(the_date_line_is_crossed_the_short_way)
{
    check_offset(at(0, 1799999000), at(0, -1799999000), 2226, 0);
    check_offset(at(0, -1799999000), at(0, 1799999000), -2226, 0);
    check_offset(at(0, 1800000000), at(0, -1800000000), 0, 0);
}
END_TEST

START_TEST(an_offset_across_the_date_line_leads_to_the_other_side)
{
    struct stepden_position origin = at(0, 1799999000);
    struct stepden_position position = at(1, 1);

    stepden_offset_apply(&position, &origin, (struct stepden_offset){2226, 0});
    ck_assert_int_le(abs(position.longitude_e7 + 1799999000), 1);
    ck_assert_int_eq(position.latitude_e7, 0);
}
END_TEST

START_TEST(an_offset_leads_back_to_where_it_came_from)
{
    static const int32_t latitudes[] = {-899000000, -600000000, -1,
                                        0,          454642000,  700000000};
    struct stepden_position origin = at(latitudes[_i], 91900000);

    for (int32_t east = -130000; east <= 130000; east += 13000)
        for (int32_t north = -130000; north <= 130000; north += 13000) {
            struct stepden_offset offset = {east, north};
            struct stepden_position position = at(0, 0);
            stepden_offset_apply(&position, &origin, offset);
            struct stepden_offset found =
                stepden_offset_from(&origin, &position);
            ck_assert_int_le(abs(found.east_cm - east), 1);
            ck_assert_int_le(abs(found.north_cm - north), 1);
        }
}
END_TEST

START_TEST(at_a_pole_the_longitude_stays)
{
    struct stepden_position origin = at(900000000, 91900000);
    struct stepden_position position = at(0, 0);

    stepden_offset_apply(&position, &origin,
                         (struct stepden_offset){130000, 130000});
    ck_assert_int_eq(position.latitude_e7, 900000000);
    ck_assert_int_eq(position.longitude_e7, 91900000);
}
END_TEST

START_TEST(the_other_end_of_the_world_has_an_offset)
{
    struct stepden_position origin = at(0, 0);
    struct stepden_position far = at(900000000, 1800000000);
    struct stepden_offset offset = stepden_offset_from(&origin, &far);

    ck_assert_int_gt(offset.east_cm, 2000000000);
    ck_assert_int_gt(offset.north_cm, 990000000);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("tangent_plane");
    TCase *tests = tcase_create("tangent_plane");

    tcase_add_test(tests, a_degree_is_as_long_as_the_tables_say);
    tcase_add_test(tests, east_and_north_are_positive);
    tcase_add_test(tests, the_date_line_is_crossed_the_short_way);
    tcase_add_test(tests,
                   an_offset_across_the_date_line_leads_to_the_other_side);
    tcase_add_loop_test(tests, an_offset_leads_back_to_where_it_came_from, 0,
                        6);
    tcase_add_test(tests, at_a_pole_the_longitude_stays);
    tcase_add_test(tests, the_other_end_of_the_world_has_an_offset);
    suite_add_tcase(suite, tests);
    return sample_run(suite);
}
