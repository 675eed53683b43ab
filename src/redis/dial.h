/* The addresses of a server, and sockets that connect to them in turn. */
#ifndef STEPDEN_REDIS_DIAL_H
#define STEPDEN_REDIS_DIAL_H

#include <stdbool.h>
#include <stddef.h>

#include <stepden/records/config.h>
#include <stepden/status.h>

struct addrinfo;

/* All zero is without addresses. */
struct stepden_dial {
    struct addrinfo *addresses;  /* owned; NULL with a Unix socket */
    const struct addrinfo *next; /* to try next */
};

/*
 * Looks the server up. A host name is resolved by getaddrinfo, which blocks; an
 * address is not.
 *
 * STEPDEN_ERR_SYSTEM  no such host
 */
STEPDEN_CHECKED enum stepden_status
stepden_dial_begin(struct stepden_dial *dial,
                   const struct stepden_redis_connection *connection,
                   struct stepden_diag *diag);

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
                  struct stepden_diag *diag);

void stepden_dial_end(struct stepden_dial *dial);

/* Whether `host` is an address, and not a name. */
bool stepden_dial_is_address(const char *host);

#endif
