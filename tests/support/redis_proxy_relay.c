#include "support/redis_proxy_relay.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "support/redis_proxy_sockets.h"

enum { MS_PER_S = 1000, NS_PER_MS = 1000000, RANDOM_CUTS = 2000 };

/* A stream goes from the side of its number to the other one. */
struct side {
    struct proxy_connection *connection;
    int fd; /* -1: gone */
    ev_io readable;
    ev_io writable;
    bool ended;  /* nothing more comes from it */
    bool closed; /* nothing more goes to it */
    bool unread; /* nothing more is taken from it */
};

struct proxy_connection {
    struct proxy_relay *relay;
    struct proxy_connection *next;
    struct side side[PROXY_DIRECTIONS];
    struct proxy_stream stream[PROXY_DIRECTIONS];
    ev_timer timer;
};

static int64_t clock_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * MS_PER_S + now.tv_nsec / NS_PER_MS;
}

static void close_side(struct side *side)
{
    struct ev_loop *loop = side->connection->relay->loop;

    ev_io_stop(loop, &side->readable);
    ev_io_stop(loop, &side->writable);
    if (side->fd >= 0)
        close(side->fd);
    side->fd = -1;
    side->ended = side->closed = true;
}

static void end_connection(struct proxy_connection *connection)
{
    struct proxy_relay *relay = connection->relay;
    struct proxy_connection **at = &relay->first;

    while (*at != connection)
        at = &(*at)->next;
    *at = connection->next;
    for (int which = 0; which < PROXY_DIRECTIONS; which++) {
        close_side(&connection->side[which]);
        relay->total[which] += connection->stream[which].total;
    }
    ev_timer_stop(relay->loop, &connection->timer);
    relay->connections--;
    free(connection);
}

/* The client is gone, or takes nothing more: what the server says is kept. */
static void keep_late(struct proxy_relay *relay,
                      const struct proxy_stream *stream, size_t size)
{
    size_t room = sizeof relay->late - relay->late_size;

    if (size > room)
        size = room;
    memcpy(relay->late + relay->late_size, stream->bytes, size);
    relay->late_size += size;
}

/* How many of these bytes went; 0 when the other side is full. */
static size_t put(struct proxy_connection *connection, int direction,
                  size_t size)
{
    struct proxy_stream *stream = &connection->stream[direction];
    struct side *to = &connection->side[!direction];
    ssize_t sent = -1;

    if (!to->closed) {
        sent = send(to->fd, stream->bytes, size, MSG_NOSIGNAL);
        if (sent < 0 && errno != EAGAIN && errno != EINTR)
            to->closed = true;
    }
    if (!to->closed)
        return sent > 0 ? (size_t)sent : 0;
    if (direction == PROXY_DOWN)
        keep_late(connection->relay, stream, size);
    return size;
}

static void watch(ev_io *io, struct ev_loop *loop, bool wanted)
{
    if (wanted)
        ev_io_start(loop, io);
    else
        ev_io_stop(loop, io);
}

/* Sends what may go. True while the other side is full. */
static bool pump(struct proxy_connection *connection, int direction)
{
    struct proxy_rules *rules = &connection->relay->rules[direction];
    struct proxy_stream *stream = &connection->stream[direction];
    int64_t now_ms = clock_ms();
    size_t size;

    while ((size = proxy_stream_sendable(stream, rules, now_ms)) > 0) {
        size_t gone = put(connection, direction, size);
        if (gone == 0)
            return true;
        proxy_stream_drop(stream, rules, gone, now_ms);
    }
    return false;
}

static void settle_direction(struct proxy_connection *connection, int direction)
{
    struct ev_loop *loop = connection->relay->loop;
    struct proxy_stream *stream = &connection->stream[direction];
    struct side *from = &connection->side[direction];
    struct side *to = &connection->side[!direction];

    if (from->ended)
        stream->scanned = stream->size; /* no pattern will be completed */
    bool full = pump(connection, direction);
    if (from->ended && stream->size == 0 && !to->closed) {
        shutdown(to->fd, SHUT_WR);
        to->closed = true;
    }
    if (from->fd >= 0)
        watch(&from->readable, loop,
              !from->ended && !from->unread &&
                  stream->size < sizeof stream->bytes);
    if (to->fd >= 0)
        watch(&to->writable, loop, full && !to->closed);
}

static void set_timer(struct proxy_connection *connection)
{
    struct proxy_relay *relay = connection->relay;
    int64_t now_ms = clock_ms();
    int64_t next_ms = INT64_MAX;

    ev_timer_stop(relay->loop, &connection->timer);
    for (int which = 0; which < PROXY_DIRECTIONS; which++) {
        int64_t due_ms = proxy_stream_next_ms(&connection->stream[which],
                                              &relay->rules[which], now_ms);
        bool full = ev_is_active(&connection->side[!which].writable);
        if (!full && due_ms < next_ms)
            next_ms = due_ms;
    }
    if (next_ms == INT64_MAX)
        return;
    ev_timer_set(&connection->timer,
                 (double)(next_ms > now_ms ? next_ms - now_ms : 1) / MS_PER_S,
                 0.);
    ev_timer_start(relay->loop, &connection->timer);
}

static bool is_over(const struct proxy_connection *connection)
{
    bool over = true;

    for (int which = 0; which < PROXY_DIRECTIONS; which++)
        over = over && connection->side[which].ended &&
               connection->stream[which].size == 0;
    return over;
}

