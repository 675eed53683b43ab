#include "support/denm_check_pre_crash.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stepden/records/denm_data.h>

#include "support/denm_check_data.h"

#define CONTAINER "/preCrashContainer"
#define OBJECT CONTAINER "/perceivedObject"
#define PLACE OBJECT "/position"
#define EVENT "/managementContainer/eventPosition"
#define ABSENT INT64_MIN

/* CoordinateConfidence. */
#define TOO_VAGUE 4095
#define UNKNOWN 4096

static void add(json_object *wire, const char *name, int64_t value)
{
    json_object_object_add(
        wire, name, value == ABSENT ? NULL : json_object_new_int64(value));
}

static void add_text(json_object *wire, const char *name, const char *text)
{
    json_object_object_add(wire, name,
                           text ? json_object_new_string(text) : NULL);
}

/* A value and its confidence. */
static void add_pair(json_object *wire, const char *name, int64_t value,
                     int64_t confidence)
{
    json_object *pair = NULL;

    if (value != ABSENT) {
        pair = json_object_new_array();
        json_object_array_add(pair, json_object_new_int64(value));
        json_object_array_add(pair, json_object_new_int64(confidence));
    }
    json_object_object_add(wire, name, pair);
}

static int64_t in_range(int64_t offset_cm)
{
    if (offset_cm < -131072)
        return -131072;
    return offset_cm > 131071 ? 131071 : offset_cm;
}

#define ELLIPSE PLACE "/positionConfidence/semiM"

/* Half a side of the box around the ellipse; `axis`: 0.1 degree from north. */
static int64_t half_side(json_object *data, double axis)
{
    int64_t major = number(data, ELLIPSE "ajorAxisLengthConfidence", 0);
    int64_t minor = number(data, ELLIPSE "inorAxisLengthConfidence", 0);
    double angle = (double)number(data, ELLIPSE "ajorAxisOrientation", 0);
    double mean = (double)(major * major + minor * minor) / 2;
    double swing = (double)(major * major - minor * minor) / 2;

    if (!at(data, PLACE "/positionConfidence"))
        return UNKNOWN;
    if (major >= 4094 || minor >= 4094)
        return TOO_VAGUE;
    return llround(
        fmax(1, sqrt(mean + swing * cos((angle - axis) * M_PI / 900))));
}

/* In radians from the event to the object, the short way around. */
static double between(json_object *data, const char *of_object,
                      const char *of_event)
{
    int64_t e7 = degrees_e7(data, of_object) - degrees_e7(data, of_event);

    return remainder((double)e7 / 1e7, 360) * M_PI / 180;
}

static void add_place(json_object *wire, json_object *data)
{
    const double axis_cm = 637813700;
    const double squeeze = 0.993305620009859; /* (b / a) squared, of WGS 84 */
    double phi = json_object_get_double(at(data, EVENT "/latitude"));
    double c = cos(phi * M_PI / 180);
    double across = sqrt(squeeze + (1 - squeeze) * c * c);
    double east_cm = axis_cm / across * c *
                     between(data, PLACE "/longitude", EVENT "/longitude");
    double north_cm = axis_cm * squeeze / (across * across * across) *
                      between(data, PLACE "/latitude", EVENT "/latitude");

    add_pair(wire, "x", in_range(llround(east_cm)), half_side(data, 900));
    add_pair(wire, "y", in_range(llround(north_cm)), half_side(data, 0));
}

static void add_height(json_object *wire, json_object *data)
{
    static const int64_t confidence[16] = {
        1,   2,    5,    10,        20,        50,        100,       200,
        500, 1000, 2000, TOO_VAGUE, TOO_VAGUE, TOO_VAGUE, TOO_VAGUE, UNKNOWN};
    int64_t from = number(data, EVENT "/altitude/value", ABSENT);
    int64_t to = number(data, PLACE "/altitude/value", ABSENT);
    int64_t class = number(data, PLACE "/altitude/confidence", 15);
    bool is_known = from != ABSENT && to != ABSENT;

    add_pair(wire, "z", is_known ? in_range(to - from) : ABSENT,
             confidence[class & 15]);
}

/* The angle is from east, counter-clockwise. */
static void add_velocity(json_object *wire, json_object *data)
{
    bool is_known = at(data, OBJECT "/speed") || at(data, OBJECT "/heading");
    int64_t heading = number(data, OBJECT "/heading/value", ABSENT);
    int64_t speed = number(data, OBJECT "/speed/value", 16383);
    int64_t angle = heading == ABSENT ? 3601 : (4500 - heading) % 3600;

    add_text(wire, "velocity", is_known ? "polarVelocity" : NULL);
    add_pair(wire, "velocityMagnitude", is_known ? speed : ABSENT,
             number(data, OBJECT "/speed/confidence", 127));
    add_pair(wire, "velocityDirection", is_known ? angle : ABSENT,
             number(data, OBJECT "/heading/confidence", 127));
}

