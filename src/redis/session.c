#include "redis/session.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "redis/reader.h"
#include "redis/session_parts.h"

enum {
    ENTRIES_IN_ANSWER = 16,       /* of the largest that are allowed */
    OTHERS_IN_ANSWER = 64 * 1024, /* bytes */
    BATCH_AT_LEAST = 256,         /* entries, with room for all in an answer */
    USUAL_ENTRY = 16 * 1024,      /* bytes */
    KEPT_AT_REST = 32 * 1024,     /* bytes of each buffer */
    ROOM_BYTES = 256 * 1024,      /* of what waits for a transaction */
    MS_PER_S = 1000,
};

void stepden_session_say(struct stepden_session *session,
                         enum stepden_log_level level, const char *format, ...)
{
    char text[640];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    session->events.report(session->events.ctx, level, text);
}

void stepden_session_say_once(struct stepden_session *session,
                              enum stepden_said about,
                              enum stepden_log_level level, const char *text)
{
    char *said = session->said[about];

    if (strcmp(said, text) == 0)
        return;
    snprintf(said, sizeof session->said[about], "%s", text);
    if (text[0] != '\0')
        stepden_session_say(session, level, "%s", text);
}

void stepden_session_set_timer(struct stepden_session *session,
                               enum stepden_timer_job job, int64_t ms)
{
    session->job = job;
    ev_timer_stop(session->loop, &session->timer);
    ev_timer_set(&session->timer, (double)ms / MS_PER_S, 0.);
    ev_timer_start(session->loop, &session->timer);
}

static void stop_pauses(struct stepden_session *session)
{
    ev_timer_stop(session->loop, &session->round);
    for (int which = 0; which < STEPDEN_STREAM_COUNT; which++)
        ev_timer_stop(session->loop, &session->fresh[which]);
}

void stepden_session_drop(struct stepden_session *session)
{
    ev_timer_stop(session->loop, &session->timer);
    stop_pauses(session);
    stepden_orphan_end(session);
    stepden_turn_end(&session->turn);
    stepden_doorbell_close(session);
    stepden_batch_free(&session->open);
    stepden_batch_free(&session->next);
    stepden_batch_free(&session->sent);
    freeReplyObject(session->held);
    session->held = NULL;
    session->flight = session->boarding = (struct stepden_flight){0};
    session->refusals = 0;
    session->announced = session->loaded = false;
    session->load_step = STEPDEN_LOAD_NOTHING;
    session->read_on = session->is_behind = false;
    session->heir[0] = '\0';
    session->has_lags = false;
}

void stepden_session_lose(struct stepden_session *session, const char *why)
{
    bool announced = session->announced;

    stepden_session_drop(session);
    session->state = STEPDEN_SESSION_CONNECTING;
    if (announced) {
        session->counters.lost++;
        stepden_session_say(session, STEPDEN_LOG_LEVEL_WARNING,
                            "no longer the owner of the streams: %s", why);
        session->events.lost(session->events.ctx, why);
    }
    if (session->stopping && session->state != STEPDEN_SESSION_STOPPED)
        stepden_session_finish(session,
                               announced ? STEPDEN_ERR_SYSTEM : STEPDEN_OK);
}

void stepden_session_finish(struct stepden_session *session,
                            enum stepden_status status)
{
    stepden_session_drop(session);
    ev_timer_stop(session->loop, &session->stop_deadline);
    stepden_link_close(session->commit);
    stepden_token_file_close(&session->token_file);
    session->stopping = true;
    session->state = STEPDEN_SESSION_STOPPED;
    session->events.stopped(session->events.ctx, status);
}

bool stepden_session_is_ending(const struct stepden_session *session)
{
    return session->stopping || session->heir[0] != '\0';
}

bool stepden_session_is_elsewhere(const struct stepden_session *session)
{
    return session->config->redis.mode !=
               STEPDEN_CONFIG_REDIS_MODE_STANDALONE &&
           session->trouble.here > 0 &&
           ev_now(session->loop) - session->trouble.here >
               session->config->redis.lease.timeout_ms / 1000.;
}

int64_t stepden_session_renew_ms(const struct stepden_session *session)
{
    return session->config->redis.lease.timeout_ms / 3;
}

bool stepden_session_may_read(const struct stepden_session *session)
{
    return !stepden_session_is_ending(session) &&
           session->load_step == STEPDEN_LOAD_NOTHING;
}

bool stepden_session_reads_new(const struct stepden_session *session)
{
    return session->places[STEPDEN_INPUT_CRASH_PREDICTION].pending[0] == '\0' &&
           session->places[STEPDEN_INPUT_CLIENT].pending[0] == '\0';
}

bool stepden_session_listens(const struct stepden_session *session)
{
    return !session->is_behind && stepden_session_reads_new(session);
}

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

