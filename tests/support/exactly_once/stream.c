#include "stream.h"

#include <stdio.h>
#include <string.h>

redisReply *stream_page(struct stream *stream, struct redis_follow *redis,
                        int count)
{
    redisReply *page =
        redis_follow_ask(redis, "XRANGE %s %s%s + COUNT %d", stream->key,
                         stream->last[0] ? "(" : "",
                         stream->last[0] ? stream->last : "-", count);

    if (page != NULL && page->type != REDIS_REPLY_ARRAY) {
        freeReplyObject(page);
        return NULL;
    }
    if (page != NULL && page->elements > 0)
        snprintf(stream->last, sizeof stream->last, "%s",
                 page->element[page->elements - 1]->element[0]->str);
    return page;
}

void stream_each(const redisReply *page, stream_take *take, void *ctx)
{
    for (size_t i = 0; i < page->elements; i++)
        take(ctx, page->element[i]->element[0]->str,
             page->element[i]->element[1]);
}

const redisReply *stream_field(const redisReply *fields, const char *name)
{
    for (size_t i = 0; i + 1 < fields->elements; i += 2)
        if (strcmp(fields->element[i]->str, name) == 0)
            return fields->element[i + 1];
    return NULL;
}
