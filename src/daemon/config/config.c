#include <stepden/config.h>

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stepden/json/reader.h>

#include "base/diag.h"
#include "base/utf8.h"
#include "daemon/config/load.h"
#include "redis/keys.h"
#include "json/find.h"
#include "json/indent.h"

#define SEQUENCE_NUMBERS 65536u
#define NAME_CHARACTERS_MAX 64

/* One more than are told: the last says that more are not. */
#define REFUSED_MAX (STEPDEN_JSON_ERRORS_MAX + 1)

/* What is told of the faults, and what they are. */
struct faults {
    const struct stepden_config_report *report;
    const char *json;
    size_t size;
    bool contradicts;
    size_t refused_count; /* places of what could not be read */
    char refused[REFUSED_MAX][sizeof((struct stepden_diag *)0)->where];
};

/* ---- places ---- */

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
        } else if (!stepden_utf8_continues(json[i])) {
            fault->column++;
        }
    }
}

void stepden_config_tell(const struct stepden_config_report *report,
                         const struct stepden_config_fault *fault)
{
    if (report)
        report->fault(report->ctx, fault);
}

static void tell(struct faults *faults, struct stepden_config_fault *fault)
{
    if (faults->json)
        find_place(fault, faults->json, faults->size);
    else
        fault->diag.offset = 0;
    stepden_config_tell(faults->report, fault);
}

/* The place is that of the member, or of what would hold it. */
static void tell_at(struct faults *faults, struct stepden_config_fault *fault)
{
    if (faults->json)
        fault->diag.offset = stepden_json_find_place(faults->json, faults->size,
                                                     fault->diag.where);
    tell(faults, fault);
}

/* ---- what holds between members ---- */

/* Whether `pointer` is, or is within, what is at `holder`. */
static bool is_within(const char *pointer, const char *holder)
{
    size_t size = strlen(holder);
    return size > 0 && strncmp(holder, pointer, size) == 0 &&
           (pointer[size] == '/' || pointer[size] == '\0');
}

/* Whether the member at `pointer`, what holds it or a part of it could not be
 * read. */
static bool is_refused(const struct faults *faults, const char *pointer)
{
    for (size_t i = 0; i < faults->refused_count; i++)
        if (is_within(pointer, faults->refused[i]) ||
            is_within(faults->refused[i], pointer))
            return true;
    return false;
}

/* `where` does not go with `other`, unless one of them is told of already. */
static void refuse(struct faults *faults, const char *where, const char *other,
                   const char *format, ...) STEPDEN_PRINTF(4, 5);

static void refuse(struct faults *faults, const char *where, const char *other,
                   const char *format, ...)
{
    struct stepden_config_fault fault = {.line = 0};
    if (is_refused(faults, where) || is_refused(faults, other))
        return;
    va_list arguments;
    va_start(arguments, format);
    stepden_diag_vset(&fault.diag, STEPDEN_ERR_INVALID, where, format,
                      arguments);
    va_end(arguments);
    tell_at(faults, &fault);
    faults->contradicts = true;
}

static void check_station_ids(const struct stepden_config *config,
                              struct faults *faults)
{
    uint64_t last = (uint64_t)config->station_id + config->station_id_count - 1;
    if (last > UINT32_MAX)
        refuse(faults, "/stationIdCount", "/stationId",
               "the last station id is %llu, allowed is 4294967295 at most",
               (unsigned long long)last);

    uint32_t most = config->station_id_count * SEQUENCE_NUMBERS;
    if (config->denm.max_records > most)
        refuse(faults, "/denm/maxRecords", "/stationIdCount",
               "found %u, allowed is %u at most: 65536 for each of %u station "
               "ids",
               (unsigned)config->denm.max_records, (unsigned)most,
               (unsigned)config->station_id_count);
}

static void check_denm(const struct stepden_config_denm *denm,
                       struct faults *faults)
{
    if (denm->sub_cause.head_on_min_deg < denm->sub_cause.parallel_max_deg)
        refuse(faults, "/denm/subCause/headOnMin", "/denm/subCause/parallelMax",
               "found %u, allowed is parallelMax, %u, or more",
               (unsigned)denm->sub_cause.head_on_min_deg,
               (unsigned)denm->sub_cause.parallel_max_deg);
}

static void check_connection(const struct stepden_redis_connection *connection,
                             struct faults *faults)
{
    static const char most[] = "/redis/connection/maxConnections";
    if (connection->max_connections < 2)
        refuse(faults, most, most, "found %u, the service needs 2",
               (unsigned)connection->max_connections);
    /* What is taken for a URL may have a password in it: it is not repeated. */
    if (strpbrk(connection->host, "/@ \t\r\n") != NULL)
        refuse(faults, "/redis/connection/host", "/redis/connection/host",
               "found '/', '@' or white space, allowed is a name or an address "
               "alone: user, password and port are members of their own");
}

