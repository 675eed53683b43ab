/* What JER may be, and what is refused, member by member. */
#include <stdio.h>

#include "jer_case.h"
#include "json/reader.h"

#define POSITION "denm.management.eventPosition"
#define ELLIPSE                                                                \
    "\"positionConfidenceEllipse\":{\"semiMajorConfidence\":4095,"             \
    "\"semiMinorConfidence\":4095,\"semiMajorOrientation\":3601}"
#define ALTITUDE                                                               \
    "\"altitude\":{\"altitudeValue\":0,\"altitudeConfidence\":\"alt-000-01\"}"
#define CAUSE "{\"ccAndScc\":{\"reserved23\":0}}"
#define SITUATION "\"informationQuality\":1,\"eventType\":" CAUSE

static struct stepden_arena arena;
static struct stepden_diag diag;

static void empty_arena(void)
{
    stepden_arena_free(&arena);
    arena = (struct stepden_arena){0};
}

static void *reads_type(const struct stepden_type *type, const char *text)
{
    void *value;

    diag = (struct stepden_diag){.where = ""};
    ck_assert_msg(read_jer(&value, &arena, type, text, &diag) == STEPDEN_OK,
                  "%s: %s: %s", text, diag.where, diag.reason);
    return value;
}

/* Checks that the text is read, and written as `written`. */
static void reads_as(const char *path, const char *text, const char *written)
{
    const struct stepden_type *type = type_at(path);

    ck_assert_str_eq(jer_of(type, reads_type(type, text)), written);
}

static void reads(const char *path, const char *text)
{
    reads_as(path, text, text);
}

static void refuses_type(const struct stepden_type *type, const char *text,
                         enum stepden_status status, const char *where,
                         const char *reason, size_t offset)
{
    void *value;
    enum stepden_status found;

    diag = (struct stepden_diag){.where = ""};
    found = read_jer(&value, &arena, type, text, &diag);
    ck_assert_msg(found == status, "%s: %s, %s: %s", text,
                  stepden_status_text(found), diag.where, diag.reason);
    ck_assert_str_eq(diag.where, where);
    ck_assert_str_eq(diag.reason, reason);
    ck_assert_uint_eq(diag.offset, offset);
    ck_assert_int_eq(read_jer(&value, &arena, type, text, NULL), status);
}

static void refuses(const char *path, const char *text,
                    enum stepden_status status, const char *where,
                    const char *reason, size_t offset)
{
    refuses_type(type_at(path), text, status, where, reason, offset);
}

START_TEST(members_come_in_any_order)
{
    reads_as(POSITION,
             "{" ALTITUDE ",\"longitude\":2," ELLIPSE ",\"latitude\":1}",
             "{\"latitude\":1,\"longitude\":2," ELLIPSE "," ALTITUDE "}");
}
END_TEST

START_TEST(a_name_with_escapes_is_the_same_name)
{
    reads_as("denm.management.actionId",
             "{\"\\u006friginatingStationId\":7,\"sequenceNumber\":1}",
             "{\"originatingStationId\":7,\"sequenceNumber\":1}");
    refuses("denm.management.actionId", "{\"sequenceNumber\\u0000\":1}",
            STEPDEN_ERR_INVALID, "",
            "found \"sequenceNumber\\u0000\", allowed is a member of ActionId "
            "as \"sequenceNumber\"",
            1);
}
END_TEST

START_TEST(an_unknown_member_is_refused_with_the_nearest)
{
    refuses(POSITION, "{\"lattitude\":1}", STEPDEN_ERR_INVALID, "",
            "found \"lattitude\", allowed is a member of "
            "ReferencePosition as \"latitude\"",
            1);
    refuses("denm.situation", "{\"linkedDenm\":1}", STEPDEN_ERR_INVALID, "",
            "found \"linkedDenm\", allowed is a member of SituationContainer "
            "as \"linkedDenms\"",
            1);
    refuses("denm.situation", "{\"extGroup1\":{}}", STEPDEN_ERR_INVALID, "",
            "found \"extGroup1\", allowed is a member of SituationContainer",
            1);
    refuses("denm.situation", "{\"\":1}", STEPDEN_ERR_INVALID, "",
            "found \"\", allowed is a member of SituationContainer", 1);
}
END_TEST

