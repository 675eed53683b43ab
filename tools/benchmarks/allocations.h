/*
 * How often memory was asked for, and how much there is: the linker sends
 * malloc, free and so on here.
 */
#ifndef BENCH_ALLOCATIONS_H
#define BENCH_ALLOCATIONS_H

#include <stdint.h>

/* Of malloc, calloc and realloc, since the start. */
uint64_t bench_allocations(void);

/* Allocated and not freed. */
uint64_t bench_allocated_bytes(void);

/* Of the process, those that are in memory. */
uint64_t bench_resident_bytes(void);

#endif
