#include <stdio.h>
#include <string.h>

#include "redis/session_parts.h"

/* Of inputs, or of outputs, in one transaction. What boards is to fit into the
 * buffers of a socket, or the EXEC before it waits behind it. */
enum {
    SMALL_BYTES = 64 * 1024, /* read more */
    LARGE_BYTES = 160 * 1024 /* read less */
};

static const char new_ones[] = ">";

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

static size_t most_to_read(const struct stepden_session *session)
{
    return larger(session->config->redis.limits.max_batch / 2u, 1);
}

static void adapt_read_count(struct stepden_session *session,
                             const struct stepden_batch *batch)
{
    size_t bytes = larger(batch->adds.resp.size, batch->bytes_read);
    size_t most = most_to_read(session);

    if (session->one_by_one)
        return;
    if (bytes < SMALL_BYTES && batch->settled >= session->read_count)
        session->read_count *= 2;
    else if (bytes > LARGE_BYTES && batch->inputs > 0)
        most = smaller(most, larger(batch->inputs * LARGE_BYTES / bytes, 1));
    session->read_count = smaller(session->read_count, most);
}

static void exchange(struct stepden_batch *a, struct stepden_batch *b)
{
    struct stepden_batch kept = *a;

    *a = *b;
    *b = kept;
}

/* How far each input is done goes along with what is done. */
static void keep_done(struct stepden_session *session,
                      struct stepden_batch *batch)
{
    for (int input = 0; input < STEPDEN_INPUT_COUNT; input++) {
        const char *field = session->keys.done[input];
        char *done = session->memo.done[input];
        if (!stepden_delivery_is_later(batch->latest[input], done))
            continue;
        memcpy(done, batch->latest[input], STEPDEN_ID_SIZE);
        stepden_batch_keep(batch, &session->keys, field, strlen(field), done,
                           strlen(done));
    }
}

/* What is to be sent first: what was refused, what was boarding, what came
 * about since. False when memory ran out. */
static bool fill(struct stepden_session *session, struct stepden_batch *batch)
{
    if (stepden_batch_is_empty(batch))
        exchange(batch, &session->next);
    if (stepden_batch_is_empty(batch)) {
        exchange(batch, &session->open);
        keep_done(session, batch);
        stepden_batch_seal(batch, &session->keys);
        adapt_read_count(session, batch);
    }
    if (!stepden_batch_has_failed(batch))
        return true;
    stepden_link_drop(session->commit, "no memory");
    return false;
}

static void send_read(struct stepden_session *session, int input, size_t count,
                      const char *after)
{
    struct stepden_link *link = session->commit;

    stepden_flight_command(session, 9, "XREADGROUP");
    stepden_link_arg_text(link, "GROUP");
    stepden_link_arg_text(link, session->keys.group[input]);
    stepden_link_arg_text(link, session->config->instance_name);
    stepden_link_arg_text(link, "COUNT");
    stepden_link_arg_number(link, (int64_t)count);
    stepden_link_arg_text(link, "STREAMS");
    stepden_link_arg_text(link, session->keys.input[input]);
    stepden_link_arg_text(link, after);
}

static void send_batch(struct stepden_session *session,
                       const struct stepden_batch *batch)
{
    for (int input = 0; input < STEPDEN_INPUT_COUNT; input++) {
        session->building->fetches[input] = batch->fetches[input] > 0;
        if (batch->fetches[input] > 0)
            send_read(session, input, batch->fetches[input], new_ones);
    }
    stepden_flight_append(session, &batch->adds);
    stepden_flight_append(session, &batch->records);
    stepden_flight_append(session, &batch->acks);
}

/* A key's TTL is set again when a quarter of it has gone by. */
static void refresh(struct stepden_session *session, size_t which,
                    const char *key, uint32_t ttl_s)
{
    ev_timer *fresh = &session->fresh[which];

    if (ttl_s == 0 || ev_is_active(fresh))
        return;
    ev_timer_set(fresh, ttl_s / 4., 0.);
    ev_timer_start(session->loop, fresh);
    stepden_flight_expire(session, key, (int64_t)ttl_s * 1000);
    session->building->refreshes++;
}

