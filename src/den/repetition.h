/*
 * Repetition (EN 302 637-3, clauses 6.1.2.3 and 8.2.2): the last DENM of an
 * event once more, unchanged, at each whole number of repetitionIntervals after
 * it was sent, until repetitionDuration or its validity is over.
 *
 * After the n-th interval comes repetition n. No number comes twice, whatever
 * the clock and the configuration after a restart: the kept record has the last
 * number that there can be. What is restored numbers from there, and its own
 * last number is kept with its first repetition; no other one keeps anything.
 */
#ifndef STEPDEN_DEN_REPETITION_H
#define STEPDEN_DEN_REPETITION_H

#include "den/service.h"

/*
 * What is repeated from now on is `denm`, which the record says when was sent;
 * nothing, if the configuration has no repetition. Beats until `now` are not
 * made up for. An event that cannot be repeated for lack of memory is not. The
 * interval and the duration are those of now, whatever they become. The record
 * is to be kept before the first repetition, or together with it.
 */
void stepden_repetition_start(const struct stepden_den *den,
                              struct stepden_record *record,
                              const struct stepden_origin *origin,
                              const struct stepden_denm_data *denm,
                              struct stepden_now now);

/* After the start of what is restored: numbers up to `taken` are taken. */
void stepden_repetition_go_on(struct stepden_record *record, int64_t taken);

/* No number before the next start is higher. */
int64_t stepden_repetition_last_number(const struct stepden_record *record);

void stepden_repetition_stop(struct stepden_record *record);

/* When the next one is due, INT64_MAX if none is. */
int64_t stepden_repetition_due_at(const struct stepden_record *record);

/*
 * The number of the latest beat until now, of which it is the turn, and on to
 * the one after it.
 */
int64_t stepden_repetition_next(struct stepden_record *record,
                                struct stepden_now now);

#endif
