#include "redis/pool.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "redis/secret.h"

enum { MOST_RECONNECT_MS = 60 * 60 * 1000 };

/* Whether it cannot connect, or not keep the connection. */
static bool is_failing(const struct stepden_redis_member *member)
{
    return !stepden_link_is_up(member->link) &&
           stepden_link_failure(member->link)[0] != '\0';
}

/* Once, what several members say one after the other. The line of a failure
 * tells a pause too, which differs. */
static void say(const struct stepden_redis_member *member,
                enum stepden_log_level level, const char *line)
{
    struct stepden_redis *redis = member->redis;
    const char *text =
        is_failing(member) ? stepden_link_failure(member->link) : line;

    if (redis->speaker != member && strcmp(redis->said, text) == 0)
        return;
    redis->speaker = member;
    snprintf(redis->said, sizeof redis->said, "%s", text);
    if (redis->events.report != NULL)
        redis->events.report(redis->events.ctx, level, line);
}

static void describe_failure(char reason[STEPDEN_REASON_SIZE],
                             const struct stepden_redis_member *member)
{
    snprintf(reason, STEPDEN_REASON_SIZE, "%s: %s",
             stepden_link_peer(member->link),
             stepden_link_failure(member->link));
}

static void on_up(void *ctx)
{
    struct stepden_redis_member *member = ctx;

    stepden_pool_dispatch(member->redis);
}

static void on_down(void *ctx, const char *why)
{
    struct stepden_redis_member *member = ctx;
    char reason[STEPDEN_REASON_SIZE];

    (void)why;
    if (member->operation == NULL)
        return;
    describe_failure(reason, member);
    stepden_operation_fail(member->operation, STEPDEN_ERR_SYSTEM, reason);
}

static void on_report(void *ctx, enum stepden_log_level level, const char *text)
{
    say(ctx, level, text);
}

/* Opens nothing yet. */
static enum stepden_status make_link(struct stepden_redis *redis,
                                     struct stepden_redis_member *member,
                                     struct stepden_diag *diag)
{
    const struct stepden_link_events events = {
        .up = on_up, .down = on_down, .report = on_report, .ctx = member};

    member->redis = redis;
    return stepden_link_new(&member->link, redis->loop, redis->access,
                            redis->name, redis->reconnect_ms, &events, diag);
}

static void hand_over(struct stepden_redis_member *member,
                      struct stepden_operation *operation)
{
    struct stepden_redis *redis = member->redis;

    TAILQ_REMOVE(&redis->waiting, operation, place);
    redis->waiting_count--;
    ev_timer_stop(redis->loop, &operation->timer);
    operation->until =
        ev_now(redis->loop) + (double)operation->patience_ms / 1000;
    operation->member = member;
    member->operation = operation;
    stepden_operation_send(operation);
}

static struct stepden_redis_member *find_free(struct stepden_redis *redis)
{
    for (size_t i = 0; i < redis->opened; i++)
        if (redis->members[i].operation == NULL &&
            stepden_link_is_up(redis->members[i].link))
            return &redis->members[i];
    return NULL;
}

/* The secrets may be others by now. */
static enum stepden_status make_another(struct stepden_redis *redis,
                                        struct stepden_redis_member *member,
                                        struct stepden_diag *diag)
{
    enum stepden_status status = stepden_access_renew(redis->access, diag);

    return status == STEPDEN_OK ? make_link(redis, member, diag) : status;
}

static bool open_another(struct stepden_redis *redis)
{
    struct stepden_redis_member *member = &redis->members[redis->opened];

    if (ev_is_active(&redis->retry))
        return false;
    redis->obstacle = (struct stepden_diag){0};
    if (member->link == NULL &&
        make_another(redis, member, &redis->obstacle) != STEPDEN_OK) {
        ev_timer_set(&redis->retry, (double)redis->reconnect_ms / 1000, 0.);
        ev_timer_start(redis->loop, &redis->retry);
        return false;
    }
    redis->opened++;
    stepden_link_open(member->link);
    return true;
}

/* One for each operation that waits; none while those that are there fail: a
 * server in need is not helped by more. */
static void open_enough(struct stepden_redis *redis)
{
    size_t on_the_way = 0;

    for (size_t i = 0; i < redis->opened; i++) {
        if (is_failing(&redis->members[i]))
            return;
        if (!stepden_link_is_up(redis->members[i].link))
            on_the_way++;
    }
    while (on_the_way < redis->waiting_count &&
           redis->opened < redis->connection.max_connections &&
           open_another(redis))
        on_the_way++;
}

