/* The life of an event: EN 302 637-3, clauses 6.1 and 8.2. */
#ifndef STEPDEN_DEN_LIFE_H
#define STEPDEN_DEN_LIFE_H

#include "den/mapping.h"
#include "den/service.h"

/*
 * Takes in one prediction, whose output is called `id`: triggers or updates its
 * event, or counts why not.
 */
void stepden_life_take(struct stepden_den *den,
                       const struct stepden_prediction *prediction,
                       const char *id, struct stepden_now now);

/* Ends the active event, which others have seen to be over. */
void stepden_life_negate(struct stepden_den *den, uint32_t handle,
                         struct stepden_now now);

/* Does what is due for this record, and sets its next deadline. */
void stepden_life_run(struct stepden_den *den, uint32_t handle,
                      struct stepden_now now);

/* Sets the record's next deadline. */
void stepden_life_schedule(struct stepden_den *den, uint32_t handle);

#endif
