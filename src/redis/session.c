#include "redis/session.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "redis/reader.h"
#include "redis/secret.h"
#include "redis/session_parts.h"

enum {
    CONNECTIONS_NEEDED = 2,
    FIRST_READ_COUNT = 16,
    ENTRIES_IN_ANSWER = 16,       /* of the largest that are allowed */
    OTHERS_IN_ANSWER = 64 * 1024, /* bytes */
    BATCH_AT_LEAST = 256,         /* entries, with room for all in an answer */
    USUAL_ENTRY = 16 * 1024,      /* bytes */
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

static const struct stepden_lag unknown_lag = {-1, -1};

void stepden_session_drop(struct stepden_session *session)
{
    ev_timer_stop(session->loop, &session->timer);
    stop_pauses(session);
    stepden_doorbell_close(session);
    stepden_batch_clear(&session->open);
    stepden_batch_clear(&session->next);
    stepden_batch_clear(&session->sent);
    freeReplyObject(session->held);
    session->held = NULL;
    session->flight = session->boarding = (struct stepden_flight){0};
    session->refusals = 0;
    session->announced = session->loaded = false;
    session->load_step = STEPDEN_LOAD_NOTHING;
    session->read_on = false;
    session->heir[0] = '\0';
    for (int input = 0; input < STEPDEN_INPUT_COUNT; input++)
        session->lags[input] = unknown_lag;
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

bool stepden_session_is_elsewhere(const struct stepden_session *session,
                                  const char *error)
{
    return session->config.redis.mode != STEPDEN_CONFIG_REDIS_MODE_STANDALONE &&
           strncmp(error, "READONLY", strlen("READONLY")) == 0;
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

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

size_t stepden_session_answer_max(const struct stepden_session *session)
{
    const struct stepden_config_redis_limits *limits =
        &session->config.redis.limits;
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

static bool has_work(const struct stepden_session *session)
{
    return session->read_on || !stepden_session_reads_new(session) ||
           has_batches(session);
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
        if (has_work(session))
            stepden_steady_send(session);
        else
            stepden_doorbell_arm(session);
    }
}

void stepden_session_retry(struct stepden_session *session)
{
    if (!stepden_session_may_read(session))
        stepden_session_go_on(session);
    else
        stepden_steady_send(session);
}

static void on_timer(struct ev_loop *loop, ev_timer *timer, int events)
{
    struct stepden_session *session = timer->data;

    (void)loop;
    (void)events;
    if (!stepden_link_is_up(session->commit))
        return;
    switch (session->job) {
    case STEPDEN_TIMER_LOOK:
        stepden_acquire_look(session);
        break;
    case STEPDEN_TIMER_RENEW:
        stepden_steady_send(session);
        break;
    case STEPDEN_TIMER_RETRY:
        stepden_flight_look(session);
        break;
    }
}

/* The next transaction sees that it has run out. */
static void on_pause_over(struct ev_loop *loop, ev_timer *timer, int events)
{
    (void)loop;
    (void)timer;
    (void)events;
}

static void on_stop_deadline(struct ev_loop *loop, ev_timer *timer, int events)
{
    (void)loop;
    (void)events;
    stepden_session_lose(timer->data, "the stop took too long");
}

static void on_up(void *ctx)
{
    struct stepden_session *session = ctx;

    session->counters.connects++;
    stepden_acquire_begin(session);
}

/* Read one by one, the first pending entry is the one that was too large. */
static void note_too_large(struct stepden_session *session)
{
    const struct stepden_flight *flight = &session->flight;

    if (flight->kind == STEPDEN_FLIGHT_LOAD)
        session->skips_survey = session->load_step == STEPDEN_LOAD_SURVEY;
    if (flight->kind != STEPDEN_FLIGHT_STEADY)
        return;
    for (int input = 0; input < STEPDEN_INPUT_COUNT; input++) {
        struct stepden_place *place = &session->places[input];
        if (session->one_by_one && flight->reads[input] &&
            strcmp(place->pending, "0-0") == 0)
            memcpy(place->too_large, place->first, STEPDEN_ID_SIZE);
    }
    session->one_by_one = true;
    session->read_count = 1;
}

static void on_down(void *ctx, const char *why)
{
    struct stepden_session *session = ctx;

    if (stepden_link_was_answer_too_large(session->commit))
        note_too_large(session);
    stepden_session_lose(session, why);
}

static void on_report(void *ctx, enum stepden_log_level level, const char *text)
{
    stepden_session_say(ctx, level, "%s", text);
}

static enum stepden_status connect(struct stepden_session *session,
                                   struct stepden_where *where,
                                   struct stepden_diag *diag)
{
    const struct stepden_config *config = &session->config;
    const struct stepden_link_events events = {
        .up = on_up, .down = on_down, .report = on_report, .ctx = session};

    if (config->redis.connection.max_connections < CONNECTIONS_NEEDED)
        return stepden_diag_set(
            diag, STEPDEN_ERR_INVALID, "/redis/connection/maxConnections",
            "the service needs %d connections", CONNECTIONS_NEEDED);
    enum stepden_status status = stepden_link_new(
        &session->commit, session->loop, where, &config->redis.connection,
        config->instance_name, (int64_t)config->reconnect_interval_s * MS_PER_S,
        &events, diag);
    if (status != STEPDEN_OK)
        return status;
    stepden_link_set_key(session->commit, session->keys.lease);
    return stepden_doorbell_new(session, where, diag);
}

static void warn_of_settings(struct stepden_session *session)
{
    const struct stepden_config *config = &session->config;

    if (!STEPDEN_REPLY_RESP3 && config->redis.connection.protocol > 2)
        stepden_session_say(session, STEPDEN_LOG_LEVEL_INFO,
                            "redis.connection.protocol is %d, and this build "
                            "reads RESP2 only: 2 is used",
                            (int)config->redis.connection.protocol);
    if (config->redis.connection.ssl_enable &&
        !config->redis.connection.ssl_cert_requested)
        stepden_session_say(session, STEPDEN_LOG_LEVEL_WARNING,
                            "sslCertRequested is off: the server's certificate "
                            "is not verified");
}

static void place_state_file(struct stepden_config_redis_lease *lease)
{
    if (!lease->has_state_file)
        lease->has_state_file = stepden_token_file_place(
            lease->state_file, sizeof lease->state_file);
}

enum stepden_status
stepden_session_new(struct stepden_session **session, struct ev_loop *loop,
                    struct stepden_where *where,
                    const struct stepden_config *config, uint32_t partition,
                    const struct stepden_session_events *events,
                    struct stepden_diag *diag)
{
    struct stepden_session *made = calloc(1, sizeof *made);

    if (made == NULL)
        return stepden_diag_set(diag, STEPDEN_ERR_MEMORY, "", "no memory");
    made->loop = loop;
    for (int input = 0; input < STEPDEN_INPUT_COUNT; input++)
        made->lags[input] = unknown_lag;
    made->config = *config;
    made->partition = partition;
    place_state_file(&made->config.redis.lease);
    made->events = *events;
    made->token_file.fd = -1;
    made->read_count = FIRST_READ_COUNT;
    stepden_keys_derive(&made->keys, config, partition);
    made->is_split = stepden_keys_is_split(
        config->redis.streams.inputs.crash_prediction.stream_id);
    ev_init(&made->timer, on_timer);
    ev_init(&made->stop_deadline, on_stop_deadline);
    made->timer.data = made->stop_deadline.data = made;
    ev_init(&made->round, on_pause_over);
    for (int which = 0; which < STEPDEN_STREAM_COUNT; which++)
        ev_init(&made->fresh[which], on_pause_over);

    enum stepden_status status = connect(made, where, diag);
    if (status != STEPDEN_OK) {
        stepden_session_free(made);
        return status;
    }
    warn_of_settings(made);
    stepden_link_open(made->commit);
    *session = made;
    return STEPDEN_OK;
}

void stepden_session_free(struct stepden_session *session)
{
    if (session == NULL)
        return;
    ev_timer_stop(session->loop, &session->timer);
    ev_timer_stop(session->loop, &session->stop_deadline);
    stop_pauses(session);
    stepden_link_free(session->doorbell);
    stepden_link_free(session->commit);
    stepden_token_file_close(&session->token_file);
    stepden_batch_free(&session->open);
    stepden_batch_free(&session->next);
    stepden_batch_free(&session->sent);
    freeReplyObject(session->held);
    stepden_fields_free(&session->fields);
    stepden_secret_wipe((char *)&session->config, sizeof session->config);
    free(session);
}

static void renew(struct stepden_session *session)
{
    struct stepden_diag diag;

    if (stepden_link_renew(session->commit, &diag) != STEPDEN_OK ||
        stepden_link_renew(session->doorbell, &diag) != STEPDEN_OK)
        stepden_session_say(session, STEPDEN_LOG_LEVEL_WARNING,
                            "%s: %s; what was read before stays in use",
                            diag.where, diag.reason);
}

void stepden_session_configure(struct stepden_session *session,
                               const struct stepden_config *config)
{
    const struct stepden_config_redis_streams_inputs *inputs =
        &config->redis.streams.inputs;
    struct stepden_config_redis_streams_inputs *own =
        &session->config.redis.streams.inputs;
    int64_t reconnect_ms = (int64_t)config->reconnect_interval_s * MS_PER_S;

    session->config.timeout_s = config->timeout_s;
    own->crash_prediction.wait_timeout_ms =
        inputs->crash_prediction.wait_timeout_ms;
    own->client.wait_timeout_ms = inputs->client.wait_timeout_ms;
    stepden_link_set_reconnect(session->commit, reconnect_ms);
    stepden_link_set_reconnect(session->doorbell, reconnect_ms);
    renew(session);
}

bool stepden_session_note_refusal(struct stepden_session *session)
{
    struct stepden_trouble *trouble = &session->trouble;

    if (trouble->refusals == 0)
        trouble->since = ev_now(session->loop);
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
        stepden_session_finish(session, STEPDEN_OK);
        return;
    }
    session->state = STEPDEN_SESSION_STOPPING;
    ev_timer_set(&session->stop_deadline, session->config.timeout_s, 0.);
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