static void refresh_all(struct stepden_session *session,
                        const struct stepden_batch *batch)
{
    const struct stepden_config *config = session->config;
    const struct stepden_keys *keys = &session->keys;

    refresh(session, STEPDEN_INPUT_CRASH_PREDICTION,
            keys->input[STEPDEN_INPUT_CRASH_PREDICTION],
            config->redis.streams.inputs.crash_prediction.ttl_s);
    refresh(session, STEPDEN_INPUT_CLIENT, keys->input[STEPDEN_INPUT_CLIENT],
            config->redis.streams.inputs.client.ttl_s);
    if (batch->outputs > 0)
        refresh(session, STEPDEN_INPUT_COUNT, keys->output,
                config->redis.streams.outputs.client.ttl_s);
}

/* One by one: from the first input that has pending entries left. */
static void send_reads(struct stepden_session *session)
{
    session->building->read_count = session->read_count;
    for (int input = 0; input < STEPDEN_INPUT_COUNT; input++) {
        const char *pending = session->places[input].pending;
        if (session->one_by_one && pending[0] == '\0')
            continue;
        send_read(session, input, session->read_count,
                  pending[0] != '\0' ? pending : new_ones);
        session->building->reads[input] = true;
        if (session->one_by_one)
            return;
    }
}

static void send_body(struct stepden_session *session,
                      const struct stepden_batch *batch)
{
    send_batch(session, batch);
    refresh_all(session, batch);
    if (stepden_session_may_read(session) && stepden_turn_take(&session->turn))
        send_reads(session);
    stepden_round_send(session);
    stepden_flight_expire(session, session->keys.lease,
                          session->config->redis.lease.timeout_ms);
}

void stepden_steady_read_ahead(struct stepden_session *session)
{
    stepden_flight_begin(session, STEPDEN_FLIGHT_STEADY);
    send_body(session, &session->sent);
    stepden_flight_end(session);
}

void stepden_steady_send(struct stepden_session *session)
{
    if (fill(session, &session->sent))
        stepden_steady_read_ahead(session);
}

void stepden_steady_board(struct stepden_session *session)
{
    if (!fill(session, &session->next))
        return;
    stepden_flight_board(session);
    send_body(session, &session->next);
}

void stepden_steady_depart(struct stepden_session *session)
{
    exchange(&session->sent, &session->next);
    stepden_flight_depart(session);
}

static void let_go(struct stepden_session *session)
{
    bool has_heir = session->heir[0] != '\0';

    stepden_flight_command(session, has_heir ? 5 : 2, has_heir ? "SET" : "DEL");
    stepden_link_arg_text(session->commit, session->keys.lease);
    if (!has_heir)
        return;
    stepden_link_arg_text(session->commit, session->heir);
    stepden_link_arg_text(session->commit, "PX");
    stepden_link_arg_number(session->commit,
                            session->config->redis.lease.timeout_ms);
}

/* One entry is enough: who waits looks at the lease. A server that is full
 * refuses it, and not the release without it. */
static void ring(struct stepden_session *session)
{
    struct stepden_link *link = session->commit;

    stepden_flight_command(session, 7, "XADD");
    stepden_link_arg_text(link, session->keys.bell);
    stepden_link_arg_text(link, "MAXLEN");
    stepden_link_arg_number(link, 1);
    stepden_link_arg_text(link, "*");
    stepden_link_arg_text(link, "lease");
    stepden_link_arg_text(link, session->heir);
}

/* Who waits on this host is to have the state file's lock. Should the release
 * fail, that one may take the lease from us, which does no harm. */
void stepden_release_send(struct stepden_session *session)
{
    if (!fill(session, &session->sent))
        return;
    if (!stepden_batch_is_empty(&session->next) ||
        !stepden_batch_is_empty(&session->open)) {
        stepden_steady_send(session);
        return;
    }
    stepden_token_file_close(&session->token_file);
    stepden_flight_begin(session, STEPDEN_FLIGHT_RELEASE);
    send_batch(session, &session->sent);
    let_go(session);
    if (session->refusals == 0)
        ring(session);
    stepden_flight_end(session);
}
