#include "daemon/monitor/http_server.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <ev.h>
#include <microhttpd.h>

#include "base/diag.h"

#define CONNECTIONS_MAX 64u
#define BACKLOG 64
#define REQUEST_BYTES_MAX ((size_t)8192) /* all headers, and our own */
#define IDLE_MAX_S 10u

#define PLAIN "text/plain; charset=utf-8"

struct stepden_http_server {
    struct ev_loop *loop;
    struct MHD_Daemon *daemon;
    ev_io ready;
    ev_timer due;
    const struct stepden_http_page *pages;
    size_t page_count;
    void *ctx;
    bool is_loopback;
    bool is_closing;
};

/* ---- an answer ---- */

static void add_headers(struct MHD_Response *response, const char *type)
{
    static const char *const headers[][2] = {
        {MHD_HTTP_HEADER_CACHE_CONTROL, "no-store"},
        {"X-Content-Type-Options", "nosniff"},
        {"Referrer-Policy", "no-referrer"},
        {"Cross-Origin-Resource-Policy", "same-origin"},
        {"Cross-Origin-Opener-Policy", "same-origin"},
        {"Content-Security-Policy",
         "default-src 'none'; script-src 'self'; style-src 'self'; "
         "img-src 'self'; connect-src 'self'; base-uri 'none'; "
         "form-action 'none'; frame-ancestors 'none'"},
    };
    MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, type);
    for (size_t i = 0; i < sizeof headers / sizeof headers[0]; i++)
        MHD_add_response_header(response, headers[i][0], headers[i][1]);
}

/* Without memory for a response the connection is closed. */
static enum MHD_Result send_response(struct MHD_Connection *connection,
                                     unsigned status, const char *type,
                                     struct MHD_Response *response)
{
    if (!response)
        return MHD_NO;
    add_headers(response, type);
    if (status == MHD_HTTP_METHOD_NOT_ALLOWED)
        MHD_add_response_header(response, MHD_HTTP_HEADER_ALLOW, "GET, HEAD");
    enum MHD_Result result = MHD_queue_response(connection, status, response);
    MHD_destroy_response(response);
    return result;
}

static enum MHD_Result send_text(struct MHD_Connection *connection,
                                 unsigned status, const char *type,
                                 const char *text, size_t size)
{
    return send_response(connection, status, type,
                         MHD_create_response_from_buffer(
                             size, (void *)text, MHD_RESPMEM_PERSISTENT));
}

static enum MHD_Result refuse(struct MHD_Connection *connection,
                              unsigned status, const char *why)
{
    return send_text(connection, status, PLAIN, why, strlen(why));
}

static enum MHD_Result send_stream(struct MHD_Connection *connection,
                                   const struct stepden_http_page *page)
{
    bool is_full;
    struct MHD_Response *response =
        stepden_http_stream_open(page->stream, connection, &is_full);
    if (is_full)
        return refuse(connection, MHD_HTTP_SERVICE_UNAVAILABLE,
                      "too many readers\n");
    return send_response(connection, MHD_HTTP_OK, page->type, response);
}

static enum MHD_Result send_made(struct MHD_Connection *connection,
                                 const struct stepden_http_page *page,
                                 void *ctx)
{
    char *text = NULL;
    size_t size = 0;
    FILE *file = open_memstream(&text, &size);
    if (!file)
        return MHD_NO;
    unsigned status = page->write(file, ctx);
    struct MHD_Response *response =
        fclose(file) == 0
            ? MHD_create_response_from_buffer(size, text, MHD_RESPMEM_MUST_FREE)
            : NULL;
    if (!response)
        free(text);
    return send_response(connection, status, page->type, response);
}

static enum MHD_Result send_page(struct MHD_Connection *connection,
                                 const struct stepden_http_page *page,
                                 void *ctx)
{
    if (page->stream)
        return send_stream(connection, page);
    if (page->text)
        return send_text(connection, MHD_HTTP_OK, page->type, page->text,
                         page->text_size);
    return send_made(connection, page, ctx);
}

