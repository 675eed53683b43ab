#include <stdlib.h>

#include "denm/object_wire.h"
#include "sample.h"

static const struct stepden_position origin = {
    .latitude_e7 = 454642000,
    .longitude_e7 = 91900000,
    .has_altitude = true,
    .altitude = {12000, 6},
};

struct converted {
    R2CartesianPosition3dWithConfidence_t wire;
    R2CartesianCoordinateWithConfidence_t z;
};

static void convert(struct converted *converted,
                    const struct stepden_position *position)
{
    stepden_offset_to_wire(&converted->wire, &converted->z, position, &origin);
}

static struct stepden_position moved(int32_t latitude_e7, int32_t longitude_e7)
{
    return (struct stepden_position){
        .latitude_e7 = origin.latitude_e7 + latitude_e7,
        .longitude_e7 = origin.longitude_e7 + longitude_e7,
    };
}

START_TEST(x_is_east_and_y_is_north)
{
    struct stepden_position position = moved(-1000, 1000);
    struct converted found;

    convert(&found, &position);
    ck_assert_int_eq(found.wire.xCoordinate.value, 782);
    ck_assert_int_eq(found.wire.yCoordinate.value, -1111);
    ck_assert_int_eq(found.wire.xCoordinate.confidence, 4096);
    ck_assert_ptr_null(found.wire.zCoordinate);
}
END_TEST

START_TEST(an_offset_beyond_the_type_is_out_of_range)
{
    struct stepden_position north_east = moved(1000000, 1000000);
    struct stepden_position south_west = moved(-1000000, -1000000);
    struct converted found;

    convert(&found, &north_east);
    ck_assert_int_eq(found.wire.xCoordinate.value, 131071);
    ck_assert_int_eq(found.wire.yCoordinate.value, 131071);
    convert(&found, &south_west);
    ck_assert_int_eq(found.wire.xCoordinate.value, -131072);
    ck_assert_int_eq(found.wire.yCoordinate.value, -131072);
}
END_TEST

START_TEST(the_confidence_is_that_of_the_box_around_the_ellipse)
{
    static const struct {
        uint16_t major, minor, orientation;
        long east, north;
    } cases[] = {
        {300, 100, 0, 100, 300},      {300, 100, 900, 300, 100},
        {300, 100, 1800, 100, 300},   {300, 100, 450, 224, 224},
        {200, 200, 777, 200, 200},    {1, 1, 450, 1, 1},
        {4093, 4093, 0, 4093, 4093},  {4094, 1, 0, 4095, 4095},
        {100, 4094, 900, 4095, 4095},
    };
    struct stepden_position position = moved(0, 0);
    struct converted found;

    position.has_position_confidence = true;
    position.position_confidence = (struct stepden_position_confidence){
        cases[_i].major, cases[_i].minor, cases[_i].orientation};
    convert(&found, &position);
    ck_assert_int_eq(found.wire.xCoordinate.confidence, cases[_i].east);
    ck_assert_int_eq(found.wire.yCoordinate.confidence, cases[_i].north);
}
END_TEST

START_TEST(z_is_there_if_both_heights_are_known)
{
    struct stepden_position position = moved(0, 0);
    struct stepden_position flat = origin;
    struct converted found;

    position.has_altitude = true;
    position.altitude = (struct stepden_altitude){11900, 5};
    convert(&found, &position);
    ck_assert_ptr_eq(found.wire.zCoordinate, &found.z);
    ck_assert_int_eq(found.z.value, -100);
    ck_assert_int_eq(found.z.confidence, 50);

    flat.has_altitude = false;
    stepden_offset_to_wire(&found.wire, &found.z, &position, &flat);
    ck_assert_ptr_null(found.wire.zCoordinate);
}
END_TEST

