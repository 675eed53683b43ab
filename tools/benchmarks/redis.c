#include "benchmarks/redis.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "benchmarks/compare.h"
#include "benchmarks/machine.h"

#define REWRITE_POLL_US 5000

void bench_redis_start(struct bench_redis *redis, const char *sync,
                       const struct bench_machine *machine)
{
    bench_machine_pin(machine->server);
    redis_server_start(&redis->server, sync);
    bench_machine_pin(machine->pinned);
    redis->client = redis_server_connect(&redis->server);
}

void bench_redis_start_node(struct bench_redis *redis,
                            const struct bench_machine *machine)
{
    bench_machine_pin(machine->server);
    redis_server_start_node(&redis->server);
    bench_machine_pin(machine->pinned);
    redis->client = redis_server_connect(&redis->server);
}

void bench_redis_stop(struct bench_redis *redis)
{
    redisFree(redis->client);
    redis_server_stop(&redis->server);
}

/* Ends the program if there is no answer, or an error. */
static void check(const redisContext *client, const redisReply *reply)
{
    if (reply && reply->type != REDIS_REPLY_ERROR)
        return;
    fprintf(stderr, "bench: Redis: %s\n", reply ? reply->str : client->errstr);
    exit(EXIT_FAILURE);
}

static redisReply *ask(struct bench_redis *redis, const char *format,
                       va_list arguments)
{
    redisReply *reply = redisvCommand(redis->client, format, arguments);

    check(redis->client, reply);
    return reply;
}

redisReply *bench_redis_ask(struct bench_redis *redis, const char *format, ...)
{
    redisReply *reply;
    va_list arguments;

    va_start(arguments, format);
    reply = ask(redis, format, arguments);
    va_end(arguments);
    return reply;
}

uint64_t bench_redis_number(struct bench_redis *redis, const char *format, ...)
{
    redisReply *reply;
    uint64_t number;
    va_list arguments;

    va_start(arguments, format);
    reply = ask(redis, format, arguments);
    va_end(arguments);
    bench_require(reply->type == REDIS_REPLY_INTEGER, format);
    number = (uint64_t)reply->integer;
    freeReplyObject(reply);
    return number;
}

uint64_t bench_reply_added(const redisReply *reply)
{
    for (size_t i = 0; i + 1 < reply->elements; i += 2)
        if (strcmp(reply->element[i]->str, "entries-added") == 0)
            return (uint64_t)reply->element[i + 1]->integer;
    return 0;
}

uint64_t bench_redis_added(struct bench_redis *redis, const char *stream)
{
    redisReply *reply;
    uint64_t added;

    if (bench_redis_number(redis, "EXISTS %s", stream) == 0)
        return 0;
    reply = bench_redis_ask(redis, "XINFO STREAM %s", stream);
    added = bench_reply_added(reply);
    freeReplyObject(reply);
    return added;
}

static bool rewrites(struct bench_redis *redis)
{
    redisReply *reply = bench_redis_ask(redis, "INFO persistence");
    bool does = !strstr(reply->str, "aof_rewrite_in_progress:0") ||
                !strstr(reply->str, "aof_rewrite_scheduled:0");

    freeReplyObject(reply);
    return does;
}

void bench_redis_rewrite(struct bench_redis *redis)
{
    if (!redis->server.sync)
        return;
    freeReplyObject(bench_redis_ask(redis, "BGREWRITEAOF"));
    while (rewrites(redis))
        usleep(REWRITE_POLL_US);
}

static void take_answers(struct bench_pipe *pipe, size_t left)
{
    while (pipe->waiting > left) {
        void *reply = NULL;

        redisGetReply(pipe->redis, &reply);
        check(pipe->redis, reply);
        freeReplyObject(reply);
        pipe->waiting--;
    }
}

/* Half of them at a time, so that the server has the other half to go on. */
void bench_pipe_put(struct bench_pipe *pipe, const char *command, size_t size)
{
    if (pipe->waiting == pipe->depth)
        take_answers(pipe, pipe->depth / 2);
    bench_require(redisAppendFormattedCommand(pipe->redis, command, size) ==
                      REDIS_OK,
                  "memory");
    pipe->waiting++;
}

void bench_pipe_finish(struct bench_pipe *pipe)
{
    take_answers(pipe, 0);
}