START_TEST(a_very_long_name_is_unknown_too)
{
    char text[2048] = "{\"\\u0061";

    memset(text + strlen(text), 'a', 1000);
    strcat(text, "\":1}");
    refuses("denm.situation", text, STEPDEN_ERR_INVALID, "",
            "found \"\\u0061aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa..., allowed "
            "is a member of SituationContainer",
            1);
}
END_TEST

START_TEST(a_missing_member_is_named)
{
    refuses("denm.management.actionId", " {\"sequenceNumber\":1}",
            STEPDEN_ERR_INVALID, "originatingStationId", "is missing", 1);
    refuses("denm.management.actionId", "{}", STEPDEN_ERR_INVALID,
            "originatingStationId", "is missing", 0);
}
END_TEST

START_TEST(a_doubled_member_is_refused)
{
    refuses("denm.management.actionId",
            "{\"sequenceNumber\":1,\"sequenceNumber\":1}", STEPDEN_ERR_INVALID,
            "sequenceNumber", "is there a second time", 20);
    refuses("denm.management.actionId",
            "{\"sequenceNumber\":1,\"\\u0073equenceNumber\":1}",
            STEPDEN_ERR_INVALID, "sequenceNumber", "is there a second time",
            20);
    refuses("denm.situation",
            "{\"perceivedEvent\":true,\"informationQuality\":1,"
            "\"perceivedEvent\":true}",
            STEPDEN_ERR_INVALID, "perceivedEvent", "is there a second time",
            46);
}
END_TEST

START_TEST(members_of_groups_stand_in_their_owner)
{
    reads_as("denm.situation",
             "{\"perceivedEvent\":false,\"eventEnd\":3," SITUATION
             ",\"linkedDenms\":[{\"sequenceNumber\":1,"
             "\"originatingStationId\":2}]}",
             "{" SITUATION ",\"linkedDenms\":[{\"originatingStationId\":2,"
             "\"sequenceNumber\":1}],\"eventEnd\":3,\"perceivedEvent\":false}");
}
END_TEST

START_TEST(a_group_without_members_is_not_there)
{
    const struct stepden_type *type = type_at("denm.situation");
    const void *without = reads_type(type, "{" SITUATION "}");
    const void *with =
        reads_type(type, "{" SITUATION ",\"perceivedEvent\":true}");
    unsigned groups = 0;

    for (unsigned i = 0; i < type->count; i++) {
        if (!type->members[i].is_group)
            continue;
        ck_assert_ptr_null(stepden_member_value(&type->members[i], without));
        groups += stepden_member_value(&type->members[i], with) != NULL;
    }
    ck_assert_uint_eq(groups, 1);
}
END_TEST

START_TEST(another_type_than_the_members_is_refused)
{
    refuses("header.stationId", "\"7\"", STEPDEN_ERR_INVALID, "",
            "found \"7\", allowed is an integer", 0);
    refuses("header.stationId", "null", STEPDEN_ERR_INVALID, "",
            "found null, allowed is an integer", 0);
    refuses("denm.situation.perceivedEvent", "1", STEPDEN_ERR_INVALID, "",
            "found 1, allowed is true or false", 0);
    refuses("denm.management.termination", "0", STEPDEN_ERR_INVALID, "",
            "found 0, allowed is an item of Termination", 0);
    refuses("denm.management.actionId", "[]", STEPDEN_ERR_INVALID, "",
            "found an array, allowed is an object", 0);
    refuses("denm.situation.eventType.ccAndScc", "97", STEPDEN_ERR_INVALID, "",
            "found 97, allowed is an object", 0);
    refuses("denm.situation.eventZone", "{}", STEPDEN_ERR_INVALID, "",
            "found an object, allowed is an array of 1..23 elements", 0);
    refuses("denm.alacarte.stationaryVehicle.carryingDangerousGoods"
            ".companyName",
            "{}", STEPDEN_ERR_INVALID, "",
            "found an object, allowed is a string", 0);
    refuses("denm.location.linkedIvims[].serviceProviderId.countryCode", "0",
            STEPDEN_ERR_INVALID, "",
            "found 0, allowed is a string of hexadecimal digits in pairs", 0);
}
END_TEST

