#include "benchmarks/allocations.h"

#include <stddef.h>

static uint64_t count;

/* The names that --wrap of the linker has for the real ones and for ours. */
void *__real_malloc(size_t size);
void *__real_calloc(size_t number, size_t size);
void *__real_realloc(void *memory, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t number, size_t size);
void *__wrap_realloc(void *memory, size_t size);

void *__wrap_malloc(size_t size)
{
    count++;
    return __real_malloc(size);
}

void *__wrap_calloc(size_t number, size_t size)
{
    count++;
    return __real_calloc(number, size);
}

void *__wrap_realloc(void *memory, size_t size)
{
    count++;
    return __real_realloc(memory, size);
}

uint64_t bench_allocations(void)
{
    return count;
}
