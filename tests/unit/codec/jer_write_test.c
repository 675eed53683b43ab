/* What is only met in trees that were decoded, and what does not fit. */
#include <R2DENM.h>

#include "jer_case.h"

static struct stepden_arena arena;

static void empty_arena(void)
{
    stepden_arena_free(&arena);
    arena = (struct stepden_arena){0};
}

static void *read_text(const struct stepden_type *type, const char *text)
{
    struct stepden_diag diag = {.where = ""};
    void *value;

    ck_assert_msg(read_jer(&value, &arena, type, text, &diag) == STEPDEN_OK,
                  "%s: %s", diag.where, diag.reason);
    return value;
}

static void check_is_refused(const struct stepden_type *type, const char *text)
{
    void *value;

    ck_assert_int_eq(read_jer(&value, &arena, type, text, NULL),
                     STEPDEN_ERR_INVALID);
}

START_TEST(an_unknown_item_is_a_number_and_is_not_read)
{
    const struct stepden_type *type = type_at("denm.location.roadType");
    const long first = -1, third = -3;

    ck_assert_str_eq(jer_of(type, &first), "0");
    ck_assert_str_eq(jer_of(type, &third), "2");
    check_is_refused(type, "0");
}
END_TEST

START_TEST(an_unknown_alternative_is_an_empty_object_and_is_not_read)
{
    const struct stepden_type *type = type_at("denm.location.linkedMapems[]");
    const R2MapReference_t unknown = {.present = R2MapReference_PR_NOTHING};

    ck_assert_str_eq(jer_of(type, &unknown), "{}");
    check_is_refused(type, "{}");
}
END_TEST

START_TEST(strings_that_have_no_octets_are_empty)
{
    const struct stepden_type *text = type_at(
        "denm.alacarte.stationaryVehicle.carryingDangerousGoods.companyName");
    const struct stepden_type *bits =
        type_at("denm.alacarte.roadWorks.closedLanes.drivingLaneStatus");
    const OCTET_STRING_t no_text = {.size = 0};
    const BIT_STRING_t no_bits = {.size = 0};

    ck_assert_str_eq(jer_of(text, &no_text), "\"\"");
    ck_assert_str_eq(jer_of(bits, &no_bits), "{\"value\":\"\",\"length\":0}");
}
END_TEST

START_TEST(an_empty_group_is_not_seen)
{
    const struct stepden_type *type = type_at("denm.situation");
    const char *text = "{\"informationQuality\":1,\"eventType\":{\"ccAndScc\":"
                       "{\"accident2\":0}}}";
    R2SituationContainer_t *situation = read_text(type, text);

    situation->extGroup1 =
        stepden_arena_take(&arena, sizeof *situation->extGroup1);
    ck_assert_str_eq(jer_of(type, situation), text);
}
END_TEST

START_TEST(an_integer_has_64_bits)
{
    const struct stepden_type *type = type_at("denm.management.detectionTime");

    ck_assert_str_eq(jer_of(type, read_text(type, "4398046511103")),
                     "4398046511103");
}
END_TEST

/* At every size the writer stays within, and is full but for the last. */
START_TEST(what_does_not_fit_makes_the_writer_full)
{
    const struct stepden_type *type = type_at("denm.management.actionId");
    const char *text = "{\"originatingStationId\":7,\"sequenceNumber\":1}";
    const void *value = read_text(type, text);
    size_t length = strlen(text);
    char buffer[128];

    for (size_t size = 0; size <= length; size++) {
        struct stepden_json_writer writer = {.at = buffer,
                                             .end = buffer + size};

        memset(buffer, '#', sizeof buffer);
        stepden_jer_write(&writer, type, value);
        ck_assert_int_eq(writer.full, size < length);
        ck_assert_int_eq(buffer[size], '#');
    }
    ck_assert_mem_eq(buffer, text, length);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("jer_write");
    TCase *tests = tcase_create("jer_write");

    tcase_add_checked_fixture(tests, NULL, empty_arena);
    tcase_add_test(tests, an_unknown_item_is_a_number_and_is_not_read);
    tcase_add_test(tests,
                   an_unknown_alternative_is_an_empty_object_and_is_not_read);
    tcase_add_test(tests, strings_that_have_no_octets_are_empty);
    tcase_add_test(tests, an_empty_group_is_not_seen);
    tcase_add_test(tests, an_integer_has_64_bits);
    tcase_add_test(tests, what_does_not_fit_makes_the_writer_full);
    suite_add_tcase(suite, tests);
    return sample_run(suite);
}