START_TEST(a_number_outside_its_range_is_refused)
{
    refuses(POSITION, "{\"latitude\": 900000002}", STEPDEN_ERR_RANGE,
            "latitude", "900000002 is outside -900000000..900000001", 13);
    reads(POSITION ".latitude", "900000001");
    reads(POSITION ".latitude", "-900000000");
    refuses(POSITION ".latitude", "-900000001", STEPDEN_ERR_RANGE, "",
            "-900000001 is outside -900000000..900000001", 0);
}
END_TEST

START_TEST(an_extensible_number_may_be_outside)
{
    static const char path[] =
        "denm.location.detectionZonesToEventPosition[][].pathDeltaTime";

    reads(path, "0");
    reads(path, "65536");
    reads(path, "-9223372036854775808");
    reads(path, "9223372036854775807");
    refuses(path, "9223372036854775808", STEPDEN_ERR_RANGE, "",
            "found 9223372036854775808, allowed is an integer of 64 bits", 0);
    refuses(path, "-9223372036854775809", STEPDEN_ERR_RANGE, "",
            "found -9223372036854775809, allowed is an integer of 64 bits", 0);
}
END_TEST

START_TEST(an_integer_may_be_spelt_otherwise)
{
    reads_as("header.stationId", "1.0", "1");
    reads_as("header.stationId", "12.50e1", "125");
    reads_as("header.stationId", "-0", "0");
    reads_as("header.stationId", "0e999999999999", "0");
}
END_TEST

START_TEST(a_number_that_is_no_integer_is_refused)
{
    refuses("header.stationId", "1.5", STEPDEN_ERR_INVALID, "",
            "found 1.5, allowed is an integer", 0);
    refuses("header.stationId", "1e-1", STEPDEN_ERR_INVALID, "",
            "found 1e-1, allowed is an integer", 0);
    refuses("header.stationId", "1e999999999999", STEPDEN_ERR_RANGE, "",
            "found 1e999999999999, allowed is an integer of 64 bits", 0);
    refuses("header.stationId", "01", STEPDEN_ERR_SYNTAX, "",
            "found '1', expected is the end of the text", 1);
}
END_TEST

START_TEST(an_unknown_item_is_refused_with_the_nearest)
{
    refuses("denm.management", "{\"termination\":\"isCancelation\"}",
            STEPDEN_ERR_INVALID, "termination",
            "found \"isCancelation\", allowed is an item of Termination as "
            "\"isCancellation\"",
            15);
    refuses("denm.management.termination", "\"x\"", STEPDEN_ERR_INVALID, "",
            "found \"x\", allowed is an item of Termination", 0);
    refuses("denm.management.termination", "\"isNegation\\u0000\"",
            STEPDEN_ERR_INVALID, "",
            "found \"isNegation\\u0000\", allowed is an item of Termination as "
            "\"isNegation\"",
            0);
}
END_TEST

START_TEST(an_unknown_alternative_is_refused_with_the_nearest)
{
    refuses("denm.situation.eventType", "{\"ccAndScc\":{\"collisionRisk\":4}}",
            STEPDEN_ERR_INVALID, "ccAndScc",
            "found \"collisionRisk\", allowed is an alternative of "
            "CauseCodeChoice as \"collisionRisk97\"",
            13);
}
END_TEST

START_TEST(a_choice_has_one_alternative)
{
    refuses("denm.situation.eventType", "{\"ccAndScc\":{}}",
            STEPDEN_ERR_INVALID, "ccAndScc", "has no alternative", 12);
    refuses("denm.situation.eventType",
            "{\"ccAndScc\":{\"accident2\":0,\"accident2\":0}}",
            STEPDEN_ERR_INVALID, "ccAndScc", "has a second alternative", 27);
}
END_TEST

