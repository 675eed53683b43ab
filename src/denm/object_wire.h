/* The larger members of a PerceivedObject (TS 102 894-2), one file each. */
#ifndef STEPDEN_DENM_OBJECT_WIRE_H
#define STEPDEN_DENM_OBJECT_WIRE_H

#include <R2ObjectClass.h>
#include <R2PerceivedObject.h>

#include "denm/wire.h"

/*
 * The offset of `position` from `origin` (base/tangent_plane.h) in 0.01 m;
 * beyond CartesianCoordinateLarge its codes for out of range. z is there if
 * both heights are known; `z` is its storage. The confidence of x and y is the
 * half width and the half height of the box around the confidence ellipse.
 */
void stepden_offset_to_wire(R2CartesianPosition3dWithConfidence_t *wire,
                            R2CartesianCoordinateWithConfidence_t *z,
                            const struct stepden_position *position,
                            const struct stepden_position *origin);

/*
 * The reverse. An offset out of range is taken for its limit, the ellipse lies
 * along the axes, and around an unavailable origin there is no other position.
 */
void stepden_offset_from_wire(struct stepden_position *position,
                              const R2CartesianPosition3dWithConfidence_t *wire,
                              const struct stepden_position *origin);

/* Polar: the direction counts from east, counter-clockwise. */
R2Velocity3dWithConfidence_t
stepden_velocity_to_wire(const struct stepden_perceived_object *object);

/* Sets the speed and the heading of `object`, from polar or cartesian. */
void stepden_velocity_from_wire(struct stepden_perceived_object *object,
                                const R2Velocity3dWithConfidence_t *wire);

R2ObjectClass_t
stepden_class_to_wire(const struct stepden_classification *classification);

/* Returns false for a class that has no station type, as a group of VRUs. */
bool stepden_class_from_wire(struct stepden_classification *classification,
                             const R2ObjectClass_t *wire);

#endif
