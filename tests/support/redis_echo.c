#include "support/redis_echo.h"

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "redis/access.h"

struct redis_server server;
redisContext *client;
struct ev_loop *loop;
struct stepden_turns turns;
struct stepden_config config;
struct stepden_where *where;

/* Of the sessions that were started; freed after them. */
enum { SESSIONS_MAX = 256 };
static struct stepden_access *accesses[SESSIONS_MAX];
static size_t access_count;

static void on_acquired(void *ctx)
{
    struct echo *echo = ctx;

    echo->acquired++;
    echo->kept = 0;
    if (echo->stop_when_acquired)
        stepden_session_stop(echo->session);
}

static void on_record(void *ctx, const char *field, size_t field_size,
                      const char *value, size_t value_size)
{
    struct echo *echo = ctx;
    char text[32];

    echo->records++;
    if (field_size != 5 || memcmp(field, "count", 5) != 0)
        return;
    snprintf(text, sizeof text, "%.*s", (int)value_size, value);
    echo->kept = strtoul(text, NULL, 10);
}

static void on_loaded(void *ctx, bool server_changed)
{
    struct echo *echo = ctx;

    echo->server_changed = server_changed;
    echo->loaded++;
    if (echo->when_loaded != NULL)
        echo->when_loaded();
    if (echo->stop_when_loaded)
        stepden_session_stop(echo->session);
}

static bool is_bad(const struct stepden_entry *entry)
{
    return entry->field_count > 0 && entry->fields[0].name_size == 3 &&
           memcmp(entry->fields[0].name, "bad", 3) == 0;
}

static void keep_count(struct echo *echo)
{
    char text[32];
    int size = snprintf(text, sizeof text, "%zu", echo->kept);

    stepden_session_keep(echo->session, "count", 5, text, (size_t)size);
}

static void on_entry(void *ctx, const struct stepden_entry *entry)
{
    struct echo *echo = ctx;

    echo->entries++;
    echo->in_batch++;
    echo->kept++;
    if (is_bad(entry)) {
        stepden_session_reject(echo->session, entry, "it is bad", "/bad");
        return;
    }
    const struct stepden_redis_field fields[] = {
        {"of", 2, entry->id, strlen(entry->id)},
        {"by", 2, echo->name, strlen(echo->name)},
    };
    stepden_session_publish(echo->session, fields, 2);
    keep_count(echo);
    stepden_session_acknowledge(echo->session, entry);
    if (echo->entries == echo->stop_at)
        stepden_session_stop(echo->session);
}

static void on_rejected(void *ctx, const struct stepden_entry *entry,
                        const char *reason)
{
    struct echo *echo = ctx;

    (void)entry;
    (void)reason;
    echo->rejected++;
}

static void on_batch_end(void *ctx)
{
    struct echo *echo = ctx;

    echo->batch = echo->in_batch;
    echo->in_batch = 0;
}

static void on_committed(void *ctx, const struct stepden_commit *commit)
{
    struct echo *echo = ctx;

    echo->committed += commit->inputs;
    echo->published += commit->outputs;
    echo->entered += commit->entered_count;
    for (size_t i = 0; i < commit->entered_count; i++)
        if (echo->oldest_unix_ms == 0 ||
            commit->entered_unix_ms[i] < echo->oldest_unix_ms)
            echo->oldest_unix_ms = commit->entered_unix_ms[i];
    if (commit->duration_us > echo->slowest_us)
        echo->slowest_us = commit->duration_us;
}

static void on_lost(void *ctx, const char *why)
{
    struct echo *echo = ctx;

    (void)why;
    echo->lost++;
    if (echo->stop_when_lost)
        stepden_session_stop(echo->session);
}

static bool on_wished(void *ctx, int64_t rank)
{
    const struct echo *echo = ctx;

    return echo->held >= rank + 2;
}

static int64_t on_rank(void *ctx)
{
    const struct echo *echo = ctx;

    return echo->rank;
}

