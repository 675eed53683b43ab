/*
 * The place of a field in a message, as in
 * "denm.location.detectionZonesToEventPosition[0][3].pathDeltaTime": a chain
 * on the stack of who walks. Extension groups have no name in it.
 */
#ifndef STEPDEN_CODEC_FIELD_PATH_H
#define STEPDEN_CODEC_FIELD_PATH_H

#include <stddef.h>
#include <stdint.h>

#include <stepden/status.h>

#include "base/diag.h"

struct stepden_member;
struct stepden_type;

/* A step from the message to the field. NULL is the message itself. */
struct stepden_step {
    const struct stepden_step *before;
    const struct stepden_member *member; /* NULL: an element */
    int index;
};

/* Writes the path, cut to fit, NUL-terminated; returns its length. */
size_t stepden_step_path(char *path, size_t size,
                         const struct stepden_step *step);

/* Fills `diag`, unless NULL, for the field at `step`; returns `status`. */
enum stepden_status
stepden_step_refuse(struct stepden_diag *diag, enum stepden_status status,
                    const struct stepden_step *step, const char *format, ...)
    STEPDEN_PRINTF(4, 5);

/*
 * Puts the path of `step` before the place that `diag`, unless NULL, has: of
 * who refused and knew of less of the way. Returns `status`.
 */
enum stepden_status stepden_step_prepend(struct stepden_diag *diag,
                                         enum stepden_status status,
                                         const struct stepden_step *step);

/* STEPDEN_ERR_RANGE: "900000002 is outside -900000000..900000001". */
enum stepden_status stepden_step_refuse_value(struct stepden_diag *diag,
                                              const struct stepden_step *step,
                                              const struct stepden_type *type,
                                              int64_t number);

/* STEPDEN_ERR_RANGE: "8 elements, outside 1..7". */
enum stepden_status stepden_step_refuse_length(struct stepden_diag *diag,
                                               const struct stepden_step *step,
                                               const struct stepden_type *type,
                                               uint64_t length);

#endif
