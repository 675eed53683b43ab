/* Randomness of the system, and pauses that grow. */
#ifndef STEPDEN_REDIS_BACKOFF_H
#define STEPDEN_REDIS_BACKOFF_H

#include <stddef.h>
#include <stdint.h>

/* Fills in unpredictable bytes. */
void stepden_random_fill(void *bytes, size_t size);

/* Between half of `ms` and `ms`, at random. */
int64_t stepden_backoff_jitter(int64_t ms);

/* The pause before attempt `attempt` (0 is the first): `first_ms`, doubled
 * with each attempt up to `most_ms`, with jitter. */
int64_t stepden_backoff_ms(unsigned attempt, int64_t first_ms, int64_t most_ms);

#endif