/* What is meant for one key would be read, or written over, as another. */
static void check_keys(const struct stepden_config *config,
                       struct faults *faults)
{
    struct stepden_keys keys;
    struct stepden_key key[STEPDEN_KEY_COUNT];
    const char *told = "";
    stepden_keys_derive(&keys, config);
    stepden_keys_list(key, &keys);
    for (size_t i = 1; i < STEPDEN_KEY_COUNT; i++)
        for (size_t j = 0; j < i; j++) {
            if (strcmp(key[i].name, key[j].name) != 0 ||
                strcmp(key[i].member, told) == 0)
                continue;
            refuse(faults, key[i].member, key[j].member,
                   "one key would be for two uses, \"%s\" and \"%s\"",
                   key[i].use, key[j].use);
            told = key[i].member;
        }
}

static void
check_fields(const struct stepden_config_redis_streams_outputs_client *output,
             struct faults *faults)
{
    if (strcmp(output->fields.message, output->fields.uper) == 0)
        refuse(faults, "/redis/streams/outputs/client/fields/uper",
               "/redis/streams/outputs/client/fields/message",
               "found the name of the field message");
}

static enum stepden_status check_members(const struct stepden_config *config,
                                         struct faults *faults)
{
    check_station_ids(config, faults);
    check_denm(&config->denm, faults);
    check_connection(&config->redis.connection, faults);
    check_keys(config, faults);
    check_fields(&config->redis.streams.outputs.client, faults);
    return faults->contradicts ? STEPDEN_ERR_INVALID : STEPDEN_OK;
}

/* ---- reading ---- */

static void tell_refused(void *ctx, const struct stepden_diag *diag)
{
    struct faults *faults = ctx;
    struct stepden_config_fault fault = {.diag = *diag};
    if (faults->refused_count < REFUSED_MAX)
        memcpy(faults->refused[faults->refused_count++], diag->where,
               sizeof diag->where);
    tell(faults, &fault);
}

static void tell_ruled(void *ctx, const struct stepden_diag *diag)
{
    struct faults *faults = ctx;
    struct stepden_config_fault fault = {.diag = *diag};
    if (!is_refused(faults, diag->where))
        tell_at(faults, &fault);
}

enum stepden_status stepden_config_parse_for(
    stepden_config_rule *rule, struct stepden_config *config, const char *json,
    size_t size, const struct stepden_config_report *report)
{
    struct faults faults = {.report = report, .json = json, .size = size};
    enum stepden_status status =
        stepden_config_read_all(config, json, size, tell_refused, &faults);
    /* Of half a text, what the other half says is not known. */
    if (status != STEPDEN_OK &&
        stepden_json_check(json, size, NULL) != STEPDEN_OK)
        return status;
    enum stepden_status checked = check_members(config, &faults);
    enum stepden_status ruled =
        rule ? rule(config, tell_ruled, &faults) : STEPDEN_OK;
    if (status == STEPDEN_OK)
        status = checked;
    return status == STEPDEN_OK ? ruled : status;
}

enum stepden_status
stepden_config_parse(struct stepden_config *config, const char *json,
                     size_t size, const struct stepden_config_report *report)
{
    return stepden_config_parse_for(NULL, config, json, size, report);
}

/* ---- a value of the caller's own ---- */

/* What the schema allows is known to the reader alone: the value is written,
 * and read again. */
static enum stepden_status check_ranges(const struct stepden_config *config,
                                        struct faults *faults)
{
    struct {
        struct stepden_config config;
        char json[STEPDEN_CONFIG_JSON_MAX];
    } *again = malloc(sizeof *again);
    if (!again)
        return STEPDEN_ERR_MEMORY;
    size_t size = stepden_config_write(again->json, sizeof again->json, config);
    enum stepden_status status = stepden_config_read_all(
        &again->config, again->json, size, tell_refused, faults);
    explicit_bzero(again, sizeof *again); /* it may hold a secret */
    free(again);
    return status;
}

enum stepden_status
stepden_config_check(const struct stepden_config *config,
                     const struct stepden_config_report *report)
{
    struct faults faults = {.report = report};
    enum stepden_status ranges = check_ranges(config, &faults);
    enum stepden_status members = check_members(config, &faults);
    return ranges != STEPDEN_OK ? ranges : members;
}

/* ---- writing ---- */

/* `json` with lines, or NULL without memory. */
static char *indent(const char *json, size_t size)
{
    for (size_t room = 2 * size;; room *= 2) {
        char *text = malloc(room + 2);
        if (!text)
            return NULL;
        size_t used = stepden_json_indent(text, room, json, size);
        if (used > 0) {
            memcpy(text + used, "\n", 2);
            return text;
        }
        free(text);
    }
}

char *stepden_config_text(const struct stepden_config *config)
{
    char *json = malloc(STEPDEN_CONFIG_JSON_MAX);
    if (!json)
        return NULL;
    size_t size =
        stepden_config_write_masked(json, STEPDEN_CONFIG_JSON_MAX, config);
    char *text = indent(json, size);
    free(json);
    return text;
}

/* ---- parts ---- */

enum stepden_status stepden_config_name(struct stepden_config *config,
                                        const char *instance,
                                        struct stepden_diag *diag)
{
    size_t characters = 0;
    size_t size = strlen(instance);
    if (!stepden_utf8_count(&characters, (const uint8_t *)instance, size))
        return stepden_diag_set(diag, STEPDEN_ERR_INVALID, "/instanceName",
                                "not UTF-8 after %zu characters", characters);
    if (characters == 0 || characters > NAME_CHARACTERS_MAX)
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
