#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "redis/session_parts.h"
#include "support/redis_reply.h"

#define TOKEN "0123456789abcdef0123456789abcdef"

static struct stepden_wish wish;

static bool reads(const char *text)
{
    char bytes[256];

    snprintf(bytes, sizeof bytes, "$%zu\r\n%s\r\n", strlen(text), text);
    redisReply *reply = redis_reply_parse(bytes);
    bool is_wish = stepden_wish_read(&wish, reply);
    freeReplyObject(reply);
    return is_wish;
}

START_TEST(a_rank_and_a_token_are_a_wish)
{
    ck_assert(reads("12 " TOKEN));
    ck_assert_int_eq(wish.rank, 12);
    ck_assert_str_eq(wish.token, TOKEN);
}
END_TEST

START_TEST(what_else_is_in_the_key_is_none)
{
    ck_assert(!reads(""));
    ck_assert(!reads("12"));
    ck_assert(!reads(TOKEN));
    ck_assert(!reads("12 " TOKEN "0"));
    ck_assert(!reads("12 " TOKEN " "));
    ck_assert(!reads("12 0123456789ABCDEF0123456789ABCDEF"));
    ck_assert_str_eq(wish.token, "");
}
END_TEST

/* Sums are made of it. */
START_TEST(no_instance_has_such_a_rank)
{
    ck_assert(!reads("-1 " TOKEN));
    ck_assert(reads("2147483647 " TOKEN));
    ck_assert(!reads("2147483648 " TOKEN));
    ck_assert(!reads("9223372036854775807 " TOKEN));
    ck_assert(!reads("99999999999999999999999 " TOKEN));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("redis/wish");
    TCase *tests = tcase_create("wish");
    tcase_add_test(tests, a_rank_and_a_token_are_a_wish);
    tcase_add_test(tests, what_else_is_in_the_key_is_none);
    tcase_add_test(tests, no_instance_has_such_a_rank);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
