/* A private Redis server, and what is asked of it. */
#ifndef BENCH_REDIS_H
#define BENCH_REDIS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <hiredis/hiredis.h>

#include "support/redis_server.h"

struct bench_machine;

struct bench_redis {
    struct redis_server server;
    redisContext *client; /* blocking */
};

/* On the machine's CPU for servers. `sync` as in redis_server_start. */
void bench_redis_start(struct bench_redis *redis, const char *sync,
                       const struct bench_machine *machine);

/* Likewise a node of a cluster. */
void bench_redis_start_node(struct bench_redis *redis,
                            const struct bench_machine *machine);

void bench_redis_stop(struct bench_redis *redis);

/* The answer, to be freed; an error ends the program. */
redisReply *bench_redis_ask(struct bench_redis *redis, const char *format, ...);

/* Likewise, of a command that answers with a number. */
uint64_t bench_redis_number(struct bench_redis *redis, const char *format, ...);

/* How many entries the stream has ever had. */
uint64_t bench_redis_added(struct bench_redis *redis, const char *stream);

/* The same, of an answer to XINFO STREAM; 0 of an error. */
uint64_t bench_reply_added(const redisReply *reply);

/* Writes the append-only file anew, if there is one, so that it and the time
 * that its writing takes do not grow with what was measured before. */
void bench_redis_rewrite(struct bench_redis *redis);

/*
 * Commands sent without waiting for each answer: `depth` of them are under way
 * at most. All zero but `redis` and `depth` is a good start.
 */
struct bench_pipe {
    redisContext *redis;
    size_t depth;
    size_t waiting; /* for their answer */
};

/* Sends a command; an error that is answered ends the program. */
void bench_pipe_put(struct bench_pipe *pipe, const char *command, size_t size);

/* Returns when all are answered. */
void bench_pipe_finish(struct bench_pipe *pipe);

#endif
