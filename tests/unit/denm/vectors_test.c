/*
 * DENMs made by an independent codec, with their values in JER (X.697); see
 * tests/vectors. VECTORS is their folder.
 */
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "jer.h"
#include "sample.h"
#include "vector_paths.h"

/* What the two releases call the same thing. */
struct names {
    const char *station_id;
    const char *action_id;
    const char *originating_station_id;
    const char *distance;
    const char *direction;
    const char *heading_value;
    const char *heading_confidence;
    const char *traces;
    const char *directions[4];
};

static const struct names r1_names = {
    "stationID",
    "actionID",
    "originatingStationID",
    "relevanceDistance",
    "relevanceTrafficDirection",
    "headingValue",
    "headingConfidence",
    "traces",
    {"allTrafficDirections", "upstreamTraffic", "downstreamTraffic",
     "oppositeTraffic"},
};

static const struct names r2_names = {
    "stationId",
    "actionId",
    "originatingStationId",
    "awarenessDistance",
    "trafficDirection",
    "value",
    "confidence",
    "detectionZonesToEventPosition",
    {"allTrafficDirections",
     "sameAsReferenceDirection-upstreamOfReferencePosition",
     "sameAsReferenceDirection-downstreamOfReferencePosition",
     "oppositeToReferenceDirection"},
};

static void check_optional(bool has, int64_t found, json_object *owner,
                           const char *name)
{
    ck_assert_msg(has == (member(owner, name) != NULL), "presence of %s", name);
    if (has)
        ck_assert_int_eq(found, number(owner, name));
}

static void check_ellipse(const struct stepden_position *position,
                          json_object *jer)
{
    const struct stepden_position_confidence *ellipse =
        &position->position_confidence;
    int64_t major = number(jer, "semiMajorConfidence");
    int64_t minor = number(jer, "semiMinorConfidence");
    int64_t orientation = number(jer, "semiMajorOrientation");
    bool known = major != 4095 && minor != 4095 && orientation != 3601;

    ck_assert(position->has_position_confidence == known);
    if (!known)
        return;
    ck_assert_int_eq(ellipse->semi_major_axis_length_confidence_cm,
                     major > 0 ? major : 1);
    ck_assert_int_eq(ellipse->semi_minor_axis_length_confidence_cm,
                     minor > 0 ? minor : 1);
    ck_assert_int_eq(ellipse->semi_major_axis_orientation_ddeg,
                     orientation % 3600);
}

static void check_position(const struct stepden_position *position,
                           json_object *jer)
{
    static const char *const confidences[] = {
        "alt-000-01", "alt-000-02", "alt-000-05", "alt-000-10",
        "alt-000-20", "alt-000-50", "alt-001-00", "alt-002-00",
        "alt-005-00", "alt-010-00", "alt-020-00", "alt-050-00",
        "alt-100-00", "alt-200-00", "outOfRange", "unavailable"};
    json_object *altitude = member(jer, "altitude");
    int64_t value = number(altitude, "altitudeValue");

    ck_assert_int_eq(position->latitude_e7, number(jer, "latitude"));
    ck_assert_int_eq(position->longitude_e7, number(jer, "longitude"));
    check_ellipse(position, member(jer, "positionConfidenceEllipse"));
    ck_assert(position->has_altitude == (value != 800001));
    if (!position->has_altitude)
        return;
    ck_assert_int_eq(position->altitude.value_cm, value);
    ck_assert_int_eq(position->altitude.confidence,
                     place(altitude, "altitudeConfidence", confidences, 16));
}

static void
check_management(const struct stepden_management_container *management,
                 json_object *jer, const struct names *names)
{
    static const char *const terminations[] = {"isCancellation", "isNegation"};
    static const char *const distances[] = {
        "lessThan50m",   "lessThan100m", "lessThan200m", "lessThan500m",
        "lessThan1000m", "lessThan5km",  "lessThan10km", "over10km"};
    static const uint16_t metres[] = {50,   100,  200,   500,
                                      1000, 5000, 10000, 10001};
    json_object *action_id = member(jer, names->action_id);

    ck_assert_int_eq(management->action_id.originating_station_id,
                     number(action_id, names->originating_station_id));
    ck_assert_int_eq(management->action_id.sequence_number,
                     number(action_id, "sequenceNumber"));
    ck_assert_int_eq(management->detection_time_its_ms,
                     number(jer, "detectionTime"));
    ck_assert_int_eq(management->reference_time_its_ms,
                     number(jer, "referenceTime"));
    check_position(&management->event_position, member(jer, "eventPosition"));
    ck_assert(management->has_termination ==
              (member(jer, "termination") != NULL));
    if (management->has_termination)
        ck_assert_int_eq(management->termination,
                         place(jer, "termination", terminations, 2));
    ck_assert(management->has_awareness_distance ==
              (member(jer, names->distance) != NULL));
    if (management->has_awareness_distance)
        ck_assert_int_eq(management->awareness_distance_m,
                         metres[place(jer, names->distance, distances, 8)]);
    ck_assert(management->has_traffic_direction ==
              (member(jer, names->direction) != NULL));
    if (management->has_traffic_direction)
        ck_assert_int_eq(management->traffic_direction,
                         place(jer, names->direction, names->directions, 4));
    ck_assert_int_eq(management->validity_duration_s,
                     member(jer, "validityDuration")
                         ? number(jer, "validityDuration")
                         : 600);
    check_optional(management->has_transmission_interval,
                   management->transmission_interval_ms, jer,
                   "transmissionInterval");
    ck_assert_int_eq(management->station_type, number(jer, "stationType"));
}

