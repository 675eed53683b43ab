/* Arrays in any number and size, for tests of throughput and recovery. */
#ifndef SIMULATOR_LOAD_H
#define SIMULATOR_LOAD_H

#include <stepden/records/station_collision_array.h>

/* Between two arrays of one reference station. */
#define SIM_LOAD_STEP_MS 100

#define SIM_LOAD_TARGETS_MAX 255

struct sim_load {
    uint32_t arrays;
    uint32_t targets;    /* in each array, 1..SIM_LOAD_TARGETS_MAX */
    uint32_t references; /* stations that take turns, at least one */
};

/* When array `index` is created, after array 0. */
int64_t sim_load_after_ms(const struct sim_load *load, uint32_t index);

/* Writes array `index`: the targets stand around their reference station. */
void sim_load_fill(struct stepden_station_collision_array *array,
                   const struct sim_load *load, uint32_t index,
                   int64_t creation_its_ms);

#endif
