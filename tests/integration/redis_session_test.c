/* The session against a real server: each input exactly once, whatever ends. */
#include "redis/session.h"

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <check.h>
#include <ev.h>
#include <hiredis/hiredis.h>

#include "support/redis_server.h"

enum { LEASE_MS = 500, INPUTS = 1000, LOAD = 5000 };

static const char input_key[] = "step:{step}:crash_prediction";
static const char client_key[] = "step:{step}:client:in";
static const char output_key[] = "step:{step}:client:out";
static const char rejected_key[] = "step:{step}:crash_prediction:rejected";
static const char lease_key[] = "step:{step}:stepden:lease";
static const char records_key[] = "step:{step}:stepden:records";

/* Publishes an entry for each input, and keeps the number of inputs. */
struct echo {
    struct stepden_session *session;
    char name[16];
    size_t entries;
    size_t committed;
    size_t published;
    size_t records;
    size_t acquired;
    size_t loaded;
    size_t lost;
    size_t kept;    /* inputs so far, as kept in Redis */
    size_t stop_at; /* entries after which it stops itself; 0 never */
    bool stopped;
    enum stepden_status status;
};

static struct redis_server server;
static redisContext *client;
static struct ev_loop *loop;
static struct stepden_config config;

static void on_acquired(void *ctx)
{
    struct echo *echo = ctx;

    echo->acquired++;
    echo->kept = 0;
}

static void on_record(void *ctx, const char *field, size_t field_size,
                      const char *value, size_t value_size)
{
    struct echo *echo = ctx;
    char text[32];

    ck_assert_uint_eq(field_size, 5);
    ck_assert_mem_eq(field, "count", 5);
    snprintf(text, sizeof text, "%.*s", (int)value_size, value);
    echo->kept = strtoul(text, NULL, 10);
    echo->records++;
}

static void on_loaded(void *ctx)
{
    struct echo *echo = ctx;

    echo->loaded++;
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
    echo->kept++;
    if (is_bad(entry)) {
        stepden_session_reject(echo->session, entry, "it is bad", "/bad");
        return;
    }
    const struct stepden_field fields[] = {
        {"of", 2, entry->id, strlen(entry->id)},
        {"by", 2, echo->name, strlen(echo->name)},
    };
    stepden_session_publish(echo->session, fields, 2);
    keep_count(echo);
    stepden_session_acknowledge(echo->session, entry);
    if (echo->entries == echo->stop_at)
        stepden_session_stop(echo->session);
}

static void on_batch_end(void *ctx)
{
    (void)ctx;
}

static void on_committed(void *ctx, size_t inputs, size_t outputs)
{
    struct echo *echo = ctx;

    echo->committed += inputs;
    echo->published += outputs;
}

static void on_lost(void *ctx, const char *why)
{
    struct echo *echo = ctx;

    (void)why;
    echo->lost++;
}

static void on_report(void *ctx, enum stepden_log_level level, const char *text)
{
    struct echo *echo = ctx;

    if (getenv("REDIS_TEST_LOG") != NULL)
        fprintf(stderr, "%.3f %s %d %s\n", ev_time(), echo->name, (int)level,
                text);
}

static void on_stopped(void *ctx, enum stepden_status status)
{
    struct echo *echo = ctx;

    echo->stopped = true;
    echo->status = status;
}

static void start(struct echo *echo, const char *name)
{
    const struct stepden_session_events events = {
        .acquired = on_acquired,
        .record = on_record,
        .loaded = on_loaded,
        .entry = on_entry,
        .batch_end = on_batch_end,
        .committed = on_committed,
        .lost = on_lost,
        .report = on_report,
        .stopped = on_stopped,
        .ctx = echo,
    };
    struct stepden_diag diag = {0};

    *echo = (struct echo){0};
    snprintf(echo->name, sizeof echo->name, "%s", name);
    snprintf(config.instance_name, sizeof config.instance_name, "%s", name);
    enum stepden_status status =
        stepden_session_new(&echo->session, loop, &config, &events, &diag);
    ck_assert_msg(status == STEPDEN_OK, "%s: %s", diag.where, diag.reason);
}