/* {"causeCode":97,"subCauseCode":4} or {"ccAndScc":{"collisionRisk97":4}} */
static void check_cause(uint8_t cause, uint8_t sub_cause, json_object *jer)
{
    json_object *choice = member(jer, "ccAndScc");

    if (!choice) {
        ck_assert_int_eq(cause, number(jer, "causeCode"));
        ck_assert_int_eq(sub_cause, number(jer, "subCauseCode"));
        return;
    }
    json_object_object_foreach(choice, name, value)
    {
        const char *digits = name + strcspn(name, "0123456789");
        ck_assert_int_eq(cause, atoi(digits));
        ck_assert_int_eq(sub_cause, json_object_get_int(value));
    }
}

static void check_situation(const struct stepden_denm_data *denm,
                            json_object *jer)
{
    const struct stepden_situation_container *situation =
        &denm->situation_container;

    ck_assert(denm->has_situation_container == (jer != NULL));
    if (!jer)
        return;
    ck_assert_int_eq(situation->information_quality,
                     number(jer, "informationQuality"));
    check_cause(situation->event_type, situation->sub_cause_code,
                member(jer, "eventType"));
    ck_assert(situation->has_linked_cause ==
              (member(jer, "linkedCause") != NULL));
    if (situation->has_linked_cause)
        check_cause(situation->linked_cause.event_type,
                    situation->linked_cause.sub_cause_code,
                    member(jer, "linkedCause"));
}

static void
check_speed_and_heading(const struct stepden_location_container *location,
                        json_object *jer, const struct names *names)
{
    json_object *speed = member(jer, "eventSpeed");
    json_object *heading = member(jer, "eventPositionHeading");

    ck_assert(location->has_event_speed ==
              (speed && number(speed, "speedValue") != 16383));
    if (location->has_event_speed) {
        ck_assert_int_eq(location->event_speed.value_cm_s,
                         number(speed, "speedValue"));
        ck_assert_int_eq(location->event_speed.confidence_cm_s,
                         number(speed, "speedConfidence"));
    }
    ck_assert(location->has_event_position_heading ==
              (heading && number(heading, names->heading_value) != 3601));
    if (location->has_event_position_heading) {
        ck_assert_int_eq(location->event_position_heading.value_ddeg,
                         number(heading, names->heading_value) % 3600);
        ck_assert_int_eq(location->event_position_heading.confidence_ddeg,
                         number(heading, names->heading_confidence));
    }
}

static void check_point(const struct stepden_trace_point *point,
                        json_object *jer)
{
    json_object *position = member(jer, "pathPosition");
    int64_t altitude = number(position, "deltaAltitude");
    int64_t time =
        member(jer, "pathDeltaTime") ? number(jer, "pathDeltaTime") : 0;

    ck_assert_int_eq(point->delta_latitude, number(position, "deltaLatitude"));
    ck_assert_int_eq(point->delta_longitude,
                     number(position, "deltaLongitude"));
    ck_assert(point->has_delta_altitude == (altitude != 12800));
    if (point->has_delta_altitude)
        ck_assert_int_eq(point->delta_altitude_cm, altitude);
    ck_assert(point->has_delta_time == (time >= 1 && time <= 65535));
    if (point->has_delta_time)
        ck_assert_int_eq(point->delta_time_cs, time);
}

static void check_traces(const struct stepden_location_container *location,
                         json_object *jer)
{
    size_t count = json_object_array_length(jer);

    if (!location->has_traces) {
        ck_assert_uint_eq(count, 1);
        ck_assert_uint_eq(
            json_object_array_length(json_object_array_get_idx(jer, 0)), 0);
        return;
    }
    ck_assert_uint_eq(location->traces.count, count);
    for (size_t i = 0; i < count; i++) {
        json_object *points = json_object_array_get_idx(jer, i);
        const struct stepden_trace *trace = &location->traces.item[i];

        ck_assert_uint_eq(trace->count, json_object_array_length(points));
        for (size_t j = 0; j < trace->count; j++)
            check_point(&trace->item[j], json_object_array_get_idx(points, j));
    }
}

