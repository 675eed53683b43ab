#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include <stepden/denm.h>

#include "daemon/bytes_text.h"
#include "daemon/replay.h"

/* A prediction at 21:05:<second>, with a second target station. */
#define ARRAY(second, target)                                                  \
    "{\"creationTime\":\"2026-11-20T21:05:" second "Z\",\"stations\":["        \
    "{\"stationId\":1001,\"stationType\":\"passengerCar\","                    \
    "\"position\":{\"latitude\":45,\"longitude\":9}},"                         \
    "{\"stationId\":" target ",\"stationType\":\"cyclist\","                   \
    "\"position\":{\"latitude\":45,\"longitude\":9},"                          \
    "\"timeToCollision\":3000}]}\n"

/* Of the DENM that ARRAY("01.000", ...) gives; what has ended it, when. */
#define NEGATION_OF(station, second)                                           \
    "{\"stationId\":99,\"managementContainer\":{\"actionId\":{"                \
    "\"originatingStationId\":" station ",\"sequenceNumber\":0},"              \
    "\"detectionTime\":\"2026-11-20T21:05:" second "Z\","                      \
    "\"referenceTime\":\"2026-11-20T21:05:01.500Z\","                          \
    "\"termination\":\"isNegation\","                                          \
    "\"eventPosition\":{\"latitude\":45,\"longitude\":9}}}"
#define NEGATION NEGATION_OF("4711", "01.500")

static struct stepden_config config;
static bool explain;
static char *output;
static char *errors;

static void set_up(void)
{
    stepden_config_init(&config);
    config.station_id = 4711;
    explain = false;
    output = NULL;
    errors = NULL;
}

static void tear_down(void)
{
    free(output);
    free(errors);
}

static int replay(const char *text)
{
    size_t output_size;
    size_t errors_size;
    tear_down();
    FILE *input = fmemopen((void *)(uintptr_t)text, strlen(text), "r");
    FILE *output_file = open_memstream(&output, &output_size);
    FILE *errors_file = open_memstream(&errors, &errors_size);
    int code =
        stepden_replay(&config, explain, input, output_file, errors_file);
    fclose(input);
    fclose(output_file);
    fclose(errors_file);
    return code;
}

static int count(const char *text)
{
    int found = 0;
    for (const char *at = output; (at = strstr(at, text)); at++)
        found++;
    return found;
}

/* The UPER of NEGATION in hexadecimal digits. */
static const char *negation_uper(void)
{
    static char hex[STEPDEN_HEX_SIZE(STEPDEN_DENM_UPER_MAX) + 1];
    static struct stepden_denm_data denm;
    uint8_t bytes[STEPDEN_DENM_UPER_MAX];
    struct stepden_diag diag;
    size_t size;
    ck_assert_int_eq(
        stepden_denm_data_read(&denm, NEGATION, strlen(NEGATION), &diag),
        STEPDEN_OK);
    ck_assert_int_eq(stepden_denm_encode(bytes, sizeof bytes, &size, &denm,
                                         STEPDEN_RELEASE_R1, &diag),
                     STEPDEN_OK);
    hex[stepden_hex_write(hex, bytes, size)] = '\0';
    return hex;
}

START_TEST(writes_a_line_an_output_named_after_the_line)
{
    ck_assert_int_eq(replay("\n" ARRAY("01.000", "2001")), EX_OK);
    ck_assert_int_eq(strncmp(output,
                             "{\"message\":{\"specversion\":\"1.0\","
                             "\"id\":\"2/0\",",
                             43),
                     0);
    ck_assert_int_eq(count("\"uper\":\"02010000"), 2);
    ck_assert_str_eq(errors, "");
}
END_TEST

START_TEST(runs_on_until_all_is_over)
{
    ck_assert_int_eq(replay(ARRAY("01.000", "2001")), EX_OK);
    ck_assert_int_eq(count("\"id\":\"1/0/cancellation\""), 1);
    ck_assert_int_eq(count("\n"), 2);
}
END_TEST

