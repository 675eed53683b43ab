/* The list of all fields, against the modules. */
#include <stdio.h>
#include <string.h>

#include <stepden/codec.h>

#include "sample.h"

/* What is listed of the field at `path`; the texts are copies. */
struct listed {
    const char *path;
    unsigned times;
    char type[64];
    char kind[32];
    char range[64];
    bool is_optional;
    bool is_addition;
    size_t name_count;
    char first_name[64];
    int64_t last_number;
};

static void take(void *ctx, const struct stepden_field_type *field)
{
    struct listed *listed = ctx;

    if (strcmp(field->path, listed->path) != 0)
        return;
    listed->times++;
    snprintf(listed->type, sizeof listed->type, "%s", field->type);
    snprintf(listed->kind, sizeof listed->kind, "%s", field->kind);
    snprintf(listed->range, sizeof listed->range, "%s", field->range);
    listed->is_optional = field->is_optional;
    listed->is_addition = field->is_addition;
    listed->name_count = field->name_count;
    if (field->name_count > 0) {
        snprintf(listed->first_name, sizeof listed->first_name, "%s",
                 field->names[0]);
        listed->last_number = field->numbers[field->name_count - 1];
    }
}

static struct listed list(enum stepden_release release, const char *path)
{
    struct listed listed = {.path = path};
    struct stepden_field_type_sink sink = {.take = take, .ctx = &listed};

    stepden_fields(release, &sink);
    ck_assert_msg(listed.times == 1, "%s: %u times", path, listed.times);
    return listed;
}

START_TEST(a_number_has_its_range)
{
    struct listed listed =
        list(STEPDEN_RELEASE_R2, "denm.management.eventPosition.latitude");

    ck_assert_str_eq(listed.type, "Latitude");
    ck_assert_str_eq(listed.kind, "INTEGER");
    ck_assert_str_eq(listed.range, "-900000000..900000001");
    ck_assert(!listed.is_optional);
    ck_assert(!listed.is_addition);
}
END_TEST

START_TEST(an_extensible_range_shows_it)
{
    ck_assert_str_eq(
        list(STEPDEN_RELEASE_R1, "denm.location.traces[][].pathDeltaTime")
            .range,
        "1..65535, ...");
}
END_TEST

START_TEST(a_list_has_a_number_of_elements)
{
    struct listed listed = list(STEPDEN_RELEASE_R1, "denm.location.traces");

    ck_assert_str_eq(listed.kind, "SEQUENCE OF");
    ck_assert_str_eq(listed.range, "1..7 elements");
    ck_assert_str_eq(
        list(STEPDEN_RELEASE_R1, "denm.situation.eventHistory").range,
        "1..23 elements");
}
END_TEST

START_TEST(an_element_is_a_field_of_its_own)
{
    struct listed listed = list(STEPDEN_RELEASE_R1, "denm.location.traces[]");

    ck_assert_str_eq(listed.type, "PathHistory");
    ck_assert_str_eq(listed.range, "0..40 elements");
}
END_TEST

START_TEST(an_enumerated_has_its_items)
{
    struct listed listed =
        list(STEPDEN_RELEASE_R1, "denm.management.termination");

    ck_assert_str_eq(listed.kind, "ENUMERATED");
    ck_assert(listed.is_optional);
    ck_assert_uint_eq(listed.name_count, 2);
    ck_assert_str_eq(listed.first_name, "isCancellation");
    ck_assert_int_eq(listed.last_number, 1);
}
END_TEST

START_TEST(members_of_a_group_are_additions_of_its_owner)
{
    struct listed listed =
        list(STEPDEN_RELEASE_R2, "denm.situation.linkedDenms");

    ck_assert(listed.is_optional);
    ck_assert(listed.is_addition);
}
END_TEST

START_TEST(what_is_within_an_addition_is_one)
{
    struct listed listed = list(
        STEPDEN_RELEASE_R2,
        "denm.alacarte.preCrash.perceivedPreCrashObject.measurementDeltaTime");

    ck_assert(!listed.is_optional);
    ck_assert(listed.is_addition);
}
END_TEST

START_TEST(a_string_counts_its_characters)
{
    ck_assert_str_eq(list(STEPDEN_RELEASE_R1,
                          "denm.alacarte.stationaryVehicle."
                          "carryingDangerousGoods.companyName")
                         .kind,
                     "UTF8String");
    ck_assert_str_eq(list(STEPDEN_RELEASE_R1, "denm.alacarte.stationaryVehicle."
                                              "vehicleIdentification.wMInumber")
                         .range,
                     "1..3 characters");
}
END_TEST

/* Fields of the other release are not among them. */
START_TEST(every_release_has_its_own)
{
    struct listed listed = {.path = "header.stationID"};
    struct stepden_field_type_sink sink = {.take = take, .ctx = &listed};

    stepden_fields(STEPDEN_RELEASE_R1, &sink);
    ck_assert_uint_eq(listed.times, 1);
    stepden_fields(STEPDEN_RELEASE_R2, &sink);
    ck_assert_uint_eq(listed.times, 1);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("codec/fields");
    TCase *tests = tcase_create("fields");

    tcase_add_test(tests, a_number_has_its_range);
    tcase_add_test(tests, an_extensible_range_shows_it);
    tcase_add_test(tests, a_list_has_a_number_of_elements);
    tcase_add_test(tests, an_element_is_a_field_of_its_own);
    tcase_add_test(tests, an_enumerated_has_its_items);
    tcase_add_test(tests, members_of_a_group_are_additions_of_its_owner);
    tcase_add_test(tests, what_is_within_an_addition_is_one);
    tcase_add_test(tests, a_string_counts_its_characters);
    tcase_add_test(tests, every_release_has_its_own);
    suite_add_tcase(suite, tests);

    return sample_run(suite);
}
