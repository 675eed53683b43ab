#include "support/redis_pool.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct redis_server server;
struct ev_loop *loop;
struct stepden_redis_connection connection;
struct stepden_redis *pool;
int64_t reconnect_ms;
unsigned ended;
char reports[4096];

void make_server_folder(void)
{
    redis_server_start(&server, NULL);
    redis_server_kill(&server);
}

void remove_server_folder(void)
{
    redis_server_stop(&server);
}

void set_up_pool(void)
{
    signal(SIGPIPE, SIG_IGN);
    redis_server_restart(&server);
    loop = ev_loop_new(EVFLAG_AUTO);
    stepden_redis_connection_init(&connection);
    connection.has_unix_socket = true;
    snprintf(connection.unix_socket, sizeof connection.unix_socket, "%s",
             server.socket);
    connection.connection_available_timeout_s = 20;
    reconnect_ms = 20;
    ended = 0;
    reports[0] = '\0';
}

void tear_down_pool(void)
{
    stepden_redis_free(pool);
    ev_loop_destroy(loop);
    redis_server_kill(&server);
}

static void add_report(void *ctx, enum stepden_log_level level,
                       const char *text)
{
    size_t size = strlen(reports);

    (void)ctx;
    (void)level;
    snprintf(reports + size, sizeof reports - size, "%s\n", text);
}

void make_pool(void)
{
    const struct stepden_redis_events events = {.report = add_report};
    struct stepden_diag diag = {0};

    ck_assert_msg(stepden_redis_new(&pool, loop, &connection, "test",
                                    reconnect_ms, &events, &diag) == STEPDEN_OK,
                  "%s: %s", diag.where, diag.reason);
}

static size_t keep_bytes(char kept[TEXT_SIZE], const char *bytes, size_t size)
{
    memcpy(kept, bytes, size < TEXT_SIZE ? size : TEXT_SIZE);
    return size;
}

static void keep_entry(struct seen_entry *seen,
                       const struct stepden_redis_entry *entry)
{
    snprintf(seen->id, sizeof seen->id, "%s", entry->id);
    seen->field_count = entry->field_count;
    if (entry->field_count == 0)
        return;
    seen->name_size = keep_bytes(seen->name, entry->fields[0].name,
                                 entry->fields[0].name_size);
    seen->value_size = keep_bytes(seen->value, entry->fields[0].value,
                                  entry->fields[0].value_size);
}

void take_outcome(void *ctx, const struct stepden_redis_result *result)
{
    struct outcome *outcome = ctx;

    ck_assert_uint_eq(outcome->calls, 0);
    ck_assert((result->status == STEPDEN_OK) == (result->reason[0] == '\0'));
    outcome->calls = 1;
    outcome->place = ++ended;
    outcome->status = result->status;
    snprintf(outcome->reason, sizeof outcome->reason, "%s", result->reason);
    snprintf(outcome->id, sizeof outcome->id, "%s", result->id);
    outcome->count = result->count;
    outcome->entry_count = result->entry_count;
    for (size_t i = 0; i < result->entry_count && i < ENTRIES_SEEN; i++)
        keep_entry(&outcome->entries[i], &result->entries[i]);
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

void await(const struct outcome *outcome)
{
    double end = ev_time() + 30.;

    while (outcome->calls == 0) {
        ck_assert_msg(ev_time() < end, "in time");
        run_ms(2);
    }
}

void await_ok(const struct outcome *outcome)
{
    await(outcome);
    ck_assert_msg(outcome->status == STEPDEN_OK, "%s", outcome->reason);
}

void await_failure(const struct outcome *outcome, enum stepden_status status,
                   const char *text)
{
    await(outcome);
    ck_assert_msg(outcome->status == status &&
                      strstr(outcome->reason, text) != NULL,
                  "%s: \"%s\" instead of \"%s\"",
                  stepden_status_text(outcome->status), outcome->reason, text);
}

void publish(struct outcome *outcome, const char *value)
{
    const struct stepden_redis_field field = {
        .name = "f",
        .name_size = 1,
        .value = value,
        .value_size = strlen(value),
    };

    *outcome = (struct outcome){0};
    stepden_redis_publish(pool, IN, &field, 1, 0, take_outcome, outcome);
}

void create_group(void)
{
    struct outcome outcome = {0};

    stepden_redis_create_input_stream(pool, IN, GROUP, 0, take_outcome,
                                      &outcome);
    await_ok(&outcome);
}

struct stepden_redis_wanted receive_for(int64_t wait_ms)
{
    return (struct stepden_redis_wanted){
        .stream = IN,
        .group = GROUP,
        .consumer = "one",
        .wait_ms = wait_ms,
        .count = 10,
    };
}

void receive(struct outcome *outcome, int64_t wait_ms)
{
    const struct stepden_redis_wanted wanted = receive_for(wait_ms);

    *outcome = (struct outcome){0};
    stepden_redis_receive(pool, &wanted, take_outcome, outcome);
}

long long ask(const char *command)
{
    redisContext *client = redis_server_connect(&server);
    redisReply *reply = redisCommand(client, command);
    long long number;

    ck_assert_ptr_nonnull(reply);
    ck_assert_msg(reply->type != REDIS_REPLY_ERROR, "%s: %s", command,
                  reply->str);
    number = reply->integer;
    freeReplyObject(reply);
    redisFree(client);
    return number;
}

static int count_blocked(void)
{
    redisContext *client = redis_server_connect(&server);
    redisReply *reply = redisCommand(client, "INFO clients");
    int count = -1;

    ck_assert_ptr_nonnull(reply);
    sscanf(strstr(reply->str, "blocked_clients:"), "blocked_clients:%d",
           &count);
    freeReplyObject(reply);
    redisFree(client);
    return count;
}

void await_blocked(int count)
{
    double end = ev_time() + 30.;

    while (count_blocked() != count) {
        ck_assert_msg(ev_time() < end, "in time");
        run_ms(2);
    }
}

int run_suite(Suite *suite)
{
    SRunner *runner = srunner_create(suite);
    int failed;

    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
