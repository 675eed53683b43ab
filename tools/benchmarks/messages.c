#include "benchmarks/messages.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What all of them say. */
static const char management[] =
    "\"stationId\":4711,\"managementContainer\":{"
    "\"actionId\":{\"originatingStationId\":4711,\"sequenceNumber\":7},"
    "\"detectionTime\":\"2026-11-20T21:05:43.120Z\","
    "\"referenceTime\":\"2026-11-20T21:05:44.120Z\","
    "\"eventPosition\":{\"latitude\":45.4642,\"longitude\":9.1903},"
    "\"awarenessDistance\":50,\"trafficDirection\":\"allTrafficDirections\","
    "\"validityDuration\":13,\"stationType\":\"roadSideUnit\"";

static const char situation[] =
    ",\"situationContainer\":{\"informationQuality\":6,"
    "\"eventType\":\"collisionRisk\",\"subCauseCode\":4},"
    "\"locationContainer\":{"
    "\"eventSpeed\":{\"value\":420,\"confidence\":127},"
    "\"eventPositionHeading\":{\"value\":1800,\"confidence\":127}}";

static const char pre_crash[] =
    ",\"preCrashContainer\":{\"perceivedObject\":{\"objectId\":17,"
    "\"measurementDeltaTime\":0,"
    "\"position\":{\"latitude\":45.4644,\"longitude\":9.1903},"
    "\"speed\":{\"value\":420,\"confidence\":127},"
    "\"heading\":{\"value\":1800,\"confidence\":127},"
    "\"classification\":{\"stationType\":\"cyclist\",\"vru\":true}},"
    "\"stationIdInvolved\":2002,\"timeToCollision\":1900}";

static void read_message(struct bench_message *message, const char *termination,
                         const char *containers, const char *more)
{
    char json[4096];
    struct stepden_diag diag;
    int size = snprintf(json, sizeof json, "{%s%s}%s%s}", management,
                        termination, containers, more);

    if (stepden_denm_data_read(&message->denm, json, (size_t)size, &diag) !=
        STEPDEN_OK) {
        fprintf(stderr, "%s: %s\n", diag.where, diag.reason);
        abort();
    }
}

/* A car's way, a point a second. */
static void add_traces(struct bench_message *message, uint32_t traces,
                       uint32_t points)
{
    struct stepden_location_container *location =
        &message->denm.location_container;

    location->has_traces = true;
    location->traces.count = traces;
    for (uint32_t i = 0; i < traces; i++) {
        struct stepden_trace *trace = &location->traces.item[i];

        trace->count = points;
        for (uint32_t k = 0; k < points; k++)
            trace->item[k] = (struct stepden_trace_point){
                .delta_latitude = -1250 + (int32_t)(7 * k),
                .delta_longitude = 310 - (int32_t)(11 * k * (i + 1)),
                .has_delta_time = true,
                .delta_time_cs = 100,
            };
    }
}

static void encode(struct bench_message *message, const char *name)
{
    struct stepden_diag diag;

    if (stepden_denm_encode(message->uper, sizeof message->uper, &message->size,
                            &message->denm, STEPDEN_RELEASE_R1_R2,
                            &diag) != STEPDEN_OK) {
        fprintf(stderr, "%s: %s\n", diag.where, diag.reason);
        abort();
    }
    snprintf(message->name, sizeof message->name, "%s, %zu bytes", name,
             message->size);
}

const struct bench_message *bench_messages(void)
{
    static struct bench_message messages[BENCH_MESSAGE_COUNT];

    read_message(&messages[0], ",\"termination\":\"isCancellation\"", "", "");
    encode(&messages[0], "cancellation");
    read_message(&messages[1], "", situation, "");
    add_traces(&messages[1], 1, 5);
    encode(&messages[1], "collision risk, 5 trace points");
    read_message(&messages[2], "", situation, pre_crash);
    encode(&messages[2], "collision risk, preCrash");
    read_message(&messages[3], "", situation, pre_crash);
    add_traces(&messages[3], 2, 18);
    encode(&messages[3], "collision risk, 36 trace points, preCrash");
    return messages;
}
