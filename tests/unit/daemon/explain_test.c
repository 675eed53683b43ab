#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/explain.h"

static struct stepden_denm_data denm;
static struct stepden_den_output output;
static char text[STEPDEN_EXPLAIN_MAX + 1];

static void set_up(void)
{
    denm = (struct stepden_denm_data){
        .management_container.action_id = {4711, 65535},
        .has_situation_container = true,
    };
    output = (struct stepden_den_output){
        .kind = STEPDEN_DEN_UPDATE,
        .reason = STEPDEN_DEN_REASON_NEWER,
        .choice =
            {
                .sub_cause = 2,
                .rule = STEPDEN_DEN_RULE_HEADINGS,
                .candidate = 2,
                .between_ddeg = 915,
                .bearing_ddeg = 120,
            },
        .id = "12/0",
        .event_id = "12/0",
        .traceparent = "",
        .denm = &denm,
    };
}

static void is_why(const char *wanted)
{
    text[stepden_explain_why(text, &output)] = '\0';
    ck_assert_str_eq(text, wanted);
}

START_TEST(says_why_in_degrees)
{
    is_why("{\"kind\":\"update\",\"reason\":\"newer\",\"event\":\"12/0\","
           "\"subCause\":2,\"rule\":\"headings\",\"headingDifference\":91.5,"
           "\"bearing\":12}");
    ck_assert_str_eq(stepden_explain_log(text, &output),
                     "kind=update reason=newer event_id=12/0 sub_cause=2 "
                     "rule=headings heading_difference=91.5 bearing=12.0");
}
END_TEST

START_TEST(names_a_candidate_that_is_not_confirmed_yet)
{
    output.choice.candidate = 3;
    output.choice.confirmed = 1;
    output.choice.between_ddeg = 0;
    output.choice.bearing_ddeg = -1;
    is_why("{\"kind\":\"update\",\"reason\":\"newer\",\"event\":\"12/0\","
           "\"subCause\":2,\"rule\":\"headings\",\"candidate\":3,"
           "\"confirmed\":1,\"headingDifference\":0}");
    ck_assert_str_eq(stepden_explain_log(text, &output),
                     "kind=update reason=newer event_id=12/0 sub_cause=2 "
                     "rule=headings candidate=3 confirmed=1 "
                     "heading_difference=0.0");
}
END_TEST

START_TEST(leaves_out_a_rule_that_is_not_known_any_more)
{
    output.choice.rule = STEPDEN_DEN_RULE_NONE;
    output.choice.between_ddeg = -1;
    output.choice.bearing_ddeg = -1;
    is_why("{\"kind\":\"update\",\"reason\":\"newer\",\"event\":\"12/0\","
           "\"subCause\":2}");
    ck_assert_str_eq(stepden_explain_log(text, &output),
                     "kind=update reason=newer event_id=12/0 sub_cause=2");
}
END_TEST

START_TEST(says_nothing_of_the_choice_of_a_cancellation)
{
    denm.has_situation_container = false;
    output.kind = STEPDEN_DEN_REPETITION;
    output.reason = STEPDEN_DEN_REASON_REPEATED;
    is_why("{\"kind\":\"repetition\",\"reason\":\"repeated\","
           "\"event\":\"12/0\"}");
    ck_assert_str_eq(stepden_explain_log(text, &output),
                     "kind=repetition reason=repeated event_id=12/0");
}
END_TEST

START_TEST(says_why_there_is_no_denm)
{
    text[stepden_explain_skipped(text, "12/1",
                                 &denm.management_container.action_id,
                                 STEPDEN_DEN_SKIP_NOT_NEWER)] = '\0';
    ck_assert_str_eq(text,
                     "{\"skipped\":{\"event\":\"12/1\",\"actionId\":{"
                     "\"originatingStationId\":4711,"
                     "\"sequenceNumber\":65535},\"reason\":\"not newer\"}}");
}
END_TEST

START_TEST(writes_the_action_id_that_there_is)
{
    const struct stepden_action_id highest = {UINT32_MAX, UINT16_MAX};
    ck_assert_str_eq(stepden_explain_id(text, &highest), "4294967295:65535");
    ck_assert_str_eq(stepden_explain_id(text, NULL), "-");
}
END_TEST

