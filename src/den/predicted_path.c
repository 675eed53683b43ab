#include "den/predicted_path.h"

#include <stdlib.h>

#include "base/tangent_plane.h"

#define DELTA_MAX_E7 131071
#define CONFIDENCE_UNAVAILABLE 101
#define MS_PER_DS 100
#define DS_PER_S 10
#define PRECISE_MAX_DS 126 /* DeltaTimeTenthOfSecond */
#define STEP_MAX_DS 864000 /* DeltaTimeSecond */

/* The end of the path so far. */
struct end {
    int64_t latitude_e7;
    int64_t longitude_e7;
    int64_t time_ds; /* as told, after detectionTime */
};

/* The time from the end of the path to `time_ms`; -1 if there is no such. */
static int64_t step_ds(const struct end *end, int64_t time_ms)
{
    int64_t step = (time_ms + MS_PER_DS / 2) / MS_PER_DS - end->time_ds;

    if (step < 0 || step > STEP_MAX_DS)
        return -1;
    return step <= PRECISE_MAX_DS ? step : step / DS_PER_S * DS_PER_S;
}

/* False when that point cannot be told from the end of the path. */
static bool add_point(struct stepden_predicted_path *path, struct end *end,
                      const struct stepden_predicted_path_point *to,
                      int64_t time_ms)
{
    int64_t latitude_e7 = to->latitude_e7 - end->latitude_e7;
    int64_t longitude_e7 =
        stepden_longitude_wrap(to->longitude_e7 - end->longitude_e7);
    int64_t time_ds = step_ds(end, time_ms);

    if (llabs(latitude_e7) > DELTA_MAX_E7 ||
        llabs(longitude_e7) > DELTA_MAX_E7 || time_ds < 0)
        return false;

    path->path_predicted.item[path->path_predicted.count++] =
        (struct stepden_path_point_predicted){
            .delta_latitude = (int32_t)latitude_e7,
            .delta_longitude = (int32_t)longitude_e7,
            .has_path_delta_time = true,
            .path_delta_time_ds = (uint32_t)time_ds,
        };
    *end =
        (struct end){to->latitude_e7, to->longitude_e7, end->time_ds + time_ds};
    return true;
}

void stepden_predicted_path_fill(
    struct stepden_predicted_path *path,
    const struct stepden_collision_station *station,
    const struct stepden_position *event, int64_t measured_ms)
{
    struct end end = {event->latitude_e7, event->longitude_e7, 0};

    path->usage_indication = STEPDEN_USAGE_INDICATION_NO_INDICATION;
    path->confidence_level = CONFIDENCE_UNAVAILABLE;
    path->path_predicted.count = 0;
    for (uint32_t i = 0; i < station->predicted_path.count; i++) {
        const struct stepden_predicted_path_point *point =
            &station->predicted_path.item[i];
        int64_t time_ms = measured_ms + point->delta_time_ms;

        if (time_ms >= 0 && !add_point(path, &end, point, time_ms))
            return;
    }
}
