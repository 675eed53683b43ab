/* A link, and a server of the test's own for it on a Unix socket; both on one
 * loop, which turns when the test says so. */
#ifndef STEPDEN_TESTS_SUPPORT_LINK_BENCH_H
#define STEPDEN_TESTS_SUPPORT_LINK_BENCH_H

#include <check.h>
#include <errno.h>
#include <ev.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "redis/link_parts.h"
#include "redis/reply.h"

static const char hello[] = "+OK\r\n+PONG\r\n";

static struct ev_loop *loop;
static struct stepden_redis_connection connection;
static char folder[64];
static int listener;
static int peer; /* the server's end, -1 without */

static int64_t reconnect_ms = 20;
static struct stepden_where *where; /* NULL unless a test makes one */
static struct stepden_access *access_;
static struct stepden_link *link_;
static int ups;
static int downs;
static int answers;
static char last_answer[64];
static char log_text[640];
static int lines; /* of the log */

static inline void on_up(void *ctx)
{
    (void)ctx;
    ups++;
}

static inline void on_down(void *ctx, const char *why)
{
    (void)ctx;
    (void)why;
    downs++;
}

static inline void on_report(void *ctx, enum stepden_log_level level,
                             const char *text)
{
    (void)ctx;
    (void)level;
    snprintf(log_text, sizeof log_text, "%s", text);
    lines++;
}

static inline void on_answer(void *ctx, const redisReply *reply)
{
    (void)ctx;
    answers++;
    stepden_reply_describe(last_answer, sizeof last_answer, reply);
}

static inline void listen_on(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};

    ck_assert_uint_lt(strlen(path), sizeof address.sun_path);
    memcpy(address.sun_path, path, strlen(path));
    listener = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);
    ck_assert_int_eq(
        bind(listener, (const struct sockaddr *)&address, sizeof address), 0);
    ck_assert_int_eq(listen(listener, 1), 0);
}

/* These two run in the parent, so that a failed test leaves nothing behind. */
static inline void make_folder(void)
{
    snprintf(folder, sizeof folder, "/tmp/link_test_XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

static inline void remove_folder(void)
{
    char path[sizeof folder + 2];

    snprintf(path, sizeof path, "%s/s", folder);
    unlink(path);
    rmdir(folder);
}

static inline void set_up(void)
{
    struct stepden_config config;

    stepden_config_init(&config);
    connection = config.redis.connection;
    connection.has_unix_socket = true;
    snprintf(connection.unix_socket, sizeof connection.unix_socket, "%s/s",
             folder);
    unlink(connection.unix_socket);
    listen_on(connection.unix_socket);
    connection.socket_timeout_s = 1;
    connection.socket_connect_timeout_s = 1;
    connection.protocol = 2;
    peer = -1;
    loop = ev_loop_new(EVFLAG_AUTO);
}

static inline void tear_down(void)
{
    stepden_link_free(link_);
    stepden_access_free(access_);
    ev_loop_destroy(loop);
    close(listener);
    if (peer >= 0)
        close(peer);
}

static inline void make_access(void)
{
    struct stepden_diag diag = {0};

    ck_assert_int_eq(stepden_access_new(&access_, where, &connection, &diag),
                     STEPDEN_OK);
}

static inline void make_link(void)
{
    const struct stepden_link_events events = {
        .up = on_up, .down = on_down, .report = on_report};
    struct stepden_diag diag = {0};

    ck_assert_int_eq(stepden_link_new(&link_, loop, access_, "test",
                                      reconnect_ms, &events, &diag),
                     STEPDEN_OK);
}

static inline void open_link(void)
{
    make_access();
    make_link();
    stepden_link_open(link_);
}

static inline void on_tick(struct ev_loop *ticked, ev_timer *timer, int events)
{
    (void)timer;
    (void)events;
    ev_break(ticked, EVBREAK_ONE);
}

static inline void turn(void)
{
    ev_timer tick;

    ev_timer_init(&tick, on_tick, 0.001, 0.);
    ev_timer_start(loop, &tick);
    ev_run(loop, 0);
    ev_timer_stop(loop, &tick);
}

static inline void accept_link(void)
{
    if (peer >= 0)
        close(peer);
    for (int i = 0; i < 2000; i++) {
        turn();
        peer = accept4(listener, NULL, NULL, SOCK_NONBLOCK);
        if (peer >= 0)
            return;
    }
    ck_abort_msg("the link does not connect");
}

static inline void answer(const char *bytes)
{
    size_t size = strlen(bytes);

    ck_assert_int_eq(send(peer, bytes, size, MSG_NOSIGNAL), (ssize_t)size);
    for (int i = 0; i < 3; i++)
        turn();
}

static inline void bring_up(void)
{
    open_link();
    accept_link();
    answer(hello);
    ck_assert(stepden_link_is_up(link_));
}

static inline void ping(void)
{
    stepden_link_command(link_, 1, on_answer);
    stepden_link_arg_text(link_, "PING");
}

static inline bool says(const char *text)
{
    return strstr(log_text, text) != NULL;
}

static inline void turn_until_down(void)
{
    for (int i = 0; i < 10000 && downs == 0; i++)
        turn();
    ck_assert_int_eq(downs, 1);
}

/* As if the time were over. */
static inline void fire_timer(void)
{
    ev_timer_stop(loop, &link_->timer);
    ev_invoke(loop, &link_->timer, EV_TIMER);
}

static inline int run_bench(const char *name, TCase *tests)
{
    Suite *suite = suite_create(name);

    tcase_set_timeout(tests, 60);
    tcase_add_unchecked_fixture(tests, make_folder, remove_folder);
    tcase_add_checked_fixture(tests, set_up, tear_down);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

#endif
