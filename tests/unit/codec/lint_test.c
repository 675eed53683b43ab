/* Messages that keep the rules, and messages that break one. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <R2DENM.h>

#include "codec/message.h"
#include "sample.h"

/* A DENM of Release 2 in pieces. */
#define HEADER                                                                 \
    "{\"header\":{\"protocolVersion\":2,\"messageId\":1,\"stationId\":4711},"  \
    "\"denm\":{\"management\":{\"actionId\":{\"originatingStationId\":4711,"   \
    "\"sequenceNumber\":7}"
#define TIMES ",\"detectionTime\":1000,\"referenceTime\":2000"
#define POSITION                                                               \
    "\"positionConfidenceEllipse\":{\"semiMajorConfidence\":4095,"             \
    "\"semiMinorConfidence\":4095,\"semiMajorOrientation\":3601},"             \
    "\"altitude\":{\"altitudeValue\":800001,"                                  \
    "\"altitudeConfidence\":\"unavailable\"}}"
#define PLACE                                                                  \
    ",\"eventPosition\":{\"latitude\":454642000,\"longitude\":"                \
    "91903000," POSITION
#define STATION ",\"stationType\":15"
#define MANAGEMENT HEADER TIMES PLACE STATION "}"
#define SITUATION_OPEN                                                         \
    ",\"situation\":{\"informationQuality\":6,"                                \
    "\"eventType\":{\"ccAndScc\":{\"collisionRisk97\":4}}"
#define SITUATION SITUATION_OPEN "}"
#define LOCATION_OPEN ",\"location\":{\"detectionZonesToEventPosition\":[[]]"
#define LOCATION LOCATION_OPEN "}"
#define END "}}"

/* And of Release 1. */
#define R1_MANAGEMENT_OPEN                                                     \
    "{\"header\":{\"protocolVersion\":2,\"messageID\":1,\"stationID\":4711},"  \
    "\"denm\":{\"management\":{\"actionID\":{\"originatingStationID\":4711,"   \
    "\"sequenceNumber\":7}" TIMES PLACE STATION
#define R1_SITUATION(cause)                                                    \
    ",\"situation\":{\"informationQuality\":6,\"eventType\":{"                 \
    "\"causeCode\":" cause ",\"subCauseCode\":4}}"
#define R1_LOCATION ",\"location\":{\"traces\":[[]]}"

enum { FINDINGS_MAX = 16 };

struct findings {
    unsigned count;
    char rule[FINDINGS_MAX][64];
    char clause[FINDINGS_MAX][128];
    char path[FINDINGS_MAX][192];
    char reason[FINDINGS_MAX][1024];
};

static void take(void *ctx, const struct stepden_finding *finding)
{
    struct findings *findings = ctx;
    unsigned i = findings->count++;

    if (i >= FINDINGS_MAX)
        return;
    snprintf(findings->rule[i], sizeof findings->rule[i], "%s", finding->rule);
    snprintf(findings->clause[i], sizeof findings->clause[i], "%s",
             finding->clause);
    snprintf(findings->path[i], sizeof findings->path[i], "%s", finding->path);
    snprintf(findings->reason[i], sizeof findings->reason[i], "%s",
             finding->reason);
}

static struct findings findings;

static void lint_message(const struct stepden_message *message)
{
    const struct stepden_finding_sink sink = {.take = take, .ctx = &findings};

    findings = (struct findings){.count = 0};
    ck_assert_uint_eq(stepden_message_lint(message, &sink), findings.count);
}

static void lint(enum stepden_release release, const char *jer)
{
    struct stepden_message *message = stepden_message_new(release);
    struct stepden_diag diag = {.where = ""};
    enum stepden_status status =
        stepden_message_read_jer(message, jer, strlen(jer), &diag);

    ck_assert_msg(status == STEPDEN_OK, "%s: %s", diag.where, diag.reason);
    lint_message(message);
    stepden_message_free(message);
}

