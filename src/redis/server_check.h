/* Settings of the server that would break a promise. */
#ifndef STEPDEN_REDIS_SERVER_CHECK_H
#define STEPDEN_REDIS_SERVER_CHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "redis/reply.h"

/* What to warn of in the answer to INFO; "" for nothing. */
void stepden_server_check_info(char *text, size_t size,
                               const redisReply *reply);

/* What to warn of in the answer to CONFIG GET timeout; "" for nothing, or if we
 * may not ask. */
void stepden_server_check_timeout(char *text, size_t size,
                                  const redisReply *reply, int64_t lease_ms);

#endif
