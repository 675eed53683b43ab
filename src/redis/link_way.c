#include <stdio.h>
#include <string.h>

#include "redis/link_parts.h"

enum { PAUSE_GROWTH = 10 };

/* Where another server may take over, one does not wait longer than that. */
int64_t stepden_link_first_pause_ms(const struct stepden_link *link)
{
    return link->access->where != NULL ? link->reconnect_ms / PAUSE_GROWTH
                                       : link->reconnect_ms;
}

int64_t stepden_link_longest_pause_ms(const struct stepden_link *link)
{
    return PAUSE_GROWTH * stepden_link_first_pause_ms(link);
}

void stepden_link_try_next_address(struct stepden_link *link)
{
    struct stepden_diag diag = {0};

    link->state = STEPDEN_LINK_CONNECTING;
    if (stepden_dial_next(&link->fd, &link->dial, &link->access->connection,
                          link->way, &diag) != STEPDEN_OK) {
        stepden_link_fail(link, diag.where, diag.reason);
        return;
    }
    ev_io_set(&link->io, link->fd, EV_WRITE);
    ev_io_start(link->loop, &link->io);
    stepden_link_set_timer(link, stepden_link_connect_timeout_ms(link));
}

static void take_addresses(void *ctx, const struct stepden_address *addresses,
                           size_t count, const char *why)
{
    struct stepden_link *link = ctx;
    char text[160];

    stepden_resolve_free(link->resolve);
    link->resolve = NULL;
    if (count > 0) {
        stepden_dial_set(&link->dial, addresses, count);
        stepden_link_try_next_address(link);
        return;
    }
    snprintf(text, sizeof text, "%s: check %s and resolv.conf", why,
             link->way->host);
    stepden_link_fail(link, "resolve", text);
}

static void resolve(struct stepden_link *link)
{
    link->state = STEPDEN_LINK_RESOLVING;
    link->resolve = stepden_resolve_new(
        link->loop, link->server.host, link->server.port, link->name_servers,
        stepden_link_connect_timeout_ms(link), take_addresses, link);
    if (link->resolve == NULL)
        stepden_link_fail(link, "resolve", "no memory");
}

static void aim(struct stepden_link *link,
                const struct stepden_redis_node *server)
{
    link->server = *server;
    stepden_link_name_peer(link);
}

static void go(struct stepden_link *link)
{
    if (link->access->connection.has_unix_socket ||
        stepden_dial_begin(&link->dial, &link->server))
        stepden_link_try_next_address(link);
    else
        resolve(link);
}

static void take_server(void *ctx, const struct stepden_redis_node *server)
{
    struct stepden_link *link = ctx;

    aim(link, server);
    go(link);
}

static bool is_aimed_at(const struct stepden_link *link,
                        const struct stepden_redis_node *server)
{
    return link->server.port == server->port &&
           strcmp(link->server.host, server->host) == 0;
}

static void on_changed(void *ctx, const struct stepden_redis_node *server)
{
    struct stepden_link *link = ctx;
    char why[320];

    if (link->state <= STEPDEN_LINK_ASKING || link->leader != NULL ||
        is_aimed_at(link, server))
        return;
    snprintf(why, sizeof why, "the master is %.250s:%u now", server->host,
             (unsigned)server->port);
    stepden_link_fail(link, "failover", why);
}

void stepden_link_join_where(struct stepden_link *link)
{
    link->question.take = take_server;
    link->question.changed = on_changed;
    link->question.ctx = link;
    stepden_where_join(link->access->where, &link->question);
}

static void ask(struct stepden_link *link)
{
    link->state = STEPDEN_LINK_ASKING;
    link->way = stepden_where_way(link->access->where);
    stepden_where_ask(link->access->where, &link->question);
}

static void follow(struct stepden_link *link)
{
    link->way = link->leader->way;
    aim(link, &link->leader->server);
    go(link);
}

void stepden_link_begin_attempt(struct stepden_link *link)
{
    stepden_credentials_release(link->credentials);
    link->credentials = stepden_credentials_hold(link->access);
    stepden_reader_free(link->reader);
    link->reader = stepden_reader_new();
    if (link->reader == NULL) {
        stepden_link_fail(link, "connect", "no memory");
        return;
    }
    stepden_reader_set_max(link->reader, link->answer_max);
    link->was_sent = link->is_sent;
    link->is_sent = false;
    if (link->access->where == NULL || link->was_sent)
        go(link);
    else if (link->leader != NULL)
        follow(link);
    else
        ask(link);
}

bool stepden_link_is_astray(const struct stepden_link *link,
                            const redisReply *reply)
{
    return link->access->where != NULL &&
           (stepden_reply_is_error(reply, "MOVED") ||
            stepden_reply_is_error(reply, "READONLY"));
}

/* At once; but who is sent on and on does not hurry. */
static void go_to(struct stepden_link *link,
                  const struct stepden_redis_node *server)
{
    bool was_up = link->state == STEPDEN_LINK_UP;
    int64_t pause_ms = link->was_sent ? stepden_link_pause_ms(link) : 0;
    char why[320];

    snprintf(why, sizeof why, "the keys are at %.250s:%u", server->host,
             (unsigned)server->port);
    stepden_link_disconnect(link);
    if (link->was_sent)
        stepden_link_report_failure(link, "MOVED", why, pause_ms);
    else
        stepden_link_say(link, STEPDEN_LOG_LEVEL_DEBUG, "%s: %s", link->peer,
                         why);
    stepden_where_learn(link->access->where, server);
    aim(link, server);
    link->way = &stepden_way_moved;
    link->is_sent = true;
    stepden_link_try_again(link, pause_ms, was_up, why);
}

/* The leader finds out where to. */
static void wait_for_leader(struct stepden_link *link, const char *why)
{
    bool was_up = link->state == STEPDEN_LINK_UP;

    stepden_link_say(link, STEPDEN_LOG_LEVEL_DEBUG, "%s: %s", link->peer, why);
    stepden_link_disconnect(link);
    stepden_link_try_again(link, stepden_link_pause_ms(link), was_up, why);
}

void stepden_link_go_elsewhere(struct stepden_link *link,
                               const redisReply *reply)
{
    struct stepden_redis_node server;

    if (link->leader != NULL)
        wait_for_leader(link, reply->str);
    else if (stepden_reply_is_error(reply, "READONLY"))
        stepden_link_fail(link, "command",
                          "READONLY: the server has become a replica");
    else if (stepden_where_read_moved(&server, reply->str, link->server.host))
        go_to(link, &server);
    else
        stepden_link_fail(link, "MOVED",
                          "it does not say where to: set "
                          "cluster-announce-hostname on each node");
}