static const char *all_findings(void)
{
    static char text[4096];
    size_t length = 0;

    text[0] = '\0';
    for (unsigned i = 0; i < findings.count && i < FINDINGS_MAX; i++)
        length += (size_t)snprintf(
            text + length, length < sizeof text ? sizeof text - length : 0,
            "\n%s: %s: %s", findings.rule[i], findings.path[i],
            findings.reason[i]);
    return text;
}

static int find(const char *rule, const char *path)
{
    for (unsigned i = 0; i < findings.count && i < FINDINGS_MAX; i++)
        if (strcmp(findings.rule[i], rule) == 0 &&
            strcmp(findings.path[i], path) == 0)
            return (int)i;
    return -1;
}

static void check_clean(enum stepden_release release, const char *jer)
{
    lint(release, jer);
    ck_assert_msg(findings.count == 0, "%s", all_findings());
}

static void check_broken(enum stepden_release release, const char *jer,
                         const char *rule, const char *path)
{
    lint(release, jer);
    ck_assert_msg(find(rule, path) >= 0, "no %s at %s:%s", rule, path,
                  all_findings());
}

static void check_reason(const char *rule, const char *path, const char *reason)
{
    int i = find(rule, path);

    ck_assert_msg(i >= 0, "no %s at %s:%s", rule, path, all_findings());
    ck_assert_str_eq(findings.reason[i], reason);
}

/* A relation of the modules of Release 2: what keeps and what breaks it. */
struct relation {
    const char *rule;
    const char *path;
    const char *kept;
    const char *broken;
};

static void check_relation(const struct relation *relation)
{
    check_clean(STEPDEN_RELEASE_R2, relation->kept);
    check_broken(STEPDEN_RELEASE_R2, relation->broken, relation->rule,
                 relation->path);
}

START_TEST(a_cancellation_is_a_management_container_alone)
{
    const struct relation relation = {
        "DenmPayload", "denm",
        HEADER TIMES PLACE STATION ",\"termination\":\"isCancellation\"}" END,
        HEADER TIMES PLACE STATION
        ",\"termination\":\"isCancellation\"}" SITUATION LOCATION END};

    check_relation(&relation);
    check_reason("DenmPayload", "denm",
                 "management.termination is present, situation is present; "
                 "allowed: management (termination absent), situation present, "
                 "location present; or management (termination present), "
                 "situation absent, location absent, alacarte absent");
    ck_assert_str_eq(findings.clause[0],
                     "TS 103 831 / TS 102 894-2, DenmPayload");
}
END_TEST

START_TEST(what_is_no_cancellation_has_situation_and_location)
{
    const struct relation relation = {"DenmPayload", "denm",
                                      MANAGEMENT SITUATION LOCATION END,
                                      MANAGEMENT SITUATION END};

    check_relation(&relation);
}
END_TEST

#define ZONE_POINT(more)                                                       \
    "{\"eventPosition\":{\"deltaLatitude\":1,\"deltaLongitude\":2,"            \
    "\"deltaAltitude\":12800}" more ",\"informationQuality\":1}"
#define IN_SITUATION(more) MANAGEMENT SITUATION_OPEN more "}" LOCATION END

START_TEST(an_event_zone_and_an_event_end_exclude_each_other)
{
    const struct relation relation = {
        "SituationContainer", "denm.situation",
        IN_SITUATION(",\"eventEnd\":5,\"eventEndFactor\":\"two\""),
        IN_SITUATION(",\"eventEnd\":5,\"eventZone\":[" ZONE_POINT("") "]")};

    check_relation(&relation);
    check_reason("SituationContainer", "denm.situation",
                 "eventEnd is present, eventZone is present; allowed: "
                 "eventZone present, eventEnd absent, eventEndFactor absent; "
                 "or eventZone absent, eventEnd present; "
                 "or eventZone absent, eventEnd absent, eventEndFactor absent");
}
END_TEST

