/* Why a DENM was sent, and why none was: as JSON and for the log. */
#ifndef STEPDEN_DAEMON_EXPLAIN_H
#define STEPDEN_DAEMON_EXPLAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <stepden/den.h>

/* Holds any of the texts below; ids are escaped, six characters for each. */
#define STEPDEN_EXPLAIN_MAX (256 + 6 * STEPDEN_EVENT_ID_SIZE)

#define STEPDEN_EXPLAIN_ID_MAX sizeof "4294967295:65535"

/*
 * Write a JSON object, and return its size; no NUL.
 *
 * why       {"kind":"update","reason":"newer","event":"12/0","subCause":2,
 *           "rule":"headings","candidate":3,"confirmed":1,
 *           "headingDifference":91.5,"bearing":12}
 *           Angles are degrees. What is unknown or has no meaning is left out:
 *           all from subCause on of a cancellation, the candidate if the rules
 *           chose the sub-cause that is sent.
 * skipped   {"skipped":{"event":"12/1","actionId":{"originatingStationId":4711,
 *           "sequenceNumber":0},"reason":"not newer"}}
 *           Without actionId if that is NULL.
 * received  {"received":{"line":12,"actionId":{"originatingStationId":4711,
 *           "sequenceNumber":0},"verdict":"outdated"}}
 */
size_t stepden_explain_why(char text[STEPDEN_EXPLAIN_MAX],
                           const struct stepden_den_output *output);
size_t stepden_explain_skipped(char text[STEPDEN_EXPLAIN_MAX],
                               const char *event_id,
                               const struct stepden_action_id *action_id,
                               enum stepden_den_skip why);
size_t stepden_explain_received(char text[STEPDEN_EXPLAIN_MAX], uint64_t line,
                                const struct stepden_denm_data *denm,
                                enum stepden_den_verdict verdict);

/*
 * Writes the same of an output as words of a line of the log, and returns
 * `text`: "kind=update reason=newer event=12-0/0 sub_cause=2 ...".
 */
const char *stepden_explain_log(char text[STEPDEN_EXPLAIN_MAX],
                                const struct stepden_den_output *output);

/*
 * Writes the action id as it is in the log and in the field of a record, and
 * returns it: "4711:0", or "-" if it is NULL.
 */
const char *stepden_explain_id(char text[STEPDEN_EXPLAIN_ID_MAX],
                               const struct stepden_action_id *action_id);

/*
 * Reads what is written so; false if the `size` bytes at `text` are not, and
 * then `*action_id` may be any.
 */
bool stepden_explain_read_id(struct stepden_action_id *action_id,
                             const char *text, size_t size);

#endif
