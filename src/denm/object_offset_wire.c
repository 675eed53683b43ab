#include <math.h>

#include <R2CartesianCoordinateWithConfidence.h>

#include "base/tangent_plane.h"
#include "denm/object_wire.h"

/* By AltitudeConfidence; more than CoordinateConfidence has is out of range. */
static const R2CoordinateConfidence_t height_confidence_cm[] = {
    [R2AltitudeConfidence_alt_000_01] = 1,
    [R2AltitudeConfidence_alt_000_02] = 2,
    [R2AltitudeConfidence_alt_000_05] = 5,
    [R2AltitudeConfidence_alt_000_10] = 10,
    [R2AltitudeConfidence_alt_000_20] = 20,
    [R2AltitudeConfidence_alt_000_50] = 50,
    [R2AltitudeConfidence_alt_001_00] = 100,
    [R2AltitudeConfidence_alt_002_00] = 200,
    [R2AltitudeConfidence_alt_005_00] = 500,
    [R2AltitudeConfidence_alt_010_00] = 1000,
    [R2AltitudeConfidence_alt_020_00] = 2000,
    [R2AltitudeConfidence_alt_050_00] = R2CoordinateConfidence_outOfRange,
    [R2AltitudeConfidence_alt_100_00] = R2CoordinateConfidence_outOfRange,
    [R2AltitudeConfidence_alt_200_00] = R2CoordinateConfidence_outOfRange,
};

struct box {
    R2CoordinateConfidence_t east;
    R2CoordinateConfidence_t north;
};

static struct stepden_point point_of(const struct stepden_position *position)
{
    return (struct stepden_point){position->latitude_e7,
                                  position->longitude_e7};
}

static R2CartesianCoordinateLarge_t coordinate(long offset_cm)
{
    if (offset_cm < R2CartesianCoordinateLarge_negativeOutOfRange)
        return R2CartesianCoordinateLarge_negativeOutOfRange;
    if (offset_cm > R2CartesianCoordinateLarge_positiveOutOfRange)
        return R2CartesianCoordinateLarge_positiveOutOfRange;
    return offset_cm;
}

static R2CoordinateConfidence_t half_side(double major, double minor)
{
    long half = lround(sqrt(major * major + minor * minor));

    return half > 0 ? half : 1;
}

static struct box box_around(const struct stepden_position *position)
{
    const struct stepden_position_confidence *ellipse =
        &position->position_confidence;
    double major = ellipse->semi_major_axis_length_confidence_cm;
    double minor = ellipse->semi_minor_axis_length_confidence_cm;
    double angle = ellipse->semi_major_axis_orientation_ddeg * M_PI / 1800;

    if (!position->has_position_confidence)
        return (struct box){R2CoordinateConfidence_unavailable,
                            R2CoordinateConfidence_unavailable};
    if (major >= R2SemiAxisLength_outOfRange ||
        minor >= R2SemiAxisLength_outOfRange)
        return (struct box){R2CoordinateConfidence_outOfRange,
                            R2CoordinateConfidence_outOfRange};
    return (struct box){
        .east = half_side(major * sin(angle), minor * cos(angle)),
        .north = half_side(major * cos(angle), minor * sin(angle)),
    };
}

static R2CoordinateConfidence_t height_confidence(uint8_t confidence)
{
    if (confidence >= R2AltitudeConfidence_outOfRange)
        return confidence == R2AltitudeConfidence_outOfRange
                   ? R2CoordinateConfidence_outOfRange
                   : R2CoordinateConfidence_unavailable;
    return height_confidence_cm[confidence];
}