START_TEST(points_of_an_event_zone_have_a_time_all_or_none)
{
    const struct relation relation = {
        "EventZone", "denm.situation.eventZone",
        IN_SITUATION(",\"eventZone\":[" ZONE_POINT(
            ",\"eventDeltaTime\":1") "," ZONE_POINT(",\"eventDeltaT"
                                                    "ime\":2") "]"),
        IN_SITUATION(",\"eventZone\":[" ZONE_POINT(
            ",\"eventDeltaTime\":1") "," ZONE_POINT("") "]")};

    check_relation(&relation);
    check_reason("EventZone", "denm.situation.eventZone",
                 "[1].eventDeltaTime is absent, [0].eventDeltaTime is present; "
                 "allowed: each element with eventDeltaTime present; "
                 "or each element with eventDeltaTime absent");
}
END_TEST

#define META                                                                   \
    "{\"usedDetectionInformation\":{\"value\":\"0000\",\"length\":16},"        \
    "\"usedStoredInformation\":{\"value\":\"00\",\"length\":8}}"
#define IN_LOCATION(more) MANAGEMENT SITUATION LOCATION_OPEN more "}" END
#define MAP_POSITION(more)                                                     \
    IN_LOCATION(",\"lanePositions\":[{\"lanePositionBased\":"                  \
                "{\"simplelanePosition\":1},\"mapBased\":{" more               \
                "},\"confidence\":" META "}]")

START_TEST(a_map_position_is_on_a_lane_or_on_a_connection)
{
    const struct relation none = {
        "MapPosition", "denm.location.lanePositions[0].mapBased",
        MAP_POSITION("\"laneId\":1"), MAP_POSITION("")};
    const struct relation both = {
        "MapPosition", "denm.location.lanePositions[0].mapBased",
        MAP_POSITION("\"connectionId\":1"),
        MAP_POSITION("\"laneId\":1,\"connectionId\":1")};

    check_relation(&none);
    check_relation(&both);
}
END_TEST

#define PATH_POINT(more) "{\"deltaLatitude\":1,\"deltaLongitude\":2" more "}"
#define PREDICTED(points)                                                      \
    IN_LOCATION(",\"predictedPaths\":[{\"pathPredicted\":[" points             \
                "],\"usageIndication\":\"noIndication\","                      \
                "\"confidenceLevel\":50}]")
#define PREDICTED_PATH "denm.location.predictedPaths[0].pathPredicted"
#define TIME ",\"pathDeltaTime\":{\"deltaTimeBigRange\":1}"

START_TEST(points_of_a_predicted_path_have_a_time_all_or_none)
{
    const struct relation relation = {
        "PathPredicted2.pathPredicted", PREDICTED_PATH,
        PREDICTED(PATH_POINT(TIME) "," PATH_POINT(TIME)),
        PREDICTED(PATH_POINT("") "," PATH_POINT(TIME))};

    check_relation(&relation);
}
END_TEST

START_TEST(points_of_a_predicted_path_have_an_offset_all_or_none)
{
    const struct relation relation = {
        "PathPredicted2.pathPredicted", PREDICTED_PATH,
        PREDICTED(PATH_POINT(",\"symmetricAreaOffset\":1") "," PATH_POINT(
            ",\"symmetricAreaOffset\":2")),
        PREDICTED(PATH_POINT(",\"symmetricAreaOffset\":1") "," PATH_POINT(""))};

    check_relation(&relation);
}
END_TEST

START_TEST(an_asymmetric_offset_is_on_top_of_a_symmetric_one)
{
    const struct relation relation = {
        "PathPointPredicted", PREDICTED_PATH "[0]",
        PREDICTED(PATH_POINT(
            ",\"symmetricAreaOffset\":1,\"asymmetricAreaOffset\":1")),
        PREDICTED(PATH_POINT(",\"asymmetricAreaOffset\":1"))};

    check_relation(&relation);
}
END_TEST

