#include "redis/batch.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct stepden_batch batch;
static struct stepden_keys keys;

static void set_up(void)
{
    batch = (struct stepden_batch){0};
    keys = (struct stepden_keys){
        .records = "rec",
        .output = "out",
        .input = {"in", "cl"},
        .group = {"g", "h"},
        .rejected = {"inr", "clr"},
    };
}

static void tear_down(void)
{
    stepden_batch_free(&batch);
}

/* The commands as words, one command a line. */
static const char *words(struct stepden_commands *commands)
{
    static char text[512];
    size_t used = 0;
    bool first = true;

    stepden_resp_append(&commands->resp, "", 1);
    for (char *line = strtok(commands->resp.bytes, "\r\n"); line != NULL;
         line = strtok(NULL, "\r\n")) {
        if (line[0] == '*' && line[1] != '\0') {
            first = true;
            continue;
        }
        if (line[0] == '$')
            continue;
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%s",
                                 first ? (used > 0 ? "\n" : "") : " ", line);
        first = false;
    }
    return text;
}

START_TEST(an_output_is_added_to_the_output_stream)
{
    const struct stepden_redis_field fields[] = {{"message", 7, "{}", 2},
                                                 {"uper", 4, "\x01", 1}};

    stepden_batch_publish(&batch, &keys, 0, fields, 2);
    ck_assert_str_eq(words(&batch.adds), "XADD out * message {} uper \x01");
    ck_assert_uint_eq(batch.outputs, 1);
}
END_TEST

START_TEST(the_output_stream_is_trimmed_once_in_a_batch_when_that_is_wanted)
{
    const struct stepden_redis_field field = {"message", 7, "{}", 2};

    for (int i = 0; i < 3; i++)
        stepden_batch_publish(&batch, &keys, 500, &field, 1);
    ck_assert_str_eq(words(&batch.adds),
                     "XADD out MAXLEN ~ 500 LIMIT 0 * message {}\n"
                     "XADD out * message {}\n"
                     "XADD out * message {}");
    stepden_batch_clear(&batch);
    stepden_batch_publish(&batch, &keys, 500, &field, 1);
    ck_assert_str_eq(words(&batch.adds),
                     "XADD out MAXLEN ~ 500 LIMIT 0 * message {}");
}
END_TEST

START_TEST(records_of_one_kind_share_a_command_and_keep_their_order)
{
    stepden_batch_keep(&batch, &keys, "a", 1, "1", 1);
    stepden_batch_keep(&batch, &keys, "b", 1, "2", 1);
    stepden_batch_forget(&batch, &keys, "a", 1);
    stepden_batch_keep(&batch, &keys, "a", 1, "3", 1);
    stepden_batch_seal(&batch, &keys);
    ck_assert_uint_eq(batch.records.count, 3);
    ck_assert_str_eq(words(&batch.records), "HSET rec a 1 b 2\n"
                                            "HDEL rec a\n"
                                            "HSET rec a 3");
}
END_TEST

START_TEST(inputs_of_one_stream_are_acknowledged_together)
{
    stepden_batch_acknowledge(&batch, &keys, STEPDEN_INPUT_CLIENT, "1-1");
    stepden_batch_acknowledge(&batch, &keys, STEPDEN_INPUT_CRASH_PREDICTION,
                              "2-1");
    stepden_batch_acknowledge(&batch, &keys, STEPDEN_INPUT_CLIENT, "1-2");
    stepden_batch_seal(&batch, &keys);
    ck_assert_str_eq(words(&batch.acks), "XACK in g 2-1\nXACK cl h 1-1 1-2");
    ck_assert_uint_eq(batch.inputs, 3);
}
END_TEST

START_TEST(the_latest_input_is_known_whatever_the_order)
{
    stepden_batch_acknowledge(&batch, &keys, STEPDEN_INPUT_CLIENT, "9-1");
    stepden_batch_acknowledge(&batch, &keys, STEPDEN_INPUT_CLIENT, "10-0");
    stepden_batch_acknowledge(&batch, &keys, STEPDEN_INPUT_CLIENT, "9-2");
    ck_assert_str_eq(batch.latest[STEPDEN_INPUT_CLIENT], "10-0");
    ck_assert_str_eq(batch.latest[STEPDEN_INPUT_CRASH_PREDICTION], "");
    stepden_batch_clear(&batch);
    ck_assert_str_eq(batch.latest[STEPDEN_INPUT_CLIENT], "");
}
END_TEST

