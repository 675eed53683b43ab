/* Asking sentinels, of which the test plays two. */
#include "redis/where.h"

#include <check.h>
#include <ev.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { ASKERS = 3 };

static const char hello[] = "+OK\r\n+PONG\r\n";
static const char master_is[] = "*2\r\n$8\r\n10.0.0.9\r\n$4\r\n6380\r\n";

static const char another_is[] = "*2\r\n$8\r\n10.0.0.9\r\n$4\r\n6381\r\n";

static struct stepden_config config;
static struct ev_loop *loop;
static struct stepden_where *where;
static int listeners[2];
static int peer;
static struct stepden_where_question questions[ASKERS];
static struct stepden_redis_node taken;
static int answers;
static int changes;
static char log_text[1024];
static int lines;

static void on_report(void *ctx, enum stepden_log_level level, const char *text)
{
    (void)ctx;
    (void)level;
    snprintf(log_text, sizeof log_text, "%s", text);
    lines++;
}

static void take(void *ctx, const struct stepden_redis_node *server)
{
    (void)ctx;
    taken = *server;
    answers++;
}

static void change(void *ctx, const struct stepden_redis_node *server)
{
    (void)ctx;
    taken = *server;
    changes++;
}

static uint16_t listen_as(int which)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t size = sizeof address;

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    listeners[which] = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    ck_assert_int_eq(bind(listeners[which], (struct sockaddr *)&address, size),
                     0);
    ck_assert_int_eq(listen(listeners[which], 4), 0);
    ck_assert_int_eq(
        getsockname(listeners[which], (struct sockaddr *)&address, &size), 0);
    return ntohs(address.sin_port);
}

static void set_up(void)
{
    struct stepden_config_redis_sentinel *sentinel = &config.redis.sentinel;

    stepden_config_init(&config);
    config.redis.mode = STEPDEN_CONFIG_REDIS_MODE_SENTINEL;
    config.redis.connection.protocol = 2;
    sentinel->has_master_name = true;
    strcpy(sentinel->master_name, "den");
    sentinel->sentinels.count = 2;
    for (int i = 0; i < 2; i++) {
        strcpy(sentinel->sentinels.item[i].host, "127.0.0.1");
        sentinel->sentinels.item[i].port = listen_as(i);
    }
    for (int i = 0; i < ASKERS; i++)
        questions[i] =
            (struct stepden_where_question){.take = take, .changed = change};
    loop = ev_loop_new(EVFLAG_AUTO);
    peer = -1;
}

static void tear_down(void)
{
    stepden_where_free(where);
    ev_loop_destroy(loop);
    for (int i = 0; i < 2; i++)
        close(listeners[i]);
    if (peer >= 0)
        close(peer);
}

static void make(void)
{
    const struct stepden_where_events events = {.report = on_report};
    struct stepden_diag diag = {0};

    ck_assert_int_eq(stepden_where_new(&where, loop, &config, &events, &diag),
                     STEPDEN_OK);
    for (int i = 0; i < ASKERS; i++)
        stepden_where_join(where, &questions[i]);
}

static void on_tick(struct ev_loop *ticked, ev_timer *timer, int events)
{
    (void)timer;
    (void)events;
    ev_break(ticked, EVBREAK_ONE);
}

static void turn(void)
{
    ev_timer tick;

    ev_timer_init(&tick, on_tick, 0.001, 0.);
    ev_timer_start(loop, &tick);
    ev_run(loop, 0);
    ev_timer_stop(loop, &tick);
}

/* The pauses are a fifth of a second at first. */
static void accept_at(int which)
{
    if (peer >= 0)
        close(peer);
    for (int i = 0; i < 10000; i++) {
        turn();
        peer = accept4(listeners[which], NULL, NULL, SOCK_NONBLOCK);
        if (peer >= 0)
            return;
    }
    ck_abort_msg("nobody connects");
}

static bool is_connected_to(int which)
{
    int fd = -1;

    for (int i = 0; i < 20 && fd < 0; i++) {
        turn();
        fd = accept4(listeners[which], NULL, NULL, SOCK_NONBLOCK);
    }
    if (fd >= 0)
        close(fd);
    return fd >= 0;
}