static const struct stepden_http_page *
find_page(const struct stepden_http_server *server, const char *path)
{
    for (size_t i = 0; i < server->page_count; i++)
        if (strcmp(server->pages[i].path, path) == 0)
            return &server->pages[i];
    return NULL;
}

static bool is_allowed(const char *method)
{
    return strcmp(method, MHD_HTTP_METHOD_GET) == 0 ||
           strcmp(method, MHD_HTTP_METHOD_HEAD) == 0;
}

static bool has_body(struct MHD_Connection *connection)
{
    return MHD_lookup_connection_value(connection, MHD_HEADER_KIND,
                                       MHD_HTTP_HEADER_CONTENT_LENGTH) ||
           MHD_lookup_connection_value(connection, MHD_HEADER_KIND,
                                       MHD_HTTP_HEADER_TRANSFER_ENCODING);
}

static bool is_for_us(const struct stepden_http_server *server,
                      struct MHD_Connection *connection)
{
    const char *host = MHD_lookup_connection_value(connection, MHD_HEADER_KIND,
                                                   MHD_HTTP_HEADER_HOST);
    return !server->is_loopback || !host || stepden_http_host_is_local(host);
}

/*
 * Called when the headers are there, and again at the end of the request. An
 * answer at the first time closes the connection, so that no body is read; only
 * those who send none are kept for more.
 */
static enum MHD_Result answer(void *ctx, struct MHD_Connection *connection,
                              const char *path, const char *method,
                              const char *version, const char *body,
                              size_t *body_size, void **request)
{
    struct stepden_http_server *server = ctx;
    const struct stepden_http_page *page = find_page(server, path);
    (void)version;
    (void)body;
    (void)body_size;
    if (server->is_closing)
        return MHD_NO;
    if (!*request && is_allowed(method) && !has_body(connection)) {
        *request = server;
        return MHD_YES;
    }
    if (!is_for_us(server, connection))
        return refuse(connection, MHD_HTTP_MISDIRECTED_REQUEST,
                      "the Host has to be an address or localhost\n");
    if (!page)
        return refuse(connection, MHD_HTTP_NOT_FOUND, "not found\n");
    if (!is_allowed(method))
        return refuse(connection, MHD_HTTP_METHOD_NOT_ALLOWED,
                      "GET and HEAD are allowed\n");
    return send_page(connection, page, server->ctx);
}

/* ---- on the loop ---- */

static unsigned count_connections(const struct stepden_http_server *server)
{
    return MHD_get_daemon_info(server->daemon,
                               MHD_DAEMON_INFO_CURRENT_CONNECTIONS)
        ->num_connections;
}

/* Once there are too many, it looks at who waits only at the begin of a run: if
 * somebody has left since, there has to be another one. */
static void turn(struct stepden_http_server *server)
{
    MHD_UNSIGNED_LONG_LONG wait_ms = 0;
    unsigned before = count_connections(server);
    MHD_run(server->daemon);
    ev_timer_stop(server->loop, &server->due);
    if (count_connections(server) >= before &&
        MHD_get_timeout(server->daemon, &wait_ms) != MHD_YES)
        return;
    ev_timer_set(&server->due, (double)wait_ms / 1000, 0.);
    ev_timer_start(server->loop, &server->due);
}

static void on_ready(struct ev_loop *loop, ev_io *watcher, int events)
{
    (void)loop;
    (void)events;
    turn(watcher->data);
}

static void on_due(struct ev_loop *loop, ev_timer *watcher, int events)
{
    (void)loop;
    (void)events;
    turn(watcher->data);
}

/* MHD looks at who goes on only when it is run. */
static void on_woken(void *ctx)
{
    struct stepden_http_server *server = ctx;
    ev_timer_stop(server->loop, &server->due);
    ev_timer_set(&server->due, 0., 0.);
    ev_timer_start(server->loop, &server->due);
}

