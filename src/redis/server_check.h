/* What the server's own words say: settings that would break a promise. */
#ifndef STEPDEN_REDIS_SERVER_CHECK_H
#define STEPDEN_REDIS_SERVER_CHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <stepden/records/config.h>

#include "redis/reply.h"

enum stepden_server_about {
    STEPDEN_SERVER_EVICTION,
    STEPDEN_SERVER_APPENDONLY,
    STEPDEN_SERVER_CLUSTER,
    STEPDEN_SERVER_NOTES,
};

/* A line for the log; "" where nothing is wrong. */
struct stepden_server_note {
    enum stepden_log_level level;
    char text[256];
};

/* What to tell of the answer to INFO, one note of each kind. */
void stepden_server_check_info(
    struct stepden_server_note notes[STEPDEN_SERVER_NOTES],
    const redisReply *reply, enum stepden_config_redis_mode mode);

/* Whether it is one, by its answer to INFO: it takes no lease, and knows of one
 * as long as its master tells. */
bool stepden_server_is_replica(const redisReply *reply);

/* Why we cannot work with a server of this answer to INFO; "" if we can. */
void stepden_server_check_version(char *text, size_t size,
                                  const redisReply *reply);

/* The run id in the answer to INFO, new at each start; "" without one. */
void stepden_server_run_id(char *id, size_t size, const redisReply *reply);

/* What to warn of in the answer to CONFIG GET timeout; "" for nothing, or if we
 * may not ask. */
void stepden_server_check_timeout(char *text, size_t size,
                                  const redisReply *reply, int64_t lease_ms);

#endif
