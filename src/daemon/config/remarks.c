#include "daemon/config/remarks.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include <stepden/json/writer.h>

#include "base/diag.h"
#include "daemon/monitor/http_address.h"
#include "redis/keys.h"

static void remark(const struct stepden_config_report *report,
                   const char *where, const char *format, ...)
    STEPDEN_PRINTF(3, 4);

static void remark(const struct stepden_config_report *report,
                   const char *where, const char *format, ...)
{
    struct stepden_config_fault fault = {.line = 0};
    va_list arguments;
    va_start(arguments, format);
    stepden_diag_vset(&fault.diag, STEPDEN_OK, where, format, arguments);
    va_end(arguments);
    report->fault(report->ctx, &fault);
}

static void remark_ttl(const struct stepden_config_report *report,
                       const char *where, uint32_t ttl_s)
{
    if (ttl_s > 0)
        remark(report, where,
               "%u s: when the key lapses, what it held and how far it was "
               "read are gone",
               (unsigned)ttl_s);
}

static void remark_secret(const struct stepden_config_report *report,
                          const struct stepden_config *config, const char *path)
{
    struct stat state;
    if (stepden_config_has_plain_secret(config) && stat(path, &state) == 0 &&
        (state.st_mode & (S_IRGRP | S_IROTH)) != 0)
        remark(report, "/redis/connection",
               "%s holds a secret and can be read by others", path);
}

static void remark_mask(const struct stepden_config_report *report,
                        const char *where, const struct stepden_secret *secret)
{
    if (secret->kind == STEPDEN_SECRET_PLAIN &&
        strcmp(secret->plain, STEPDEN_JSON_MASK) == 0)
        remark(report, where,
               "\"" STEPDEN_JSON_MASK "\" is what --print-config writes in "
               "place of a secret");
}

static void remark_tls(const struct stepden_config_report *report,
                       const struct stepden_redis_connection *connection)
{
    const struct {
        bool given;
        const char *where;
    } members[] = {
        {connection->has_ssl_ca_certs_file, "/redis/connection/sslCaCertsFile"},
        {connection->has_ssl_client_cert_file,
         "/redis/connection/sslClientCertFile"},
        {!connection->ssl_cert_requested, "/redis/connection/sslCertRequested"},
    };
    bool is_clear = connection->has_password && !connection->has_unix_socket;

    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++)
        if (members[i].given && !connection->ssl_enable)
            remark(report, members[i].where, "not used without sslEnable%s",
                   is_clear ? ": the password goes over the network in the "
                              "clear"
                            : "");
}

/* An address is where it is looked for. */
static void remark_address(const struct stepden_config_report *report,
                           const struct stepden_config_redis *redis)
{
    static const char *const instead[] = {
        [STEPDEN_CONFIG_REDIS_MODE_STANDALONE] = "unixSocket",
        [STEPDEN_CONFIG_REDIS_MODE_SENTINEL] = "mode sentinel",
        [STEPDEN_CONFIG_REDIS_MODE_CLUSTER] = "mode cluster",
    };
    const struct stepden_redis_connection *connection = &redis->connection;
    bool is_found = redis->mode != STEPDEN_CONFIG_REDIS_MODE_STANDALONE;
    struct stepden_redis_connection defaults;

    stepden_redis_connection_init(&defaults);
    if (!connection->has_unix_socket && !is_found)
        return;
    if (strcmp(connection->host, defaults.host) != 0)
        remark(report, "/redis/connection/host", "not used with %s",
               instead[redis->mode]);
    if (connection->port != defaults.port)
        remark(report, "/redis/connection/port", "not used with %s",
               instead[redis->mode]);
    if (connection->has_unix_socket && is_found)
        remark(report, "/redis/connection/unixSocket", "not used with %s",
               instead[redis->mode]);
}

