#include "denm/object_wire.h"
#include "sample.h"

#define VRU(profile) R2VruProfileAndSubprofile_PR_##profile

struct expectation {
    uint8_t station_type;
    R2VruProfileAndSubprofile_PR profile; /* if it counts as a VRU */
    long sub_profile;
    R2ObjectClass_PR class; /* if it does not */
    long sub_class;
    uint8_t decoded; /* what the latter leads back to */
};

#define VEHICLE R2ObjectClass_PR_vehicleSubClass
#define OTHER R2ObjectClass_PR_otherSubClass

static const struct expectation expectations[] = {
    {0, 0, 0, OTHER, 0, 0},
    {1, VRU(pedestrian), 0, OTHER, 0, 0},
    {2, VRU(bicyclistAndLightVruVehicle), 1, OTHER, 0, 0},
    {3, VRU(motorcyclist), 1, VEHICLE, 0, 0},
    {4, VRU(motorcyclist), 2, VEHICLE, 0, 0},
    {5, 0, 0, VEHICLE, 5, 5},
    {6, 0, 0, VEHICLE, 6, 6},
    {7, 0, 0, VEHICLE, 7, 7},
    {8, 0, 0, VEHICLE, 8, 8},
    {9, 0, 0, VEHICLE, 9, 9},
    {10, 0, 0, VEHICLE, 10, 10},
    {11, 0, 0, VEHICLE, 11, 11},
    {12, VRU(bicyclistAndLightVruVehicle), 0, OTHER, 0, 0},
    {13, VRU(animal), 0, OTHER, 0, 0},
    {14, 0, 0, VEHICLE, 14, 14},
    {15, 0, 0, OTHER, 0, 0},
    {16, 0, 0, OTHER, 0, 0},
    {255, 0, 0, OTHER, 0, 0},
};

START_TEST(a_vru_has_the_profile_of_its_station_type)
{
    const struct expectation *expected = &expectations[_i];
    struct stepden_classification classification = {expected->station_type,
                                                    true};
    R2ObjectClass_t wire = stepden_class_to_wire(&classification);

    if (!expected->profile)
        return;
    ck_assert_int_eq(wire.present, R2ObjectClass_PR_vruSubClass);
    ck_assert_int_eq(wire.choice.vruSubClass.present, expected->profile);
    ck_assert_int_eq(wire.choice.vruSubClass.choice.pedestrian,
                     expected->sub_profile);
}
END_TEST

START_TEST(what_is_no_vru_is_a_vehicle_or_something_else)
{
    const struct expectation *expected = &expectations[_i];
    struct stepden_classification classification = {expected->station_type,
                                                    false};
    R2ObjectClass_t wire = stepden_class_to_wire(&classification);

    ck_assert_int_eq(wire.present, expected->class);
    ck_assert_int_eq(wire.choice.vehicleSubClass, expected->sub_class);
}
END_TEST

START_TEST(a_station_type_without_a_profile_is_no_vru)
{
    const struct expectation *expected = &expectations[_i];
    struct stepden_classification classification = {expected->station_type,
                                                    true};

    if (!expected->profile)
        ck_assert_int_eq(stepden_class_to_wire(&classification).present,
                         expected->class);
}
END_TEST

START_TEST(every_station_type_comes_back_as_far_as_its_class_tells)
{
    const struct expectation *expected = &expectations[_i];

    for (int vru = 0; vru < 2; vru++) {
        struct stepden_denm_data denm = sample_full();
        struct stepden_classification *classification =
            &denm.pre_crash_container.perceived_object.classification;
        bool stays = vru && expected->profile;

        classification->station_type = expected->station_type;
        classification->vru = vru;
        struct encoded encoded = sample_encode(&denm, STEPDEN_RELEASE_R2);
        denm = sample_decode(&encoded);
        ck_assert_uint_eq(classification->station_type,
                          stays ? expected->station_type : expected->decoded);
        ck_assert(classification->vru == stays);
    }
}
END_TEST

static void check_vru(R2VruProfileAndSubprofile_PR profile, long sub_profile,
                      uint8_t station_type)
{
    struct stepden_classification classification;
    R2ObjectClass_t wire = {
        .present = R2ObjectClass_PR_vruSubClass,
        .choice = {.vruSubClass = {.present = profile,
                                   .choice = {.pedestrian = sub_profile}}},
    };

    ck_assert(stepden_class_from_wire(&classification, &wire));
    ck_assert_uint_eq(classification.station_type, station_type);
    ck_assert(classification.vru);
}

START_TEST(profiles_that_we_do_not_send_have_the_nearest_station_type)
{
    check_vru(VRU(pedestrian), 3, STEPDEN_STATION_TYPE_PEDESTRIAN);
    check_vru(VRU(bicyclistAndLightVruVehicle), 5,
              STEPDEN_STATION_TYPE_LIGHT_VRU_VEHICLE);
    check_vru(VRU(bicyclistAndLightVruVehicle), 7,
              STEPDEN_STATION_TYPE_CYCLIST);
    check_vru(VRU(bicyclistAndLightVruVehicle), 15,
              STEPDEN_STATION_TYPE_LIGHT_VRU_VEHICLE);
    check_vru(VRU(motorcyclist), 0, STEPDEN_STATION_TYPE_MOTORCYCLE);
    check_vru(VRU(motorcyclist), 4, STEPDEN_STATION_TYPE_MOTORCYCLE);
    check_vru(VRU(animal), 2, STEPDEN_STATION_TYPE_ANIMAL);
    check_vru(VRU(NOTHING), 0, STEPDEN_STATION_TYPE_UNKNOWN);
}
END_TEST

START_TEST(a_group_has_no_station_type)
{
    struct stepden_classification classification;
    R2ObjectClass_t group = {.present = R2ObjectClass_PR_groupSubClass};
    R2ObjectClass_t unknown = {.present = R2ObjectClass_PR_NOTHING};

    ck_assert(!stepden_class_from_wire(&classification, &group));
    ck_assert(!stepden_class_from_wire(&classification, &unknown));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("object_class");
    TCase *tests = tcase_create("object_class");
    int count = sizeof expectations / sizeof expectations[0];

    tcase_add_loop_test(tests, a_vru_has_the_profile_of_its_station_type, 0,
                        count);
    tcase_add_loop_test(tests, what_is_no_vru_is_a_vehicle_or_something_else, 0,
                        count);
    tcase_add_loop_test(tests, a_station_type_without_a_profile_is_no_vru, 0,
                        count);
    tcase_add_loop_test(tests,
                        every_station_type_comes_back_as_far_as_its_class_tells,
                        0, count);
    tcase_add_test(tests,
                   profiles_that_we_do_not_send_have_the_nearest_station_type);
    tcase_add_test(tests, a_group_has_no_station_type);
    suite_add_tcase(suite, tests);
    return sample_run(suite);
}
