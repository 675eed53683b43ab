/* Where the arrays go: NDJSON on standard output, or a Redis stream. */
#ifndef SIMULATOR_OUTPUT_H
#define SIMULATOR_OUTPUT_H

#include <stdbool.h>
#include <stdint.h>

#include <stepden/records/station_collision_array.h>

struct sim_output;

/*
 * Opens the stream `key` of the Redis server at the Unix socket `path`, or
 * standard output when `path` is NULL. With `partitions`, each array goes to
 * the stream of its own, of which "{p}" in `key` stands for the number. `key`
 * is borrowed. NULL when it cannot; the reason is then on standard error.
 */
struct sim_output *sim_output_new(const char *path, const char *key,
                                  uint32_t partitions);

void sim_output_free(struct sim_output *output);

/* Puts `array` out in a CloudEvents envelope. False when it cannot. */
bool sim_output_put(struct sim_output *output,
                    const struct stepden_station_collision_array *array);

/* Arrays put out so far. */
uint64_t sim_output_count(const struct sim_output *output);

#endif
