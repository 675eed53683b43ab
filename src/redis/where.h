/*
 * Where the server is, when the configuration of the connection does not say
 * so: in a cluster, of which some nodes are known, or where sentinels say that
 * the master is. Links ask before each attempt to connect; all links of a
 * process share one, so that the sentinels are asked once for all of them.
 */
#ifndef STEPDEN_REDIS_WHERE_H
#define STEPDEN_REDIS_WHERE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/queue.h>

#include <stepden/records/config.h>
#include <stepden/status.h>

#include "base/diag.h"
#include "redis/way.h"

struct ev_loop;
struct stepden_where;

enum stepden_where_kind {
    STEPDEN_WHERE_CONFIGURED, /* the connection says it: there is no where */
    STEPDEN_WHERE_NODES,      /* one of a cluster's: MOVED tells which */
    STEPDEN_WHERE_MASTER,     /* one whose ROLE is master */
    STEPDEN_WHERE_SENTINELS,  /* any of them */
};

/* One that asks; part of it. `server` is borrowed for the calls. */
struct stepden_where_question {
    /* Once for each stepden_where_ask, maybe from within it. */
    void (*take)(void *ctx, const struct stepden_redis_node *server);
    /* There is another master now; for all that have joined. */
    void (*changed)(void *ctx, const struct stepden_redis_node *server);
    void *ctx;
    unsigned turn; /* which server is next, where there are several */
    bool waits;    /* for `take` */
    TAILQ_ENTRY(stepden_where_question) waiting;
    TAILQ_ENTRY(stepden_where_question) joined;
};

/* Receives lines for the log, from within the loop. */
struct stepden_where_events {
    void (*report)(void *ctx, enum stepden_log_level level, const char *text);
    void *ctx;
};

/*
 * Makes what redis.mode asks for; `*where` is NULL for standalone, which is
 * fine for all functions but stepden_where_ask. Uses instanceName,
 * reconnectInterval and redis of `config`; secrets and certificates are read
 * now. It has to outlive the links that ask it.
 *
 * STEPDEN_ERR_INVALID  settings that contradict each other
 * STEPDEN_ERR_SYSTEM   a secret or a certificate that cannot be read
 * STEPDEN_ERR_MEMORY
 */
STEPDEN_CHECKED enum stepden_status
stepden_where_new(struct stepden_where **where, struct ev_loop *loop,
                  const struct stepden_config *config,
                  const struct stepden_where_events *events,
                  struct stepden_diag *diag);

/* One of these servers, in turn; NULL without memory. */
struct stepden_where *
stepden_where_of_list(enum stepden_where_kind kind,
                      const struct stepden_redis_node *servers, size_t count);

void stepden_where_free(struct stepden_where *where);

/* Looks for what stepden_where_new, and stepden_access_new with it, would
 * refuse. Tells of every fault, and returns the status of the first one. */
STEPDEN_CHECKED enum stepden_status
stepden_where_check(const struct stepden_config_redis *redis,
                    stepden_diag_report *report, void *ctx);

/* Goes on with reconnectInterval of `config`, and with secrets and certificates
 * that are read again. */
void stepden_where_configure(struct stepden_where *where,
                             const struct stepden_config *config);

/* Before it may ask, and at its end. */
void stepden_where_join(struct stepden_where *where,
                        struct stepden_where_question *question);
void stepden_where_leave(struct stepden_where *where,
                         struct stepden_where_question *question);

void stepden_where_ask(struct stepden_where *where,
                       struct stepden_where_question *question);

/* It is not to be answered any more, if it waits. */
void stepden_where_withdraw(struct stepden_where *where,
                            struct stepden_where_question *question);

/* A node of the cluster was named by another one: it may be asked, too. */
void stepden_where_learn(struct stepden_where *where,
                         const struct stepden_redis_node *server);

enum stepden_where_kind stepden_where_kind(const struct stepden_where *where);

/* What its answers rest on. */
const struct stepden_way *stepden_where_way(const struct stepden_where *where);

/* False if that is no address. */
STEPDEN_CHECKED bool stepden_where_set_server(struct stepden_redis_node *server,
                                              const char *host,
                                              size_t host_size,
                                              const char *port);

/*
 * Reads the address out of "MOVED <slot> <host>:<port>"; without a host it is
 * that of `asked`. False if it is another text, or the node does not know its
 * name ("?").
 */
STEPDEN_CHECKED bool stepden_where_read_moved(struct stepden_redis_node *server,
                                              const char *text,
                                              const char *asked);

#endif
