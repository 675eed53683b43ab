#include <R2PathPointPredicted.h>
#include <R2PathPredicted2.h>

#include "denm/wire.h"

#define DS_PER_S 10
#define DS_PER_10_S 100
#define BIG_RANGE_MAX_DS 12700
#define USAGE_INDICATION_MAX R2UsageIndication_navigation

static bool has_times(const struct stepden_predicted_path *path)
{
    for (uint32_t i = 0; i < path->path_predicted.count; i++)
        if (path->path_predicted.item[i].has_path_delta_time)
            return true;
    return false;
}

/* deltaTimeMidRange, an extension, only for what the others cannot say. */
static R2PathDeltaTimeChoice_t time_ds_to_wire(uint32_t time_ds)
{
    R2PathDeltaTimeChoice_t wire = {
        .present = R2PathDeltaTimeChoice_PR_deltaTimeHighPrecision,
        .choice.deltaTimeHighPrecision = time_ds,
    };

    if (time_ds < R2DeltaTimeTenthOfSecond_unavailable)
        return wire;
    if (time_ds <= BIG_RANGE_MAX_DS && time_ds % DS_PER_10_S == 0) {
        wire.present = R2PathDeltaTimeChoice_PR_deltaTimeBigRange;
        wire.choice.deltaTimeBigRange = time_ds / DS_PER_10_S;
        return wire;
    }
    wire.present = R2PathDeltaTimeChoice_PR_deltaTimeMidRange;
    wire.choice.deltaTimeMidRange = time_ds / DS_PER_S;
    return wire;
}

static R2PathDeltaTimeChoice_t
time_to_wire(const struct stepden_path_point_predicted *point)
{
    static const R2PathDeltaTimeChoice_t unavailable = {
        .present = R2PathDeltaTimeChoice_PR_deltaTimeHighPrecision,
        .choice.deltaTimeHighPrecision = R2DeltaTimeTenthOfSecond_unavailable,
    };

    return point->has_path_delta_time
               ? time_ds_to_wire(point->path_delta_time_ds)
               : unavailable;
}

/* All points have a time or none has (PathPredicted2). */
static void path_to_wire(struct stepden_predicted_path_wire *storage,
                         const struct stepden_predicted_path *path)
{
    bool is_timed = has_times(path);
    uint32_t count = path->path_predicted.count;

    for (uint32_t i = 0; i < count; i++) {
        const struct stepden_path_point_predicted *point =
            &path->path_predicted.item[i];

        storage->delta_altitude[i] = point->delta_altitude_cm;
        storage->delta_time[i] = time_to_wire(point);
        storage->point[i] = (R2PathPointPredicted_t){
            .deltaLatitude = point->delta_latitude,
            .deltaLongitude = point->delta_longitude,
            .deltaAltitude =
                point->has_delta_altitude ? &storage->delta_altitude[i] : NULL,
            .pathDeltaTime = is_timed ? &storage->delta_time[i] : NULL,
        };
        storage->point_at[i] = &storage->point[i];
    }
    storage->path = (R2PathPredicted2_t){
        .pathPredicted.list = {.array = storage->point_at, .count = (int)count},
        .usageIndication = path->usage_indication,
        .confidenceLevel = path->confidence_level,
    };
}

void stepden_predicted_paths_to_wire(
    R2LocationContainer_t *wire, struct stepden_predicted_paths_wire *storage,
    const struct stepden_location_container *location)
{
    uint32_t count = location->predicted_paths.count;

    for (uint32_t i = 0; i < count; i++) {
        path_to_wire(&storage->path[i], &location->predicted_paths.item[i]);
        storage->path_at[i] = &storage->path[i].path;
    }
    storage->list = (R2PathPredictedList_t){
        .list = {.array = storage->path_at, .count = (int)count},
    };
    storage->extension = (struct R2LocationContainer__extGroup1){
        .predictedPaths = &storage->list,
    };
    wire->extGroup1 = &storage->extension;
}

static void time_from_wire(struct stepden_path_point_predicted *point,
                           const R2PathDeltaTimeChoice_t *wire)
{
    long time_ds = -1;

    switch (wire->present) {
    case R2PathDeltaTimeChoice_PR_deltaTimeHighPrecision:
        time_ds = wire->choice.deltaTimeHighPrecision;
        if (time_ds == R2DeltaTimeTenthOfSecond_unavailable)
            time_ds = -1;
        break;
    case R2PathDeltaTimeChoice_PR_deltaTimeBigRange:
        time_ds = wire->choice.deltaTimeBigRange * DS_PER_10_S;
        break;
    case R2PathDeltaTimeChoice_PR_deltaTimeMidRange:
        time_ds = wire->choice.deltaTimeMidRange * DS_PER_S;
        break;
    case R2PathDeltaTimeChoice_PR_NOTHING:
        break;
    }
    point->has_path_delta_time = time_ds >= 0;
    if (time_ds >= 0)
        point->path_delta_time_ds = (uint32_t)time_ds;
}

static void point_from_wire(struct stepden_path_point_predicted *point,
                            const R2PathPointPredicted_t *wire)
{
    *point = (struct stepden_path_point_predicted){
        .delta_latitude = (int32_t)wire->deltaLatitude,
        .delta_longitude = (int32_t)wire->deltaLongitude,
    };
    if (wire->deltaAltitude &&
        *wire->deltaAltitude != R2DeltaAltitude_unavailable) {
        point->has_delta_altitude = true;
        point->delta_altitude_cm = (int16_t)*wire->deltaAltitude;
    }
    if (wire->pathDeltaTime)
        time_from_wire(point, wire->pathDeltaTime);
}

/* An item that a later version adds is no indication. */
static uint8_t usage_from_wire(R2UsageIndication_t wire)
{
    return wire < 0 || wire > USAGE_INDICATION_MAX
               ? STEPDEN_USAGE_INDICATION_NO_INDICATION
               : (uint8_t)wire;
}

static void path_from_wire(struct stepden_predicted_path *path,
                           const R2PathPredicted2_t *wire)
{
    int count = wire->pathPredicted.list.count;

    if (count > STEPDEN_PREDICTED_POINTS_MAX)
        count = STEPDEN_PREDICTED_POINTS_MAX;
    path->usage_indication = usage_from_wire(wire->usageIndication);
    path->confidence_level = (uint8_t)wire->confidenceLevel;
    path->path_predicted.count = (uint32_t)count;
    for (int i = 0; i < count; i++)
        point_from_wire(&path->path_predicted.item[i],
                        wire->pathPredicted.list.array[i]);
}

bool stepden_predicted_paths_from_wire(
    struct stepden_location_container *location,
    const R2LocationContainer_t *wire)
{
    const R2PathPredictedList_t *paths =
        wire->extGroup1 ? wire->extGroup1->predictedPaths : NULL;
    uint32_t count = 0;

    for (int i = 0; paths && i < paths->list.count; i++) {
        const R2PathPredicted2_t *path = paths->list.array[i];

        if (path->pathPredicted.list.count > 0 &&
            count < STEPDEN_PREDICTED_PATHS_MAX)
            path_from_wire(&location->predicted_paths.item[count++], path);
    }
    location->predicted_paths.count = count;
    location->has_predicted_paths = count > 0;
    return count > 0;
}