#define SECTION(more)                                                          \
    MANAGEMENT SITUATION LOCATION                                              \
        ",\"alacarte\":{\"roadConfiguration\":{"                               \
        "\"roadConfigurationConfidence\":" META                                \
        ",\"roadConfigurationSectionList\":[{\"roadSectionDefinition\":{"      \
        "\"startingPointSection\":{\"latitude\":1,\"longitude\":2},"           \
        "\"connectedPaths\":[1],\"includedPaths\":[2],"                        \
        "\"isEventZoneIncluded\":true,\"isEventZoneConnected\":false}" more    \
        "}]}}" END
#define SECTION_PATH                                                           \
    "denm.alacarte.roadConfiguration.roadConfigurationSectionList[0]"
#define LANE(more)                                                             \
    SECTION(",\"laneConfiguration\":[{\"laneNumber\":1,\"direction\":0" more   \
            "}]")
#define MAPEM(more) SECTION(",\"mapemConfiguration\":[{" more "}]")

START_TEST(a_road_section_has_lanes_of_its_own_or_of_a_mapem)
{
    const struct relation relation = {"RoadConfigurationSection", SECTION_PATH,
                                      LANE(""), SECTION("")};

    check_relation(&relation);
}
END_TEST

START_TEST(a_connecting_section_needs_a_connecting_lane)
{
    const struct relation relation = {
        "BasicLaneInformation", SECTION_PATH ".laneConfiguration[0]",
        LANE(",\"connectingLane\":1,\"connectingRoadSection\":1"),
        LANE(",\"connectingRoadSection\":1")};

    check_relation(&relation);
}
END_TEST

START_TEST(a_mapem_element_has_lanes_or_connections)
{
    const struct relation relation = {
        "MapemElementReference", SECTION_PATH ".mapemConfiguration[0]",
        MAPEM("\"laneIds\":[1],\"connectionIds\":[2]"), MAPEM("")};

    check_relation(&relation);
}
END_TEST

#define COORDINATE "{\"value\":1,\"confidence\":4096}"
#define OBJECT(class)                                                          \
    MANAGEMENT SITUATION LOCATION                                              \
        ",\"alacarte\":{\"preCrash\":{\"perceivedPreCrashObject\":{"           \
        "\"measurementDeltaTime\":0,\"position\":{\"xCoordinate\":" COORDINATE \
        ",\"yCoordinate\":" COORDINATE                                         \
        "},\"classification\":[{\"objectClass\":{" class "},\"confidence\":"   \
                                                         "50}]}}}" END
#define CLASS_PATH                                                             \
    "denm.alacarte.preCrash.perceivedPreCrashObject.classification[0]."        \
    "objectClass"
#define GROUP(shape)                                                           \
    OBJECT("\"groupSubClass\":{" shape "\"clusterCardinalitySize\":3}")
#define GROUP_PATH CLASS_PATH ".groupSubClass"
#define SHAPE(shape) GROUP("\"clusterBoundingBoxShape\":{" shape "},")
#define SHAPE_PATH GROUP_PATH ".clusterBoundingBoxShape"
#define CIRCLE "\"circular\":{\"radius\":1}"
#define RADIAL(more)                                                           \
    "\"range\":1,\"horizontalOpeningAngleStart\":0,"                           \
    "\"horizontalOpeningAngleEnd\":1" more
#define HALF ",\"verticalOpeningAngleStart\":1"
#define WHOLE HALF ",\"verticalOpeningAngleEnd\":2"

START_TEST(an_object_that_is_a_group_has_no_shape)
{
    const struct relation relation = {"ObjectClass.groupSubClass", GROUP_PATH,
                                      GROUP(""), SHAPE(CIRCLE)};

    check_relation(&relation);
    ck_assert_uint_eq(findings.count, 1);
}
END_TEST

