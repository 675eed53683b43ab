/* What a walk over a message tells, and in which order. */
#include <stdio.h>
#include <string.h>

#include <stepden/codec.h>

#include "sample.h"

#define HEADER                                                                 \
    "{\"header\":{\"protocolVersion\":2,\"messageId\":1,\"stationId\":4711},"  \
    "\"denm\":{\"management\":{\"actionId\":{\"originatingStationId\":4711,"   \
    "\"sequenceNumber\":7},\"detectionTime\":1,\"referenceTime\":2,"           \
    "\"eventPosition\":{\"latitude\":454642000,\"longitude\":91903000,"        \
    "\"positionConfidenceEllipse\":{\"semiMajorConfidence\":4095,"             \
    "\"semiMinorConfidence\":4095,\"semiMajorOrientation\":3601},"             \
    "\"altitude\":{\"altitudeValue\":800001,"                                  \
    "\"altitudeConfidence\":\"unavailable\"}}"

#define COLLISION_RISK                                                         \
    ",\"stationType\":15},\"situation\":{\"informationQuality\":6,"            \
    "\"eventType\":{\"ccAndScc\":{\"collisionRisk97\":4}}}"

struct walked {
    const char *wanted;
    unsigned times; /* that it came */
    char value[128];
    char type[64];
    char meaning[64];
    unsigned count;
    unsigned disordered; /* fields that should come before the last one */
    int order[64];
    size_t order_count;
};

static int compare(const struct walked *walked,
                   const struct stepden_field *field)
{
    for (size_t i = 0; i < walked->order_count && i < field->order_count; i++)
        if (walked->order[i] != field->order[i])
            return walked->order[i] < field->order[i] ? -1 : 1;
    return walked->order_count < field->order_count ? -1 : 1;
}

static void take(void *ctx, const struct stepden_field *field)
{
    struct walked *walked = ctx;

    if (walked->count++ > 0 && compare(walked, field) > 0)
        walked->disordered++;
    memcpy(walked->order, field->order,
           field->order_count * sizeof *field->order);
    walked->order_count = field->order_count;
    if (strcmp(field->path, walked->wanted) != 0)
        return;
    walked->times++;
    snprintf(walked->value, sizeof walked->value, "%s", field->value);
    snprintf(walked->type, sizeof walked->type, "%s", field->type);
    snprintf(walked->meaning, sizeof walked->meaning, "%s", field->meaning);
}

static struct walked walk(const struct stepden_message *message,
                          const char *wanted)
{
    struct walked walked = {.wanted = wanted};
    struct stepden_field_sink sink = {.take = take, .ctx = &walked};

    stepden_message_walk(message, &sink);
    return walked;
}

/* What is told of the field at `path` of the DENM that the JER says. */
static struct walked walk_jer(const char *jer, const char *path)
{
    struct stepden_message *message = stepden_message_new(STEPDEN_RELEASE_R2);
    struct stepden_diag diag;

    ck_assert_msg(stepden_message_read_jer(message, jer, strlen(jer), &diag) ==
                      STEPDEN_OK,
                  "%s: %s", diag.where, diag.reason);
    struct walked walked = walk(message, path);
    stepden_message_free(message);
    return walked;
}

static const char trigger[] = HEADER COLLISION_RISK "}}";

START_TEST(a_value_is_told_as_in_jer)
{
    struct walked walked =
        walk_jer(trigger, "denm.management.eventPosition.latitude");

    ck_assert_uint_eq(walked.times, 1);
    ck_assert_str_eq(walked.value, "454642000");
    ck_assert_str_eq(walked.type, "Latitude");
    ck_assert_str_eq(walked.meaning, "45.4642000\u00b0");
}
END_TEST

START_TEST(an_item_is_told_by_its_name)
{
    ck_assert_str_eq(
        walk_jer(trigger,
                 "denm.management.eventPosition.altitude.altitudeConfidence")
            .value,
        "\"unavailable\"");
}
END_TEST

START_TEST(an_alternative_is_part_of_the_path)
{
    ck_assert_str_eq(
        walk_jer(trigger, "denm.situation.eventType.ccAndScc.collisionRisk97")
            .value,
        "4");
}
END_TEST

START_TEST(what_is_absent_is_not_told)
{
    ck_assert_uint_eq(walk_jer(trigger, "denm.management.termination").times,
                      0);
}
END_TEST

START_TEST(what_is_absent_has_its_default)
{
    struct walked walked =
        walk_jer(trigger, "denm.management.validityDuration");

    ck_assert_uint_eq(walked.times, 1);
    ck_assert_str_eq(walked.value, "600");
}
END_TEST

START_TEST(members_of_a_group_are_told_as_the_owners)
{
    struct walked walked =
        walk_jer(HEADER ",\"stationType\":15},\"situation\":{"
                        "\"informationQuality\":6,\"eventType\":{\"ccAndScc\":{"
                        "\"collisionRisk97\":4}},\"perceivedEvent\":true}}}",
                 "denm.situation.perceivedEvent");

    ck_assert_uint_eq(walked.times, 1);
    ck_assert_str_eq(walked.value, "true");
}
END_TEST

START_TEST(an_empty_structure_is_told_as_a_whole)
{
    struct walked walked =
        walk_jer(HEADER COLLISION_RISK ",\"location\":{"
                                       "\"detectionZonesToEventPosition\":[[]]}"
                                       ",\"alacarte\":{}}}",
                 "denm.alacarte");

    ck_assert_uint_eq(walked.times, 1);
    ck_assert_str_eq(walked.value, "{}");
    walked = walk_jer(HEADER COLLISION_RISK
                      ",\"location\":{"
                      "\"detectionZonesToEventPosition\":[[]]}}}",
                      "denm.location.detectionZonesToEventPosition[0]");
    ck_assert_str_eq(walked.value, "[]");
}
END_TEST

START_TEST(the_order_is_that_of_the_message)
{
    struct stepden_denm_data denm = sample_full();
    struct encoded encoded = sample_encode(&denm, STEPDEN_RELEASE_R2);
    struct stepden_message *message = stepden_message_new(STEPDEN_RELEASE_R2);

    ck_assert_int_eq(
        stepden_message_read_uper(message, encoded.bytes, encoded.size, NULL),
        STEPDEN_OK);
    struct walked walked = walk(message, "header.stationId");

    ck_assert_uint_gt(walked.count, 60);
    ck_assert_uint_eq(walked.disordered, 0);
    stepden_message_free(message);
}
END_TEST

START_TEST(an_empty_message_has_nothing_to_tell)
{
    struct stepden_message *message = stepden_message_new(STEPDEN_RELEASE_R2);

    ck_assert_uint_eq(walk(message, "").count, 0);
    stepden_message_free(message);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("codec/walk");
    TCase *tests = tcase_create("walk");

    tcase_add_test(tests, a_value_is_told_as_in_jer);
    tcase_add_test(tests, an_item_is_told_by_its_name);
    tcase_add_test(tests, an_alternative_is_part_of_the_path);
    tcase_add_test(tests, what_is_absent_is_not_told);
    tcase_add_test(tests, what_is_absent_has_its_default);
    tcase_add_test(tests, members_of_a_group_are_told_as_the_owners);
    tcase_add_test(tests, an_empty_structure_is_told_as_a_whole);
    tcase_add_test(tests, the_order_is_that_of_the_message);
    tcase_add_test(tests, an_empty_message_has_nothing_to_tell);
    suite_add_tcase(suite, tests);
    return sample_run(suite);
}
