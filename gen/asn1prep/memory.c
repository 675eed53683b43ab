#include "memory.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "report.h"

struct block {
    struct block *next;
    max_align_t bytes[];
};

static struct block *blocks;

void *memory_new(size_t size)
{
    struct block *block = calloc(1, sizeof *block + size);

    if (block == NULL)
        fail("out of memory");
    block->next = blocks;
    blocks = block;
    return block->bytes;
}

const char *memory_text(const char *text, size_t size)
{
    char *copy = memory_new(size + 1);

    memcpy(copy, text, size);
    return copy;
}

void *memory_grow(void *items, size_t count, size_t item_size)
{
    bool is_full = (count & (count - 1)) == 0;
    void *larger;

    if (count > 0 && !is_full)
        return items;
    larger = memory_new((count > 0 ? 2 * count : 1) * item_size);
    if (count > 0)
        memcpy(larger, items, count * item_size);
    return larger;
}

void memory_free(void)
{
    while (blocks != NULL) {
        struct block *next = blocks->next;

        free(blocks);
        blocks = next;
    }
}
