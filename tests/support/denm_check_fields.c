/*
 * What a DENM must say in UPER, by its JSON: as text, to be compared with what
 * other decoders found in its bytes. Reads the lines of `stepden --replay`:
 *
 *   denm_check_fields MODE [DECODED] \
 *       < {"message": {..., "data": DENM}, "uper": HEX}
 *
 * hex         the bytes as they are
 * names       the names of the fields of `wireshark`, one line
 * wireshark   the fields as tshark -T fields prints them, separated by |
 * erlang      the JSON that erlang_denm r1 prints
 * extensions  what differs, on stderr, from preCrash and predictedPaths in what
 *             erlang_denm r2 printed for the same lines, the file DECODED
 *
 * None of it uses our codec, our times or our JSON reader.
 */
#include <inttypes.h>
#include <json-c/json.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <stepden/records/denm_data.h>

#include "support/denm_check_data.h"
#include "support/denm_check_paths.h"
#include "support/denm_check_pre_crash.h"

#define MANAGEMENT "/managementContainer"
#define POSITION MANAGEMENT "/eventPosition"
#define SITUATION "/situationContainer"
#define LOCATION "/locationContainer"

struct entry {
    json_object *data;
    const char *hex;
    FILE *decoded;
};

/* Leap seconds between 2004 and 2026, by the POSIX time of what follows. */
static const time_t leaps[] = {1136073600, 1230768000, 1341100800, 1435708800,
                               1483228800};

static int64_t its_ms(json_object *data, const char *pointer)
{
    const char *text = json_object_get_string(at(data, pointer));
    struct tm utc = {.tm_isdst = 0};
    int ms = 0;

    if (sscanf(text, "%d-%d-%dT%d:%d:%d.%3dZ", &utc.tm_year, &utc.tm_mon,
               &utc.tm_mday, &utc.tm_hour, &utc.tm_min, &utc.tm_sec,
               &ms) != 7) {
        fprintf(stderr, "%s: %s\n", pointer, text);
        exit(1);
    }
    utc.tm_year -= 1900;
    utc.tm_mon -= 1;
    time_t seconds = timegm(&utc);
    time_t since_2004 = seconds - 1072915200;
    for (size_t i = 0; i < sizeof leaps / sizeof leaps[0]; i++)
        since_2004 += seconds >= leaps[i];
    return (int64_t)since_2004 * 1000 + ms;
}

static void print(const char *end, int64_t value)
{
    printf("%" PRId64 "%s", value, end);
}

/* Prints nothing for -1, which stands for what is absent. */
static void print_known(const char *end, int64_t value)
{
    if (value >= 0)
        printf("%" PRId64, value);
    fputs(end, stdout);
}

static int64_t distance_class(json_object *data)
{
    static const int64_t metres[] = {50,   100,  200,   500,
                                     1000, 5000, 10000, 10001};
    int64_t distance = number(data, MANAGEMENT "/awarenessDistance", -1);

    for (int class = 0; class < 8; class ++)
        if (distance == metres[class])
            return class;
    return -1;
}

static void print_identity(json_object *data)
{
    print("|", 2);
    print("|", 1);
    print("|", number(data, "/stationId", -1));
    print("|", number(data, MANAGEMENT "/actionId/originatingStationId", -1));
    print("|", number(data, MANAGEMENT "/actionId/sequenceNumber", -1));
    print("|", its_ms(data, MANAGEMENT "/detectionTime"));
    print("|", its_ms(data, MANAGEMENT "/referenceTime"));
    print_known(
        "|", named(data, MANAGEMENT "/termination", stepden_termination_text));
}

#define CONFIDENCE POSITION "/positionConfidence/semiM"

static void print_position(json_object *data)
{
    print("|", degrees_e7(data, POSITION "/latitude"));
    print("|", degrees_e7(data, POSITION "/longitude"));
    print("|", number(data, CONFIDENCE "ajorAxisLengthConfidence", 4095));
    print("|", number(data, CONFIDENCE "inorAxisLengthConfidence", 4095));
    print("|", number(data, CONFIDENCE "ajorAxisOrientation", 3601));
    print("|", number(data, POSITION "/altitude/value", 800001));
    print("|", number(data, POSITION "/altitude/confidence", 15));
}

