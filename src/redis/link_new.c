#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "redis/link_parts.h"

void stepden_link_name_peer(struct stepden_link *link)
{
    const struct stepden_redis_connection *connection =
        &link->access->connection;
    const struct stepden_redis_node *server = &link->server;

    if (connection->has_unix_socket)
        snprintf(link->peer, sizeof link->peer, "%s %.160s", link->way->server,
                 connection->unix_socket);
    else
        snprintf(link->peer, sizeof link->peer,
                 strchr(server->host, ':') != NULL ? "%s [%.160s]:%u"
                                                   : "%s %.160s:%u",
                 link->way->server, server->host, (unsigned)server->port);
}

enum stepden_status stepden_link_new(struct stepden_link **link,
                                     struct ev_loop *loop,
                                     const struct stepden_access *access,
                                     const char *name, int64_t reconnect_ms,
                                     const struct stepden_link_events *events,
                                     struct stepden_diag *diag)
{
    const struct stepden_redis_connection *connection = &access->connection;
    struct stepden_link *made = calloc(1, sizeof *made);

    if (made == NULL)
        return stepden_diag_set(diag, STEPDEN_ERR_MEMORY, "", "no memory");
    made->loop = loop;
    made->access = access;
    memcpy(made->server.host, connection->host, sizeof connection->host);
    made->server.port = connection->port;
    made->way = stepden_where_way(access->where);
    made->events = *events;
    made->reconnect_ms = reconnect_ms;
    made->protocol = STEPDEN_REPLY_RESP3 ? connection->protocol : 2;
    made->answer_max = STEPDEN_READER_MAX;
    made->fd = -1;
    snprintf(made->name, sizeof made->name, "%s", name);
    stepden_link_name_peer(made);
    stepden_link_init_watchers(made);
    stepden_link_join_where(made);
    *link = made;
    return STEPDEN_OK;
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
    stepden_where_leave(link->access->where, &link->question);
    stepden_credentials_release(link->credentials);
    stepden_reader_free(link->reader);
    free(link);
}

void stepden_link_set_reconnect(struct stepden_link *link, int64_t reconnect_ms)
{
    link->reconnect_ms = reconnect_ms;
}
