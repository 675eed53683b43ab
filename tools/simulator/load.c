#include "load.h"

#include <math.h>

#include "geometry.h"

#define REFERENCE_ID 100000
#define TARGET_ID 200000
#define RADIUS_M 40.0

static const uint8_t types[] = {
    STEPDEN_STATION_TYPE_PASSENGER_CAR, STEPDEN_STATION_TYPE_CYCLIST,
    STEPDEN_STATION_TYPE_PEDESTRIAN,    STEPDEN_STATION_TYPE_MOTORCYCLE,
    STEPDEN_STATION_TYPE_BUS,
};

int64_t sim_load_after_ms(const struct sim_load *load, uint32_t index)
{
    return (int64_t)(index / load->references) * SIM_LOAD_STEP_MS;
}

static void put_place(struct stepden_collision_station *station, double x_m,
                      double y_m)
{
    const struct sim_position at = sim_position(x_m, y_m);

    station->position.latitude_e7 = at.latitude_e7;
    station->position.longitude_e7 = at.longitude_e7;
}

static void put_target(struct stepden_collision_station *target,
                       uint32_t number, uint32_t targets)
{
    const double angle_deg = 360.0 * number / targets;
    const double angle = angle_deg * M_PI / 180.0;
    const struct sim_position middle = sim_position(0.0, 0.0);

    *target = (struct stepden_collision_station){
        .station_id = TARGET_ID + number,
        .station_type = types[number % sizeof(types)],
        .has_speed = true,
        .speed = {.value_cm_s = 400, .confidence_cm_s = 127},
        .has_heading = true,
        .heading = {.value_ddeg =
                        (uint16_t)(lround(angle_deg * 10.0 + 1800.0) % 3600),
                    .confidence_ddeg = 127},
        .has_time_to_collision = true,
        .time_to_collision_ms = 5000 + 10 * number,
        .has_collision_position = true,
        .collision_position = {middle.latitude_e7, middle.longitude_e7},
    };
    put_place(target, RADIUS_M * sin(angle), RADIUS_M * cos(angle));
}

void sim_load_fill(struct stepden_station_collision_array *array,
                   const struct sim_load *load, uint32_t index,
                   int64_t creation_its_ms)
{
    struct stepden_collision_station *reference = &array->stations.item[0];

    *reference = (struct stepden_collision_station){
        .station_id = REFERENCE_ID + index % load->references,
        .station_type = STEPDEN_STATION_TYPE_PASSENGER_CAR,
        .has_speed = true,
        .speed = {.value_cm_s = 1000, .confidence_cm_s = 127},
        .has_heading = true,
        .heading = {.value_ddeg = 900, .confidence_ddeg = 127},
    };
    put_place(reference, -50.0, 0.0);
    for (uint32_t i = 0; i < load->targets; i++)
        put_target(&array->stations.item[i + 1], i, load->targets);
    array->stations.count = load->targets + 1;
    array->creation_time_its_ms = creation_its_ms;
}
