#include "redis/where.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "redis/access.h"
#include "redis/secret.h"
#include "redis/sentinel.h"

/* Addresses that nodes named; with more, the oldest one goes. */
enum { LEARNT_MAX = 64 };

struct stepden_where {
    enum stepden_where_kind kind;
    struct stepden_redis_node *servers; /* of a list: configured and learnt */
    size_t configured;
    size_t count;
    size_t learnt;                     /* in all, those that are gone too */
    struct stepden_sentinel *sentinel; /* NULL for a list */
};

struct stepden_where *
stepden_where_of_list(enum stepden_where_kind kind,
                      const struct stepden_redis_node *servers, size_t count)
{
    struct stepden_where *made = calloc(1, sizeof *made);

    if (made == NULL)
        return NULL;
    made->kind = kind;
    made->configured = made->count = count;
    made->servers = calloc(count + LEARNT_MAX, sizeof *servers);
    if (made->servers == NULL) {
        free(made);
        return NULL;
    }
    memcpy(made->servers, servers, count * sizeof *servers);
    return made;
}

static enum stepden_status
new_cluster(struct stepden_where **where,
            const struct stepden_config_redis_cluster *cluster,
            struct stepden_diag *diag)
{
    if (cluster->nodes.count == 0)
        return stepden_diag_set(diag, STEPDEN_ERR_INVALID,
                                "/redis/cluster/nodes",
                                "redis.mode cluster needs one at least");
    *where = stepden_where_of_list(STEPDEN_WHERE_NODES, cluster->nodes.item,
                                   cluster->nodes.count);
    return *where != NULL
               ? STEPDEN_OK
               : stepden_diag_set(diag, STEPDEN_ERR_MEMORY, "", "no memory");
}

static enum stepden_status new_master(struct stepden_where **where,
                                      struct ev_loop *loop,
                                      const struct stepden_config *config,
                                      const struct stepden_where_events *events,
                                      struct stepden_diag *diag)
{
    struct stepden_where *made = calloc(1, sizeof *made);

    if (made == NULL)
        return stepden_diag_set(diag, STEPDEN_ERR_MEMORY, "", "no memory");
    made->kind = STEPDEN_WHERE_MASTER;
    enum stepden_status status =
        stepden_sentinel_new(&made->sentinel, loop, config, events, diag);
    if (status == STEPDEN_OK)
        *where = made;
    else
        stepden_where_free(made);
    return status;
}

enum stepden_status stepden_where_new(struct stepden_where **where,
                                      struct ev_loop *loop,
                                      const struct stepden_config *config,
                                      const struct stepden_where_events *events,
                                      struct stepden_diag *diag)
{
    *where = NULL;
    switch (config->redis.mode) {
    case STEPDEN_CONFIG_REDIS_MODE_STANDALONE:
        break;
    case STEPDEN_CONFIG_REDIS_MODE_SENTINEL:
        return new_master(where, loop, config, events, diag);
    case STEPDEN_CONFIG_REDIS_MODE_CLUSTER:
        return new_cluster(where, &config->redis.cluster, diag);
    }
    return STEPDEN_OK;
}

void stepden_where_free(struct stepden_where *where)
{
    if (where == NULL)
        return;
    stepden_sentinel_free(where->sentinel);
    free(where->servers);
    free(where);
}

static enum stepden_status
check_connection(const struct stepden_config_redis *redis,
                 stepden_diag_report *report, void *ctx)
{
    struct stepden_redis_connection connection = redis->connection;

    connection.has_unix_socket &=
        redis->mode == STEPDEN_CONFIG_REDIS_MODE_STANDALONE;
    enum stepden_status status =
        stepden_access_check(&connection, &stepden_way_connection, report, ctx);
    stepden_secret_wipe((char *)&connection, sizeof connection);
    return status;
}

/* Of these, what is not the connection's. */
static enum stepden_status
check_sentinels(const struct stepden_config_redis *redis,
                stepden_diag_report *report, void *ctx)
{
    struct stepden_redis_connection connection;

    if (redis->mode != STEPDEN_CONFIG_REDIS_MODE_SENTINEL)
        return STEPDEN_OK;
    stepden_redis_connection_init(&connection);
    stepden_sentinel_set_user(&connection, &redis->sentinel);
    enum stepden_status status =
        stepden_access_check(&connection, &stepden_way_sentinel, report, ctx);
    stepden_secret_wipe((char *)&connection, sizeof connection);
    return status;
}

