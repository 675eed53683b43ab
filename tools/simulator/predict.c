#include "predict.h"

#include <math.h>

#include "geometry.h"

#define BRAKING_M_S2 6.0
#define ALTITUDE_CM 12200
#define PATH_POINTS 5
#define PATH_STEP_MS 500

static uint16_t heading_ddeg(double heading_deg)
{
    return (uint16_t)(lround(fmod(heading_deg + 360.0, 360.0) * 10.0) % 3600);
}

static uint16_t dm(double metres)
{
    return (uint16_t)lround(metres * 10.0);
}

static void put_position(struct stepden_position *position,
                         const struct sim_motion *motion)
{
    const struct sim_position at = sim_position(motion->x_m, motion->y_m);

    position->latitude_e7 = at.latitude_e7;
    position->longitude_e7 = at.longitude_e7;
    position->has_position_confidence = true;
    position->position_confidence = (struct stepden_position_confidence){
        .semi_major_axis_length_confidence_cm = 120,
        .semi_minor_axis_length_confidence_cm = 80,
        .semi_major_axis_orientation_ddeg = heading_ddeg(motion->heading_deg)};
    position->has_altitude = true;
    position->altitude = (struct stepden_altitude){ALTITUDE_CM, 8};
}

static void put_motion(struct stepden_collision_station *station,
                       const struct sim_motion *motion)
{
    put_position(&station->position, motion);
    station->has_speed = true;
    station->speed.value_cm_s = (uint16_t)lround(motion->speed_m_s * 100.0);
    station->speed.confidence_cm_s = 20;
    station->has_heading = true;
    station->heading.value_ddeg = heading_ddeg(motion->heading_deg);
    station->heading.confidence_ddeg = 15;
}

static void put_path_history(struct stepden_collision_station *station,
                             const struct sim_actor *actor)
{
    station->path_history.count = (uint32_t)actor->trail_count;
    for (size_t i = 0; i < actor->trail_count; i++) {
        const struct sim_position at =
            sim_position(actor->trail[i].x_m, actor->trail[i].y_m);
        station->path_history.item[i] = (struct stepden_path_history_point){
            .latitude_e7 = at.latitude_e7,
            .longitude_e7 = at.longitude_e7,
            .has_delta_time = true,
            .delta_time_cs = SIM_TRAIL_STEP_MS / 10};
    }
}

static void put_predicted_path(struct stepden_collision_station *station,
                               const struct sim_motion *motion)
{
    station->predicted_path.count = PATH_POINTS;
    for (uint32_t i = 0; i < PATH_POINTS; i++) {
        const uint32_t after_ms = (i + 1) * PATH_STEP_MS;
        const struct sim_motion then = sim_moved(*motion, after_ms / 1000.0);
        const struct sim_position at = sim_position(then.x_m, then.y_m);
        station->predicted_path.item[i] = (struct stepden_predicted_path_point){
            .latitude_e7 = at.latitude_e7,
            .longitude_e7 = at.longitude_e7,
            .delta_time_ms = after_ms};
    }
}

static void put_station(struct stepden_collision_station *station,
                        const struct sim_actor *actor, int64_t measured_its_ms)
{
    *station = (struct stepden_collision_station){
        .station_id = actor->station_id,
        .object_id = actor->object_id,
        .station_type = (uint8_t)actor->body->type,
        .has_measurement_time = true,
        .measurement_time_its_ms = measured_its_ms,
        .has_length = true,
        .length_dm = dm(actor->body->length_m),
        .has_width = true,
        .width_dm = (uint8_t)dm(actor->body->width_m),
        .has_height = true,
        .height_dm = (uint8_t)dm(actor->body->height_m),
    };
    put_motion(station, &actor->motion);
    put_path_history(station, actor);
    put_predicted_path(station, &actor->motion);
}

