/*
 * Memory for one tree, given back as a whole. What it gives is zero, aligned
 * for anything, and stays where it is.
 */
#ifndef STEPDEN_CODEC_ARENA_H
#define STEPDEN_CODEC_ARENA_H

#include <stddef.h>

/* All zero is an empty one. */
struct stepden_arena {
    struct stepden_arena_block *block; /* the newest */
    size_t used;                       /* of it */
};

/* NULL without memory. */
void *stepden_arena_take(struct stepden_arena *arena, size_t size);

/* Takes everything back, and keeps one block for what comes next. */
void stepden_arena_reset(struct stepden_arena *arena);

void stepden_arena_free(struct stepden_arena *arena);

#endif
