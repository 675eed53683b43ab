#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "benchmarks/compare.h"
#include "benchmarks/drain.h"
#include "benchmarks/latency.h"

#define GROUP "echo"

static void on_term(int number)
{
    (void)number;
    _exit(0);
}

static redisReply *take_reply(redisContext *redis)
{
    void *reply = NULL;

    bench_require(redisGetReply(redis, &reply) == REDIS_OK &&
                      ((redisReply *)reply)->type != REDIS_REPLY_ERROR,
                  "an answer to the echo");
    return reply;
}

/* One after the other, over and over. */
static void append_output(redisContext *redis, const struct bench_raw *outputs)
{
    static size_t next;
    size_t start = next > 0 ? outputs->ends[next - 1] : 0;

    redisAppendFormattedCommand(redis, outputs->commands + start,
                                outputs->ends[next] - start);
    next = (next + 1) % outputs->count;
}

static void answer(redisContext *redis, const struct bench_raw *outputs,
                   const redisReply *entries)
{
    for (size_t i = 0; i < entries->elements; i++) {
        for (size_t k = 0; k < BENCH_LATENCY_TARGETS; k++)
            append_output(redis, outputs);
        redisAppendCommand(redis, "XACK " BENCH_INPUT " " GROUP " %s",
                           entries->element[i]->element[0]->str);
    }
    for (size_t i = 0; i < entries->elements * (BENCH_LATENCY_TARGETS + 1); i++)
        freeReplyObject(take_reply(redis));
}

void bench_echo_run(const void *ctx)
{
    const struct bench_echo *echo = ctx;
    redisContext *redis = redisConnectUnix(echo->socket);

    signal(SIGTERM, on_term);
    bench_require(redis && !redis->err, "a connection");
    redisAppendCommand(redis,
                       "XGROUP CREATE " BENCH_INPUT " " GROUP " 0 MKSTREAM");
    freeReplyObject(take_reply(redis));
    for (;;) {
        redisAppendCommand(redis, "XREADGROUP GROUP " GROUP " echo COUNT 256 "
                                  "BLOCK 0 STREAMS " BENCH_INPUT " >");
        redisReply *reply = take_reply(redis);

        answer(redis, &echo->outputs, reply->element[0]->element[1]);
        freeReplyObject(reply);
    }
}