START_TEST(a_long_command_is_divided)
{
    for (int i = 0; i < 2500; i++)
        stepden_batch_acknowledge(&batch, &keys, STEPDEN_INPUT_CLIENT, "1-1");
    stepden_batch_seal(&batch, &keys);
    ck_assert_uint_eq(batch.acks.count, 3);
}
END_TEST

START_TEST(a_rejected_input_goes_to_the_dead_letters_as_it_is)
{
    const struct stepden_redis_field field = {"message", 7, "oops", 4};
    const struct stepden_entry entry = {.input = STEPDEN_INPUT_CRASH_PREDICTION,
                                        .id = "5-0",
                                        .fields = &field,
                                        .field_count = 1};

    stepden_batch_reject(&batch, &keys, &entry, "wrong", "/a");
    stepden_batch_seal(&batch, &keys);
    ck_assert_str_eq(words(&batch.adds), "XADD inr * reason wrong pointer /a "
                                         "entry 5-0 message oops");
    ck_assert_str_eq(words(&batch.acks), "XACK in g 5-0");
    ck_assert_uint_eq(batch.outputs, 0);
    ck_assert_uint_eq(batch.rejected, 1);
}
END_TEST

START_TEST(it_knows_when_its_inputs_came_but_for_those_that_are_gone)
{
    stepden_batch_acknowledge(&batch, &keys, STEPDEN_INPUT_CLIENT,
                              "1700000000123-4");
    stepden_batch_drop_trimmed(&batch, &keys, STEPDEN_INPUT_CLIENT, "5-0");
    stepden_batch_acknowledge(&batch, &keys, STEPDEN_INPUT_CRASH_PREDICTION,
                              "7-1");
    ck_assert_uint_eq(batch.entered.size, 2 * sizeof(int64_t));
    ck_assert_int_eq(stepden_batch_entered(&batch)[0], 1700000000123);
    ck_assert_int_eq(stepden_batch_entered(&batch)[1], 7);
    stepden_batch_clear(&batch);
    ck_assert_uint_eq(batch.entered.size, 0);
}
END_TEST

START_TEST(what_is_cleared_is_empty)
{
    ck_assert(stepden_batch_is_empty(&batch));
    stepden_batch_forget(&batch, &keys, "a", 1);
    ck_assert(!stepden_batch_is_empty(&batch));
    stepden_batch_clear(&batch);
    ck_assert(stepden_batch_is_empty(&batch));
    batch.fetches[STEPDEN_INPUT_CLIENT] = 1;
    ck_assert(!stepden_batch_is_empty(&batch));
    stepden_batch_clear(&batch);
    ck_assert(stepden_batch_is_empty(&batch));
    stepden_batch_acknowledge(&batch, &keys, STEPDEN_INPUT_CLIENT, "1-1");
    ck_assert(!stepden_batch_is_empty(&batch));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("redis/batch");
    TCase *tests = tcase_create("batch");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, an_output_is_added_to_the_output_stream);
    tcase_add_test(
        tests,
        the_output_stream_is_trimmed_once_in_a_batch_when_that_is_wanted);
    tcase_add_test(tests,
                   records_of_one_kind_share_a_command_and_keep_their_order);
    tcase_add_test(tests, inputs_of_one_stream_are_acknowledged_together);
    tcase_add_test(tests, the_latest_input_is_known_whatever_the_order);
    tcase_add_test(tests, a_long_command_is_divided);
    tcase_add_test(tests, a_rejected_input_goes_to_the_dead_letters_as_it_is);
    tcase_add_test(tests,
                   it_knows_when_its_inputs_came_but_for_those_that_are_gone);
    tcase_add_test(tests, what_is_cleared_is_empty);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
