/*
 * Receiving. A group or stream that is missing, or goes while it is waited for
 * (its time to live may end), is made again; the rest of the wait follows.
 */
#include <stdlib.h>
#include <string.h>

#include <stepden/redis.h>

#include "redis/delivery.h"
#include "redis/operation.h"
#include "redis/pool.h"

enum {
    MOST_REGROUPS = 16, /* in one receive: somebody deletes it, then */
    MOST_ENTRIES = 1000000,
    MOST_WAIT_MS = 24 * 60 * 60 * 1000,
    MS_PER_S = 1000,
};

/* Entries for the caller, in memory of ours; they borrow from the reply. */
struct received {
    struct stepden_redis_entry *entries;
    struct stepden_redis_field *fields; /* of all entries, in a row */
    size_t field_count;
    struct stepden_fields one; /* those of the entry that is read */
};

static void free_received(struct received *received)
{
    free(received->entries);
    free(received->fields);
    stepden_fields_free(&received->one);
}

static size_t count_fields(const redisReply *list)
{
    size_t count = 0;

    for (size_t i = 0; i < (size_t)list->elements; i++) {
        const redisReply *entry = list->element[i];
        if (stepden_reply_is_list(entry) && entry->elements == 2 &&
            stepden_reply_is_list(entry->element[1]))
            count += (size_t)entry->element[1]->elements / 2;
    }
    return count;
}

/* One more than is needed, as none is no memory either. */
static bool reserve(struct received *received, const redisReply *list)
{
    received->entries =
        calloc((size_t)list->elements + 1, sizeof *received->entries);
    received->fields = calloc(count_fields(list) + 1, sizeof *received->fields);
    return received->entries != NULL && received->fields != NULL;
}

static bool read_entry(struct stepden_redis_entry *entry,
                       struct received *received, const redisReply *reply)
{
    struct stepden_redis_field *fields =
        &received->fields[received->field_count];
    char id[STEPDEN_ID_SIZE];

    switch (stepden_delivery_read(id, &received->one, reply)) {
    case STEPDEN_DELIVERY_ENTRY:
        if (received->one.count > 0)
            memcpy(fields, received->one.items,
                   received->one.count * sizeof *fields);
        received->field_count += received->one.count;
        *entry = (struct stepden_redis_entry){
            .id = reply->element[0]->str,
            .fields = fields,
            .field_count = received->one.count,
        };
        return true;
    case STEPDEN_DELIVERY_TRIMMED:
        *entry = (struct stepden_redis_entry){.id = reply->element[0]->str};
        return true;
    case STEPDEN_DELIVERY_BROKEN:
        break;
    }
    return false;
}

static void end_with_entries(struct stepden_operation *operation,
                             const struct received *received, size_t count)
{
    struct stepden_link *link = operation->member->link;

    if (operation->ttl_ms > 0)
        stepden_pool_renew(operation);
    stepden_operation_end(operation, &(struct stepden_redis_result){
                                         .reason = "",
                                         .id = "",
                                         .entries = received->entries,
                                         .entry_count = count,
                                     });
    /* The caller may end its loop now, and the renewal is to leave. */
    stepden_link_flush(link);
}

static void take_entries(struct stepden_operation *operation,
                         const redisReply *reply, const redisReply *list)
{
    struct received received = {0};
    size_t count = (size_t)list->elements;
    size_t read = 0;

    if (!reserve(&received, list)) {
        free_received(&received);
        stepden_operation_fail(operation, STEPDEN_ERR_MEMORY, "no memory");
        return;
    }
    while (read < count &&
           read_entry(&received.entries[read], &received, list->element[read]))
        read++;
    if (read == count)
        end_with_entries(operation, &received, count);
    else
        stepden_operation_fail_by(operation, reply);
    free_received(&received);
}

static void take_read(struct stepden_operation *operation,
                      const redisReply *reply);

