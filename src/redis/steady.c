#include <stdio.h>
#include <string.h>

#include "redis/session_parts.h"

enum {
    SMALL_BYTES = 256 * 1024, /* of outputs in one transaction: read more */
    LARGE_BYTES = 1024 * 1024 /* read less */
};

/* The places in the array of EXEC, taken one after the other. */
struct cursor {
    const redisReply *array;
    size_t at;
};

static const redisReply *next(struct cursor *cursor)
{
    return cursor->array->element[cursor->at++];
}

static size_t most_to_read(const struct stepden_session *session)
{
    size_t half = session->config.redis.limits.max_batch / 2u;

    return half > 0 ? half : 1;
}

static void adapt_read_count(struct stepden_session *session)
{
    size_t bytes = session->sent.adds.resp.size;
    size_t most = most_to_read(session);

    if (bytes > LARGE_BYTES && session->read_count > 1)
        session->read_count /= 2;
    else if (bytes < SMALL_BYTES && session->sent.inputs >= session->read_count)
        session->read_count *= 2;
    if (session->read_count > most)
        session->read_count = most;
}

static void load_batch(struct stepden_session *session)
{
    struct stepden_batch empty = session->sent;

    if (!stepden_batch_is_empty(&session->sent))
        return; /* it was refused */
    session->sent = session->open;
    session->open = empty;
    stepden_batch_seal(&session->sent, &session->keys);
    adapt_read_count(session);
}

static bool has_memory(struct stepden_session *session)
{
    if (!stepden_batch_has_failed(&session->sent))
        return true;
    stepden_link_drop(session->commit, "no memory");
    return false;
}

static void send_batch(struct stepden_session *session,
                       const struct stepden_batch *batch)
{
    stepden_flight_append(session, &batch->adds);
    stepden_flight_append(session, &batch->records);
    stepden_flight_append(session, &batch->acks);
}

/* A key's TTL is set again when a quarter of it has gone by. */
static void refresh(struct stepden_session *session, size_t which,
                    const char *key, uint32_t ttl_s)
{
    double now = ev_now(session->loop);

    if (ttl_s == 0 || now < session->refresh_at[which])
        return;
    session->refresh_at[which] = now + ttl_s / 4.;
    stepden_flight_expire(session, key, (int64_t)ttl_s * 1000);
    session->flight.refreshes++;
}

static void refresh_all(struct stepden_session *session)
{
    const struct stepden_config *config = &session->config;
    const struct stepden_keys *keys = &session->keys;

    refresh(session, STEPDEN_INPUT_CRASH_PREDICTION,
            keys->input[STEPDEN_INPUT_CRASH_PREDICTION],
            config->redis.streams.inputs.crash_prediction.ttl_s);
    refresh(session, STEPDEN_INPUT_CLIENT, keys->input[STEPDEN_INPUT_CLIENT],
            config->redis.streams.inputs.client.ttl_s);
    if (session->sent.outputs > 0)
        refresh(session, STEPDEN_INPUT_COUNT, keys->output,
                config->redis.streams.outputs.client.ttl_s);
}

static void send_read(struct stepden_session *session, int input)
{
    const struct stepden_place *place = &session->places[input];
    struct stepden_link *link = session->commit;

    stepden_flight_command(session, 9, "XREADGROUP");
    stepden_link_arg_text(link, "GROUP");
    stepden_link_arg_text(link, session->keys.group[input]);
    stepden_link_arg_text(link, session->config.instance_name);
    stepden_link_arg_text(link, "COUNT");
    stepden_link_arg_number(link, (int64_t)session->read_count);
    stepden_link_arg_text(link, "STREAMS");
    stepden_link_arg_text(link, session->keys.input[input]);
    stepden_link_arg_text(link,
                          place->pending[0] != '\0' ? place->pending : ">");
}

void stepden_steady_send(struct stepden_session *session)
{
    load_batch(session);
    if (!has_memory(session))
        return;
    stepden_flight_begin(session, STEPDEN_FLIGHT_STEADY);
    send_batch(session, &session->sent);
    refresh_all(session);
    for (int input = 0; input < STEPDEN_INPUT_COUNT; input++)
        send_read(session, input);
    stepden_flight_expire(session, session->keys.lease,
                          session->config.redis.lease.timeout_ms);
    stepden_flight_end(session);
}

void stepden_release_send(struct stepden_session *session)
{
    load_batch(session);
    if (!has_memory(session))
        return;
    if (!stepden_batch_is_empty(&session->open)) {
        stepden_steady_send(session);
        return;
    }
    stepden_flight_begin(session, STEPDEN_FLIGHT_RELEASE);
    send_batch(session, &session->sent);
    stepden_flight_command(session, 2, "DEL");
    stepden_link_arg_text(session->commit, session->keys.lease);
    stepden_flight_end(session);
}

static void end_half_done(struct stepden_session *session, const char *command,
                          const redisReply *reply)
{
    char text[160];

    stepden_session_say(session, STEPDEN_LOG_LEVEL_CRITICAL,
                        "%s applied half a transaction: %s: %s",
                        stepden_link_peer(session->commit), command,
                        stepden_reply_describe(text, sizeof text, reply));
    stepden_session_finish(session, STEPDEN_ERR_INVALID);
}

