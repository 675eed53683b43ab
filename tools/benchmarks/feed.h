/* The arrays that a service gets: entries of its input streams. */
#ifndef BENCH_FEED_H
#define BENCH_FEED_H

#include <stddef.h>
#include <stdint.h>

struct bench_pipe;

struct bench_feed {
    uint32_t targets;        /* of an array */
    uint32_t references;     /* stations that take turns */
    uint32_t sent;           /* arrays */
    int64_t creation_its_ms; /* of the last one */
};

/* Where those of a partition go. */
struct bench_route {
    const char *stream;
    struct bench_pipe *pipe;
};

/* The first arrays open `records` (a multiple of `targets`), and each is then
 * updated by every so many. */
void bench_feed_init(struct bench_feed *feed, uint32_t targets,
                     uint32_t records);

/* Sends the next `arrays` of them, to the partitions that they belong to;
 * returns when all are in the streams. They are just made, each newer than the
 * last one of its station and none of a time to come: if need be it waits. */
void bench_feed_send(struct bench_feed *feed, const struct bench_route *routes,
                     size_t partitions, uint32_t arrays);

#endif
