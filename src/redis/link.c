#include "redis/link.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "redis/backoff.h"
#include "redis/link_parts.h"
#include "redis/secret.h"

enum {
    PASSWORD_SIZE = 4096 + 1,
    BACKOFF_GROWTH = 10, /* of the first pause */
    MS_PER_S = 1000,
};

void stepden_link_say(struct stepden_link *link, enum stepden_log_level level,
                      const char *format, ...)
{
    char text[512];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    link->events.report(link->events.ctx, level, text);
}

static void set_timer(struct stepden_link *link, int64_t ms)
{
    ev_timer_stop(link->loop, &link->timer);
    if (ms < 0)
        return;
    ev_timer_set(&link->timer, (double)ms / MS_PER_S, 0.);
    ev_timer_start(link->loop, &link->timer);
}

void stepden_link_watch(struct stepden_link *link)
{
    int64_t idle_ms = (int64_t)link->connection.health_check_interval_s;
    int64_t answer_ms = (int64_t)link->connection.socket_timeout_s * MS_PER_S;

    if (link->state != STEPDEN_LINK_UP)
        return;
    if (link->queue.count > 0)
        set_timer(link, answer_ms + link->patience_ms);
    else
        set_timer(link, idle_ms > 0 ? idle_ms * MS_PER_S : -1);
}

/* Lets go of the connection; the reader stays until the next one. */
static void disconnect(struct stepden_link *link)
{
    ev_io_stop(link->loop, &link->io);
    ev_prepare_stop(link->loop, &link->flush);
    ev_timer_stop(link->loop, &link->timer);
    if (link->tls != NULL)
        stepden_tls_end(link->tls);
    if (link->fd >= 0)
        close(link->fd);
    link->fd = -1;
    link->tls_wants_write = false;
    link->patience_ms = 0;
    link->written = 0;
    stepden_resp_clear(&link->out, 0);
    stepden_link_queue_clear(&link->queue);
    link->state = STEPDEN_LINK_CLOSED;
}

static void try_next_address(struct stepden_link *link)
{
    struct stepden_diag diag = {0};

    link->state = STEPDEN_LINK_CONNECTING;
    if (stepden_dial_next(&link->fd, &link->dial, &link->connection, &diag) !=
        STEPDEN_OK) {
        stepden_link_fail(link, diag.where, diag.reason);
        return;
    }
    ev_io_set(&link->io, link->fd, EV_WRITE);
    ev_io_start(link->loop, &link->io);
    set_timer(link, link->connection.socket_connect_timeout_s * MS_PER_S);
}

static void begin_attempt(struct stepden_link *link)
{
    struct stepden_diag diag = {0};

    redisReaderFree(link->reader);
    link->reader = redisReaderCreate();
    if (link->reader == NULL)
        stepden_link_fail(link, "connect", "no memory");
    else if (stepden_dial_begin(&link->dial, &link->connection, &diag) !=
             STEPDEN_OK)
        stepden_link_fail(link, diag.where, diag.reason);
    else
        try_next_address(link);
}

static void wait_for_attempt(struct stepden_link *link, int64_t pause_ms)
{
    link->state = STEPDEN_LINK_WAITING;
    set_timer(link, pause_ms);
}

void stepden_link_fail(struct stepden_link *link, const char *step,
                       const char *why)
{
    bool was_up = link->state == STEPDEN_LINK_UP;
    bool another_address = link->state == STEPDEN_LINK_CONNECTING &&
                           stepden_dial_has_next(&link->dial);

    disconnect(link);
    if (another_address) {
        try_next_address(link);
        return;
    }
    int64_t pause_ms = stepden_backoff_ms(link->attempt++, link->reconnect_ms,
                                          BACKOFF_GROWTH * link->reconnect_ms);
    stepden_link_say(link, STEPDEN_LOG_LEVEL_WARNING,
                     "%s: %s: %s; next attempt in %.1f s", link->peer, step,
                     why, (double)pause_ms / MS_PER_S);
    wait_for_attempt(link, pause_ms);
    if (was_up)
        link->events.down(link->events.ctx, why);
}

void stepden_link_set_up(struct stepden_link *link)
{
    link->state = STEPDEN_LINK_UP;
    link->attempt = 0;
    stepden_link_watch(link);
    stepden_link_say(link, STEPDEN_LOG_LEVEL_INFO, "%s: connected%s",
                     link->peer, link->tls != NULL ? " with TLS" : "");
    link->events.up(link->events.ctx);
}

static void take_pong(void *ctx, const redisReply *reply)
{
    struct stepden_link *link = ctx;
    char text[160];

    if (!stepden_reply_is(reply, "PONG"))
        stepden_link_fail(link, "PING",
                          stepden_reply_describe(text, sizeof text, reply));
}

static void check_health(struct stepden_link *link)
{
    if (!stepden_link_queue_push(&link->queue, take_pong, link, 1)) {
        stepden_link_fail(link, "PING", "no memory");
        return;
    }
    stepden_resp_command(&link->out, 1);
    stepden_resp_arg_text(&link->out, "PING");
    stepden_link_write(link);
    stepden_link_watch(link);
}

