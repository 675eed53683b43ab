#include "benchmarks/restore.h"

#include "benchmarks/compare.h"
#include "benchmarks/drain.h"
#include "benchmarks/grid.h"
#include "benchmarks/options.h"

/* As a channel: who sets the lease has just taken it. */
#define LEASE_CHANNEL "__keyspace@0__:" BENCH_LEASE

enum { N, AOF, START_MS, FIRST_MS, COLUMNS };

static const struct bench_column columns[COLUMNS] = {
    [N] = {"n", "n", BENCH_NUMBER, 0},
    [AOF] = {"aof", "AOF", BENCH_TEXT, 0},
    [START_MS] = {"start_to_lease_ms", "start to lease ms", BENCH_RANGED, 1},
    [FIRST_MS] = {"lease_to_first_denm_ms", "lease to first DENM ms",
                  BENCH_RANGED, 1},
};

struct bench_grid bench_restore_grid(void)
{
    return (struct bench_grid){
        .name = "restore", .columns = columns, .column_count = COLUMNS};
}

/* A connection that waits for something. */
static redisContext *wait_for(struct bench_drain *drain, const char *command)
{
    redisContext *client = redis_server_connect(&drain->redis.server);
    int sent = 0;

    bench_require(redisAppendCommand(client, command) == REDIS_OK, "memory");
    while (!sent)
        bench_require(redisBufferWrite(client, &sent) == REDIS_OK, command);
    return client;
}

static void take_answer(redisContext *client)
{
    redisReply *reply = NULL;

    bench_require(redisGetReply(client, (void **)&reply) == REDIS_OK &&
                      reply->type == REDIS_REPLY_ARRAY,
                  "an answer of Redis");
    freeReplyObject(reply);
}

/* Both wait at Redis, and are woken when it is so; to hear of the lease does
 * not take the service's time, since its next step is Redis's. At last an
 * update of all records, so that they live for the next round. */
static void measure(struct bench_cell *row, struct bench_drain *drain)
{
    redisContext *lease = wait_for(drain, "SUBSCRIBE " LEASE_CHANNEL);
    redisContext *output =
        wait_for(drain, "XREAD COUNT 1 BLOCK 0 STREAMS " BENCH_OUTPUT " $");
    double start_ns;
    double lease_ns;

    take_answer(lease);
    bench_drain_feed(drain, 1);
    start_ns = bench_now_ns();
    bench_drain_start_service(drain);
    take_answer(lease);
    lease_ns = bench_now_ns();
    take_answer(output);
    bench_cell_add(&row[FIRST_MS],
                   (bench_now_ns() - lease_ns) / BENCH_NS_PER_MS);
    bench_cell_add(&row[START_MS], (lease_ns - start_ns) / BENCH_NS_PER_MS);
    redisFree(lease);
    redisFree(output);
    bench_drain_await(drain);
    bench_drain_feed(drain, drain->feed.references);
    bench_drain_await(drain);
    bench_drain_stop_service(drain);
}

void bench_restore(struct bench_grid *grid, const struct bench_machine *machine,
                   const struct bench_options *options, const char *aof,
                   uint32_t records)
{
    static struct bench_drain drain;
    const struct bench_case which = {
        .targets = 1, .records = records, .aof = aof};
    struct bench_cell *row = bench_grid_add_row(grid);

    row[AOF].text = aof;
    bench_cell_add(&row[N], records);
    bench_drain_start(&drain, machine, options, &which);
    bench_drain_stop_service(&drain);
    freeReplyObject(
        bench_redis_ask(&drain.redis, "CONFIG SET notify-keyspace-events K$"));
    for (unsigned round = 0; round < options->rounds; round++)
        measure(row, &drain);
    bench_redis_stop(&drain.redis);
}
