/*
 * One operation on the pool: from the call that begins it to its `done`. It
 * waits for a connection, sends a command, takes the answer, and then ends or
 * sends another one.
 */
#ifndef STEPDEN_REDIS_OPERATION_H
#define STEPDEN_REDIS_OPERATION_H

#include <sys/queue.h>

#include <ev.h>
#include <stepden/redis.h>

#include "base/diag.h"
#include "redis/reply.h"
#include "redis/resp.h"

enum { STEPDEN_REASON_SIZE = 512 };

struct stepden_operation;
struct stepden_redis_member;

/* Takes the answer to the command that was sent last. */
typedef void stepden_operation_take(struct stepden_operation *operation,
                                    const redisReply *reply);

struct stepden_operation {
    TAILQ_ENTRY(stepden_operation) place; /* while it has no connection */
    struct stepden_redis *redis;
    struct stepden_redis_member *member; /* whose connection it has, or NULL */
    stepden_redis_done *done;
    void *ctx;
    ev_timer timer; /* the longest wait for a connection; 0 if refused */
    char *refusal;  /* what is wrong with an argument, or NULL */
    bool starved;   /* memory ran out */

    char *key;           /* the stream; NULL without one */
    const char *command; /* name of the one that was sent last, for messages */
    struct stepden_resp request;
    stepden_operation_take *take;
    int64_t patience_ms; /* for how long the command may block */
    int64_t ttl_ms;      /* above 0: to be set */
    int64_t count;       /* of the result */

    /* Of a receive. */
    char *group;
    char *consumer;
    char *after;       /* NULL: new entries */
    int64_t limit;     /* entries at most */
    ev_tstamp until;   /* when the wait is over */
    unsigned regroups; /* how often the group was made again */
};

/* Makes one. Without memory even for that, `done` is called at once and NULL
 * is returned. */
STEPDEN_CHECKED struct stepden_operation *
stepden_operation_new(struct stepden_redis *redis, stepden_redis_done *done,
                      void *ctx);

/* Without calling `done`. */
void stepden_operation_free(struct stepden_operation *operation);

/* Refuses an argument; the first refusal counts. Returns false. */
bool stepden_operation_refuse(struct stepden_operation *operation,
                              const char *format, ...) STEPDEN_PRINTF(2, 3);

/* Copies the argument `name`, which must not be empty. */
bool stepden_operation_keep(struct stepden_operation *operation, char **kept,
                            const char *name, const char *text);

/* Checks the argument `name`. */
bool stepden_operation_check(struct stepden_operation *operation,
                             const char *name, int64_t number, int64_t least,
                             int64_t most);

/* The same of a number of things. */
bool stepden_operation_check_count(struct stepden_operation *operation,
                                   const char *name, size_t count, size_t most);

/* Checks and keeps a time to live. */
bool stepden_operation_keep_ttl(struct stepden_operation *operation,
                                int64_t ttl_s, int64_t least_s);

/* Writes a command's name and how many arguments come with it, itself
 * included; the rest goes to `request`. Its answer goes to `take`. */
void stepden_operation_command(struct stepden_operation *operation, size_t argc,
                               const char *name, stepden_operation_take *take);

/* Writes the command that makes the group, and the stream if it is missing. */
void stepden_operation_write_group(struct stepden_operation *operation,
                                   stepden_operation_take *take);

/* The first command is written: waits for a connection, or for the loop if an
 * argument was refused. */
void stepden_operation_begin(struct stepden_operation *operation);

/* Sends the command that was written. */
void stepden_operation_send(struct stepden_operation *operation);

/* Gives the connection back, calls `done` and frees. */
void stepden_operation_end(struct stepden_operation *operation,
                           const struct stepden_redis_result *result);

/* Ends without a result. */
void stepden_operation_fail(struct stepden_operation *operation,
                            enum stepden_status status, const char *reason);

/* Ends because of an answer that is no result: an error is Redis's refusal;
 * after anything else the connection cannot be relied on. */
void stepden_operation_fail_by(struct stepden_operation *operation,
                               const redisReply *reply);

#endif