void stepden_pool_dispatch(struct stepden_redis *redis)
{
    struct stepden_operation *first;
    struct stepden_redis_member *member;

    while ((first = TAILQ_FIRST(&redis->waiting)) != NULL &&
           (member = find_free(redis)) != NULL)
        hand_over(member, first);
    open_enough(redis);
}

static void on_retry(struct ev_loop *loop, ev_timer *timer, int events)
{
    (void)loop;
    (void)events;
    stepden_pool_dispatch(timer->data);
}

void stepden_pool_enter(struct stepden_operation *operation)
{
    struct stepden_redis *redis = operation->redis;

    TAILQ_INSERT_TAIL(&redis->waiting, operation, place);
    redis->waiting_count++;
    ev_timer_set(&operation->timer,
                 redis->connection.connection_available_timeout_s, 0.);
    ev_timer_start(redis->loop, &operation->timer);
    stepden_pool_dispatch(redis);
}

void stepden_pool_set_aside(struct stepden_operation *operation)
{
    struct stepden_redis *redis = operation->redis;

    TAILQ_INSERT_TAIL(&redis->refused, operation, place);
    ev_timer_start(redis->loop, &operation->timer);
}

void stepden_pool_leave(struct stepden_operation *operation)
{
    struct stepden_redis *redis = operation->redis;

    ev_timer_stop(redis->loop, &operation->timer);
    if (operation->member != NULL) {
        operation->member->operation = NULL;
        stepden_link_set_patience(operation->member->link, 0);
    } else if (operation->starved || operation->refusal != NULL) {
        TAILQ_REMOVE(&redis->refused, operation, place);
    } else {
        TAILQ_REMOVE(&redis->waiting, operation, place);
        redis->waiting_count--;
    }
}

static bool has_connection(const struct stepden_redis *redis)
{
    for (size_t i = 0; i < redis->opened; i++)
        if (stepden_link_is_up(redis->members[i].link))
            return true;
    return false;
}

/* All are busy, and maxConnections or a secret stands against more. */
static void fail_busy(struct stepden_operation *operation)
{
    const struct stepden_redis *redis = operation->redis;
    char why[STEPDEN_REASON_SIZE];
    char reason[2 * STEPDEN_REASON_SIZE];

    if (redis->obstacle.reason[0] != '\0')
        snprintf(why, sizeof why, "%s: %s", redis->obstacle.where,
                 redis->obstacle.reason);
    else
        snprintf(why, sizeof why, "check maxConnections, which is %u",
                 (unsigned)redis->connection.max_connections);
    snprintf(reason, sizeof reason, "%s: no connection was free for %u s: %s",
             stepden_link_peer(redis->members[0].link),
             (unsigned)redis->connection.connection_available_timeout_s, why);
    stepden_operation_fail(operation, STEPDEN_ERR_FULL, reason);
}

static void fail_unconnected(struct stepden_operation *operation)
{
    const struct stepden_redis *redis = operation->redis;
    char reason[STEPDEN_REASON_SIZE];

    snprintf(reason, sizeof reason, "%s: not connected within %u s",
             stepden_link_peer(redis->members[0].link),
             (unsigned)redis->connection.connection_available_timeout_s);
    for (size_t i = 0; i < redis->opened; i++)
        if (is_failing(&redis->members[i]))
            describe_failure(reason, &redis->members[i]);
    stepden_operation_fail(operation, STEPDEN_ERR_SYSTEM, reason);
}

void stepden_pool_give_up(struct stepden_operation *operation)
{
    if (has_connection(operation->redis))
        fail_busy(operation);
    else
        fail_unconnected(operation);
}

void stepden_pool_take_answer(void *ctx, const redisReply *reply)
{
    struct stepden_redis_member *member = ctx;

    member->operation->take(member->operation, reply);
}