static void on_report(void *ctx, enum stepden_log_level level, const char *text)
{
    struct echo *echo = ctx;
    size_t left = sizeof echo->said - echo->said_size;
    int size =
        snprintf(echo->said + echo->said_size, left, "%d %s\n", level, text);

    ck_assert_uint_lt((size_t)size, left);
    echo->said_size += (size_t)size;
    if (getenv("REDIS_TEST_LOG") != NULL)
        fprintf(stderr, "%.3f %s %d %s\n", ev_time(), echo->name, (int)level,
                text);
}

size_t times_said(const struct echo *echo, const char *text)
{
    size_t times = 0;

    for (const char *at = echo->said; (at = strstr(at, text)) != NULL; at++)
        times++;
    return times;
}

static void on_stopped(void *ctx, enum stepden_status status)
{
    struct echo *echo = ctx;

    echo->stopped = true;
    echo->status = status;
}

void start(struct echo *echo, const char *name)
{
    bool shares = config.redis.partitions > 1;
    const struct stepden_session_events events = {
        .acquired = on_acquired,
        .record = on_record,
        .loaded = on_loaded,
        .entry = on_entry,
        .rejected = on_rejected,
        .batch_end = on_batch_end,
        .committed = on_committed,
        .lost = on_lost,
        .wished = shares ? on_wished : NULL,
        .rank = shares ? on_rank : NULL,
        .report = on_report,
        .stopped = on_stopped,
        .ctx = echo,
    };
    struct stepden_diag diag = {0};

    *echo = (struct echo){.rank = -1};
    snprintf(echo->name, sizeof echo->name, "%s", name);
    snprintf(config.instance_name, sizeof config.instance_name, "%s", name);
    echo->config = config;
    ck_assert_uint_lt(access_count, SESSIONS_MAX);
    struct stepden_access **access = &accesses[access_count++];
    enum stepden_status status = stepden_access_new(
        access, where, &echo->config.redis.connection, &diag);
    if (status == STEPDEN_OK)
        status = stepden_session_new(&echo->session, loop, *access, &turns,
                                     &echo->config, 0, &events, &diag);
    ck_assert_msg(status == STEPDEN_OK, "%s: %s", diag.where, diag.reason);
}

static void on_tick(struct ev_loop *ticked, ev_timer *timer, int events)
{
    (void)timer;
    (void)events;
    ev_break(ticked, EVBREAK_ONE);
}

void run_ms(long ms)
{
    ev_timer tick;

    ev_now_update(loop);
    ev_timer_init(&tick, on_tick, (double)ms / 1000., 0.);
    ev_timer_start(loop, &tick);
    ev_run(loop, 0);
    ev_timer_stop(loop, &tick);
}

void run_until(bool (*done)(const struct echo *echo), const struct echo *echo)
{
    double end = ev_time() + 10.;
    ev_timer tick;

    ev_timer_init(&tick, on_tick, 0.002, 0.002);
    ev_timer_start(loop, &tick);
    while (!done(echo)) {
        ck_assert_msg(ev_time() < end, "%s: in time", echo->name);
        ev_run(loop, EVRUN_ONCE);
    }
    ev_timer_stop(loop, &tick);
}

bool owns(const struct echo *echo)
{
    return stepden_session_state(echo->session) == STEPDEN_SESSION_OWNER;
}

bool stands_by(const struct echo *echo)
{
    return stepden_session_state(echo->session) == STEPDEN_SESSION_STANDBY;
}

bool has_obstacle(const struct echo *echo)
{
    return stepden_session_obstacle(echo->session)[0] != '\0';
}

bool has_stopped(const struct echo *echo)
{
    return echo->stopped;
}

bool has_lost(const struct echo *echo)
{
    return echo->lost > 0;
}

bool has_committed_20(const struct echo *echo)
{
    return echo->committed >= 20;
}

bool has_gone_on(const struct echo *echo)
{
    return echo->committed > 200;
}

