#include "benchmarks/spread.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "benchmarks/compare.h"
#include "benchmarks/machine.h"

/* Longer than a pause, and where it matters not so long that sharing takes its
 * time. */
#define LEASE_MS 600000
#define SHARED_LEASE_MS 12000

/* Each instance has looked twice at the leases of others. */
#define QUIET_NS (0.6 * SHARED_LEASE_MS * BENCH_NS_PER_MS)

#define FEED_DEPTH 64
#define POLL_US 20000
#define STUCK_S 20

/* ---- the partitions' keys ---- */

static void name_key(char key[BENCH_KEY_SIZE], uint32_t partition,
                     const char *name)
{
    snprintf(key, BENCH_KEY_SIZE, "step:{%" PRIu32 "}:%s", partition, name);
}

static void find_routes(struct bench_spread *spread)
{
    for (size_t i = 0; i < spread->which.masters; i++)
        spread->pipe[i] = (struct bench_pipe){
            .redis = spread->cluster.master[i].client, .depth = FEED_DEPTH};
    for (uint32_t i = 0; i < spread->which.partitions; i++) {
        name_key(spread->input[i], i, "crash_prediction");
        spread->route[i] = (struct bench_route){
            .stream = spread->input[i],
            .pipe = &spread->pipe[bench_cluster_owner(&spread->cluster,
                                                      spread->input[i])],
        };
    }
}

/* Asks the same of each partition's key, all at once. */
static void ask_all(struct bench_spread *spread, const char *command,
                    const char *name,
                    void (*take)(void *ctx, const redisReply *reply), void *ctx)
{
    char key[BENCH_KEY_SIZE];

    for (uint32_t i = 0; i < spread->which.partitions; i++) {
        name_key(key, i, name);
        bench_require(redisAppendCommand(spread->route[i].pipe->redis, command,
                                         key) == REDIS_OK,
                      "memory");
    }
    for (uint32_t i = 0; i < spread->which.partitions; i++) {
        redisReply *reply = NULL;

        bench_require(redisGetReply(spread->route[i].pipe->redis,
                                    (void **)&reply) == REDIS_OK,
                      "an answer of Redis");
        take(ctx, reply);
        freeReplyObject(reply);
    }
}

static void add_up(void *ctx, const redisReply *reply)
{
    *(uint64_t *)ctx += bench_reply_added(reply);
}

static uint64_t added(struct bench_spread *spread)
{
    uint64_t sum = 0;

    ask_all(spread, "XINFO STREAM %s", "client:out", add_up, &sum);
    return sum;
}

/* ---- the instances ---- */

static void write_nodes(FILE *file, const struct bench_cluster *cluster)
{
    for (size_t i = 0; i < cluster->masters; i++)
        fprintf(file, "%s{\"host\":\"127.0.0.1\",\"port\":%d}",
                i > 0 ? "," : "", cluster->master[i].server.port);
}

/* The path, in a buffer of this function. */
static const char *write_config(const struct bench_spread *spread,
                                unsigned instance)
{
    static char path[128];
    FILE *file;

    snprintf(path, sizeof path, "%s/stepden%u.json",
             spread->cluster.master[0].server.folder, instance);
    file = fopen(path, "we");
    bench_require(file, path);
    fprintf(file,
            "{\"templateVersion\":1,\"instanceName\":\"bench%u\","
            "\"stationId\":4711,\"stationIdCount\":2,"
            "\"denmLastUpdateMaxDelay\":10000,"
            "\"denm\":{\"maxRecords\":131072},"
            "\"log\":{\"level\":\"ERROR\"},"
            "\"redis\":{\"mode\":\"cluster\",\"partitions\":%" PRIu32
            ",\"lease\":{\"timeout\":%d},\"streams\":{\"inputs\":{"
            "\"crashPrediction\":{\"streamId\":\"step:{p}:crash_prediction\"},"
            "\"client\":{\"streamId\":\"step:{p}:client:in\"}},"
            "\"outputs\":{\"client\":{\"streamId\":\"step:{p}:client:out\","
            "\"maxLength\":%" PRIu32 "}}},\"cluster\":{\"nodes\":[",
            instance, spread->which.partitions,
            spread->which.instances > 1 ? SHARED_LEASE_MS : LEASE_MS,
            BENCH_OUTPUT_LENGTH / spread->which.partitions);
    write_nodes(file, &spread->cluster);
    fputs("]}}}", file);
    bench_require(fclose(file) == 0, path);
    return path;
}

static void start_services(struct bench_spread *spread)
{
    for (unsigned i = 0; i < spread->which.instances; i++)
        spread->service[i] = bench_process_start((const char *const[]){
            spread->program, "--config", write_config(spread, i), NULL});
}

