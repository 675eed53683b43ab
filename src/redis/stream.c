/* The operations of stepden/redis.h whose answer is a single value. */
#include <stepden/redis.h>

#include "redis/operation.h"

enum {
    MOST_BYTES = 512 * 1024 * 1024, /* Redis's proto-max-bulk-len */
    MOST_THINGS = 500000, /* fields or ids: Redis's arguments are 2^20 */
};

static void end_with_count(struct stepden_operation *operation, int64_t count)
{
    stepden_operation_end(
        operation,
        &(struct stepden_redis_result){.reason = "", .id = "", .count = count});
}

static void take_count(struct stepden_operation *operation,
                       const redisReply *reply)
{
    if (reply->type == REDIS_REPLY_INTEGER)
        end_with_count(operation, reply->integer);
    else
        stepden_operation_fail_by(operation, reply);
}

static void write_ttl(struct stepden_operation *operation,
                      stepden_operation_take *take)
{
    stepden_operation_command(operation, 3, "PEXPIRE", take);
    stepden_resp_arg_text(&operation->request, operation->key);
    stepden_resp_arg_number(&operation->request, operation->ttl_ms);
}

static void take_group_ttl(struct stepden_operation *operation,
                           const redisReply *reply)
{
    if (reply->type == REDIS_REPLY_INTEGER)
        end_with_count(operation, operation->count);
    else
        stepden_operation_fail_by(operation, reply);
}

/* The time to live is not sent along with XGROUP: the key may turn out to be
 * something else than a stream, which must not expire by us. */
static void take_group(struct stepden_operation *operation,
                       const redisReply *reply)
{
    if (!stepden_reply_is(reply, "OK") &&
        !stepden_reply_is_error(reply, "BUSYGROUP")) {
        stepden_operation_fail_by(operation, reply);
        return;
    }
    operation->count = stepden_reply_is(reply, "OK");
    if (operation->ttl_ms == 0) {
        end_with_count(operation, operation->count);
        return;
    }
    write_ttl(operation, take_group_ttl);
    stepden_operation_send(operation);
}

void stepden_redis_create_input_stream(struct stepden_redis *redis,
                                       const char *stream, const char *group,
                                       int64_t ttl_s, stepden_redis_done *done,
                                       void *ctx)
{
    struct stepden_operation *operation =
        stepden_operation_new(redis, done, ctx);

    if (operation == NULL)
        return;
    if (stepden_operation_keep(operation, &operation->key, "stream", stream) &&
        stepden_operation_keep(operation, &operation->group, "group", group) &&
        stepden_operation_keep_ttl(operation, ttl_s, 0))
        stepden_operation_write_group(operation, take_group);
    stepden_operation_begin(operation);
}

static bool check_field(struct stepden_operation *operation,
                        const struct stepden_redis_field *field, size_t i)
{
    if ((field->name == NULL && field->name_size > 0) ||
        (field->value == NULL && field->value_size > 0))
        return stepden_operation_refuse(operation, "fields[%zu]: is NULL", i);
    if (field->name_size > MOST_BYTES || field->value_size > MOST_BYTES)
        return stepden_operation_refuse(
            operation, "fields[%zu]: longer than the %d bytes of Redis", i,
            MOST_BYTES);
    return true;
}

static bool check_fields(struct stepden_operation *operation,
                         const struct stepden_redis_field *fields,
                         size_t field_count)
{
    if (!stepden_operation_check_count(operation, "field_count", field_count,
                                       MOST_THINGS))
        return false;
    for (size_t i = 0; i < field_count; i++)
        if (!check_field(operation, &fields[i], i))
            return false;
    return true;
}

static void take_id(struct stepden_operation *operation,
                    const redisReply *reply)
{
    if (!stepden_reply_is_string(reply)) {
        stepden_operation_fail_by(operation, reply);
        return;
    }
    stepden_operation_end(operation, &(struct stepden_redis_result){
                                         .reason = "", .id = reply->str});
}

