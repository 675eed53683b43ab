/* Distances and bearings on the WGS 84 ellipsoid, for points a few km apart. */
#ifndef STEPDEN_DEN_EARTH_H
#define STEPDEN_DEN_EARTH_H

#include <stdint.h>

struct stepden_point {
    int32_t latitude_e7; /* 1e-7 degree */
    int32_t longitude_e7;
};

/* East and north of a point, in its tangent plane. */
struct stepden_offset {
    double east_m;
    double north_m;
};

/* `longitude_e7` brought to -180..180 degrees. */
int32_t stepden_longitude_wrap(int64_t longitude_e7);

/* How far `to` is from `from`; the short way across the antimeridian. */
struct stepden_offset stepden_point_offset(struct stepden_point from,
                                           struct stepden_point to);

double stepden_point_distance_m(struct stepden_point from,
                                struct stepden_point to);

/* The point `distance_m` from `from` in the direction `heading_ddeg`. */
struct stepden_point stepden_point_move(struct stepden_point from,
                                        double distance_m, int heading_ddeg);

#endif
