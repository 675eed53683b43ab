/* Where a Redis server is, as a URL. */
#ifndef DENM_REDIS_URL_H
#define DENM_REDIS_URL_H

#include <stepden/records/config.h>
#include <stepden/status.h>

/*
 * Reads redis://[USER:PASSWORD@]HOST[:PORT][/DB], rediss:// for TLS,
 * unix://[USER:PASSWORD@]/SOCKET[?db=DB], or the path of a socket. USER and
 * PASSWORD may have %XX (RFC 3986, clause 2.1); without PASSWORD that in the
 * environment variable REDISCLI_AUTH is taken, if there is one.
 *
 * STEPDEN_ERR_SYNTAX  not such a URL; `diag` does not repeat the password
 */
STEPDEN_CHECKED enum stepden_status
denm_redis_url_read(struct stepden_redis_connection *connection,
                    const char *url, struct stepden_diag *diag);

#endif
