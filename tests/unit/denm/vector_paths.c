#include "vector_paths.h"

#include <check.h>

#include "jer.h"

/* In 0.1 s; -1 if absent or unavailable. */
static int64_t path_time(json_object *jer)
{
    json_object *choice = member(jer, "pathDeltaTime");

    if (!choice)
        return -1;
    if (member(choice, "deltaTimeBigRange"))
        return 100 * number(choice, "deltaTimeBigRange");
    if (member(choice, "deltaTimeMidRange"))
        return 10 * number(choice, "deltaTimeMidRange");
    int64_t time = number(choice, "deltaTimeHighPrecision");
    return time == 127 ? -1 : time;
}

static void
check_predicted_point(const struct stepden_path_point_predicted *point,
                      json_object *jer)
{
    int64_t altitude =
        member(jer, "deltaAltitude") ? number(jer, "deltaAltitude") : 12800;
    int64_t time = path_time(jer);

    ck_assert_int_eq(point->delta_latitude, number(jer, "deltaLatitude"));
    ck_assert_int_eq(point->delta_longitude, number(jer, "deltaLongitude"));
    ck_assert(point->has_delta_altitude == (altitude != 12800));
    if (point->has_delta_altitude)
        ck_assert_int_eq(point->delta_altitude_cm, altitude);
    ck_assert(point->has_path_delta_time == (time >= 0));
    if (point->has_path_delta_time)
        ck_assert_int_eq(point->path_delta_time_ds, time);
}

void vector_check_paths(const struct stepden_location_container *location,
                        json_object *jer)
{
    static const char *const usages[] = {
        "noIndication", "specialUse",      "rescueOperation", "railroad",
        "fixedRoute",   "restrictedRoute", "adasAd",          "navigation"};

    ck_assert(location->has_predicted_paths == (jer != NULL));
    if (!jer)
        return;
    ck_assert_uint_eq(location->predicted_paths.count,
                      json_object_array_length(jer));
    for (size_t i = 0; i < json_object_array_length(jer); i++) {
        json_object *jer_path = json_object_array_get_idx(jer, i);
        json_object *points = member(jer_path, "pathPredicted");
        const struct stepden_predicted_path *path =
            &location->predicted_paths.item[i];

        ck_assert_int_eq(path->usage_indication,
                         place(jer_path, "usageIndication", usages, 8));
        ck_assert_int_eq(path->confidence_level,
                         number(jer_path, "confidenceLevel"));
        ck_assert_uint_eq(path->path_predicted.count,
                          json_object_array_length(points));
        for (size_t j = 0; j < path->path_predicted.count; j++)
            check_predicted_point(&path->path_predicted.item[j],
                                  json_object_array_get_idx(points, j));
    }
}
