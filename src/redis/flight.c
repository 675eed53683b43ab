#include "redis/backoff.h"
#include "redis/reader.h"
#include "redis/session_parts.h"

enum {
    FIRST_RETRY_MS = 50,
    LAST_RETRY_MS = 5000,
    LAST_PASSING_MS = 500,
    ANSWER_BYTES = 256, /* of memory, of a command that reads nothing */
};

static void note_refusal(struct stepden_session *session,
                         const redisReply *reply)
{
    struct stepden_flight *flight = &session->flight;

    if (flight->refusal[0] != '\0')
        return;
    stepden_reply_describe(flight->refusal, sizeof flight->refusal, reply);
    flight->passes = stepden_reply_is_passing(reply);
}

void stepden_flight_take_ok(void *ctx, const redisReply *reply)
{
    struct stepden_session *session = ctx;
    char text[160];

    if (!stepden_reply_is(reply, "OK"))
        stepden_link_drop(session->commit,
                          stepden_reply_describe(text, sizeof text, reply));
}

/* The fence is not up, and nothing was sent behind it. */
static void note_gap(struct stepden_session *session, const redisReply *reply)
{
    session->flight.unfenced = true;
    note_refusal(session, reply);
}

static void take_watch(void *ctx, const redisReply *reply)
{
    if (stepden_reply_is_passing(reply))
        note_gap(ctx, reply);
    else
        stepden_flight_take_ok(ctx, reply);
}

static void take_queued(void *ctx, const redisReply *reply)
{
    if (!stepden_reply_is(reply, "QUEUED"))
        note_refusal(ctx, reply);
}

/* What a steady one has read waits for GET to confirm it. */
static void take_array(struct stepden_session *session, const redisReply *reply)
{
    switch (session->flight.kind) {
    case STEPDEN_FLIGHT_NONE:
    case STEPDEN_FLIGHT_LOOK:
        break;
    case STEPDEN_FLIGHT_ACQUIRE:
        session->flight.applied = stepden_acquire_check(reply);
        break;
    case STEPDEN_FLIGHT_LOAD:
        stepden_load_take(session, reply);
        break;
    case STEPDEN_FLIGHT_STEADY:
        session->held = stepden_link_hold(session->commit);
        break;
    case STEPDEN_FLIGHT_RELEASE:
        stepden_settle_release(session, reply);
        break;
    }
}

static void take_exec(void *ctx, const redisReply *reply)
{
    struct stepden_session *session = ctx;

    if (stepden_reply_is_nil(reply)) {
        session->flight.touched = true;
    } else if (!stepden_reply_is_list(reply)) {
        note_refusal(session, reply);
    } else if (reply->elements != session->flight.commands) {
        stepden_link_drop(session->commit, "EXEC answers another transaction");
    } else {
        session->flight.applied = true;
        take_array(session, reply);
    }
}

static void discard_boarding(struct stepden_session *session)
{
    if (session->boarding.kind == STEPDEN_FLIGHT_NONE)
        return;
    session->boarding = (struct stepden_flight){0};
    stepden_link_command(session->commit, 1, stepden_flight_take_ok);
    stepden_link_arg_text(session->commit, "DISCARD");
}

static void refuse(struct stepden_session *session,
                   const struct stepden_flight *flight)
{
    const char *why = flight->touched ? "its lease was touched from outside"
                                      : flight->refusal;
    char text[320];

    if (stepden_session_is_elsewhere(session)) {
        stepden_link_drop(session->commit, why);
        return;
    }
    if (stepden_session_note_refusal(session))
        stepden_session_say(session, STEPDEN_LOG_LEVEL_WARNING,
                            "%s refused a transaction: %s; nothing of it was "
                            "applied, it is tried again",
                            stepden_link_peer(session->commit),
                            stepden_reply_advise(text, sizeof text, why));
    discard_boarding(session);
    stepden_turn_end(&session->turn);
    stepden_session_set_timer(
        session, STEPDEN_TIMER_RETRY,
        stepden_backoff_ms(session->refusals, FIRST_RETRY_MS,
                           flight->passes ? LAST_PASSING_MS : LAST_RETRY_MS));
    session->refusals++;
}

static const char *why_lost(bool is_gone, bool was_unused)
{
    if (!is_gone)
        return "another instance took the lease";
    if (was_unused)
        return "the lease was gone (lapsed or deleted) before it was of use: "
               "if Redis or the way to it is slow, raise redis.lease.timeout";
    return "the lease is gone (lapsed or deleted)";
}

/* One that lapses sooner than it can be used is not taken again at once. */
static void lose_lease(struct stepden_session *session, const redisReply *reply)
{
    bool is_gone = stepden_reply_is_nil(reply);
    bool was_unused = is_gone && session->unused_leases > 0;

    discard_boarding(session);
    stepden_session_lose(session, why_lost(is_gone, was_unused));
    if (session->state != STEPDEN_SESSION_CONNECTING)
        return;
    if (was_unused)
        stepden_session_set_timer(session, STEPDEN_TIMER_LOOK,
                                  stepden_backoff_ms(session->unused_leases - 1,
                                                     FIRST_RETRY_MS,
                                                     LAST_RETRY_MS));
    else
        stepden_acquire_look(session);
}

