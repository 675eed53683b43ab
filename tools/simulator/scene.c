#include "scene.h"

#include <math.h>

#include "geometry.h"

#define STEP_MS 10
#define FIRST_STATION_ID 1001

static const struct sim_manoeuvre *current(const struct sim_role *role,
                                           int since_ms)
{
    const struct sim_manoeuvre *found = NULL;

    for (size_t i = 0; i < 4; i++)
        if (role->manoeuvre[i].at_ms > 0 &&
            role->manoeuvre[i].at_ms <= since_ms)
            found = &role->manoeuvre[i];
    return found;
}

static double approach(double value, double wanted, double step)
{
    if (value < wanted)
        return fmin(value + step, wanted);
    return fmax(value - step, wanted);
}

static void move(struct sim_motion *motion, const struct sim_manoeuvre *change)
{
    const double step_s = STEP_MS / 1000.0;

    if (change != NULL) {
        motion->speed_m_s = approach(motion->speed_m_s, change->speed_m_s,
                                     change->rate_m_s2 * step_s);
        motion->heading_deg =
            fmod(motion->heading_deg + change->turn_deg_s * step_s, 360.0);
    }
    *motion = sim_moved(*motion, step_s);
}

static void remember(struct sim_actor *actor)
{
    if (actor->trail_count < SIM_TRAIL_MAX)
        actor->trail_count++;
    for (size_t i = actor->trail_count - 1; i > 0; i--)
        actor->trail[i] = actor->trail[i - 1];
    actor->trail[0] = actor->motion;
}

static void play(struct sim_actor *actor, const struct sim_role *role,
                 int until_ms)
{
    actor->motion = role->entry;
    for (int since_ms = 0; since_ms < until_ms; since_ms += STEP_MS) {
        if (since_ms % SIM_TRAIL_STEP_MS == until_ms % SIM_TRAIL_STEP_MS)
            remember(actor);
        move(&actor->motion, current(role, since_ms));
    }
}

static void add_cycle(struct sim_scene *scene, int64_t cycle, int64_t time_ms)
{
    const int64_t since_ms = time_ms - cycle * SIM_CYCLE_MS;
    size_t count;
    const struct sim_role *role = sim_script(&count);

    for (size_t i = 0; i < count; i++, role++) {
        if (since_ms < role->enter_ms || since_ms >= role->leave_ms)
            continue;
        struct sim_actor *actor = &scene->actor[scene->count++];
        const uint32_t id = (uint32_t)(cycle * (int64_t)count + (int64_t)i);
        *actor = (struct sim_actor){.body = &role->body,
                                    .connected = role->connected};
        actor->station_id =
            role->connected ? FIRST_STATION_ID + id : SIM_SENSOR_ID;
        actor->object_id = role->connected ? 0 : (uint16_t)(id % 65535 + 1);
        play(actor, role, (int)(since_ms - role->enter_ms));
    }
}

void sim_scene_at(struct sim_scene *scene, int64_t time_ms)
{
    const int64_t cycle = time_ms / SIM_CYCLE_MS;

    scene->count = 0;
    if (cycle > 0)
        add_cycle(scene, cycle - 1, time_ms);
    add_cycle(scene, cycle, time_ms);
}