START_TEST(a_path_leads_to_the_element)
{
    refuses("",
            "{\"denm\":{\"location\":{\"detectionZonesToEventPosition\":[[],"
            "[{\"pathPosition\":{\"deltaLatitude\":131073",
            STEPDEN_ERR_RANGE,
            "denm.location.detectionZonesToEventPosition[1][0].pathPosition."
            "deltaLatitude",
            "131073 is outside -131071..131072", 91);
    refuses("denm.situation", "{\"eventType\":{\"ccAndScc\":{\"accident2\":256",
            STEPDEN_ERR_RANGE, "eventType.ccAndScc.accident2",
            "256 is outside 0..255", 38);
}
END_TEST

START_TEST(a_list_is_neither_shorter_nor_longer_than_its_size)
{
    static const char path[] = "denm.location.detectionZonesToEventPosition";

    reads(path, "[[],[],[],[],[],[],[]]");
    refuses(path, " []", STEPDEN_ERR_RANGE, "",
            "found 0 elements, allowed is an array of 1..7", 1);
    refuses(path, "[[],[],[],[],[],[],[],[]]", STEPDEN_ERR_RANGE, "",
            "found 8 elements, allowed is an array of 1..7", 0);
}
END_TEST

START_TEST(an_extensible_list_may_be_longer)
{
    static const char path[] = "denm.alacarte.roadWorks.restriction";

    reads(path, "[]");
    reads(path, "[1,2,3,4,5,6,7,8,9]");
}
END_TEST

START_TEST(an_extensible_list_is_no_longer_than_can_be_sent)
{
    static char text[40000] = "[0";

    for (int i = 1; i < 16383; i++)
        memcpy(text + 2 * i, ",0", 2);
    strcpy(text + 2 * 16383, "]");
    reads("denm.alacarte.roadWorks.restriction", text);
    strcpy(text + 2 * 16383, ",0]");
    refuses("denm.alacarte.roadWorks.restriction", text, STEPDEN_ERR_RANGE, "",
            "found 16384 elements, allowed is an array of 0..16383", 0);
}
END_TEST

START_TEST(a_string_has_the_characters_of_its_type)
{
    static const char phone[] =
        "denm.alacarte.stationaryVehicle.carryingDangerousGoods.phoneNumber";
    static const char vds[] =
        "denm.alacarte.stationaryVehicle.vehicleIdentification.vDS";

    reads(phone, "\"0039 02 1234\"");
    refuses(phone, "\"12x\"", STEPDEN_ERR_RANGE, "",
            "character 3 is not one of PhoneNumber", 0);
    refuses(phone, "\"1\\u0000\"", STEPDEN_ERR_RANGE, "",
            "character 2 is not one of PhoneNumber", 0);
    reads(vds, "\"\\u0000\\u001f\\\"\\\\~\x7f\"");
    refuses(vds, "\"abcde\xc3\xa9\"", STEPDEN_ERR_RANGE, "",
            "character 6 is not one of VDS", 0);
}
END_TEST

START_TEST(a_string_has_the_size_of_its_type)
{
    static const char vehicle[] =
        "denm.alacarte.stationaryVehicle.vehicleIdentification";
    static const char action[] =
        "denm.alacarte.stationaryVehicle.carryingDangerousGoods."
        "emergencyActionCode";

    refuses(vehicle, "{\"vDS\":\"abcde\"}", STEPDEN_ERR_RANGE, "vDS",
            "5 characters, outside 6..6", 7);
    refuses(vehicle, "{\"vDS\":\"abcdefg\"}", STEPDEN_ERR_RANGE, "vDS",
            "7 characters, outside 6..6", 7);
    reads(action, "\"abcdefghijklmnopqrstuvwx\"");
    refuses(action, "\"\"", STEPDEN_ERR_RANGE, "",
            "0 characters, outside 1..24", 0);
}
END_TEST