START_TEST(an_action_id_is_read_as_it_is_written_and_no_other_way)
{
    static const char *const others[] = {
        "",           "4711",    "4711:",
        ":7",         "4711:7 ", " 4711:7",
        "+4711:7",    "04711:7", "4711:07",
        "4711:65536", "4711: 7", "4294967296:7",
        "-1:7",       "4711:-1", "4711:7:7",
        "-",          "4711;7",  "0x1:7",
        "4711:7x",    "crash",   "99999999999999999999999999:7"};
    struct stepden_action_id action_id;

    ck_assert(stepden_explain_read_id(&action_id, "4294967295:65535", 16));
    ck_assert_uint_eq(action_id.originating_station_id, UINT32_MAX);
    ck_assert_uint_eq(action_id.sequence_number, UINT16_MAX);
    ck_assert(stepden_explain_read_id(&action_id, "4711:70", 6));
    ck_assert_uint_eq(action_id.sequence_number, 7);
    ck_assert(!stepden_explain_read_id(&action_id, "4711:7\0", 7));
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        ck_assert_msg(
            !stepden_explain_read_id(&action_id, others[i], strlen(others[i])),
            "%s", others[i]);
}
END_TEST

START_TEST(says_what_became_of_a_denm_from_outside)
{
    text[stepden_explain_received(text, 12, &denm, STEPDEN_DEN_OUTDATED)] =
        '\0';
    ck_assert_str_eq(text,
                     "{\"received\":{\"line\":12,\"actionId\":{"
                     "\"originatingStationId\":4711,"
                     "\"sequenceNumber\":65535},\"verdict\":\"outdated\"}}");
}
END_TEST

START_TEST(has_room_for_the_longest_texts)
{
    char id[STEPDEN_EVENT_ID_SIZE];
    memset(id, '\x01', sizeof id - 1);
    id[sizeof id - 1] = '\0';
    output.kind = STEPDEN_DEN_CANCELLATION;
    output.event_id = id;
    output.choice = (struct stepden_den_choice){
        255, STEPDEN_DEN_RULE_OTHERWISE, 255, 254, 1799, 1799};
    text[stepden_explain_why(text, &output)] = '\0';
    ck_assert_ptr_nonnull(strstr(text, ",\"bearing\":179.9}"));
    denm.management_container.action_id.originating_station_id = UINT32_MAX;
    text[stepden_explain_skipped(text, id, &denm.management_container.action_id,
                                 STEPDEN_DEN_SKIP_ACTION_ID)] = '\0';
    ck_assert_ptr_nonnull(strstr(text, "\"no action id\"}}"));
    text[stepden_explain_received(text, INT64_MAX, &denm,
                                  STEPDEN_DEN_OUTDATED)] = '\0';
    ck_assert_ptr_nonnull(strstr(text, "\"outdated\"}}"));
}
END_TEST

START_TEST(escapes_an_id)
{
    text[stepden_explain_skipped(text, "a\"\n", NULL, STEPDEN_DEN_SKIP_FULL)] =
        '\0';
    ck_assert_str_eq(
        text, "{\"skipped\":{\"event\":\"a\\\"\\n\",\"reason\":\"full\"}}");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("daemon/explain");
    TCase *tests = tcase_create("explain");
    tcase_add_checked_fixture(tests, set_up, NULL);
    tcase_add_test(tests, says_why_in_degrees);
    tcase_add_test(tests, names_a_candidate_that_is_not_confirmed_yet);
    tcase_add_test(tests, leaves_out_a_rule_that_is_not_known_any_more);
    tcase_add_test(tests, says_nothing_of_the_choice_of_a_cancellation);
    tcase_add_test(tests, says_why_there_is_no_denm);
    tcase_add_test(tests, writes_the_action_id_that_there_is);
    tcase_add_test(tests,
                   an_action_id_is_read_as_it_is_written_and_no_other_way);
    tcase_add_test(tests, says_what_became_of_a_denm_from_outside);
    tcase_add_test(tests, has_room_for_the_longest_texts);
    tcase_add_test(tests, escapes_an_id);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
