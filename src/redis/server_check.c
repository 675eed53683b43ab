#include "redis/server_check.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The value of a "name:value" line of INFO; its size is 0 without one. */
static const char *find_value(size_t *size, const char *text, const char *name)
{
    size_t name_size = strlen(name);

    for (const char *line = text; line != NULL; line = strchr(line, '\n')) {
        line += *line == '\n';
        if (strncmp(line, name, name_size) == 0 && line[name_size] == ':') {
            *size = strcspn(line + name_size + 1, "\r\n");
            return line + name_size + 1;
        }
    }
    *size = 0;
    return "";
}

static bool says(const char *text, const char *name, const char *expected)
{
    size_t size;
    const char *value = find_value(&size, text, name);

    return size == strlen(expected) && memcmp(value, expected, size) == 0;
}

static bool may_evict(const char *text)
{
    size_t limit_size;

    find_value(&limit_size, text, "maxmemory");
    return limit_size > 0 && !says(text, "maxmemory", "0") &&
           !says(text, "maxmemory_policy", "noeviction");
}

static void note(struct stepden_server_note *note, enum stepden_log_level level,
                 const char *format, ...)
{
    va_list args;

    note->level = level;
    va_start(args, format);
    vsnprintf(note->text, sizeof note->text, format, args);
    va_end(args);
}

static void check_cluster(struct stepden_server_note *cluster, const char *info,
                          enum stepden_config_redis_mode mode)
{
    bool is_node = says(info, "redis_mode", "cluster");

    if (is_node && mode != STEPDEN_CONFIG_REDIS_MODE_CLUSTER)
        note(cluster, STEPDEN_LOG_LEVEL_INFO,
             "the server is a node of a cluster: it has to be the one that "
             "holds the streams, and the stream ids need one hash tag; "
             "redis.mode cluster finds it");
    if (!is_node && mode == STEPDEN_CONFIG_REDIS_MODE_CLUSTER)
        note(cluster, STEPDEN_LOG_LEVEL_WARNING,
             "the server is in no cluster, and redis.mode is cluster");
}

static void check_info(struct stepden_server_note notes[STEPDEN_SERVER_NOTES],
                       const char *info, enum stepden_config_redis_mode mode)
{
    size_t size;
    const char *policy = find_value(&size, info, "maxmemory_policy");

    if (may_evict(info))
        note(&notes[STEPDEN_SERVER_EVICTION], STEPDEN_LOG_LEVEL_WARNING,
             "the server's maxmemory-policy is %.*s: it may evict the lease, "
             "records or inputs; it has to be noeviction",
             (int)size, policy);
    if (says(info, "aof_enabled", "0"))
        note(&notes[STEPDEN_SERVER_APPENDONLY], STEPDEN_LOG_LEVEL_WARNING,
             "the server's appendonly is no: what it was given since its last "
             "snapshot is lost when it crashes");
    check_cluster(&notes[STEPDEN_SERVER_CLUSTER], info, mode);
}

void stepden_server_check_info(
    struct stepden_server_note notes[STEPDEN_SERVER_NOTES],
    const redisReply *reply, enum stepden_config_redis_mode mode)
{
    memset(notes, 0, STEPDEN_SERVER_NOTES * sizeof notes[0]);
    if (stepden_reply_is_string(reply))
        check_info(notes, reply->str, mode);
}

bool stepden_server_is_replica(const redisReply *reply)
{
    return stepden_reply_is_string(reply) && says(reply->str, "role", "slave");
}

void stepden_server_check_version(char *text, size_t size,
                                  const redisReply *reply)
{
    size_t version_size = 0;
    const char *version = "";
    char *end;

    text[0] = '\0';
    if (stepden_reply_is_string(reply))
        version = find_value(&version_size, reply->str, "redis_version");
    if (version_size == 0)
        return;
    long major = strtol(version, &end, 10);
    long minor = *end == '.' ? strtol(end + 1, NULL, 10) : 0;
    if (major < 6 || (major == 6 && minor < 2))
        snprintf(text, size,
                 "the server is Redis %.*s; 6.2 or later is needed, for "
                 "XAUTOCLAIM",
                 (int)version_size, version);
}

void stepden_server_run_id(char *id, size_t size, const redisReply *reply)
{
    size_t id_size = 0;
    const char *found = "";

    if (stepden_reply_is_string(reply))
        found = find_value(&id_size, reply->str, "run_id");
    snprintf(id, size, "%.*s", (int)id_size, found);
}

void stepden_server_check_timeout(char *text, size_t size,
                                  const redisReply *reply, int64_t lease_ms)
{
    const redisReply *value = stepden_reply_member(reply, "timeout");

    text[0] = '\0';
    if (value == NULL || !stepden_reply_is_string(value))
        return;
    long timeout_s = strtol(value->str, NULL, 10);
    if (timeout_s > 0 && timeout_s * 1000 <= lease_ms)
        snprintf(text, size,
                 "the server's timeout of %ld s closes idle connections "
                 "earlier than the lease is renewed; it has to be 0 or above "
                 "redis.lease.timeout",
                 timeout_s);
}
