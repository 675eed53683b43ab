/* Predictions on their way in. */
#ifndef STEPDEN_DEN_TAKE_H
#define STEPDEN_DEN_TAKE_H

#include "den/mapping.h"
#include "den/service.h"

/* Fetches what is known of the targets that are about to come in. */
void stepden_take_expect(const struct stepden_den *den);

/*
 * Takes in one prediction: triggers or updates its event (EN 302 637-3, clauses
 * 6.1.2.1 and 6.1.2.2), or says why not. The choice of `origin` is set.
 */
void stepden_take_prediction(struct stepden_den *den,
                             const struct stepden_prediction *prediction,
                             struct stepden_origin *origin,
                             struct stepden_now now);

#endif