START_TEST(a_utf8_string_counts_characters)
{
    static const char path[] =
        "denm.alacarte.stationaryVehicle.carryingDangerousGoods.companyName";
    char text[200] = "\"";

    for (int i = 0; i < 24; i++)
        strcat(text, "\xf0\x9f\x9a\x97");
    strcat(text, "\"");
    reads(path, text);
    reads_as(path, "\"\\ud83d\\ude97\\u00e9\\u0000\"",
             "\"\xf0\x9f\x9a\x97\xc3\xa9\\u0000\"");
    strcpy(text + strlen(text) - 1, "a\"");
    refuses(path, text, STEPDEN_ERR_RANGE, "", "25 characters, outside 1..24",
            0);
    refuses(path, "\"\xc3\"", STEPDEN_ERR_SYNTAX, "",
            "found byte 0x22, which is not UTF-8 here", 2);
}
END_TEST

START_TEST(a_long_string_may_have_escapes)
{
    const struct stepden_type type = {
        .name = "IA5String", .kind = STEPDEN_KIND_CHARACTERS, .size = 64};
    char text[1024] = "\"\\n";

    memset(text + strlen(text), 'a', 500);
    strcat(text, "\\t\"");
    ck_assert_str_eq(jer_of(&type, reads_type(&type, text)), text);
}
END_TEST

START_TEST(bits_of_fixed_size_are_hexadecimal)
{
    static const char path[] =
        "denm.location.linkedIvims[].serviceProviderId.countryCode";

    reads(path, "\"ffc0\"");
    reads_as(path, "\"FFC0\"", "\"ffc0\"");
    refuses(path, "\"ff\"", STEPDEN_ERR_INVALID, "",
            "1 octets, not the 2 of 10 bits", 0);
    refuses(path, "\"ffc000\"", STEPDEN_ERR_INVALID, "",
            "3 octets, not the 2 of 10 bits", 0);
    refuses(path, "\"ffc\"", STEPDEN_ERR_INVALID, "",
            "found \"ffc\", allowed is a string of hexadecimal digits in pairs",
            0);
    refuses(path, "\"ffg0\"", STEPDEN_ERR_INVALID, "",
            "found \"ffg0\", allowed is a string of hexadecimal digits in "
            "pairs",
            0);
    refuses(path, "\"ffe0\"", STEPDEN_ERR_INVALID, "",
            "bits are set behind the last of 10", 0);
    refuses(path, "{\"value\":\"ffc0\",\"length\":10}", STEPDEN_ERR_INVALID, "",
            "found an object, allowed is a string of hexadecimal digits in "
            "pairs",
            0);
}
END_TEST

START_TEST(bits_of_any_size_have_a_length)
{
    static const char path[] =
        "denm.alacarte.roadWorks.closedLanes.drivingLaneStatus";

    reads(path, "{\"value\":\"fff8\",\"length\":13}");
    reads_as(path, "{\"length\":8,\"value\":\"FF\"}",
             "{\"value\":\"ff\",\"length\":8}");
    refuses(path, "{\"value\":\"fff8\"}", STEPDEN_ERR_INVALID, "",
            "\"length\" is missing", 0);
    refuses(path, "{\"length\":1}", STEPDEN_ERR_INVALID, "",
            "\"value\" is missing", 0);
    refuses(path, "{\"size\":1}", STEPDEN_ERR_INVALID, "",
            "found \"size\", allowed is a known key", 1);
    refuses(path, "{\"length\":8,\"length\":8}", STEPDEN_ERR_INVALID, "",
            "found the key a second time", 12);
    refuses(path, "\"fff8\"", STEPDEN_ERR_INVALID, "",
            "found \"fff8\", allowed is an object", 0);
}
END_TEST

START_TEST(bits_and_their_length_agree)
{
    static const char path[] =
        "denm.alacarte.roadWorks.closedLanes.drivingLaneStatus";

    refuses(path, "{\"value\":\"ff\",\"length\":9}", STEPDEN_ERR_INVALID, "",
            "1 octets, not the 2 of 9 bits", 0);
    refuses(path, "{\"value\":\"ffff\",\"length\":8}", STEPDEN_ERR_INVALID, "",
            "2 octets, not the 1 of 8 bits", 0);
    refuses(path, "{\"value\":\"ff\",\"length\":7}", STEPDEN_ERR_INVALID, "",
            "bits are set behind the last of 7", 0);
    refuses(path, "{\"value\":\"fffc\",\"length\":14}", STEPDEN_ERR_RANGE, "",
            "14 bits, outside 1..13", 0);
    refuses(path, "{\"value\":\"\",\"length\":0}", STEPDEN_ERR_RANGE, "",
            "0 bits, outside 1..13", 0);
    refuses(path, "{\"value\":\"\",\"length\":-1}", STEPDEN_ERR_RANGE, "",
            "found -1, allowed is an integer 0..2147483647", 21);
}
END_TEST