/* Moves what can be moved. The connection may be gone after it. */
static void settle(struct proxy_connection *connection)
{
    settle_direction(connection, PROXY_UP);
    settle_direction(connection, PROXY_DOWN);
    if (is_over(connection))
        end_connection(connection);
    else
        set_timer(connection);
}

static void cut(struct proxy_connection *connection, bool reset)
{
    const struct linger at_once = {.l_onoff = 1};
    struct side *client = &connection->side[PROXY_UP];

    if (reset && client->fd >= 0)
        setsockopt(client->fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    close_side(client);
    if (!connection->stream[PROXY_UP].held)
        end_connection(connection);
}

static bool cuts_at_random(struct proxy_relay *relay)
{
    return relay->random_cuts != 0 &&
           proxy_random(&relay->random_cuts) % RANDOM_CUTS == 0;
}

static void on_readable(struct ev_loop *loop, ev_io *io, int events)
{
    struct side *from = io->data;
    struct proxy_connection *connection = from->connection;
    int direction = from == &connection->side[PROXY_DOWN];
    struct proxy_stream *stream = &connection->stream[direction];

    (void)loop;
    (void)events;
    ssize_t got = recv(from->fd, stream->bytes + stream->size,
                       sizeof stream->bytes - stream->size, 0);
    if (got > 0)
        proxy_stream_take(stream, &connection->relay->rules[direction],
                          (size_t)got, clock_ms());
    else if (got == 0 || (errno != EAGAIN && errno != EINTR))
        from->ended = true;
    if (cuts_at_random(connection->relay))
        cut(connection, false);
    else
        settle(connection);
}

static void on_writable(struct ev_loop *loop, ev_io *io, int events)
{
    struct side *to = io->data;

    (void)loop;
    (void)events;
    settle(to->connection);
}

static void on_timer(struct ev_loop *loop, ev_timer *timer, int events)
{
    (void)loop;
    (void)events;
    settle(timer->data);
}

static void begin_side(struct proxy_connection *connection, int which, int fd)
{
    struct side *side = &connection->side[which];

    *side = (struct side){.connection = connection, .fd = fd};
    fcntl(fd, F_SETFL, O_NONBLOCK);
    ev_io_init(&side->readable, on_readable, fd, EV_READ);
    ev_io_init(&side->writable, on_writable, fd, EV_WRITE);
    side->readable.data = side->writable.data = side;
    ev_io_start(connection->relay->loop, &side->readable);
}

void proxy_relay_add(struct proxy_relay *relay, int client)
{
    int server = proxy_connect(relay->server, SOCK_STREAM);
    struct proxy_connection *connection =
        server < 0 ? NULL : calloc(1, sizeof *connection);

    if (connection == NULL) {
        close(client);
        if (server >= 0)
            close(server);
        return;
    }
    connection->relay = relay;
    connection->next = relay->first;
    relay->first = connection;
    relay->connections++;
    relay->accepted++;
    ev_timer_init(&connection->timer, on_timer, 0., 0.);
    connection->timer.data = connection;
    begin_side(connection, PROXY_UP, client);
    begin_side(connection, PROXY_DOWN, server);
}

/* Calls it for each connection, which may go by that. */
static void for_each(struct proxy_relay *relay,
                     void (*call)(struct proxy_connection *connection))
{
    struct proxy_connection *next;

    for (struct proxy_connection *at = relay->first; at != NULL; at = next) {
        next = at->next;
        call(at);
    }
}

static void resume(struct proxy_connection *connection)
{
    for (int which = 0; which < PROXY_DIRECTIONS; which++)
        proxy_stream_take(&connection->stream[which],
                          &connection->relay->rules[which], 0, 0);
    settle(connection);
}

static void release(struct proxy_connection *connection)
{
    for (int which = 0; which < PROXY_DIRECTIONS; which++)
        connection->stream[which].held = false;
    settle(connection);
}

static void cut_softly(struct proxy_connection *connection)
{
    cut(connection, false);
}

static void cut_hard(struct proxy_connection *connection)
{
    cut(connection, true);
}

void proxy_relay_resume(struct proxy_relay *relay)
{
    for_each(relay, resume);
}

void proxy_relay_release(struct proxy_relay *relay)
{
    relay->late_size = 0;
    for_each(relay, release);
}

void proxy_relay_cut(struct proxy_relay *relay, bool reset)
{
    for_each(relay, reset ? cut_hard : cut_softly);
}

static void half_up(struct proxy_connection *connection)
{
    struct side *client = &connection->side[PROXY_UP];

    if (client->fd >= 0)
        shutdown(client->fd, SHUT_RD);
    client->unread = true;
    ev_io_stop(connection->relay->loop, &client->readable);
}

static void half_down(struct proxy_connection *connection)
{
    struct side *client = &connection->side[PROXY_UP];

    if (client->fd >= 0)
        shutdown(client->fd, SHUT_WR);
    client->closed = true;
}

void proxy_relay_half(struct proxy_relay *relay, enum proxy_direction direction)
{
    for_each(relay, direction == PROXY_UP ? half_up : half_down);
}

size_t proxy_relay_held(const struct proxy_relay *relay)
{
    size_t held = 0;

    for (const struct proxy_connection *at = relay->first; at != NULL;
         at = at->next)
        held += (size_t)at->stream[PROXY_UP].held +
                (size_t)at->stream[PROXY_DOWN].held;
    return held;
}

uint64_t proxy_relay_total(const struct proxy_relay *relay,
                           enum proxy_direction direction)
{
    uint64_t total = relay->total[direction];

    for (const struct proxy_connection *at = relay->first; at != NULL;
         at = at->next)
        total += at->stream[direction].total;
    return total;
}
