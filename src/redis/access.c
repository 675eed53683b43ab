#include "redis/access.h"

#include <stdlib.h>
#include <string.h>
#include <sys/un.h>

#include "redis/secret.h"
#include "redis/tls.h"
#include "redis/where.h"

enum {
    PASSWORD_SIZE = 4096 + 1,
    PATH_SIZE = sizeof((struct sockaddr_un){0}.sun_path), /* 108 */
};

/* ---- what is read ---- */

struct stepden_credentials *
stepden_credentials_hold(const struct stepden_access *access)
{
    access->credentials->holders++;
    return access->credentials;
}

void stepden_credentials_release(struct stepden_credentials *credentials)
{
    if (credentials == NULL || --credentials->holders > 0)
        return;
    stepden_tls_context_free(credentials->context);
    if (credentials->password != NULL)
        stepden_secret_wipe(credentials->password, PASSWORD_SIZE);
    free(credentials->password);
    free(credentials);
}

static enum stepden_status
read_password(struct stepden_credentials *credentials,
              const struct stepden_redis_connection *connection,
              const struct stepden_way *way, struct stepden_diag *diag)
{
    if (!connection->has_password)
        return STEPDEN_OK;
    credentials->password = malloc(PASSWORD_SIZE);
    if (credentials->password == NULL)
        return stepden_diag_set(diag, STEPDEN_ERR_MEMORY, "", "no memory");
    return stepden_secret_read(credentials->password, PASSWORD_SIZE,
                               &connection->password, way->password, diag);
}

enum stepden_status stepden_access_renew(struct stepden_access *access,
                                         struct stepden_diag *diag)
{
    const struct stepden_redis_connection *connection = &access->connection;
    struct stepden_credentials *read = calloc(1, sizeof *read);

    if (read == NULL)
        return stepden_diag_set(diag, STEPDEN_ERR_MEMORY, "", "no memory");
    read->holders = 1;
    enum stepden_status status =
        read_password(read, connection, stepden_where_way(access->where), diag);
    if (status == STEPDEN_OK && connection->ssl_enable)
        status = stepden_tls_context_new(&read->context, connection, diag);
    if (status != STEPDEN_OK) {
        stepden_credentials_release(read);
        return status;
    }
    stepden_credentials_release(access->credentials);
    access->credentials = read;
    return STEPDEN_OK;
}

/* ---- settings ---- */

static bool is_too_long(const struct stepden_redis_connection *connection)
{
    return connection->has_unix_socket &&
           strlen(connection->unix_socket) >= PATH_SIZE;
}

struct rule {
    bool is_broken;
    const char *where;
    const char *why;
};

enum { RULE_COUNT = 6 };

static void apply_rules(struct rule rules[RULE_COUNT],
                        const struct stepden_redis_connection *connection,
                        const struct stepden_way *way)
{
    const struct rule all[RULE_COUNT] = {
        {connection->ssl_enable && connection->has_unix_socket,
         "/redis/connection/sslEnable",
         "TLS is for TCP, not for a Unix socket"},
        {connection->has_username && !connection->has_password, way->user,
         "a user needs a password"},
        {connection->has_ssl_client_key_file &&
             !connection->has_ssl_client_cert_file,
         "/redis/connection/sslClientKeyFile",
         "a key needs its certificate: set sslClientCertFile"},
        {connection->socket_timeout_s == 0, "/redis/connection/socketTimeout",
         "0 s, has to be 1 s or more"},
        {connection->socket_connect_timeout_s == 0,
         "/redis/connection/socketConnectTimeout",
         "0 s, has to be 1 s or more"},
        {is_too_long(connection), "/redis/connection/unixSocket",
         "a socket's path has at most 107 bytes"},
    };

    memcpy(rules, all, sizeof all);
}

static enum stepden_status
check_settings(const struct stepden_redis_connection *connection,
               const struct stepden_way *way, struct stepden_diag *diag)
{
    struct rule rules[RULE_COUNT];

    apply_rules(rules, connection, way);
    for (size_t i = 0; i < RULE_COUNT; i++)
        if (rules[i].is_broken)
            return stepden_diag_set(diag, STEPDEN_ERR_INVALID, rules[i].where,
                                    "%s", rules[i].why);
    return STEPDEN_OK;
}

/* ---- a look at all of it, beforehand ---- */

/* Who is told, and the status of the first fault. */
struct faults {
    stepden_diag_report *report;
    void *ctx;
    enum stepden_status first;
};

static void note(struct faults *faults, enum stepden_status status,
                 const struct stepden_diag *diag)
{
    if (status == STEPDEN_OK)
        return;
    faults->report(faults->ctx, diag);
    if (faults->first == STEPDEN_OK)
        faults->first = status;
}

static void try_settings(struct faults *faults,
                         const struct stepden_redis_connection *connection,
                         const struct stepden_way *way)
{
    struct rule rules[RULE_COUNT];
    struct stepden_diag diag;

    apply_rules(rules, connection, way);
    for (size_t i = 0; i < RULE_COUNT; i++)
        if (rules[i].is_broken)
            note(faults,
                 stepden_diag_set(&diag, STEPDEN_ERR_INVALID, rules[i].where,
                                  "%s", rules[i].why),
                 &diag);
}

static void try_password(struct faults *faults,
                         const struct stepden_redis_connection *connection,
                         const struct stepden_way *way)
{
    char password[PASSWORD_SIZE];
    struct stepden_diag diag;

    if (!connection->has_password)
        return;
    note(faults,
         stepden_secret_read(password, sizeof password, &connection->password,
                             way->password, &diag),
         &diag);
    stepden_secret_wipe(password, sizeof password);
}

static void try_certificates(struct faults *faults,
                             const struct stepden_redis_connection *connection)
{
    struct ssl_ctx_st *context = NULL;
    struct stepden_diag diag;

    if (connection->ssl_enable)
        note(faults, stepden_tls_context_new(&context, connection, &diag),
             &diag);
    stepden_tls_context_free(context);
}

enum stepden_status
stepden_access_check(const struct stepden_redis_connection *connection,
                     const struct stepden_way *way, stepden_diag_report *report,
                     void *ctx)
{
    struct faults faults = {.report = report, .ctx = ctx};

    try_settings(&faults, connection, way);
    try_password(&faults, connection, way);
    try_certificates(&faults, connection);
    return faults.first;
}

/* ---- made and freed ---- */

static enum stepden_status prepare(struct stepden_access *access,
                                   struct stepden_diag *diag)
{
    enum stepden_status status = check_settings(
        &access->connection, stepden_where_way(access->where), diag);

    return status == STEPDEN_OK ? stepden_access_renew(access, diag) : status;
}

enum stepden_status
stepden_access_new(struct stepden_access **access, struct stepden_where *where,
                   const struct stepden_redis_connection *connection,
                   struct stepden_diag *diag)
{
    struct stepden_access *made = calloc(1, sizeof *made);

    if (made == NULL)
        return stepden_diag_set(diag, STEPDEN_ERR_MEMORY, "", "no memory");
    made->where = where;
    made->connection = *connection;
    made->connection.has_unix_socket &= where == NULL;
    enum stepden_status status = prepare(made, diag);
    if (status == STEPDEN_OK)
        *access = made;
    else
        stepden_access_free(made);
    return status;
}

void stepden_access_free(struct stepden_access *access)
{
    if (access == NULL)
        return;
    stepden_credentials_release(access->credentials);
    stepden_secret_wipe((char *)&access->connection, sizeof access->connection);
    free(access);
}
