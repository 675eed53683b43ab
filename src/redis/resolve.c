#include "redis/resolve.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>

#include <ares.h>
#include <ev.h>

enum {
    SOCKETS_MAX = 16,
    TRIES = 3,
    DEADLINE_PARTS = 8, /* the first wait for a name server, of the deadline */
    MS_PER_S = 1000,
};

struct stepden_resolve {
    struct ev_loop *loop;
    ares_channel channel;
    ev_io sockets[SOCKETS_MAX]; /* those that are active are c-ares's */
    ev_timer wake;              /* c-ares's own time-outs */
    ev_timer deadline;
    int64_t deadline_ms;

    stepden_resolve_done *done;
    void *ctx;
    bool is_over;
    int status; /* of c-ares, once it is over */
    struct ares_addrinfo *found;
};

static size_t copy_addresses(struct stepden_address *addresses,
                             const struct ares_addrinfo *found)
{
    const struct ares_addrinfo_node *node = found->nodes;
    size_t count = 0;

    for (; node != NULL && count < STEPDEN_ADDRESS_MAX; node = node->ai_next) {
        size_t size = (size_t)node->ai_addrlen;
        if (size > sizeof addresses->socket)
            continue;
        addresses[count].size = node->ai_addrlen;
        memcpy(&addresses[count++].socket, node->ai_addr, size);
    }
    return count;
}

/* c-ares must not be ended from its own callback: the caller hears of it when
 * c-ares is left again. */
static void tell_if_over(struct stepden_resolve *resolve)
{
    struct stepden_address addresses[STEPDEN_ADDRESS_MAX];
    size_t count = 0;

    if (!resolve->is_over)
        return;
    ev_timer_stop(resolve->loop, &resolve->deadline);
    ev_timer_stop(resolve->loop, &resolve->wake);
    if (resolve->status == ARES_SUCCESS)
        count = copy_addresses(addresses, resolve->found);
    resolve->done(resolve->ctx, addresses, count,
                  resolve->status == ARES_SUCCESS
                      ? "it has no address"
                      : ares_strerror(resolve->status));
}

static void take_result(void *ctx, int status, int timeouts,
                        struct ares_addrinfo *found)
{
    struct stepden_resolve *resolve = ctx;

    (void)timeouts;
    resolve->is_over = true;
    resolve->status = status;
    resolve->found = found;
}

static void wake_in(struct stepden_resolve *resolve, double seconds)
{
    ev_timer_stop(resolve->loop, &resolve->wake);
    ev_timer_set(&resolve->wake, seconds, 0.);
    ev_timer_start(resolve->loop, &resolve->wake);
}

static void plan_wake(struct stepden_resolve *resolve)
{
    struct timeval wait;

    if (resolve->is_over)
        wake_in(resolve, 0.);
    else if (ares_timeout(resolve->channel, NULL, &wait) != NULL)
        wake_in(resolve, (double)wait.tv_sec + (double)wait.tv_usec * 1e-6);
}

static void go_on(struct stepden_resolve *resolve, ares_socket_t readable,
                  ares_socket_t writable)
{
    ares_process_fd(resolve->channel, readable, writable);
    if (!resolve->is_over)
        plan_wake(resolve);
    tell_if_over(resolve);
}

static void on_socket(struct ev_loop *loop, ev_io *io, int events)
{
    (void)loop;
    go_on(io->data, events & EV_READ ? io->fd : ARES_SOCKET_BAD,
          events & EV_WRITE ? io->fd : ARES_SOCKET_BAD);
}