START_TEST(an_object_that_is_a_vehicle_is_no_pedestrian)
{
    const struct relation relation = {
        "ObjectClass.vehicleSubClass", CLASS_PATH ".vehicleSubClass",
        OBJECT("\"vehicleSubClass\":5"), OBJECT("\"vehicleSubClass\":1")};

    check_relation(&relation);
    check_reason("ObjectClass.vehicleSubClass", CLASS_PATH ".vehicleSubClass",
                 "it is 1 (pedestrian); allowed: 0 (unknown); "
                 "or 5 (passengerCar)..11 (tram); or 14 (agricultural)");
}
END_TEST

/* A group has no shape here, so that a message that is clean has none. */
static void check_shape(const char *kept, const char *broken, const char *rule,
                        const char *path)
{
    lint(STEPDEN_RELEASE_R2, kept);
    ck_assert_int_lt(find(rule, path), 0);
    check_broken(STEPDEN_RELEASE_R2, broken, rule, path);
}

START_TEST(the_box_around_a_group_is_neither_elliptical_nor_radial)
{
    static const char rule[] = "VruClusterInformation.clusterBoundingBoxShape";

    check_shape(SHAPE(CIRCLE),
                SHAPE("\"elliptical\":{\"semiMajorAxisLength\":1,"
                      "\"semiMinorAxisLength\":1}"),
                rule, SHAPE_PATH);
    check_reason(rule, SHAPE_PATH,
                 "elliptical is present; allowed: elliptical absent, radial "
                 "absent, radialShapes absent");
    check_broken(STEPDEN_RELEASE_R2, SHAPE("\"radial\":{" RADIAL("") "}"), rule,
                 SHAPE_PATH);
}
END_TEST

START_TEST(a_vertical_opening_has_both_ends_or_none)
{
    check_shape(SHAPE("\"radial\":{" RADIAL(WHOLE) "}"),
                SHAPE("\"radial\":{" RADIAL(HALF) "}"), "RadialShape",
                SHAPE_PATH ".radial");
}
END_TEST

#define SHAPES(more)                                                           \
    SHAPE("\"radialShapes\":{\"refPointId\":1,\"xCoordinate\":1,"              \
          "\"yCoordinate\":1,\"radialShapesList\":[{" RADIAL(more) "}]}")

START_TEST(a_vertical_opening_of_several_has_both_ends_or_none)
{
    check_shape(SHAPES(""), SHAPES(HALF), "RadialShapeDetails",
                SHAPE_PATH ".radialShapes.radialShapesList[0]");
}
END_TEST

START_TEST(the_header_is_that_of_a_denm)
{
    static const char jer[] = MANAGEMENT SITUATION LOCATION END;
    struct stepden_message *message = stepden_message_new(STEPDEN_RELEASE_R2);

    ck_assert_int_eq(stepden_message_read_jer(message, jer, strlen(jer), NULL),
                     STEPDEN_OK);
    ((R2DENM_t *)message->tree)->header.messageId = 2;
    lint_message(message);
    check_reason("DENM.header", "header",
                 "messageId is 2 (cam); allowed: protocolVersion 2, messageId "
                 "1 (denm)");
    stepden_message_free(message);
}
END_TEST

START_TEST(a_cancellation_of_release_1_is_a_management_container_alone)
{
    check_clean(STEPDEN_RELEASE_R1,
                R1_MANAGEMENT_OPEN ",\"termination\":\"isCancellation\"}" END);
    check_broken(STEPDEN_RELEASE_R1,
                 R1_MANAGEMENT_OPEN
                 ",\"termination\":\"isCancellation\"}" R1_SITUATION("97")
                     R1_LOCATION ",\"alacarte\":{}" END,
                 "termination-alone", "denm.situation");
    ck_assert_uint_eq(findings.count, 3);
    ck_assert_int_ge(find("termination-alone", "denm.location"), 0);
    ck_assert_int_ge(find("termination-alone", "denm.alacarte"), 0);
}
END_TEST

