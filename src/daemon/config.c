#include <stepden/config.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"

#define SEQUENCE_NUMBERS 65536u
#define FILE_MAX ((size_t)1 << 20)
#define NAME_CHARACTERS_MAX 64

/* ---- what holds between members ---- */

static enum stepden_status
check_station_ids(const struct stepden_config *config,
                  struct stepden_diag *diag)
{
    uint64_t last = (uint64_t)config->station_id + config->station_id_count - 1;
    if (last > UINT32_MAX)
        return stepden_diag_set(diag, STEPDEN_ERR_INVALID, "/stationIdCount",
                                "the last station id is %llu, allowed is "
                                "4294967295 at most",
                                (unsigned long long)last);

    uint32_t most = config->station_id_count * SEQUENCE_NUMBERS;
    if (config->denm.max_records > most)
        return stepden_diag_set(diag, STEPDEN_ERR_INVALID, "/denm/maxRecords",
                                "%u, allowed is %u at most: 65536 for each of "
                                "%u station ids",
                                (unsigned)config->denm.max_records,
                                (unsigned)most,
                                (unsigned)config->station_id_count);
    return STEPDEN_OK;
}

static enum stepden_status check_denm(const struct stepden_config_denm *denm,
                                      struct stepden_diag *diag)
{
    if (denm->repetition_interval_ms > 0 && denm->repetition_duration_ms == 0)
        return stepden_diag_set(diag, STEPDEN_ERR_INVALID,
                                "/denm/repetitionDuration",
                                "0, but repetitionInterval is not");
    if (denm->repetition_duration_ms > 0 && denm->repetition_interval_ms == 0)
        return stepden_diag_set(diag, STEPDEN_ERR_INVALID,
                                "/denm/repetitionInterval",
                                "0, but repetitionDuration is not");
    if (denm->sub_cause.head_on_min_deg < denm->sub_cause.parallel_max_deg)
        return stepden_diag_set(diag, STEPDEN_ERR_INVALID,
                                "/denm/subCause/headOnMin",
                                "%u, allowed is parallelMax, %u, or more",
                                (unsigned)denm->sub_cause.head_on_min_deg,
                                (unsigned)denm->sub_cause.parallel_max_deg);
    return STEPDEN_OK;
}

static enum stepden_status
check_connection(const struct stepden_redis_connection *connection,
                 struct stepden_diag *diag)
{
    if (connection->max_connections < 2)
        return stepden_diag_set(
            diag, STEPDEN_ERR_INVALID, "/redis/connection/maxConnections",
            "%u, the service needs 2", (unsigned)connection->max_connections);
    if (connection->has_ssl_client_cert_file !=
        connection->has_ssl_client_key_file)
        return stepden_diag_set(diag, STEPDEN_ERR_INVALID,
                                connection->has_ssl_client_cert_file
                                    ? "/redis/connection/sslClientKeyFile"
                                    : "/redis/connection/sslClientCertFile",
                                "missing: certificate and key belong together");
    return STEPDEN_OK;
}

static enum stepden_status
check_streams(const struct stepden_config_redis_streams *streams,
              struct stepden_diag *diag)
{
    const char *predictions = streams->inputs.crash_prediction.stream_id;
    const char *client = streams->inputs.client.stream_id;
    const char *output = streams->outputs.client.stream_id;
    if (strcmp(predictions, client) == 0)
        return stepden_diag_set(diag, STEPDEN_ERR_INVALID,
                                "/redis/streams/inputs/client/streamId",
                                "the same stream as crashPrediction's");
    if (strcmp(output, predictions) == 0 || strcmp(output, client) == 0)
        return stepden_diag_set(diag, STEPDEN_ERR_INVALID,
                                "/redis/streams/outputs/client/streamId",
                                "the same stream as an input's");
    if (strcmp(streams->outputs.client.fields.message,
               streams->outputs.client.fields.uper) == 0)
        return stepden_diag_set(diag, STEPDEN_ERR_INVALID,
                                "/redis/streams/outputs/client/fields/uper",
                                "the same name as message's");
    return STEPDEN_OK;
}

