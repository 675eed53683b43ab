/* Entries of a stream, page by page. */
#ifndef EXACTLY_ONCE_STREAM_H
#define EXACTLY_ONCE_STREAM_H

#include <stddef.h>

#include "entry_id.h"
#include "support/redis_follow.h"

struct stream {
    const char *key;
    char last[ENTRY_ID_SIZE]; /* id of the last entry read; "" at the start */
};

typedef void stream_take(void *ctx, const char *id, const redisReply *fields);

/*
 * The next entries, at most so many; freed with freeReplyObject. NULL if Redis
 * does not answer.
 */
redisReply *stream_page(struct stream *stream, struct redis_follow *redis,
                        int count);

/* Hands over every entry of a page. */
void stream_each(const redisReply *page, stream_take *take, void *ctx);

/* The value of a field, or NULL. */
const redisReply *stream_field(const redisReply *fields, const char *name);

#endif
