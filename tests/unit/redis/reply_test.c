#include "redis/reply.h"

#include <check.h>
#include <stdlib.h>

#include "support/redis_reply.h"

static redisReply *reply;

static void set_up(void)
{
    reply = NULL;
}

static void tear_down(void)
{
    freeReplyObject(reply);
}

START_TEST(a_status_and_a_string_are_the_text_they_hold)
{
    reply = redis_reply_parse("*2\r\n+OK\r\n$2\r\nOK\r\n");
    ck_assert(stepden_reply_is(reply->element[0], "OK"));
    ck_assert(stepden_reply_is(reply->element[1], "OK"));
    ck_assert(!stepden_reply_is(reply->element[1], "OKAY"));
    ck_assert(!stepden_reply_is(reply->element[1], "O"));
    ck_assert(!stepden_reply_is(reply, "OK"));
}
END_TEST

START_TEST(an_error_is_known_by_its_first_word)
{
    reply = redis_reply_parse("-NOGROUP No such key\r\n");
    ck_assert_str_eq(stepden_reply_error(reply), "NOGROUP No such key");
    ck_assert(stepden_reply_is_error(reply, "NOGROUP"));
    ck_assert(!stepden_reply_is_error(reply, "NO"));
    ck_assert(!stepden_reply_is(reply, "NOGROUP No such key"));
}
END_TEST

START_TEST(what_a_cluster_says_while_it_changes_passes)
{
    reply = redis_reply_parse("*4\r\n-ASK 1 127.0.0.1:1\r\n-TRYAGAIN keys\r\n"
                              "-MOVED 1 127.0.0.1:1\r\n-READONLY replica\r\n");
    ck_assert(stepden_reply_is_passing(reply->element[0]));
    ck_assert(stepden_reply_is_passing(reply->element[1]));
    ck_assert(!stepden_reply_is_passing(reply->element[2]));
    ck_assert(!stepden_reply_is_passing(reply->element[3]));
}
END_TEST

START_TEST(a_member_is_found_by_its_name)
{
    reply = redis_reply_parse("*4\r\n$1\r\na\r\n:1\r\n$1\r\nb\r\n:2\r\n");
    ck_assert_int_eq(stepden_reply_member(reply, "b")->integer, 2);
    ck_assert_ptr_null(stepden_reply_member(reply, "c"));
    ck_assert_ptr_null(stepden_reply_member(reply->element[0], "a"));
}
END_TEST

START_TEST(a_name_without_a_value_is_no_member)
{
    reply = redis_reply_parse("*3\r\n$1\r\na\r\n:1\r\n$1\r\nb\r\n");
    ck_assert_ptr_null(stepden_reply_member(reply, "b"));
}
END_TEST

START_TEST(says_what_came_instead)
{
    char text[64];

    reply = redis_reply_parse("*5\r\n:7\r\n$-1\r\n+QUEUED\r\n*0\r\n-\r\n");
    ck_assert_str_eq(
        stepden_reply_describe(text, sizeof text, reply->element[0]),
        "the answer 7");
    ck_assert_str_eq(
        stepden_reply_describe(text, sizeof text, reply->element[1]),
        "the answer nil");
    ck_assert_str_eq(
        stepden_reply_describe(text, sizeof text, reply->element[2]),
        "the answer \"QUEUED\"");
    ck_assert_str_eq(
        stepden_reply_describe(text, sizeof text, reply->element[3]),
        "an answer of another kind");
    ck_assert_str_eq(
        stepden_reply_describe(text, sizeof text, reply->element[4]),
        "an error without a text");
}
END_TEST

START_TEST(knows_what_helps_against_common_errors)
{
    static const char *const errors[] = {
        "WRONGPASS invalid username-password pair or user is disabled.",
        "ERR AUTH <password> called without any password configured",
        "ERR Client sent AUTH, but no password is set",
        "ERR invalid password",
        "NOAUTH Authentication required.",
        "NOPERM this user has no permissions",
        "DENIED Redis is running in protected mode",
        "ERR max number of clients reached",
        "ERR DB index is out of range",
        "LOADING Redis is loading the dataset in memory",
        "BUSY Redis is busy running a script.",
        "READONLY You can't write against a read only replica.",
        "MASTERDOWN Link with MASTER is down",
        "MISCONF Redis is configured to save RDB snapshots",
        "OOM command not allowed",
        "ERR unknown command 'WATCH', with args beginning with: 'k' ",
    };

    for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++)
        ck_assert_msg(stepden_reply_hint(errors[i]) != NULL, "%s", errors[i]);
    ck_assert_ptr_null(stepden_reply_hint("ERR syntax error"));
    ck_assert_ptr_null(stepden_reply_hint("BUSYGROUP Consumer Group exists"));
}
END_TEST

START_TEST(an_error_without_a_text_is_told_as_one)
{
    char text[160];

    reply = redis_reply_parse("*2\r\n-\r\n-, with args beginning with: a\r\n");
    for (size_t i = 0; i < 2; i++)
        ck_assert_str_eq(
            stepden_reply_explain(text, sizeof text, reply->element[i]),
            "an error without a text");
}
END_TEST

START_TEST(an_error_is_explained_with_what_helps)
{
    char text[160];

    reply = redis_reply_parse("*3\r\n-NOAUTH Authentication required.\r\n"
                              "-ERR syntax error.\r\n"
                              "-DENIED Redis is running in protected mode "
                              "because protected mode is enabled and no "
                              "password is set for the default user. In this "
                              "mode connections are only accepted from the "
                              "loopback interface.\r\n");
    ck_assert_str_eq(
        stepden_reply_explain(text, sizeof text, reply->element[0]),
        "NOAUTH Authentication required: the server wants "
        "redis.connection.password, of a sentinel redis.sentinel's");
    ck_assert_str_eq(
        stepden_reply_explain(text, sizeof text, reply->element[1]),
        "ERR syntax error");
    ck_assert_str_eq(
        stepden_reply_explain(text, sizeof text, reply->element[2]),
        "DENIED Redis is running in protected mode because protected mode is "
        "enabled and : the server is in protected mode: set a password there");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("redis/reply");
    TCase *tests = tcase_create("reply");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, a_status_and_a_string_are_the_text_they_hold);
    tcase_add_test(tests, an_error_is_known_by_its_first_word);
    tcase_add_test(tests, what_a_cluster_says_while_it_changes_passes);
    tcase_add_test(tests, a_member_is_found_by_its_name);
    tcase_add_test(tests, a_name_without_a_value_is_no_member);
    tcase_add_test(tests, says_what_came_instead);
    tcase_add_test(tests, knows_what_helps_against_common_errors);
    tcase_add_test(tests, an_error_without_a_text_is_told_as_one);
    tcase_add_test(tests, an_error_is_explained_with_what_helps);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
