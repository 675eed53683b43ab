#include "redis/server_check.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "support/redis_reply.h"

static char text[256];

static const char *check_info(const char *info)
{
    char bytes[256];

    snprintf(bytes, sizeof bytes, "$%zu\r\n%s\r\n", strlen(info), info);
    redisReply *reply = redis_reply_parse(bytes);
    stepden_server_check_info(text, sizeof text, reply);
    freeReplyObject(reply);
    return text;
}

static const char *check_timeout(const char *bytes)
{
    redisReply *reply = redis_reply_parse(bytes);

    stepden_server_check_timeout(text, sizeof text, reply, 10000);
    freeReplyObject(reply);
    return text;
}

START_TEST(a_usual_server_is_fine)
{
    ck_assert_str_eq(check_info("# Memory\r\nmaxmemory:0\r\n"
                                "maxmemory_policy:noeviction\r\n"
                                "role:master\r\n"),
                     "");
    ck_assert_str_eq(check_info(""), "");
}
END_TEST

START_TEST(a_replica_is_named)
{
    ck_assert_ptr_nonnull(
        strstr(check_info("a:b\r\nrole:slave\r\n"), "replica"));
}
END_TEST

#if STEPDEN_REPLY_RESP3
START_TEST(a_replica_is_named_in_resp3)
{
    redisReply *reply = redis_reply_parse("=14\r\ntxt:role:slave\r\n");

    stepden_server_check_info(text, sizeof text, reply);
    freeReplyObject(reply);
    ck_assert_ptr_nonnull(strstr(text, "replica"));
}
END_TEST
#endif

START_TEST(eviction_is_named_where_memory_is_limited)
{
    ck_assert_ptr_nonnull(
        strstr(check_info("maxmemory:100\r\nmaxmemory_policy:volatile-lru\r\n"),
               "volatile-lru"));
    ck_assert_str_eq(
        check_info("maxmemory:0\r\nmaxmemory_policy:volatile-lru\r\n"), "");
}
END_TEST

START_TEST(a_timeout_below_the_lease_is_named)
{
    ck_assert_ptr_nonnull(
        strstr(check_timeout("*2\r\n$7\r\ntimeout\r\n$1\r\n5\r\n"), "5 s"));
    ck_assert_str_eq(check_timeout("*2\r\n$7\r\ntimeout\r\n$1\r\n0\r\n"), "");
    ck_assert_str_eq(check_timeout("*2\r\n$7\r\ntimeout\r\n$2\r\n60\r\n"), "");
}
END_TEST

START_TEST(what_we_may_not_ask_is_not_warned_of)
{
    ck_assert_str_eq(check_timeout("-NOPERM no\r\n"), "");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("redis/server_check");
    TCase *tests = tcase_create("server_check");
    tcase_add_test(tests, a_usual_server_is_fine);
    tcase_add_test(tests, a_replica_is_named);
#if STEPDEN_REPLY_RESP3
    tcase_add_test(tests, a_replica_is_named_in_resp3);
#endif
    tcase_add_test(tests, eviction_is_named_where_memory_is_limited);
    tcase_add_test(tests, a_timeout_below_the_lease_is_named);
    tcase_add_test(tests, what_we_may_not_ask_is_not_warned_of);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
