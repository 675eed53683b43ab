/* What a collision predictor with constant-velocity motion makes of a scene. */
#ifndef SIMULATOR_PREDICT_H
#define SIMULATOR_PREDICT_H

#include <stdbool.h>

#include <stepden/records/station_collision_array.h>

#include "scene.h"

/* Meetings further ahead than this are not predicted. */
#define SIM_HORIZON_S 6.0

/* From the measurement of the scene to the prediction made of it. */
#define SIM_LATENCY_MS 30

/*
 * Predicts the collisions of the connected actor at `reference` in a scene
 * measured at `measured_its_ms`. False, and nothing written, when there are
 * none.
 */
bool sim_predict(struct stepden_station_collision_array *array,
                 const struct sim_scene *scene, size_t reference,
                 int64_t measured_its_ms);

#endif