bool has_published_load(const struct echo *echo)
{
    return echo->published >= LOAD;
}

bool has_begun(const struct echo *echo)
{
    return echo->committed > 0;
}

redisReply *ask(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    redisReply *reply = redisvCommand(client, format, args);
    va_end(args);
    ck_assert_ptr_nonnull(reply);
    ck_assert_msg(reply->type != REDIS_REPLY_ERROR, "%s", reply->str);
    return reply;
}

long long number(const char *command, const char *key)
{
    redisReply *reply = ask("%s %s", command, key);
    long long value = reply->integer;

    freeReplyObject(reply);
    return value;
}

void add_inputs(const char *key, size_t count)
{
    for (size_t i = 0; i < count; i++)
        redisAppendCommand(client, "XADD %s * message %d", key, (int)i);
    for (size_t i = 0; i < count; i++) {
        redisReply *reply = NULL;
        ck_assert_int_eq(redisGetReply(client, (void **)&reply), REDIS_OK);
        ck_assert_int_eq(reply->type, REDIS_REPLY_STRING);
        freeReplyObject(reply);
    }
}

void add_load(void)
{
    config.redis.limits.max_batch = 32;
    add_inputs(INPUT_KEY, LOAD);
}

long long pending(const char *key)
{
    redisReply *reply = ask("XPENDING %s stepden", key);
    long long count = reply->element[0]->integer;

    freeReplyObject(reply);
    return count;
}

bool all_done(const struct echo *echo)
{
    (void)echo;
    return number("XLEN", OUTPUT_KEY) >=
               number("XLEN", INPUT_KEY) + number("XLEN", CLIENT_KEY) &&
           pending(INPUT_KEY) == 0;
}

void check_exactly_once(void)
{
    redisReply *in = ask("XRANGE %s - +", INPUT_KEY);
    redisReply *out = ask("XRANGE %s - +", OUTPUT_KEY);

    ck_assert_uint_eq(in->elements, out->elements);
    for (size_t i = 0; i < in->elements; i++)
        ck_assert_str_eq(in->element[i]->element[0]->str,
                         out->element[i]->element[1]->element[1]->str);
    freeReplyObject(in);
    freeReplyObject(out);
    ck_assert_int_eq(pending(INPUT_KEY), 0);
}

static void setup_server(bool persistent)
{
    signal(SIGPIPE, SIG_IGN);
    redis_server_start(&server, persistent ? "always" : NULL);
    client = redis_server_connect(&server);
    loop = ev_loop_new(EVFLAG_AUTO);
    stepden_turns_init(&turns, loop);
    stepden_config_init(&config);
    config.redis.connection.has_unix_socket = true;
    snprintf(config.redis.connection.unix_socket,
             sizeof config.redis.connection.unix_socket, "%s", server.socket);
    config.redis.lease.timeout_ms = LEASE_MS;
    config.reconnect_interval_s = 1;
    config.redis.streams.outputs.client.max_length = 0;
}

static void setup(void)
{
    setup_server(false);
}

static void setup_persistent(void)
{
    setup_server(true);
}

static void teardown(void)
{
    redisFree(client);
    while (access_count > 0)
        stepden_access_free(accesses[--access_count]);
    ev_loop_destroy(loop);
    redis_server_stop(&server);
}

static void add(Suite *suite, const char *name, void (*begin)(void),
                const TTest *const *tests)
{
    TCase *tcase = tcase_create(name);

    tcase_set_timeout(tcase, 30);
    tcase_add_checked_fixture(tcase, begin, teardown);
    while (*tests)
        tcase_add_test(tcase, *tests++);
    suite_add_tcase(suite, tcase);
}

int redis_echo_run(const char *name, const TTest *const *usual,
                   const TTest *const *persistent)
{
    Suite *suite = suite_create(name);

    add(suite, "usual", setup, usual);
    add(suite, "persistent", setup_persistent, persistent);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
}