static void take_renewal(void *ctx, const redisReply *reply)
{
    struct stepden_redis_member *member = ctx;
    struct stepden_redis *redis = member->redis;
    char text[sizeof redis->renewal_refusal];
    char line[STEPDEN_REASON_SIZE];

    if (reply->type == REDIS_REPLY_INTEGER) {
        redis->renewal_refusal[0] = '\0';
        return;
    }
    stepden_reply_describe(text, sizeof text, reply);
    if (stepden_reply_error(reply) == NULL) {
        stepden_link_drop(member->link, text);
        return;
    }
    if (strcmp(redis->renewal_refusal, text) == 0)
        return;
    memcpy(redis->renewal_refusal, text, sizeof text);
    snprintf(line, sizeof line, "%s: PEXPIRE: %s",
             stepden_link_peer(member->link), text);
    say(member, STEPDEN_LOG_LEVEL_WARNING, line);
}

void stepden_pool_renew(const struct stepden_operation *operation)
{
    struct stepden_link *link = operation->member->link;

    stepden_link_command(link, 3, take_renewal);
    stepden_link_arg_text(link, "PEXPIRE");
    stepden_link_arg_text(link, operation->key);
    stepden_link_arg_number(link, operation->ttl_ms);
}

static enum stepden_status
check_settings(const struct stepden_redis_connection *connection,
               int64_t reconnect_ms, struct stepden_diag *diag)
{
    const char *wrong = NULL;

    if (connection->max_connections == 0)
        wrong = "/redis/connection/maxConnections";
    else if (connection->connection_available_timeout_s == 0)
        wrong = "/redis/connection/connectionAvailableTimeout";
    if (wrong != NULL)
        return stepden_diag_set(diag, STEPDEN_ERR_INVALID, wrong,
                                "has to be 1 at least; defaults are set by "
                                "stepden_redis_connection_init");
    if (reconnect_ms < 1 || reconnect_ms > MOST_RECONNECT_MS)
        return stepden_diag_set(diag, STEPDEN_ERR_INVALID, "reconnect_ms",
                                "%lld, and allowed is 1 to %d",
                                (long long)reconnect_ms, MOST_RECONNECT_MS);
    return STEPDEN_OK;
}

static enum stepden_status prepare(struct stepden_redis *redis,
                                   const char *name, struct stepden_diag *diag)
{
    redis->name = strdup(name);
    redis->members =
        calloc(redis->connection.max_connections, sizeof *redis->members);
    if (redis->name == NULL || redis->members == NULL)
        return stepden_diag_set(diag, STEPDEN_ERR_MEMORY, "", "no memory");
    enum stepden_status status =
        stepden_access_new(&redis->access, NULL, &redis->connection, diag);
    return status == STEPDEN_OK ? make_link(redis, &redis->members[0], diag)
                                : status;
}

enum stepden_status
stepden_redis_new(struct stepden_redis **redis, struct ev_loop *loop,
                  const struct stepden_redis_connection *connection,
                  const char *name, int64_t reconnect_ms,
                  const struct stepden_redis_events *events,
                  struct stepden_diag *diag)
{
    enum stepden_status status = check_settings(connection, reconnect_ms, diag);
    struct stepden_redis *made;

    if (status != STEPDEN_OK)
        return status;
    made = calloc(1, sizeof *made);
    if (made == NULL)
        return stepden_diag_set(diag, STEPDEN_ERR_MEMORY, "", "no memory");
    made->loop = loop;
    made->connection = *connection;
    made->reconnect_ms = reconnect_ms;
    if (events != NULL)
        made->events = *events;
    ev_init(&made->retry, on_retry);
    made->retry.data = made;
    TAILQ_INIT(&made->waiting);
    TAILQ_INIT(&made->refused);
    status = prepare(made, name, diag);
    if (status == STEPDEN_OK)
        *redis = made;
    else
        stepden_redis_free(made);
    return status;
}

static void discard(struct stepden_operation *operation)
{
    stepden_pool_leave(operation);
    stepden_operation_free(operation);
}

void stepden_redis_free(struct stepden_redis *redis)
{
    struct stepden_operation *first;

    if (redis == NULL)
        return;
    while ((first = TAILQ_FIRST(&redis->waiting)) != NULL ||
           (first = TAILQ_FIRST(&redis->refused)) != NULL)
        discard(first);
    for (size_t i = 0;
         redis->members != NULL && i < redis->connection.max_connections; i++) {
        if (redis->members[i].operation != NULL)
            discard(redis->members[i].operation);
        stepden_link_free(redis->members[i].link);
    }
    ev_timer_stop(redis->loop, &redis->retry);
    stepden_access_free(redis->access);
    free(redis->members);
    free(redis->name);
    stepden_secret_wipe((char *)&redis->connection, sizeof redis->connection);
    free(redis);
}
