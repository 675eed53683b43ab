/* DENMs on their way out, and what remains of them in their record. */
#ifndef STEPDEN_DEN_SEND_H
#define STEPDEN_DEN_SEND_H

#include "den/service.h"

/*
 * Sends a live DENM of the record: a trigger if it is NEW, else an update. Sets
 * its referenceTime, notes in the record what a cancellation needs, and starts
 * its repetition anew.
 */
void stepden_send_live(struct stepden_den *den, struct stepden_record *record,
                       enum stepden_den_reason reason,
                       const struct stepden_origin *origin,
                       struct stepden_denm_data *denm, struct stepden_now now);

/*
 * Keeps a copy of the update to be sent later, in place of one that is held
 * already. False when there is no memory for it.
 */
bool stepden_send_hold(struct stepden_record *record,
                       const struct stepden_origin *origin,
                       const struct stepden_denm_data *denm);

/*
 * Sends the update that is held, unless the clock has been set beyond its
 * validity (clause 8.2.2).
 */
void stepden_send_held(struct stepden_den *den, struct stepden_record *record,
                       struct stepden_now now);

/* No update waits any longer. */
void stepden_send_drop_held(struct stepden_record *record);

/* Sends what is repeated once more, unless it is too late for that. */
void stepden_send_repetition(struct stepden_den *den,
                             struct stepden_record *record,
                             struct stepden_now now);

/*
 * Sends the cancellation: the management container alone (clause 7.1), valid
 * for as long as receivers know the event. It is what is repeated from now on.
 */
void stepden_send_cancellation(struct stepden_den *den,
                               struct stepden_record *record,
                               enum stepden_den_reason reason,
                               struct stepden_now now);

#endif
