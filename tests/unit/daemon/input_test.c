#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stepden/denm.h>

#include "daemon/bytes_text.h"
#include "daemon/input.h"

#define ARRAY                                                                  \
    "{\"creationTime\":\"2026-11-20T21:05:43.120Z\",\"stations\":["            \
    "{\"stationId\":1001,\"stationType\":\"passengerCar\","                    \
    "\"position\":{\"latitude\":45,\"longitude\":9}},"                         \
    "{\"stationId\":2002,\"stationType\":\"cyclist\","                         \
    "\"position\":{\"latitude\":45,\"longitude\":9},"                          \
    "\"timeToCollision\":1900}]}"

#define DENM                                                                   \
    "{\"stationId\":99,\"managementContainer\":{\"actionId\":{"                \
    "\"originatingStationId\":4711,\"sequenceNumber\":7},"                     \
    "\"detectionTime\":\"2026-11-20T21:05:43Z\","                              \
    "\"referenceTime\":\"2026-11-20T21:05:42Z\","                              \
    "\"termination\":\"isNegation\","                                          \
    "\"eventPosition\":{\"latitude\":45,\"longitude\":9}}}"

#define TRACED_BY(traceparent, data)                                           \
    "{\"specversion\":\"1.0\",\"id\":\"a\",\"source\":\"/test\","              \
    "\"type\":\"test\",\"traceparent\":\"" traceparent "\",\"data\":" data "}"
#define ENVELOPE(data) TRACED_BY("00-1-2-01", data)

static struct stepden_incoming message;
static struct stepden_config config;
static struct stepden_diag diag;

static void set_up(void)
{
    stepden_config_init(&config);
}

static enum stepden_status read_text(const char *json,
                                     enum stepden_incoming_kind wanted)
{
    return stepden_incoming_read(&message, json, strlen(json), wanted, &diag);
}

static struct stepden_redis_field field(const char *name, const void *value,
                                        size_t size)
{
    return (struct stepden_redis_field){
        .name = name,
        .name_size = strlen(name),
        .value = value,
        .value_size = size,
    };
}

static enum stepden_status read_fields(enum stepden_input input,
                                       struct stepden_redis_field first,
                                       struct stepden_redis_field second)
{
    struct stepden_redis_field fields[2] = {first, second};
    struct stepden_entry entry = {
        .input = input,
        .id = "1-0",
        .fields = fields,
        .field_count = 2,
    };
    return stepden_incoming_read_entry(&message, &entry, &config, &diag);
}

/* The UPER of DENM, with another sequence number if `sequence` is not 7. */
static struct stepden_redis_field uper_field(uint16_t sequence)
{
    static uint8_t bytes[STEPDEN_DENM_UPER_MAX];
    static struct stepden_denm_data denm;
    size_t size;
    ck_assert_int_eq(stepden_denm_data_read(&denm, DENM, strlen(DENM), &diag),
                     STEPDEN_OK);
    denm.management_container.action_id.sequence_number = sequence;
    ck_assert_int_eq(stepden_denm_encode(bytes, sizeof bytes, &size, &denm,
                                         STEPDEN_RELEASE_R1_R2, &diag),
                     STEPDEN_OK);
    return field("uper", bytes, size);
}

static char line[8192];

static enum stepden_status read_line(void)
{
    return stepden_incoming_read_line(&message, line, strlen(line), &diag);
}

/* A line with a message, if it is not "", and the UPER of uper_field. */
static enum stepden_status read_recorded(const char *json, uint16_t sequence)
{
    struct stepden_redis_field uper = uper_field(sequence);
    char hex[STEPDEN_HEX_SIZE(STEPDEN_DENM_UPER_MAX)];
    size_t size =
        stepden_hex_write(hex, (const uint8_t *)uper.value, uper.value_size);
    snprintf(line, sizeof line, "{%s%s%s\"uper\":\"%.*s\",\"why\":{}}",
             json[0] ? "\"message\":" : "", json, json[0] ? "," : "", (int)size,
             hex);
    return read_line();
}

