#include <stdlib.h>

#include "redis/link_parts.h"

enum { FIRST_CAPACITY = 16 };

static struct stepden_link_awaited *at(struct stepden_link_queue *queue,
                                       size_t place)
{
    return &queue->items[(queue->first + place) & (queue->capacity - 1)];
}

static bool grow(struct stepden_link_queue *queue)
{
    size_t capacity =
        queue->capacity > 0 ? queue->capacity * 2 : FIRST_CAPACITY;
    struct stepden_link_awaited *items = calloc(capacity, sizeof *items);

    if (items == NULL)
        return false;
    for (size_t i = 0; i < queue->count; i++)
        items[i] = *at(queue, i);
    free(queue->items);
    queue->items = items;
    queue->capacity = capacity;
    queue->first = 0;
    return true;
}

bool stepden_link_queue_push(struct stepden_link_queue *queue,
                             stepden_link_answer *take, void *ctx, size_t count)
{
    struct stepden_link_awaited *last =
        queue->count > 0 ? at(queue, queue->count - 1) : NULL;

    if (last != NULL && last->take == take && last->ctx == ctx) {
        last->count += count;
        return true;
    }
    if (queue->count == queue->capacity && !grow(queue))
        return false;
    *at(queue, queue->count) =
        (struct stepden_link_awaited){.take = take, .ctx = ctx, .count = count};
    queue->count++;
    return true;
}

bool stepden_link_queue_pop(struct stepden_link_queue *queue,
                            struct stepden_link_awaited *awaited)
{
    if (queue->count == 0)
        return false;
    *awaited = *at(queue, 0);
    if (--at(queue, 0)->count == 0) {
        queue->first = (queue->first + 1) & (queue->capacity - 1);
        queue->count--;
    }
    return true;
}

void stepden_link_queue_clear(struct stepden_link_queue *queue)
{
    free(queue->items);
    *queue = (struct stepden_link_queue){0};
}
