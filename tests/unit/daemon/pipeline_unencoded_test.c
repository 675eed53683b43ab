/* A DENM that has no encoding, which no input is known to give: it is made up
 * here, by functions in place of those of output and session (see the linker's
 * --wrap). */
#include "daemon/pipeline.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "daemon/output.h"
#include "support/log_bench.h"

enum stepden_status
__wrap_stepden_output_make(struct stepden_output *output,
                           const struct stepden_den_output *den_output,
                           struct stepden_diag *why);
void __wrap_stepden_session_keep(struct stepden_session *session,
                                 const char *field, size_t field_size,
                                 const char *value, size_t value_size);
void __wrap_stepden_session_publish(struct stepden_session *session,
                                    const struct stepden_redis_field *fields,
                                    size_t field_count);
void __wrap_stepden_session_reject(struct stepden_session *session,
                                   const struct stepden_entry *entry,
                                   const char *reason, const char *pointer);

static size_t made;
static size_t published;
static char rejected[256];

enum stepden_status
__wrap_stepden_output_make(struct stepden_output *output,
                           const struct stepden_den_output *den_output,
                           struct stepden_diag *why)
{
    (void)output;
    (void)den_output;
    return ++made == 2 ? stepden_diag_set(why, STEPDEN_ERR_RANGE, "denm.x",
                                          "99 is not allowed")
                       : STEPDEN_OK;
}

void __wrap_stepden_session_keep(struct stepden_session *session,
                                 const char *field, size_t field_size,
                                 const char *value, size_t value_size)
{
    (void)session;
    (void)field;
    (void)field_size;
    (void)value;
    (void)value_size;
}

void __wrap_stepden_session_publish(struct stepden_session *session,
                                    const struct stepden_redis_field *fields,
                                    size_t field_count)
{
    (void)session;
    (void)fields;
    (void)field_count;
    published++;
}

void __wrap_stepden_session_reject(struct stepden_session *session,
                                   const struct stepden_entry *entry,
                                   const char *reason, const char *pointer)
{
    (void)session;
    snprintf(rejected, sizeof rejected, "%s %s: %s", entry->id, pointer,
             reason);
}

#define PARTY(role, id)                                                        \
    "{\"role\":\"" role "\",\"stationId\":" id                                 \
    ",\"stationType\":\"cyclist\",\"position\":{\"latitude\":45.4642,"         \
    "\"longitude\":9.19},\"speed\":{\"value\":400},\"heading\":"               \
    "{\"value\":900}"
#define TARGET(id)                                                             \
    PARTY("target", id)                                                        \
    ",\"timeToCollision\":1900,\"probability\":0.8,\"collisionPosition\":"     \
    "{\"latitude\":45.4642,\"longitude\":9.1903}}"

static const char three_targets[] =
    "{\"creationTime\":\"2026-11-20T21:05:43.007Z\",\"stations\":[" PARTY(
        "reference",
        "1001") "}," TARGET("1") "," TARGET("2") "," TARGET("3") "]}";

START_TEST(the_dead_letter_names_it_and_the_others_are_published)
{
    const struct stepden_redis_field field = {
        .name = "message",
        .name_size = strlen("message"),
        .value = three_targets,
        .value_size = strlen(three_targets),
    };
    const struct stepden_entry entry = {
        .id = "7-0",
        .input = STEPDEN_INPUT_CRASH_PREDICTION,
        .fields = &field,
        .field_count = 1,
    };
    const struct stepden_now now = {.its_ms = INT64_C(722293548007)};
    struct stepden_pipeline *pipeline;

    open_log("WARNING", "{\"type\":\"file\",\"path\":\"@/log\"}");
    struct stepden_desk *desk = stepden_desk_new(&config, tested);
    ck_assert_int_eq(stepden_pipeline_new(&pipeline, desk, 0, &diag),
                     STEPDEN_OK);
    stepden_pipeline_take(pipeline, &entry, now);
    ck_assert_str_eq(rejected, "7-0 denm.x: DENM 7-0/1: 99 is not allowed");
    ck_assert_uint_eq(made, 3);
    ck_assert_uint_eq(published, 2);
    ck_assert_ptr_nonnull(
        strstr(text_of("log"), "ERROR denm_not_encoded count=1 entry=7-0 "));
    stepden_pipeline_free(pipeline);
    stepden_desk_free(desk);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("daemon/pipeline_unencoded");
    TCase *tests = tcase_create("pipeline");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests,
                   the_dead_letter_names_it_and_the_others_are_published);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
