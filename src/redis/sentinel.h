/* Asks sentinels, one after the other, where the master is: one look-up at a
 * time, whoever asks. The one that answered last is asked again each second: a
 * master that is alive is not left for another one by itself. */
#ifndef STEPDEN_REDIS_SENTINEL_H
#define STEPDEN_REDIS_SENTINEL_H

#include "redis/reply.h"
#include "redis/where.h"

struct stepden_sentinel;

/* As stepden_where_new, in mode sentinel. */
STEPDEN_CHECKED enum stepden_status
stepden_sentinel_new(struct stepden_sentinel **sentinel, struct ev_loop *loop,
                     const struct stepden_config *config,
                     const struct stepden_where_events *events,
                     struct stepden_diag *diag);

void stepden_sentinel_free(struct stepden_sentinel *sentinel);

/* Puts the sentinels' user in place of another one. */
void stepden_sentinel_set_user(
    struct stepden_redis_connection *connection,
    const struct stepden_config_redis_sentinel *sentinel);

void stepden_sentinel_configure(struct stepden_sentinel *sentinel,
                                const struct stepden_config *config);

/* The answer to SENTINEL GET-MASTER-ADDR-BY-NAME; false if it has no address.
 */
STEPDEN_CHECKED bool
stepden_sentinel_read_master(struct stepden_redis_node *master,
                             const redisReply *reply);

void stepden_sentinel_join(struct stepden_sentinel *sentinel,
                           struct stepden_where_question *question);
void stepden_sentinel_leave(struct stepden_sentinel *sentinel,
                            struct stepden_where_question *question);

void stepden_sentinel_ask(struct stepden_sentinel *sentinel,
                          struct stepden_where_question *question);

void stepden_sentinel_withdraw(struct stepden_sentinel *sentinel,
                               struct stepden_where_question *question);

#endif
