#include "daemon/config/rules.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "redis/keys.h"

#define SEQUENCE_NUMBERS 65536u

#define MODE "/redis/mode"

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

/* What is taken for a URL may have a password in it: it is not repeated. */
static void check_host(const struct rules *rules, const char *where,
                       const char *host)
{
    if (strpbrk(host, "/@ \t\r\n") != NULL)
        refuse(rules, where, where,
               "found '/', '@' or white space, allowed is a name or an address "
               "alone: user, password and port are members of their own");
}

static void check_nodes(const struct rules *rules, const char *where,
                        const struct stepden_redis_node *nodes, uint32_t count)
{
    char host[64];
    for (uint32_t i = 0; i < count; i++) {
        snprintf(host, sizeof host, "%s/%" PRIu32 "/host", where, i);
        check_host(rules, host, nodes[i].host);
    }
}

static void check_connection(const struct stepden_redis_connection *connection,
                             const struct rules *rules)
{
    static const char most[] = "/redis/connection/maxConnections";
    if (connection->max_connections < 2)
        refuse(rules, most, most, "found %u, the service needs 2",
               (unsigned)connection->max_connections);
    check_host(rules, "/redis/connection/host", connection->host);
}

static void check_sentinel(const struct stepden_config_redis *redis,
                           const struct rules *rules)
{
    static const char master[] = "/redis/sentinel/masterName";
    static const char sentinels[] = "/redis/sentinel/sentinels";
    const struct stepden_config_redis_sentinel *sentinel = &redis->sentinel;
    check_nodes(rules, sentinels, sentinel->sentinels.item,
                sentinel->sentinels.count);
    if (redis->mode != STEPDEN_CONFIG_REDIS_MODE_SENTINEL)
        return;
    if (!sentinel->has_master_name)
        refuse(rules, master, MODE, "found none, mode sentinel needs one");
    if (sentinel->sentinels.count == 0)
        refuse(rules, sentinels, MODE,
               "found none, mode sentinel needs one at least");
}

static void check_cluster(const struct stepden_config_redis *redis,
                          const struct rules *rules)
{
    static const char nodes[] = "/redis/cluster/nodes";
    const struct stepden_config_redis_cluster *cluster = &redis->cluster;
    check_nodes(rules, nodes, cluster->nodes.item, cluster->nodes.count);
    if (redis->mode != STEPDEN_CONFIG_REDIS_MODE_CLUSTER)
        return;
    if (cluster->nodes.count == 0)
        refuse(rules, nodes, MODE,
               "found none, mode cluster needs one at least");
    if (redis->connection.db != 0)
        refuse(rules, "/redis/connection/db", MODE,
               "found %u, a cluster has database 0 alone",
               (unsigned)redis->connection.db);
}

static void check_stream(const struct rules *rules, const char *where,
                         const char *stream_id, unsigned partitions)
{
    static const char tag[] = STEPDEN_KEYS_PARTITION;
    const char *found = strstr(stream_id, tag);
    bool is_tag = stepden_keys_is_split(stream_id);
    if (found && (!is_tag || strstr(found + strlen(tag), tag)))
        refuse(
            rules, where, where,
            "found \"%s\" where it is not the hash tag, allowed is one, with "
            "no other \"{\" before it",
            tag);
    else if (partitions > 1 && !found)
        refuse(rules, where, "/redis/partitions",
               "found no \"%s\", which stands for the hash tag of each of the "
               "%u partitions",
               tag, partitions);
}

static void check_streams(const struct stepden_config_redis *redis,
                          const struct rules *rules)
{
    const struct stepden_config_redis_streams *streams = &redis->streams;
    const struct {
        const char *where;
        const char *stream_id;
    } all[] = {
        {"/redis/streams/inputs/crashPrediction/streamId",
         streams->inputs.crash_prediction.stream_id},
        {"/redis/streams/inputs/client/streamId",
         streams->inputs.client.stream_id},
        {"/redis/streams/outputs/client/streamId",
         streams->outputs.client.stream_id},
    };
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        check_stream(rules, all[i].where, all[i].stream_id, redis->partitions);
}

/* What is meant for one key would be read, or written over, as another. */
static void check_uses(const struct stepden_key key[STEPDEN_KEY_COUNT],
                       const struct rules *rules)
{
    const char *told = "";
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

/* A transaction is on one node of a cluster. The first key that differs stands
 * for all. */
static void check_tags(const struct stepden_key key[STEPDEN_KEY_COUNT],
                       const struct rules *rules)
{
    for (size_t i = 1; i < STEPDEN_KEY_COUNT; i++)
        if (!stepden_keys_share_tag(key[0].name, key[i].name)) {
            refuse(rules, key[i].member, MODE,
                   "a cluster needs one hash tag, like {step}, in all three "
                   "stream ids");
            return;
        }
}

/* Those of one partition stand for all: no two have the same hash tag. */
static void check_keys(const struct stepden_config *config,
                       const struct rules *rules)
{
    struct stepden_keys keys;
    struct stepden_key list[STEPDEN_KEY_COUNT];
    stepden_keys_derive(&keys, config, 0);
    stepden_keys_list(list, &keys);
    check_uses(list, rules);
    if (config->redis.mode == STEPDEN_CONFIG_REDIS_MODE_CLUSTER &&
        config->redis.partitions == 1)
        check_tags(list, rules);
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
    check_sentinel(&config->redis, &rules);
    check_cluster(&config->redis, &rules);
    check_streams(&config->redis, &rules);
    check_keys(config, &rules);
    check_fields(&config->redis.streams.outputs.client, &rules);
}