static void settle(struct stepden_session *session,
                   const struct stepden_flight *flight)
{
    redisReply *held = session->held;

    session->held = NULL;
    session->refusals = 0;
    if (flight->kind == STEPDEN_FLIGHT_STEADY)
        stepden_settle_steady(session, flight, held);
    freeReplyObject(held);
    if (session->announced)
        stepden_session_go_on(session);
}

/* What was applied without a fence behind it has happened, and cannot be gone
 * on from. */
static void settle_unfenced(struct stepden_session *session,
                            const struct stepden_flight *flight)
{
    if (flight->applied)
        stepden_link_drop(session->commit, flight->refusal);
    else if (flight->kind == STEPDEN_FLIGHT_ACQUIRE)
        stepden_acquire_settle(session, false, flight);
    else
        refuse(session, flight);
}

static void take_holder(void *ctx, const redisReply *reply)
{
    struct stepden_session *session = ctx;
    bool ours = stepden_reply_is(reply, session->tokens.newest);

    if (stepden_reply_is_passing(reply))
        note_gap(session, reply);
    struct stepden_flight flight = session->flight;
    session->flight = (struct stepden_flight){0};
    if (flight.unfenced) {
        settle_unfenced(session, &flight);
    } else if (stepden_reply_error(reply) != NULL) {
        stepden_link_drop(session->commit, stepden_reply_error(reply));
    } else if (flight.kind == STEPDEN_FLIGHT_ACQUIRE) {
        stepden_acquire_settle(session, flight.applied && ours, &flight);
    } else if (flight.kind == STEPDEN_FLIGHT_RELEASE && flight.applied) {
        stepden_wish_fulfil(session);
    } else if (!ours) {
        lose_lease(session, reply);
    } else if (flight.kind == STEPDEN_FLIGHT_LOOK) {
        stepden_session_retry(session);
    } else if (!flight.applied) {
        refuse(session, &flight);
    } else {
        settle(session, &flight);
    }
}

static void begin(struct stepden_session *session,
                  struct stepden_flight *flight, enum stepden_flight_kind kind)
{
    ev_timer_stop(session->loop, &session->timer);
    *flight = (struct stepden_flight){.kind = kind};
    session->building = flight;
    stepden_link_command(session->commit, 1, stepden_flight_take_ok);
    stepden_link_arg_text(session->commit, "MULTI");
}

void stepden_flight_begin(struct stepden_session *session,
                          enum stepden_flight_kind kind)
{
    begin(session, &session->flight, kind);
}

void stepden_flight_board(struct stepden_session *session)
{
    begin(session, &session->boarding, STEPDEN_FLIGHT_STEADY);
}

void stepden_flight_command(struct stepden_session *session, size_t argc,
                            const char *name)
{
    stepden_link_command(session->commit, argc, take_queued);
    stepden_link_arg_text(session->commit, name);
    session->building->commands++;
}

void stepden_flight_append(struct stepden_session *session,
                           const struct stepden_commands *commands)
{
    stepden_link_append(session->commit, commands->resp.bytes,
                        commands->resp.size, commands->count, take_queued);
    session->building->commands += commands->count;
}

void stepden_flight_expire(struct stepden_session *session, const char *key,
                           int64_t ms)
{
    stepden_flight_command(session, 3, "PEXPIRE");
    stepden_link_arg_text(session->commit, key);
    stepden_link_arg_number(session->commit, ms);
}

static void look_at_holder(struct stepden_session *session)
{
    stepden_link_command(session->commit, 2, take_watch);
    stepden_link_arg_text(session->commit, "WATCH");
    stepden_link_arg_text(session->commit, session->keys.lease);
    stepden_link_command(session->commit, 2, take_holder);
    stepden_link_arg_text(session->commit, "GET");
    stepden_link_arg_text(session->commit, session->keys.lease);
}

/* Entries may have so much, records all that an answer can. */
static size_t answer_max(const struct stepden_session *session)
{
    size_t max = stepden_session_answer_max(session) +
                 session->flight.commands * ANSWER_BYTES;
    bool loads = session->flight.kind == STEPDEN_FLIGHT_LOAD &&
                 session->load_step != STEPDEN_LOAD_SURVEY;

    return loads || max > STEPDEN_READER_MAX ? STEPDEN_READER_MAX : max;
}

void stepden_flight_end(struct stepden_session *session)
{
    session->flight.departed = ev_time();
    stepden_link_set_answer_max(session->commit, answer_max(session));
    stepden_link_command(session->commit, 1, take_exec);
    stepden_link_arg_text(session->commit, "EXEC");
    look_at_holder(session);
}

void stepden_flight_depart(struct stepden_session *session)
{
    session->flight = session->boarding;
    session->boarding = (struct stepden_flight){0};
    stepden_flight_end(session);
}

void stepden_flight_look(struct stepden_session *session)
{
    session->flight = (struct stepden_flight){.kind = STEPDEN_FLIGHT_LOOK};
    stepden_link_command(session->commit, 1, stepden_flight_take_ok);
    stepden_link_arg_text(session->commit, "UNWATCH");
    look_at_holder(session);
}
