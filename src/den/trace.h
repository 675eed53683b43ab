/* The way that led to an event (TS 102 894-2, Path). */
#ifndef STEPDEN_DEN_TRACE_H
#define STEPDEN_DEN_TRACE_H

#include <stepden/den.h>

/*
 * Makes a trace of the station's pathHistory: its newest point relative to
 * `event`, every other one relative to the point before it. A point too far
 * away for that ends the trace.
 */
void stepden_trace_fill(struct stepden_trace *trace,
                        const struct stepden_collision_station *station,
                        const struct stepden_position *event);

#endif
