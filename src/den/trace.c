#include "den/trace.h"

#include <stdlib.h>

#include "base/tangent_plane.h"

#define DELTA_MAX_E7 131071
#define DELTA_ALTITUDE_MIN_CM (-12700)
#define DELTA_ALTITUDE_MAX_CM 12799 /* that much or more */

/* The end of the trace so far. */
struct place {
    int32_t latitude_e7;
    int32_t longitude_e7;
    bool has_altitude;
    int32_t altitude_cm;
};

static void set_altitude(struct stepden_trace_point *delta,
                         const struct place *from, const struct place *to)
{
    if (!from->has_altitude || !to->has_altitude)
        return;
    int32_t altitude_cm = to->altitude_cm - from->altitude_cm;
    if (altitude_cm < DELTA_ALTITUDE_MIN_CM)
        return;
    if (altitude_cm > DELTA_ALTITUDE_MAX_CM)
        altitude_cm = DELTA_ALTITUDE_MAX_CM;
    delta->has_delta_altitude = true;
    delta->delta_altitude_cm = (int16_t)altitude_cm;
}

/* False when `to` is too far from `from`. */
static bool set_delta(struct stepden_trace_point *delta,
                      const struct place *from, const struct place *to)
{
    int64_t latitude_e7 = (int64_t)to->latitude_e7 - from->latitude_e7;
    int64_t longitude_e7 =
        stepden_longitude_wrap((int64_t)to->longitude_e7 - from->longitude_e7);
    if (llabs(latitude_e7) > DELTA_MAX_E7 || llabs(longitude_e7) > DELTA_MAX_E7)
        return false;

    *delta = (struct stepden_trace_point){
        .delta_latitude = (int32_t)latitude_e7,
        .delta_longitude = (int32_t)longitude_e7,
    };
    set_altitude(delta, from, to);
    return true;
}

void stepden_trace_fill(struct stepden_trace *trace,
                        const struct stepden_collision_station *station,
                        const struct stepden_position *event)
{
    struct place from = {
        .latitude_e7 = event->latitude_e7,
        .longitude_e7 = event->longitude_e7,
        .has_altitude = event->has_altitude,
        .altitude_cm = event->altitude.value_cm,
    };

    trace->count = 0;
    for (uint32_t i = 0; i < station->path_history.count; i++) {
        const struct stepden_path_history_point *point =
            &station->path_history.item[i];
        struct place to = {
            .latitude_e7 = point->latitude_e7,
            .longitude_e7 = point->longitude_e7,
            .has_altitude = point->has_altitude,
            .altitude_cm = point->altitude.value_cm,
        };
        struct stepden_trace_point *delta = &trace->item[trace->count];
        if (!set_delta(delta, &from, &to))
            return;
        delta->has_delta_time = point->has_delta_time;
        delta->delta_time_cs = point->delta_time_cs;
        trace->count++;
        from = to;
    }
}
