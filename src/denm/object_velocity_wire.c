#include <math.h>

#include "denm/object_wire.h"

#define FULL_CIRCLE 3600
#define EAST 900

/* Between a heading and an angle from east; it is its own inverse. */
static long turn(long angle)
{
    return (EAST - angle + 2 * FULL_CIRCLE) % FULL_CIRCLE;
}

R2Velocity3dWithConfidence_t
stepden_velocity_to_wire(const struct stepden_perceived_object *object)
{
    R2VelocityPolarWithZ_t polar = {
        .velocityMagnitude = {.speedValue = R2SpeedValue_unavailable,
                              .speedConfidence = R2SpeedConfidence_unavailable},
        .velocityDirection = {.value = R2CartesianAngleValue_unavailable,
                              .confidence = R2AngleConfidence_unavailable},
    };

    if (object->has_speed)
        polar.velocityMagnitude = stepden_speed_to_wire(&object->speed);
    if (object->has_heading)
        polar.velocityDirection = (R2CartesianAngle_t){
            .value = turn(object->heading.value_ddeg),
            .confidence = object->heading.confidence_ddeg,
        };
    return (R2Velocity3dWithConfidence_t){
        .present = R2Velocity3dWithConfidence_PR_polarVelocity,
        .choice = {.polarVelocity = polar},
    };
}

static void polar_from_wire(struct stepden_perceived_object *object,
                            const R2VelocityPolarWithZ_t *wire)
{
    const R2CartesianAngle_t *direction = &wire->velocityDirection;

    object->has_speed =
        stepden_speed_from_wire(&object->speed, &wire->velocityMagnitude);
    if (direction->value >= FULL_CIRCLE)
        return;
    object->has_heading = true;
    object->heading = (struct stepden_heading){
        .value_ddeg = (uint16_t)turn(direction->value),
        .confidence_ddeg = (uint8_t)direction->confidence,
    };
}

static void cartesian_from_wire(struct stepden_perceived_object *object,
                                const R2VelocityCartesian_t *wire)
{
    double east = (double)wire->xVelocity.value;
    double north = (double)wire->yVelocity.value;

    if (wire->xVelocity.value == R2VelocityComponentValue_unavailable ||
        wire->yVelocity.value == R2VelocityComponentValue_unavailable)
        return;

    double speed = fmin(hypot(east, north), R2SpeedValue_outOfRange);
    long angle = lround(atan2(north, east) * 1800 / M_PI);
    object->has_speed = true;
    object->speed = (struct stepden_speed){
        .value_cm_s = (uint16_t)lround(speed),
        .confidence_cm_s = R2SpeedConfidence_unavailable,
    };
    if (east == 0 && north == 0)
        return;
    object->has_heading = true;
    object->heading = (struct stepden_heading){
        .value_ddeg = (uint16_t)turn(angle),
        .confidence_ddeg = R2AngleConfidence_unavailable,
    };
}

void stepden_velocity_from_wire(struct stepden_perceived_object *object,
                                const R2Velocity3dWithConfidence_t *wire)
{
    switch (wire->present) {
    case R2Velocity3dWithConfidence_PR_polarVelocity:
        polar_from_wire(object, &wire->choice.polarVelocity);
        break;
    case R2Velocity3dWithConfidence_PR_cartesianVelocity:
        cartesian_from_wire(object, &wire->choice.cartesianVelocity);
        break;
    case R2Velocity3dWithConfidence_PR_NOTHING:
        break;
    }
}
