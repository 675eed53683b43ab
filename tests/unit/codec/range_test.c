#include "codec/range.h"

#include <R2CauseCodeV2.h>
#include <R2ObjectClassDescription.h>
#include <R2ObjectClassWithConfidence.h>
#include <R2Path.h>
#include <R2PathPoint.h>
#include <R2RestrictedTypes.h>
#include <R2StationId.h>
#include <R2TimestampIts.h>
#include <R2TrafficRule.h>

#include "codec/descriptors.h"
#include "codec/integer64.h"
#include "sample.h"

static void check_refused(asn_TYPE_descriptor_t *type, const void *value,
                          const char *path, const char *reason)
{
    struct stepden_diag diag;

    ck_assert_int_eq(stepden_range_check(type, value, &diag),
                     STEPDEN_ERR_RANGE);
    ck_assert_str_eq(diag.where, path);
    ck_assert_str_eq(diag.reason, reason);
}

static void check_accepted(asn_TYPE_descriptor_t *type, const void *value)
{
    ck_assert_int_eq(stepden_range_check(type, value, NULL), STEPDEN_OK);
}

START_TEST(a_station_id_is_an_unsigned_number_of_32_bits)
{
    R2StationId_t id = 4294967295ul;

    check_accepted(&asn_DEF_R2StationId, &id);
    id++;
    check_refused(&asn_DEF_R2StationId, &id, "",
                  "4294967296 is outside 0..4294967295");
}
END_TEST

START_TEST(a_number_of_more_than_64_bits_is_out_of_range)
{
    uint8_t octets[] = {1, 0, 0, 0, 0, 0, 0, 0, 0};
    R2TimestampIts_t time = {.buf = octets, .size = sizeof octets};

    check_refused(&asn_DEF_R2TimestampIts, &time, "",
                  "not a number of 64 bits");
}
END_TEST

START_TEST(the_chosen_alternative_is_checked)
{
    R2CauseCodeV2_t cause = {
        .ccAndScc = {.present = R2CauseCodeChoice_PR_collisionRisk97,
                     .choice = {.collisionRisk97 = 256}}};

    check_refused(&asn_DEF_R2CauseCodeV2, &cause, "ccAndScc.collisionRisk97",
                  "256 is outside 0..255");
    cause.ccAndScc.choice.collisionRisk97 = 255;
    check_accepted(&asn_DEF_R2CauseCodeV2, &cause);
}
END_TEST

START_TEST(an_unknown_alternative_passes)
{
    R2CauseCodeV2_t cause = {.ccAndScc = {.present = 0}};

    check_accepted(&asn_DEF_R2CauseCodeV2, &cause);
    cause.ccAndScc.present = (R2CauseCodeChoice_PR)1000;
    check_accepted(&asn_DEF_R2CauseCodeV2, &cause);
}
END_TEST

START_TEST(an_unknown_value_of_an_extensible_enumeration_passes)
{
    R2TrafficRule_t rule = 17;

    check_accepted(&asn_DEF_R2TrafficRule, &rule);
}
END_TEST

START_TEST(elements_are_checked_and_numbered)
{
    R2PathPoint_t point = {.pathPosition = {.deltaLatitude = 131073}};
    R2PathPoint_t fine = {.pathPosition = {.deltaLatitude = 0}};
    R2PathPoint_t *points[] = {&fine, &point};
    R2Path_t path = {.list = {.array = points, .count = 2}};

    check_refused(&asn_DEF_R2Path, &path, "[1].pathPosition.deltaLatitude",
                  "131073 is outside -131071..131072");
}
END_TEST

START_TEST(a_list_longer_than_its_extensible_size_passes)
{
    R2StationType_t types[5] = {0, 1, 2, 3, 255};
    R2StationType_t *types_at[] = {&types[0], &types[1], &types[2], &types[3],
                                   &types[4]};
    R2RestrictedTypes_t list = {.list = {.array = types_at, .count = 5}};

    check_accepted(&asn_DEF_R2RestrictedTypes, &list);
    types[4] = 256;
    check_refused(&asn_DEF_R2RestrictedTypes, &list, "[4]",
                  "256 is outside 0..255");
}
END_TEST

START_TEST(a_member_may_have_a_narrower_range_than_its_type)
{
    R2ObjectClassWithConfidence_t class = {
        .objectClass = {.present = R2ObjectClass_PR_vehicleSubClass,
                        .choice = {.vehicleSubClass = 15}},
        .confidence = 101};

    check_refused(&asn_DEF_R2ObjectClassWithConfidence, &class,
                  "objectClass.vehicleSubClass", "15 is outside 0..14");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("range");
    TCase *tests = tcase_create("range");

    tcase_add_checked_fixture(tests, stepden_descriptors_complete, NULL);
    tcase_add_test(tests, a_station_id_is_an_unsigned_number_of_32_bits);
    tcase_add_test(tests, a_number_of_more_than_64_bits_is_out_of_range);
    tcase_add_test(tests, the_chosen_alternative_is_checked);
    tcase_add_test(tests, an_unknown_alternative_passes);
    tcase_add_test(tests, an_unknown_value_of_an_extensible_enumeration_passes);
    tcase_add_test(tests, elements_are_checked_and_numbered);
    tcase_add_test(tests, a_list_longer_than_its_extensible_size_passes);
    tcase_add_test(tests, a_member_may_have_a_narrower_range_than_its_type);
    suite_add_tcase(suite, tests);
    return sample_run(suite);
}
