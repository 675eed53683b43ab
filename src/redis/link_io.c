#include <errno.h>
#include <string.h>
#include <sys/socket.h>

#include "redis/link_parts.h"

enum {
    READ_SIZE = 64 * 1024,
    KEPT_OUTPUT = 1024 * 1024,
};

/* What reading or writing came to. */
enum moved { MOVED, BLOCKED, ENDED };

static enum moved fail_transport(struct stepden_link *link, const char *step,
                                 const char *why)
{
    stepden_link_fail(link, step, why);
    return ENDED;
}

static void want_events(struct stepden_link *link, int events)
{
    if ((link->io.events & (EV_READ | EV_WRITE)) == events)
        return;
    ev_io_stop(link->loop, &link->io);
    ev_io_set(&link->io, link->fd, events);
    ev_io_start(link->loop, &link->io);
}

static void want_what_is_due(struct stepden_link *link)
{
    bool writes = link->written < link->out.size || link->tls_wants_write;

    want_events(link, writes ? EV_READ | EV_WRITE : EV_READ);
}

static enum moved judge_tls(struct stepden_link *link,
                            enum stepden_tls_result result, const char *step,
                            const struct stepden_diag *diag)
{
    switch (result) {
    case STEPDEN_TLS_OK:
        return MOVED;
    case STEPDEN_TLS_WANT_READ:
        return BLOCKED;
    case STEPDEN_TLS_WANT_WRITE:
        link->tls_wants_write = true;
        return BLOCKED;
    case STEPDEN_TLS_CLOSED:
        return fail_transport(link, step, "the server closed the connection");
    case STEPDEN_TLS_FAILED:
        return fail_transport(link, "TLS", diag->reason);
    }
    return ENDED;
}

static enum moved judge_socket(struct stepden_link *link, ssize_t moved,
                               const char *step)
{
    if (moved > 0)
        return MOVED;
    if (moved == 0)
        return fail_transport(link, step, "the server closed the connection");
    if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR)
        return BLOCKED;
    return fail_transport(link, step, strerror(errno));
}

static enum moved read_some(struct stepden_link *link, char *bytes, size_t *got)
{
    struct stepden_diag diag = {0};

    if (link->tls != NULL)
        return judge_tls(
            link, stepden_tls_read(got, link->tls, bytes, READ_SIZE, &diag),
            "read", &diag);
    ssize_t moved = recv(link->fd, bytes, READ_SIZE, 0);
    *got = moved > 0 ? (size_t)moved : 0;
    return judge_socket(link, moved, "read");
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
    return judge_tls(link, result, "write", &diag);
}

static enum moved write_some(struct stepden_link *link, size_t *put)
{
    const char *bytes = link->out.bytes + link->written;
    size_t size = link->out.size - link->written;

    if (link->tls != NULL)
        return write_tls(link, put, bytes, size);
    ssize_t moved = send(link->fd, bytes, size, MSG_NOSIGNAL);
    if (moved < 0 && (errno == EPIPE || errno == ECONNRESET))
        moved = (ssize_t)size;
    *put = moved > 0 ? (size_t)moved : 0;
    return judge_socket(link, moved, "write");
}

void stepden_link_write(struct stepden_link *link)
{
    size_t put = 0;

    if (link->state < STEPDEN_LINK_SHAKING_HANDS)
        return;
    if (link->out.failed) {
        stepden_link_fail(link, "write", "no memory");
        return;
    }
    link->tls_wants_write = false;
    while (link->written < link->out.size) {
        enum moved moved = write_some(link, &put);
        if (moved == ENDED)
            return;
        if (moved == BLOCKED)
            break;
        link->written += put;
    }
    if (link->written == link->out.size) {
        stepden_resp_clear(&link->out, KEPT_OUTPUT);
        link->written = 0;
    }
    want_what_is_due(link);
}

static void take_reply(struct stepden_link *link, const redisReply *reply)
{
    struct stepden_link_awaited awaited;
    char text[160];

    if (stepden_reply_is_push(reply))
        return;
    if (stepden_link_queue_pop(&link->queue, &awaited))
        awaited.take(awaited.ctx, reply);
    else
        stepden_link_fail(link, "an answer without a command",
                          stepden_reply_describe(text, sizeof text, reply));
}

