/* The way that a party is expected to take (TS 102 894-2, PathPredicted2). */
#ifndef STEPDEN_DEN_PREDICTED_PATH_H
#define STEPDEN_DEN_PREDICTED_PATH_H

#include <stepden/den.h>

/*
 * Makes `path` of the station's predictedPath, which may give no point: the
 * first one relative to `event` and to detectionTime, every other one to the
 * point before it. The station was measured `measured_ms` after detectionTime,
 * or before if that is negative. Times are rounded to 0.1 s, from 12.7 s on
 * down to 1 s, and errors do not add up.
 *
 * Points before detectionTime are left out. A point too far away, too late, or
 * earlier than the one before ends the path.
 */
void stepden_predicted_path_fill(
    struct stepden_predicted_path *path,
    const struct stepden_collision_station *station,
    const struct stepden_position *event, int64_t measured_ms);

#endif