static void remark_modes(const struct stepden_config_report *report,
                         const struct stepden_config_redis *redis)
{
    if (redis->mode != STEPDEN_CONFIG_REDIS_MODE_SENTINEL &&
        (redis->sentinel.has_master_name || redis->sentinel.sentinels.count))
        remark(report, "/redis/sentinel", "not used without mode sentinel");
    if (redis->mode != STEPDEN_CONFIG_REDIS_MODE_CLUSTER &&
        redis->cluster.nodes.count > 0)
        remark(report, "/redis/cluster", "not used without mode cluster");
}

static void remark_redis(const struct stepden_config_report *report,
                         const struct stepden_config_redis *redis)
{
    const struct stepden_redis_connection *connection = &redis->connection;

    if (connection->has_password)
        remark_mask(report, "/redis/connection/password",
                    &connection->password);
    if (connection->has_ssl_client_key_file_password)
        remark_mask(report, "/redis/connection/sslClientKeyFilePassword",
                    &connection->ssl_client_key_file_password);
    if (redis->sentinel.has_password)
        remark_mask(report, "/redis/sentinel/password",
                    &redis->sentinel.password);
    remark_tls(report, connection);
    remark_address(report, redis);
    remark_modes(report, redis);
}

/* The first key that differs stands for all. */
static void remark_tags(const struct stepden_config_report *report,
                        const struct stepden_config *config)
{
    struct stepden_keys keys;
    struct stepden_key list[STEPDEN_KEY_COUNT];

    stepden_keys_derive(&keys, config, 0);
    stepden_keys_list(list, &keys);
    for (size_t i = 1; i < STEPDEN_KEY_COUNT; i++)
        if (!stepden_keys_share_tag(list[0].name, list[i].name)) {
            remark(report, list[i].member,
                   "a single server does without, but a cluster needs one hash "
                   "tag, like {step}, in all three stream ids");
            return;
        }
}

/* The name of the day lets expect a file a week. */
static void remark_weeks(const struct stepden_config_report *report,
                         const struct stepden_log_handler *handler, unsigned i)
{
    const struct stepden_log_handler_time_rotate *by_time =
        &handler->time_rotate;
    char where[48];

    if (handler->kind != STEPDEN_LOG_HANDLER_TIME_ROTATE ||
        by_time->when < STEPDEN_LOG_HANDLER_TIME_ROTATE_WHEN_W0 ||
        by_time->interval == 1)
        return;
    snprintf(where, sizeof where, "/log/handlers/%u/interval", i);
    remark(report, where, "%u with %s: a file is written for %u weeks",
           (unsigned)by_time->interval,
           stepden_log_handler_time_rotate_when_text(by_time->when),
           (unsigned)by_time->interval);
}

static void remark_listen(const struct stepden_config_report *report,
                          const struct stepden_config *config)
{
    struct stepden_http_address address;
    struct stepden_diag diag;
    if (config->health.has_listen &&
        stepden_http_address_read(&address, config->health.listen, &diag) ==
            STEPDEN_OK &&
        !stepden_http_address_is_loopback(&address))
        remark(report, "/health/listen",
               "%s: whoever reaches this address reads it; nobody is asked "
               "for a password",
               config->health.listen);
}

void stepden_remarks_report(const struct stepden_config *config,
                            const char *path,
                            const struct stepden_config_report *report)
{
    const struct stepden_config_redis_streams_inputs *inputs =
        &config->redis.streams.inputs;

    stepden_config_advise(config, report);
    if (config->station_id == 0)
        remark(report, "/stationId",
               "0, as in the template: each station has an id of its own");
    remark_secret(report, config, path);
    remark_redis(report, &config->redis);
    remark_tags(report, config);
    remark_ttl(report, "/redis/streams/inputs/crashPrediction/ttl",
               inputs->crash_prediction.ttl_s);
    remark_ttl(report, "/redis/streams/inputs/client/ttl",
               inputs->client.ttl_s);
    for (uint32_t i = 0; i < config->log.handlers.count; i++)
        remark_weeks(report, &config->log.handlers.item[i], i);
    remark_listen(report, config);
}