static void add_dimension(json_object *wire, json_object *data,
                          const char *name)
{
    json_object *dimension = json_object_object_get(at(data, OBJECT), name);
    int64_t value = number(dimension, "/value", ABSENT);

    add_pair(wire, name, value < 255 ? value : 255,
             number(dimension, "/confidence", 32));
}

/* By station type. */
static const char *const vru_class[256] = {
    [1] = "vruSubClass/pedestrian/0",
    [2] = "vruSubClass/bicyclistAndLightVruVehicle/1",
    [3] = "vruSubClass/motorcyclist/1",
    [4] = "vruSubClass/motorcyclist/2",
    [12] = "vruSubClass/bicyclistAndLightVruVehicle/0",
    [13] = "vruSubClass/animal/0",
};

static void add_class(json_object *wire, json_object *data)
{
    int64_t type = named(data, OBJECT "/classification/stationType",
                         stepden_station_type_text);
    bool is_vru =
        json_object_get_boolean(at(data, OBJECT "/classification/vru"));
    char text[sizeof "vehicleSubClass/14"];

    if (type < 0) {
        add_text(wire, "classification", NULL);
    } else if (is_vru && vru_class[type]) {
        add_text(wire, "classification", vru_class[type]);
    } else if ((type >= 3 && type <= 11) || type == 14) {
        snprintf(text, sizeof text, "vehicleSubClass/%d",
                 type > 4 ? (int)type : 0);
        add_text(wire, "classification", text);
    } else {
        add_text(wire, "classification", "otherSubClass/0");
    }
}

static void add_object(json_object *wire, json_object *data)
{
    int64_t id = number(data, OBJECT "/objectId", 0);

    add(wire, "objectId", id == 0 ? ABSENT : id);
    add(wire, "measurementDeltaTime",
        number(data, OBJECT "/measurementDeltaTime", 0));
    add_place(wire, data);
    add_height(wire, data);
    add_velocity(wire, data);
    add_dimension(wire, data, "objectDimensionX");
    add_dimension(wire, data, "objectDimensionY");
    add_dimension(wire, data, "objectDimensionZ");
    add(wire, "objectPerceptionQuality",
        number(data, OBJECT "/objectPerceptionQuality", ABSENT));
    add_class(wire, data);
}

/* A time of 0 is as soon as 1 ms. */
static json_object *expected(json_object *data)
{
    int64_t time_ms = number(data, CONTAINER "/timeToCollision", ABSENT);
    json_object *wire = json_object_new_object();

    add_object(wire, data);
    add(wire, "objectStationId",
        number(data, CONTAINER "/stationIdInvolved", ABSENT));
    add(wire, "timeToCollision",
        time_ms > 10000 ? ABSENT : time_ms + (time_ms == 0));
    add_text(wire, "impactSection",
             json_object_get_string(at(data, CONTAINER "/impactSection")));
    add(wire, "estimatedBrakingDistance",
        number(data, CONTAINER "/estimatedBrakingDistance", ABSENT));
    return wire;
}

static bool are_near(json_object *json, json_object *uper)
{
    return json_object_is_type(uper, json_type_array) &&
           llabs(number(json, "/0", 0) - number(uper, "/0", 0)) <= 1 &&
           llabs(number(json, "/1", 0) - number(uper, "/1", 0)) <= 1;
}

static bool same(const char *name, json_object *json, json_object *uper)
{
    bool is_rounded = strcmp(name, "x") == 0 || strcmp(name, "y") == 0;

    if (json_object_equal(json, uper) || (is_rounded && are_near(json, uper)))
        return true;
    fprintf(stderr, "preCrash: %s: %s in JSON", name,
            json_object_to_json_string(json));
    fprintf(stderr, ", %s in UPER\n", json_object_to_json_string(uper));
    return false;
}

bool denm_check_pre_crash(json_object *data, json_object *uper)
{
    bool is_same = true;

    if (!at(data, CONTAINER) || !uper)
        return same("container", at(data, CONTAINER), uper);

    json_object *wire = expected(data);
    json_object_object_foreach(wire, name, value) is_same &=
        same(name, value, json_object_object_get(uper, name));
    json_object_put(wire);
    return is_same;
}
