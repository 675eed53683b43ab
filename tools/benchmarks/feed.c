#include "benchmarks/feed.h"

#include <time.h>
#include <unistd.h>

#include <stepden/its_time.h>

#include "benchmarks/arrays.h"
#include "benchmarks/compare.h"
#include "benchmarks/redis.h"

#define TARGETS_MAX 255

/*
 * A record is updated every millisecond, from some seconds ago on: as often as
 * a backlog of many rounds needs that is then neither late nor ahead.
 */
#define STEP_MS 1
#define START_AGE_MS 2000

static int64_t now_its_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    return stepden_its_from_unix((int64_t)now.tv_sec * 1000 +
                                 now.tv_nsec / 1000000);
}

void bench_feed_init(struct bench_feed *feed, const char *stream,
                     uint32_t targets, uint32_t records)
{
    *feed = (struct bench_feed){
        .stream = stream,
        .targets = targets,
        .references = records / targets,
        .start_its_ms = now_its_ms() - START_AGE_MS,
    };
}

static int64_t creation_its_ms(const struct bench_feed *feed)
{
    return feed->start_its_ms + feed->sent / feed->references * STEP_MS;
}

static void wait_until(int64_t its_ms)
{
    int64_t early_ms = its_ms - now_its_ms();

    if (early_ms > 0)
        usleep((useconds_t)early_ms * 1000);
}

static void send_array(const struct bench_feed *feed, struct bench_pipe *pipe)
{
    static char json[BENCH_ARRAY_MAX(TARGETS_MAX)];
    size_t json_size = bench_array_write(json, feed->sent % feed->references,
                                         feed->targets, creation_its_ms(feed));
    char *command;
    int size = redisFormatCommand(&command, "XADD %s * message %b",
                                  feed->stream, json, json_size);

    bench_require(size > 0, "memory");
    bench_pipe_put(pipe, command, (size_t)size);
    redisFreeCommand(command);
}

void bench_feed_send(struct bench_feed *feed, struct bench_pipe *pipe,
                     uint32_t arrays)
{
    for (; arrays > 0; arrays--) {
        send_array(feed, pipe);
        feed->sent++;
    }
    bench_pipe_finish(pipe);
    wait_until(creation_its_ms(feed));
}
