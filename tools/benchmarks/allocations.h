/* How often memory was asked for: the linker sends malloc and so on here. */
#ifndef BENCH_ALLOCATIONS_H
#define BENCH_ALLOCATIONS_H

#include <stdint.h>

/* Of malloc, calloc and realloc, since the start. */
uint64_t bench_allocations(void);

#endif
