#include "denm/wire.h"

#define FULL_CIRCLE 3600

void stepden_position_to_wire(R2ReferencePosition_t *wire,
                              const struct stepden_position *position)
{
    const struct stepden_position_confidence *ellipse =
        &position->position_confidence;

    *wire = (R2ReferencePosition_t){
        .latitude = position->latitude_e7,
        .longitude = position->longitude_e7,
        .positionConfidenceEllipse =
            {
                .semiMajorConfidence = R2SemiAxisLength_unavailable,
                .semiMinorConfidence = R2SemiAxisLength_unavailable,
                .semiMajorOrientation = R2HeadingValue_unavailable,
            },
        .altitude =
            {
                .altitudeValue = R2AltitudeValue_unavailable,
                .altitudeConfidence = R2AltitudeConfidence_unavailable,
            },
    };
    if (position->has_position_confidence)
        wire->positionConfidenceEllipse = (R2PosConfidenceEllipse_t){
            .semiMajorConfidence =
                ellipse->semi_major_axis_length_confidence_cm,
            .semiMinorConfidence =
                ellipse->semi_minor_axis_length_confidence_cm,
            .semiMajorOrientation = ellipse->semi_major_axis_orientation_ddeg,
        };
    if (position->has_altitude)
        wire->altitude = (R2Altitude_t){
            .altitudeValue = position->altitude.value_cm,
            .altitudeConfidence = position->altitude.confidence,
        };
}

static bool ellipse_from_wire(struct stepden_position_confidence *ellipse,
                              const R2PosConfidenceEllipse_t *wire)
{
    if (wire->semiMajorConfidence == R2SemiAxisLength_unavailable ||
        wire->semiMinorConfidence == R2SemiAxisLength_unavailable ||
        wire->semiMajorOrientation == R2HeadingValue_unavailable)
        return false;

    long major = wire->semiMajorConfidence;
    long minor = wire->semiMinorConfidence;
    long orientation = wire->semiMajorOrientation % FULL_CIRCLE;

    *ellipse = (struct stepden_position_confidence){
        .semi_major_axis_length_confidence_cm =
            (uint16_t)(major > 0 ? major : 1),
        .semi_minor_axis_length_confidence_cm =
            (uint16_t)(minor > 0 ? minor : 1),
        .semi_major_axis_orientation_ddeg = (uint16_t)orientation,
    };
    return true;
}

static bool altitude_from_wire(struct stepden_altitude *altitude,
                               const R2Altitude_t *wire)
{
    if (wire->altitudeValue == R2AltitudeValue_unavailable)
        return false;
    *altitude = (struct stepden_altitude){
        .value_cm = (int32_t)wire->altitudeValue,
        .confidence = (uint8_t)wire->altitudeConfidence,
    };
    return true;
}

void stepden_position_from_wire(struct stepden_position *position,
                                const R2ReferencePosition_t *wire)
{
    *position = (struct stepden_position){
        .latitude_e7 = (int32_t)wire->latitude,
        .longitude_e7 = (int32_t)wire->longitude,
    };
    position->has_position_confidence = ellipse_from_wire(
        &position->position_confidence, &wire->positionConfidenceEllipse);
    position->has_altitude =
        altitude_from_wire(&position->altitude, &wire->altitude);
}

R2Speed_t stepden_speed_to_wire(const struct stepden_speed *speed)
{
    return (R2Speed_t){
        .speedValue = speed->value_cm_s,
        .speedConfidence = speed->confidence_cm_s,
    };
}

bool stepden_speed_from_wire(struct stepden_speed *speed, const R2Speed_t *wire)
{
    *speed = (struct stepden_speed){0};
    if (wire->speedValue == R2SpeedValue_unavailable)
        return false;
    speed->value_cm_s = (uint16_t)wire->speedValue;
    speed->confidence_cm_s = (uint8_t)wire->speedConfidence;
    return true;
}

R2Wgs84Angle_t stepden_heading_to_wire(const struct stepden_heading *heading)
{
    bool is_full_circle = heading->value_ddeg == FULL_CIRCLE;

    return (R2Wgs84Angle_t){
        .value = is_full_circle ? 0 : heading->value_ddeg,
        .confidence = heading->confidence_ddeg,
    };
}

bool stepden_heading_from_wire(struct stepden_heading *heading,
                               const R2Wgs84Angle_t *wire)
{
    *heading = (struct stepden_heading){0};
    if (wire->value == R2Wgs84AngleValue_unavailable)
        return false;
    heading->value_ddeg = (uint16_t)(wire->value % FULL_CIRCLE);
    heading->confidence_ddeg = (uint8_t)wire->confidence;
    return true;
}
