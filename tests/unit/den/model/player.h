/* Plays a script to the DEN service and to the model, and compares them. */
#ifndef TESTS_UNIT_DEN_MODEL_PLAYER_H
#define TESTS_UNIT_DEN_MODEL_PLAYER_H

#include <stdbool.h>
#include <stdio.h>

#include "script.h"

/*
 * Plays the script; false when service and model differ, or when receivers
 * would complain. Writes what happens into `story`, unless that is NULL; ends
 * with the difference.
 */
bool player_play(const struct script *script, FILE *story);

/* The index of the step that was played last. */
uint32_t player_last_step(void);

#endif
