/* How an event goes on and ends: EN 302 637-3, clauses 6.1.2 and 8.2. */
#ifndef STEPDEN_DEN_LIFE_H
#define STEPDEN_DEN_LIFE_H

#include "den/service.h"

/* Does what is due for this record, and sets its next deadline. */
void stepden_life_run(struct stepden_den *den, uint32_t handle,
                      struct stepden_now now);

/* Ends the active event, which others have seen to be over. */
void stepden_life_negate(struct stepden_den *den, uint32_t handle,
                         struct stepden_now now);

/*
 * Ends the active event, of which the validity is over: receivers have
 * forgotten it, so nothing is sent (clause 8.2.1.5).
 */
void stepden_life_expire(struct stepden_den *den, uint32_t handle);

/* Sets the record's next deadline. */
void stepden_life_schedule(struct stepden_den *den, uint32_t handle);

#endif
