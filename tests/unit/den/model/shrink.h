/* A failing script becomes a small one that still fails (delta debugging). */
#ifndef TESTS_UNIT_DEN_MODEL_SHRINK_H
#define TESTS_UNIT_DEN_MODEL_SHRINK_H

#include <stdbool.h>

#include "script.h"

/*
 * Leaves out steps and makes values usual, or at least nearer to that, for as
 * long as `fails` holds, which it does in the beginning.
 */
void shrink(struct script *script, bool (*fails)(const struct script *script));

#endif
