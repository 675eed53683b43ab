/* Objects and arrays of JER: what they may be, and what is refused. */
#include <stepden/json/reader.h>

#include "jer_rules.h"

#define POSITION "denm.management.eventPosition"
#define ELLIPSE                                                                \
    "\"positionConfidenceEllipse\":{\"semiMajorConfidence\":4095,"             \
    "\"semiMinorConfidence\":4095,\"semiMajorOrientation\":3601}"
#define ALTITUDE                                                               \
    "\"altitude\":{\"altitudeValue\":0,\"altitudeConfidence\":\"alt-000-01\"}"
#define CAUSE "{\"ccAndScc\":{\"reserved23\":0}}"
#define SITUATION "\"informationQuality\":1,\"eventType\":" CAUSE

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

/* [[ a INTEGER, b INTEGER DEFAULT 5 ]]: no DENM has such a group. */
struct group {
    long a;
    long *b;
};

static const long five = 5;
static const struct stepden_type integer = {
    .name = "INTEGER", .kind = STEPDEN_KIND_INTEGER, .size = sizeof(long)};
static const struct stepden_member group_members[] = {
    {.name = "a", .type = &integer, .offset = offsetof(struct group, a)},
    {.name = "b",
     .type = &integer,
     .offset = offsetof(struct group, b),
     .is_pointer = true,
     .is_optional = true,
     .default_value = &five}};
static const struct stepden_type group = {.name = "group",
                                          .kind = STEPDEN_KIND_SEQUENCE,
                                          .size = sizeof(struct group),
                                          .count = 2,
                                          .members = group_members};
static const struct stepden_member owner_members[] = {{.name = "extGroup1",
                                                       .type = &group,
                                                       .is_pointer = true,
                                                       .is_optional = true,
                                                       .is_addition = true,
                                                       .is_group = true}};
static const struct stepden_type owner = {.name = "Owner",
                                          .kind = STEPDEN_KIND_SEQUENCE,
                                          .size = sizeof(struct group *),
                                          .count = 1,
                                          .members = owner_members};

START_TEST(a_group_that_is_there_lacks_nothing_but_what_is_optional)
{
    struct group *const *made = reads_type(&owner, "{}");

    ck_assert_ptr_null(*made);
    made = reads_type(&owner, "{\"a\":1}");
    ck_assert_int_eq((*made)->a, 1);
    ck_assert_int_eq(*(*made)->b, 5);
    ck_assert_str_eq(jer_of(&owner, made), "{\"a\":1}");
    refuses_type(&owner, "{\"b\":1}", STEPDEN_ERR_INVALID, "a", "is missing",
                 0);
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
    refuses(
        "denm.management.actionId", "{sequenceNumber:1}", STEPDEN_ERR_SYNTAX,
        "",
        "found 's', expected is a key or '}'; a key stands in double quotes",
        1);
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

RUN_RULES("jer_read", members_come_in_any_order,
          a_name_with_escapes_is_the_same_name,
          an_unknown_member_is_refused_with_the_nearest,
          a_very_long_name_is_unknown_too, a_missing_member_is_named,
          a_doubled_member_is_refused, members_of_groups_stand_in_their_owner,
          a_group_without_members_is_not_there,
          a_group_that_is_there_lacks_nothing_but_what_is_optional,
          another_type_than_the_members_is_refused,
          an_unknown_alternative_is_refused_with_the_nearest,
          a_choice_has_one_alternative, a_path_leads_to_the_element,
          a_list_is_neither_shorter_nor_longer_than_its_size,
          an_extensible_list_may_be_longer,
          an_extensible_list_is_no_longer_than_can_be_sent,
          an_absent_member_gets_its_default, a_default_may_be_written,
          broken_json_is_refused_where_it_breaks,
          a_value_that_is_too_deep_is_refused,
          a_text_that_is_too_long_is_refused)
