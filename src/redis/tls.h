/* TLS over a non-blocking socket. */
#ifndef STEPDEN_REDIS_TLS_H
#define STEPDEN_REDIS_TLS_H

#include <stdbool.h>
#include <stddef.h>

#include <stepden/records/config.h>
#include <stepden/status.h>

#include "redis/way.h"

struct ssl_ctx_st; /* OpenSSL's SSL_CTX */
struct stepden_tls;

enum stepden_tls_result {
    STEPDEN_TLS_OK,
    STEPDEN_TLS_WANT_READ,  /* again when the socket is readable */
    STEPDEN_TLS_WANT_WRITE, /* again when the socket is writable */
    STEPDEN_TLS_CLOSED,     /* the peer has ended it */
    STEPDEN_TLS_FAILED,     /* diag says why */
};

/*
 * Reads the certificates and keys of `connection`, for any number of
 * connections. Unless sslCertRequested is off, a server has to show a
 * certificate that leads to one of the CA certificates. `*context` is freed
 * with stepden_tls_context_free.
 *
 * STEPDEN_ERR_SYSTEM  a file that cannot be read, a wrong key password
 */
STEPDEN_CHECKED enum stepden_status
stepden_tls_context_new(struct ssl_ctx_st **context,
                        const struct stepden_redis_connection *connection,
                        struct stepden_diag *diag);

/* The connections that have begun go on. NULL is fine. */
void stepden_tls_context_free(struct ssl_ctx_st *context);

/*
 * Begins a connection on `fd`. The certificate has to be for `host`, name or
 * address (RFC 6125), unless none is asked for. `host` and `way`, which tells
 * how it was found, are borrowed until it ends.
 */
STEPDEN_CHECKED enum stepden_status
stepden_tls_begin(struct stepden_tls **tls, struct ssl_ctx_st *context, int fd,
                  const char *host, const struct stepden_way *way,
                  struct stepden_diag *diag);

/* Forgets the connection; `fd` stays open. NULL is fine. */
void stepden_tls_end(struct stepden_tls *tls);

STEPDEN_CHECKED enum stepden_tls_result
stepden_tls_handshake(struct stepden_tls *tls, struct stepden_diag *diag);

/* Reads up to `size` bytes; `*got` says how many. */
STEPDEN_CHECKED enum stepden_tls_result
stepden_tls_read(size_t *got, struct stepden_tls *tls, char *bytes, size_t size,
                 struct stepden_diag *diag);

/* Writes some of the bytes; `*put` says how many. */
STEPDEN_CHECKED enum stepden_tls_result
stepden_tls_write(size_t *put, struct stepden_tls *tls, const char *bytes,
                  size_t size, struct stepden_diag *diag);

#endif
