#include "support/denm_check_paths.h"

#include <stdint.h>
#include <stdio.h>

#include "support/denm_check_data.h"

#define UNKNOWN_ALTITUDE 12800
#define UNKNOWN_TIME 127 /* DeltaTimeTenthOfSecond */

static void add(json_object *list, int64_t value)
{
    json_object_array_add(list, json_object_new_int64(value));
}

static void add_time(json_object *list, int64_t time_ds)
{
    static const struct {
        const char *alternative;
        int64_t unit_ds;
        int64_t most;
    } units[] = {{"deltaTimeHighPrecision", 1, UNKNOWN_TIME},
                 {"deltaTimeBigRange", 100, 127},
                 {"deltaTimeMidRange", 10, 86400}};
    size_t i = 0;

    while (i < 2 && (time_ds % units[i].unit_ds != 0 ||
                     time_ds / units[i].unit_ds > units[i].most))
        i++;
    json_object_array_add(list, json_object_new_string(units[i].alternative));
    add(list, time_ds / units[i].unit_ds);
}

static json_object *expected_point(json_object *point, bool is_timed)
{
    json_object *list = json_object_new_array();

    add(list, number(point, "/deltaLatitude", 0));
    add(list, number(point, "/deltaLongitude", 0));
    add(list, number(point, "/deltaAltitude", UNKNOWN_ALTITUDE));
    if (is_timed)
        add_time(list, number(point, "/pathDeltaTime", UNKNOWN_TIME));
    return list;
}

/* A time for all points, if one has it. */
static json_object *expected_points(json_object *points)
{
    json_object *list = json_object_new_array();
    size_t count = json_object_array_length(points);
    bool is_timed = false;

    for (size_t i = 0; i < count; i++)
        is_timed |=
            at(json_object_array_get_idx(points, i), "/pathDeltaTime") != NULL;
    for (size_t i = 0; i < count; i++)
        json_object_array_add(
            list,
            expected_point(json_object_array_get_idx(points, i), is_timed));
    return list;
}

static json_object *expected_path(json_object *path)
{
    json_object *wire = json_object_new_object();

    json_object_object_add(wire, "points",
                           expected_points(at(path, "/pathPredicted")));
    json_object_object_add(wire, "usageIndication",
                           json_object_get(at(path, "/usageIndication")));
    json_object_object_add(wire, "confidenceLevel",
                           json_object_get(at(path, "/confidenceLevel")));
    return wire;
}

static json_object *expected(json_object *paths)
{
    json_object *list = json_object_new_array();

    for (size_t i = 0; i < json_object_array_length(paths); i++)
        json_object_array_add(
            list, expected_path(json_object_array_get_idx(paths, i)));
    return list;
}

bool denm_check_paths(json_object *data, json_object *uper)
{
    json_object *paths = at(data, "/locationContainer/predictedPaths");
    json_object *wire = paths ? expected(paths) : NULL;
    bool is_same = json_object_equal(wire, uper);

    if (!is_same) {
        fprintf(stderr, "predictedPaths: %s in JSON",
                json_object_to_json_string(wire));
        fprintf(stderr, ", %s in UPER\n", json_object_to_json_string(uper));
    }
    json_object_put(wire);
    return is_same;
}