static void on_wake(struct ev_loop *loop, ev_timer *timer, int events)
{
    (void)loop;
    (void)events;
    go_on(timer->data, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
}

static void on_deadline(struct ev_loop *loop, ev_timer *timer, int events)
{
    struct stepden_resolve *resolve = timer->data;

    (void)loop;
    (void)events;
    resolve->is_over = true;
    resolve->status = ARES_ETIMEOUT;
    tell_if_over(resolve);
}

/* The watcher of c-ares's socket, or one that is free. */
static ev_io *find_watcher(struct stepden_resolve *resolve, ares_socket_t fd)
{
    ev_io *unused = NULL;

    for (size_t i = 0; i < SOCKETS_MAX; i++) {
        ev_io *io = &resolve->sockets[i];
        if (ev_is_active(io) && io->fd == fd)
            return io;
        if (!ev_is_active(io))
            unused = io;
    }
    return unused;
}

/* A socket without a watcher is left to the time-outs. */
static void watch_socket(void *ctx, ares_socket_t fd, int readable,
                         int writable)
{
    struct stepden_resolve *resolve = ctx;
    ev_io *io = find_watcher(resolve, fd);

    if (io == NULL)
        return;
    ev_io_stop(resolve->loop, io);
    if (!readable && !writable)
        return;
    ev_io_set(io, fd, (readable ? EV_READ : 0) | (writable ? EV_WRITE : 0));
    ev_io_start(resolve->loop, io);
}

/* So that each of two servers is asked twice before the deadline. */
static bool open_channel(struct stepden_resolve *resolve, const char *servers)
{
    struct ares_options options = {
        .timeout = (int)(resolve->deadline_ms / DEADLINE_PARTS),
        .tries = TRIES,
        .sock_state_cb = watch_socket,
        .sock_state_cb_data = resolve,
    };
    int mask = ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_SOCK_STATE_CB;

    if (ares_init_options(&resolve->channel, &options, mask) != ARES_SUCCESS) {
        resolve->channel = NULL;
        return false;
    }
    return servers == NULL || ares_set_servers_ports_csv(
                                  resolve->channel, servers) == ARES_SUCCESS;
}

static void ask(struct stepden_resolve *resolve, const char *host,
                uint16_t port)
{
    const struct ares_addrinfo_hints hints = {
        .ai_flags = ARES_AI_NUMERICSERV,
        .ai_family = AF_UNSPEC,
        .ai_socktype = SOCK_STREAM,
    };
    char service[8];

    snprintf(service, sizeof service, "%u", (unsigned)port);
    ares_getaddrinfo(resolve->channel, host, service, &hints, take_result,
                     resolve);
    plan_wake(resolve);
    ev_timer_start(resolve->loop, &resolve->deadline);
}

struct stepden_resolve *
stepden_resolve_new(struct ev_loop *loop, const char *host, uint16_t port,
                    const char *servers, int64_t deadline_ms,
                    stepden_resolve_done *done, void *ctx)
{
    struct stepden_resolve *made = calloc(1, sizeof *made);

    if (made == NULL)
        return NULL;
    made->loop = loop;
    made->deadline_ms = deadline_ms;
    made->done = done;
    made->ctx = ctx;
    ev_init(&made->wake, on_wake);
    ev_timer_init(&made->deadline, on_deadline, (double)deadline_ms / MS_PER_S,
                  0.);
    made->wake.data = made->deadline.data = made;
    for (size_t i = 0; i < SOCKETS_MAX; i++) {
        ev_init(&made->sockets[i], on_socket);
        made->sockets[i].data = made;
    }
    if (!open_channel(made, servers)) {
        stepden_resolve_free(made);
        return NULL;
    }
    ask(made, host, port);
    return made;
}

/* Ending the channel ends the look-up and lets go of its sockets. */
void stepden_resolve_free(struct stepden_resolve *resolve)
{
    if (resolve == NULL)
        return;
    ev_timer_stop(resolve->loop, &resolve->wake);
    ev_timer_stop(resolve->loop, &resolve->deadline);
    if (resolve->channel != NULL)
        ares_destroy(resolve->channel);
    for (size_t i = 0; i < SOCKETS_MAX; i++)
        ev_io_stop(resolve->loop, &resolve->sockets[i]);
    if (resolve->found != NULL)
        ares_freeaddrinfo(resolve->found);
    free(resolve);
}
