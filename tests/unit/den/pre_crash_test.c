#include "den/pre_crash.h"

#include "bench.h"

static struct stepden_collision_station *target;
static struct stepden_management_container management;

static void setup(void)
{
    bench_setup();
    bench_reference();
    target = bench_target(2002, 1900);
    management = (struct stepden_management_container){
        .detection_time_its_ms = bench.now.its_ms,
        .event_position = {.latitude_e7 = 12, .longitude_e7 = -34},
    };
}

static struct stepden_pre_crash_container pre_crash(void)
{
    struct stepden_prediction prediction = {
        .reference = &bench.array.stations.item[0],
        .target = target,
        .creation_its_ms = bench.now.its_ms,
    };
    return stepden_pre_crash_of(&bench.config.denm, &prediction, &management);
}

START_TEST(says_who_when_and_where)
{
    struct stepden_pre_crash_container made = pre_crash();
    ck_assert_uint_eq(made.station_id_involved, 2002);
    ck_assert_uint_eq(made.time_to_collision_ms, 1900);
    ck_assert_int_eq(made.estimated_collision_latitude_e7, 12);
    ck_assert_int_eq(made.estimated_collision_longitude_e7, -34);
    ck_assert_int_eq(made.perceived_object.position.latitude_e7,
                     target->position.latitude_e7);
}
END_TEST

START_TEST(the_time_to_collision_counts_from_the_detection)
{
    management.detection_time_its_ms -= 300;
    ck_assert_uint_eq(pre_crash().time_to_collision_ms, 2200);
    management.detection_time_its_ms += 3000;
    ck_assert_uint_eq(pre_crash().time_to_collision_ms, 0);
}
END_TEST

START_TEST(the_measurement_counts_from_the_detection_within_its_range)
{
    static const struct {
        int64_t after_ms;
        int16_t delta_ms;
    } rows[] = {{0, 0},         {-80, -80},     {2047, 2047},   {2048, 2047},
                {-2048, -2048}, {-2049, -2048}, {-99999, -2048}};
    ck_assert_int_eq(pre_crash().perceived_object.measurement_delta_time_ms, 0);
    target->has_measurement_time = true;
    target->measurement_time_its_ms = bench.now.its_ms + rows[_i].after_ms;
    ck_assert_int_eq(pre_crash().perceived_object.measurement_delta_time_ms,
                     rows[_i].delta_ms);
}
END_TEST

START_TEST(the_station_itself_has_no_object_id)
{
    ck_assert(!pre_crash().perceived_object.has_object_id);
    target->object_id = 17;
    ck_assert(pre_crash().perceived_object.has_object_id);
    ck_assert_uint_eq(pre_crash().perceived_object.object_id, 17);
}
END_TEST

START_TEST(dimensions_are_length_width_and_height)
{
    target->has_length = target->has_width = true;
    target->length_dm = 1023;
    target->width_dm = 18;
    struct stepden_perceived_object object = pre_crash().perceived_object;
    ck_assert(object.has_object_dimension_x);
    ck_assert_uint_eq(object.object_dimension_x.value_dm, 1023);
    ck_assert_uint_eq(object.object_dimension_x.confidence_dm, 32);
    ck_assert(object.has_object_dimension_y);
    ck_assert_uint_eq(object.object_dimension_y.value_dm, 18);
    ck_assert(!object.has_object_dimension_z);
    target->has_height = true;
    target->height_dm = 15;
    ck_assert_uint_eq(pre_crash().perceived_object.object_dimension_z.value_dm,
                      15);
}
END_TEST

START_TEST(movement_and_perception_are_the_targets)
{
    struct stepden_perceived_object object = pre_crash().perceived_object;
    ck_assert(!object.has_speed && !object.has_heading);
    ck_assert(!object.has_object_perception_quality);

    target->has_speed = target->has_heading = true;
    target->has_perception_quality = true;
    target->speed.value_cm_s = 420;
    target->heading.value_ddeg = 3600;
    target->perception_quality = 11;
    object = pre_crash().perceived_object;
    ck_assert_uint_eq(object.speed.value_cm_s, 420);
    ck_assert_uint_eq(object.heading.value_ddeg, 0);
    ck_assert_uint_eq(object.object_perception_quality, 11);
}
END_TEST

START_TEST(only_vehicles_have_an_impact_section)
{
    static const bool is_vehicle[16] = {
        [3] = true, [4] = true, [5] = true,  [6] = true,  [7] = true,
        [8] = true, [9] = true, [10] = true, [11] = true, [14] = true};
    target->has_impact_section = true;
    target->impact_section = STEPDEN_IMPACT_SECTION_BACK;
    target->station_type = (uint8_t)_i;
    ck_assert_int_eq(pre_crash().has_impact_section, is_vehicle[_i]);
    ck_assert_uint_eq(pre_crash().impact_section, STEPDEN_IMPACT_SECTION_BACK);
}
END_TEST

START_TEST(the_braking_distance_is_passed_on)
{
    ck_assert(!pre_crash().has_estimated_braking_distance);
    target->has_estimated_braking_distance = true;
    target->estimated_braking_distance_dm = 0;
    ck_assert(pre_crash().has_estimated_braking_distance);
    ck_assert_uint_eq(pre_crash().estimated_braking_distance_dm, 0);
}
END_TEST

START_TEST(two_wheelers_count_as_vulnerable_as_configured)
{
    target->station_type = STEPDEN_STATION_TYPE_MOTORCYCLE;
    ck_assert(pre_crash().perceived_object.has_classification);
    ck_assert(!pre_crash().perceived_object.classification.vru);
    bench.config.denm.vru_includes_ptw = true;
    ck_assert(pre_crash().perceived_object.classification.vru);
    ck_assert_uint_eq(pre_crash().perceived_object.classification.station_type,
                      STEPDEN_STATION_TYPE_MOTORCYCLE);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("pre_crash");
    tcase_add_checked_fixture(tests, setup, bench_teardown);
    tcase_add_test(tests, says_who_when_and_where);
    tcase_add_test(tests, the_time_to_collision_counts_from_the_detection);
    tcase_add_loop_test(
        tests, the_measurement_counts_from_the_detection_within_its_range, 0,
        7);
    tcase_add_test(tests, the_station_itself_has_no_object_id);
    tcase_add_test(tests, dimensions_are_length_width_and_height);
    tcase_add_test(tests, movement_and_perception_are_the_targets);
    tcase_add_loop_test(tests, only_vehicles_have_an_impact_section, 0, 16);
    tcase_add_test(tests, the_braking_distance_is_passed_on);
    tcase_add_test(tests, two_wheelers_count_as_vulnerable_as_configured);
    return bench_run("pre_crash", tests);
}
