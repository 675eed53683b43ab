/* What the Redis client of stepden says, for users of denm. */
#ifndef DENM_REDIS_TEXT_H
#define DENM_REDIS_TEXT_H

#include <stddef.h>

/*
 * Copies a text, with what it says of the daemon's configuration said of the
 * URL and the environment. What does not fit is cut. Returns `text`.
 */
const char *denm_redis_text(char *text, size_t room, const char *original);

#endif
