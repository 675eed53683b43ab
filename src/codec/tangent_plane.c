#include "codec/tangent_plane.h"

#include <math.h>

#define SEMI_MAJOR_AXIS_M 6378137.0
#define FLATTENING (1 / 298.257223563)
#define ECCENTRICITY_2 (FLATTENING * (2 - FLATTENING))

#define E7_IN_RADIANS (3.14159265358979323846 / 180e7)
#define HALF_TURN_E7 INT64_C(1800000000)
#define QUARTER_TURN_E7 INT64_C(900000000)

/* Centimetres in 1e-7 degree, to the north and to the east. */
struct scale {
    double north;
    double east;
};

static struct scale scale_at(int32_t latitude_e7)
{
    double phi = latitude_e7 * E7_IN_RADIANS;
    double w = 1 - ECCENTRICITY_2 * sin(phi) * sin(phi);
    double meridian = SEMI_MAJOR_AXIS_M * (1 - ECCENTRICITY_2) / (w * sqrt(w));
    double prime_vertical = SEMI_MAJOR_AXIS_M / sqrt(w);

    return (struct scale){
        .north = 100 * meridian * E7_IN_RADIANS,
        .east = 100 * prime_vertical * cos(phi) * E7_IN_RADIANS,
    };
}

static int64_t wrap_longitude(int64_t longitude_e7)
{
    if (longitude_e7 > HALF_TURN_E7)
        return longitude_e7 - 2 * HALF_TURN_E7;
    if (longitude_e7 < -HALF_TURN_E7)
        return longitude_e7 + 2 * HALF_TURN_E7;
    return longitude_e7;
}

struct stepden_offset
stepden_offset_from(const struct stepden_position *origin,
                    const struct stepden_position *position)
{
    struct scale scale = scale_at(origin->latitude_e7);
    int64_t north_e7 = (int64_t)position->latitude_e7 - origin->latitude_e7;
    int64_t east_e7 =
        wrap_longitude((int64_t)position->longitude_e7 - origin->longitude_e7);

    return (struct stepden_offset){
        .east_cm = (int32_t)lround((double)east_e7 * scale.east),
        .north_cm = (int32_t)lround((double)north_e7 * scale.north),
    };
}

void stepden_offset_apply(struct stepden_position *position,
                          const struct stepden_position *origin,
                          struct stepden_offset offset)
{
    struct scale scale = scale_at(origin->latitude_e7);
    int64_t latitude_e7 =
        origin->latitude_e7 + llround(offset.north_cm / scale.north);
    int64_t longitude_e7 = origin->longitude_e7;

    if (scale.east > 1e-6)
        longitude_e7 += llround(
            fmod(offset.east_cm / scale.east, 2.0 * (double)HALF_TURN_E7));
    if (latitude_e7 > QUARTER_TURN_E7)
        latitude_e7 = QUARTER_TURN_E7;
    if (latitude_e7 < -QUARTER_TURN_E7)
        latitude_e7 = -QUARTER_TURN_E7;
    position->latitude_e7 = (int32_t)latitude_e7;
    position->longitude_e7 = (int32_t)wrap_longitude(longitude_e7);
}
