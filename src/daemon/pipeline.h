/*
 * The way of one message: stream entry -> message -> DEN service -> output
 * entries and kept records, all of which belong to one commit of the session.
 */
#ifndef STEPDEN_DAEMON_PIPELINE_H
#define STEPDEN_DAEMON_PIPELINE_H

#include <stepden/den.h>
#include <stepden/records/config.h>
#include <stepden/status.h>

#include "daemon/desk.h"
#include "den/sight.h"
#include "redis/session.h"

struct stepden_pipeline;

/*
 * Makes the pipeline of a partition, and its DEN service. The desk, its
 * configuration and its log are borrowed until stepden_pipeline_free.
 *
 * STEPDEN_ERR_MEMORY, and the errors of stepden_den_new_partition
 */
STEPDEN_CHECKED enum stepden_status
stepden_pipeline_new(struct stepden_pipeline **pipeline,
                     struct stepden_desk *desk, uint32_t partition,
                     struct stepden_diag *diag);

void stepden_pipeline_free(struct stepden_pipeline *pipeline);

/*
 * The configuration has changed in its place, but for its stations. There may
 * be an earlier deadline now.
 */
void stepden_pipeline_configure(struct stepden_pipeline *pipeline);

/* Where entries come from and outputs go to; borrowed. */
void stepden_pipeline_connect(struct stepden_pipeline *pipeline,
                              struct stepden_session *session);

/*
 * Takes in one entry and settles it: what cannot be used goes to the dead
 * letters, with a warning: at once, and then seldom. What belongs to another
 * partition is done all the same, with a warning.
 */
void stepden_pipeline_take(struct stepden_pipeline *pipeline,
                           const struct stepden_entry *entry,
                           struct stepden_now now);

/* Notes one that the session has rejected by itself, as it is too large: warns
 * in the same way. */
void stepden_pipeline_note_rejected(struct stepden_pipeline *pipeline,
                                    const struct stepden_entry *entry,
                                    const char *reason, struct stepden_now now);

/* Does what is due; returns the monotonic time to call again, or INT64_MAX. */
int64_t stepden_pipeline_run(struct stepden_pipeline *pipeline,
                             struct stepden_now now);

/* Forgets all records, before those that Redis has are restored. */
void stepden_pipeline_clear(struct stepden_pipeline *pipeline);

/* Restores one kept record; one that cannot be used is left out, and said. */
void stepden_pipeline_restore(struct stepden_pipeline *pipeline,
                              const char *field, size_t field_size,
                              const char *value, size_t value_size,
                              struct stepden_now now);

/*
 * After the last record was restored: sees to it that no sequence number is
 * used again which receivers may still know, though the records do not. Half of
 * all numbers are left out if these are of another server, or of one that was
 * restarted, or if one of them could not be restored. Without any, and if none
 * was given out yet, the clock tells where to begin.
 */
void stepden_pipeline_begin(struct stepden_pipeline *pipeline,
                            bool server_changed, struct stepden_now now);

/* Borrowed; valid until the pipeline is freed. */
const struct stepden_den_counters *
stepden_pipeline_counters(const struct stepden_pipeline *pipeline);

/* How many action ids it has. */
uint32_t stepden_pipeline_numbers(const struct stepden_pipeline *pipeline);

/* Shows every active event, in any order. */
void stepden_pipeline_each_event(const struct stepden_pipeline *pipeline,
                                 stepden_sight_see *see, void *ctx);

#endif
