#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/un.h>

#include "redis/link_parts.h"
#include "redis/secret.h"

enum {
    PASSWORD_SIZE = 4096 + 1,
    PATH_SIZE = sizeof((struct sockaddr_un){0}.sun_path), /* 108 */
};

void stepden_link_name_peer(struct stepden_link *link)
{
    const struct stepden_redis_connection *connection = &link->connection;

    if (connection->has_unix_socket)
        snprintf(link->peer, sizeof link->peer, "%s %.160s", link->way->server,
                 connection->unix_socket);
    else
        snprintf(link->peer, sizeof link->peer,
                 strchr(connection->host, ':') != NULL ? "%s [%.160s]:%u"
                                                       : "%s %.160s:%u",
                 link->way->server, connection->host,
                 (unsigned)connection->port);
}

static void free_credentials(struct stepden_link_credentials *credentials)
{
    stepden_tls_free(credentials->tls);
    if (credentials->password != NULL)
        stepden_secret_wipe(credentials->password, PASSWORD_SIZE);
    free(credentials->password);
    *credentials = (struct stepden_link_credentials){0};
}

static enum stepden_status
read_password(struct stepden_link_credentials *credentials,
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

static enum stepden_status
read_credentials(struct stepden_link_credentials *credentials,
                 const struct stepden_redis_connection *connection,
                 const struct stepden_way *way, struct stepden_diag *diag)
{
    struct stepden_link_credentials read = {0};
    enum stepden_status status = read_password(&read, connection, way, diag);

    if (status == STEPDEN_OK && connection->ssl_enable)
        status = stepden_tls_new(&read.tls, connection, diag);
    if (status == STEPDEN_OK)
        *credentials = read;
    else
        free_credentials(&read);
    return status;
}

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

static enum stepden_status prepare(struct stepden_link *link,
                                   struct stepden_diag *diag)
{
    enum stepden_status status =
        check_settings(&link->connection, link->way, diag);

    return status == STEPDEN_OK
               ? read_credentials(&link->credentials, &link->connection,
                                  link->way, diag)
               : status;
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
    struct stepden_tls *tls = NULL;
    struct stepden_diag diag;

    if (connection->ssl_enable)
        note(faults, stepden_tls_new(&tls, connection, &diag), &diag);
    stepden_tls_free(tls);
}

enum stepden_status
stepden_link_check(const struct stepden_redis_connection *connection,
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

enum stepden_status
stepden_link_new(struct stepden_link **link, struct ev_loop *loop,
                 struct stepden_where *where,
                 const struct stepden_redis_connection *connection,
                 const char *name, int64_t reconnect_ms,
                 const struct stepden_link_events *events,
                 struct stepden_diag *diag)
{
    struct stepden_link *made = calloc(1, sizeof *made);

    if (made == NULL)
        return stepden_diag_set(diag, STEPDEN_ERR_MEMORY, "", "no memory");
    made->loop = loop;
    made->connection = *connection;
    made->connection.has_unix_socket &= where == NULL;
    made->where = where;
    made->way = stepden_where_way(where);
    made->events = *events;
    made->reconnect_ms = reconnect_ms;
    made->protocol = STEPDEN_REPLY_RESP3 ? connection->protocol : 2;
    made->answer_max = STEPDEN_READER_MAX;
    made->fd = -1;
    snprintf(made->name, sizeof made->name, "%s", name);
    stepden_link_name_peer(made);
    stepden_link_init_watchers(made);
    stepden_link_join_where(made);

    enum stepden_status status = prepare(made, diag);
    if (status == STEPDEN_OK)
        *link = made;
    else
        stepden_link_free(made);
    return status;
}

void stepden_link_set_key(struct stepden_link *link, const char *key)
{
    link->key = key;
}

void stepden_link_follow(struct stepden_link *link,
                         const struct stepden_link *leader)
{
    link->leader = leader;
}

void stepden_link_free(struct stepden_link *link)
{
    if (link == NULL)
        return;
    stepden_link_disconnect(link);
    stepden_where_leave(link->where, &link->question);
    free_credentials(&link->credentials);
    free_credentials(&link->renewed);
    stepden_reader_free(link->reader);
    stepden_secret_wipe((char *)&link->connection, sizeof link->connection);
    free(link);
}

enum stepden_status stepden_link_renew(struct stepden_link *link,
                                       struct stepden_diag *diag)
{
    struct stepden_link_credentials read;
    enum stepden_status status =
        read_credentials(&read, &link->connection, link->way, diag);

    if (status != STEPDEN_OK)
        return status;
    free_credentials(&link->renewed);
    link->renewed = read;
    link->is_renewed = true;
    return STEPDEN_OK;
}

void stepden_link_take_renewed(struct stepden_link *link)
{
    if (!link->is_renewed)
        return;
    free_credentials(&link->credentials);
    link->credentials = link->renewed;
    link->renewed = (struct stepden_link_credentials){0};
    link->is_renewed = false;
}

void stepden_link_set_reconnect(struct stepden_link *link, int64_t reconnect_ms)
{
    link->reconnect_ms = reconnect_ms;
}