START_TEST(reads_a_bare_collision_array)
{
    ck_assert_int_eq(read_text(ARRAY, STEPDEN_INCOMING_ANY), STEPDEN_OK);
    ck_assert_int_eq(message.kind, STEPDEN_INCOMING_COLLISIONS);
    ck_assert_uint_eq(message.collisions.stations.count, 2);
    ck_assert_str_eq(message.traceparent, "");
}
END_TEST

START_TEST(reads_a_bare_denm)
{
    ck_assert_int_eq(read_text(DENM, STEPDEN_INCOMING_ANY), STEPDEN_OK);
    ck_assert_int_eq(message.kind, STEPDEN_INCOMING_DENM);
    ck_assert_uint_eq(
        message.denm.management_container.action_id.sequence_number, 7);
}
END_TEST

START_TEST(a_traceparent_that_is_none_is_as_good_as_absent)
{
    ck_assert_int_eq(
        read_text(TRACED_BY("caf\xc3\xa9", ARRAY), STEPDEN_INCOMING_ANY),
        STEPDEN_OK);
    ck_assert_str_eq(message.traceparent, "");
}
END_TEST

START_TEST(reads_both_from_envelopes_and_keeps_the_traceparent)
{
    ck_assert_int_eq(read_text(ENVELOPE(ARRAY), STEPDEN_INCOMING_ANY),
                     STEPDEN_OK);
    ck_assert_int_eq(message.kind, STEPDEN_INCOMING_COLLISIONS);
    ck_assert_str_eq(message.traceparent, "00-1-2-01");
    ck_assert_int_eq(read_text(ENVELOPE(DENM), STEPDEN_INCOMING_ANY),
                     STEPDEN_OK);
    ck_assert_int_eq(message.kind, STEPDEN_INCOMING_DENM);
}
END_TEST

START_TEST(refuses_the_other_kind)
{
    ck_assert_int_eq(read_text(DENM, STEPDEN_INCOMING_COLLISIONS),
                     STEPDEN_ERR_INVALID);
    ck_assert_int_eq(read_text(ARRAY, STEPDEN_INCOMING_DENM),
                     STEPDEN_ERR_INVALID);
    ck_assert_int_eq(read_text("{}", STEPDEN_INCOMING_ANY),
                     STEPDEN_ERR_INVALID);
}
END_TEST

START_TEST(names_the_place_within_an_envelope)
{
    const char *json = ENVELOPE("{\"creationTime\":\"soon\",\"stations\":[]}");
    ck_assert_int_ne(read_text(json, STEPDEN_INCOMING_ANY), STEPDEN_OK);
    ck_assert_str_eq(diag.where, "/data/creationTime");
    ck_assert_uint_eq(diag.offset, (size_t)(strstr(json, "\"soon\"") - json));
}
END_TEST

START_TEST(reads_the_configured_field_of_a_prediction)
{
    strcpy(config.redis.streams.inputs.crash_prediction.field, "event");
    ck_assert_int_eq(read_fields(STEPDEN_INPUT_CRASH_PREDICTION,
                                 field("note", "x", 1),
                                 field("event", ARRAY, strlen(ARRAY))),
                     STEPDEN_OK);
    ck_assert_int_eq(message.kind, STEPDEN_INCOMING_COLLISIONS);
}
END_TEST

START_TEST(refuses_an_entry_without_the_field)
{
    ck_assert_int_eq(read_fields(STEPDEN_INPUT_CRASH_PREDICTION,
                                 field("note", "x", 1), uper_field(7)),
                     STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.reason, "no field message");
    ck_assert_int_eq(read_fields(STEPDEN_INPUT_CLIENT, field("a", "x", 1),
                                 field("b", "x", 1)),
                     STEPDEN_ERR_INVALID);
}
END_TEST