enum stepden_status
stepden_where_check(const struct stepden_config_redis *redis,
                    stepden_diag_report *report, void *ctx)
{
    enum stepden_status connection = check_connection(redis, report, ctx);
    enum stepden_status sentinels = check_sentinels(redis, report, ctx);

    return connection != STEPDEN_OK ? connection : sentinels;
}

void stepden_where_configure(struct stepden_where *where,
                             const struct stepden_config *config)
{
    if (where != NULL && where->sentinel != NULL)
        stepden_sentinel_configure(where->sentinel, config);
}

void stepden_where_join(struct stepden_where *where,
                        struct stepden_where_question *question)
{
    if (where != NULL && where->sentinel != NULL)
        stepden_sentinel_join(where->sentinel, question);
}

void stepden_where_leave(struct stepden_where *where,
                         struct stepden_where_question *question)
{
    if (where != NULL && where->sentinel != NULL)
        stepden_sentinel_leave(where->sentinel, question);
}

void stepden_where_ask(struct stepden_where *where,
                       struct stepden_where_question *question)
{
    if (where->sentinel != NULL)
        stepden_sentinel_ask(where->sentinel, question);
    else
        question->take(question->ctx,
                       &where->servers[question->turn++ % where->count]);
}

void stepden_where_withdraw(struct stepden_where *where,
                            struct stepden_where_question *question)
{
    if (where != NULL && where->sentinel != NULL)
        stepden_sentinel_withdraw(where->sentinel, question);
}

static bool is_known(const struct stepden_where *where,
                     const struct stepden_redis_node *server)
{
    for (size_t i = 0; i < where->count; i++)
        if (where->servers[i].port == server->port &&
            strcmp(where->servers[i].host, server->host) == 0)
            return true;
    return false;
}

void stepden_where_learn(struct stepden_where *where,
                         const struct stepden_redis_node *server)
{
    if (is_known(where, server))
        return;
    where->servers[where->configured + where->learnt++ % LEARNT_MAX] = *server;
    if (where->count < where->configured + LEARNT_MAX)
        where->count++;
}

enum stepden_where_kind stepden_where_kind(const struct stepden_where *where)
{
    return where != NULL ? where->kind : STEPDEN_WHERE_CONFIGURED;
}

const struct stepden_way *stepden_where_way(const struct stepden_where *where)
{
    switch (stepden_where_kind(where)) {
    case STEPDEN_WHERE_CONFIGURED:
        break;
    case STEPDEN_WHERE_NODES:
        return &stepden_way_node;
    case STEPDEN_WHERE_MASTER:
        return &stepden_way_master;
    case STEPDEN_WHERE_SENTINELS:
        return &stepden_way_sentinel;
    }
    return &stepden_way_connection;
}

bool stepden_where_set_server(struct stepden_redis_node *server,
                              const char *host, size_t host_size,
                              const char *port)
{
    char *end;
    unsigned long number = strtoul(port, &end, 10);

    if (host_size == 0 || host_size >= sizeof server->host || number < 1 ||
        number > UINT16_MAX || *end != '\0')
        return false;
    memcpy(server->host, host, host_size);
    server->host[host_size] = '\0';
    server->port = (uint16_t)number;
    return true;
}

/* An address of IPv6 has colons, too: the last one is the port's. */
bool stepden_where_read_moved(struct stepden_redis_node *server,
                              const char *text, const char *asked)
{
    const char *host = strrchr(text, ' ');
    const char *colon = strrchr(text, ':');

    if (strncmp(text, "MOVED ", strlen("MOVED ")) != 0 || colon == NULL ||
        ++host > colon || *host == '?')
        return false;
    if (host == colon)
        return stepden_where_set_server(server, asked, strlen(asked),
                                        colon + 1);
    return stepden_where_set_server(server, host, (size_t)(colon - host),
                                    colon + 1);
}