START_TEST(a_denm_of_release_1_has_situation_and_location)
{
    check_clean(STEPDEN_RELEASE_R1,
                R1_MANAGEMENT_OPEN "}" R1_SITUATION("97") R1_LOCATION END);
    check_broken(STEPDEN_RELEASE_R1, R1_MANAGEMENT_OPEN "}" END,
                 "container-missing", "denm.situation");
    ck_assert_int_ge(find("container-missing", "denm.location"), 0);
}
END_TEST

#define TIMES_ARE(detection, reference)                                        \
    ",\"detectionTime\":" detection ",\"referenceTime\":" reference

START_TEST(a_denm_is_not_made_before_the_event_is_detected)
{
    check_clean(STEPDEN_RELEASE_R2,
                HEADER TIMES_ARE("1000", "1000") PLACE STATION
                "}" SITUATION LOCATION END);
    check_broken(STEPDEN_RELEASE_R2,
                 HEADER TIMES_ARE("1001", "1000") PLACE STATION
                 "}" SITUATION LOCATION END,
                 "reference-time", "denm.management.referenceTime");
}
END_TEST

START_TEST(a_negation_is_detected_after_what_it_negates)
{
    check_clean(STEPDEN_RELEASE_R2,
                HEADER TIMES_ARE("5000", "1000") PLACE STATION
                ",\"termination\":\"isNegation\"}" END);
    check_broken(STEPDEN_RELEASE_R2,
                 HEADER TIMES_ARE("5000", "1000") PLACE STATION
                 ",\"termination\":\"isCancellation\"}" END,
                 "reference-time", "denm.management.referenceTime");
}
END_TEST

START_TEST(a_denm_is_valid_when_it_is_made)
{
    check_clean(STEPDEN_RELEASE_R2,
                HEADER TIMES_ARE("1000", "3000") PLACE STATION
                ",\"validityDuration\":2}" SITUATION LOCATION END);
    check_broken(STEPDEN_RELEASE_R2,
                 HEADER TIMES_ARE("1000", "3001") PLACE STATION
                 ",\"validityDuration\":2}" SITUATION LOCATION END,
                 "validity-over", "denm.management.validityDuration");
}
END_TEST

START_TEST(without_a_validity_duration_its_default_counts)
{
    check_clean(STEPDEN_RELEASE_R2,
                HEADER TIMES_ARE("0", "600000") PLACE STATION
                "}" SITUATION LOCATION END);
    check_broken(STEPDEN_RELEASE_R2,
                 HEADER TIMES_ARE("0", "600001") PLACE STATION
                 "}" SITUATION LOCATION END,
                 "validity-over", "denm.management.validityDuration");
}
END_TEST

START_TEST(an_event_has_a_position)
{
    check_broken(STEPDEN_RELEASE_R2,
                 HEADER TIMES ",\"eventPosition\":{\"latitude\":900000001,"
                              "\"longitude\":1800000001," POSITION STATION
                              "}" SITUATION LOCATION END,
                 "event-position", "denm.management.eventPosition.latitude");
    ck_assert_int_ge(
        find("event-position", "denm.management.eventPosition.longitude"), 0);
}
END_TEST

#define CAUSED_BY(cause)                                                       \
    MANAGEMENT ",\"situation\":{\"informationQuality\":6,"                     \
               "\"eventType\":{\"ccAndScc\":{" cause "}}}" LOCATION END
#define CAUSE_PATH "denm.situation.eventType.ccAndScc."

START_TEST(a_reserved_cause_is_told)
{
    check_broken(STEPDEN_RELEASE_R2, CAUSED_BY("\"reserved23\":0"), "reserved",
                 CAUSE_PATH "reserved23");
    check_reason("reserved", CAUSE_PATH "reserved23",
                 "reserved23 (23) is found; allowed: a value that has a "
                 "meaning");
}
END_TEST

START_TEST(a_deprecated_sub_cause_is_told)
{
    check_broken(STEPDEN_RELEASE_R2, CAUSED_BY("\"accident2\":6"), "deprecated",
                 CAUSE_PATH "accident2");
    check_clean(STEPDEN_RELEASE_R2, CAUSED_BY("\"accident2\":5"));
}
END_TEST

