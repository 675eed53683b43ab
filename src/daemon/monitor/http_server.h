/*
 * A small HTTP server on the loop of the service, for whoever watches it: pages
 * that are made when they are asked for. It takes nothing in: GET and HEAD, no
 * bodies. Nobody is asked who he is.
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

struct ev_loop;
struct stepden_http_server;

struct stepden_http_page {
    const char *path;
    const char *type; /* Content-Type */
    /* Writes it, and returns its status of HTTP. */
    unsigned (*write)(FILE *file, void *ctx);
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
