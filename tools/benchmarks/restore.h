/* A service that takes over records: how soon it goes on. */
#ifndef BENCH_RESTORE_H
#define BENCH_RESTORE_H

#include <stdint.h>

struct bench_grid;
struct bench_machine;
struct bench_options;

/* An empty grid for what follows. */
struct bench_grid bench_restore_grid(void);

/* Adds the row of so many records, with `aof` of bench_aof. */
void bench_restore(struct bench_grid *grid, const struct bench_machine *machine,
                   const struct bench_options *options, const char *aof,
                   uint32_t records);

#endif