static void on_tick(struct ev_loop *ticked, ev_timer *timer, int events)
{
    (void)timer;
    (void)events;
    ev_break(ticked, EVBREAK_ONE);
}

static void run_ms(long ms)
{
    ev_timer tick;

    ev_now_update(loop);
    ev_timer_init(&tick, on_tick, (double)ms / 1000., 0.);
    ev_timer_start(loop, &tick);
    ev_run(loop, 0);
    ev_timer_stop(loop, &tick);
}

/* Turns the loop until `done`, for ten seconds at most. */
static void run_until(bool (*done)(const struct echo *echo),
                      const struct echo *echo)
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

static bool owns(const struct echo *echo)
{
    return stepden_session_state(echo->session) == STEPDEN_SESSION_OWNER;
}

static bool stands_by(const struct echo *echo)
{
    return stepden_session_state(echo->session) == STEPDEN_SESSION_STANDBY;
}

static bool has_stopped(const struct echo *echo)
{
    return echo->stopped;
}

static bool has_lost(const struct echo *echo)
{
    return echo->lost > 0;
}

static bool has_committed_20(const struct echo *echo)
{
    return echo->committed >= 20;
}

static bool has_gone_on(const struct echo *echo)
{
    return echo->committed > 200;
}

static bool has_published_load(const struct echo *echo)
{
    return echo->published >= LOAD;
}

static bool has_begun(const struct echo *echo)
{
    return echo->committed > 0;
}

static redisReply *ask(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    redisReply *reply = redisvCommand(client, format, args);
    va_end(args);
    ck_assert_ptr_nonnull(reply);
    ck_assert_msg(reply->type != REDIS_REPLY_ERROR, "%s", reply->str);
    return reply;
}

static long long number(const char *command, const char *key)
{
    redisReply *reply = ask("%s %s", command, key);
    long long value = reply->integer;

    freeReplyObject(reply);
    return value;
}

static void add_inputs(const char *key, size_t count)
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

/* More than can be done before a test has looked. */
static void add_load(void)
{
    config.redis.limits.max_batch = 32;
    add_inputs(input_key, LOAD);
}

static long long pending(const char *key)
{
    redisReply *reply = ask("XPENDING %s stepden", key);
    long long count = reply->element[0]->integer;

    freeReplyObject(reply);
    return count;
}

static bool all_done(const struct echo *echo)
{
    (void)echo;
    return number("XLEN", output_key) >=
               number("XLEN", input_key) + number("XLEN", client_key) &&
           pending(input_key) == 0;
}

/* The output names each input once, in order. */
static void check_exactly_once(void)
{
    redisReply *in = ask("XRANGE %s - +", input_key);
    redisReply *out = ask("XRANGE %s - +", output_key);

    ck_assert_uint_eq(in->elements, out->elements);
    for (size_t i = 0; i < in->elements; i++)
        ck_assert_str_eq(in->element[i]->element[0]->str,
                         out->element[i]->element[1]->element[1]->str);
    freeReplyObject(in);
    freeReplyObject(out);
    ck_assert_int_eq(pending(input_key), 0);
}

static void setup_server(bool persistent)
{
    signal(SIGPIPE, SIG_IGN);
    redis_server_start(&server, persistent);
    client = redis_server_connect(&server);
    loop = ev_loop_new(EVFLAG_AUTO);
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
    ev_loop_destroy(loop);
    redis_server_stop(&server);
}

START_TEST(each_input_is_published_once_and_acknowledged)
{
    struct echo echo;

    add_inputs(input_key, INPUTS);
    start(&echo, "one");
    run_until(owns, &echo);
    run_until(all_done, &echo);
    check_exactly_once();
    run_ms(10);
    ck_assert_uint_eq(echo.committed, INPUTS);
    ck_assert_uint_eq(echo.published, INPUTS);
    stepden_session_free(echo.session);
}
END_TEST

/* The connection that waits in XREAD. */
static void cut_doorbell(void)
{
    redisReply *list = ask("CLIENT LIST");
    const char *waits = strstr(list->str, "cmd=xread ");

    ck_assert_ptr_nonnull(waits);
    while (waits > list->str && waits[-1] != '\n')
        waits--;
    freeReplyObject(ask("CLIENT KILL ID %ld", strtol(waits + 3, NULL, 10)));
    freeReplyObject(list);
}

