/*
 * An intersection with traffic on crossing paths. Local coordinates: x metres
 * east and y metres north of the middle; headings in degrees from north,
 * clockwise; right-hand traffic.
 *
 * The scene is a function of time: it keeps no state and reads no clock.
 */
#ifndef SIMULATOR_SCENE_H
#define SIMULATOR_SCENE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <stepden/records/common.h>

#define SIM_ACTORS_MAX 24
#define SIM_TRAIL_MAX 10
#define SIM_TRAIL_STEP_MS 500

/* The script starts again after this time, with new stations. */
#define SIM_CYCLE_MS 20000

/* The roadside sensor that perceives those who do not speak themselves. */
#define SIM_SENSOR_ID 900

struct sim_motion {
    double x_m;
    double y_m;
    double heading_deg;
    double speed_m_s;
};

/* From `at_ms` after the entry on: seek a speed, turn at a rate. */
struct sim_manoeuvre {
    int at_ms;
    double speed_m_s;
    double rate_m_s2;
    double turn_deg_s;
};

struct sim_body {
    enum stepden_station_type type;
    double length_m;
    double width_m;
    double height_m;
};

/* One line of the script. */
struct sim_role {
    struct sim_body body;
    bool connected; /* has a station of its own, and is warned */
    int enter_ms;   /* after the start of the cycle */
    int leave_ms;
    struct sim_motion entry;
    struct sim_manoeuvre manoeuvre[4]; /* by at_ms; the rest is zero */
};

/* A role in one cycle, at one time. */
struct sim_actor {
    const struct sim_body *body;
    bool connected;
    uint32_t station_id;
    uint16_t object_id;
    struct sim_motion motion;
    size_t trail_count;
    struct sim_motion trail[SIM_TRAIL_MAX]; /* newest first */
};

struct sim_scene {
    size_t count;
    struct sim_actor actor[SIM_ACTORS_MAX];
};

/* Who is there, and where, `time_ms` after the start of the first cycle. */
void sim_scene_at(struct sim_scene *scene, int64_t time_ms);

/* The script of a cycle, `count` roles. */
const struct sim_role *sim_script(size_t *count);

#endif
