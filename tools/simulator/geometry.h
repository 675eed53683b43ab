/* Straight motion in the plane, and the way from there to WGS 84. */
#ifndef SIMULATOR_GEOMETRY_H
#define SIMULATOR_GEOMETRY_H

#include <stdbool.h>
#include <stdint.h>

#include "scene.h"

struct sim_velocity {
    double east_m_s;
    double north_m_s;
};

/* In 1e-7 degree. */
struct sim_position {
    int32_t latitude_e7;
    int32_t longitude_e7;
};

/* `motion` after `time_s` with unchanged heading and speed. */
struct sim_motion sim_moved(struct sim_motion motion, double time_s);

struct sim_velocity sim_velocity(const struct sim_motion *motion);

/*
 * The closest approach of two motions, seen from now: when (`*time_s`,
 * negative when it is over, 0 without relative movement) and how close
 * (returned, in metres).
 */
double sim_closest_approach(double *time_s, const struct sim_motion *one,
                            const struct sim_motion *other);

struct sim_contact {
    double time_s;      /* until they touch; 0 when they do already */
    double miss_m;      /* between their middles, at the closest approach */
    double clearance_m; /* what would have kept them apart */
};

/*
 * Whether two bodies will touch if they keep heading and speed, each taken for
 * the box around it that lies along their relative movement. False too when
 * they are moving apart.
 */
bool sim_contact(struct sim_contact *contact, const struct sim_actor *one,
                 const struct sim_actor *other);

/* A local position on the ellipsoid, around the intersection. */
struct sim_position sim_position(double x_m, double y_m);

#endif