static void on_timer(struct ev_loop *loop, ev_timer *timer, int events)
{
    struct stepden_link *link = timer->data;

    (void)loop;
    (void)events;
    switch (link->state) {
    case STEPDEN_LINK_CLOSED:
        break;
    case STEPDEN_LINK_WAITING:
        begin_attempt(link);
        break;
    case STEPDEN_LINK_CONNECTING:
        stepden_link_fail(link, "connect", "no answer in time");
        break;
    case STEPDEN_LINK_SECURING:
        stepden_link_fail(link, "TLS",
                          "no answer in time: is TLS enabled on "
                          "the server's port?");
        break;
    case STEPDEN_LINK_SHAKING_HANDS:
        stepden_link_fail(link, "handshake", "no answer in time");
        break;
    case STEPDEN_LINK_UP:
        if (link->queue.count > 0)
            stepden_link_fail(link, "command", "no answer in time");
        else
            check_health(link);
        break;
    }
}

static void on_io(struct ev_loop *loop, ev_io *io, int events)
{
    (void)loop;
    stepden_link_move(io->data, events);
}

static void on_flush(struct ev_loop *loop, ev_prepare *flush, int events)
{
    (void)events;
    ev_prepare_stop(loop, flush);
    stepden_link_write(flush->data);
}

static void name_peer(struct stepden_link *link)
{
    const struct stepden_redis_connection *connection = &link->connection;

    if (connection->has_unix_socket)
        snprintf(link->peer, sizeof link->peer, "redis %.160s",
                 connection->unix_socket);
    else
        snprintf(link->peer, sizeof link->peer, "redis %.160s:%u",
                 connection->host, (unsigned)connection->port);
}

static enum stepden_status read_password(struct stepden_link *link,
                                         struct stepden_diag *diag)
{
    if (!link->connection.has_password)
        return STEPDEN_OK;
    link->password = malloc(PASSWORD_SIZE);
    if (link->password == NULL)
        return stepden_diag_set(diag, STEPDEN_ERR_MEMORY, "", "no memory");
    return stepden_secret_read(link->password, PASSWORD_SIZE,
                               &link->connection.password,
                               "/redis/connection/password", diag);
}

static enum stepden_status check_settings(struct stepden_link *link,
                                          struct stepden_diag *diag)
{
    if (link->connection.ssl_enable && link->connection.has_unix_socket)
        return stepden_diag_set(diag, STEPDEN_ERR_INVALID,
                                "/redis/connection/sslEnable",
                                "TLS is for TCP, not for a Unix socket");
    if (link->connection.has_username && !link->connection.has_password)
        return stepden_diag_set(diag, STEPDEN_ERR_INVALID,
                                "/redis/connection/username",
                                "a user needs a password");
    return STEPDEN_OK;
}

static enum stepden_status prepare(struct stepden_link *link,
                                   struct stepden_diag *diag)
{
    enum stepden_status status = check_settings(link, diag);

    if (status == STEPDEN_OK)
        status = read_password(link, diag);
    if (status == STEPDEN_OK && link->connection.ssl_enable)
        status = stepden_tls_new(&link->tls, &link->connection, diag);
    return status;
}

enum stepden_status
stepden_link_new(struct stepden_link **link, struct ev_loop *loop,
                 const struct stepden_redis_connection *connection,
                 const char *name, int64_t reconnect_ms,
                 const struct stepden_link_events *events,
                 struct stepden_diag *diag)
{
    struct stepden_link *made = calloc(1, sizeof *made);

    if (made == NULL)
        return stepden_diag_set(diag, STEPDEN_ERR_MEMORY, "", "no memory");
    made->loop = loop;
    made->connection = *connection;
    made->events = *events;
    made->reconnect_ms = reconnect_ms;
    made->protocol = STEPDEN_REPLY_RESP3 ? connection->protocol : 2;
    made->fd = -1;
    snprintf(made->name, sizeof made->name, "%s", name);
    name_peer(made);
    ev_init(&made->io, on_io);
    ev_init(&made->timer, on_timer);
    ev_init(&made->flush, on_flush);
    made->io.data = made->timer.data = made->flush.data = made;

    enum stepden_status status = prepare(made, diag);
    if (status == STEPDEN_OK)
        *link = made;
    else
        stepden_link_free(made);
    return status;
}

void stepden_link_free(struct stepden_link *link)
{
    if (link == NULL)
        return;
    disconnect(link);
    stepden_dial_end(&link->dial);
    stepden_tls_free(link->tls);
    redisReaderFree(link->reader);
    if (link->password != NULL)
        stepden_secret_wipe(link->password, PASSWORD_SIZE);
    stepden_secret_wipe((char *)&link->connection, sizeof link->connection);
    free(link->password);
    free(link);
}

void stepden_link_open(struct stepden_link *link)
{
    if (link->state != STEPDEN_LINK_CLOSED)
        return;
    link->attempt = 0;
    wait_for_attempt(link, 0);
}

void stepden_link_close(struct stepden_link *link)
{
    disconnect(link);
}

void stepden_link_drop(struct stepden_link *link, const char *why)
{
    if (link->state != STEPDEN_LINK_CLOSED)
        stepden_link_fail(link, "given up", why);
}

bool stepden_link_is_up(const struct stepden_link *link)
{
    return link->state == STEPDEN_LINK_UP;
}

const char *stepden_link_peer(const struct stepden_link *link)
{
    return link->peer;
}

void stepden_link_set_patience(struct stepden_link *link, int64_t patience_ms)
{
    link->patience_ms = patience_ms;
    stepden_link_watch(link);
}