static void print_relevance(json_object *data)
{
    int64_t validity = number(data, MANAGEMENT "/validityDuration", 600);

    print_known("|", distance_class(data));
    print_known("|", named(data, MANAGEMENT "/trafficDirection",
                           stepden_traffic_direction_text));
    print_known("|", validity == 600 ? -1 : validity);
    print_known("|", number(data, MANAGEMENT "/transmissionInterval", -1));
    print("|",
          named(data, MANAGEMENT "/stationType", stepden_station_type_text));
}

static void print_situation(json_object *data)
{
    bool has_linked = at(data, SITUATION "/linkedCause");

    print_known("|", number(data, SITUATION "/informationQuality", -1));
    print_known(has_linked ? "," : "|",
                named(data, SITUATION "/eventType", stepden_cause_code_text));
    if (has_linked)
        print("|", named(data, SITUATION "/linkedCause/eventType",
                         stepden_cause_code_text));
    print_known(has_linked ? "," : "|",
                number(data, SITUATION "/subCauseCode", -1));
    if (has_linked)
        print("|", number(data, SITUATION "/linkedCause/subCauseCode", 0));
}

static void print_movement(json_object *data)
{
    print_known("|", number(data, LOCATION "/eventSpeed/value", -1));
    print_known("|", number(data, LOCATION "/eventSpeed/confidence", -1));
    print_known("|", number(data, LOCATION "/eventPositionHeading/value", -1));
    print_known("|",
                number(data, LOCATION "/eventPositionHeading/confidence", -1));
}

/* Prints that member of all points, in one field. */
static void print_points(json_object *traces, const char *pointer,
                         int64_t absent)
{
    const char *separator = "";

    for (size_t i = 0; traces && i < json_object_array_length(traces); i++) {
        json_object *trace = json_object_array_get_idx(traces, i);

        for (size_t j = 0; j < json_object_array_length(trace); j++) {
            json_object *point = json_object_array_get_idx(trace, j);
            int64_t value = number(point, pointer, absent);

            if (value == INT64_MIN)
                continue;
            printf("%s%" PRId64, separator, value);
            separator = ",";
        }
    }
    fputs("|", stdout);
}

static void print_trace_sizes(json_object *traces)
{
    size_t count = traces ? json_object_array_length(traces) : 1;

    printf("%zu|", count);
    for (size_t i = 0; i < count; i++) {
        json_object *trace =
            traces ? json_object_array_get_idx(traces, i) : NULL;
        printf("%s%zu", i > 0 ? "," : "",
               trace ? json_object_array_length(trace) : 0);
    }
    fputs("|", stdout);
}

static void print_traces(json_object *data)
{
    json_object *traces = at(data, LOCATION "/traces");

    if (at(data, MANAGEMENT "/termination"))
        fputs("||", stdout);
    else
        print_trace_sizes(traces);
    print_points(traces, "/deltaLatitude", INT64_MIN);
    print_points(traces, "/deltaLongitude", INT64_MIN);
    print_points(traces, "/deltaAltitude", 12800);
    print_points(traces, "/deltaTime", INT64_MIN);
}

static bool show_wireshark(const struct entry *entry)
{
    print_identity(entry->data);
    print_position(entry->data);
    print_relevance(entry->data);
    print_situation(entry->data);
    print_movement(entry->data);
    print_traces(entry->data);
    print_known(
        "|", named(entry->data, LOCATION "/roadType", stepden_road_type_text));
    putchar('\n'); /* not malformed */
    return true;
}

/* In the order of the functions above. */
static const char wireshark_names[] =
    "its.protocolVersion its.messageID its.stationID its.originatingStationID "
    "its.sequenceNumber denm.detectionTime denm.referenceTime denm.termination "
    "its.latitude its.longitude its.semiMajorConfidence "
    "its.semiMinorConfidence its.semiMajorOrientation its.altitudeValue "
    "its.altitudeConfidence denm.relevanceDistance "
    "denm.relevanceTrafficDirection denm.validityDuration "
    "denm.transmissionInterval denm.stationType denm.informationQuality "
    "its.causeCode its.subCauseCode its.speedValue its.speedConfidence "
    "its.headingValue its.headingConfidence denm.traces its.PathHistory "
    "its.deltaLatitude its.deltaLongitude its.deltaAltitude its.pathDeltaTime "
    "denm.roadType _ws.malformed";