size_t stepden_session_answer_max(const struct stepden_session *session)
{
    const struct stepden_config_redis_limits *limits =
        &session->config->redis.limits;
    size_t batch = larger(limits->max_batch, BATCH_AT_LEAST) * USUAL_ENTRY;
    size_t max = larger((size_t)limits->max_entry_bytes * ENTRIES_IN_ANSWER +
                            OTHERS_IN_ANSWER,
                        batch);

    return max < STEPDEN_READER_MAX ? max : STEPDEN_READER_MAX;
}

static bool has_batches(const struct stepden_session *session)
{
    return !stepden_batch_is_empty(&session->sent) ||
           !stepden_batch_is_empty(&session->next) ||
           !stepden_batch_is_empty(&session->open);
}

void stepden_session_rest(struct stepden_session *session, size_t keep)
{
    stepden_batch_rest(&session->open, keep);
    stepden_batch_rest(&session->next, keep);
    stepden_batch_rest(&session->sent, keep);
    stepden_link_rest(session->commit, keep);
}

/* Memory that is warm is better used by whose turn it is now. What rings needs
 * no turn. */
static void wait_for_turn(struct stepden_session *session)
{
    stepden_turn_await(&session->turn);
    stepden_session_rest(session, KEPT_AT_REST);
    if (stepden_session_listens(session))
        stepden_doorbell_arm(session);
    else if (!ev_is_active(&session->timer))
        stepden_session_set_timer(session, STEPDEN_TIMER_RENEW,
                                  stepden_session_renew_ms(session));
}

static void wait_for_input(struct stepden_session *session)
{
    stepden_turn_end(&session->turn);
    stepden_session_rest(session, KEPT_AT_REST);
    stepden_doorbell_arm(session);
}

static void serve(struct stepden_session *session)
{
    bool reads = session->read_on || !stepden_session_reads_new(session);

    if (has_batches(session) || (reads && stepden_turn_take(&session->turn)))
        stepden_steady_send(session);
    else if (reads)
        wait_for_turn(session);
    else
        wait_for_input(session);
}

/* One transaction is on its way: the next one may board. */
static void prepare_next(struct stepden_session *session)
{
    if (session->boarding.kind == STEPDEN_FLIGHT_NONE &&
        stepden_session_may_read(session) &&
        stepden_session_reads_new(session) &&
        !stepden_batch_is_empty(&session->open))
        stepden_steady_board(session);
}

void stepden_session_go_on(struct stepden_session *session)
{
    if (session->flight.kind != STEPDEN_FLIGHT_NONE) {
        prepare_next(session);
    } else if (stepden_session_is_ending(session)) {
        stepden_release_send(session);
    } else if (session->load_step != STEPDEN_LOAD_NOTHING) {
        if (has_batches(session))
            stepden_steady_send(session);
        else
            stepden_load_send(session);
    } else {
        session->state = STEPDEN_SESSION_OWNER;
        serve(session);
    }
}

void stepden_session_retry(struct stepden_session *session)
{
    if (!stepden_session_may_read(session))
        stepden_session_go_on(session);
    else
        stepden_steady_send(session);
}

bool stepden_session_note_refusal(struct stepden_session *session)
{
    struct stepden_trouble *trouble = &session->trouble;

    if (trouble->refusals == 0)
        trouble->since = ev_now(session->loop);
    if (trouble->here == 0)
        trouble->here = ev_now(session->loop);
    if (!stepden_batch_is_empty(&session->sent))
        trouble->of_batch = true;
    session->counters.refused++;
    return trouble->refusals++ == 0;
}

static bool is_busy(const struct stepden_session *session)
{
    return session->flight.kind != STEPDEN_FLIGHT_NONE || session->settling ||
           session->refusals > 0;
}

void stepden_session_stop(struct stepden_session *session)
{
    if (session->stopping)
        return;
    session->stopping = true;
    if (!session->announced && !is_busy(session)) {
        stepden_wish_withdraw(session);
        stepden_session_finish(session, STEPDEN_OK);
        return;
    }
    session->state = STEPDEN_SESSION_STOPPING;
    ev_timer_set(&session->stop_deadline, session->config->timeout_s, 0.);
    ev_timer_start(session->loop, &session->stop_deadline);
    if (!is_busy(session))
        stepden_release_send(session);
}

void stepden_session_flush(struct stepden_session *session)
{
    if (session->state == STEPDEN_SESSION_OWNER && !is_busy(session) &&
        !stepden_batch_is_empty(&session->open))
        stepden_steady_send(session);
}

bool stepden_session_has_room(const struct stepden_session *session)
{
    return stepden_batch_size(&session->open) < ROOM_BYTES;
}
