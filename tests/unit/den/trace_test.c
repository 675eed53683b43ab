#include "den/trace.h"

#include "bench.h"

static struct stepden_collision_station *station;
static struct stepden_position event;
static struct stepden_trace trace;

static void setup(void)
{
    bench_setup();
    station = bench_reference();
    event = station->position;
}

static struct stepden_path_history_point *add_point(int32_t latitude_e7,
                                                    int32_t longitude_e7)
{
    struct stepden_path_history_point *point =
        &station->path_history.item[station->path_history.count++];
    *point = (struct stepden_path_history_point){
        .latitude_e7 = event.latitude_e7 + latitude_e7,
        .longitude_e7 = event.longitude_e7 + longitude_e7,
    };
    return point;
}

static void fill(void)
{
    stepden_trace_fill(&trace, station, &event);
}

START_TEST(without_a_history_the_trace_is_empty)
{
    fill();
    ck_assert_uint_eq(trace.count, 0);
}
END_TEST

START_TEST(points_chain_from_the_event_backwards)
{
    add_point(-100, 20);
    add_point(-300, -10);
    add_point(-300, -11);
    fill();
    ck_assert_uint_eq(trace.count, 3);
    ck_assert_int_eq(trace.item[0].delta_latitude, -100);
    ck_assert_int_eq(trace.item[0].delta_longitude, 20);
    ck_assert_int_eq(trace.item[1].delta_latitude, -200);
    ck_assert_int_eq(trace.item[1].delta_longitude, -30);
    ck_assert_int_eq(trace.item[2].delta_latitude, 0);
    ck_assert_int_eq(trace.item[2].delta_longitude, -1);
}
END_TEST

START_TEST(times_are_those_of_the_history)
{
    struct stepden_path_history_point *point = add_point(-100, 0);
    point->has_delta_time = true;
    point->delta_time_cs = 25;
    add_point(-200, 0);
    fill();
    ck_assert(trace.item[0].has_delta_time);
    ck_assert_uint_eq(trace.item[0].delta_time_cs, 25);
    ck_assert(!trace.item[1].has_delta_time);
}
END_TEST

START_TEST(a_point_out_of_range_ends_the_trace)
{
    add_point(-131071, 131071);
    add_point(-131071, 262143);
    add_point(-131071, 131071);
    fill();
    ck_assert_uint_eq(trace.count, 1);
    ck_assert_int_eq(trace.item[0].delta_latitude, -131071);
    ck_assert_int_eq(trace.item[0].delta_longitude, 131071);
}
END_TEST

START_TEST(an_altitude_needs_that_of_the_point_before)
{
    struct stepden_path_history_point *point = add_point(-100, 0);
    point->has_altitude = true;
    point->altitude.value_cm = 1000;
    point = add_point(-200, 0);
    point->has_altitude = true;
    point->altitude.value_cm = 900;
    add_point(-300, 0);
    fill();
    ck_assert(!trace.item[0].has_delta_altitude);
    ck_assert(trace.item[1].has_delta_altitude);
    ck_assert_int_eq(trace.item[1].delta_altitude_cm, -100);
    ck_assert(!trace.item[2].has_delta_altitude);

    event.has_altitude = true;
    event.altitude.value_cm = 1030;
    fill();
    ck_assert_int_eq(trace.item[0].delta_altitude_cm, -30);
}
END_TEST

START_TEST(an_altitude_far_above_is_that_much_or_more_and_far_below_unknown)
{
    static const struct {
        int32_t altitude_cm;
        bool known;
        int16_t delta_cm;
    } rows[] = {{12799, true, 12799},
                {50000, true, 12799},
                {-12700, true, -12700},
                {-12701, false, 0}};
    struct stepden_path_history_point *point = add_point(-100, 0);
    event.has_altitude = point->has_altitude = true;
    point->altitude.value_cm = rows[_i].altitude_cm;
    fill();
    ck_assert_int_eq(trace.item[0].has_delta_altitude, rows[_i].known);
    ck_assert_int_eq(trace.item[0].delta_altitude_cm, rows[_i].delta_cm);
}
END_TEST

START_TEST(a_trace_crosses_the_antimeridian)
{
    event.longitude_e7 = -1799999950;
    add_point(0, 0)->longitude_e7 = 1799999950;
    add_point(0, 0)->longitude_e7 = 1799999900;
    fill();
    ck_assert_uint_eq(trace.count, 2);
    ck_assert_int_eq(trace.item[0].delta_longitude, -100);
    ck_assert_int_eq(trace.item[1].delta_longitude, -50);
}
END_TEST

START_TEST(all_40_points_are_taken)
{
    for (int32_t i = 1; i <= 40; i++)
        add_point(-i, i);
    fill();
    ck_assert_uint_eq(trace.count, 40);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("trace");
    tcase_add_checked_fixture(tests, setup, bench_teardown);
    tcase_add_test(tests, without_a_history_the_trace_is_empty);
    tcase_add_test(tests, points_chain_from_the_event_backwards);
    tcase_add_test(tests, times_are_those_of_the_history);
    tcase_add_test(tests, a_point_out_of_range_ends_the_trace);
    tcase_add_test(tests, an_altitude_needs_that_of_the_point_before);
    tcase_add_loop_test(
        tests, an_altitude_far_above_is_that_much_or_more_and_far_below_unknown,
        0, 4);
    tcase_add_test(tests, a_trace_crosses_the_antimeridian);
    tcase_add_test(tests, all_40_points_are_taken);
    return bench_run("trace", tests);
}
