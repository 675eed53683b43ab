#include <inttypes.h>
#include <sys/prctl.h>
#include <time.h>

#include <stepden/its_time.h>

#include "benchmarks/arrays.h"
#include "benchmarks/compare.h"
#include "benchmarks/drain.h"
#include "benchmarks/latency.h"

#define REFERENCES (BENCH_LATENCY_RECORDS / BENCH_LATENCY_TARGETS)

double bench_schedule_due_ns(const struct bench_schedule *schedule, uint32_t i)
{
    return schedule->start_ns + i * schedule->interval_ns;
}

/* ITS time less bench_now_ns. */
static double its_offset_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    return (double)stepden_its_from_unix((int64_t)now.tv_sec * 1000) *
               BENCH_NS_PER_MS +
           (double)now.tv_nsec - bench_now_ns();
}

static void sleep_until(double ns)
{
    const struct timespec at = {
        .tv_sec = (time_t)(ns / BENCH_NS_PER_S),
        .tv_nsec = (long)((int64_t)ns % (int64_t)BENCH_NS_PER_S)};

    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &at, NULL) != 0)
        ;
}

static void send_all(redisContext *redis)
{
    int done = 0;

    while (!done)
        bench_require(redisBufferWrite(redis, &done) == REDIS_OK,
                      "the sending of an array");
}

void bench_feeder_run(const void *ctx)
{
    static char text[BENCH_ARRAY_MAX(BENCH_LATENCY_TARGETS)];
    const struct bench_feeder *feeder = ctx;
    redisContext *redis = redisConnectUnix(feeder->socket);
    double offset_ns = its_offset_ns();

    bench_require(redis && !redis->err, "a connection");
    prctl(PR_SET_TIMERSLACK, 1UL);
    /* None is waited for: that it is late must not hold back the next one. */
    redisAppendCommand(redis, "CLIENT REPLY OFF");
    for (uint32_t i = 0; i < feeder->schedule.arrays; i++) {
        double due_ns = bench_schedule_due_ns(&feeder->schedule, i);
        size_t size = bench_array_write(
            text, i % REFERENCES, BENCH_LATENCY_TARGETS,
            (int64_t)((due_ns + offset_ns) / BENCH_NS_PER_MS));

        bench_require(
            redisAppendCommand(redis,
                               "XADD " BENCH_INPUT " %" PRIu64 "-0 message %b",
                               feeder->first_id + i, text, size) == REDIS_OK,
            "memory");
        sleep_until(due_ns);
        send_all(redis);
    }
    redisFree(redis);
}
