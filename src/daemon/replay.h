/* The DEN service on recorded input and virtual time, without Redis. */
#ifndef STEPDEN_DAEMON_REPLAY_H
#define STEPDEN_DAEMON_REPLAY_H

#include <stdbool.h>
#include <stdio.h>

#include <stepden/records/config.h>

/*
 * One service does it, however many partitions there are.
 *
 * Reads a message a line from `input`, as stepden_incoming_read_line does, and
 * writes a line an output to `output`: {"message": <envelope>, "uper":
 * "<hex>"}, which can be read again. The number of the line stands for the
 * entry id; empty lines are counted, too.
 *
 * With `explain`, an output has a third member, "why", and there is a line for
 * each target that gives no DENM and for each DENM that comes in: those of
 * daemon/explain.h.
 *
 * An array's creationTime and the detectionTime of a negation of an event of
 * ours move the clock, but never back. What falls due before a line happens
 * before it, at its own time, and what falls due after the last line happens at
 * the end.
 *
 * A line that is refused is reported on `errors`, with its number, the place
 * within it, and why; targets that are refused for lack of room as in the log.
 * Returns an exit code of sysexits.h: EX_OK, EX_DATAERR
 * when a line was refused, EX_IOERR when reading or writing failed, EX_CONFIG,
 * EX_OSERR.
 */
int stepden_replay(const struct stepden_config *config, bool explain,
                   FILE *input, FILE *output, FILE *errors);

#endif
