#include "den/sub_cause.h"

#include <math.h>
#include <string.h>

#include "bench.h"
#include "den/station_kinds.h"

static struct stepden_collision_station reference, target;

/* Two cars, the target 50 m ahead of the reference, which goes north. */
static void setup(void)
{
    bench_setup();
    bench_reference();
    reference = *bench_reference();
    target = *bench_target(2, 1000);
    reference.has_heading = target.has_heading = true;
    reference.has_speed = target.has_speed = true;
    reference.speed.value_cm_s = target.speed.value_cm_s = 1000;
    target.position.latitude_e7 += 4500;
}

static void place_target(int bearing_ddeg)
{
    double bearing = bearing_ddeg * 3.14159265358979 / 1800;
    target.position = reference.position;
    target.position.latitude_e7 += (int32_t)lround(4500 * cos(bearing));
    target.position.longitude_e7 +=
        (int32_t)lround(4500 * sin(bearing) / cos(0.7935));
}

static struct stepden_ruling choose(void)
{
    return stepden_sub_cause_choose(&bench.config.denm, &reference, &target);
}

static void expect(uint8_t sub_cause, enum stepden_den_rule rule)
{
    struct stepden_ruling choice = choose();
    ck_assert_uint_eq(choice.sub_cause, sub_cause);
    ck_assert_uint_eq(choice.rule, rule);
}

/*
 * Of the first four letters each stands for a kind: p pedestrian, c cyclist or
 * light VRU vehicle, a animal, w powered two-wheeler, - another.
 */
static char kind_of(uint8_t station_type)
{
    static const char kinds[] = "-pcww-------ca--";
    return kinds[station_type];
}

static uint8_t expected_by_kinds(char one, char other, bool with_ptw)
{
    bool is_r2 = bench.config.denm.release == STEPDEN_RELEASE_R2;
    if (is_r2 && (one == 'p' || other == 'p'))
        return 5;
    if (is_r2 && (one == 'c' || other == 'c'))
        return 6;
    if (strchr("pca", one) || strchr("pca", other))
        return 4;
    return with_ptw && (one == 'w' || other == 'w') ? 4 : 0;
}

/* By the angle between the headings, the target ahead. */
static uint8_t expected_by_angle(int angle_deg)
{
    int between = angle_deg > 180 ? 360 - angle_deg : angle_deg;
    return between <= 30 || between >= 150 ? 1 : 2;
}

static const struct {
    enum stepden_release release;
    bool with_ptw;
} columns[] = {
    {STEPDEN_RELEASE_R1, false},    {STEPDEN_RELEASE_R1, true},
    {STEPDEN_RELEASE_R1_R2, false}, {STEPDEN_RELEASE_R1_R2, true},
    {STEPDEN_RELEASE_R2, false},    {STEPDEN_RELEASE_R2, true},
};

START_TEST(every_pair_of_station_types_at_every_angle_has_its_sub_cause)
{
    bench.config.denm.release = columns[_i].release;
    bench.config.denm.vru_includes_ptw = columns[_i].with_ptw;
    for (uint8_t one = 0; one < 16; one++) {
        for (uint8_t other = 0; other < 16; other++) {
            for (int angle_deg = 0; angle_deg < 360; angle_deg += 30) {
                reference.station_type = one;
                target.station_type = other;
                target.heading.value_ddeg = (uint16_t)(angle_deg * 10);
                uint8_t by_kinds = expected_by_kinds(
                    kind_of(one), kind_of(other), columns[_i].with_ptw);
                if (by_kinds != 0)
                    expect(by_kinds, STEPDEN_DEN_RULE_KINDS);
                else
                    expect(expected_by_angle(angle_deg),
                           STEPDEN_DEN_RULE_HEADINGS);
            }
        }
    }
}
END_TEST

START_TEST(headings_are_compared_across_north)
{
    reference.heading.value_ddeg = 3590;
    target.heading.value_ddeg = 10;
    expect(1, STEPDEN_DEN_RULE_HEADINGS);
    ck_assert(choose().same_way);
    target.heading.value_ddeg = 3600;
    expect(1, STEPDEN_DEN_RULE_HEADINGS);
}
END_TEST

START_TEST(parallel_to_30_degrees_and_head_on_from_150)
{
    static const struct {
        uint16_t ddeg;
        uint8_t sub_cause;
        bool same_way;
    } rows[] = {
        {300, 1, true},   {301, 2, false},  {1499, 2, false},
        {1500, 1, false}, {1800, 1, false}, {2100, 1, false},
        {2101, 2, false}, {3299, 2, false}, {3300, 1, true},
    };
    target.heading.value_ddeg = rows[_i].ddeg;
    expect(rows[_i].sub_cause, STEPDEN_DEN_RULE_HEADINGS);
    ck_assert_int_eq(choose().same_way, rows[_i].same_way);
}
END_TEST

START_TEST(parallel_movement_with_the_target_abeam_is_lateral)
{
    static const struct {
        int bearing_ddeg;
        uint8_t sub_cause;
    } rows[] = {{0, 1},    {440, 1},  {450, 3},  {900, 3},
                {1350, 3}, {1360, 1}, {1800, 1}, {2700, 3}};
    place_target(rows[_i].bearing_ddeg);
    expect(rows[_i].sub_cause, STEPDEN_DEN_RULE_HEADINGS);
}
END_TEST

