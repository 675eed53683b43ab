#include "redis/rights.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct stepden_config config;
static char text[STEPDEN_RIGHTS_SIZE];

#define NAME_STREAM(name)                                                      \
    snprintf(config.redis.streams.inputs.client.stream_id,                     \
             sizeof config.redis.streams.inputs.client.stream_id, "%s", name)

static void setup(void)
{
    stepden_config_init(&config);
}

static void expect(const char *words)
{
    stepden_rights_write(text, &config);
    ck_assert_msg(strstr(text, words) != NULL, "%s is not in %s", words, text);
}

START_TEST(names_each_key_by_itself)
{
    expect(" ~step:{step}:client:out ");
    expect(" ~step:{step}:crash_prediction:rejected ~step:{step}:client:in ");
    ck_assert_ptr_null(strstr(text, "~*"));
}
END_TEST

START_TEST(a_pattern_matches_its_key_alone)
{
    NAME_STREAM("a*b?[c]\\");
    expect(" \"~a\\\\*b\\\\?\\\\[c\\\\]\\\\\\\\\" ");
}
END_TEST

START_TEST(a_key_of_all_partitions_is_one_pattern)
{
    NAME_STREAM("a*{p}b");
    config.redis.partitions = 2;
    expect(" \"~a\\\\*{[0-9]*}b\" ");
    expect(" \"~a\\\\*{[0-9]*}b:rejected\" ");
}
END_TEST

START_TEST(one_partition_may_have_been_one_of_many)
{
    NAME_STREAM("a{p}b");
    expect(" ~a{[0-9]*}b ");
}
END_TEST

START_TEST(a_space_which_no_pattern_may_have_is_any_character)
{
    NAME_STREAM("a b");
    expect(" ~a?b ");
}
END_TEST

START_TEST(a_word_is_quoted_where_the_prompt_needs_it)
{
    NAME_STREAM("a\"b\x7f");
    expect(" \"~a\\\"b\\x7f\" ");
}
END_TEST

START_TEST(a_database_takes_the_right_to_select_it)
{
    stepden_rights_write(text, &config);
    ck_assert_ptr_null(strstr(text, "+select"));
    config.redis.connection.db = 1;
    expect(" +select");
}
END_TEST

START_TEST(sentinels_take_the_right_to_ask_for_the_role)
{
    stepden_rights_write(text, &config);
    ck_assert_ptr_null(strstr(text, "+role"));
    config.redis.mode = STEPDEN_CONFIG_REDIS_MODE_SENTINEL;
    expect(" +role");
}
END_TEST

START_TEST(partitions_take_the_right_to_see_how_many_there_were)
{
    stepden_rights_write(text, &config);
    ck_assert_ptr_null(strstr(text, "+hget"));
    strcpy(config.redis.streams.inputs.crash_prediction.stream_id, "in:{p}");
    expect(" +hget");
}
END_TEST

START_TEST(the_user_is_the_configured_one_and_its_password_is_not_told)
{
    expect("ACL SETUSER stepden reset on >PASSWORD ");
    config.redis.connection.has_username = true;
    strcpy(config.redis.connection.username, "den");
    config.redis.connection.has_password = true;
    config.redis.connection.password.kind = STEPDEN_SECRET_PLAIN;
    strcpy(config.redis.connection.password.plain, "sesame");
    expect("ACL SETUSER den reset on >PASSWORD ");
    ck_assert_ptr_null(strstr(text, "sesame"));
}
END_TEST

START_TEST(no_control_character_reaches_the_terminal)
{
    NAME_STREAM("a\x1b[c\xc2\x9b");
    expect(" \"~a\\x1b\\\\[c\\xc2\\x9b\" ");
}
END_TEST

START_TEST(the_longest_keys_have_room)
{
    struct stepden_config_redis_streams *streams = &config.redis.streams;
    char *longest[] = {streams->inputs.crash_prediction.stream_id,
                       streams->inputs.client.stream_id,
                       streams->outputs.client.stream_id};
    for (size_t i = 0; i < 3; i++) {
        size_t size = sizeof streams->outputs.client.stream_id - 1;
        memset(longest[i], '\x01', size);
        longest[i][size] = '\0';
    }
    expect(" +xinfo|stream");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("redis/rights");
    TCase *tests = tcase_create("rights");
    tcase_add_checked_fixture(tests, setup, NULL);
    tcase_add_test(tests, names_each_key_by_itself);
    tcase_add_test(tests, a_pattern_matches_its_key_alone);
    tcase_add_test(tests, a_key_of_all_partitions_is_one_pattern);
    tcase_add_test(tests, one_partition_may_have_been_one_of_many);
    tcase_add_test(tests, a_space_which_no_pattern_may_have_is_any_character);
    tcase_add_test(tests, a_word_is_quoted_where_the_prompt_needs_it);
    tcase_add_test(tests, a_database_takes_the_right_to_select_it);
    tcase_add_test(tests, sentinels_take_the_right_to_ask_for_the_role);
    tcase_add_test(tests, partitions_take_the_right_to_see_how_many_there_were);
    tcase_add_test(tests,
                   the_user_is_the_configured_one_and_its_password_is_not_told);
    tcase_add_test(tests, no_control_character_reaches_the_terminal);
    tcase_add_test(tests, the_longest_keys_have_room);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
