#include "denm/object_wire.h"
#include "sample.h"

static struct stepden_perceived_object heading(uint16_t value_ddeg)
{
    return (struct stepden_perceived_object){
        .has_speed = true,
        .speed = {420, 30},
        .has_heading = true,
        .heading = {value_ddeg, 20},
    };
}

START_TEST(a_direction_counts_from_east_counter_clockwise)
{
    static const struct {
        uint16_t heading;
        long angle;
    } cases[] = {{0, 900},     {900, 0},     {1800, 2700}, {2700, 1800},
                 {3599, 901},  {899, 1},     {901, 3599},  {3600, 900},
                 {1350, 3150}, {2250, 2250}, {3150, 1350}, {450, 450}};
    struct stepden_perceived_object object = heading(cases[_i].heading);
    R2Velocity3dWithConfidence_t wire = stepden_velocity_to_wire(&object);

    ck_assert_int_eq(wire.present, R2Velocity3dWithConfidence_PR_polarVelocity);
    ck_assert_int_eq(wire.choice.polarVelocity.velocityDirection.value,
                     cases[_i].angle);
}
END_TEST

START_TEST(every_heading_comes_back)
{
    for (uint16_t value = 0; value < 3600; value++) {
        struct stepden_perceived_object object = heading(value);
        struct stepden_perceived_object found = {.has_speed = false};
        R2Velocity3dWithConfidence_t wire = stepden_velocity_to_wire(&object);

        stepden_velocity_from_wire(&found, &wire);
        ck_assert(found.has_speed && found.has_heading);
        ck_assert_uint_eq(found.heading.value_ddeg, value);
        ck_assert_uint_eq(found.heading.confidence_ddeg, 20);
        ck_assert_uint_eq(found.speed.value_cm_s, 420);
    }
}
END_TEST

START_TEST(what_is_unknown_is_unavailable)
{
    struct stepden_perceived_object object = heading(100);
    object.has_heading = false;
    R2VelocityPolarWithZ_t slow =
        stepden_velocity_to_wire(&object).choice.polarVelocity;
    object = heading(100);
    object.has_speed = false;
    R2VelocityPolarWithZ_t turned =
        stepden_velocity_to_wire(&object).choice.polarVelocity;

    ck_assert_int_eq(slow.velocityDirection.value, 3601);
    ck_assert_int_eq(slow.velocityDirection.confidence, 127);
    ck_assert_int_eq(slow.velocityMagnitude.speedValue, 420);
    ck_assert_int_eq(turned.velocityMagnitude.speedValue, 16383);
    ck_assert_int_eq(turned.velocityMagnitude.speedConfidence, 127);
    ck_assert_int_eq(turned.velocityDirection.value, 800);
}
END_TEST

START_TEST(what_is_unavailable_is_unknown)
{
    struct stepden_perceived_object object = heading(100);
    object.has_heading = object.has_speed = false;
    R2Velocity3dWithConfidence_t wire = stepden_velocity_to_wire(&object);
    struct stepden_perceived_object found = {.has_speed = false};

    stepden_velocity_from_wire(&found, &wire);
    ck_assert(!found.has_speed && !found.has_heading);
}
END_TEST

static struct stepden_perceived_object cartesian(long east, long north)
{
    R2Velocity3dWithConfidence_t wire = {
        .present = R2Velocity3dWithConfidence_PR_cartesianVelocity,
    };
    struct stepden_perceived_object object = {.has_speed = false};

    wire.choice.cartesianVelocity.xVelocity.value = east;
    wire.choice.cartesianVelocity.xVelocity.confidence = 5;
    wire.choice.cartesianVelocity.yVelocity.value = north;
    wire.choice.cartesianVelocity.yVelocity.confidence = 5;
    stepden_velocity_from_wire(&object, &wire);
    return object;
}

START_TEST(a_cartesian_velocity_has_a_speed_and_a_heading)
{
    static const struct {
        long east, north;
        uint16_t speed, heading;
    } cases[] = {{0, 100, 100, 0},          {100, 0, 100, 900},
                 {0, -100, 100, 1800},      {-100, 0, 100, 2700},
                 {300, 400, 500, 369},      {-300, -400, 500, 2169},
                 {16382, 16382, 16382, 450}};
    struct stepden_perceived_object object =
        cartesian(cases[_i].east, cases[_i].north);

    ck_assert(object.has_speed && object.has_heading);
    ck_assert_uint_eq(object.speed.value_cm_s, cases[_i].speed);
    ck_assert_uint_eq(object.heading.value_ddeg, cases[_i].heading);
}
END_TEST

START_TEST(an_object_that_stands_has_no_heading)
{
    struct stepden_perceived_object object = cartesian(0, 0);

    ck_assert(object.has_speed && !object.has_heading);
}
END_TEST

START_TEST(half_a_cartesian_velocity_says_nothing)
{
    struct stepden_perceived_object object = cartesian(100, 16383);

    ck_assert(!object.has_speed && !object.has_heading);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("object_velocity");
    TCase *tests = tcase_create("object_velocity");

    tcase_add_loop_test(tests, a_direction_counts_from_east_counter_clockwise,
                        0, 12);
    tcase_add_test(tests, every_heading_comes_back);
    tcase_add_test(tests, what_is_unknown_is_unavailable);
    tcase_add_test(tests, what_is_unavailable_is_unknown);
    tcase_add_loop_test(tests, a_cartesian_velocity_has_a_speed_and_a_heading,
                        0, 7);
    tcase_add_test(tests, an_object_that_stands_has_no_heading);
    tcase_add_test(tests, half_a_cartesian_velocity_says_nothing);
    suite_add_tcase(suite, tests);
    return sample_run(suite);
}