static void print_or_null(const char *name, int64_t value)
{
    printf("\"%s\":", name);
    if (value < 0)
        fputs("null,", stdout);
    else
        print(",", value);
}

static bool show_erlang(const struct entry *entry)
{
    json_object *data = entry->data;
    json_object *termination = at(data, MANAGEMENT "/termination");

    printf("{\"stationID\":%" PRId64, number(data, "/stationId", -1));
    printf(",\"sequenceNumber\":%" PRId64 ",",
           number(data, MANAGEMENT "/actionId/sequenceNumber", -1));
    print_or_null("causeCode",
                  named(data, SITUATION "/eventType", stepden_cause_code_text));
    print_or_null("subCauseCode", number(data, SITUATION "/subCauseCode", -1));
    print_or_null("detectionTime", its_ms(data, MANAGEMENT "/detectionTime"));
    print_or_null("referenceTime", its_ms(data, MANAGEMENT "/referenceTime"));
    print_or_null("validityDuration",
                  number(data, MANAGEMENT "/validityDuration", 600));
    printf("\"termination\":%s,",
           termination ? json_object_to_json_string(termination) : "null");
    printf("\"latitude\":%" PRId64 ",\"longitude\":%" PRId64,
           degrees_e7(data, POSITION "/latitude"),
           degrees_e7(data, POSITION "/longitude"));
    printf(",\"altitude\":%" PRId64 ",\"stationType\":%" PRId64 "}\n",
           number(data, POSITION "/altitude/value", 800001),
           named(data, MANAGEMENT "/stationType", stepden_station_type_text));
    return true;
}

static bool show_hex(const struct entry *entry)
{
    puts(entry->hex);
    return true;
}

/* What Erlang found in the same entry is the next line of its output. */
static bool check_extensions(const struct entry *entry)
{
    char *line = NULL;
    size_t room = 0;
    bool is_same = false;

    if (entry->decoded && getline(&line, &room, entry->decoded) > 0) {
        json_object *fields = json_tokener_parse(line);
        is_same = denm_check_pre_crash(entry->data, at(fields, "/preCrash"));
        is_same &= denm_check_paths(entry->data, at(fields, "/predictedPaths"));
        json_object_put(fields);
    }
    free(line);
    return is_same;
}

static const struct mode {
    const char *name;
    bool (*show)(const struct entry *entry);
} modes[] = {
    {"hex", show_hex},
    {"wireshark", show_wireshark},
    {"erlang", show_erlang},
    {"extensions", check_extensions},
};

static bool take_line(const struct mode *mode, const char *line, FILE *decoded)
{
    json_object *root = json_tokener_parse(line);
    struct entry entry = {
        .data = at(root, "/message/data"),
        .hex = json_object_get_string(at(root, "/uper")),
        .decoded = decoded,
    };
    bool is_good = entry.data && entry.hex && mode->show(&entry);

    json_object_put(root);
    return is_good;
}

static int take_all(const struct mode *mode, FILE *decoded)
{
    char *line = NULL;
    size_t room = 0;
    size_t count = 0;
    int failed = 0;

    while (getline(&line, &room, stdin) > 0) {
        count++;
        if (take_line(mode, line, decoded))
            continue;
        fprintf(stderr, "line %zu: not the DENM of its JSON\n", count);
        failed = 1;
    }
    free(line);
    return failed;
}

int main(int count, char **arguments)
{
    const char *wanted = count > 1 ? arguments[1] : "";
    FILE *decoded = count > 2 ? fopen(arguments[2], "r") : NULL;

    if (strcmp(wanted, "names") == 0)
        return puts(wireshark_names) < 0;
    for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++)
        if (strcmp(wanted, modes[i].name) == 0)
            return take_all(&modes[i], decoded);
    fputs("usage: denm_check_fields hex|names|wireshark|erlang|"
          "extensions DECODED\n",
          stderr);
    return 2;
}