START_TEST(reads_a_denm_as_uper)
{
    ck_assert_int_eq(
        read_fields(STEPDEN_INPUT_CLIENT, field("note", "x", 1), uper_field(8)),
        STEPDEN_OK);
    ck_assert_int_eq(message.kind, STEPDEN_INCOMING_DENM);
    ck_assert_uint_eq(
        message.denm.management_container.action_id.sequence_number, 8);
}
END_TEST

START_TEST(names_the_field_of_a_faulty_uper)
{
    ck_assert_int_eq(read_fields(STEPDEN_INPUT_CLIENT, field("note", "x", 1),
                                 field("uper", "\x02", 1)),
                     STEPDEN_ERR_TRUNCATED);
    ck_assert_int_eq(strncmp(diag.reason, "uper: ", 6), 0);
}
END_TEST

START_TEST(reads_a_denm_twice_when_both_agree)
{
    ck_assert_int_eq(read_fields(STEPDEN_INPUT_CLIENT,
                                 field("message", DENM, strlen(DENM)),
                                 uper_field(7)),
                     STEPDEN_OK);
    ck_assert_int_eq(read_fields(STEPDEN_INPUT_CLIENT,
                                 field("message", DENM, strlen(DENM)),
                                 uper_field(8)),
                     STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.reason, "JSON and UPER are not the same DENM");
}
END_TEST

START_TEST(reads_a_line_like_a_message)
{
    strcpy(line, ENVELOPE(ARRAY));
    ck_assert_int_eq(read_line(), STEPDEN_OK);
    ck_assert_int_eq(message.kind, STEPDEN_INCOMING_COLLISIONS);
    strcpy(line, DENM);
    ck_assert_int_eq(read_line(), STEPDEN_OK);
    ck_assert_int_eq(message.kind, STEPDEN_INCOMING_DENM);
    strcpy(line, "{\"creationTime\":\"soon\"}");
    ck_assert_int_ne(read_line(), STEPDEN_OK);
    ck_assert_str_eq(diag.where, "/creationTime");
    strcpy(line, "{\"uper\":");
    ck_assert_int_eq(read_line(), STEPDEN_ERR_TRUNCATED);
}
END_TEST

START_TEST(reads_a_recorded_message_of_any_kind)
{
    strcpy(line, "{\"message\":" ENVELOPE(ARRAY) "}");
    ck_assert_int_eq(read_line(), STEPDEN_OK);
    ck_assert_int_eq(message.kind, STEPDEN_INCOMING_COLLISIONS);
    ck_assert_str_eq(message.traceparent, "00-1-2-01");
    strcpy(line, "{\"message\":" DENM "}");
    ck_assert_int_eq(read_line(), STEPDEN_OK);
    ck_assert_int_eq(message.kind, STEPDEN_INCOMING_DENM);
}
END_TEST

START_TEST(reads_a_recorded_denm_like_a_client_s)
{
    ck_assert_int_eq(read_recorded("", 8), STEPDEN_OK);
    ck_assert_int_eq(message.kind, STEPDEN_INCOMING_DENM);
    ck_assert_uint_eq(
        message.denm.management_container.action_id.sequence_number, 8);
    ck_assert_int_eq(read_recorded(ENVELOPE(DENM), 7), STEPDEN_OK);
    ck_assert_str_eq(message.traceparent, "00-1-2-01");
    ck_assert_int_eq(read_recorded(DENM, 8), STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.reason, "JSON and UPER are not the same DENM");
    ck_assert_int_eq(read_recorded(ARRAY, 7), STEPDEN_ERR_INVALID);
}
END_TEST

