/* Connections, and the operations that wait for one or have one. */
#ifndef STEPDEN_REDIS_POOL_H
#define STEPDEN_REDIS_POOL_H

#include "redis/access.h"
#include "redis/link.h"
#include "redis/operation.h"

TAILQ_HEAD(stepden_operation_list, stepden_operation);

/* One connection; all zero until it is made. */
struct stepden_redis_member {
    struct stepden_redis *redis;
    struct stepden_link *link;
    struct stepden_operation *operation; /* that has it; NULL: free */
};

struct stepden_redis {
    struct ev_loop *loop;
    struct stepden_redis_connection connection;
    struct stepden_access *access;
    char *name;
    int64_t reconnect_ms;
    struct stepden_redis_events events;
    char said[STEPDEN_REASON_SIZE];             /* last, to events.report */
    const struct stepden_redis_member *speaker; /* who said it */

    struct stepden_redis_member *members; /* maxConnections */
    size_t opened;                        /* of them, in order */
    struct stepden_diag obstacle; /* to another one: a secret has gone, say */
    ev_timer retry;               /* the pause after that */
    char renewal_refusal[256];    /* of the last renewal; "" without one */
    struct stepden_operation_list waiting; /* for a connection, oldest first */
    size_t waiting_count;
    struct stepden_operation_list refused; /* `done` comes from the loop */
};

/* Lets it wait for a connection, which it may have at once. */
void stepden_pool_enter(struct stepden_operation *operation);

/* Lets it end from within the loop. */
void stepden_pool_set_aside(struct stepden_operation *operation);

/* It ends: takes it out of where it is. */
void stepden_pool_leave(struct stepden_operation *operation);

/* It has waited too long. */
void stepden_pool_give_up(struct stepden_operation *operation);

/* Hands out what is free to those that wait; opens more if they do not
 * suffice. */
void stepden_pool_dispatch(struct stepden_redis *redis);

/* The link's answer to what an operation sent. */
void stepden_pool_take_answer(void *ctx, const redisReply *reply);

/*
 * Sets the time to live of the operation's key over its connection. Nobody
 * waits for the answer: further commands follow behind, and an error is
 * reported.
 */
void stepden_pool_renew(const struct stepden_operation *operation);

#endif