static void write_read(struct stepden_operation *operation, int64_t wait_ms)
{
    struct stepden_resp *request = &operation->request;

    operation->patience_ms = wait_ms;
    stepden_operation_command(operation, wait_ms > 0 ? 11 : 9, "XREADGROUP",
                              take_read);
    stepden_resp_arg_text(request, "GROUP");
    stepden_resp_arg_text(request, operation->group);
    stepden_resp_arg_text(request, operation->consumer);
    stepden_resp_arg_text(request, "COUNT");
    stepden_resp_arg_number(request, operation->limit);
    if (wait_ms > 0) {
        stepden_resp_arg_text(request, "BLOCK");
        stepden_resp_arg_number(request, wait_ms);
    }
    stepden_resp_arg_text(request, "STREAMS");
    stepden_resp_arg_text(request, operation->key);
    stepden_resp_arg_text(request,
                          operation->after != NULL ? operation->after : ">");
}

static int64_t rest_of_wait_ms(const struct stepden_operation *operation)
{
    double rest_s = operation->until - ev_now(operation->redis->loop);
    int64_t rest_ms = (int64_t)(rest_s * MS_PER_S);

    return rest_ms < 0 ? 0 : rest_ms;
}

static void take_group(struct stepden_operation *operation,
                       const redisReply *reply)
{
    if (!stepden_reply_is(reply, "OK") &&
        !stepden_reply_is_error(reply, "BUSYGROUP")) {
        stepden_operation_fail_by(operation, reply);
        return;
    }
    if (operation->ttl_ms > 0)
        stepden_pool_renew(operation);
    write_read(operation, rest_of_wait_ms(operation));
    stepden_operation_send(operation);
}

static bool is_gone(const redisReply *reply)
{
    return stepden_reply_is_error(reply, "NOGROUP") ||
           stepden_reply_is_error(reply, "UNBLOCKED");
}

static void take_read(struct stepden_operation *operation,
                      const redisReply *reply)
{
    const redisReply *list = stepden_delivery_stream(reply, operation->key);

    if (is_gone(reply) && operation->regroups++ < MOST_REGROUPS) {
        stepden_operation_write_group(operation, take_group);
        stepden_operation_send(operation);
    } else if (stepden_reply_is_nil(reply)) {
        end_with_entries(operation, &(struct received){0}, 0);
    } else if (list != NULL && stepden_reply_is_list(list)) {
        take_entries(operation, reply, list);
    } else {
        stepden_operation_fail_by(operation, reply);
    }
}

static bool keep(struct stepden_operation *operation,
                 const struct stepden_redis_wanted *wanted)
{
    return stepden_operation_keep(operation, &operation->key, "stream",
                                  wanted->stream) &&
           stepden_operation_keep(operation, &operation->group, "group",
                                  wanted->group) &&
           stepden_operation_keep(operation, &operation->consumer, "consumer",
                                  wanted->consumer) &&
           (wanted->after == NULL ||
            stepden_operation_keep(operation, &operation->after, "after",
                                   wanted->after)) &&
           stepden_operation_keep_ttl(operation, wanted->ttl_s, 0);
}

static bool check(struct stepden_operation *operation,
                  const struct stepden_redis_wanted *wanted)
{
    if (!stepden_operation_check_count(operation, "count", wanted->count,
                                       MOST_ENTRIES) ||
        !stepden_operation_check(operation, "wait_ms", wanted->wait_ms, 0,
                                 MOST_WAIT_MS))
        return false;
    if (operation->ttl_ms > 0 && operation->ttl_ms <= wanted->wait_ms)
        return stepden_operation_refuse(
            operation, "ttl_s: has to be longer than wait_ms, or the stream "
                       "goes while it is waited for");
    return true;
}

void stepden_redis_receive(struct stepden_redis *redis,
                           const struct stepden_redis_wanted *wanted,
                           stepden_redis_done *done, void *ctx)
{
    struct stepden_operation *operation =
        stepden_operation_new(redis, done, ctx);

    if (operation == NULL)
        return;
    operation->limit = (int64_t)wanted->count;
    if (keep(operation, wanted) && check(operation, wanted))
        write_read(operation, wanted->after == NULL ? wanted->wait_ms : 0);
    stepden_operation_begin(operation);
}
