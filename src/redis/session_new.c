#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "redis/session_parts.h"

enum {
    CONNECTIONS_NEEDED = 2,
    FIRST_READ_COUNT = 16,
    MS_PER_S = 1000,
};

/* Looks for new input, too: the doorbell may not be there. */
static void renew(struct stepden_session *session)
{
    stepden_session_rest(session, 0);
    session->read_on = true;
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
        renew(session);
        break;
    case STEPDEN_TIMER_RETRY:
        stepden_flight_look(session);
        break;
    }
}

static void on_turn(void *ctx)
{
    struct stepden_session *session = ctx;

    stepden_session_go_on(session);
    stepden_link_flush(session->commit);
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
    session->trouble.here = 0;
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
                                   const struct stepden_access *access,
                                   struct stepden_diag *diag)
{
    const struct stepden_config *config = session->config;
    const struct stepden_link_events events = {
        .up = on_up, .down = on_down, .report = on_report, .ctx = session};

    if (config->redis.connection.max_connections < CONNECTIONS_NEEDED)
        return stepden_diag_set(
            diag, STEPDEN_ERR_INVALID, "/redis/connection/maxConnections",
            "the service needs %d connections", CONNECTIONS_NEEDED);
    enum stepden_status status = stepden_link_new(
        &session->commit, session->loop, access, config->instance_name,
        (int64_t)config->reconnect_interval_s * MS_PER_S, &events, diag);
    if (status != STEPDEN_OK)
        return status;
    stepden_link_set_key(session->commit, session->keys.lease);
    return stepden_doorbell_new(session, access, diag);
}

static void warn_of_settings(struct stepden_session *session)
{
    const struct stepden_config *config = session->config;

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

/* Where the lease's token is kept: each partition has a file of its own. */
static enum stepden_status place_state_file(struct stepden_session *session,
                                            struct stepden_diag *diag)
{
    const struct stepden_config_redis *redis = &session->config->redis;
    char placed[sizeof redis->lease.state_file];
    const char *path = redis->lease.state_file;
    size_t size = sizeof placed + sizeof ".255";

    if (!redis->lease.has_state_file) {
        if (!stepden_token_file_place(placed, sizeof placed))
            return STEPDEN_OK;
        path = placed;
    }
    session->state_file = malloc(size);
    if (session->state_file == NULL)
        return stepden_diag_set(diag, STEPDEN_ERR_MEMORY, "", "no memory");
    if (redis->partitions > 1)
        snprintf(session->state_file, size, "%s.%" PRIu32, path,
                 session->partition);
    else
        snprintf(session->state_file, size, "%s", path);
    return STEPDEN_OK;
}

enum stepden_status stepden_session_new(
    struct stepden_session **session, struct ev_loop *loop,
    const struct stepden_access *access, struct stepden_turns *turns,
    const struct stepden_config *config, uint32_t partition,
    const struct stepden_session_events *events, struct stepden_diag *diag)
{
    struct stepden_session *made = calloc(1, sizeof *made);

    if (made == NULL)
        return stepden_diag_set(diag, STEPDEN_ERR_MEMORY, "", "no memory");
    made->loop = loop;
    made->access = access;
    made->config = config;
    made->partition = partition;
    made->events = *events;
    made->token_file.fd = -1;
    made->turn =
        (struct stepden_turn){.turns = turns, .granted = on_turn, .ctx = made};
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

    enum stepden_status status = place_state_file(made, diag);
    if (status == STEPDEN_OK)
        status = connect(made, access, diag);
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
    if (session->doorbell != NULL)
        stepden_session_drop(session);
    ev_timer_stop(session->loop, &session->stop_deadline);
    stepden_link_free(session->doorbell);
    stepden_link_free(session->commit);
    stepden_token_file_close(&session->token_file);
    stepden_fields_free(&session->fields);
    free(session->state_file);
    free(session);
}

void stepden_session_configure(struct stepden_session *session,
                               const struct stepden_config *config)
{
    int64_t reconnect_ms = (int64_t)config->reconnect_interval_s * MS_PER_S;

    session->config = config;
    stepden_link_set_reconnect(session->commit, reconnect_ms);
    stepden_link_set_reconnect(session->doorbell, reconnect_ms);
}