/* An answer may end the connection; the reader outlives it. */
static void take_replies(struct stepden_link *link)
{
    while (link->fd >= 0 &&
           redisReaderGetReply(link->reader, &link->reply) == REDIS_OK &&
           link->reply != NULL) {
        take_reply(link, link->reply);
        freeReplyObject(link->reply);
        link->reply = NULL;
    }
    if (link->fd >= 0 && link->reader->err != 0)
        stepden_link_fail(link, "is this a Redis server?",
                          link->reader->errstr);
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

    switch (read_some(link, bytes, &got)) {
    case MOVED:
        if (redisReaderFeed(link->reader, bytes, got) != REDIS_OK)
            stepden_link_fail(link, "read", link->reader->errstr);
        else
            take_replies(link);
        break;
    case BLOCKED:
    case ENDED:
        break;
    }
    if (link->fd < 0)
        return;
    stepden_link_watch(link);
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
    const struct stepden_redis_connection *connection = &link->connection;
    const struct stepden_handshake_identity identity = {
        .username = connection->has_username ? connection->username : NULL,
        .password = link->password,
        .name = link->name,
        .db = connection->db,
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

    link->tls_wants_write = false;
    switch (judge_tls(link, stepden_tls_handshake(link->tls, &diag), "TLS",
                      &diag)) {
    case MOVED:
        shake_hands(link);
        break;
    case BLOCKED:
        want_events(link, link->tls_wants_write ? EV_WRITE : EV_READ);
        break;
    case ENDED:
        break;
    }
}

void stepden_link_greet(struct stepden_link *link)
{
    struct stepden_diag diag = {0};

    if (link->tls == NULL) {
        shake_hands(link);
        return;
    }
    link->state = STEPDEN_LINK_SECURING;
    if (stepden_tls_begin(link->tls, link->fd, &diag) == STEPDEN_OK)
        secure(link);
    else
        stepden_link_fail(link, diag.where, diag.reason);
}

static void finish_connect(struct stepden_link *link)
{
    int error = 0;
    socklen_t size = sizeof error;

    if (getsockopt(link->fd, SOL_SOCKET, SO_ERROR, &error, &size) != 0)
        error = errno;
    if (error != 0)
        stepden_link_fail(link, "connect", strerror(error));
    else
        stepden_link_greet(link);
}

void stepden_link_move(struct stepden_link *link, int events)
{
    switch (link->state) {
    case STEPDEN_LINK_CLOSED:
    case STEPDEN_LINK_WAITING:
        break;
    case STEPDEN_LINK_CONNECTING:
        finish_connect(link);
        break;
    case STEPDEN_LINK_SECURING:
        secure(link);
        break;
    case STEPDEN_LINK_SHAKING_HANDS:
    case STEPDEN_LINK_UP:
        if (events & EV_WRITE)
            stepden_link_write(link);
        if (link->fd >= 0)
            read_replies(link);
        break;
    }
}

/* A command is taken when the link is up; else it goes nowhere. */
static bool expect(struct stepden_link *link, size_t count,
                   stepden_link_answer *answer)
{
    bool was_idle = link->queue.count == 0;

    if (link->state != STEPDEN_LINK_UP)
        return false;
    if (!stepden_link_queue_push(&link->queue, answer, link->events.ctx, count))
        link->out.failed = true;
    if (was_idle)
        stepden_link_watch(link);
    ev_prepare_start(link->loop, &link->flush);
    return true;
}

void stepden_link_command(struct stepden_link *link, size_t argc,
                          stepden_link_answer *answer)
{
    if (expect(link, 1, answer))
        stepden_resp_command(&link->out, argc);
}

void stepden_link_arg(struct stepden_link *link, const char *bytes, size_t size)
{
    if (link->state == STEPDEN_LINK_UP)
        stepden_resp_arg(&link->out, bytes, size);
}

void stepden_link_arg_text(struct stepden_link *link, const char *text)
{
    stepden_link_arg(link, text, strlen(text));
}

void stepden_link_arg_number(struct stepden_link *link, int64_t number)
{
    if (link->state == STEPDEN_LINK_UP)
        stepden_resp_arg_number(&link->out, number);
}

void stepden_link_append(struct stepden_link *link, const char *commands,
                         size_t size, size_t count, stepden_link_answer *answer)
{
    if (count > 0 && expect(link, count, answer))
        stepden_resp_append(&link->out, commands, size);
}

void stepden_link_flush(struct stepden_link *link)
{
    ev_prepare_stop(link->loop, &link->flush);
    stepden_link_write(link);
}
