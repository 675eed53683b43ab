#include "den/sub_cause.h"

#include <math.h>
#include <stdlib.h>

#include "base/tangent_plane.h"
#include "den/station_kinds.h"

typedef struct stepden_collision_station station;

/* The geometry of a collision; angles in 0.1 degree. */
struct geometry {
    bool both_move;   /* and both headings are known */
    int between_ddeg; /* headings, 0..1800; -1 unknown */
    int bearing_ddeg; /* of the target off the reference's bow, 0..1800 */
    bool has_bearing;
    bool hit_on_side; /* the target */
    bool hit_on_front;
    bool hit_on_back;
};

static struct stepden_point point_of(const station *party)
{
    return (struct stepden_point){
        .latitude_e7 = party->position.latitude_e7,
        .longitude_e7 = party->position.longitude_e7,
    };
}

/* The angle between two directions, 0..1800. */
static int between(int one_ddeg, int other_ddeg)
{
    int angle_ddeg = abs(one_ddeg - other_ddeg) % 3600;
    return angle_ddeg > 1800 ? 3600 - angle_ddeg : angle_ddeg;
}

/* 0 for a target where the reference is. */
static int bearing_off_bow(const station *reference, const station *target)
{
    struct stepden_offset offset =
        stepden_offset_to(point_of(reference), point_of(target));
    if (offset.east_m == 0 && offset.north_m == 0)
        return 0;
    double bearing =
        atan2(offset.east_m, offset.north_m) / STEPDEN_RADIANS_PER_DDEG;
    return between((int)lround(bearing) + 3600, reference->heading.value_ddeg);
}

static bool moves(const struct stepden_config_denm *config,
                  const station *party)
{
    return party->has_speed && party->has_heading &&
           party->speed.value_cm_s >= config->sub_cause.moving_min_cm_s;
}

static void set_impact(struct geometry *geometry, const station *target)
{
    if (!target->has_impact_section)
        return;
    geometry->hit_on_front =
        target->impact_section == STEPDEN_IMPACT_SECTION_FRONT;
    geometry->hit_on_back =
        target->impact_section == STEPDEN_IMPACT_SECTION_BACK;
    geometry->hit_on_side = !geometry->hit_on_front && !geometry->hit_on_back;
}

static struct geometry geometry_of(const struct stepden_config_denm *config,
                                   const station *reference,
                                   const station *target)
{
    struct geometry geometry = {
        .both_move = moves(config, reference) && moves(config, target),
        .between_ddeg = -1,
        .has_bearing = reference->has_heading,
    };
    if (reference->has_heading)
        geometry.bearing_ddeg = bearing_off_bow(reference, target);
    if (reference->has_heading && target->has_heading)
        geometry.between_ddeg =
            between(reference->heading.value_ddeg, target->heading.value_ddeg);
    set_impact(&geometry, target);
    return geometry;
}

static bool is_abeam(const struct stepden_config_denm *config,
                     const struct geometry *geometry)
{
    double sine = sin(geometry->bearing_ddeg * STEPDEN_RADIANS_PER_DDEG);
    return sine * 1000 > config->sub_cause.lateral_min_e3;
}

static uint8_t by_headings(const struct stepden_config_denm *config,
                           const struct geometry *geometry)
{
    if (geometry->between_ddeg <= config->sub_cause.parallel_max_deg * 10)
        return geometry->hit_on_side || is_abeam(config, geometry)
                   ? STEPDEN_SUB_CAUSE_LATERAL
                   : STEPDEN_SUB_CAUSE_LONGITUDINAL;
    if (geometry->between_ddeg >= config->sub_cause.head_on_min_deg * 10)
        return STEPDEN_SUB_CAUSE_LONGITUDINAL;
    return STEPDEN_SUB_CAUSE_CROSSING;
}

static uint8_t by_impact(const struct stepden_config_denm *config,
                         const struct geometry *geometry)
{
    if (geometry->hit_on_side)
        return STEPDEN_SUB_CAUSE_CROSSING;
    if ((geometry->hit_on_front || geometry->hit_on_back) &&
        geometry->has_bearing &&
        geometry->bearing_ddeg <= config->sub_cause.parallel_max_deg * 10)
        return STEPDEN_SUB_CAUSE_LONGITUDINAL;
    return STEPDEN_SUB_CAUSE_UNAVAILABLE;
}

static bool any_is(const station *reference, const station *target,
                   uint8_t station_type)
{
    return reference->station_type == station_type ||
           target->station_type == station_type;
}

static uint8_t by_kinds(const struct stepden_config_denm *config,
                        const station *reference, const station *target)
{
    bool with_ptw = config->vru_includes_ptw;

    if (config->release == STEPDEN_RELEASE_R2) {
        if (any_is(reference, target, STEPDEN_STATION_TYPE_PEDESTRIAN))
            return STEPDEN_SUB_CAUSE_PEDESTRIAN;
        if (any_is(reference, target, STEPDEN_STATION_TYPE_CYCLIST) ||
            any_is(reference, target, STEPDEN_STATION_TYPE_LIGHT_VRU_VEHICLE))
            return STEPDEN_SUB_CAUSE_CYCLIST;
    }
    return stepden_is_vru(reference->station_type, with_ptw) ||
                   stepden_is_vru(target->station_type, with_ptw)
               ? STEPDEN_SUB_CAUSE_VULNERABLE_ROAD_USER
               : STEPDEN_SUB_CAUSE_UNAVAILABLE;
}

static uint8_t otherwise(const struct stepden_config_denm *config,
                         const station *reference, const station *target)
{
    return config->release == STEPDEN_RELEASE_R2 &&
                   (stepden_is_motor_vehicle(reference->station_type) ||
                    stepden_is_motor_vehicle(target->station_type))
               ? STEPDEN_SUB_CAUSE_MOTOR_VEHICLE
               : STEPDEN_SUB_CAUSE_UNAVAILABLE;
}

static bool go_same_way(const struct stepden_config_denm *config,
                        const struct geometry *geometry)
{
    if (geometry->between_ddeg < 0)
        return geometry->hit_on_back;
    return geometry->between_ddeg <= config->sub_cause.parallel_max_deg * 10;
}

struct stepden_ruling
stepden_sub_cause_choose(const struct stepden_config_denm *config,
                         const struct stepden_collision_station *reference,
                         const struct stepden_collision_station *target)
{
    struct geometry geometry = geometry_of(config, reference, target);
    struct stepden_ruling choice = {
        .sub_cause = by_kinds(config, reference, target),
        .rule = STEPDEN_DEN_RULE_KINDS,
        .same_way = go_same_way(config, &geometry),
        .between_ddeg = (int16_t)geometry.between_ddeg,
        .bearing_ddeg =
            geometry.has_bearing ? (int16_t)geometry.bearing_ddeg : -1,
    };
    if (choice.sub_cause == STEPDEN_SUB_CAUSE_UNAVAILABLE) {
        choice.rule = geometry.both_move ? STEPDEN_DEN_RULE_HEADINGS
                                         : STEPDEN_DEN_RULE_IMPACT;
        choice.sub_cause = geometry.both_move ? by_headings(config, &geometry)
                                              : by_impact(config, &geometry);
    }
    if (choice.sub_cause == STEPDEN_SUB_CAUSE_UNAVAILABLE) {
        choice.rule = STEPDEN_DEN_RULE_OTHERWISE;
        choice.sub_cause = otherwise(config, reference, target);
    }
    return choice;
}
