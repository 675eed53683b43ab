#include <stdio.h>
#include <string.h>

#include "base/compare.h"
#include "redis/session_parts.h"

enum { POLL_MS = 250 }; /* without a doorbell */

static bool is_idle(const struct stepden_session *session)
{
    return session->state == STEPDEN_SESSION_OWNER &&
           session->flight.kind == STEPDEN_FLIGHT_NONE &&
           session->refusals == 0;
}

/* Without the doorbell for a while, or for what it cannot tell. */
static void look_within(struct stepden_session *session, int64_t ms)
{
    if (is_idle(session))
        stepden_session_set_timer(session, STEPDEN_TIMER_RENEW, ms);
    else if (session->state == STEPDEN_SESSION_STANDBY &&
             ev_is_active(&session->timer))
        stepden_session_set_timer(session, STEPDEN_TIMER_LOOK, ms);
}

bool stepden_doorbell_fails(struct stepden_session *session,
                            const redisReply *reply)
{
    if (stepden_reply_is_passing(reply))
        look_within(session, POLL_MS);
    else if (stepden_reply_error(reply) != NULL)
        stepden_link_drop(session->doorbell, stepden_reply_error(reply));
    return stepden_reply_error(reply) != NULL;
}

/* A ring during a transaction is not noted: what rang may have come after its
 * read. It rings again at the next arming. */
static void take_ring(void *ctx, const redisReply *reply)
{
    struct stepden_session *session = ctx;

    session->armed = false;
    if (stepden_doorbell_fails(session, reply))
        return;
    stepden_link_prove(session->doorbell);
    if (!is_idle(session))
        return;
    if (stepden_reply_is_nil(reply)) {
        stepden_doorbell_arm(session);
        return;
    }
    stepden_intake_ring(session, reply);
    stepden_session_go_on(session);
}

static int64_t block_ms(const struct stepden_session *session)
{
    const struct stepden_config *config = session->config;
    int64_t wait_ms = stepden_smaller(
        config->redis.streams.inputs.crash_prediction.wait_timeout_ms,
        config->redis.streams.inputs.client.wait_timeout_ms);

    return stepden_smaller(wait_ms, config->redis.lease.timeout_ms / 3);
}

size_t stepden_doorbell_count(const struct stepden_session *session)
{
    return session->read_count < STEPDEN_RING_COUNT ? session->read_count
                                                    : STEPDEN_RING_COUNT;
}

static void wait_for_entries(struct stepden_session *session)
{
    struct stepden_link *link = session->doorbell;
    int64_t wait_ms = block_ms(session);

    session->armed = true;
    stepden_link_set_patience(link, wait_ms);
    stepden_link_command(link, 6 + 2 * STEPDEN_INPUT_COUNT, take_ring);
    stepden_link_arg_text(link, "XREAD");
    stepden_link_arg_text(link, "COUNT");
    stepden_link_arg_number(link, (int64_t)stepden_doorbell_count(session));
    stepden_link_arg_text(link, "BLOCK");
    stepden_link_arg_number(link, wait_ms);
    stepden_link_arg_text(link, "STREAMS");
    for (int input = 0; input < STEPDEN_INPUT_COUNT; input++)
        stepden_link_arg_text(link, session->keys.input[input]);
    for (int input = 0; input < STEPDEN_INPUT_COUNT; input++) {
        struct stepden_place *place = &session->places[input];
        memcpy(place->waits, place->rung, STEPDEN_ID_SIZE);
        stepden_link_arg_text(link, place->waits);
    }
}

static int64_t poll_ms(const struct stepden_session *session)
{
    return stepden_smaller(stepden_session_renew_ms(session), POLL_MS);
}

void stepden_doorbell_arm(struct stepden_session *session)
{
    bool up = stepden_link_is_up(session->doorbell);

    stepden_link_open(session->doorbell);
    if (up && !session->armed)
        wait_for_entries(session);
    if (!ev_is_active(&session->timer))
        stepden_session_set_timer(session, STEPDEN_TIMER_RENEW,
                                  up ? stepden_session_renew_ms(session)
                                     : poll_ms(session));
}

void stepden_doorbell_close(struct stepden_session *session)
{
    session->armed = false;
    stepden_link_close(session->doorbell);
}

static void take_server(void *ctx, const redisReply *reply)
{
    struct stepden_session *session = ctx;
    char id[STEPDEN_RUN_ID_SIZE];

    stepden_server_run_id(id, sizeof id, reply);
    session->bell_is_here = id[0] != '\0' && strcmp(id, session->server) == 0;
}

/* Each connection finds its own way: a name may have several addresses. */
static void ask_for_server(struct stepden_session *session)
{
    session->bell_is_here = false;
    stepden_link_command(session->doorbell, 2, take_server);
    stepden_link_arg_text(session->doorbell, "INFO");
    stepden_link_arg_text(session->doorbell, "server");
}

/* From here on it rings: no need to poll. The lease was renewed no longer ago
 * than one would have polled. Who does not listen has not polled. */
static void on_up(void *ctx)
{
    struct stepden_session *session = ctx;

    session->armed = false;
    ask_for_server(session);
    if (session->state == STEPDEN_SESSION_STANDBY)
        stepden_standby_listen(session);
    if (!is_idle(session) || !stepden_session_listens(session))
        return;
    stepden_session_set_timer(session, STEPDEN_TIMER_RENEW,
                              stepden_session_renew_ms(session) -
                                  poll_ms(session));
    stepden_doorbell_arm(session);
}

/* What it waited for may be elsewhere now, which the other connection finds
 * out, at once: this one follows it. */
static void on_down(void *ctx, const char *why)
{
    struct stepden_session *session = ctx;

    (void)why;
    session->armed = false;
    if (stepden_link_was_answer_too_large(session->doorbell))
        session->read_count = 1;
    look_within(session, 0);
}

/* It comes and goes with the ownership. */
static void on_report(void *ctx, enum stepden_log_level level, const char *text)
{
    bool is_usual = level == STEPDEN_LOG_LEVEL_INFO;

    stepden_session_say(ctx, is_usual ? STEPDEN_LOG_LEVEL_DEBUG : level,
                        "doorbell: %s", text);
}

enum stepden_status stepden_doorbell_new(struct stepden_session *session,
                                         const struct stepden_access *access,
                                         struct stepden_diag *diag)
{
    const struct stepden_config *config = session->config;
    const struct stepden_link_events events = {
        .up = on_up, .down = on_down, .report = on_report, .ctx = session};

    enum stepden_status status = stepden_link_new(
        &session->doorbell, session->loop, access, config->instance_name,
        (int64_t)config->reconnect_interval_s * 1000, &events, diag);
    if (status != STEPDEN_OK)
        return status;
    stepden_link_follow(session->doorbell, session->commit);
    stepden_link_set_answer_max(session->doorbell,
                                stepden_session_answer_max(session));
    return STEPDEN_OK;
}