void stepden_offset_to_wire(R2CartesianPosition3dWithConfidence_t *wire,
                            R2CartesianCoordinateWithConfidence_t *z,
                            const struct stepden_position *position,
                            const struct stepden_position *origin)
{
    struct stepden_offset offset =
        stepden_offset_to(point_of(origin), point_of(position));
    struct box confidence = box_around(position);

    *wire = (R2CartesianPosition3dWithConfidence_t){
        .xCoordinate = {.value = coordinate(lround(offset.east_m * 100)),
                        .confidence = confidence.east},
        .yCoordinate = {.value = coordinate(lround(offset.north_m * 100)),
                        .confidence = confidence.north},
    };
    if (!position->has_altitude || !origin->has_altitude)
        return;
    *z = (R2CartesianCoordinateWithConfidence_t){
        .value =
            coordinate(position->altitude.value_cm - origin->altitude.value_cm),
        .confidence = height_confidence(position->altitude.confidence),
    };
    wire->zCoordinate = z;
}

static bool ellipse_from_box(struct stepden_position_confidence *ellipse,
                             R2CoordinateConfidence_t east,
                             R2CoordinateConfidence_t north)
{
    if (east == R2CoordinateConfidence_unavailable ||
        north == R2CoordinateConfidence_unavailable)
        return false;

    long major = east > north ? east : north;
    long minor = east > north ? north : east;
    if (major > R2SemiAxisLength_outOfRange)
        major = R2SemiAxisLength_outOfRange;
    if (minor > R2SemiAxisLength_outOfRange)
        minor = R2SemiAxisLength_outOfRange;
    *ellipse = (struct stepden_position_confidence){
        .semi_major_axis_length_confidence_cm = (uint16_t)major,
        .semi_minor_axis_length_confidence_cm = (uint16_t)minor,
        .semi_major_axis_orientation_ddeg =
            east > north ? R2HeadingValue_wgs84East : R2HeadingValue_wgs84North,
    };
    return true;
}

/* The smallest class that covers `confidence`. */
static uint8_t altitude_confidence(R2CoordinateConfidence_t confidence)
{
    uint8_t class = R2AltitudeConfidence_alt_000_01;

    if (confidence == R2CoordinateConfidence_outOfRange)
        return R2AltitudeConfidence_outOfRange;
    if (confidence == R2CoordinateConfidence_unavailable)
        return R2AltitudeConfidence_unavailable;
    while (height_confidence_cm[class] < confidence)
        class ++;
    return class;
}

static struct stepden_altitude
altitude_from_wire(const R2CartesianCoordinateWithConfidence_t *z,
                   const struct stepden_altitude *origin)
{
    long value = origin->value_cm + z->value;

    if (value < R2AltitudeValue_negativeOutOfRange)
        value = R2AltitudeValue_negativeOutOfRange;
    if (value > R2AltitudeValue_postiveOutOfRange)
        value = R2AltitudeValue_postiveOutOfRange;
    return (struct stepden_altitude){
        .value_cm = (int32_t)value,
        .confidence = altitude_confidence(z->confidence),
    };
}

static bool is_known(const struct stepden_position *position)
{
    return position->latitude_e7 != R2Latitude_unavailable &&
           position->longitude_e7 != R2Longitude_unavailable;
}

void stepden_offset_from_wire(struct stepden_position *position,
                              const R2CartesianPosition3dWithConfidence_t *wire,
                              const struct stepden_position *origin)
{
    struct stepden_offset offset = {
        .east_m = (double)wire->xCoordinate.value / 100,
        .north_m = (double)wire->yCoordinate.value / 100,
    };

    *position = (struct stepden_position){
        .latitude_e7 = R2Latitude_unavailable,
        .longitude_e7 = R2Longitude_unavailable,
    };
    if (!is_known(origin))
        return;
    struct stepden_point point = stepden_offset_apply(point_of(origin), offset);
    position->latitude_e7 = point.latitude_e7;
    position->longitude_e7 = point.longitude_e7;
    position->has_position_confidence = ellipse_from_box(
        &position->position_confidence, wire->xCoordinate.confidence,
        wire->yCoordinate.confidence);
    if (!wire->zCoordinate || !origin->has_altitude)
        return;
    position->has_altitude = true;
    position->altitude =
        altitude_from_wire(wire->zCoordinate, &origin->altitude);
}
