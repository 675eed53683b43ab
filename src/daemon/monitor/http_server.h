/*
 * A small HTTP server on the loop of the service, for whoever watches it: pages
 * that are made when they are asked for. It takes nothing in: GET and HEAD, no
 * bodies. Nobody is asked who he is. What a page makes a browser load comes
 * from here, and no other site may frame or read it.
 *
 * At a loopback address it answers to addresses and to "localhost" only, as a
 * Host: the name of another site that leads here is that of an attacker, whose
 * script in a browser of this host would be of the same origin (DNS rebinding).
 *
 * Its connections, the size of a request and the time without any news from a
 * client are limited, and in each turn of the loop it comes last.
 */
#ifndef STEPDEN_DAEMON_MONITOR_HTTP_SERVER_H
#define STEPDEN_DAEMON_MONITOR_HTTP_SERVER_H

#include <stddef.h>
#include <stdio.h>

#include <stepden/status.h>

#include "daemon/monitor/http_address.h"
#include "daemon/monitor/http_stream.h"

struct ev_loop;
struct stepden_http_server;

/* Has one of three: what writes it, a text, or a stream. */
struct stepden_http_page {
    const char *path;
    const char *type; /* Content-Type */
    /* Writes it, and returns its status of HTTP. */
    unsigned (*write)(FILE *file, void *ctx);
    const char *text;
    size_t text_size;
    struct stepden_http_stream *stream;
};

/*
 * Listens on `address`, and answers from within the loop. `pages` are borrowed
 * until stepden_http_server_free. `*address` becomes the one that it has: of
 * port 0 a free one.
 *
 * STEPDEN_ERR_SYSTEM  it cannot be listened on
 * STEPDEN_ERR_MEMORY
 */
STEPDEN_CHECKED enum stepden_status stepden_http_server_new(
    struct stepden_http_server **server, struct ev_loop *loop,
    struct stepden_http_address *address, const struct stepden_http_page *pages,
    size_t page_count, void *ctx, struct stepden_diag *diag);

/* Cuts off who is connected. NULL is fine. */
void stepden_http_server_free(struct stepden_http_server *server);

#endif
