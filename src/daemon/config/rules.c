#include "daemon/config/rules.h"

#include <stdarg.h>
#include <string.h>

#include "redis/keys.h"

#define SEQUENCE_NUMBERS 65536u

struct rules {
    stepden_rules_report *report;
    void *ctx;
};

/* `where` does not go with `other`. */
static void refuse(const struct rules *rules, const char *where,
                   const char *other, const char *format, ...)
    STEPDEN_PRINTF(4, 5);

static void refuse(const struct rules *rules, const char *where,
                   const char *other, const char *format, ...)
{
    struct stepden_diag diag;
    va_list arguments;
    va_start(arguments, format);
    stepden_diag_vset(&diag, STEPDEN_ERR_INVALID, where, format, arguments);
    va_end(arguments);
    rules->report(rules->ctx, &diag, other);
}

static void check_station_ids(const struct stepden_config *config,
                              const struct rules *rules)
{
    uint64_t last = (uint64_t)config->station_id + config->station_id_count - 1;
    if (last > UINT32_MAX)
        refuse(rules, "/stationIdCount", "/stationId",
               "the last station id is %llu, allowed is 4294967295 at most",
               (unsigned long long)last);

    uint32_t most = config->station_id_count * SEQUENCE_NUMBERS;
    if (config->denm.max_records > most)
        refuse(rules, "/denm/maxRecords", "/stationIdCount",
               "found %u, allowed is %u at most: 65536 for each of %u station "
               "ids",
               (unsigned)config->denm.max_records, (unsigned)most,
               (unsigned)config->station_id_count);
}

static void check_denm(const struct stepden_config_denm *denm,
                       const struct rules *rules)
{
    if (denm->sub_cause.head_on_min_deg < denm->sub_cause.parallel_max_deg)
        refuse(rules, "/denm/subCause/headOnMin", "/denm/subCause/parallelMax",
               "found %u, allowed is parallelMax, %u, or more",
               (unsigned)denm->sub_cause.head_on_min_deg,
               (unsigned)denm->sub_cause.parallel_max_deg);
}

static void check_connection(const struct stepden_redis_connection *connection,
                             const struct rules *rules)
{
    static const char most[] = "/redis/connection/maxConnections";
    if (connection->max_connections < 2)
        refuse(rules, most, most, "found %u, the service needs 2",
               (unsigned)connection->max_connections);
    /* What is taken for a URL may have a password in it: it is not repeated. */
    if (strpbrk(connection->host, "/@ \t\r\n") != NULL)
        refuse(rules, "/redis/connection/host", "/redis/connection/host",
               "found '/', '@' or white space, allowed is a name or an address "
               "alone: user, password and port are members of their own");
}

/* What is meant for one key would be read, or written over, as another. */
static void check_keys(const struct stepden_config *config,
                       const struct rules *rules)
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
            refuse(rules, key[i].member, key[j].member,
                   "one key would be for two uses, \"%s\" and \"%s\"",
                   key[i].use, key[j].use);
            told = key[i].member;
        }
}

static void
check_fields(const struct stepden_config_redis_streams_outputs_client *output,
             const struct rules *rules)
{
    if (strcmp(output->fields.message, output->fields.uper) == 0)
        refuse(rules, "/redis/streams/outputs/client/fields/uper",
               "/redis/streams/outputs/client/fields/message",
               "found the name of the field message");
}

void stepden_rules_check(const struct stepden_config *config,
                         stepden_rules_report *report, void *ctx)
{
    const struct rules rules = {.report = report, .ctx = ctx};
    check_station_ids(config, &rules);
    check_denm(&config->denm, &rules);
    check_connection(&config->redis.connection, &rules);
    check_keys(config, &rules);
    check_fields(&config->redis.streams.outputs.client, &rules);
}