/* Does the same to each of them. */
static void each_service(struct bench_spread *spread, void (*act)(pid_t pid))
{
    for (unsigned i = 0; i < spread->which.instances; i++)
        act(spread->service[i]);
}

struct leases {
    uint64_t sum; /* of their tokens */
    uint32_t held;
};

static void take_lease(void *ctx, const redisReply *reply)
{
    struct leases *leases = ctx;

    if (reply->type != REDIS_REPLY_STRING)
        return;
    leases->held++;
    for (size_t i = 0; i < reply->len; i++)
        leases->sum = leases->sum * 31 + (unsigned char)reply->str[i];
}

static void await_leases(struct bench_spread *spread)
{
    const double quiet_ns = spread->which.instances > 1 ? QUIET_NS : 0;
    double changed_ns = bench_now_ns();
    struct leases before = {0};

    while (before.held < spread->which.partitions ||
           bench_now_ns() - changed_ns < quiet_ns) {
        struct leases now = {0};

        ask_all(spread, "GET %s", "stepden:lease", take_lease, &now);
        if (now.sum != before.sum)
            changed_ns = bench_now_ns();
        bench_require(bench_now_ns() - changed_ns < STUCK_S * BENCH_NS_PER_S,
                      "the sharing of partitions");
        before = now;
        usleep(POLL_US);
    }
}

/* ---- a backlog ---- */

static void feed(struct bench_spread *spread, uint32_t arrays)
{
    bench_feed_send(&spread->feed, spread->route, spread->which.partitions,
                    arrays);
    spread->expected += (uint64_t)arrays * spread->feed.targets;
}

static void await_outputs(struct bench_spread *spread)
{
    double progress_ns = bench_now_ns();
    uint64_t before = 0;
    uint64_t now;

    while ((now = added(spread)) < spread->expected &&
           bench_now_ns() - progress_ns < STUCK_S * BENCH_NS_PER_S) {
        if (now > before)
            progress_ns = bench_now_ns();
        before = now;
        usleep(POLL_US);
    }
    if (now == spread->expected)
        return;
    fprintf(stderr,
            "bench: the instances made %" PRIu64 " DENMs, not %" PRIu64 "\n",
            now, spread->expected);
    exit(EXIT_FAILURE);
}

void bench_spread_start(struct bench_spread *spread,
                        const struct bench_machine *machine,
                        const struct bench_options *options,
                        const struct bench_spread_case *which)
{
    *spread = (struct bench_spread){.which = *which};
    bench_service_find(spread->program, options);
    bench_cluster_start(&spread->cluster, which->masters, machine);
    find_routes(spread);
    bench_feed_init(&spread->feed, which->targets, which->records);
    start_services(spread);
    await_leases(spread);
    feed(spread, spread->feed.references);
    await_outputs(spread);
    each_service(spread, bench_process_pause);
}

static struct bench_cost cost_so_far(const struct bench_spread *spread)
{
    struct bench_cost cost = {
        .seconds = bench_now_ns() / BENCH_NS_PER_S,
        .redis_ns = bench_cluster_cpu_ns(&spread->cluster),
    };

    for (unsigned i = 0; i < spread->which.instances; i++)
        cost.client_ns += bench_process_cpu_ns(spread->service[i]);
    return cost;
}

static void ignore(void *ctx, const redisReply *reply)
{
    (void)ctx;
    bench_require(reply->type == REDIS_REPLY_INTEGER, "XTRIM");
}

uint64_t bench_spread_run(struct bench_spread *spread, uint64_t denms,
                          struct bench_cost *cost)
{
    uint32_t arrays = (uint32_t)(denms / spread->which.targets);
    struct bench_cost start;
    struct bench_cost end;

    ask_all(spread, "XTRIM %s MAXLEN 0", "crash_prediction", ignore, NULL);
    spread->expected = added(spread);
    feed(spread, arrays);

    start = cost_so_far(spread);
    each_service(spread, bench_process_resume);
    await_outputs(spread);
    end = cost_so_far(spread);
    each_service(spread, bench_process_pause);
    *cost = (struct bench_cost){
        .seconds = end.seconds - start.seconds,
        .client_ns = end.client_ns - start.client_ns,
        .redis_ns = end.redis_ns - start.redis_ns,
    };
    return (uint64_t)arrays * spread->which.targets;
}

double bench_spread_peak_bytes(const struct bench_spread *spread)
{
    double bytes = 0;

    for (unsigned i = 0; i < spread->which.instances; i++)
        bytes += bench_process_peak_bytes(spread->service[i]);
    return bytes;
}

void bench_spread_stop(struct bench_spread *spread)
{
    each_service(spread, bench_process_resume);
    each_service(spread, bench_process_stop);
    bench_cluster_stop(&spread->cluster);
}
