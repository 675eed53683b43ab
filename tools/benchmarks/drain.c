#include "benchmarks/drain.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "benchmarks/compare.h"
#include "benchmarks/machine.h"
#include "benchmarks/options.h"
#include "benchmarks/process.h"

/* Longer than any pause. */
#define LEASE_MS 60000

#define NUMBERS_OF_A_STATION 65536
#define FEED_DEPTH 64
#define POLL_US 10000
#define LAST_DENMS 5000
#define LAST_POLL_US 500
#define STUCK_S 20
#define DENMS 100000
#define DENMS_SYNCED 500000

const char *const bench_aof[BENCH_AOF_COUNT] = {"no", "everysec"};

bool bench_aof_wanted(const char *aof, const struct bench_options *options)
{
    return !options->aof || strcmp(options->aof, aof) == 0;
}

unsigned bench_aof_denms(const char *aof, const struct bench_options *options)
{
    unsigned fitting = strcmp(aof, "no") == 0 ? DENMS : DENMS_SYNCED;

    return options->denms ? options->denms : fitting;
}

static void write_config(struct bench_drain *drain, uint32_t records)
{
    uint32_t stations = records / NUMBERS_OF_A_STATION + 1;
    FILE *file;

    if (stations < 2)
        stations = 2;
    snprintf(drain->config, sizeof drain->config, "%s/stepden.json",
             drain->redis.server.folder);
    file = fopen(drain->config, "we");
    bench_require(file, drain->config);
    fprintf(file,
            "{\"templateVersion\":1,\"instanceName\":\"bench\","
            "\"stationId\":4711,\"stationIdCount\":%" PRIu32 ","
            "\"denmLastUpdateMaxDelay\":10000,"
            "\"denm\":{\"maxRecords\":%" PRIu32 "},"
            "\"redis\":{\"connection\":{\"unixSocket\":\"%s\"},"
            "\"lease\":{\"timeout\":%d},\"streams\":{\"outputs\":{\"client\":"
            "{\"maxLength\":%d}}}},\"log\":{\"level\":\"ERROR\"}}",
            stations, stations * NUMBERS_OF_A_STATION,
            drain->redis.server.socket, LEASE_MS, BENCH_OUTPUT_LENGTH);
    bench_require(fclose(file) == 0, drain->config);
}

void bench_drain_start_service(struct bench_drain *drain)
{
    drain->service = bench_process_start(
        (const char *const[]){drain->program, "--config", drain->config, NULL});
}

void bench_drain_feed(struct bench_drain *drain, uint32_t arrays)
{
    struct bench_pipe pipe = {.redis = drain->redis.client,
                              .depth = FEED_DEPTH};
    const struct bench_route route = {.stream = BENCH_INPUT, .pipe = &pipe};

    bench_feed_send(&drain->feed, &route, 1, arrays);
    drain->expected += (uint64_t)arrays * drain->feed.targets;
}

static void check(const struct bench_drain *drain, uint64_t added)
{
    const char *why = "; it refuses what has waited for 10 s";

    if (added == drain->expected)
        return;
    if (added > drain->expected)
        why = "; it cancels what gets no update for 10 s";
    else if (!bench_process_runs(drain->service))
        why = "; it has ended";
    fprintf(stderr,
            "bench: the service made %" PRIu64 " DENMs, not %" PRIu64 "%s\n",
            added, drain->expected, why);
    exit(EXIT_FAILURE);
}

/* Less often at first, so as not to disturb. */
void bench_drain_await(struct bench_drain *drain)
{
    double progress_ns = bench_now_ns();
    uint64_t before = 0;

    for (;;) {
        uint64_t added = bench_redis_added(&drain->redis, BENCH_OUTPUT);

        if (added > before)
            progress_ns = bench_now_ns();
        if (added >= drain->expected || !bench_process_runs(drain->service) ||
            bench_now_ns() - progress_ns > STUCK_S * BENCH_NS_PER_S) {
            check(drain, added);
            return;
        }
        before = added;
        usleep(drain->expected - added > LAST_DENMS ? POLL_US : LAST_POLL_US);
    }
}

void bench_drain_start(struct bench_drain *drain,
                       const struct bench_machine *machine,
                       const struct bench_options *options,
                       const struct bench_case *which)
{
    const char *sync = strcmp(which->aof, "no") != 0 ? which->aof : NULL;

    *drain = (struct bench_drain){.expected = 0};
    bench_service_find(drain->program, options);
    bench_redis_start(&drain->redis, sync, machine);
    write_config(drain, which->records);
    bench_feed_init(&drain->feed, which->targets, which->records);
    bench_drain_feed(drain, drain->feed.references);
    bench_drain_start_service(drain);
    bench_drain_await(drain);
    bench_process_pause(drain->service);
}

static struct bench_cost cost_so_far(const struct bench_drain *drain)
{
    return (struct bench_cost){
        .seconds = bench_now_ns() / BENCH_NS_PER_S,
        .client_ns = bench_process_cpu_ns(drain->service),
        .redis_ns = bench_process_cpu_ns(drain->redis.server.pid),
    };
}

/* The input that was read already goes first, so that memory and file do not
 * grow from round to round; the next is synced before the time starts. */
uint64_t bench_drain_run(struct bench_drain *drain, uint64_t denms,
                         struct bench_cost *cost)
{
    uint32_t targets = drain->feed.targets;
    uint32_t arrays = (uint32_t)((denms + targets - 1) / targets);
    struct bench_cost start;
    struct bench_cost end;

    bench_redis_number(&drain->redis, "XTRIM " BENCH_INPUT " MAXLEN 0");
    drain->expected = bench_redis_added(&drain->redis, BENCH_OUTPUT);
    bench_drain_feed(drain, arrays);
    bench_redis_rewrite(&drain->redis);

    start = cost_so_far(drain);
    bench_process_resume(drain->service);
    bench_drain_await(drain);
    end = cost_so_far(drain);
    bench_process_pause(drain->service);
    check(drain, bench_redis_added(&drain->redis, BENCH_OUTPUT));
    *cost = (struct bench_cost){
        .seconds = end.seconds - start.seconds,
        .client_ns = end.client_ns - start.client_ns,
        .redis_ns = end.redis_ns - start.redis_ns,
    };
    return (uint64_t)arrays * targets;
}

void bench_drain_stop_service(struct bench_drain *drain)
{
    bench_process_resume(drain->service);
    bench_process_stop(drain->service);
}

void bench_drain_stop(struct bench_drain *drain)
{
    bench_drain_stop_service(drain);
    bench_redis_stop(&drain->redis);
}
