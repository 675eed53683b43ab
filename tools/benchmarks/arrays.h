/* Predicted collisions, as they come in. */
#ifndef BENCH_ARRAYS_H
#define BENCH_ARRAYS_H

#include <stddef.h>
#include <stdint.h>

/* The reference station of the arrays with this number. */
#define BENCH_REFERENCE_ID(number) (100000 + (number))

/* Of a station in an array, at most. */
#define BENCH_ARRAY_STATION_MAX 320

/* Holds an array of so many targets. */
#define BENCH_ARRAY_MAX(targets) (((targets) + 2) * BENCH_ARRAY_STATION_MAX)

/*
 * Writes the text of a collision array, and returns its size. The
 * parties of two arrays with different numbers differ, those of one number are
 * the same. It is made at `creation_its_ms`, and none of its collisions is over
 * in the next 20 s. 1 to 255 targets.
 */
size_t bench_array_write(char *json, uint32_t number, uint32_t targets,
                         int64_t creation_its_ms);

#endif
