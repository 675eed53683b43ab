/* An address and port to listen on, as text: 127.0.0.1:8080, [::1]:8080. */
#ifndef STEPDEN_DAEMON_MONITOR_HTTP_ADDRESS_H
#define STEPDEN_DAEMON_MONITOR_HTTP_ADDRESS_H

#include <stdbool.h>
#include <sys/socket.h>

#include <stepden/status.h>

struct stepden_http_address {
    struct sockaddr_storage socket;
    socklen_t size;
};

/* Holds any of them as text. */
#define STEPDEN_HTTP_ADDRESS_MAX 128

/*
 * Reads one. Names are not looked up, as that could take any time. The `where`
 * of `diag` is that of health.listen.
 *
 * STEPDEN_ERR_INVALID
 */
STEPDEN_CHECKED enum stepden_status
stepden_http_address_read(struct stepden_http_address *address,
                          const char *text, struct stepden_diag *diag);

/* Returns `text`. */
const char *
stepden_http_address_write(char text[STEPDEN_HTTP_ADDRESS_MAX],
                           const struct stepden_http_address *address);

/* Whether only this host reaches it. */
bool stepden_http_address_is_loopback(
    const struct stepden_http_address *address);

/* Whether the Host of a request is an address or "localhost", with a port or
 * without. */
bool stepden_http_host_is_local(const char *host);

#endif
