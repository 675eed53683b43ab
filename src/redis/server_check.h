/* What the server's own words say: settings that would break a promise. */
#ifndef STEPDEN_REDIS_SERVER_CHECK_H
#define STEPDEN_REDIS_SERVER_CHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <stepden/records/config.h>

#include "redis/reply.h"

/* A line for the log. */
struct stepden_server_note {
    enum stepden_log_level level;
    char text[256];
};

enum { STEPDEN_SERVER_NOTES_MAX = 4 };

/* What to tell of the answer to INFO; returns how many notes there are. */
size_t stepden_server_check_info(
    struct stepden_server_note notes[STEPDEN_SERVER_NOTES_MAX],
    const redisReply *reply);

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
