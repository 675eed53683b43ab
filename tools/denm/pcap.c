#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include <sys/stat.h>
#include <unistd.h>

#include <stepden/its_time.h>

#include "base/diag.h"
#include "commands.h"
#include "input.h"
#include "packet.h"
#include "report.h"
#include "rows.h"

enum {
    LINK_TYPE_ETHERNET = 1,
    DISTANCE_UNKNOWN_M = 1000,
    VALIDITY_DEFAULT_S = 600,
};

struct capture {
    struct stepden_message *message;
    struct denm_rows rows;
    FILE *file;
    uint16_t sequence_number;
    bool failed;
};

/* Of every release. */
static int64_t number_at(const struct capture *capture, const char *path,
                         const char *other_path, int64_t otherwise)
{
    const struct denm_row *row = denm_rows_find(&capture->rows, path);

    if (!row && other_path)
        row = denm_rows_find(&capture->rows, other_path);
    return row ? strtoll(row->value, NULL, 10) : otherwise;
}

/* relevanceDistance, awarenessDistance: the end of its class. */
static uint16_t distance_m(const struct capture *capture)
{
    static const struct {
        const char *class;
        uint16_t m;
    } classes[] = {
        {"\"lessThan50m\"", 50},     {"\"lessThan100m\"", 100},
        {"\"lessThan200m\"", 200},   {"\"lessThan500m\"", 500},
        {"\"lessThan1000m\"", 1000}, {"\"lessThan5km\"", 5000},
        {"\"lessThan10km\"", 10000}, {"\"over10km\"", UINT16_MAX},
    };
    const struct denm_row *row =
        denm_rows_find(&capture->rows, "denm.management.awarenessDistance");

    if (!row)
        row =
            denm_rows_find(&capture->rows, "denm.management.relevanceDistance");
    for (size_t i = 0; row && i < sizeof classes / sizeof classes[0]; i++)
        if (strcmp(row->value, classes[i].class) == 0)
            return classes[i].m;
    return DISTANCE_UNKNOWN_M;
}

/* A coordinate that is unavailable is one more than the largest. */
static int32_t coordinate_e7(const struct capture *capture, const char *path,
                             int32_t maximum)
{
    int64_t coordinate = number_at(capture, path, NULL, 0);

    return coordinate <= maximum ? (int32_t)coordinate : maximum;
}

static struct denm_packet describe(struct capture *capture, size_t size)
{
    return (struct denm_packet){
        .sequence_number = capture->sequence_number++,
        .station_id = (uint32_t)number_at(capture, "header.stationId",
                                          "header.stationID", 0),
        .station_type =
            (uint8_t)number_at(capture, "denm.management.stationType", NULL, 0),
        .its_ms = number_at(capture, "denm.management.referenceTime", NULL, 0),
        .latitude_e7 = coordinate_e7(
            capture, "denm.management.eventPosition.latitude", 900000000),
        .longitude_e7 = coordinate_e7(
            capture, "denm.management.eventPosition.longitude", 1800000000),
        .distance_m = distance_m(capture),
        .validity_s =
            (uint32_t)number_at(capture, "denm.management.validityDuration",
                                NULL, VALIDITY_DEFAULT_S),
        .size = (uint16_t)size,
    };
}

/* In the order of the octets of this machine, which the first number shows. */
static void put_file_header(FILE *file)
{
    const struct {
        uint32_t magic;
        uint16_t major, minor;
        uint32_t zone, accuracy, size_max, link_type;
    } header = {0xa1b2c3d4, 2, 4, 0, 0, UINT16_MAX, LINK_TYPE_ETHERNET};

    fwrite(&header, sizeof header, 1, file);
}

/* After 2106 the time is the last one that there is. */
static void put_packet_header(FILE *file, int64_t its_ms, size_t size)
{
    int64_t unix_ms = stepden_its_to_unix(its_ms);
    int64_t unix_s = unix_ms / 1000;
    const uint32_t header[4] = {
        unix_s <= UINT32_MAX ? (uint32_t)unix_s : UINT32_MAX,
        (uint32_t)(unix_ms % 1000) * 1000,
        (uint32_t)size,
        (uint32_t)size,
    };

    fwrite(header, sizeof header[0], 4, file);
}

static void put_packet(struct capture *capture, const struct denm_item *item)
{
    uint8_t headers[DENM_PACKET_HEADER_SIZE];
    struct denm_packet packet = describe(capture, item->size);

    denm_packet_write(headers, &packet);
    put_packet_header(capture->file, packet.its_ms,
                      sizeof headers + item->size);
    fwrite(headers, 1, sizeof headers, capture->file);
    fwrite(item->bytes, 1, item->size, capture->file);
}

static bool take(void *ctx, const struct denm_item *item)
{
    struct capture *capture = ctx;
    struct stepden_field_sink sink = denm_rows_sink(&capture->rows);
    struct stepden_diag diag = {0};

    if (denm_item_decode(capture->message, item, &diag) != STEPDEN_OK) {
        denm_report(item, &diag);
        capture->failed = true;
        return true;
    }
    denm_rows_reset(&capture->rows);
    stepden_message_walk(capture->message, &sink);
    put_packet(capture, item);
    return !ferror(capture->file) && !capture->rows.failed;
}

static int run(struct capture *capture, const struct denm_options *options)
{
    struct denm_sink sink = {.take = take, .ctx = capture};

    put_file_header(capture->file);
    int code = denm_input_run(options, &sink);
    if (capture->rows.failed)
        code = EX_OSERR;
    denm_rows_free(&capture->rows);
    return denm_exit(code, capture->failed);
}

static bool is_same_file(const struct stat *output, const char *input)
{
    struct stat found;
    int status = strcmp(input, "-") == 0 ? fstat(STDIN_FILENO, &found)
                                         : stat(input, &found);

    return status == 0 && S_ISREG(found.st_mode) &&
           found.st_dev == output->st_dev && found.st_ino == output->st_ino;
}

/* Opening the capture file empties it: the messages would be lost. */
static bool overwrites_input(const struct denm_options *options)
{
    struct stat output;

    if (options->redis || stat(options->write, &output) != 0)
        return false;
    if (options->argument_count == 0)
        return is_same_file(&output, "-");
    for (size_t i = 0; i < options->argument_count; i++)
        if (is_same_file(&output, options->arguments[i]))
            return true;
    return false;
}

static int run_to_file(struct capture *capture,
                       const struct denm_options *options)
{
    int code = EX_CANTCREAT;

    if (overwrites_input(options)) {
        fprintf(stderr, "denm: %s: is an input, too\n", options->write);
        return code;
    }
    capture->file = fopen(options->write, "wbe");
    if (capture->file) {
        code = run(capture, options);
        bool is_written = !ferror(capture->file);

        if (fclose(capture->file) == 0 && is_written)
            return code;
        code = EX_IOERR;
    }
    fprintf(stderr, "denm: %s: %s\n", options->write, strerror(errno));
    return code;
}

int denm_pcap(const struct denm_options *options)
{
    struct capture capture = {
        .message = stepden_message_new(options->release),
        .file = stdout,
    };
    int code = EX_OSERR;

    if (capture.message)
        code = options->write && strcmp(options->write, "-") != 0
                   ? run_to_file(&capture, options)
                   : run(&capture, options);
    stepden_message_free(capture.message);
    return code;
}
