#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "redis/session_parts.h"

enum { NOTICE_PAUSE_S = 60, US_PER_S = 1000000 };

/* The places in the array of EXEC, taken one after the other. */
struct cursor {
    const redisReply *array;
    size_t at;
};

static const redisReply *next(struct cursor *cursor)
{
    return cursor->array->element[cursor->at++];
}

static void end_half_done(struct stepden_session *session,
                          const struct cursor *cursor, const redisReply *wrong)
{
    stepden_half_report(session, cursor->array, wrong);
    stepden_session_finish(session, STEPDEN_ERR_INVALID);
}

/* Passes over `count` answers of this type, adding up numbers. */
static bool pass(struct stepden_session *session, struct cursor *cursor,
                 size_t count, int type, uint64_t *sum)
{
    for (size_t i = 0; i < count; i++) {
        const redisReply *reply = next(cursor);
        if (reply->type != type) {
            end_half_done(session, cursor, reply);
            return false;
        }
        *sum += type == REDIS_REPLY_INTEGER ? (uint64_t)reply->integer : 0;
    }
    return true;
}

/* What rang of inputs whose group was gone by then: it is made again behind
 * that, and nobody else has it. */
static size_t count_groupless(const struct stepden_batch *sent,
                              const redisReply *array)
{
    struct cursor fetches = {.array = array};
    size_t count = 0;

    for (int input = 0; input < STEPDEN_INPUT_COUNT; input++)
        if (sent->fetches[input] > 0 &&
            stepden_reply_is_error(next(&fetches), "NOGROUP"))
            count += sent->fetches[input];
    return count;
}

static bool pass_batch(struct stepden_session *session, struct cursor *cursor,
                       const struct stepden_flight *flight)
{
    const struct stepden_batch *sent = &session->sent;
    uint64_t none = 0;
    uint64_t acked = 0;

    cursor->at += stepden_batch_fetches(sent);
    if (!pass(session, cursor, sent->adds.count, REDIS_REPLY_STRING, &none) ||
        !pass(session, cursor, sent->records.count, REDIS_REPLY_INTEGER,
              &none) ||
        !pass(session, cursor, sent->acks.count, REDIS_REPLY_INTEGER, &acked) ||
        !pass(session, cursor, flight->refreshes, REDIS_REPLY_INTEGER, &none))
        return false;
    acked += count_groupless(sent, cursor->array);
    if (acked < sent->settled)
        session->counters.unmatched += sent->settled - acked;
    return true;
}

/* How often it happened since it was told; 0 as long as that is not long ago.
 */
static uint64_t untold(const struct stepden_session *session,
                       struct stepden_notice *notice, uint64_t times)
{
    uint64_t since = times - notice->told;

    if (since == 0 || ev_now(session->loop) < notice->again)
        return 0;
    notice->told = times;
    notice->again = ev_now(session->loop) + NOTICE_PAUSE_S;
    return since;
}

static void tell_losses(struct stepden_session *session)
{
    const struct stepden_session_counters *counters = &session->counters;
    uint64_t trimmed = untold(session, &session->trimmed, counters->trimmed);
    uint64_t unmatched =
        untold(session, &session->unmatched, counters->unmatched);

    if (trimmed > 0)
        stepden_session_say(session, STEPDEN_LOG_LEVEL_WARNING,
                            "%" PRIu64 " inputs were trimmed from their stream "
                            "before they were done: raise the producer's "
                            "MAXLEN",
                            trimmed);
    if (unmatched > 0)
        stepden_session_say(session, STEPDEN_LOG_LEVEL_WARNING,
                            "%" PRIu64 " inputs were not pending any more when "
                            "they were acknowledged: they were trimmed or "
                            "deleted, their stream or its group was, or "
                            "somebody else acknowledges them",
                            unmatched);
}

static void tell_recovery(struct stepden_session *session)
{
    const struct stepden_trouble *trouble = &session->trouble;

    if (trouble->refusals == 0 ||
        (trouble->of_batch && stepden_batch_is_empty(&session->sent)))
        return;
    stepden_session_say(session, STEPDEN_LOG_LEVEL_INFO,
                        "%s takes transactions again after %u refusals, %.1f s",
                        stepden_link_peer(session->commit), trouble->refusals,
                        ev_now(session->loop) - trouble->since);
    session->trouble = (struct stepden_trouble){0};
}

static void tell_committed(struct stepden_session *session,
                           const struct stepden_flight *flight)
{
    const struct stepden_batch *sent = &session->sent;
    double passed_s = ev_now(session->loop) - flight->departed;
    const struct stepden_commit commit = {
        .inputs = sent->inputs,
        .outputs = sent->outputs,
        .duration_us = passed_s > 0 ? (int64_t)(passed_s * US_PER_S) : 0,
        .entered_unix_ms = stepden_batch_entered(sent),
        .entered_count = sent->entered.size / sizeof(int64_t),
    };

    if (commit.inputs > 0 || commit.outputs > 0)
        session->events.committed(session->events.ctx, &commit);
}