/* Passes over `count` answers of this type, adding up numbers. */
static bool pass(struct stepden_session *session, struct cursor *cursor,
                 size_t count, int type, const char *command, int64_t *sum)
{
    for (size_t i = 0; i < count; i++) {
        const redisReply *reply = next(cursor);
        if (reply->type != type) {
            end_half_done(session, command, reply);
            return false;
        }
        *sum += type == REDIS_REPLY_INTEGER ? reply->integer : 0;
    }
    return true;
}

static bool pass_batch(struct stepden_session *session, struct cursor *cursor)
{
    const struct stepden_batch *sent = &session->sent;
    int64_t none = 0;
    int64_t acked = 0;

    if (!pass(session, cursor, sent->adds.count, REDIS_REPLY_STRING, "XADD",
              &none) ||
        !pass(session, cursor, sent->records.count, REDIS_REPLY_INTEGER,
              "HSET or HDEL", &none) ||
        !pass(session, cursor, sent->acks.count, REDIS_REPLY_INTEGER, "XACK",
              &acked) ||
        !pass(session, cursor, session->flight.refreshes, REDIS_REPLY_INTEGER,
              "PEXPIRE", &none))
        return false;
    if (acked != (int64_t)sent->inputs) {
        session->counters.unmatched += sent->inputs - (uint64_t)acked;
        stepden_session_say(session, STEPDEN_LOG_LEVEL_ERROR,
                            "of %zu inputs only %lld were still pending: "
                            "somebody else acknowledges them, or a stream was "
                            "deleted",
                            sent->inputs, (long long)acked);
    }
    return true;
}

static void account(struct stepden_session *session)
{
    struct stepden_batch *sent = &session->sent;
    size_t inputs = sent->inputs;
    size_t outputs = sent->outputs;

    session->counters.transactions++;
    session->counters.inputs += inputs;
    session->counters.outputs += outputs;
    session->counters.rejected += sent->rejected;
    session->counters.trimmed += sent->trimmed;
    stepden_batch_clear(sent);
    if (inputs > 0 || outputs > 0)
        session->events.committed(session->events.ctx, inputs, outputs);
}

static void deliver_entry(struct stepden_session *session,
                          const struct stepden_entry *entry)
{
    char reason[96];

    if (session->fields.bytes <= session->config.redis.limits.max_entry_bytes) {
        session->events.entry(session->events.ctx, entry);
        return;
    }
    snprintf(reason, sizeof reason, "%zu bytes; at most %lu are allowed",
             session->fields.bytes,
             (unsigned long)session->config.redis.limits.max_entry_bytes);
    stepden_session_reject(session, entry, reason, "");
}

static void deliver(struct stepden_session *session, int input,
                    const redisReply *reply)
{
    struct stepden_place *place = &session->places[input];
    char id[STEPDEN_ID_SIZE];
    struct stepden_entry entry = {.input = (enum stepden_input)input, .id = id};

    switch (stepden_delivery_read(id, &session->fields, reply)) {
    case STEPDEN_DELIVERY_ENTRY:
        entry.fields = session->fields.items;
        entry.field_count = session->fields.count;
        deliver_entry(session, &entry);
        break;
    case STEPDEN_DELIVERY_TRIMMED:
        stepden_batch_drop_trimmed(&session->open, &session->keys, entry.input,
                                   id);
        break;
    case STEPDEN_DELIVERY_BROKEN:
        stepden_link_drop(session->commit, "an entry that is none");
        return;
    }
    memcpy(place->pending[0] != '\0' ? place->pending : place->last, id,
           sizeof id);
}

static bool take_stream(struct stepden_session *session, int input,
                        const redisReply *reply)
{
    struct stepden_place *place = &session->places[input];
    const redisReply *entries =
        stepden_delivery_stream(reply, session->keys.input[input]);

    if (entries == NULL || !stepden_reply_is_list(entries) ||
        entries->elements == 0) {
        place->pending[0] = '\0';
        return false;
    }
    for (size_t i = 0; i < (size_t)entries->elements && session->announced; i++)
        deliver(session, input, entries->element[i]);
    return true;
}

static bool take_read(struct stepden_session *session, int input,
                      const redisReply *reply)
{
    if (stepden_reply_is_error(reply, "NOGROUP")) {
        session->regroup = true;
        return true;
    }
    if (stepden_reply_error(reply) != NULL) {
        end_half_done(session, "XREADGROUP", reply);
        return false;
    }
    if (take_stream(session, input, reply))
        session->read_on = true;
    return session->announced;
}

void stepden_steady_take(struct stepden_session *session,
                         const redisReply *reply)
{
    struct cursor cursor = {.array = reply};
    int64_t renewed = 0;

    session->read_on = false;
    if (!pass_batch(session, &cursor))
        return;
    account(session);
    for (int input = 0; input < STEPDEN_INPUT_COUNT; input++)
        if (!take_read(session, input, next(&cursor)))
            return;
    if (session->read_on)
        session->events.batch_end(session->events.ctx);
    (void)pass(session, &cursor, 1, REDIS_REPLY_INTEGER, "PEXPIRE", &renewed);
}

void stepden_release_take(struct stepden_session *session,
                          const redisReply *reply)
{
    struct cursor cursor = {.array = reply};

    if (!pass_batch(session, &cursor))
        return;
    account(session);
    stepden_session_finish(session, STEPDEN_OK);
}