START_TEST(an_entry_rings_the_doorbell_of_an_idle_owner)
{
    struct echo echo;

    config.redis.lease.timeout_ms = 60000;
    start(&echo, "one");
    run_until(owns, &echo);
    run_ms(100);
    for (int i = 0; i < 20; i++) {
        double begin = ev_time();
        add_inputs(i % 2 == 0 ? input_key : client_key, 1);
        run_until(all_done, &echo);
        ck_assert_double_lt(ev_time() - begin, 1.);
    }
    ck_assert_uint_lt(stepden_session_counters(echo.session)->transactions,
                      100);
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(a_doorbell_that_is_cut_delays_for_a_moment)
{
    struct echo echo;

    config.redis.lease.timeout_ms = 60000;
    config.reconnect_interval_s = 60;
    start(&echo, "one");
    run_until(owns, &echo);
    run_ms(100);
    cut_doorbell();
    run_ms(20);
    double begin = ev_time();
    add_inputs(input_key, 1);
    run_until(all_done, &echo);
    ck_assert_double_lt(ev_time() - begin, 1.);
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(a_doorbell_without_rights_is_replaced_by_looking)
{
    struct echo echo;

    config.redis.lease.timeout_ms = 60000;
    freeReplyObject(ask("ACL SETUSER default -xread"));
    start(&echo, "one");
    run_until(owns, &echo);
    add_inputs(input_key, 1);
    run_until(all_done, &echo);
    run_ms(1000);
    ck_assert_uint_lt(stepden_session_counters(echo.session)->transactions, 20);
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(a_successor_goes_on_where_a_dead_owner_was)
{
    struct echo first;
    struct echo second;

    add_load();
    start(&first, "first");
    run_until(has_begun, &first);
    stepden_session_free(first.session);
    ck_assert_int_gt(pending(input_key), 0);

    start(&second, "second");
    run_until(stands_by, &second);
    run_until(owns, &second);
    run_until(all_done, &second);
    check_exactly_once();
    ck_assert_uint_eq(second.records, 1);
    ck_assert_uint_eq(second.kept, LOAD);
    stepden_session_free(second.session);
}
END_TEST

START_TEST(a_standby_takes_over_when_the_owner_dies)
{
    struct echo owner;
    struct echo standby;

    start(&owner, "owner");
    run_until(owns, &owner);
    start(&standby, "standby");
    run_until(stands_by, &standby);
    run_ms(2 * LEASE_MS);
    ck_assert(owns(&owner));
    ck_assert(stands_by(&standby));

    double begin = ev_time();
    stepden_session_free(owner.session);
    run_until(owns, &standby);
    ck_assert_double_lt(ev_time() - begin, 1.5 * LEASE_MS / 1000.);
    stepden_session_free(standby.session);
}
END_TEST

START_TEST(a_sleeper_that_wakes_after_a_takeover_does_nothing)
{
    struct ev_loop *awake = loop;
    struct ev_loop *asleep = ev_loop_new(EVFLAG_AUTO);
    struct echo sleeper;
    struct echo successor;

    add_load();
    loop = asleep;
    start(&sleeper, "sleeper");
    run_until(has_begun, &sleeper);
    ck_assert_int_gt(pending(input_key), 0);

    loop = awake;
    start(&successor, "successor");
    run_until(owns, &successor);
    run_until(all_done, &successor);
    add_inputs(input_key, 10);

    loop = asleep;
    run_until(has_lost, &sleeper);
    run_until(stands_by, &sleeper);
    ck_assert_int_eq(pending(input_key), 0);

    loop = awake;
    run_until(all_done, &successor);
    check_exactly_once();
    stepden_session_free(sleeper.session);
    stepden_session_free(successor.session);
    ev_loop_destroy(asleep);
}
END_TEST

START_TEST(a_stop_commits_what_was_read_and_releases_the_lease)
{
    struct echo echo;

    add_inputs(input_key, INPUTS);
    start(&echo, "one");
    echo.stop_at = 100;
    run_until(has_stopped, &echo);
    ck_assert_int_eq(echo.status, STEPDEN_OK);
    ck_assert_int_eq(pending(input_key), 0);
    ck_assert_int_eq(number("EXISTS", lease_key), 0);
    ck_assert_uint_ge(echo.committed, 100);
    ck_assert_int_eq(number("XLEN", output_key), (long long)echo.committed);
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(an_idle_owner_releases_the_lease_when_it_stops)
{
    struct echo echo;

    start(&echo, "one");
    run_until(owns, &echo);
    run_ms(20);
    stepden_session_stop(echo.session);
    run_until(has_stopped, &echo);
    ck_assert_int_eq(echo.status, STEPDEN_OK);
    ck_assert_int_eq(number("EXISTS", lease_key), 0);
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(an_owner_whose_lease_is_taken_publishes_nothing_more)
{
    struct echo echo;

    config.redis.lease.timeout_ms = 60000;
    start(&echo, "one");
    run_until(owns, &echo);
    run_ms(20);
    freeReplyObject(ask("SET %s somebody PX 60000", lease_key));
    add_inputs(input_key, 10);
    run_until(has_lost, &echo);
    run_until(stands_by, &echo);
    run_ms(50);
    ck_assert_int_eq(number("XLEN", output_key), 0);
    ck_assert_int_eq(pending(input_key), 0);
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(a_touch_of_the_lease_only_delays)
{
    struct echo echo;

    start(&echo, "one");
    run_until(owns, &echo);
    for (int i = 0; i < 10; i++) {
        freeReplyObject(ask("PEXPIRE %s %d", lease_key, LEASE_MS));
        add_inputs(input_key, 10);
        run_until(all_done, &echo);
    }
    check_exactly_once();
    ck_assert_uint_eq(echo.lost, 0);
    ck_assert_uint_gt(stepden_session_counters(echo.session)->refused, 0);
    stepden_session_free(echo.session);
}
END_TEST

/* Runs until all is done, and lets `disturb` do its work now and then. */
static void run_disturbed(const struct echo *echo, void (*disturb)(void))
{
    double end = ev_time() + 10.;

    for (int i = 0; !all_done(echo); i++) {
        ck_assert_msg(ev_time() < end, "in time");
        if (i % 40 == 0)
            disturb();
        run_ms(1);
    }
    check_exactly_once();
}

static void touch_lease(void)
{
    freeReplyObject(ask("PEXPIRE %s %d", lease_key, LEASE_MS));
}

static void take_lease_away(void)
{
    freeReplyObject(ask("SET %s somebody PX 20", lease_key));
}

static void cut_connections(void)
{
    freeReplyObject(ask("CLIENT KILL TYPE normal SKIPME yes"));
}

START_TEST(touches_of_the_lease_under_load_only_delay)
{
    struct echo echo;

    add_load();
    start(&echo, "one");
    run_until(has_begun, &echo);
    run_disturbed(&echo, touch_lease);
    ck_assert_uint_eq(echo.lost, 0);
    ck_assert_uint_gt(stepden_session_counters(echo.session)->refused, 0);
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(a_lease_that_is_lost_under_load_loses_no_input)
{
    struct echo echo;

    add_load();
    start(&echo, "one");
    run_until(has_begun, &echo);
    run_disturbed(&echo, take_lease_away);
    ck_assert_uint_gt(echo.lost, 0);
    ck_assert_uint_eq(echo.kept, LOAD);
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(a_connection_that_is_cut_under_load_loses_no_input)
{
    struct echo echo;

    add_load();
    start(&echo, "one");
    run_until(has_begun, &echo);
    cut_connections();
    run_until(has_lost, &echo);
    run_until(owns, &echo);
    run_disturbed(&echo, cut_connections);
    ck_assert_uint_eq(echo.kept, LOAD);
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(an_owner_outlives_a_server_that_is_killed)
{
    struct echo echo;

    config.redis.limits.max_batch = 32;
    add_inputs(input_key, INPUTS);
    start(&echo, "one");
    run_until(has_begun, &echo);
    redis_server_kill(&server);
    run_until(has_lost, &echo);
    redis_server_restart(&server);
    redisFree(client);
    client = redis_server_connect(&server);
    run_until(owns, &echo);
    run_until(all_done, &echo);
    check_exactly_once();
    ck_assert_uint_eq(echo.kept, INPUTS);
    ck_assert_uint_eq(echo.acquired, 2);
    stepden_session_free(echo.session);
}
END_TEST

static bool has_acquired_twice(const struct echo *echo)
{
    return echo->acquired == 2;
}

START_TEST(its_own_lease_is_taken_again_after_a_reconnection)
{
    struct echo echo;

    config.redis.lease.timeout_ms = 60000;
    start(&echo, "one");
    run_until(owns, &echo);
    run_ms(20);
    freeReplyObject(ask("CLIENT KILL TYPE normal SKIPME yes"));
    add_inputs(input_key, 10);
    run_until(has_acquired_twice, &echo);
    run_until(all_done, &echo);
    check_exactly_once();
    ck_assert_uint_eq(echo.lost, 1);
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(a_server_that_comes_late_is_waited_for)
{
    struct echo echo;

    redis_server_kill(&server);
    start(&echo, "one");
    run_ms(100);
    ck_assert_uint_eq(echo.acquired, 0);
    redis_server_restart(&server);
    redisFree(client);
    client = redis_server_connect(&server);
    run_until(owns, &echo);
    stepden_session_free(echo.session);
}
END_TEST

static void check_dead_letter(const char *reason, const char *pointer,
                              const char *field)
{
    redisReply *letters = ask("XRANGE %s - +", rejected_key);

    ck_assert_uint_eq(letters->elements, 1);
    redisReply *fields = letters->element[0]->element[1];
    ck_assert_uint_eq(fields->elements, 8);
    ck_assert_str_eq(fields->element[0]->str, "reason");
    ck_assert_str_eq(fields->element[1]->str, reason);
    ck_assert_str_eq(fields->element[2]->str, "pointer");
    ck_assert_str_eq(fields->element[3]->str, pointer);
    ck_assert_str_eq(fields->element[4]->str, "entry");
    ck_assert_str_eq(fields->element[6]->str, field);
    freeReplyObject(letters);
}

static bool has_committed(const struct echo *echo)
{
    return echo->committed > 0;
}

START_TEST(a_rejected_input_is_kept_with_its_reason)
{
    struct echo echo;

    freeReplyObject(ask("XADD %s * bad apple", input_key));
    start(&echo, "one");
    run_until(has_committed, &echo);
    check_dead_letter("it is bad", "/bad", "bad");
    ck_assert_int_eq(number("XLEN", output_key), 0);
    ck_assert_int_eq(pending(input_key), 0);
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(an_input_that_is_too_large_is_rejected_unseen)
{
    struct echo echo;
    static char large[2000];

    memset(large, 'x', sizeof large);
    config.redis.limits.max_entry_bytes = 1024;
    freeReplyObject(
        ask("XADD %s * message %b", input_key, large, sizeof large));
    start(&echo, "one");
    run_until(has_committed, &echo);
    check_dead_letter("2007 bytes; at most 1024 are allowed", "", "message");
    ck_assert_uint_eq(echo.entries, 0);
    stepden_session_free(echo.session);
}
END_TEST

static bool has_trimmed(const struct echo *echo)
{
    return stepden_session_counters(echo->session)->trimmed > 0;
}

START_TEST(pending_entries_that_were_trimmed_are_done_with)
{
    struct echo echo;

    add_inputs(input_key, 3);
    freeReplyObject(ask("XGROUP CREATE %s stepden 0", input_key));
    freeReplyObject(
        ask("XREADGROUP GROUP stepden old COUNT 3 STREAMS %s >", input_key));
    freeReplyObject(ask("XTRIM %s MAXLEN 1", input_key));
    start(&echo, "one");
    run_until(has_trimmed, &echo);
    run_until(all_done, &echo);
    ck_assert_uint_eq(stepden_session_counters(echo.session)->trimmed, 2);
    check_exactly_once();
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(a_stream_that_was_deleted_gets_its_group_again)
{
    struct echo echo;

    start(&echo, "one");
    run_until(owns, &echo);
    run_ms(20);
    freeReplyObject(ask("DEL %s", input_key));
    add_inputs(input_key, 10);
    run_until(has_begun, &echo);
    run_until(all_done, &echo);
    check_exactly_once();
    ck_assert_uint_eq(echo.lost, 0);
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(a_group_that_was_destroyed_goes_on_where_it_was)
{
    struct echo echo;

    start(&echo, "one");
    run_until(owns, &echo);
    add_inputs(input_key, 10);
    run_until(all_done, &echo);
    run_ms(20);
    freeReplyObject(ask("XGROUP DESTROY %s stepden", input_key));
    add_inputs(input_key, 10);
    run_until(has_committed_20, &echo);
    run_ms(LEASE_MS);
    check_exactly_once();
    ck_assert_uint_eq(echo.lost, 0);
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(groups_destroyed_under_load_lose_and_repeat_nothing)
{
    struct echo echo;

    add_load();
    start(&echo, "one");
    for (int i = 0; i < 5; i++) {
        run_until(has_gone_on, &echo);
        freeReplyObject(ask("XGROUP DESTROY %s stepden", input_key));
        echo.committed = 0;
    }
    run_until(has_published_load, &echo);
    run_ms(LEASE_MS);
    check_exactly_once();
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(a_stream_made_anew_is_read_from_its_beginning)
{
    struct echo echo;

    start(&echo, "one");
    run_until(owns, &echo);
    freeReplyObject(ask("XADD %s 99999999999999-0 message 0", input_key));
    run_until(has_committed, &echo);
    freeReplyObject(ask("DEL %s %s", input_key, output_key));
    add_inputs(input_key, 10);
    run_until(all_done, &echo);
    check_exactly_once();
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(keys_of_another_kind_are_not_touched)
{
    struct echo echo;

    freeReplyObject(ask("SET %s text", records_key));
    start(&echo, "one");
    run_ms(LEASE_MS);
    ck_assert_uint_eq(echo.acquired, 0);
    ck_assert_int_eq(number("EXISTS", lease_key), 0);
    freeReplyObject(ask("DEL %s", records_key));
    run_until(owns, &echo);
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(a_full_server_delays_and_loses_nothing)
{
    struct echo echo;

    start(&echo, "one");
    run_until(owns, &echo);
    add_inputs(input_key, 100);
    freeReplyObject(ask("CONFIG SET maxmemory 1"));
    run_ms(2 * LEASE_MS);
    ck_assert_int_lt(number("XLEN", output_key), 100);
    freeReplyObject(ask("CONFIG SET maxmemory 0"));
    run_until(all_done, &echo);
    check_exactly_once();
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(a_ttl_is_renewed_as_long_as_there_is_an_owner)
{
    struct echo echo;

    config.redis.streams.inputs.crash_prediction.ttl_s = 1;
    config.redis.streams.outputs.client.ttl_s = 3600;
    start(&echo, "one");
    run_until(owns, &echo);
    add_inputs(input_key, 1);
    run_until(all_done, &echo);
    run_ms(1500);
    ck_assert_int_eq(number("XLEN", input_key), 1);
    ck_assert_int_gt(number("PTTL", output_key), 3590000);
    ck_assert_int_eq(number("PTTL", client_key), -1);
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(a_new_owner_sets_each_ttl)
{
    struct echo echo;

    config.redis.streams.inputs.crash_prediction.ttl_s = 3600;
    start(&echo, "one");
    run_until(owns, &echo);
    run_ms(100);
    freeReplyObject(ask("PERSIST %s", input_key));
    freeReplyObject(ask("DEL %s", lease_key));
    run_until(has_lost, &echo);
    run_until(owns, &echo);
    run_ms(100);
    ck_assert_int_gt(number("PTTL", input_key), 3590000);
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(outputs_of_a_timer_are_committed_by_flush)
{
    const struct stepden_field field = {"of", 2, "timer", 5};
    struct echo echo;

    start(&echo, "one");
    run_until(owns, &echo);
    run_ms(20);
    stepden_session_publish(echo.session, &field, 1);
    stepden_session_forget(echo.session, "count", 5);
    stepden_session_flush(echo.session);
    run_ms(20);
    ck_assert_uint_eq(echo.published, 1);
    ck_assert_int_eq(number("XLEN", output_key), 1);
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(the_least_rights_are_enough)
{
    struct stepden_redis_connection *connection = &config.redis.connection;
    struct echo echo;

    freeReplyObject(ask(
        "ACL SETUSER den on >sesame ~step:* +multi +exec +discard +watch "
        "+unwatch +get +set +del +pexpire +pttl +xadd +xack +xread "
        "+xreadgroup +xgroup|create +xinfo +xautoclaim +hset +hdel +hgetall "
        "+hello +auth +client|setname +ping +type +info"));
    connection->has_username = connection->has_password = true;
    strcpy(connection->username, "den");
    connection->password.kind = STEPDEN_SECRET_PLAIN;
    strcpy(connection->password.plain, "sesame");
    add_inputs(input_key, 10);
    start(&echo, "one");
    run_until(has_begun, &echo);
    stepden_session_stop(echo.session);
    run_until(has_stopped, &echo);
    ck_assert_int_eq(echo.status, STEPDEN_OK);
    ck_assert_int_eq(number("EXISTS", lease_key), 0);
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(the_state_file_lets_a_restart_take_over_at_once)
{
    struct echo first;
    struct echo second;

    config.redis.lease.timeout_ms = 60000;
    config.redis.lease.has_state_file = true;
    snprintf(config.redis.lease.state_file,
             sizeof config.redis.lease.state_file, "%s/state", server.folder);
    start(&first, "one");
    run_until(owns, &first);
    stepden_session_free(first.session);
    start(&second, "one");
    run_until(owns, &second);
    stepden_session_free(second.session);
}
END_TEST

static void add(Suite *suite, const char *name, void (*begin)(void),
                const TTest *const *tests, size_t count)
{
    TCase *tcase = tcase_create(name);

    tcase_set_timeout(tcase, 30);
    tcase_add_checked_fixture(tcase, begin, teardown);
    for (size_t i = 0; i < count; i++)
        tcase_add_test(tcase, tests[i]);
    suite_add_tcase(suite, tcase);
}

int main(void)
{
    const TTest *const usual[] = {
        each_input_is_published_once_and_acknowledged,
        an_entry_rings_the_doorbell_of_an_idle_owner,
        a_doorbell_that_is_cut_delays_for_a_moment,
        a_doorbell_without_rights_is_replaced_by_looking,
        a_successor_goes_on_where_a_dead_owner_was,
        a_standby_takes_over_when_the_owner_dies,
        a_sleeper_that_wakes_after_a_takeover_does_nothing,
        a_stop_commits_what_was_read_and_releases_the_lease,
        an_idle_owner_releases_the_lease_when_it_stops,
        an_owner_whose_lease_is_taken_publishes_nothing_more,
        a_touch_of_the_lease_only_delays,
        its_own_lease_is_taken_again_after_a_reconnection,
        touches_of_the_lease_under_load_only_delay,
        a_lease_that_is_lost_under_load_loses_no_input,
        a_connection_that_is_cut_under_load_loses_no_input,
        a_server_that_comes_late_is_waited_for,
        a_rejected_input_is_kept_with_its_reason,
        an_input_that_is_too_large_is_rejected_unseen,
        pending_entries_that_were_trimmed_are_done_with,
        a_stream_that_was_deleted_gets_its_group_again,
        a_group_that_was_destroyed_goes_on_where_it_was,
        groups_destroyed_under_load_lose_and_repeat_nothing,
        a_stream_made_anew_is_read_from_its_beginning,
        keys_of_another_kind_are_not_touched,
        a_full_server_delays_and_loses_nothing,
        a_ttl_is_renewed_as_long_as_there_is_an_owner,
        a_new_owner_sets_each_ttl,
        outputs_of_a_timer_are_committed_by_flush,
        the_least_rights_are_enough,
        the_state_file_lets_a_restart_take_over_at_once,
    };
    const TTest *const persistent[] = {
        an_owner_outlives_a_server_that_is_killed,
    };
    Suite *suite = suite_create("redis/session");

    add(suite, "usual", setup, usual, sizeof usual / sizeof usual[0]);
    add(suite, "persistent", setup_persistent, persistent,
        sizeof persistent / sizeof persistent[0]);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
}
