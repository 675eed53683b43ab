#include "redis/server_check.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "support/redis_reply.h"

static char text[256];
static enum stepden_config_redis_mode mode; /* standalone, unless set */

static redisReply *parse_info(const char *info)
{
    char bytes[512];

    snprintf(bytes, sizeof bytes, "$%zu\r\n%s\r\n", strlen(info), info);
    return redis_reply_parse(bytes);
}

/* The only note, "" without one. */
static const char *check_reply(redisReply *reply, enum stepden_log_level level)
{
    static struct stepden_server_note notes[STEPDEN_SERVER_NOTES];
    const char *only = "";

    stepden_server_check_info(notes, reply, mode);
    freeReplyObject(reply);
    for (int i = 0; i < STEPDEN_SERVER_NOTES; i++) {
        if (notes[i].text[0] == '\0')
            continue;
        ck_assert_str_eq(only, "");
        ck_assert_int_eq(notes[i].level, level);
        only = notes[i].text;
    }
    return only;
}

static const char *check_info(const char *info)
{
    return check_reply(parse_info(info), STEPDEN_LOG_LEVEL_WARNING);
}

static const char *check_version(const char *info)
{
    redisReply *reply = parse_info(info);

    stepden_server_check_version(text, sizeof text, reply);
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

static bool is_replica(redisReply *reply)
{
    bool is_one = stepden_server_is_replica(reply);

    freeReplyObject(reply);
    return is_one;
}

START_TEST(a_replica_is_known_by_its_role)
{
    ck_assert(is_replica(parse_info("a:b\r\nrole:slave\r\n")));
    ck_assert(!is_replica(parse_info("a:b\r\nrole:master\r\n")));
    ck_assert(!is_replica(redis_reply_parse("-NOPERM no\r\n")));
}
END_TEST

#if STEPDEN_REPLY_RESP3
START_TEST(a_replica_is_known_in_resp3)
{
    ck_assert(is_replica(redis_reply_parse("=14\r\ntxt:role:slave\r\n")));
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

START_TEST(a_server_that_forgets_when_it_crashes_is_told)
{
    ck_assert_ptr_nonnull(
        strstr(check_info("aof_enabled:0\r\n"), "appendonly"));
    ck_assert_str_eq(check_info("aof_enabled:1\r\n"), "");
}
END_TEST

START_TEST(a_node_of_a_cluster_is_told)
{
    ck_assert_ptr_nonnull(
        strstr(check_reply(parse_info("redis_mode:cluster\r\n"),
                           STEPDEN_LOG_LEVEL_INFO),
               "cluster"));
    ck_assert_str_eq(check_info("redis_mode:standalone\r\n"), "");
}
END_TEST

START_TEST(in_mode_cluster_it_has_to_be_one)
{
    mode = STEPDEN_CONFIG_REDIS_MODE_CLUSTER;
    ck_assert_str_eq(check_info("redis_mode:cluster\r\n"), "");
    ck_assert_ptr_nonnull(
        strstr(check_info("redis_mode:standalone\r\n"), "in no cluster"));
}
END_TEST

START_TEST(all_that_can_be_wrong_is_told)
{
    struct stepden_server_note notes[STEPDEN_SERVER_NOTES];
    redisReply *reply =
        parse_info("role:slave\r\nmaxmemory:1\r\nmaxmemory_policy:allkeys-lru"
                   "\r\naof_enabled:0\r\nredis_mode:cluster\r\n");

    stepden_server_check_info(notes, reply, mode);
    freeReplyObject(reply);
    for (int i = 0; i < STEPDEN_SERVER_NOTES; i++)
        ck_assert_str_ne(notes[i].text, "");
}
END_TEST

START_TEST(a_server_that_is_too_old_is_named_with_its_version)
{
    ck_assert_ptr_nonnull(
        strstr(check_version("redis_version:6.0.16\r\n"), "Redis 6.0.16; 6.2"));
    ck_assert_ptr_nonnull(
        strstr(check_version("redis_version:5.0.14\r\n"), "5.0.14"));
    ck_assert_str_eq(check_version("redis_version:6.2.0\r\n"), "");
    ck_assert_str_eq(check_version("redis_version:7.0.15\r\n"), "");
    ck_assert_str_eq(check_version("redis_version:10.0\r\n"), "");
    ck_assert_str_eq(check_version("role:master\r\n"), "");
}
END_TEST

START_TEST(a_server_is_known_by_its_run_id)
{
    redisReply *reply = parse_info("a:b\r\nrun_id:0123abcd\r\nc:d\r\n");

    stepden_server_run_id(text, sizeof text, reply);
    ck_assert_str_eq(text, "0123abcd");
    freeReplyObject(reply);
    reply = redis_reply_parse("-NOPERM no\r\n");
    stepden_server_run_id(text, sizeof text, reply);
    ck_assert_str_eq(text, "");
    freeReplyObject(reply);
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
    tcase_add_test(tests, a_replica_is_known_by_its_role);
#if STEPDEN_REPLY_RESP3
    tcase_add_test(tests, a_replica_is_known_in_resp3);
#endif
    tcase_add_test(tests, eviction_is_named_where_memory_is_limited);
    tcase_add_test(tests, a_server_that_forgets_when_it_crashes_is_told);
    tcase_add_test(tests, a_node_of_a_cluster_is_told);
    tcase_add_test(tests, in_mode_cluster_it_has_to_be_one);
    tcase_add_test(tests, all_that_can_be_wrong_is_told);
    tcase_add_test(tests, a_server_that_is_too_old_is_named_with_its_version);
    tcase_add_test(tests, a_server_is_known_by_its_run_id);
    tcase_add_test(tests, a_timeout_below_the_lease_is_named);
    tcase_add_test(tests, what_we_may_not_ask_is_not_warned_of);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