START_TEST(a_sub_cause_without_name_is_reserved)
{
    check_broken(STEPDEN_RELEASE_R2, CAUSED_BY("\"collisionRisk97\":200"),
                 "reserved", CAUSE_PATH "collisionRisk97");
}
END_TEST

START_TEST(a_cause_of_release_1_without_name_is_reserved)
{
    check_broken(STEPDEN_RELEASE_R1,
                 R1_MANAGEMENT_OPEN "}" R1_SITUATION("4") R1_LOCATION END,
                 "reserved", "denm.situation.eventType.causeCode");
    check_broken(STEPDEN_RELEASE_R1,
                 R1_MANAGEMENT_OPEN "}" R1_SITUATION("0") R1_LOCATION END,
                 "reserved", "denm.situation.eventType.causeCode");
}
END_TEST

START_TEST(a_value_that_is_not_to_be_used_is_told)
{
    check_broken(STEPDEN_RELEASE_R2,
                 IN_LOCATION(",\"eventPositionHeading\":"
                             "{\"value\":3600,\"confidence\":127}"),
                 "not-used", "denm.location.eventPositionHeading.value");
}
END_TEST

START_TEST(what_the_release_does_not_know_is_told)
{
    static const char jer[] = MANAGEMENT SITUATION LOCATION END;
    struct stepden_message *message = stepden_message_new(STEPDEN_RELEASE_R2);

    ck_assert_int_eq(stepden_message_read_jer(message, jer, strlen(jer), NULL),
                     STEPDEN_OK);
    message->unknown_count = 3;
    lint_message(message);
    ck_assert_uint_eq(findings.count, 1);
    ck_assert_int_eq(find("unknown", ""), 0);
    stepden_message_free(message);
}
END_TEST

/* The message rule_future1 of future.txt. */
START_TEST(an_unknown_item_is_told_where_it_is)
{
    struct encoded encoded = sample_from_hex(
        "020100001092e10000084900039255dda38f64957768e3e528d6c4070a71c800"
        "640323841b6d95000f02866104000041198c0800000000800100");
    struct stepden_message *message = stepden_message_new(STEPDEN_RELEASE_R2);

    ck_assert_int_eq(
        stepden_message_read_uper(message, encoded.bytes, encoded.size, NULL),
        STEPDEN_OK);
    lint_message(message);
    ck_assert_int_ge(find("unknown", "denm.alacarte.roadWorks.trafficFlowRule"),
                     0);
    ck_assert_int_lt(find("unknown", ""), 0);
    stepden_message_free(message);
}
END_TEST

START_TEST(a_rule_of_procedure_is_cited_with_the_standard_of_the_release)
{
    check_broken(STEPDEN_RELEASE_R1, R1_MANAGEMENT_OPEN "}" R1_LOCATION END,
                 "container-missing", "denm.situation");
    ck_assert_str_eq(
        findings.clause[find("container-missing", "denm.situation")],
        "EN 302 637-3 V1.3.1, clause 7.1");
}
END_TEST

START_TEST(an_empty_message_breaks_no_rule)
{
    struct stepden_message *message = stepden_message_new(STEPDEN_RELEASE_R1);

    lint_message(message);
    ck_assert_uint_eq(findings.count, 0);
    stepden_message_free(message);
}
END_TEST

/* Adds the rules that are called like types: those of the modules. */
static void add_relations(char *text, size_t size, int line)
{
    for (unsigned i = 0; i < findings.count; i++) {
        size_t length = strlen(text);

        ck_assert_uint_lt(i, FINDINGS_MAX);
        if (findings.rule[i][0] < 'a')
            snprintf(text + length, size - length, "%d: %s\n", line,
                     findings.rule[i]);
    }
}

