#include <stdio.h>
#include <string.h>

#include "redis/session_parts.h"

/* The places in the array of EXEC, taken one after the other. */
struct cursor {
    const redisReply *array;
    size_t at;
};

static const redisReply *next(struct cursor *cursor)
{
    return cursor->array->element[cursor->at++];
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

static bool pass_batch(struct stepden_session *session, struct cursor *cursor,
                       const struct stepden_flight *flight)
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
        !pass(session, cursor, flight->refreshes, REDIS_REPLY_INTEGER,
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
    if (place->pending[0] != '\0') {
        memcpy(place->pending, id, sizeof id);
    } else {
        memcpy(place->last, id, sizeof id);
        memcpy(place->rung, id, sizeof id);
    }
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

/* What one stream was read. NOGROUP is cured, another error is not. */
static bool take_read(struct stepden_session *session, int input,
                      const redisReply *reply)
{
    if (stepden_reply_is_error(reply, "NOGROUP")) {
        session->load_step = STEPDEN_LOAD_SURVEY;
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

static bool is_full(struct stepden_session *session, int input,
                    const redisReply *reply, size_t read_count)
{
    const redisReply *entries =
        stepden_delivery_stream(reply, session->keys.input[input]);

    return entries != NULL && stepden_reply_is_list(entries) &&
           entries->elements >= read_count;
}

/*
 * Lets the server work while we do: what is boarding departs, or, if there is
 * more to read than one transaction takes, the next read goes ahead of what
 * will come of this one.
 */
static void keep_busy(struct stepden_session *session,
                      const struct stepden_flight *flight,
                      const struct cursor *reads)
{
    bool full = false;

    if (session->boarding.kind != STEPDEN_FLIGHT_NONE) {
        stepden_steady_depart(session);
        stepden_link_flush(session->commit);
        return;
    }
    for (size_t i = 0; flight->read_count > 0 && i < STEPDEN_INPUT_COUNT; i++)
        full = full ||
               is_full(session, (int)i, reads->array->element[reads->at + i],
                       flight->read_count);
    if (full && stepden_session_may_read(session) &&
        stepden_session_reads_new(session))
        stepden_steady_read_ahead(session);
    stepden_link_flush(session->commit);
}

static void deliver_all(struct stepden_session *session, struct cursor *cursor)
{
    for (int input = 0; input < STEPDEN_INPUT_COUNT; input++)
        if (!take_read(session, input, next(cursor)))
            return;
    if (session->read_on)
        session->events.batch_end(session->events.ctx);
}

void stepden_settle_steady(struct stepden_session *session,
                           const struct stepden_flight *flight,
                           const redisReply *reply)
{
    struct cursor cursor = {.array = reply};
    struct cursor last = {.array = reply, .at = reply->elements - 1};
    int64_t renewed = 0;

    session->settling = true;
    if (pass_batch(session, &cursor, flight) &&
        pass(session, &last, 1, REDIS_REPLY_INTEGER, "PEXPIRE", &renewed)) {
        account(session);
        keep_busy(session, flight, &cursor);
        session->read_on = false;
        if (flight->read_count > 0)
            deliver_all(session, &cursor);
    }
    session->settling = false;
}

void stepden_settle_release(struct stepden_session *session,
                            const redisReply *reply)
{
    struct cursor cursor = {.array = reply};

    if (!pass_batch(session, &cursor, &session->flight))
        return;
    account(session);
    stepden_session_finish(session, STEPDEN_OK);
}
