/* The addresses of a host name, looked up on the caller's loop by c-ares: in
 * /etc/hosts, then from the name servers of /etc/resolv.conf. */
#ifndef STEPDEN_REDIS_RESOLVE_H
#define STEPDEN_REDIS_RESOLVE_H

#include <stddef.h>
#include <stdint.h>

#include "redis/dial.h"

struct ev_loop;
struct stepden_resolve;

/*
 * How a look-up ended: the addresses in the order to be tried (RFC 6724),
 * borrowed for the call; without any, `why` says what is wrong. The look-up may
 * be freed from within.
 */
typedef void stepden_resolve_done(void *ctx,
                                  const struct stepden_address *addresses,
                                  size_t count, const char *why);

/*
 * Begins to look `host` up. `done` is called once, from the loop, after
 * `deadline_ms` at the latest; never after stepden_resolve_free. `servers` are
 * the name servers to ask ("127.0.0.1:53,..."), NULL for the system's. NULL if
 * there is no memory.
 */
struct stepden_resolve *
stepden_resolve_new(struct ev_loop *loop, const char *host, uint16_t port,
                    const char *servers, int64_t deadline_ms,
                    stepden_resolve_done *done, void *ctx);

void stepden_resolve_free(struct stepden_resolve *resolve);

#endif
