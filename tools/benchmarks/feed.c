#include "benchmarks/feed.h"

#include <time.h>
#include <unistd.h>

#include <stepden/its_time.h>
#include <stepden/partition.h>

#include "benchmarks/arrays.h"
#include "benchmarks/compare.h"
#include "benchmarks/redis.h"

#define TARGETS_MAX 255

/* How often a record is updated: so often that a backlog of many rounds is
 * neither late nor ahead. */
#define STEP_MS 1

static int64_t now_its_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    return stepden_its_from_unix((int64_t)now.tv_sec * 1000 +
                                 now.tv_nsec / 1000000);
}

void bench_feed_init(struct bench_feed *feed, uint32_t targets,
                     uint32_t records)
{
    *feed = (struct bench_feed){
        .targets = targets,
        .references = records / targets,
    };
}

static void wait_until(int64_t its_ms)
{
    int64_t early_ms = its_ms - now_its_ms();

    if (early_ms > 0)
        usleep((useconds_t)early_ms * 1000);
}

static void send_array(const struct bench_feed *feed,
                       const struct bench_route *routes, size_t partitions)
{
    static char json[BENCH_ARRAY_MAX(TARGETS_MAX)];
    const uint32_t number = feed->sent % feed->references;
    const struct bench_route *route = &routes[stepden_partition_of_reference(
        BENCH_REFERENCE_ID(number), 0, (uint32_t)partitions)];
    size_t json_size =
        bench_array_write(json, number, feed->targets, feed->creation_its_ms);
    char *command;
    int size = redisFormatCommand(&command, "XADD %s * message %b",
                                  route->stream, json, json_size);

    bench_require(size > 0, "memory");
    bench_pipe_put(route->pipe, command, (size_t)size);
    redisFreeCommand(command);
}

void bench_feed_send(struct bench_feed *feed, const struct bench_route *routes,
                     size_t partitions, uint32_t arrays)
{
    int64_t first_its_ms =
        now_its_ms() - (int64_t)(arrays / feed->references + 1) * STEP_MS;

    if (feed->creation_its_ms < first_its_ms)
        feed->creation_its_ms = first_its_ms;
    for (; arrays > 0; arrays--) {
        if (feed->sent % feed->references == 0)
            feed->creation_its_ms += STEP_MS;
        send_array(feed, routes, partitions);
        feed->sent++;
    }
    for (size_t i = 0; i < partitions; i++)
        bench_pipe_finish(routes[i].pipe);
    wait_until(feed->creation_its_ms);
}
