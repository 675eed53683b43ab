/*
 * How to get at a server: where it is, the settings of the connection, and what
 * lets one in, the password and the certificates. All links of a process that
 * go to the same servers as the same user share one, so that files are read,
 * and kept in memory, once for all of them.
 */
#ifndef STEPDEN_REDIS_ACCESS_H
#define STEPDEN_REDIS_ACCESS_H

#include <stepden/records/config.h>
#include <stepden/status.h>

#include "base/diag.h"
#include "redis/way.h"

struct ssl_ctx_st;
struct stepden_where;

/* What was read from where the secrets are. It never changes: those who hold it
 * keep it when it is read anew. */
struct stepden_credentials {
    unsigned holders;
    char *password;             /* NULL without one */
    struct ssl_ctx_st *context; /* NULL without TLS */
};

struct stepden_access {
    struct stepden_where *where; /* NULL: as `connection` says */
    struct stepden_redis_connection connection;
    struct stepden_credentials *credentials; /* read last */
};

/*
 * Reads secrets and certificates; `connection` is copied. `where` tells the
 * server at each attempt; NULL if `connection` says it. Both have to outlive
 * the links.
 *
 * STEPDEN_ERR_INVALID  settings that contradict each other, or cannot be met
 * STEPDEN_ERR_SYSTEM   a secret or a certificate that cannot be read
 * STEPDEN_ERR_SPACE    a secret that is too long
 * STEPDEN_ERR_MEMORY
 */
STEPDEN_CHECKED enum stepden_status
stepden_access_new(struct stepden_access **access, struct stepden_where *where,
                   const struct stepden_redis_connection *connection,
                   struct stepden_diag *diag);

void stepden_access_free(struct stepden_access *access);

/*
 * Looks for what stepden_access_new would refuse of `connection`: settings,
 * secrets, certificates and their key. Tells of every fault, and returns the
 * status of the first one. User and password stand where `way` says.
 */
STEPDEN_CHECKED enum stepden_status
stepden_access_check(const struct stepden_redis_connection *connection,
                     const struct stepden_way *way, stepden_diag_report *report,
                     void *ctx);

/*
 * Reads secrets and certificates again, for the connections from the next
 * attempt on. On error those that were read before stay.
 *
 * STEPDEN_ERR_SYSTEM, STEPDEN_ERR_SPACE, STEPDEN_ERR_MEMORY
 */
STEPDEN_CHECKED enum stepden_status
stepden_access_renew(struct stepden_access *access, struct stepden_diag *diag);

/* Those that were read last; until they are released. */
struct stepden_credentials *
stepden_credentials_hold(const struct stepden_access *access);

void stepden_credentials_release(struct stepden_credentials *credentials);

#endif