START_TEST(extensible_bits_have_a_length_of_any_size)
{
    const struct stepden_type bits = {
        .name = "BIT STRING",
        .kind = STEPDEN_KIND_BITS,
        .size = 64,
        .length = {.lower = 4,
                   .upper = 4,
                   .has_lower = true,
                   .has_upper = true,
                   .is_extensible = true},
    };

    ck_assert_str_eq(
        jer_of(&bits, reads_type(&bits, "{\"value\":\"f0\",\"length\":4}")),
        "{\"value\":\"f0\",\"length\":4}");
    ck_assert_str_eq(
        jer_of(&bits, reads_type(&bits, "{\"value\":\"ff80\",\"length\":9}")),
        "{\"value\":\"ff80\",\"length\":9}");
}
END_TEST

START_TEST(octets_are_hexadecimal)
{
    const struct stepden_type octets = {
        .name = "OCTET STRING",
        .kind = STEPDEN_KIND_OCTETS,
        .size = 64,
        .length = {.lower = 0,
                   .upper = 2,
                   .has_lower = true,
                   .has_upper = true},
    };

    ck_assert_str_eq(jer_of(&octets, reads_type(&octets, "\"0aFf\"")),
                     "\"0aff\"");
    ck_assert_str_eq(jer_of(&octets, reads_type(&octets, "\"\"")), "\"\"");
    refuses_type(&octets, "\"000000\"", STEPDEN_ERR_RANGE, "",
                 "3 octets, outside 0..2", 0);
    refuses_type(&octets, "\"0\"", STEPDEN_ERR_INVALID, "",
                 "found \"0\", allowed is a string of hexadecimal digits in "
                 "pairs",
                 0);
}
END_TEST

START_TEST(null_is_null)
{
    const struct stepden_type null = {
        .name = "NULL", .kind = STEPDEN_KIND_NULL, .size = 8};

    ck_assert_str_eq(jer_of(&null, reads_type(&null, "null")), "null");
    refuses_type(&null, "0", STEPDEN_ERR_INVALID, "",
                 "found 0, allowed is null", 0);
}
END_TEST

START_TEST(an_absent_member_gets_its_default)
{
    const struct stepden_type *type =
        type_at("denm.location.predictedPaths[].pathPredicted[]");
    const void *value =
        reads_type(type, "{\"deltaLatitude\":1,\"deltaLongitude\":2}");
    unsigned defaults = 0;

    for (unsigned i = 0; i < type->count; i++) {
        const struct stepden_member *member = &type->members[i];
        const void *found = stepden_member_value(member, value);

        if (!member->default_value)
            continue;
        ck_assert(found && stepden_member_is_default(member, found));
        defaults++;
    }
    ck_assert_uint_eq(defaults, 2);
    ck_assert_str_eq(jer_of(type, value),
                     "{\"deltaLatitude\":1,\"deltaLongitude\":2}");
}
END_TEST

START_TEST(a_default_may_be_written)
{
    reads_as("denm.location.predictedPaths[].pathPredicted[]",
             "{\"deltaLatitude\":1,\"deltaAltitude\":12800,"
             "\"deltaLongitude\":2,\"altitudeConfidence\":\"unavailable\"}",
             "{\"deltaLatitude\":1,\"deltaLongitude\":2}");
}
END_TEST