static void answer(const char *bytes)
{
    size_t size = strlen(bytes);

    ck_assert_int_eq(send(peer, bytes, size, MSG_NOSIGNAL), (ssize_t)size);
    for (int i = 0; i < 3; i++)
        turn();
}

static const char *sent(void)
{
    static char bytes[512];

    memset(bytes, 0, sizeof bytes);
    for (int i = 0; i < 10000 && bytes[0] == '\0'; i++) {
        turn();
        (void)!read(peer, bytes, sizeof bytes - 1);
    }
    return bytes;
}

START_TEST(tells_where_the_master_is)
{
    make();
    stepden_where_ask(where, &questions[0]);
    accept_at(0);
    (void)sent();
    answer(hello);
    ck_assert_ptr_nonnull(
        strstr(sent(), "$23\r\nGET-MASTER-ADDR-BY-NAME\r\n$3\r\nden\r\n"));
    answer(master_is);
    ck_assert_int_eq(answers, 1);
    ck_assert_str_eq(taken.host, "10.0.0.9");
    ck_assert_int_eq(taken.port, 6380);
}
END_TEST

START_TEST(asks_once_for_all_who_wait)
{
    make();
    stepden_where_ask(where, &questions[0]);
    stepden_where_ask(where, &questions[1]);
    accept_at(0);
    stepden_where_ask(where, &questions[2]);
    answer(hello);
    answer(master_is);
    ck_assert_int_eq(answers, ASKERS);
    ck_assert(!is_connected_to(0));
    ck_assert(!is_connected_to(1));
}
END_TEST

START_TEST(who_asks_at_about_the_same_time_gets_the_same_answer)
{
    make();
    stepden_where_ask(where, &questions[0]);
    accept_at(0);
    answer(hello);
    answer(master_is);
    stepden_where_ask(where, &questions[1]);
    ck_assert_int_eq(answers, 2);
}
END_TEST

START_TEST(the_next_one_is_asked_the_next_time)
{
    make();
    stepden_where_ask(where, &questions[0]);
    accept_at(0);
    answer(hello);
    answer(master_is);
    for (int i = 0; i < 200; i++)
        turn();
    stepden_where_ask(where, &questions[0]);
    accept_at(1);
    answer(hello);
    answer(master_is);
    ck_assert_int_eq(answers, 2);
    ck_assert_msg(lines == 1, "%s", log_text);
}
END_TEST

START_TEST(the_next_one_is_asked_when_one_is_gone)
{
    make();
    close(listeners[0]);
    listeners[0] = -1;
    stepden_where_ask(where, &questions[0]);
    accept_at(1);
    ck_assert_ptr_nonnull(strstr(log_text, "sentinel 127.0.0.1:"));
    ck_assert_ptr_nonnull(
        strstr(log_text, "Connection refused: check redis.sentinel.sentinels"));
    answer(hello);
    answer(master_is);
    ck_assert_int_eq(answers, 1);
}
END_TEST

/* The first, the second and the fourth time; and the master once. */
START_TEST(one_that_is_gone_is_told_ever_more_seldom)
{
    make();
    close(listeners[0]);
    listeners[0] = -1;
    for (int i = 0; i < 5; i++) {
        stepden_where_ask(where, &questions[0]);
        accept_at(1);
        answer(hello);
        answer(master_is);
        ck_assert_int_eq(answers, i + 1);
        for (int wait = 0; wait < 110; wait++)
            turn();
    }
    ck_assert_int_eq(lines, 4);
}
END_TEST

static void check_is_told(const char *bytes, const char *expected)
{
    make();
    stepden_where_ask(where, &questions[0]);
    accept_at(0);
    answer(hello);
    answer(bytes);
    ck_assert_msg(strstr(log_text, expected) != NULL, "%s", log_text);
    ck_assert_int_eq(answers, 0);
    accept_at(1);
    answer(hello);
    answer(master_is);
    ck_assert_int_eq(answers, 1);
    ck_assert_msg(strstr(log_text, "the master of \"den\" is 10.0.0.9:6380"),
                  "%s", log_text);
}