START_TEST(the_vectors_of_release_2_keep_all_relations_but_one)
{
    struct stepden_message *message = stepden_message_new(STEPDEN_RELEASE_R2);
    FILE *file = fopen(VECTORS "/denm_r2.ndjson", "r");
    char *line = NULL;
    size_t room = 0;
    int count = 0;
    char broken[256] = "";

    ck_assert_ptr_nonnull(file);
    while (getline(&line, &room, file) > 0) {
        const struct encoded uper =
            sample_from_hex(strstr(line, "\"uper\":\"") + 8);

        ck_assert_int_eq(
            stepden_message_read_uper(message, uper.bytes, uper.size, NULL),
            STEPDEN_OK);
        lint_message(message);
        add_relations(broken, sizeof broken, ++count);
    }
    ck_assert_int_eq(count, 100);
    ck_assert_str_eq(broken, "20: RoadConfigurationSection\n"
                             "60: RoadConfigurationSection\n");
    free(line);
    fclose(file);
    stepden_message_free(message);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("lint");
    TCase *tests = tcase_create("lint");

    suite_add_tcase(suite, tests);
    tcase_add_test(tests, a_cancellation_is_a_management_container_alone);
    tcase_add_test(tests, what_is_no_cancellation_has_situation_and_location);
    tcase_add_test(tests, an_event_zone_and_an_event_end_exclude_each_other);
    tcase_add_test(tests, points_of_an_event_zone_have_a_time_all_or_none);
    tcase_add_test(tests, a_map_position_is_on_a_lane_or_on_a_connection);
    tcase_add_test(tests, points_of_a_predicted_path_have_a_time_all_or_none);
    tcase_add_test(tests,
                   points_of_a_predicted_path_have_an_offset_all_or_none);
    tcase_add_test(tests, an_asymmetric_offset_is_on_top_of_a_symmetric_one);
    tcase_add_test(tests, a_road_section_has_lanes_of_its_own_or_of_a_mapem);
    tcase_add_test(tests, a_connecting_section_needs_a_connecting_lane);
    tcase_add_test(tests, a_mapem_element_has_lanes_or_connections);
    tcase_add_test(tests, an_object_that_is_a_group_has_no_shape);
    tcase_add_test(tests, an_object_that_is_a_vehicle_is_no_pedestrian);
    tcase_add_test(tests,
                   the_box_around_a_group_is_neither_elliptical_nor_radial);
    tcase_add_test(tests, a_vertical_opening_has_both_ends_or_none);
    tcase_add_test(tests, a_vertical_opening_of_several_has_both_ends_or_none);
    tcase_add_test(tests, the_header_is_that_of_a_denm);
    tcase_add_test(tests,
                   a_cancellation_of_release_1_is_a_management_container_alone);
    tcase_add_test(tests, a_denm_of_release_1_has_situation_and_location);
    tcase_add_test(tests, a_denm_is_not_made_before_the_event_is_detected);
    tcase_add_test(tests, a_negation_is_detected_after_what_it_negates);
    tcase_add_test(tests, a_denm_is_valid_when_it_is_made);
    tcase_add_test(tests, without_a_validity_duration_its_default_counts);
    tcase_add_test(tests, an_event_has_a_position);
    tcase_add_test(tests, a_reserved_cause_is_told);
    tcase_add_test(tests, a_deprecated_sub_cause_is_told);
    tcase_add_test(tests, a_sub_cause_without_name_is_reserved);
    tcase_add_test(tests, a_cause_of_release_1_without_name_is_reserved);
    tcase_add_test(tests, a_value_that_is_not_to_be_used_is_told);
    tcase_add_test(tests, what_the_release_does_not_know_is_told);
    tcase_add_test(tests, an_unknown_item_is_told_where_it_is);
    tcase_add_test(
        tests, a_rule_of_procedure_is_cited_with_the_standard_of_the_release);
    tcase_add_test(tests, an_empty_message_breaks_no_rule);
    tcase_add_test(tests, the_vectors_of_release_2_keep_all_relations_but_one);
    return sample_run(suite);
}
