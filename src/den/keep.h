/* Records on their way to a safe place and back. */
#ifndef STEPDEN_DEN_KEEP_H
#define STEPDEN_DEN_KEEP_H

#include "den/service.h"

/* The record's state as it is kept; borrowed until the next call. */
const struct stepden_den_record *
stepden_keep_write(struct stepden_den *den, const struct stepden_record *record,
                   struct stepden_now now);

/* Hands it to the sink. */
void stepden_keep(struct stepden_den *den, struct stepden_record *record,
                  struct stepden_now now);

/*
 * Sets `record`, except what the store sets, to what was kept. Its age is taken
 * from ITS time and is not negative, whatever the clock has done since; what
 * was to come is as far from its last change as it was. False when there is no
 * memory for it.
 */
bool stepden_keep_read(const struct stepden_den *den,
                       struct stepden_record *record,
                       const struct stepden_den_record *kept,
                       struct stepden_now now);

/* Who the record is about. */
struct stepden_parties
stepden_keep_parties(const struct stepden_den_record *kept);

#endif