START_TEST(lets_happen_before_a_line_what_is_due_before_it)
{
    ck_assert_int_eq(replay(ARRAY("01.000", "2001") ARRAY("20.000", "2001")),
                     EX_OK);
    const char *cancellation = strstr(output, "1/0/cancellation");
    const char *trigger = strstr(output, "\"id\":\"2/0\"");
    ck_assert_ptr_nonnull(cancellation);
    ck_assert_ptr_nonnull(trigger);
    ck_assert(cancellation < trigger);
    ck_assert_int_eq(count("\"time\":\"2026-11-20T21:05:02.000Z\",\"data\""),
                     1);
}
END_TEST

START_TEST(takes_lines_before_what_is_due_at_their_time)
{
    ck_assert_int_eq(
        replay(ARRAY("01.000", "2001") ARRAY("01.000", "2002")
                   ARRAY("02.000", "2001") "{\n" ARRAY("02.000", "2002")),
        EX_DATAERR);
    ck_assert_int_eq(count(".v1.trigger\""), 2);
    ck_assert_int_eq(count(".v1.update\""), 2);
    ck_assert_int_eq(count(".v1.cancellation\""), 2);
    ck_assert_int_eq(count("\"time\":\"2026-11-20T21:05:03.000Z\""), 2);
}
END_TEST

START_TEST(never_moves_the_clock_back)
{
    ck_assert_int_eq(replay(ARRAY("01.500", "2001") ARRAY("01.000", "2002")),
                     EX_OK);
    ck_assert_int_eq(count("\"referenceTime\":\"2026-11-20T21:05:01.500Z\""),
                     2);
    ck_assert_int_eq(count("\"detectionTime\":\"2026-11-20T21:05:01.000Z\""),
                     1);
}
END_TEST

START_TEST(goes_on_after_a_line_that_is_refused)
{
    ck_assert_int_eq(
        replay(ARRAY("01.000", "-1") "\n{\n" ARRAY("01.000", "2001")),
        EX_DATAERR);
    ck_assert_ptr_nonnull(strstr(errors, "line 1: /stations/1/stationId: "));
    ck_assert_ptr_nonnull(strstr(errors, "line 3: "));
    ck_assert_int_eq(count("\"id\":\"4/0\""), 1);
}
END_TEST

START_TEST(takes_lines_that_end_like_those_of_dos)
{
    ck_assert_int_eq(replay("\r\n{\"creationTime\":\"soon\"}\r\n"), EX_DATAERR);
    ck_assert_ptr_null(strstr(errors, "line 1"));
    ck_assert_ptr_nonnull(strstr(errors, "line 2: /creationTime: "));
}
END_TEST

START_TEST(obeys_a_negation_in_every_notation)
{
    const char *uper = negation_uper();
    char line[4][4096];
    snprintf(line[0], sizeof line[0], "%s", NEGATION);
    snprintf(line[1], sizeof line[1], "{\"message\":%s}", NEGATION);
    snprintf(line[2], sizeof line[2], "{\"uper\":\"%s\"}", uper);
    snprintf(line[3], sizeof line[3], "{\"message\":%s,\"uper\":\"%s\"}",
             NEGATION, uper);
    for (size_t i = 0; i < 4; i++) {
        char text[8192] = ARRAY("01.000", "2001");
        ck_assert_int_eq(replay(strcat(text, line[i])), EX_OK);
        ck_assert_int_eq(count("\n"), 1);
        ck_assert_int_eq(count(".v1.trigger\""), 1);
    }
}
END_TEST

START_TEST(a_negation_comes_when_it_was_detected)
{
    explain = true;
    ck_assert_int_eq(
        replay(ARRAY("01.000", "2001") NEGATION_OF("4711", "09.000")), EX_OK);
    ck_assert_int_eq(count(".v1.cancellation\""), 1);
    ck_assert_int_eq(count("\"verdict\":\"unknown\""), 1);
}
END_TEST