static void write_entry(struct stepden_operation *operation,
                        const struct stepden_redis_field *fields,
                        size_t field_count, int64_t max_length)
{
    struct stepden_resp *request = &operation->request;
    size_t trim = max_length > 0 ? 3 : 0;

    stepden_operation_command(operation, 3 + trim + 2 * field_count, "XADD",
                              take_id);
    stepden_resp_arg_text(request, operation->key);
    if (max_length > 0) {
        stepden_resp_arg_text(request, "MAXLEN");
        stepden_resp_arg_text(request, "~");
        stepden_resp_arg_number(request, max_length);
    }
    stepden_resp_arg_text(request, "*");
    for (size_t i = 0; i < field_count; i++) {
        stepden_resp_arg(request, fields[i].name, fields[i].name_size);
        stepden_resp_arg(request, fields[i].value, fields[i].value_size);
    }
}

void stepden_redis_publish(struct stepden_redis *redis, const char *stream,
                           const struct stepden_redis_field *fields,
                           size_t field_count, int64_t max_length,
                           stepden_redis_done *done, void *ctx)
{
    struct stepden_operation *operation =
        stepden_operation_new(redis, done, ctx);

    if (operation == NULL)
        return;
    if (stepden_operation_keep(operation, &operation->key, "stream", stream) &&
        check_fields(operation, fields, field_count) &&
        stepden_operation_check(operation, "max_length", max_length, 0,
                                INT64_MAX))
        write_entry(operation, fields, field_count, max_length);
    stepden_operation_begin(operation);
}

static bool check_ids(struct stepden_operation *operation,
                      const char *const *ids, size_t id_count)
{
    if (!stepden_operation_check_count(operation, "id_count", id_count,
                                       MOST_THINGS))
        return false;
    for (size_t i = 0; i < id_count; i++)
        if (ids[i] == NULL || ids[i][0] == '\0')
            return stepden_operation_refuse(operation,
                                            "ids[%zu]: must not be empty", i);
    return true;
}

static void write_acknowledgement(struct stepden_operation *operation,
                                  const char *const *ids, size_t id_count)
{
    stepden_operation_command(operation, 3 + id_count, "XACK", take_count);
    stepden_resp_arg_text(&operation->request, operation->key);
    stepden_resp_arg_text(&operation->request, operation->group);
    for (size_t i = 0; i < id_count; i++)
        stepden_resp_arg_text(&operation->request, ids[i]);
}

void stepden_redis_acknowledge(struct stepden_redis *redis, const char *stream,
                               const char *group, const char *const *ids,
                               size_t id_count, stepden_redis_done *done,
                               void *ctx)
{
    struct stepden_operation *operation =
        stepden_operation_new(redis, done, ctx);

    if (operation == NULL)
        return;
    if (stepden_operation_keep(operation, &operation->key, "stream", stream) &&
        stepden_operation_keep(operation, &operation->group, "group", group) &&
        check_ids(operation, ids, id_count))
        write_acknowledgement(operation, ids, id_count);
    stepden_operation_begin(operation);
}

void stepden_redis_set_ttl(struct stepden_redis *redis, const char *key,
                           int64_t ttl_s, stepden_redis_done *done, void *ctx)
{
    struct stepden_operation *operation =
        stepden_operation_new(redis, done, ctx);

    if (operation == NULL)
        return;
    if (stepden_operation_keep(operation, &operation->key, "key", key) &&
        stepden_operation_keep_ttl(operation, ttl_s, 1))
        write_ttl(operation, take_count);
    stepden_operation_begin(operation);
}

static void take_pong(struct stepden_operation *operation,
                      const redisReply *reply)
{
    if (stepden_reply_is(reply, "PONG"))
        end_with_count(operation, 0);
    else
        stepden_operation_fail_by(operation, reply);
}

void stepden_redis_ping(struct stepden_redis *redis, stepden_redis_done *done,
                        void *ctx)
{
    struct stepden_operation *operation =
        stepden_operation_new(redis, done, ctx);

    if (operation == NULL)
        return;
    stepden_operation_command(operation, 1, "PING", take_pong);
    stepden_operation_begin(operation);
}