/* The face of `actor` that something in the direction of `x`, `y` hits. */
static enum stepden_impact_section face(const struct sim_motion *actor,
                                        double x_m, double y_m)
{
    const double bearing = atan2(x_m, y_m) / (M_PI / 180.0);
    const double off = remainder(bearing - actor->heading_deg, 360.0);

    if (fabs(off) <= 30.0)
        return STEPDEN_IMPACT_SECTION_FRONT;
    if (fabs(off) >= 150.0)
        return STEPDEN_IMPACT_SECTION_BACK;
    if (fabs(off) <= 90.0)
        return off < 0 ? STEPDEN_IMPACT_SECTION_SIDE_LEFT_FRONT
                       : STEPDEN_IMPACT_SECTION_SIDE_RIGHT_FRONT;
    return off < 0 ? STEPDEN_IMPACT_SECTION_SIDE_LEFT_BACK
                   : STEPDEN_IMPACT_SECTION_SIDE_RIGHT_BACK;
}

/* The closer and the sooner, the likelier. */
static uint32_t probability_e6(const struct sim_contact *contact)
{
    const double aim = 1.0 - 0.5 * contact->miss_m / contact->clearance_m;
    const double soon = 1.0 - 0.5 * contact->time_s / SIM_HORIZON_S;

    return (uint32_t)lround(aim * soon * 1e6);
}

static void put_impact(struct stepden_collision_station *station,
                       const struct sim_actor *target,
                       const struct sim_motion *reference_then,
                       const struct sim_motion *target_then)
{
    const double braking_m = target->motion.speed_m_s *
                             target->motion.speed_m_s / (2.0 * BRAKING_M_S2);

    if (target->body->type != STEPDEN_STATION_TYPE_PASSENGER_CAR)
        return;
    station->has_impact_section = true;
    station->impact_section =
        (uint8_t)face(target_then, reference_then->x_m - target_then->x_m,
                      reference_then->y_m - target_then->y_m);
    station->has_estimated_braking_distance = true;
    station->estimated_braking_distance_dm = dm(fmin(braking_m, 409.5));
}

static void put_collision(struct stepden_collision_station *station,
                          const struct sim_actor *reference,
                          const struct sim_actor *target,
                          const struct sim_contact *contact)
{
    const struct sim_motion a = sim_moved(reference->motion, contact->time_s);
    const struct sim_motion b = sim_moved(target->motion, contact->time_s);
    const struct sim_position at =
        sim_position((a.x_m + b.x_m) / 2.0, (a.y_m + b.y_m) / 2.0);
    const long time_ms = lround(contact->time_s * 1000.0) - SIM_LATENCY_MS;

    station->has_time_to_collision = true;
    station->time_to_collision_ms = time_ms > 0 ? (uint32_t)time_ms : 0;
    station->has_collision_position = true;
    station->collision_position.latitude_e7 = at.latitude_e7;
    station->collision_position.longitude_e7 = at.longitude_e7;
    station->has_probability = true;
    station->probability_e6 = probability_e6(contact);
    station->has_perception_quality = true;
    station->perception_quality = 12;
    put_impact(station, target, &a, &b);
}

bool sim_predict(struct stepden_station_collision_array *array,
                 const struct sim_scene *scene, size_t reference,
                 int64_t measured_its_ms)
{
    const struct sim_actor *self = &scene->actor[reference];
    uint32_t count = 0;

    for (size_t i = 0; i < scene->count; i++) {
        const struct sim_actor *other = &scene->actor[i];
        struct sim_contact contact;
        if (i == reference || !sim_contact(&contact, self, other) ||
            contact.time_s >= SIM_HORIZON_S)
            continue;
        struct stepden_collision_station *target =
            &array->stations.item[++count];
        put_station(target, other, measured_its_ms);
        put_collision(target, self, other, &contact);
        target->has_role = true;
        target->role = STEPDEN_COLLISION_STATION_ROLE_TARGET;
    }
    if (count == 0)
        return false;

    put_station(&array->stations.item[0], self, measured_its_ms);
    array->stations.item[0].has_role = true;
    array->stations.item[0].role = STEPDEN_COLLISION_STATION_ROLE_REFERENCE;
    array->stations.count = count + 1;
    array->creation_time_its_ms = measured_its_ms + SIM_LATENCY_MS;
    return true;
}
