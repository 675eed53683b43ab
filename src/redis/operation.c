#include "redis/operation.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "redis/link.h"
#include "redis/pool.h"

static const int64_t most_ttl_s = INT64_C(100) * 366 * 24 * 60 * 60;

static void on_timer(struct ev_loop *loop, ev_timer *timer, int events)
{
    struct stepden_operation *operation = timer->data;

    (void)loop;
    (void)events;
    if (operation->starved)
        stepden_operation_fail(operation, STEPDEN_ERR_MEMORY, "no memory");
    else if (operation->refusal != NULL)
        stepden_operation_fail(operation, STEPDEN_ERR_INVALID,
                               operation->refusal);
    else
        stepden_pool_give_up(operation);
}

struct stepden_operation *stepden_operation_new(struct stepden_redis *redis,
                                                stepden_redis_done *done,
                                                void *ctx)
{
    struct stepden_operation *operation = calloc(1, sizeof *operation);

    if (operation == NULL) {
        done(ctx, &(struct stepden_redis_result){.status = STEPDEN_ERR_MEMORY,
                                                 .reason = "no memory",
                                                 .id = ""});
        return NULL;
    }
    operation->redis = redis;
    operation->done = done;
    operation->ctx = ctx;
    ev_init(&operation->timer, on_timer);
    operation->timer.data = operation;
    return operation;
}

void stepden_operation_free(struct stepden_operation *operation)
{
    stepden_resp_free(&operation->request);
    free(operation->refusal);
    free(operation->key);
    free(operation->group);
    free(operation->consumer);
    free(operation->after);
    free(operation);
}

bool stepden_operation_refuse(struct stepden_operation *operation,
                              const char *format, ...)
{
    va_list args;

    if (operation->refusal != NULL)
        return false;
    va_start(args, format);
    if (vasprintf(&operation->refusal, format, args) < 0) {
        operation->refusal = NULL;
        operation->starved = true;
    }
    va_end(args);
    return false;
}

bool stepden_operation_keep(struct stepden_operation *operation, char **kept,
                            const char *name, const char *text)
{
    if (text == NULL || text[0] == '\0')
        return stepden_operation_refuse(operation, "%s: must not be empty",
                                        name);
    *kept = strdup(text);
    operation->starved = operation->starved || *kept == NULL;
    return !operation->starved;
}

bool stepden_operation_check(struct stepden_operation *operation,
                             const char *name, int64_t number, int64_t least,
                             int64_t most)
{
    if (number >= least && number <= most)
        return true;
    return stepden_operation_refuse(
        operation, "%s: %lld, and allowed is %lld to %lld", name,
        (long long)number, (long long)least, (long long)most);
}

bool stepden_operation_check_count(struct stepden_operation *operation,
                                   const char *name, size_t count, size_t most)
{
    if (count >= 1 && count <= most)
        return true;
    return stepden_operation_refuse(
        operation, "%s: %zu, and allowed is 1 to %zu", name, count, most);
}

bool stepden_operation_keep_ttl(struct stepden_operation *operation,
                                int64_t ttl_s, int64_t least_s)
{
    if (!stepden_operation_check(operation, "ttl_s", ttl_s, least_s,
                                 most_ttl_s))
        return false;
    operation->ttl_ms = ttl_s * 1000;
    return true;
}

void stepden_operation_command(struct stepden_operation *operation, size_t argc,
                               const char *name, stepden_operation_take *take)
{
    operation->command = name;
    operation->take = take;
    stepden_resp_command(&operation->request, argc);
    stepden_resp_arg_text(&operation->request, name);
}

void stepden_operation_write_group(struct stepden_operation *operation,
                                   stepden_operation_take *take)
{
    struct stepden_resp *request = &operation->request;

    stepden_operation_command(operation, 6, "XGROUP", take);
    stepden_resp_arg_text(request, "CREATE");
    stepden_resp_arg_text(request, operation->key);
    stepden_resp_arg_text(request, operation->group);
    stepden_resp_arg_text(request, "0");
    stepden_resp_arg_text(request, "MKSTREAM");
}

/* The caller may have been busy for long since the loop's time was read. */
void stepden_operation_begin(struct stepden_operation *operation)
{
    struct ev_loop *loop = operation->redis->loop;

    ev_now_update(loop);
    operation->starved = operation->starved || operation->request.failed;
    if (operation->starved || operation->refusal != NULL)
        stepden_pool_set_aside(operation);
    else
        stepden_pool_enter(operation);
}

void stepden_operation_send(struct stepden_operation *operation)
{
    struct stepden_link *link = operation->member->link;
    struct stepden_resp *request = &operation->request;

    if (request->failed) {
        stepden_operation_fail(operation, STEPDEN_ERR_MEMORY, "no memory");
        return;
    }
    stepden_link_set_patience(link, operation->patience_ms);
    stepden_link_append(link, request->bytes, request->size, 1,
                        stepden_pool_take_answer);
    stepden_resp_clear(request, 0);
}

/* `done` may have been busy for long, and others have their time from here. */
void stepden_operation_end(struct stepden_operation *operation,
                           const struct stepden_redis_result *result)
{
    struct stepden_redis *redis = operation->redis;

    if (result->status == STEPDEN_OK)
        stepden_link_prove(operation->member->link);
    stepden_pool_leave(operation);
    operation->done(operation->ctx, result);
    stepden_operation_free(operation);
    ev_now_update(redis->loop);
    stepden_pool_dispatch(redis);
}

void stepden_operation_fail(struct stepden_operation *operation,
                            enum stepden_status status, const char *reason)
{
    stepden_operation_end(operation,
                          &(struct stepden_redis_result){
                              .status = status, .reason = reason, .id = ""});
}

void stepden_operation_fail_by(struct stepden_operation *operation,
                               const redisReply *reply)
{
    struct stepden_link *link = operation->member->link;
    char text[320];
    char step[STEPDEN_REASON_SIZE];
    char reason[2 * STEPDEN_REASON_SIZE];

    snprintf(step, sizeof step, "%s%s%.160s: %s", operation->command,
             operation->key != NULL ? " " : "",
             operation->key != NULL ? operation->key : "",
             stepden_reply_explain(text, sizeof text, reply));
    if (stepden_reply_error(reply) == NULL) {
        stepden_link_drop(link, step);
        return;
    }
    snprintf(reason, sizeof reason, "%s: %s", stepden_link_peer(link), step);
    stepden_operation_fail(operation, STEPDEN_ERR_INVALID, reason);
}