/* The UPER has no motorcycle among the vehicles: it is an unknown one. */
START_TEST(takes_for_equal_what_uper_cannot_tell)
{
    static struct stepden_denm_data denm;
    static const char json[] =
        "{\"stationId\":99,\"managementContainer\":{\"actionId\":{"
        "\"originatingStationId\":4711,\"sequenceNumber\":7},"
        "\"detectionTime\":\"2026-11-20T21:05:43Z\","
        "\"referenceTime\":\"2026-11-20T21:05:42Z\","
        "\"eventPosition\":{\"latitude\":45,\"longitude\":9},"
        "\"referenceStationId\":1001},"
        "\"situationContainer\":{\"eventType\":97,\"subCauseCode\":2},"
        "\"preCrashContainer\":{\"perceivedObject\":{"
        "\"measurementDeltaTime\":0,"
        "\"position\":{\"latitude\":45,\"longitude\":9},"
        "\"speed\":{\"value\":2000},\"heading\":{\"value\":0},"
        "\"classification\":{\"stationType\":\"motorcycle\","
        "\"vru\":false}}}}";
    uint8_t bytes[STEPDEN_DENM_UPER_MAX];
    size_t size;
    ck_assert_int_eq(stepden_denm_data_read(&denm, json, strlen(json), &diag),
                     STEPDEN_OK);
    ck_assert_int_eq(stepden_denm_encode(bytes, sizeof bytes, &size, &denm,
                                         STEPDEN_RELEASE_R1_R2, &diag),
                     STEPDEN_OK);
    ck_assert_int_eq(read_fields(STEPDEN_INPUT_CLIENT,
                                 field("message", json, strlen(json)),
                                 field("uper", bytes, size)),
                     STEPDEN_OK);
    ck_assert_uint_eq(message.denm.pre_crash_container.perceived_object
                          .classification.station_type,
                      STEPDEN_STATION_TYPE_MOTORCYCLE);
}
END_TEST

START_TEST(names_the_place_within_a_recorded_message)
{
    ck_assert_int_ne(read_recorded(ENVELOPE("{\"stationId\":-1}"), 7),
                     STEPDEN_OK);
    ck_assert_str_eq(diag.where, "/message/data/stationId");
    ck_assert_uint_eq(diag.offset, (size_t)(strstr(line, "-1}") - line));
}
END_TEST

START_TEST(refuses_digits_that_are_none)
{
    static const char *const wrong[] = {"1", "null", "\"", "\"0\"", "\"0g\""};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        snprintf(line, sizeof line, "{\"uper\":%s}", wrong[i]);
        ck_assert_int_ne(read_line(), STEPDEN_OK);
    }
    ck_assert_str_eq(diag.where, "/uper");
    ck_assert_str_eq(diag.reason, "no string of hexadecimal digits");
    strcpy(line, "{\"uper\":\"\"}");
    ck_assert_int_eq(read_line(), STEPDEN_ERR_TRUNCATED);
    ck_assert_int_eq(strncmp(diag.reason, "uper: ", 6), 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("daemon/input");
    TCase *tests = tcase_create("input");
    tcase_add_checked_fixture(tests, set_up, NULL);
    tcase_add_test(tests, reads_a_bare_collision_array);
    tcase_add_test(tests, reads_a_bare_denm);
    tcase_add_test(tests, a_traceparent_that_is_none_is_as_good_as_absent);
    tcase_add_test(tests, reads_both_from_envelopes_and_keeps_the_traceparent);
    tcase_add_test(tests, refuses_the_other_kind);
    tcase_add_test(tests, names_the_place_within_an_envelope);
    tcase_add_test(tests, reads_the_configured_field_of_a_prediction);
    tcase_add_test(tests, refuses_an_entry_without_the_field);
    tcase_add_test(tests, reads_a_denm_as_uper);
    tcase_add_test(tests, names_the_field_of_a_faulty_uper);
    tcase_add_test(tests, reads_a_denm_twice_when_both_agree);
    tcase_add_test(tests, reads_a_line_like_a_message);
    tcase_add_test(tests, reads_a_recorded_message_of_any_kind);
    tcase_add_test(tests, reads_a_recorded_denm_like_a_client_s);
    tcase_add_test(tests, takes_for_equal_what_uper_cannot_tell);
    tcase_add_test(tests, names_the_place_within_a_recorded_message);
    tcase_add_test(tests, refuses_digits_that_are_none);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
