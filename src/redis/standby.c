#include "redis/session_parts.h"

#include <string.h>

static const char first_id[] = "0-0";

static void ignore(void *ctx, const redisReply *reply)
{
    (void)ctx;
    (void)reply;
}

static void give_an_end(struct stepden_session *session)
{
    stepden_link_command(session->commit, 3, ignore);
    stepden_link_arg_text(session->commit, "PEXPIRE");
    stepden_link_arg_text(session->commit, session->keys.lease);
    stepden_link_arg_number(session->commit,
                            session->config->redis.lease.timeout_ms);
}

/* What is said of all partitions alike is one line of the log. */
static void say_who_owns(struct stepden_session *session)
{
    if (stepden_wish_is_possible(session))
        stepden_session_say(session, STEPDEN_LOG_LEVEL_INFO,
                            "another instance owns the streams: standing by");
    else
        stepden_session_say(session, STEPDEN_LOG_LEVEL_INFO,
                            "another instance owns the streams, by %s: "
                            "standing by",
                            session->keys.lease);
}

/* The state file is for who owns. */
void stepden_standby_begin(struct stepden_session *session, int64_t pttl_ms)
{
    if (session->state != STEPDEN_SESSION_STANDBY)
        say_who_owns(session);
    stepden_token_file_close(&session->token_file);
    stepden_link_prove(session->commit);
    session->state = STEPDEN_SESSION_STANDBY;
    session->trouble.here = 0;
    session->said[STEPDEN_SAID_OBSTACLE][0] = '\0';
    if (pttl_ms == -1)
        give_an_end(session);
    stepden_wish_make(session);
    stepden_acquire_later(session, pttl_ms);
}

static void note_ring(struct stepden_session *session, const redisReply *reply)
{
    const redisReply *entries =
        stepden_delivery_stream(reply, session->keys.bell);

    if (entries != NULL && stepden_reply_is_list(entries) &&
        entries->elements > 0 && stepden_reply_is_list(entries->element[0]) &&
        entries->element[0]->elements > 0)
        stepden_delivery_id(session->rung, entries->element[0]->element[0]);
}

/* A ring during a look is not noted: it rings again at the next one. */
static void take_ring(void *ctx, const redisReply *reply)
{
    struct stepden_session *session = ctx;

    session->armed = false;
    if (stepden_doorbell_fails(session, reply))
        return;
    stepden_link_prove(session->doorbell);
    if (session->state != STEPDEN_SESSION_STANDBY ||
        !ev_is_active(&session->timer))
        return;
    if (stepden_reply_is_nil(reply)) {
        stepden_standby_listen(session);
        return;
    }
    note_ring(session, reply);
    ev_timer_stop(session->loop, &session->timer);
    stepden_acquire_look(session);
}

/* From the start, so that what rang before the first look rings once more. */
void stepden_standby_listen(struct stepden_session *session)
{
    struct stepden_link *link = session->doorbell;
    int64_t wait_ms = session->config->redis.lease.timeout_ms / 3;

    stepden_link_open(link);
    if (!stepden_link_is_up(link) || session->armed)
        return;
    session->armed = true;
    stepden_link_set_patience(link, wait_ms);
    stepden_link_command(link, 8, take_ring);
    stepden_link_arg_text(link, "XREAD");
    stepden_link_arg_text(link, "COUNT");
    stepden_link_arg_number(link, 1);
    stepden_link_arg_text(link, "BLOCK");
    stepden_link_arg_number(link, wait_ms);
    stepden_link_arg_text(link, "STREAMS");
    stepden_link_arg_text(link, session->keys.bell);
    stepden_link_arg_text(link,
                          session->rung[0] != '\0' ? session->rung : first_id);
}

void stepden_standby_end(struct stepden_session *session)
{
    if (session->armed)
        stepden_doorbell_close(session);
}