START_TEST(a_negation_of_others_does_not_move_the_clock)
{
    ck_assert_int_eq(replay(ARRAY("01.000", "2001") NEGATION_OF(
                         "99", "59.000") "\n" ARRAY("01.500", "2001")),
                     EX_OK);
    ck_assert_int_eq(count(".v1.update\""), 1);
}
END_TEST

START_TEST(reads_what_it_has_written)
{
    ck_assert_int_eq(replay(ARRAY("01.000", "2001") ARRAY("01.100", "2001")),
                     EX_OK);
    ck_assert_int_eq(count("\n"), 3);
    char *written = strdup(output);
    ck_assert_int_eq(replay(written), EX_OK);
    ck_assert_str_eq(output, "");
    free(written);
}
END_TEST

START_TEST(says_why_there_is_a_denm_or_none)
{
    explain = true;
    config.denm.min_update_interval_ms = 400;
    ck_assert_int_eq(replay(ARRAY("01.000", "2001") ARRAY("01.000", "2001")
                                ARRAY("01.100", "2001") NEGATION "\n" NEGATION),
                     EX_OK);
    ck_assert_int_eq(count("\n"), 6);
    ck_assert_int_eq(count(",\"why\":{"), 2);
    static const char *const in_order[] = {
        "\",\"why\":{\"kind\":\"trigger\",\"reason\":\"new\","
        "\"event\":\"1/0\",\"subCause\":4,\"rule\":\"kinds\"}}\n",
        "{\"skipped\":{\"event\":\"2/0\",\"actionId\":{"
        "\"originatingStationId\":4711,\"sequenceNumber\":0},"
        "\"reason\":\"not newer\"}}\n",
        "{\"skipped\":{\"event\":\"3/0\",\"actionId\":{"
        "\"originatingStationId\":4711,\"sequenceNumber\":0},"
        "\"reason\":\"too soon\"}}\n",
        "\"why\":{\"kind\":\"update\",\"reason\":\"held\",",
        "{\"received\":{\"line\":4,\"actionId\":{\"originatingStationId\":"
        "4711,\"sequenceNumber\":0},\"verdict\":\"negated\"}}\n",
        "\"verdict\":\"unknown\"}}\n",
    };
    const char *at = output;
    for (size_t i = 0; i < sizeof in_order / sizeof in_order[0]; i++) {
        const char *found = strstr(at, in_order[i]);
        ck_assert_msg(found, "no %s in %s", in_order[i], at);
        at = found + strlen(in_order[i]);
    }
}
END_TEST

START_TEST(says_why_only_when_asked)
{
    const char *text = ARRAY("01.000", "2001") ARRAY("01.000", "2001");
    ck_assert_int_eq(replay(text), EX_OK);
    ck_assert_int_eq(count("\n"), 2);
    ck_assert_int_eq(count("why"), 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("daemon/replay");
    TCase *tests = tcase_create("replay");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, writes_a_line_an_output_named_after_the_line);
    tcase_add_test(tests, runs_on_until_all_is_over);
    tcase_add_test(tests, lets_happen_before_a_line_what_is_due_before_it);
    tcase_add_test(tests, takes_lines_before_what_is_due_at_their_time);
    tcase_add_test(tests, never_moves_the_clock_back);
    tcase_add_test(tests, goes_on_after_a_line_that_is_refused);
    tcase_add_test(tests, takes_lines_that_end_like_those_of_dos);
    tcase_add_test(tests, obeys_a_negation_in_every_notation);
    tcase_add_test(tests, a_negation_comes_when_it_was_detected);
    tcase_add_test(tests, a_negation_of_others_does_not_move_the_clock);
    tcase_add_test(tests, reads_what_it_has_written);
    tcase_add_test(tests, says_why_there_is_a_denm_or_none);
    tcase_add_test(tests, says_why_only_when_asked);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
