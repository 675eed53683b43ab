/* The values that the steps of a script stand for. */
#ifndef TESTS_UNIT_DEN_MODEL_INPUTS_H
#define TESTS_UNIT_DEN_MODEL_INPUTS_H

#include <stepden/den.h>

#include "script.h"

#define INPUTS_STATION_ID 100u

void inputs_config(struct stepden_config *config,
                   const struct script_step *step);

/* Everything but its creationTime. */
void inputs_array(struct stepden_station_collision_array *array,
                  const struct script_step *step);

/* A DENM about the event of which `sent` was the last we said. */
void inputs_denm(struct stepden_denm_data *denm, const struct script_step *step,
                 const struct stepden_management_container *sent,
                 int64_t now_its_ms);

/* The i-th of the ended events that fill the table. */
void inputs_fill(struct stepden_action_id *action_id,
                 struct stepden_den_record *record,
                 const struct script_step *step, uint32_t i,
                 int64_t now_its_ms);

#endif