START_TEST(the_bearing_is_off_the_bow_of_the_reference)
{
    reference.heading.value_ddeg = target.heading.value_ddeg = 900;
    expect(3, STEPDEN_DEN_RULE_HEADINGS);
    place_target(900);
    expect(1, STEPDEN_DEN_RULE_HEADINGS);
}
END_TEST

START_TEST(parallel_movement_that_hits_a_side_is_lateral)
{
    target.has_impact_section = true;
    target.impact_section = (uint8_t)_i;
    bool is_side =
        _i != STEPDEN_IMPACT_SECTION_FRONT && _i != STEPDEN_IMPACT_SECTION_BACK;
    expect(is_side ? 3 : 1, STEPDEN_DEN_RULE_HEADINGS);
}
END_TEST

START_TEST(a_target_where_the_reference_is_lies_ahead)
{
    target.position = reference.position;
    reference.heading.value_ddeg = target.heading.value_ddeg = 900;
    expect(1, STEPDEN_DEN_RULE_HEADINGS);
}
END_TEST

START_TEST(below_the_threshold_a_party_does_not_move)
{
    target.heading.value_ddeg = 900;
    target.speed.value_cm_s = 100;
    expect(2, STEPDEN_DEN_RULE_HEADINGS);
    target.speed.value_cm_s = 99;
    expect(0, STEPDEN_DEN_RULE_OTHERWISE);
    bench.config.denm.sub_cause.moving_min_cm_s = 99;
    expect(2, STEPDEN_DEN_RULE_HEADINGS);
}
END_TEST

/* Sides are crossings, front and back longitudinal if the target is ahead. */
START_TEST(without_movement_the_impact_decides)
{
    target.speed.value_cm_s = 0;
    target.has_impact_section = true;
    target.impact_section = STEPDEN_IMPACT_SECTION_SIDE_RIGHT_BACK;
    expect(2, STEPDEN_DEN_RULE_IMPACT);
    target.impact_section = STEPDEN_IMPACT_SECTION_BACK;
    expect(1, STEPDEN_DEN_RULE_IMPACT);
    target.impact_section = STEPDEN_IMPACT_SECTION_FRONT;
    place_target(295);
    expect(1, STEPDEN_DEN_RULE_IMPACT);
    place_target(310);
    expect(0, STEPDEN_DEN_RULE_OTHERWISE);
}
END_TEST

START_TEST(without_the_reference_heading_front_and_back_tell_nothing)
{
    reference.has_heading = false;
    target.has_impact_section = true;
    target.impact_section = STEPDEN_IMPACT_SECTION_BACK;
    expect(0, STEPDEN_DEN_RULE_OTHERWISE);
    target.impact_section = STEPDEN_IMPACT_SECTION_SIDE_LEFT_FRONT;
    expect(2, STEPDEN_DEN_RULE_IMPACT);
}
END_TEST

START_TEST(undetermined_is_a_motor_vehicle_in_release_2_only)
{
    reference.has_speed = false;
    expect(0, STEPDEN_DEN_RULE_OTHERWISE);
    bench.config.denm.release = STEPDEN_RELEASE_R2;
    expect(7, STEPDEN_DEN_RULE_OTHERWISE);
    reference.station_type = STEPDEN_STATION_TYPE_UNKNOWN;
    expect(7, STEPDEN_DEN_RULE_OTHERWISE);
    target.station_type = STEPDEN_STATION_TYPE_ROAD_SIDE_UNIT;
    expect(0, STEPDEN_DEN_RULE_OTHERWISE);
}
END_TEST

START_TEST(a_type_without_a_name_is_no_road_user)
{
    ck_assert(!stepden_is_vru(200, true));
    ck_assert(!stepden_is_motor_vehicle(200));
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("sub_cause");
    tcase_add_checked_fixture(tests, setup, bench_teardown);
    tcase_add_loop_test(
        tests, every_pair_of_station_types_at_every_angle_has_its_sub_cause, 0,
        6);
    tcase_add_test(tests, headings_are_compared_across_north);
    tcase_add_loop_test(tests, parallel_to_30_degrees_and_head_on_from_150, 0,
                        9);
    tcase_add_loop_test(
        tests, parallel_movement_with_the_target_abeam_is_lateral, 0, 8);
    tcase_add_test(tests, the_bearing_is_off_the_bow_of_the_reference);
    tcase_add_loop_test(tests, parallel_movement_that_hits_a_side_is_lateral, 0,
                        6);
    tcase_add_test(tests, a_target_where_the_reference_is_lies_ahead);
    tcase_add_test(tests, below_the_threshold_a_party_does_not_move);
    tcase_add_test(tests, without_movement_the_impact_decides);
    tcase_add_test(tests,
                   without_the_reference_heading_front_and_back_tell_nothing);
    tcase_add_test(tests, undetermined_is_a_motor_vehicle_in_release_2_only);
    tcase_add_test(tests, a_type_without_a_name_is_no_road_user);
    return bench_run("sub_cause", tests);
}