/* ---- start and stop ---- */

/* Of a reader that is gone without a word the connection ends, too. */
static int listen_on(struct stepden_http_address *address)
{
    const int on = 1;
    const unsigned gone_ms = IDLE_MAX_S * 1000;
    struct sockaddr *name = (struct sockaddr *)&address->socket;
    int fd = socket(address->socket.ss_family,
                    SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd >= 0 &&
        setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0 &&
        setsockopt(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &gone_ms,
                   sizeof gone_ms) == 0 &&
        bind(fd, name, address->size) == 0 && listen(fd, BACKLOG) == 0 &&
        getsockname(fd, name, &address->size) == 0)
        return fd;
    int error = errno;
    if (fd >= 0)
        close(fd);
    errno = error;
    return -1;
}

/* It has no thread of its own: the loop watches its epoll. */
static struct MHD_Daemon *start_daemon(struct stepden_http_server *server,
                                       int fd)
{
    return MHD_start_daemon(
        MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL, answer, server,
        MHD_OPTION_LISTEN_SOCKET, (MHD_socket)fd, MHD_OPTION_CONNECTION_LIMIT,
        CONNECTIONS_MAX, MHD_OPTION_CONNECTION_MEMORY_LIMIT, REQUEST_BYTES_MAX,
        MHD_OPTION_CONNECTION_TIMEOUT, IDLE_MAX_S,
        MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1, MHD_OPTION_END);
}

static void start_watchers(struct stepden_http_server *server)
{
    const union MHD_DaemonInfo *info =
        MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_EPOLL_FD);
    ev_io_init(&server->ready, on_ready, info->epoll_fd, EV_READ);
    ev_init(&server->due, on_due);
    ev_set_priority(&server->ready, EV_MINPRI);
    ev_set_priority(&server->due, EV_MINPRI);
    server->ready.data = server->due.data = server;
    ev_io_start(server->loop, &server->ready);
}

static void attach_streams(struct stepden_http_server *server)
{
    for (size_t i = 0; i < server->page_count; i++)
        if (server->pages[i].stream)
            stepden_http_stream_attach(server->pages[i].stream, on_woken,
                                       server);
}

/* Who waits for more of one would be in the way of the end. */
static void end_streams(struct stepden_http_server *server)
{
    server->is_closing = true;
    for (size_t i = 0; i < server->page_count; i++)
        if (server->pages[i].stream)
            stepden_http_stream_close(server->pages[i].stream);
    MHD_run(server->daemon);
}

enum stepden_status stepden_http_server_new(
    struct stepden_http_server **result, struct ev_loop *loop,
    struct stepden_http_address *address, const struct stepden_http_page *pages,
    size_t page_count, void *ctx, struct stepden_diag *diag)
{
    char text[STEPDEN_HTTP_ADDRESS_MAX];
    int fd = listen_on(address);
    if (fd < 0)
        return stepden_diag_set(
            diag, STEPDEN_ERR_SYSTEM, "/health/listen", "%s: %s",
            stepden_http_address_write(text, address), strerror(errno));
    struct stepden_http_server *server = calloc(1, sizeof *server);
    if (server) {
        server->loop = loop;
        server->pages = pages;
        server->page_count = page_count;
        server->ctx = ctx;
        server->is_loopback = stepden_http_address_is_loopback(address);
        server->daemon = start_daemon(server, fd);
    }
    if (!server || !server->daemon) {
        free(server);
        close(fd);
        return stepden_diag_set(diag, STEPDEN_ERR_MEMORY, "/health/listen",
                                "no memory for a server");
    }
    start_watchers(server);
    attach_streams(server);
    *result = server;
    return STEPDEN_OK;
}

void stepden_http_server_free(struct stepden_http_server *server)
{
    if (!server)
        return;
    end_streams(server);
    ev_io_stop(server->loop, &server->ready);
    ev_timer_stop(server->loop, &server->due);
    MHD_stop_daemon(server->daemon);
    free(server);
}
