/* Scripts by chance, of the kind that find faults. */
#ifndef TESTS_UNIT_DEN_MODEL_RANDOM_H
#define TESTS_UNIT_DEN_MODEL_RANDOM_H

#include <stdint.h>

#include "script.h"

/* Makes the script of this seed, the same each time. */
void random_script(struct script *script, uint64_t seed);

#endif
