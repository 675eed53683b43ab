#include "redis/server_check.h"

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

void stepden_server_check_info(char *text, size_t size, const redisReply *reply)
{
    size_t policy_size;
    const char *policy;

    text[0] = '\0';
    if (!stepden_reply_is_string(reply))
        return;
    policy = find_value(&policy_size, reply->str, "maxmemory_policy");
    if (says(reply->str, "role", "slave"))
        snprintf(text, size, "the server is a replica: connect to its master");
    else if (policy_size > 0 && !says(reply->str, "maxmemory", "0") &&
             !says(reply->str, "maxmemory_policy", "noeviction"))
        snprintf(text, size,
                 "the server's maxmemory-policy is %.*s: it may evict the "
                 "lease, records or inputs; it has to be noeviction",
                 (int)policy_size, policy);
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
