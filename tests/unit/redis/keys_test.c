#include "redis/keys.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

static struct stepden_config config;
static struct stepden_keys keys;

static void derive_in(unsigned partition, const char *stream_id)
{
    stepden_config_init(&config);
    snprintf(config.redis.streams.inputs.crash_prediction.stream_id,
             sizeof config.redis.streams.inputs.crash_prediction.stream_id,
             "%s", stream_id);
    stepden_keys_derive(&keys, &config, partition);
}

static void derive_from(const char *stream_id)
{
    derive_in(0, stream_id);
}

START_TEST(all_keys_share_the_hash_tag_of_the_streams)
{
    derive_from("step:{step}:crash_prediction");
    ck_assert_str_eq(keys.lease, "step:{step}:stepden:lease");
    ck_assert_str_eq(keys.records, "step:{step}:stepden:records");
    ck_assert_str_eq(keys.done[STEPDEN_INPUT_CLIENT],
                     "read:step:{step}:client:in:stepden");
    ck_assert_str_eq(keys.rejected[STEPDEN_INPUT_CRASH_PREDICTION],
                     "step:{step}:crash_prediction:rejected");
    ck_assert_str_eq(keys.rejected[STEPDEN_INPUT_CLIENT],
                     "step:{step}:client:in:rejected");
}
END_TEST

START_TEST(a_stream_without_a_hash_tag_becomes_one)
{
    derive_from("predictions");
    ck_assert_str_eq(keys.lease, "{predictions}:stepden:lease");
    ck_assert_str_eq(keys.records, "{predictions}:stepden:records");
}
END_TEST

START_TEST(empty_braces_are_no_hash_tag)
{
    derive_from("a{}b");
    ck_assert_str_eq(keys.lease, "{a{}b}:stepden:lease");
}
END_TEST

START_TEST(a_partition_has_its_number_for_a_hash_tag)
{
    derive_in(17, "step:{p}:crash_prediction");
    ck_assert_str_eq(keys.input[STEPDEN_INPUT_CRASH_PREDICTION],
                     "step:{17}:crash_prediction");
    ck_assert_str_eq(keys.rejected[STEPDEN_INPUT_CRASH_PREDICTION],
                     "step:{17}:crash_prediction:rejected");
    ck_assert_str_eq(keys.lease, "step:{17}:stepden:lease");
    ck_assert_str_eq(keys.records, "step:{17}:stepden:records");
    ck_assert_str_eq(keys.done[STEPDEN_INPUT_CRASH_PREDICTION],
                     "read:step:{17}:crash_prediction:stepden");
    derive_in(0, "{p}");
    ck_assert_str_eq(keys.input[STEPDEN_INPUT_CRASH_PREDICTION], "{0}");
}
END_TEST

START_TEST(what_is_no_hash_tag_is_no_partition)
{
    static const char *const names[] = {
        "p", "a{b}c{p}", "a{}{p}", "{{p}", "{p", "{pp}", "p}{p",
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        ck_assert(!stepden_keys_is_split(names[i]));
        derive_in(1, names[i]);
        ck_assert_str_eq(keys.input[STEPDEN_INPUT_CRASH_PREDICTION], names[i]);
    }
    ck_assert(stepden_keys_is_split("a}{p}"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("redis/keys");
    TCase *tests = tcase_create("keys");
    tcase_add_test(tests, all_keys_share_the_hash_tag_of_the_streams);
    tcase_add_test(tests, a_stream_without_a_hash_tag_becomes_one);
    tcase_add_test(tests, empty_braces_are_no_hash_tag);
    tcase_add_test(tests, a_partition_has_its_number_for_a_hash_tag);
    tcase_add_test(tests, what_is_no_hash_tag_is_no_partition);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