enum stepden_status stepden_config_check(const struct stepden_config *config,
                                         struct stepden_diag *diag)
{
    enum stepden_status status = check_station_ids(config, diag);
    if (status == STEPDEN_OK)
        status = check_denm(&config->denm, diag);
    if (status == STEPDEN_OK)
        status = check_connection(&config->redis.connection, diag);
    if (status == STEPDEN_OK)
        status = check_streams(&config->redis.streams, diag);
    return status;
}

/* ---- reading ---- */

static bool starts_character(char byte)
{
    return ((unsigned char)byte & 0xc0u) != 0x80u;
}

static void find_place(struct stepden_config_fault *fault, const char *json,
                       size_t size)
{
    size_t end = fault->diag.offset < size ? fault->diag.offset : size;
    fault->line = 1;
    fault->column = 1;
    for (size_t i = 0; i < end; i++) {
        if (json[i] == '\n') {
            fault->line++;
            fault->column = 1;
        } else if (starts_character(json[i])) {
            fault->column++;
        }
    }
}

enum stepden_status stepden_config_parse(struct stepden_config *config,
                                         const char *json, size_t size,
                                         struct stepden_config_fault *fault)
{
    *fault = (struct stepden_config_fault){.line = 0};
    enum stepden_status status =
        stepden_config_read(config, json, size, &fault->diag);
    if (status != STEPDEN_OK) {
        find_place(fault, json, size);
        return status;
    }
    return stepden_config_check(config, &fault->diag);
}

static enum stepden_status read_file(char *text, size_t *size, const char *path,
                                     struct stepden_diag *diag)
{
    FILE *file = fopen(path, "re");
    if (!file)
        return stepden_diag_set(diag, STEPDEN_ERR_SYSTEM, "", "%s",
                                strerror(errno));
    errno = 0;
    *size = fread(text, 1, FILE_MAX + 1, file);
    int error = ferror(file) ? errno : 0;
    fclose(file);
    if (error)
        return stepden_diag_set(diag, STEPDEN_ERR_SYSTEM, "", "%s",
                                strerror(error));
    if (*size > FILE_MAX)
        return stepden_diag_set(diag, STEPDEN_ERR_INVALID, "",
                                "larger than %zu bytes", FILE_MAX);
    return STEPDEN_OK;
}

enum stepden_status stepden_config_load(struct stepden_config *config,
                                        const char *path,
                                        struct stepden_config_fault *fault)
{
    *fault = (struct stepden_config_fault){.line = 0};
    char *text = malloc(FILE_MAX + 1);
    if (!text)
        return stepden_diag_set(&fault->diag, STEPDEN_ERR_MEMORY, "",
                                "no memory");
    size_t size;
    enum stepden_status status = read_file(text, &size, path, &fault->diag);
    if (status == STEPDEN_OK)
        status = stepden_config_parse(config, text, size, fault);
    free(text);
    return status;
}

/* ---- parts ---- */

enum stepden_status stepden_config_name(struct stepden_config *config,
                                        const char *instance,
                                        struct stepden_diag *diag)
{
    size_t characters = 0;
    for (const char *byte = instance; *byte; byte++)
        characters += starts_character(*byte);
    size_t size = strlen(instance);
    if (characters == 0 || characters > NAME_CHARACTERS_MAX ||
        size >= sizeof config->instance_name)
        return stepden_diag_set(diag, STEPDEN_ERR_RANGE, "/instanceName",
                                "%zu characters, allowed are 1 to %d",
                                characters, NAME_CHARACTERS_MAX);
    memcpy(config->instance_name, instance, size + 1);
    return STEPDEN_OK;
}

bool stepden_config_has_plain_secret(const struct stepden_config *config)
{
    const struct stepden_redis_connection *connection =
        &config->redis.connection;
    return (connection->has_password &&
            connection->password.kind == STEPDEN_SECRET_PLAIN) ||
           (connection->has_ssl_client_key_file_password &&
            connection->ssl_client_key_file_password.kind ==
                STEPDEN_SECRET_PLAIN);
}
