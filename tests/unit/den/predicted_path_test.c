#include "den/predicted_path.h"

#include <string.h>

#include "bench.h"

static struct stepden_collision_station *station;
static struct stepden_position event;
static struct stepden_predicted_path path;
static int64_t measured_ms;

static void setup(void)
{
    bench_setup();
    station = bench_reference();
    event = station->position;
    measured_ms = 0;
}

static struct stepden_predicted_path_point *
add_point(int32_t latitude_e7, int32_t longitude_e7, uint32_t time_ms)
{
    struct stepden_predicted_path_point *point =
        &station->predicted_path.item[station->predicted_path.count++];
    *point = (struct stepden_predicted_path_point){
        .latitude_e7 = event.latitude_e7 + latitude_e7,
        .longitude_e7 = event.longitude_e7 + longitude_e7,
        .delta_time_ms = time_ms,
    };
    return point;
}

static void fill(void)
{
    stepden_predicted_path_fill(&path, station, &event, measured_ms);
}

static uint32_t time_ds(uint32_t i)
{
    ck_assert_uint_lt(i, path.path_predicted.count);
    ck_assert(path.path_predicted.item[i].has_path_delta_time);
    return path.path_predicted.item[i].path_delta_time_ds;
}

START_TEST(without_a_prediction_the_path_is_empty)
{
    fill();
    ck_assert_uint_eq(path.path_predicted.count, 0);
}
END_TEST

START_TEST(points_chain_from_the_event_onwards)
{
    add_point(-100, 20, 0);
    add_point(-300, -10, 100);
    add_point(-300, -11, 200);
    fill();
    ck_assert_uint_eq(path.path_predicted.count, 3);
    ck_assert_int_eq(path.path_predicted.item[0].delta_latitude, -100);
    ck_assert_int_eq(path.path_predicted.item[0].delta_longitude, 20);
    ck_assert_int_eq(path.path_predicted.item[1].delta_latitude, -200);
    ck_assert_int_eq(path.path_predicted.item[1].delta_longitude, -30);
    ck_assert_int_eq(path.path_predicted.item[2].delta_latitude, 0);
    ck_assert_int_eq(path.path_predicted.item[2].delta_longitude, -1);
}
END_TEST

START_TEST(what_is_not_predicted_is_unavailable)
{
    memset(&path, 0x5a, sizeof path);
    add_point(1, 1, 0);
    fill();
    ck_assert_uint_eq(path.confidence_level, 101);
    ck_assert_uint_eq(path.usage_indication, 0);
    ck_assert(!path.path_predicted.item[0].has_delta_altitude);
}
END_TEST

START_TEST(times_chain_from_the_detection)
{
    measured_ms = -250;
    add_point(1, 0, 1000);
    add_point(2, 0, 1500);
    add_point(3, 0, 1500);
    fill();
    ck_assert_uint_eq(time_ds(0), 8);
    ck_assert_uint_eq(time_ds(1), 5);
    ck_assert_uint_eq(time_ds(2), 0);

    measured_ms = 40;
    fill();
    ck_assert_uint_eq(time_ds(0), 10);
}
END_TEST

START_TEST(rounding_does_not_add_up)
{
    static const uint32_t steps_ds[] = {0, 1, 0, 1, 0, 1, 0, 1, 0, 1};

    for (uint32_t i = 1; i <= 10; i++)
        add_point(0, 0, 49 * i);
    fill();
    for (uint32_t i = 0; i < 10; i++)
        ck_assert_uint_eq(time_ds(i), steps_ds[i]);
}
END_TEST

START_TEST(a_long_time_is_whole_seconds_and_the_next_one_makes_up_for_it)
{
    static const struct {
        uint32_t time_ms;
        uint32_t first_ds;
        uint32_t next_ds; /* a second later */
    } rows[] = {{12600, 126, 10}, {12649, 126, 10}, {12650, 120, 17},
                {13000, 130, 10}, {13900, 130, 19}, {600000, 6000, 10}};

    add_point(1, 0, rows[_i].time_ms);
    add_point(2, 0, rows[_i].time_ms + 1000);
    fill();
    ck_assert_uint_eq(time_ds(0), rows[_i].first_ds);
    ck_assert_uint_eq(time_ds(1), rows[_i].next_ds);
}
END_TEST

