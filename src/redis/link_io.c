#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "redis/link_parts.h"

enum {
    READ_SIZE = 64 * 1024,
    KEPT_OUTPUT = 1024 * 1024,
};

/* What reading or writing came to. */
enum moved { MOVED, WANTS_READ, WANTS_WRITE, ENDED };

static enum moved fail_transport(struct stepden_link *link, const char *step,
                                 const char *why)
{
    stepden_link_fail(link, step, why);
    return ENDED;
}

static enum moved fail_closed(struct stepden_link *link, const char *why)
{
    char text[320];
    char hint[160];

    if (link->state != STEPDEN_LINK_SHAKING_HANDS)
        return fail_transport(link, "read", why);
    snprintf(text, sizeof text, "%s: %s", why,
             stepden_link_advise(hint, sizeof hint, link));
    return fail_transport(link, "handshake", text);
}

static void want_events(struct stepden_link *link, int events)
{
    if ((link->io.events & (EV_READ | EV_WRITE)) == events)
        return;
    ev_io_stop(link->loop, &link->io);
    ev_io_set(&link->io, link->fd, events);
    ev_io_start(link->loop, &link->io);
}

/* TLS may have to read before it can write on, and the other way round. */
static void want_what_is_due(struct stepden_link *link)
{
    bool has_output = link->written < link->out.size;
    bool writes =
        (has_output && !link->write_wants_read) || link->read_wants_write;

    want_events(link, writes ? EV_READ | EV_WRITE : EV_READ);
}

static enum moved judge_tls(struct stepden_link *link,
                            enum stepden_tls_result result,
                            const struct stepden_diag *diag)
{
    switch (result) {
    case STEPDEN_TLS_OK:
        return MOVED;
    case STEPDEN_TLS_WANT_READ:
        return WANTS_READ;
    case STEPDEN_TLS_WANT_WRITE:
        return WANTS_WRITE;
    case STEPDEN_TLS_CLOSED:
        return fail_closed(link, "the server closed the connection");
    case STEPDEN_TLS_FAILED:
        return fail_transport(link, "TLS", diag->reason);
    }
    return ENDED;
}

static bool is_blocked(ssize_t moved)
{
    return moved < 0 &&
           (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR);
}

static enum moved read_some(struct stepden_link *link, char *bytes, size_t *got)
{
    struct stepden_diag diag = {0};

    if (link->tls != NULL)
        return judge_tls(
            link, stepden_tls_read(got, link->tls, bytes, READ_SIZE, &diag),
            &diag);
    ssize_t moved = recv(link->fd, bytes, READ_SIZE, 0);
    if (moved > 0) {
        *got = (size_t)moved;
        return MOVED;
    }
    if (is_blocked(moved))
        return WANTS_READ;
    return fail_closed(link, moved == 0 ? "the server closed the connection"
                                        : strerror(errno));
}

/* When writing fails, reading says why: the server's last words come before
 * its end. */
static enum moved write_tls(struct stepden_link *link, size_t *put,
                            const char *bytes, size_t size)
{
    struct stepden_diag diag = {0};
    enum stepden_tls_result result =
        stepden_tls_write(put, link->tls, bytes, size, &diag);

    if (result == STEPDEN_TLS_FAILED) {
        *put = size;
        return MOVED;
    }
    return judge_tls(link, result, &diag);
}

static enum moved write_some(struct stepden_link *link, size_t *put)
{
    const char *bytes = link->out.bytes + link->written;
    size_t size = link->out.size - link->written;

    if (link->tls != NULL)
        return write_tls(link, put, bytes, size);
    ssize_t moved = send(link->fd, bytes, size, MSG_NOSIGNAL);
    if (is_blocked(moved))
        return WANTS_WRITE;
    if (moved < 0 && errno != EPIPE && errno != ECONNRESET)
        return fail_transport(link, "write", strerror(errno));
    *put = moved < 0 ? size : (size_t)moved;
    return MOVED;
}

/* False if that was the connection's end. */
static bool write_all(struct stepden_link *link)
{
    enum moved moved = MOVED;
    size_t put = 0;

    while (moved == MOVED && link->written < link->out.size) {
        moved = write_some(link, &put);
        if (moved == MOVED)
            link->written += put;
    }
    link->write_wants_read = moved == WANTS_READ;
    return moved != ENDED;
}

/* A server that takes bytes it had no room for is alive. */
void stepden_link_write(struct stepden_link *link)
{
    bool was_stuck = (link->io.events & EV_WRITE) != 0;
    size_t before = link->written;

    if (link->state < STEPDEN_LINK_SHAKING_HANDS)
        return;
    if (link->out.failed) {
        stepden_link_fail(link, "write", "no memory");
        return;
    }
    if (!write_all(link))
        return;
    if (was_stuck && link->written > before)
        stepden_link_watch(link);
    if (link->written == link->out.size) {
        stepden_resp_clear(&link->out, KEPT_OUTPUT);
        link->written = 0;
    }
    want_what_is_due(link);
}

static void take_reply(struct stepden_link *link, const redisReply *reply)
{
    struct stepden_link_awaited awaited;
    char text[256];

    if (stepden_reply_is_push(reply))
        return;
    if (stepden_link_is_astray(link, reply))
        stepden_link_go_elsewhere(link, reply);
    else if (stepden_link_queue_pop(&link->queue, &awaited))
        awaited.take(awaited.ctx, reply);
    else
        stepden_link_fail(link, "an answer without a command",
                          stepden_reply_explain(text, sizeof text, reply));
}

