#include "support/redis_proxy_stream.h"

#include <string.h>

enum {
    MS_PER_S = 1000,
    RATE_STEPS = 50,      /* a second */
    RANDOM_DELAYS = 8,    /* one chunk of so many is late */
    RANDOM_DELAY_MS = 80, /* by less than that */
};

uint32_t proxy_random(uint32_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

static int64_t delay_ms(struct proxy_rules *rules)
{
    if (rules->random == 0 || proxy_random(&rules->random) % RANDOM_DELAYS != 0)
        return rules->delay_ms;
    return rules->delay_ms + proxy_random(&rules->random) % RANDOM_DELAY_MS;
}

/* When there are too many marks, what is new waits with the last one. */
static void mark(struct proxy_stream *stream, size_t size, int64_t due_ms)
{
    struct proxy_mark *last = NULL;

    if (stream->mark_count > 0) {
        last = &stream->marks[stream->mark_count - 1];
        if (due_ms < last->due_ms)
            due_ms = last->due_ms;
    }
    if (stream->mark_count == PROXY_STREAM_MARKS ||
        (last != NULL && last->due_ms == due_ms)) {
        last->size += size;
        last->due_ms = due_ms;
        return;
    }
    stream->marks[stream->mark_count++] =
        (struct proxy_mark){.size = size, .due_ms = due_ms};
}

enum match { MATCH_NOT, MATCH_PERHAPS, MATCH };

/* Perhaps: the bytes end within the pattern. */
static enum match match(const struct proxy_stream *stream, size_t at,
                        const struct proxy_pattern *pattern)
{
    size_t left = stream->size - at;

    if (pattern->size == 0)
        return MATCH_NOT;
    if (memcmp(stream->bytes + at, pattern->bytes,
               left < pattern->size ? left : pattern->size) != 0)
        return MATCH_NOT;
    return left < pattern->size ? MATCH_PERHAPS : MATCH;
}

static void hold_at(struct proxy_stream *stream, struct proxy_rules *rules,
                    size_t at)
{
    stream->held = true;
    stream->held_at = at;
    rules->hold.size = 0;
}

/* What may be the beginning of a pattern waits for what follows. */
static void scan(struct proxy_stream *stream, struct proxy_rules *rules)
{
    for (; stream->scanned < stream->size; stream->scanned++) {
        size_t at = stream->scanned;
        bool armed = rules->after.size == 0 && !stream->held;
        const struct proxy_pattern *wanted =
            armed ? &rules->hold : &rules->after;
        enum match hold = match(stream, at, wanted);
        enum match find = match(stream, at, &rules->find);

        if (hold == MATCH_PERHAPS || find == MATCH_PERHAPS)
            return;
        if (find == MATCH)
            memcpy(stream->bytes + at, rules->replacement.bytes,
                   rules->find.size);
        if (hold == MATCH && armed)
            hold_at(stream, rules, at);
        else if (hold == MATCH)
            rules->after.size = 0;
    }
}

void proxy_stream_take(struct proxy_stream *stream, struct proxy_rules *rules,
                       size_t size, int64_t now_ms)
{
    if (size > 0) {
        stream->size += size;
        mark(stream, size, now_ms + delay_ms(rules));
    }
    scan(stream, rules);
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

static size_t due_bytes(const struct proxy_stream *stream, int64_t now_ms)
{
    size_t size = 0;

    for (size_t i = 0; i < stream->mark_count; i++) {
        if (stream->marks[i].due_ms > now_ms)
            break;
        size += stream->marks[i].size;
    }
    return size;
}

/* What could go if time were no matter. */
static size_t free_bytes(const struct proxy_stream *stream,
                         const struct proxy_rules *rules)
{
    if (rules->stalled)
        return 0;
    return stream->held ? smaller(stream->held_at, stream->scanned)
                        : stream->scanned;
}

size_t proxy_stream_sendable(const struct proxy_stream *stream,
                             const struct proxy_rules *rules, int64_t now_ms)
{
    size_t size = smaller(free_bytes(stream, rules), due_bytes(stream, now_ms));

    if (rules->rate == 0)
        return size;
    if (now_ms < stream->rate_due_ms)
        return 0;
    return smaller(size, 1 + (size_t)(rules->rate / RATE_STEPS));
}

static void drop_marks(struct proxy_stream *stream, size_t size)
{
    size_t gone = 0;

    while (gone < stream->mark_count && stream->marks[gone].size <= size)
        size -= stream->marks[gone++].size;
    stream->mark_count -= gone;
    memmove(stream->marks, stream->marks + gone,
            stream->mark_count * sizeof stream->marks[0]);
    if (size > 0)
        stream->marks[0].size -= size;
}

void proxy_stream_drop(struct proxy_stream *stream,
                       const struct proxy_rules *rules, size_t size,
                       int64_t now_ms)
{
    stream->size -= size;
    memmove(stream->bytes, stream->bytes + size, stream->size);
    stream->scanned -= size;
    stream->held_at -= stream->held ? size : 0;
    stream->total += size;
    drop_marks(stream, size);
    if (rules->rate > 0)
        stream->rate_due_ms = now_ms + (int64_t)size * MS_PER_S / rules->rate;
}

int64_t proxy_stream_next_ms(const struct proxy_stream *stream,
                             const struct proxy_rules *rules, int64_t now_ms)
{
    int64_t next_ms = now_ms;

    if (free_bytes(stream, rules) == 0)
        return INT64_MAX;
    if (stream->marks[0].due_ms > next_ms)
        next_ms = stream->marks[0].due_ms;
    if (rules->rate > 0 && stream->rate_due_ms > next_ms)
        next_ms = stream->rate_due_ms;
    return next_ms;
}