START_TEST(points_before_the_detection_are_left_out)
{
    measured_ms = -250;
    add_point(-131072, 0, 100); /* would be too far away */
    add_point(10, 0, 249);
    add_point(20, 0, 250);
    add_point(30, 0, 350);
    fill();
    ck_assert_uint_eq(path.path_predicted.count, 2);
    ck_assert_int_eq(path.path_predicted.item[0].delta_latitude, 20);
    ck_assert_uint_eq(time_ds(0), 0);
    ck_assert_int_eq(path.path_predicted.item[1].delta_latitude, 10);
    ck_assert_uint_eq(time_ds(1), 1);
}
END_TEST

START_TEST(a_point_out_of_range_ends_the_path)
{
    add_point(-131071, 131071, 0);
    add_point(-131071, _i == 0 ? 262143 : -1, 0);
    add_point(-131071, 131071, 0);
    fill();
    ck_assert_uint_eq(path.path_predicted.count, 1);
    ck_assert_int_eq(path.path_predicted.item[0].delta_latitude, -131071);
    ck_assert_int_eq(path.path_predicted.item[0].delta_longitude, 131071);
}
END_TEST

START_TEST(a_time_that_falls_ends_the_path)
{
    add_point(1, 0, 1000);
    add_point(2, 0, 900);
    add_point(3, 0, 1100);
    fill();
    ck_assert_uint_eq(path.path_predicted.count, 1);
}
END_TEST

START_TEST(a_time_of_more_than_a_day_ends_the_path)
{
    measured_ms = 86400000;
    add_point(1, 0, 0);
    add_point(2, 0, 600000);
    fill();
    ck_assert_uint_eq(path.path_predicted.count, 2);
    ck_assert_uint_eq(time_ds(0), 864000);

    measured_ms = 86400050;
    fill();
    ck_assert_uint_eq(path.path_predicted.count, 0);
}
END_TEST

START_TEST(a_path_crosses_the_antimeridian)
{
    event.longitude_e7 = 1799999950;
    add_point(0, 0, 0)->longitude_e7 = -1799999950;
    add_point(0, 0, 0)->longitude_e7 = -1799999900;
    fill();
    ck_assert_uint_eq(path.path_predicted.count, 2);
    ck_assert_int_eq(path.path_predicted.item[0].delta_longitude, 100);
    ck_assert_int_eq(path.path_predicted.item[1].delta_longitude, 50);
}
END_TEST

START_TEST(all_16_points_are_taken)
{
    for (int32_t i = 1; i <= 16; i++)
        add_point(-i, i, 100 * (uint32_t)i);
    fill();
    ck_assert_uint_eq(path.path_predicted.count, 16);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("predicted_path");
    tcase_add_checked_fixture(tests, setup, bench_teardown);
    tcase_add_test(tests, without_a_prediction_the_path_is_empty);
    tcase_add_test(tests, points_chain_from_the_event_onwards);
    tcase_add_test(tests, what_is_not_predicted_is_unavailable);
    tcase_add_test(tests, times_chain_from_the_detection);
    tcase_add_test(tests, rounding_does_not_add_up);
    tcase_add_loop_test(
        tests, a_long_time_is_whole_seconds_and_the_next_one_makes_up_for_it, 0,
        6);
    tcase_add_test(tests, points_before_the_detection_are_left_out);
    tcase_add_loop_test(tests, a_point_out_of_range_ends_the_path, 0, 2);
    tcase_add_test(tests, a_time_that_falls_ends_the_path);
    tcase_add_test(tests, a_time_of_more_than_a_day_ends_the_path);
    tcase_add_test(tests, a_path_crosses_the_antimeridian);
    tcase_add_test(tests, all_16_points_are_taken);
    return bench_run("predicted_path", tests);
}
