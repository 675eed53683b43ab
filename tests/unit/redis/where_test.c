#include "redis/where.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct stepden_config config;
static struct stepden_where *where;
static struct stepden_where_question question;
static struct stepden_redis_node taken;
static char faults[512];

static void take(void *ctx, const struct stepden_redis_node *server)
{
    (void)ctx;
    taken = *server;
}

static void keep_fault(void *ctx, const struct stepden_diag *diag)
{
    size_t used = strlen(faults);

    (void)ctx;
    snprintf(faults + used, sizeof faults - used, "%s: %s\n", diag->where,
             diag->reason);
}

static void set_up(void)
{
    stepden_config_init(&config);
    question = (struct stepden_where_question){.take = take};
    where = NULL;
    faults[0] = '\0';
}

static void tear_down(void)
{
    stepden_where_free(where);
}

static enum stepden_status make(struct stepden_diag *diag)
{
    return stepden_where_new(&where, NULL, &config, NULL, diag);
}

static void check_is_refused(const char *pointer)
{
    struct stepden_diag diag = {0};

    ck_assert_int_eq(make(&diag), STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.where, pointer);
}

static struct stepden_redis_node node(const char *host, uint16_t port)
{
    struct stepden_redis_node made = {.port = port};

    snprintf(made.host, sizeof made.host, "%s", host);
    return made;
}

static void make_cluster(size_t count)
{
    struct stepden_diag diag = {0};

    config.redis.mode = STEPDEN_CONFIG_REDIS_MODE_CLUSTER;
    config.redis.cluster.nodes.count = (uint32_t)count;
    for (size_t i = 0; i < count; i++)
        config.redis.cluster.nodes.item[i] = node("seed", (uint16_t)(7000 + i));
    ck_assert_int_eq(make(&diag), STEPDEN_OK);
}

static void expect(const char *host, uint16_t port)
{
    stepden_where_ask(where, &question);
    ck_assert_str_eq(taken.host, host);
    ck_assert_int_eq(taken.port, port);
}

START_TEST(a_single_server_is_where_the_connection_says)
{
    struct stepden_diag diag = {0};

    ck_assert_int_eq(make(&diag), STEPDEN_OK);
    ck_assert_ptr_null(where);
    ck_assert_int_eq(stepden_where_kind(where), STEPDEN_WHERE_CONFIGURED);
    ck_assert_str_eq(stepden_where_way(where)->host, "redis.connection.host");
}
END_TEST

START_TEST(nodes_of_a_cluster_are_named_in_turn)
{
    make_cluster(2);
    expect("seed", 7000);
    expect("seed", 7001);
    expect("seed", 7000);
}
END_TEST

START_TEST(each_who_asks_has_his_own_turn)
{
    struct stepden_where_question other = {.take = take};

    make_cluster(2);
    expect("seed", 7000);
    stepden_where_ask(where, &other);
    ck_assert_int_eq(taken.port, 7000);
    expect("seed", 7001);
}
END_TEST

START_TEST(a_node_that_another_one_named_is_named_too)
{
    struct stepden_redis_node learnt = node("10.0.0.2", 7002);

    make_cluster(1);
    stepden_where_learn(where, &learnt);
    stepden_where_learn(where, &learnt);
    expect("seed", 7000);
    expect("10.0.0.2", 7002);
    expect("seed", 7000);
}
END_TEST

START_TEST(what_is_configured_stays_whatever_is_learnt)
{
    make_cluster(1);
    for (uint16_t i = 0; i < 1000; i++) {
        struct stepden_redis_node learnt =
            node("10.0.0.2", (uint16_t)(8000 + i));
        stepden_where_learn(where, &learnt);
    }
    expect("seed", 7000);
    question.turn = 0;
    for (int i = 0; i < 65; i++)
        stepden_where_ask(where, &question);
    ck_assert_int_ge(taken.port, 8900);
    expect("seed", 7000);
}
END_TEST

START_TEST(a_cluster_without_nodes_is_refused)
{
    config.redis.mode = STEPDEN_CONFIG_REDIS_MODE_CLUSTER;
    check_is_refused("/redis/cluster/nodes");
}
END_TEST

START_TEST(sentinels_need_a_name_to_look_for_and_somebody_to_ask)
{
    config.redis.mode = STEPDEN_CONFIG_REDIS_MODE_SENTINEL;
    check_is_refused("/redis/sentinel/masterName");
    config.redis.sentinel.has_master_name = true;
    check_is_refused("/redis/sentinel/sentinels");
}
END_TEST

