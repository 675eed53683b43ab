#include "common/keep.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct block {
    struct block *next;
    max_align_t memory[];
};

static struct block *kept;

void *keep_alloc(size_t size)
{
    struct block *block = calloc(1, sizeof(*block) + size);

    if (block == NULL) {
        fputs("schemac: out of memory\n", stderr);
        exit(EXIT_FAILURE);
    }
    block->next = kept;
    kept = block;
    return block->memory;
}

char *keep_format(const char *format, ...)
{
    va_list args;
    int size;
    char *text;

    va_start(args, format);
    size = vsnprintf(NULL, 0, format, args);
    va_end(args);
    text = keep_alloc((size_t)size + 1);
    va_start(args, format);
    vsnprintf(text, (size_t)size + 1, format, args);
    va_end(args);
    return text;
}

void *keep_grow(void *items, size_t count, size_t size)
{
    void *grown;

    if (count != 0 && (count & (count - 1)) != 0)
        return items;
    grown = keep_alloc((count == 0 ? 1 : 2 * count) * size);
    if (count != 0)
        memcpy(grown, items, count * size);
    return grown;
}