/* An answer may end the connection; the reader outlives it. */
static void take_replies(struct stepden_link *link)
{
    while (link->fd >= 0 &&
           (link->reply = stepden_reader_next(link->reader)) != NULL) {
        take_reply(link, link->reply);
        freeReplyObject(link->reply);
        link->reply = NULL;
    }
    if (link->fd >= 0 && stepden_reader_error(link->reader) != NULL)
        stepden_link_fail(link, "read", stepden_reader_error(link->reader));
}

redisReply *stepden_link_hold(struct stepden_link *link)
{
    redisReply *reply = link->reply;

    link->reply = NULL;
    return reply;
}

/* One read for one event, so that others on the loop have their turn. What TLS
 * has decrypted fits into `bytes`: the rest is the socket's to announce. */
static void read_replies(struct stepden_link *link)
{
    char bytes[READ_SIZE];
    size_t got = 0;
    enum moved moved = read_some(link, bytes, &got);

    if (moved == MOVED) {
        stepden_reader_feed(link->reader, bytes, got);
        take_replies(link);
    }
    if (link->fd < 0)
        return;
    if (moved == MOVED)
        stepden_link_watch(link);
    link->read_wants_write = moved == WANTS_WRITE;
    want_what_is_due(link);
}

static void take_handshake(void *ctx, const redisReply *reply)
{
    struct stepden_link *link = ctx;
    struct stepden_diag diag = {0};

    switch (stepden_handshake_take(&link->handshake, reply, &diag)) {
    case STEPDEN_HANDSHAKE_MORE:
        break;
    case STEPDEN_HANDSHAKE_DONE:
        stepden_link_set_up(link);
        break;
    case STEPDEN_HANDSHAKE_DOWNGRADE:
        link->protocol = 2;
        stepden_link_fail(link, "HELLO",
                          "the server has no RESP3; using RESP2");
        break;
    case STEPDEN_HANDSHAKE_REFUSED:
        stepden_link_fail(link, diag.where, diag.reason);
        break;
    }
}

static void shake_hands(struct stepden_link *link)
{
    const struct stepden_redis_connection *connection =
        &link->access->connection;
    enum stepden_where_kind kind = stepden_where_kind(link->access->where);
    const struct stepden_handshake_identity identity = {
        .username = connection->has_username ? connection->username : NULL,
        .password = link->credentials->password,
        .name = link->name,
        .db = connection->db,
        .key = kind == STEPDEN_WHERE_NODES ? link->key : NULL,
        .is_master = kind == STEPDEN_WHERE_MASTER,
        .protocol = link->protocol,
    };

    link->state = STEPDEN_LINK_SHAKING_HANDS;
    stepden_handshake_begin(&link->handshake, &link->out, &identity);
    if (!stepden_link_queue_push(&link->queue, take_handshake, link,
                                 link->handshake.count))
        stepden_link_fail(link, "handshake", "no memory");
    else
        stepden_link_write(link);
}

static void secure(struct stepden_link *link)
{
    struct stepden_diag diag = {0};

    switch (judge_tls(link, stepden_tls_handshake(link->tls, &diag), &diag)) {
    case MOVED:
        shake_hands(link);
        break;
    case WANTS_READ:
        want_events(link, EV_READ);
        break;
    case WANTS_WRITE:
        want_events(link, EV_WRITE);
        break;
    case ENDED:
        break;
    }
}

static void greet(struct stepden_link *link)
{
    struct stepden_diag diag = {0};

    if (link->credentials->context == NULL) {
        shake_hands(link);
        return;
    }
    link->state = STEPDEN_LINK_SECURING;
    if (stepden_tls_begin(&link->tls, link->credentials->context, link->fd,
                          link->server.host, link->way, &diag) == STEPDEN_OK)
        secure(link);
    else
        stepden_link_fail(link, diag.where, diag.reason);
}

static void finish_connect(struct stepden_link *link)
{
    struct stepden_diag diag = {0};
    int error = 0;
    socklen_t size = sizeof error;

    if (getsockopt(link->fd, SOL_SOCKET, SO_ERROR, &error, &size) != 0)
        error = errno;
    if (error == 0) {
        greet(link);
        return;
    }
    stepden_dial_explain(&diag, &link->access->connection, link->way, error);
    stepden_link_fail(link, diag.where, diag.reason);
}

void stepden_link_move(struct stepden_link *link, int events)
{
    switch (link->state) {
    case STEPDEN_LINK_CLOSED:
    case STEPDEN_LINK_WAITING:
    case STEPDEN_LINK_ASKING:
    case STEPDEN_LINK_RESOLVING:
        break;
    case STEPDEN_LINK_CONNECTING:
        finish_connect(link);
        break;
    case STEPDEN_LINK_SECURING:
        secure(link);
        break;
    case STEPDEN_LINK_SHAKING_HANDS:
    case STEPDEN_LINK_UP:
        if ((events & EV_WRITE) != 0 || link->write_wants_read)
            stepden_link_write(link);
        if (link->fd >= 0)
            read_replies(link);
        break;
    }
}
