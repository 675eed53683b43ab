/*
 * One direction of a connection through the proxy: bytes that have come and
 * are not yet gone, and what holds them up. Without I/O or clock: `now_ms` is
 * a monotonic time.
 */
#ifndef STEPDEN_TESTS_SUPPORT_REDIS_PROXY_STREAM_H
#define STEPDEN_TESTS_SUPPORT_REDIS_PROXY_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    PROXY_STREAM_CAPACITY = 256 * 1024,
    PROXY_STREAM_MARKS = 256,
    PROXY_PATTERN_SIZE = 128,
};

struct proxy_pattern {
    char bytes[PROXY_PATTERN_SIZE];
    size_t size; /* 0: none */
};

/* What holds for one direction of all connections. */
struct proxy_rules {
    int64_t delay_ms;
    int64_t rate; /* bytes a second; 0: no limit */
    bool stalled;
    struct proxy_pattern hold;        /* the first to meet it stops there... */
    struct proxy_pattern after;       /* ...when this has been met */
    struct proxy_pattern find;        /* this is replaced... */
    struct proxy_pattern replacement; /* ...by that, of the same size */
    uint32_t random;                  /* state of random delays; 0: none */
};

/* So many bytes more are due by then. */
struct proxy_mark {
    size_t size;
    int64_t due_ms;
};

struct proxy_stream {
    char bytes[PROXY_STREAM_CAPACITY];
    size_t size;
    size_t scanned; /* the rules have been applied to so many bytes */
    size_t held_at; /* if held */
    bool held;
    struct proxy_mark marks[PROXY_STREAM_MARKS];
    size_t mark_count;
    int64_t rate_due_ms; /* nothing goes before, because of the rate */
    uint64_t total;      /* bytes that went */
};

/* Takes `size` bytes that were put behind the others. With 0 it looks at those
 * again that waited for the rest of a pattern. */
void proxy_stream_take(struct proxy_stream *stream, struct proxy_rules *rules,
                       size_t size, int64_t now_ms);

/* How many of the first bytes may go now. */
size_t proxy_stream_sendable(const struct proxy_stream *stream,
                             const struct proxy_rules *rules, int64_t now_ms);

/* So many are gone. */
void proxy_stream_drop(struct proxy_stream *stream,
                       const struct proxy_rules *rules, size_t size,
                       int64_t now_ms);

/* When more may go, if nothing else comes to pass; INT64_MAX: never. */
int64_t proxy_stream_next_ms(const struct proxy_stream *stream,
                             const struct proxy_rules *rules, int64_t now_ms);

/* The next number of a sequence that begins with a seed that is not 0. */
uint32_t proxy_random(uint32_t *state);

#endif