START_TEST(the_password_at_the_sentinels_is_checked_beforehand)
{
    struct stepden_config_redis_sentinel *sentinel = &config.redis.sentinel;

    config.redis.mode = STEPDEN_CONFIG_REDIS_MODE_SENTINEL;
    sentinel->has_password = true;
    sentinel->password.kind = STEPDEN_SECRET_ENV;
    strcpy(sentinel->password.env.env, "STEPDEN_WHERE_TEST");
    unsetenv("STEPDEN_WHERE_TEST");
    ck_assert_int_eq(stepden_where_check(&config.redis, keep_fault, NULL),
                     STEPDEN_ERR_SYSTEM);
    ck_assert_msg(strncmp(faults, "/redis/sentinel/password: ", 26) == 0, "%s",
                  faults);
    config.redis.mode = STEPDEN_CONFIG_REDIS_MODE_STANDALONE;
    ck_assert_int_eq(stepden_where_check(&config.redis, keep_fault, NULL),
                     STEPDEN_OK);
}
END_TEST

START_TEST(a_socket_that_is_not_used_is_not_checked)
{
    config.redis.mode = STEPDEN_CONFIG_REDIS_MODE_CLUSTER;
    config.redis.connection.has_unix_socket = true;
    memset(config.redis.connection.unix_socket, 'x', 108);
    ck_assert_int_eq(stepden_where_check(&config.redis, keep_fault, NULL),
                     STEPDEN_OK);
    ck_assert_str_eq(faults, "");
}
END_TEST

/* ---- MOVED ---- */

static void check_moved(const char *text, const char *host, uint16_t port)
{
    struct stepden_redis_node server;

    ck_assert_msg(stepden_where_read_moved(&server, text, "asked"), "%s", text);
    ck_assert_str_eq(server.host, host);
    ck_assert_int_eq(server.port, port);
}

START_TEST(moved_says_where_to)
{
    check_moved("MOVED 3999 127.0.0.1:6381", "127.0.0.1", 6381);
    check_moved("MOVED 0 b.example:1", "b.example", 1);
}
END_TEST

START_TEST(an_address_with_colons_ends_before_the_last_one)
{
    check_moved("MOVED 3999 2001:db8::1:6381", "2001:db8::1", 6381);
    check_moved("MOVED 3999 ::1:65535", "::1", 65535);
}
END_TEST

START_TEST(without_a_host_it_is_the_one_that_was_asked)
{
    check_moved("MOVED 3999 :6381", "asked", 6381);
}
END_TEST

START_TEST(what_says_not_where_to_is_refused)
{
    static const char *const texts[] = {
        "MOVED 3999 ?:6381",   "MOVED 3999 a:0", "MOVED 3999 a:65536",
        "MOVED 3999 a:",       "MOVED 3999 a",   "MOVED 3999 a:63x",
        "MOVED 3999 a:6381 b", "MOVED",          "ASK 3999 127.0.0.1:6381",
        "MOVED:1 a",
    };
    struct stepden_redis_node server;

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        ck_assert_msg(!stepden_where_read_moved(&server, texts[i], "asked"),
                      "%s", texts[i]);
}
END_TEST

START_TEST(a_host_that_no_name_has_room_for_is_refused)
{
    static char text[8192];
    struct stepden_redis_node server;

    memset(text, 'a', sizeof text);
    memcpy(text, "MOVED 1 ", 8);
    strcpy(text + sizeof text - 6, ":6381");
    ck_assert(!stepden_where_read_moved(&server, text, "asked"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("redis/where");
    TCase *tests = tcase_create("where");

    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, a_single_server_is_where_the_connection_says);
    tcase_add_test(tests, nodes_of_a_cluster_are_named_in_turn);
    tcase_add_test(tests, each_who_asks_has_his_own_turn);
    tcase_add_test(tests, a_node_that_another_one_named_is_named_too);
    tcase_add_test(tests, what_is_configured_stays_whatever_is_learnt);
    tcase_add_test(tests, a_cluster_without_nodes_is_refused);
    tcase_add_test(tests,
                   sentinels_need_a_name_to_look_for_and_somebody_to_ask);
    tcase_add_test(tests, the_password_at_the_sentinels_is_checked_beforehand);
    tcase_add_test(tests, a_socket_that_is_not_used_is_not_checked);
    tcase_add_test(tests, moved_says_where_to);
    tcase_add_test(tests, an_address_with_colons_ends_before_the_last_one);
    tcase_add_test(tests, without_a_host_it_is_the_one_that_was_asked);
    tcase_add_test(tests, what_says_not_where_to_is_refused);
    tcase_add_test(tests, a_host_that_no_name_has_room_for_is_refused);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