START_TEST(one_that_does_not_know_the_master_is_told_and_passed_over)
{
    check_is_told("*-1\r\n", "check redis.sentinel.masterName");
}
END_TEST

START_TEST(one_that_is_no_sentinel_is_told_and_passed_over)
{
    check_is_told("-ERR unknown command 'SENTINEL'\r\n",
                  "check redis.sentinel.sentinels");
}
END_TEST

START_TEST(an_address_that_is_none_is_told_and_passed_over)
{
    check_is_told("*2\r\n$1\r\na\r\n$5\r\n70000\r\n", "");
}
END_TEST

START_TEST(who_has_withdrawn_gets_no_answer)
{
    make();
    stepden_where_ask(where, &questions[0]);
    stepden_where_ask(where, &questions[1]);
    stepden_where_withdraw(where, &questions[0]);
    accept_at(0);
    answer(hello);
    answer(master_is);
    ck_assert_int_eq(answers, 1);
}
END_TEST

START_TEST(a_change_is_told_to_all)
{
    make();
    stepden_where_ask(where, &questions[0]);
    accept_at(0);
    (void)sent();
    answer(hello);
    (void)sent();
    answer(master_is);
    ck_assert_int_eq(changes, 0);
    (void)sent();
    answer(master_is);
    ck_assert_int_eq(changes, 0);
    (void)sent();
    answer(another_is);
    ck_assert_int_eq(changes, ASKERS);
    ck_assert_int_eq(taken.port, 6381);
}
END_TEST

START_TEST(another_sentinels_word_is_no_change)
{
    make();
    stepden_where_ask(where, &questions[0]);
    accept_at(0);
    answer(hello);
    answer(master_is);
    accept_at(1);
    answer(hello);
    answer(another_is);
    ck_assert_int_eq(changes, 0);
}
END_TEST

START_TEST(shows_the_password_of_the_sentinels)
{
    struct stepden_config_redis_sentinel *sentinel = &config.redis.sentinel;

    config.redis.connection.has_password = true;
    config.redis.connection.password.kind = STEPDEN_SECRET_ENV;
    strcpy(config.redis.connection.password.env.env, "STEPDEN_REDIS_TEST");
    sentinel->has_password = true;
    sentinel->password.kind = STEPDEN_SECRET_ENV;
    strcpy(sentinel->password.env.env, "STEPDEN_SENTINEL_TEST");
    setenv("STEPDEN_REDIS_TEST", "of-redis", 1);
    setenv("STEPDEN_SENTINEL_TEST", "of-sentinels", 1);
    config.redis.connection.db = 3;
    make();
    stepden_where_ask(where, &questions[0]);
    accept_at(0);
    const char *bytes = sent();
    ck_assert_ptr_nonnull(strstr(bytes, "of-sentinels"));
    ck_assert_ptr_null(strstr(bytes, "of-redis"));
    ck_assert_ptr_null(strstr(bytes, "SELECT"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("redis/sentinel");
    TCase *tests = tcase_create("sentinel");

    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, tells_where_the_master_is);
    tcase_add_test(tests, asks_once_for_all_who_wait);
    tcase_add_test(tests, who_asks_at_about_the_same_time_gets_the_same_answer);
    tcase_add_test(tests, the_next_one_is_asked_the_next_time);
    tcase_add_test(tests, the_next_one_is_asked_when_one_is_gone);
    tcase_add_test(tests, one_that_is_gone_is_told_ever_more_seldom);
    tcase_add_test(tests,
                   one_that_does_not_know_the_master_is_told_and_passed_over);
    tcase_add_test(tests, one_that_is_no_sentinel_is_told_and_passed_over);
    tcase_add_test(tests, an_address_that_is_none_is_told_and_passed_over);
    tcase_add_test(tests, who_has_withdrawn_gets_no_answer);
    tcase_add_test(tests, a_change_is_told_to_all);
    tcase_add_test(tests, another_sentinels_word_is_no_change);
    tcase_add_test(tests, shows_the_password_of_the_sentinels);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
