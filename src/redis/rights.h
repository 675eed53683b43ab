/* What the Redis user of a configuration has to be allowed, and no more. */
#ifndef STEPDEN_REDIS_RIGHTS_H
#define STEPDEN_REDIS_RIGHTS_H

#include <stddef.h>

#include <stepden/records/config.h>

/* Room for the rights on the longest keys. */
enum { STEPDEN_RIGHTS_SIZE = 64 * 1024 };

/*
 * Writes the command that makes this user, as one is typed at redis-cli's
 * prompt: ACL SETUSER, with the keys and commands of the service, and the word
 * PASSWORD in place of one. Returns `text`, NUL-terminated.
 */
const char *stepden_rights_write(char text[STEPDEN_RIGHTS_SIZE],
                                 const struct stepden_config *config);

/* What the service can do without, as the words that allow it. */
extern const char stepden_rights_optional[];

#endif
