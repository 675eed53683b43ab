/*
 * asn1_fields r1|r2: reads lines of hexadecimal UPER and writes lines of JSON
 * as tests/support/erlang_denm does, by our own codec.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <R1DENM.h>
#include <R2DENM.h>

#include "unit/asn1/wire.h"

struct fields {
    unsigned long station_id;
    long sequence_number;
    long cause; /* -1: without a situation container */
    long sub_cause;
    intmax_t detection_time;
    intmax_t reference_time;
    long validity_duration;
    const long *termination;
    long latitude;
    long longitude;
    long altitude;
    long station_type;
};

static intmax_t its_ms(const INTEGER_t *time)
{
    intmax_t ms = 0;

    for (int i = 0; i < time->size; i++)
        ms = ms << 8 | time->buf[i];
    return ms;
}

static struct fields r1_fields(const R1DENM_t *message)
{
    const R1ManagementContainer_t *management = &message->denm.management;
    const R1SituationContainer_t *situation = message->denm.situation;

    return (struct fields){
        .station_id = message->header.stationID,
        .sequence_number = management->actionID.sequenceNumber,
        .cause = situation == NULL ? -1 : situation->eventType.causeCode,
        .sub_cause = situation == NULL ? -1 : situation->eventType.subCauseCode,
        .detection_time = its_ms(&management->detectionTime),
        .reference_time = its_ms(&management->referenceTime),
        .validity_duration = *management->validityDuration,
        .termination = management->termination,
        .latitude = management->eventPosition.latitude,
        .longitude = management->eventPosition.longitude,
        .altitude = management->eventPosition.altitude.altitudeValue,
        .station_type = management->stationType,
    };
}

/* The alternatives are in the order of the causes, and all are alike. */
static struct fields r2_fields(const R2DENM_t *message)
{
    const R2ManagementContainer_t *management = &message->denm.management;
    const R2SituationContainer_t *situation = message->denm.situation;
    const R2CauseCodeChoice_t *cause =
        situation == NULL ? NULL : &situation->eventType.ccAndScc;

    return (struct fields){
        .station_id = message->header.stationId,
        .sequence_number = management->actionId.sequenceNumber,
        .cause = cause == NULL ? -1 : (long)cause->present - 1,
        .sub_cause = cause == NULL ? -1 : cause->choice.reserved0,
        .detection_time = its_ms(&management->detectionTime),
        .reference_time = its_ms(&management->referenceTime),
        .validity_duration = *management->validityDuration,
        .termination = management->termination,
        .latitude = management->eventPosition.latitude,
        .longitude = management->eventPosition.longitude,
        .altitude = management->eventPosition.altitude.altitudeValue,
        .station_type = management->stationType,
    };
}

static void print(const struct fields *fields)
{
    static const char *const terminations[] = {"\"isCancellation\"",
                                               "\"isNegation\""};

    printf("{\"stationID\":%lu,\"sequenceNumber\":%ld,", fields->station_id,
           fields->sequence_number);
    if (fields->cause < 0)
        printf("\"causeCode\":null,\"subCauseCode\":null,");
    else
        printf("\"causeCode\":%ld,\"subCauseCode\":%ld,", fields->cause,
               fields->sub_cause);
    printf("\"detectionTime\":%jd,\"referenceTime\":%jd,"
           "\"validityDuration\":%ld,\"termination\":%s,",
           fields->detection_time, fields->reference_time,
           fields->validity_duration,
           fields->termination == NULL ? "null"
                                       : terminations[*fields->termination]);
    printf("\"latitude\":%ld,\"longitude\":%ld,\"altitude\":%ld,"
           "\"stationType\":%ld}\n",
           fields->latitude, fields->longitude, fields->altitude,
           fields->station_type);
}

static void print_r1(const void *tree)
{
    struct fields fields = r1_fields(tree);

    print(&fields);
}

static void print_r2(const void *tree)
{
    struct fields fields = r2_fields(tree);

    print(&fields);
}

int main(int argc, char **argv)
{
    bool is_r1 = argc == 2 && strcmp(argv[1], "r1") == 0;
    asn_TYPE_descriptor_t *type = is_r1 ? &asn_DEF_R1DENM : &asn_DEF_R2DENM;
    char *line = NULL;
    size_t room = 0;
    int status = EXIT_SUCCESS;

    while (getline(&line, &room, stdin) > 0) {
        struct wire wire = wire_from_hex(line);
        void *tree = wire_decode(type, &wire);

        if (tree == NULL)
            status = EXIT_FAILURE;
        else
            (is_r1 ? print_r1 : print_r2)(tree);
        wire_free(type, tree);
    }
    free(line);
    return status;
}
