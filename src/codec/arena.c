#include "codec/arena.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_SIZE 8192

struct stepden_arena_block {
    struct stepden_arena_block *before;
    size_t size; /* of what follows */
    alignas(max_align_t) unsigned char bytes[];
};

static struct stepden_arena_block *new_block(struct stepden_arena_block *before,
                                             size_t size)
{
    if (size < BLOCK_SIZE)
        size = BLOCK_SIZE;
    struct stepden_arena_block *block = malloc(sizeof *block + size);

    if (block) {
        block->before = before;
        block->size = size;
    }
    return block;
}

void *stepden_arena_take(struct stepden_arena *arena, size_t size)
{
    size = (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
    if (!arena->block || arena->block->size - arena->used < size) {
        struct stepden_arena_block *block = new_block(arena->block, size);

        if (!block)
            return NULL;
        arena->block = block;
        arena->used = 0;
    }
    void *taken = arena->block->bytes + arena->used;
    arena->used += size;
    return memset(taken, 0, size);
}

void stepden_arena_reset(struct stepden_arena *arena)
{
    while (arena->block && arena->block->before) {
        struct stepden_arena_block *before = arena->block->before;

        free(arena->block);
        arena->block = before;
    }
    arena->used = 0;
}

void stepden_arena_free(struct stepden_arena *arena)
{
    stepden_arena_reset(arena);
    free(arena->block);
    *arena = (struct stepden_arena){0};
}
