#include "redis/memo.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/redis_reply.h"

static struct stepden_memo memo;
static const struct stepden_keys keys = {.done = {"read:in:g", "read:cl:h"}};

static void set_up(void)
{
    memo = (struct stepden_memo){0};
}

static redisReply *string(const char *text)
{
    char bytes[256];

    snprintf(bytes, sizeof bytes, "$%zu\r\n%s\r\n", strlen(text), text);
    return redis_reply_parse(bytes);
}

static enum stepden_memo_field take(const char *name, const char *text)
{
    redisReply *field = string(name);
    redisReply *value = string(text);
    enum stepden_memo_field kind =
        stepden_memo_take(&memo, &keys, field, value);

    freeReplyObject(field);
    freeReplyObject(value);
    return kind;
}

START_TEST(how_far_inputs_were_done_is_taken)
{
    ck_assert_int_eq(take("read:in:g", "5-1"), STEPDEN_MEMO_TAKEN);
    ck_assert_int_eq(
        take("read:cl:h", "18446744073709551615-18446744073709551615"),
        STEPDEN_MEMO_TAKEN);
    ck_assert_str_eq(memo.done[STEPDEN_INPUT_CRASH_PREDICTION], "5-1");
    ck_assert_str_eq(memo.done[STEPDEN_INPUT_CLIENT],
                     "18446744073709551615-18446744073709551615");
}
END_TEST

START_TEST(the_server_is_taken)
{
    ck_assert_int_eq(take("server", "12ab"), STEPDEN_MEMO_TAKEN);
    ck_assert_str_eq(memo.server, "12ab");
}
END_TEST

static unsigned partitions(const char *text)
{
    redisReply *value = string(text);
    unsigned number = stepden_memo_partitions(value);

    freeReplyObject(value);
    return number;
}

START_TEST(the_number_of_partitions_is_taken)
{
    ck_assert_int_eq(take("partitions", "256"), STEPDEN_MEMO_TAKEN);
    ck_assert_uint_eq(partitions("256"), 256);
}
END_TEST

START_TEST(what_is_no_number_of_partitions_is_none)
{
    const char *const bad[] = {"", "0", "x", "1x", "-1", "99999"};

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        ck_assert_uint_eq(partitions(bad[i]), 0);
}
END_TEST

START_TEST(the_owner_is_no_record)
{
    ck_assert_int_eq(take("owner", "north"), STEPDEN_MEMO_TAKEN);
}
END_TEST

START_TEST(what_is_no_entry_id_is_refused)
{
    const char *const bad[] = {
        "",
        "5",
        "5-",
        "-1",
        "5-1 ",
        " 5-1",
        "5--1",
        "18446744073709551616-1",
        "00000000000000000000000000000000000000000000000005-1",
    };

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        ck_assert_int_eq(take("read:cl:h", bad[i]), STEPDEN_MEMO_REFUSED);
    ck_assert_str_eq(memo.done[STEPDEN_INPUT_CLIENT], "");
}
END_TEST

START_TEST(a_run_id_that_is_too_long_is_refused)
{
    char text[STEPDEN_RUN_ID_SIZE + 1] = "";

    memset(text, 'a', STEPDEN_RUN_ID_SIZE);
    ck_assert_int_eq(take("server", text), STEPDEN_MEMO_REFUSED);
    ck_assert_str_eq(memo.server, "");
}
END_TEST

START_TEST(places_in_other_streams_are_passed_over)
{
    ck_assert_int_eq(take("read:old:g", "5-1"), STEPDEN_MEMO_TAKEN);
    ck_assert_int_eq(take("read:in:other", "over"), STEPDEN_MEMO_TAKEN);
    ck_assert_str_eq(memo.done[STEPDEN_INPUT_CRASH_PREDICTION], "");
}
END_TEST

START_TEST(other_fields_are_the_owners)
{
    ck_assert_int_eq(take("900:100", "{}"), STEPDEN_MEMO_OTHER);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("redis/memo");
    TCase *tests = tcase_create("memo");
    tcase_add_checked_fixture(tests, set_up, NULL);
    tcase_add_test(tests, how_far_inputs_were_done_is_taken);
    tcase_add_test(tests, the_server_is_taken);
    tcase_add_test(tests, the_number_of_partitions_is_taken);
    tcase_add_test(tests, what_is_no_number_of_partitions_is_none);
    tcase_add_test(tests, the_owner_is_no_record);
    tcase_add_test(tests, what_is_no_entry_id_is_refused);
    tcase_add_test(tests, a_run_id_that_is_too_long_is_refused);
    tcase_add_test(tests, places_in_other_streams_are_passed_over);
    tcase_add_test(tests, other_fields_are_the_owners);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
