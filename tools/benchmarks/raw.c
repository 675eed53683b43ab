#include "benchmarks/raw.h"

#include <stdlib.h>
#include <string.h>

#include "benchmarks/compare.h"
#include "benchmarks/drain.h"
#include "benchmarks/process.h"

/* So many, that the loader does not have them all in its cache either. */
#define ENTRIES_MAX 2048

/* Name and value of the JSON, then of the UPER. */
#define FIELDS 4

/* Of each depth. */
#define TRIALS 3

const size_t bench_raw_depths[BENCH_RAW_DEPTHS] = {16,  32,  64,  128,
                                                   256, 512, 1024};

static void add_entry(struct bench_raw *raw, const redisReply *entry)
{
    const redisReply *fields = entry->element[1];
    const redisReply *const *field = (const redisReply *const *)fields->element;
    size_t end = raw->count > 0 ? raw->ends[raw->count - 1] : 0;
    char *command;
    int size;

    bench_require(fields->elements == FIELDS, "an entry with JSON and UPER");
    size = redisFormatCommand(&command, "XADD %s MAXLEN ~ %d * %b %b %b %b",
                              BENCH_OUTPUT, BENCH_OUTPUT_LENGTH, field[0]->str,
                              field[0]->len, field[1]->str, field[1]->len,
                              field[2]->str, field[2]->len, field[3]->str,
                              field[3]->len);
    bench_require(size > 0, "memory");
    raw->commands = realloc(raw->commands, end + (size_t)size);
    bench_require(raw->commands, "memory");
    memcpy(raw->commands + end, command, (size_t)size);
    raw->ends[raw->count++] = end + (size_t)size;
    raw->json_bytes += (double)field[1]->len;
    raw->uper_bytes += (double)field[3]->len;
    redisFreeCommand(command);
}

void bench_raw_take(struct bench_raw *raw, struct bench_redis *redis)
{
    redisReply *entries = bench_redis_ask(
        redis, "XREVRANGE " BENCH_OUTPUT " + - COUNT %d", ENTRIES_MAX);

    bench_raw_free(raw);
    bench_require(entries->elements > 0, "the reading of the output");
    raw->ends = calloc(entries->elements, sizeof *raw->ends);
    bench_require(raw->ends, "memory");
    for (size_t i = 0; i < entries->elements; i++)
        add_entry(raw, entries->element[i]);
    freeReplyObject(entries);
    raw->json_bytes /= (double)raw->count;
    raw->uper_bytes /= (double)raw->count;
}

static void send_entry(const struct bench_raw *raw, struct bench_pipe *pipe,
                       size_t i)
{
    size_t start = i > 0 ? raw->ends[i - 1] : 0;

    bench_pipe_put(pipe, raw->commands + start, raw->ends[i] - start);
}

void bench_raw_run(const struct bench_raw *raw, struct bench_redis *redis,
                   uint64_t entries, size_t depth, struct bench_cost *cost)
{
    struct bench_pipe pipe = {.redis = redis->client, .depth = depth};
    double redis_ns = bench_process_cpu_ns(redis->server.pid);
    double cpu_ns = bench_cpu_ns();
    double start_ns = bench_now_ns();

    for (uint64_t i = 0; i < entries; i++)
        send_entry(raw, &pipe, i % raw->count);
    bench_pipe_finish(&pipe);
    *cost = (struct bench_cost){
        .seconds = (bench_now_ns() - start_ns) / BENCH_NS_PER_S,
        .client_ns = bench_cpu_ns() - cpu_ns,
        .redis_ns = bench_process_cpu_ns(redis->server.pid) - redis_ns,
    };
}

size_t bench_raw_best_depth(const struct bench_raw *raw,
                            struct bench_redis *redis, uint64_t entries)
{
    size_t best = 0;
    double best_seconds = 0;
    struct bench_cost cost;

    for (unsigned i = 0; i < TRIALS * BENCH_RAW_DEPTHS; i++) {
        size_t depth = bench_raw_depths[i % BENCH_RAW_DEPTHS];

        bench_redis_rewrite(redis);
        bench_raw_run(raw, redis, entries, depth, &cost);
        if (best > 0 && cost.seconds >= best_seconds)
            continue;
        best = depth;
        best_seconds = cost.seconds;
    }
    return best;
}

void bench_raw_free(struct bench_raw *raw)
{
    free(raw->commands);
    free(raw->ends);
    *raw = (struct bench_raw){0};
}