START_TEST(broken_json_is_refused_where_it_breaks)
{
    refuses("denm.management.actionId", "{\"sequenceNumber\":}",
            STEPDEN_ERR_SYNTAX, "sequenceNumber",
            "found '}', expected is a JSON value", 18);
    refuses("denm.management.actionId", "{\"sequenceNumber\" 1}",
            STEPDEN_ERR_SYNTAX, "sequenceNumber", "found '1', expected is ':'",
            18);
    refuses("denm.management.actionId", "{sequenceNumber:1}",
            STEPDEN_ERR_SYNTAX, "", "found 's', expected is a key or '}'", 1);
    refuses("denm.management.actionId", "", STEPDEN_ERR_TRUNCATED, "",
            "the text ends here, expected is a JSON value", 0);
    refuses("header.stationId", "1 2", STEPDEN_ERR_SYNTAX, "",
            "found '2', expected is the end of the text", 2);
}
END_TEST

START_TEST(a_value_that_is_too_deep_is_refused)
{
    char text[2048] = "{\"sequenceNumber\":";

    memset(text + strlen(text), '[', 1000);
    refuses("denm.management.actionId", text, STEPDEN_ERR_RANGE,
            "sequenceNumber", "more than 32 levels deep", 49);
}
END_TEST

START_TEST(a_text_that_is_too_long_is_refused)
{
    size_t size = (size_t)STEPDEN_JSON_SIZE_MAX + 1;
    char *text = malloc(size);
    void *value;

    memset(text, ' ', size);
    ck_assert_int_eq(
        stepden_jer_read(&value, &arena, type_at(""), text, size, &diag),
        STEPDEN_ERR_RANGE);
    free(text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("jer_read");
    TCase *tests = tcase_create("jer_read");

    tcase_add_checked_fixture(tests, NULL, empty_arena);
    tcase_add_test(tests, members_come_in_any_order);
    tcase_add_test(tests, a_name_with_escapes_is_the_same_name);
    tcase_add_test(tests, an_unknown_member_is_refused_with_the_nearest);
    tcase_add_test(tests, a_very_long_name_is_unknown_too);
    tcase_add_test(tests, a_missing_member_is_named);
    tcase_add_test(tests, a_doubled_member_is_refused);
    tcase_add_test(tests, members_of_groups_stand_in_their_owner);
    tcase_add_test(tests, a_group_without_members_is_not_there);
    tcase_add_test(tests, another_type_than_the_members_is_refused);
    tcase_add_test(tests, a_number_outside_its_range_is_refused);
    tcase_add_test(tests, an_extensible_number_may_be_outside);
    tcase_add_test(tests, an_integer_may_be_spelt_otherwise);
    tcase_add_test(tests, a_number_that_is_no_integer_is_refused);
    tcase_add_test(tests, an_unknown_item_is_refused_with_the_nearest);
    tcase_add_test(tests, an_unknown_alternative_is_refused_with_the_nearest);
    tcase_add_test(tests, a_choice_has_one_alternative);
    tcase_add_test(tests, a_path_leads_to_the_element);
    tcase_add_test(tests, a_list_is_neither_shorter_nor_longer_than_its_size);
    tcase_add_test(tests, an_extensible_list_may_be_longer);
    tcase_add_test(tests, an_extensible_list_is_no_longer_than_can_be_sent);
    tcase_add_test(tests, a_string_has_the_characters_of_its_type);
    tcase_add_test(tests, a_string_has_the_size_of_its_type);
    tcase_add_test(tests, a_utf8_string_counts_characters);
    tcase_add_test(tests, a_long_string_may_have_escapes);
    tcase_add_test(tests, bits_of_fixed_size_are_hexadecimal);
    tcase_add_test(tests, bits_of_any_size_have_a_length);
    tcase_add_test(tests, bits_and_their_length_agree);
    tcase_add_test(tests, extensible_bits_have_a_length_of_any_size);
    tcase_add_test(tests, octets_are_hexadecimal);
    tcase_add_test(tests, null_is_null);
    tcase_add_test(tests, an_absent_member_gets_its_default);
    tcase_add_test(tests, a_default_may_be_written);
    tcase_add_test(tests, broken_json_is_refused_where_it_breaks);
    tcase_add_test(tests, a_value_that_is_too_deep_is_refused);
    tcase_add_test(tests, a_text_that_is_too_long_is_refused);
    suite_add_tcase(suite, tests);
    return sample_run(suite);
}
