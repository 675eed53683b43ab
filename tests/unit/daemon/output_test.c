#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/output.h"

#define DENM                                                                   \
    "{\"stationId\":4711,\"managementContainer\":{\"actionId\":{"              \
    "\"originatingStationId\":4711,\"sequenceNumber\":7},"                     \
    "\"detectionTime\":\"2026-11-20T21:05:43.120Z\","                          \
    "\"referenceTime\":\"2026-11-20T21:05:43.125Z\","                          \
    "\"termination\":\"isCancellation\","                                      \
    "\"eventPosition\":{\"latitude\":45,\"longitude\":9},"                     \
    "\"validityDuration\":9,\"stationType\":\"roadSideUnit\"}}"

static struct stepden_config config;
static struct stepden_output output;
static struct stepden_denm_data denm;
static struct stepden_diag diag;

static void set_up(void)
{
    stepden_config_init(&config);
    strcpy(config.instance_name, "north 1");
    ck_assert_int_eq(stepden_denm_data_read(&denm, DENM, strlen(DENM), &diag),
                     STEPDEN_OK);
    stepden_output_init(&output, &config);
}

static enum stepden_status make(const char *traceparent)
{
    struct stepden_den_output den_output = {
        .kind = STEPDEN_DEN_CANCELLATION,
        .id = "12-0/3/cancellation",
        .traceparent = traceparent,
        .denm = &denm,
    };
    return stepden_output_make(&output, &den_output, &diag);
}

START_TEST(wraps_the_denm_in_an_envelope)
{
    static const char expected[] =
        "{\"specversion\":\"1.0\",\"id\":\"12-0/3/cancellation\","
        "\"source\":\"/stepden/north%201\","
        "\"type\":\"eu.step.denm.v1.cancellation\",\"subject\":\"4711:7\","
        "\"time\":\"2026-11-20T21:05:43.125Z\",\"data\":" DENM "}";
    ck_assert_int_eq(make(""), STEPDEN_OK);
    ck_assert_uint_eq(output.message_size, strlen(expected));
    ck_assert_mem_eq(output.message, expected, strlen(expected));
}
END_TEST

START_TEST(carries_the_traceparent_over)
{
    ck_assert_int_eq(make("00-1-2-01"), STEPDEN_OK);
    ck_assert_ptr_nonnull(memmem(output.message, output.message_size,
                                 "\"traceparent\":\"00-1-2-01\"", 25));
    ck_assert_int_eq(make(""), STEPDEN_OK);
    ck_assert_ptr_null(
        memmem(output.message, output.message_size, "traceparent", 11));
}
END_TEST

START_TEST(gives_the_same_denm_as_uper)
{
    struct stepden_denm_data decoded;
    ck_assert_int_eq(make(""), STEPDEN_OK);
    ck_assert_int_eq(stepden_denm_decode(&decoded, output.uper,
                                         output.uper_size,
                                         STEPDEN_RELEASE_R1_R2, &diag),
                     STEPDEN_OK);
    ck_assert_uint_eq(decoded.management_container.action_id.sequence_number,
                      7);
    ck_assert_int_eq(decoded.management_container.reference_time_its_ms,
                     denm.management_container.reference_time_its_ms);
}
END_TEST

START_TEST(refuses_what_cannot_be_encoded)
{
    denm.management_container.event_position.latitude_e7 = 900000002;
    ck_assert_int_eq(make(""), STEPDEN_ERR_RANGE);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("daemon/output");
    TCase *tests = tcase_create("output");
    tcase_add_checked_fixture(tests, set_up, NULL);
    tcase_add_test(tests, wraps_the_denm_in_an_envelope);
    tcase_add_test(tests, carries_the_traceparent_over);
    tcase_add_test(tests, gives_the_same_denm_as_uper);
    tcase_add_test(tests, refuses_what_cannot_be_encoded);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