static void account(struct stepden_session *session,
                    const struct stepden_flight *flight)
{
    struct stepden_batch *sent = &session->sent;

    session->unused_leases = 0;
    session->counters.transactions++;
    session->counters.inputs += sent->inputs;
    session->counters.outputs += sent->outputs;
    session->counters.rejected += sent->rejected;
    session->counters.trimmed += sent->trimmed;
    tell_losses(session);
    tell_recovery(session);
    tell_committed(session, flight);
    stepden_batch_clear(sent);
}

/* What one stream was read. All else of the transaction was applied: after an
 * error the keys are looked at anew, except that a missing group is made. */
static bool take_read(struct stepden_session *session, int input,
                      struct cursor *cursor, bool is_fetch)
{
    const redisReply *reply = next(cursor);
    char text[320];

    if (stepden_reply_is_error(reply, "NOGROUP")) {
        session->load_step = STEPDEN_LOAD_SURVEY;
        return true;
    }
    if (stepden_reply_error(reply) != NULL) {
        snprintf(text, sizeof text, "%.120s: %.160s",
                 session->keys.input[input], stepden_reply_error(reply));
        stepden_link_drop(session->commit, text);
        return false;
    }
    if (stepden_intake_read(session, input, reply, is_fetch))
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

static bool has_read(const struct stepden_flight *flight)
{
    return flight->reads[STEPDEN_INPUT_CRASH_PREDICTION] ||
           flight->reads[STEPDEN_INPUT_CLIENT];
}

/* Whether there is more to read than one transaction takes. */
static bool is_any_full(struct stepden_session *session,
                        const struct stepden_flight *flight,
                        struct cursor reads)
{
    for (int input = 0; input < STEPDEN_INPUT_COUNT; input++)
        if (flight->reads[input] &&
            is_full(session, input, next(&reads), flight->read_count))
            return true;
    return false;
}

/*
 * Lets the server work while we do: what is boarding departs, or, if there is
 * more to read, the next read goes ahead of what will come of this one.
 */
static void keep_busy(struct stepden_session *session)
{
    if (session->boarding.kind != STEPDEN_FLIGHT_NONE)
        stepden_steady_depart(session);
    else if (stepden_session_may_read(session) &&
             stepden_session_reads_new(session) && session->is_behind &&
             stepden_turn_take(&session->turn))
        stepden_steady_read_ahead(session);
    stepden_link_flush(session->commit);
}

static void deliver_all(struct stepden_session *session,
                        const struct stepden_flight *flight,
                        struct cursor *reads)
{
    struct cursor fetches = {.array = reads->array};
    bool still_to_read = session->read_on && !has_read(flight);

    session->read_on = false;
    for (int input = 0; input < STEPDEN_INPUT_COUNT; input++)
        if (flight->fetches[input] &&
            !take_read(session, input, &fetches, true))
            return;
    for (int input = 0; input < STEPDEN_INPUT_COUNT; input++)
        if (flight->reads[input] && !take_read(session, input, reads, false))
            return;
    bool has_new = session->read_on;
    session->read_on = has_new || still_to_read;
    if (has_new)
        session->events.batch_end(session->events.ctx);
}

void stepden_settle_steady(struct stepden_session *session,
                           const struct stepden_flight *flight,
                           const redisReply *reply)
{
    struct cursor cursor = {.array = reply};
    struct cursor last = {.array = reply, .at = reply->elements - 1};
    size_t at_asides = reply->elements - 1 - flight->asides;
    uint64_t renewed = 0;

    session->settling = true;
    if (pass_batch(session, &cursor, flight) &&
        pass(session, &last, 1, REDIS_REPLY_INTEGER, &renewed)) {
        account(session, flight);
        stepden_round_take(session, &reply->element[at_asides], flight->asides);
        if (has_read(flight))
            session->is_behind = is_any_full(session, flight, cursor);
        keep_busy(session);
        deliver_all(session, flight, &cursor);
    }
    session->settling = false;
}

void stepden_settle_release(struct stepden_session *session,
                            const redisReply *reply)
{
    struct cursor cursor = {.array = reply};

    if (!pass_batch(session, &cursor, &session->flight))
        return;
    account(session, &session->flight);
    /* If it rang, that was not for us. */
    stepden_delivery_id(session->rung, reply->element[reply->elements - 1]);
    if (session->stopping)
        stepden_session_finish(session, STEPDEN_OK);
}
