/* The addresses of a server, and sockets that connect to them in turn. */
#ifndef STEPDEN_REDIS_DIAL_H
#define STEPDEN_REDIS_DIAL_H

#include <stdbool.h>
#include <stddef.h>

#include <netinet/in.h>
#include <sys/socket.h>

#include <stepden/records/config.h>
#include <stepden/status.h>

#include "redis/way.h"

enum { STEPDEN_ADDRESS_MAX = 32 }; /* of a host; more are not tried */

struct stepden_address {
    union {
        struct sockaddr any;
        struct sockaddr_in v4;
        struct sockaddr_in6 v6;
    } socket;
    socklen_t size;
};

/* All zero is without addresses. */
struct stepden_dial {
    struct stepden_address addresses[STEPDEN_ADDRESS_MAX];
    size_t count;
    size_t next; /* to try next */
};

/* Begins anew: false if `server` is a name whose addresses have to be looked
 * up, and set. Never blocks. Not for a Unix socket, which has no addresses. */
STEPDEN_CHECKED bool
stepden_dial_begin(struct stepden_dial *dial,
                   const struct stepden_redis_node *server);

/* Up to STEPDEN_ADDRESS_MAX addresses, in the order to be tried. */
void stepden_dial_set(struct stepden_dial *dial,
                      const struct stepden_address *addresses, size_t count);

bool stepden_dial_has_next(const struct stepden_dial *dial);

/*
 * Puts into `*fd` a non-blocking socket that is connecting to the next address.
 * The caller closes it.
 *
 * STEPDEN_ERR_SYSTEM  it was refused at once; another address may be next
 */
STEPDEN_CHECKED enum stepden_status
stepden_dial_next(int *fd, struct stepden_dial *dial,
                  const struct stepden_redis_connection *connection,
                  const struct stepden_way *way, struct stepden_diag *diag);

/* Says why connecting failed, of errno's `error`, and what to check. */
void stepden_dial_explain(struct stepden_diag *diag,
                          const struct stepden_redis_connection *connection,
                          const struct stepden_way *way, int error);

/* False if `host` is a name, and not an address as it is written;
 * "fe80::1%eth0" is one too. */
STEPDEN_CHECKED bool stepden_dial_read_address(struct stepden_address *address,
                                               const char *host,
                                               const char *port);

#endif