START_TEST(a_height_confidence_is_in_centimetres)
{
    static const long expected[] = {1,    2,    5,    10,   20,   50,
                                    100,  200,  500,  1000, 2000, 4095,
                                    4095, 4095, 4095, 4096};
    struct stepden_position position = moved(0, 0);
    struct converted found;

    position.has_altitude = true;
    position.altitude = (struct stepden_altitude){12000, (uint8_t)_i};
    convert(&found, &position);
    ck_assert_int_eq(found.z.confidence, expected[_i]);

    struct stepden_position back;
    stepden_offset_from_wire(&back, &found.wire, &origin);
    ck_assert_int_eq(back.altitude.confidence, expected[_i] == 4095 ? 14 : _i);
}
END_TEST

START_TEST(a_position_comes_back_to_a_centimetre)
{
    static const int32_t steps[] = {-90000, -1234, -1, 0, 1, 567, 90000};

    for (int i = 0; i < 7; i++)
        for (int j = 0; j < 7; j++) {
            struct stepden_position position = moved(steps[i], steps[j]);
            struct stepden_position back;
            struct converted found;

            convert(&found, &position);
            stepden_offset_from_wire(&back, &found.wire, &origin);
            ck_assert_int_le(abs(back.latitude_e7 - position.latitude_e7), 1);
            ck_assert_int_le(abs(back.longitude_e7 - position.longitude_e7), 1);
        }
}
END_TEST

START_TEST(an_ellipse_comes_back_along_the_axes)
{
    struct stepden_position position = moved(0, 0);
    struct stepden_position back;
    struct converted found;

    position.has_position_confidence = true;
    position.position_confidence =
        (struct stepden_position_confidence){300, 100, 900};
    convert(&found, &position);
    stepden_offset_from_wire(&back, &found.wire, &origin);
    ck_assert(back.has_position_confidence);
    ck_assert_mem_eq(&back.position_confidence, &position.position_confidence,
                     sizeof position.position_confidence);

    position.has_position_confidence = false;
    convert(&found, &position);
    stepden_offset_from_wire(&back, &found.wire, &origin);
    ck_assert(!back.has_position_confidence);
}
END_TEST

START_TEST(a_height_far_from_the_event_is_out_of_range_and_stays_in_range)
{
    struct stepden_position position = moved(0, 0);
    struct stepden_position back;
    struct converted found;

    position.has_altitude = true;
    position.altitude = (struct stepden_altitude){800000, 15};
    convert(&found, &position);
    ck_assert_int_eq(found.z.value, 131071);

    struct stepden_position high = origin;
    high.altitude.value_cm = 800000;
    stepden_offset_from_wire(&back, &found.wire, &high);
    ck_assert_int_eq(back.altitude.value_cm, 800000);
    found.z.value = -131072;
    high.altitude.value_cm = -100000;
    stepden_offset_from_wire(&back, &found.wire, &high);
    ck_assert_int_eq(back.altitude.value_cm, -100000);
}
END_TEST

START_TEST(around_an_unknown_event_position_there_is_no_other)
{
    struct stepden_position unknown = {.latitude_e7 = 900000001,
                                       .longitude_e7 = 1800000001};
    struct stepden_position position = moved(100, 100);
    struct stepden_position back;
    struct converted found;

    convert(&found, &position);
    stepden_offset_from_wire(&back, &found.wire, &unknown);
    ck_assert_int_eq(back.latitude_e7, 900000001);
    ck_assert_int_eq(back.longitude_e7, 1800000001);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("object_offset");
    TCase *tests = tcase_create("object_offset");

    tcase_add_test(tests, x_is_east_and_y_is_north);
    tcase_add_test(tests, an_offset_beyond_the_type_is_out_of_range);
    tcase_add_loop_test(
        tests, the_confidence_is_that_of_the_box_around_the_ellipse, 0, 9);
    tcase_add_test(tests, z_is_there_if_both_heights_are_known);
    tcase_add_loop_test(tests, a_height_confidence_is_in_centimetres, 0, 16);
    tcase_add_test(tests, a_position_comes_back_to_a_centimetre);
    tcase_add_test(tests, an_ellipse_comes_back_along_the_axes);
    tcase_add_test(
        tests, a_height_far_from_the_event_is_out_of_range_and_stays_in_range);
    tcase_add_test(tests, around_an_unknown_event_position_there_is_no_other);
    suite_add_tcase(suite, tests);
    return sample_run(suite);
}
