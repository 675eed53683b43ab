#include "base/tangent_plane.h"

#include <math.h>

#define SEMI_MAJOR_AXIS_M 6378137.0
#define FLATTENING (1 / 298.257223563)
#define ECCENTRICITY_2 (FLATTENING * (2 - FLATTENING))

#define E7_IN_RADIANS (3.14159265358979323846 / 180e7)
#define QUARTER_TURN_E7 INT64_C(900000000)
#define HALF_TURN_E7 INT64_C(1800000000)
#define FULL_TURN_E7 INT64_C(3600000000)

/* A circle of latitude that is shorter than this times 3.6e9 is a pole. */
#define EAST_MIN_M 1e-8

/* Metres in 1e-7 degree, to the north and to the east. */
struct scale {
    double north_m;
    double east_m;
};

static struct scale scale_at(int32_t latitude_e7)
{
    double phi = latitude_e7 * E7_IN_RADIANS;
    double w = 1 - ECCENTRICITY_2 * sin(phi) * sin(phi);
    double meridian = SEMI_MAJOR_AXIS_M * (1 - ECCENTRICITY_2) / (w * sqrt(w));
    double prime_vertical = SEMI_MAJOR_AXIS_M / sqrt(w);

    return (struct scale){
        .north_m = meridian * E7_IN_RADIANS,
        .east_m = prime_vertical * cos(phi) * E7_IN_RADIANS,
    };
}

int32_t stepden_longitude_wrap(int64_t longitude_e7)
{
    int64_t wrapped = longitude_e7 % FULL_TURN_E7;

    if (wrapped > HALF_TURN_E7)
        wrapped -= FULL_TURN_E7;
    if (wrapped < -HALF_TURN_E7)
        wrapped += FULL_TURN_E7;
    return (int32_t)wrapped;
}

struct stepden_offset stepden_offset_to(struct stepden_point origin,
                                        struct stepden_point point)
{
    struct scale scale = scale_at(origin.latitude_e7);
    int64_t north_e7 = (int64_t)point.latitude_e7 - origin.latitude_e7;
    int32_t east_e7 = stepden_longitude_wrap((int64_t)point.longitude_e7 -
                                             origin.longitude_e7);

    return (struct stepden_offset){
        .east_m = east_e7 * scale.east_m,
        .north_m = (double)north_e7 * scale.north_m,
    };
}

static struct stepden_point over_pole(int64_t latitude_e7, int64_t longitude_e7)
{
    if (latitude_e7 > QUARTER_TURN_E7) {
        latitude_e7 = HALF_TURN_E7 - latitude_e7;
        longitude_e7 += HALF_TURN_E7;
    } else if (latitude_e7 < -QUARTER_TURN_E7) {
        latitude_e7 = -HALF_TURN_E7 - latitude_e7;
        longitude_e7 += HALF_TURN_E7;
    }
    return (struct stepden_point){
        .latitude_e7 = (int32_t)latitude_e7,
        .longitude_e7 = stepden_longitude_wrap(longitude_e7),
    };
}

struct stepden_point stepden_offset_apply(struct stepden_point origin,
                                          struct stepden_offset offset)
{
    struct scale scale = scale_at(origin.latitude_e7);
    int64_t north_e7 = llround(offset.north_m / scale.north_m);
    int64_t east_e7 = 0;

    if (scale.east_m > EAST_MIN_M)
        east_e7 = llround(offset.east_m / scale.east_m);
    return over_pole(origin.latitude_e7 + north_e7,
                     origin.longitude_e7 + east_e7);
}

double stepden_distance_m(struct stepden_point origin,
                          struct stepden_point point)
{
    struct stepden_offset offset = stepden_offset_to(origin, point);
    return sqrt(offset.east_m * offset.east_m +
                offset.north_m * offset.north_m);
}
