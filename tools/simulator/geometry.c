#include "geometry.h"

#include <math.h>

/* Closer than this is a collision too. */
#define MARGIN_M 0.5

#define RADIANS (M_PI / 180.0)

/* The middle of the intersection. */
#define ORIGIN_LATITUDE 45.4642
#define ORIGIN_LONGITUDE 9.1900

/* WGS 84: semi-major axis in metres, first eccentricity squared. */
#define AXIS_M 6378137.0
#define ECCENTRICITY_2 0.00669437999014

struct sim_velocity sim_velocity(const struct sim_motion *motion)
{
    const double heading = motion->heading_deg * RADIANS;

    return (struct sim_velocity){motion->speed_m_s * sin(heading),
                                 motion->speed_m_s * cos(heading)};
}

struct sim_motion sim_moved(struct sim_motion motion, double time_s)
{
    const struct sim_velocity velocity = sim_velocity(&motion);

    motion.x_m += velocity.east_m_s * time_s;
    motion.y_m += velocity.north_m_s * time_s;
    return motion;
}

static struct sim_velocity relative(const struct sim_motion *one,
                                    const struct sim_motion *other)
{
    const struct sim_velocity a = sim_velocity(one);
    const struct sim_velocity b = sim_velocity(other);

    return (struct sim_velocity){b.east_m_s - a.east_m_s,
                                 b.north_m_s - a.north_m_s};
}

double sim_closest_approach(double *time_s, const struct sim_motion *one,
                            const struct sim_motion *other)
{
    const struct sim_velocity v = relative(one, other);
    const double x = other->x_m - one->x_m;
    const double y = other->y_m - one->y_m;
    const double square = v.east_m_s * v.east_m_s + v.north_m_s * v.north_m_s;

    *time_s =
        square > 1e-9 ? -(x * v.east_m_s + y * v.north_m_s) / square : 0.0;
    return hypot(x + v.east_m_s * *time_s, y + v.north_m_s * *time_s);
}

/* Half the extent of a body along a direction, and across it. */
static void extend(double *along_m, double *across_m,
                   const struct sim_actor *actor, double direction)
{
    const double off = direction - actor->motion.heading_deg * RADIANS;
    const double length_m = actor->body->length_m / 2.0;
    const double width_m = actor->body->width_m / 2.0;

    *along_m += length_m * fabs(cos(off)) + width_m * fabs(sin(off));
    *across_m += length_m * fabs(sin(off)) + width_m * fabs(cos(off));
}

bool sim_contact(struct sim_contact *contact, const struct sim_actor *one,
                 const struct sim_actor *other)
{
    const struct sim_velocity v = relative(&one->motion, &other->motion);
    const double speed = hypot(v.east_m_s, v.north_m_s);
    const double direction = atan2(v.east_m_s, v.north_m_s);
    double along_m = 0.0;
    double across_m = MARGIN_M;
    double closest_s;

    contact->miss_m =
        sim_closest_approach(&closest_s, &one->motion, &other->motion);
    extend(&along_m, &across_m, one, direction);
    extend(&along_m, &across_m, other, direction);
    contact->clearance_m = across_m;
    if (speed < 1e-3 || closest_s <= 0 || contact->miss_m >= across_m)
        return false;
    contact->time_s = fmax(closest_s - along_m / speed, 0.0);
    return true;
}

struct sim_position sim_position(double x_m, double y_m)
{
    const double sine = sin(ORIGIN_LATITUDE * RADIANS);
    const double w = sqrt(1.0 - ECCENTRICITY_2 * sine * sine);
    const double meridian_m = AXIS_M * (1.0 - ECCENTRICITY_2) / (w * w * w);
    const double parallel_m = AXIS_M / w * cos(ORIGIN_LATITUDE * RADIANS);
    const double latitude = ORIGIN_LATITUDE + y_m / meridian_m / RADIANS;
    const double longitude = ORIGIN_LONGITUDE + x_m / parallel_m / RADIANS;

    return (struct sim_position){(int32_t)lround(latitude * 1e7),
                                 (int32_t)lround(longitude * 1e7)};
}
