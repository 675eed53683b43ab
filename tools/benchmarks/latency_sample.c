#include "benchmarks/latency_sample.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "benchmarks/compare.h"
#include "benchmarks/drain.h"
#include "benchmarks/options.h"
#include "benchmarks/process.h"

#define NS_PER_US 1e3
#define READY_POLL_US 5000

/* Time for the feeder to start. */
#define LEAD_NS 2e8

/* What is due until then does not count. */
#define WARM_UP_S 1

/* Of the first input; above all that Redis would give by itself. */
#define FIRST_ID UINT64_C(4000000000000)

/* A reader waits so long; the output is missing then. */
#define BLOCK "20000"

/* What the reader knows. */
struct reader {
    redisContext *redis;
    struct bench_schedule schedule;
    bool names_input; /* outputs tell which array they are of */
    char last_id[48]; /* of an output */
    uint32_t seen;    /* outputs */
    double *first_us; /* of each array */
    double *last_us;
};

/* That this output is of the array that comes next, and its target likewise. */
static void check_id(const struct reader *reader, const redisReply *fields)
{
    char id[64];
    int size = snprintf(id, sizeof id, "\"id\":\"%" PRIu64 "-0/%u\"",
                        FIRST_ID + reader->seen / BENCH_LATENCY_TARGETS,
                        reader->seen % BENCH_LATENCY_TARGETS);

    bench_require(memmem(fields->element[1]->str, fields->element[1]->len, id,
                         (size_t)size) != NULL,
                  "the order of outputs");
}

static void note_output(struct reader *reader, const redisReply *entry,
                        double now_ns)
{
    uint32_t array = reader->seen / BENCH_LATENCY_TARGETS;
    double due_ns = bench_schedule_due_ns(&reader->schedule, array);
    double us = (now_ns - due_ns) / NS_PER_US;

    if (reader->names_input)
        check_id(reader, entry->element[1]);
    if (reader->seen % BENCH_LATENCY_TARGETS == 0)
        reader->first_us[array] = us;
    reader->last_us[array] = us;
    snprintf(reader->last_id, sizeof reader->last_id, "%s",
             entry->element[0]->str);
    reader->seen++;
}

static void read_outputs(struct reader *reader)
{
    uint32_t all = reader->schedule.arrays * BENCH_LATENCY_TARGETS;

    while (reader->seen < all) {
        redisReply *reply = redisCommand(
            reader->redis, "XREAD BLOCK " BLOCK " STREAMS " BENCH_OUTPUT " %s",
            reader->last_id);
        double now_ns = bench_now_ns();

        bench_require(reply && reply->type == REDIS_REPLY_ARRAY, "an output");
        const redisReply *entries = reply->element[0]->element[1];
        for (size_t i = 0; i < entries->elements && reader->seen < all; i++)
            note_output(reader, entries->element[i], now_ns);
        freeReplyObject(reply);
    }
}

static int compare_numbers(const void *left, const void *right)
{
    double difference = *(const double *)left - *(const double *)right;

    return (difference > 0) - (difference < 0);
}

static void find_quantiles(double *quantiles, double *values, size_t count)
{
    static const double parts[BENCH_QUANTILES] = {
        [BENCH_P50] = 0.5,
        [BENCH_P99] = 0.99,
        [BENCH_P999] = 0.999,
        [BENCH_MOST] = 1,
    };

    qsort(values, count, sizeof *values, compare_numbers);
    for (int i = 0; i < BENCH_QUANTILES; i++)
        quantiles[i] = values[(size_t)ceil(parts[i] * (double)count) - 1];
}

/* What is in the output already does not count. */
static void find_end(struct reader *reader)
{
    redisReply *reply =
        redisCommand(reader->redis, "XREVRANGE " BENCH_OUTPUT " + - COUNT 1");

    bench_require(reply && reply->type == REDIS_REPLY_ARRAY, "an output");
    snprintf(reader->last_id, sizeof reader->last_id, "%s",
             reply->elements > 0 ? reply->element[0]->element[0]->str : "0");
    freeReplyObject(reply);
}

static void start_reader(struct reader *reader, redisContext *redis,
                         const struct bench_latency_sample *sample)
{
    uint32_t arrays = sample->rate * (sample->options->seconds + WARM_UP_S);

    reader->redis = redis;
    reader->first_us = calloc(arrays, sizeof *reader->first_us);
    reader->last_us = calloc(arrays, sizeof *reader->last_us);
    bench_require(reader->first_us && reader->last_us, "memory");
    find_end(reader);
    reader->schedule = (struct bench_schedule){
        .start_ns = bench_now_ns() + LEAD_NS,
        .interval_ns = BENCH_NS_PER_S / sample->rate,
        .arrays = arrays,
    };
}

/* Feeds the side, which is there, and reads what comes of it. */
static void measure(struct bench_latency_sample *sample,
                    struct bench_redis *redis, bool names_input)
{
    struct reader reader = {.names_input = names_input};
    size_t warm_up = (size_t)sample->rate * WARM_UP_S;

    start_reader(&reader, redis->client, sample);
    const struct bench_feeder feeder = {
        .socket = redis->server.socket,
        .schedule = reader.schedule,
        .first_id = FIRST_ID,
    };
    pid_t pid = bench_process_fork(bench_feeder_run, &feeder);
    size_t counted = reader.schedule.arrays - warm_up;

    read_outputs(&reader);
    bench_process_finish(pid);
    find_quantiles(sample->latency.first, reader.first_us + warm_up, counted);
    find_quantiles(sample->latency.last, reader.last_us + warm_up, counted);
    free(reader.first_us);
    free(reader.last_us);
}

void bench_latency_of_service(struct bench_latency_sample *sample,
                              struct bench_raw *outputs)
{
    const struct bench_case which = {.targets = BENCH_LATENCY_TARGETS,
                                     .records = BENCH_LATENCY_RECORDS,
                                     .aof = "no"};
    static struct bench_drain drain;

    bench_drain_start(&drain, sample->machine, sample->options, &which);
    bench_process_resume(drain.service);
    measure(sample, &drain.redis, true);
    bench_raw_take(outputs, &drain.redis);
    bench_process_stop(drain.service);
    bench_redis_stop(&drain.redis);
}

/* It is ready when it has made its group, and the stream with it. */
static void await_echo(struct bench_redis *redis, pid_t pid)
{
    while (bench_redis_number(redis, "EXISTS %s", BENCH_INPUT) == 0) {
        bench_require(bench_process_runs(pid), "the start of the echo");
        usleep(READY_POLL_US);
    }
}

void bench_latency_of_echo(struct bench_latency_sample *sample,
                           const struct bench_raw *outputs)
{
    struct bench_redis redis;

    bench_redis_start(&redis, NULL, sample->machine);
    const struct bench_echo echo = {
        .socket = redis.server.socket,
        .outputs = *outputs,
    };
    pid_t pid = bench_process_fork(bench_echo_run, &echo);
    await_echo(&redis, pid);
    measure(sample, &redis, false);
    bench_process_stop(pid);
    bench_redis_stop(&redis);
}