static void check_location(const struct stepden_denm_data *denm,
                           json_object *jer, const struct names *names)
{
    static const char *const roads[] = {
        "urban-NoStructuralSeparationToOppositeLanes",
        "urban-WithStructuralSeparationToOppositeLanes",
        "nonUrban-NoStructuralSeparationToOppositeLanes",
        "nonUrban-WithStructuralSeparationToOppositeLanes"};
    const struct stepden_location_container *location =
        &denm->location_container;

    ck_assert(!denm->has_location_container || jer);
    if (!jer)
        return;
    check_speed_and_heading(location, jer, names);
    ck_assert(location->has_road_type == (member(jer, "roadType") != NULL));
    if (location->has_road_type)
        ck_assert_int_eq(location->road_type, place(jer, "roadType", roads, 4));
    check_traces(location, member(jer, names->traces));
    vector_check_paths(location, member(jer, "predictedPaths"));
}

static void check_pre_crash(const struct stepden_denm_data *denm,
                            json_object *jer)
{
    static const char *const faces[] = {"front",         "sideLeftFront",
                                        "sideLeftBack",  "sideRightFront",
                                        "sideRightBack", "back"};
    const struct stepden_pre_crash_container *pre_crash =
        &denm->pre_crash_container;
    const struct stepden_perceived_object *object =
        &pre_crash->perceived_object;
    json_object *jer_object = member(jer, "perceivedPreCrashObject");

    ck_assert(denm->has_pre_crash_container == (jer != NULL));
    if (!jer)
        return;
    check_optional(pre_crash->has_station_id_involved,
                   pre_crash->station_id_involved, jer, "objectStationId");
    check_optional(pre_crash->has_time_to_collision,
                   pre_crash->time_to_collision_ms, jer, "timeToCollision");
    check_optional(pre_crash->has_estimated_braking_distance,
                   pre_crash->estimated_braking_distance_dm, jer,
                   "estimatedBrakingDistance");
    ck_assert(pre_crash->has_impact_section ==
              (member(jer, "impactSection") != NULL));
    if (pre_crash->has_impact_section)
        ck_assert_int_eq(pre_crash->impact_section,
                         place(jer, "impactSection", faces, 6));
    check_optional(object->has_object_id, object->object_id, jer_object,
                   "objectId");
    ck_assert_int_eq(object->measurement_delta_time_ms,
                     number(jer_object, "measurementDeltaTime"));
    check_optional(object->has_object_perception_quality,
                   object->object_perception_quality, jer_object,
                   "objectPerceptionQuality");
}

static void check_vector(json_object *vector, enum stepden_release release,
                         const struct names *names)
{
    struct encoded encoded =
        sample_from_hex(json_object_get_string(member(vector, "uper")));
    json_object *header = member(member(vector, "jer"), "header");
    json_object *payload = member(member(vector, "jer"), "denm");
    json_object *alacarte = member(payload, "alacarte");
    struct stepden_denm_data denm;
    struct stepden_diag diag;

    ck_assert_msg(stepden_denm_decode(&denm, encoded.bytes, encoded.size,
                                      release, &diag) == STEPDEN_OK,
                  "%s: %s", diag.where, diag.reason);
    ck_assert_int_eq(denm.station_id, number(header, names->station_id));
    check_management(&denm.management_container, member(payload, "management"),
                     names);
    check_situation(&denm, member(payload, "situation"));
    check_location(&denm, member(payload, "location"), names);
    check_pre_crash(&denm, member(alacarte, "preCrash"));
}

static void check_vectors(const char *file, enum stepden_release release,
                          const struct names *names)
{
    FILE *vectors = fopen(file, "r");
    char *line = NULL;
    size_t room = 0;
    int count = 0;

    ck_assert_ptr_nonnull(vectors);
    while (getline(&line, &room, vectors) > 0) {
        json_object *vector = json_tokener_parse(line);
        check_vector(vector, release, names);
        json_object_put(vector);
        count++;
    }
    ck_assert_int_eq(count, 100);
    free(line);
    fclose(vectors);
}

START_TEST(release_1_vectors_decode_to_their_values)
{
    check_vectors(VECTORS "/denm_r1.ndjson", STEPDEN_RELEASE_R1, &r1_names);
    check_vectors(VECTORS "/denm_r1.ndjson", STEPDEN_RELEASE_R1_R2, &r1_names);
}
END_TEST

START_TEST(release_2_vectors_decode_to_their_values)
{
    check_vectors(VECTORS "/denm_r2.ndjson", STEPDEN_RELEASE_R2, &r2_names);
    check_vectors(VECTORS "/denm_r2.ndjson", STEPDEN_RELEASE_R1_R2, &r2_names);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("denm_vectors");
    TCase *tests = tcase_create("denm_vectors");

    tcase_add_test(tests, release_1_vectors_decode_to_their_values);
    tcase_add_test(tests, release_2_vectors_decode_to_their_values);
    suite_add_tcase(suite, tests);
    return sample_run(suite);
}
