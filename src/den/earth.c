#include "den/earth.h"

#include <math.h>

#define QUARTER_TURN_E7 INT64_C(900000000)
#define HALF_TURN_E7 (2 * QUARTER_TURN_E7)
#define FULL_TURN_E7 (4 * QUARTER_TURN_E7)
#define RADIANS_PER_DEGREE (3.14159265358979323846 / 180)
#define RADIANS_PER_E7 (RADIANS_PER_DEGREE * 1e-7)

#define SEMI_MAJOR_AXIS_M 6378137.0
#define ECCENTRICITY_SQUARED 0.00669437999014

/* Near a pole a circle of latitude is taken for no shorter than this allows. */
#define COSINE_MIN 1e-6

/* What one radian of latitude and of longitude is long. */
struct scale {
    double north_m;
    double east_m;
};

static struct scale scale_at(double latitude)
{
    double sine = sin(latitude);
    double root = 1 - ECCENTRICITY_SQUARED * sine * sine;
    double across_m = SEMI_MAJOR_AXIS_M / sqrt(root);

    return (struct scale){
        .north_m = across_m * (1 - ECCENTRICITY_SQUARED) / root,
        .east_m = across_m * fmax(cos(latitude), COSINE_MIN),
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

struct stepden_offset stepden_point_offset(struct stepden_point from,
                                           struct stepden_point to)
{
    int64_t north_e7 = (int64_t)to.latitude_e7 - from.latitude_e7;
    int64_t east_e7 =
        stepden_longitude_wrap((int64_t)to.longitude_e7 - from.longitude_e7);
    double middle_e7 = ((double)from.latitude_e7 + to.latitude_e7) / 2;
    struct scale scale = scale_at(middle_e7 * RADIANS_PER_E7);

    return (struct stepden_offset){
        .east_m = (double)east_e7 * RADIANS_PER_E7 * scale.east_m,
        .north_m = (double)north_e7 * RADIANS_PER_E7 * scale.north_m,
    };
}

double stepden_point_distance_m(struct stepden_point from,
                                struct stepden_point to)
{
    struct stepden_offset offset = stepden_point_offset(from, to);
    return hypot(offset.east_m, offset.north_m);
}

/* A point beyond a pole lies on the opposite meridian. */
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

struct stepden_point stepden_point_move(struct stepden_point from,
                                        double distance_m, int heading_ddeg)
{
    double heading = heading_ddeg / 10.0 * RADIANS_PER_DEGREE;
    struct scale scale = scale_at(from.latitude_e7 * RADIANS_PER_E7);
    double north = distance_m * cos(heading) / scale.north_m;
    double east = distance_m * sin(heading) / scale.east_m;

    return over_pole(from.latitude_e7 + llround(north / RADIANS_PER_E7),
                     from.longitude_e7 + llround(east / RADIANS_PER_E7));
}
