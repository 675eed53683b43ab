/*
 * A blocking connection to whichever server has what is asked for: the only
 * one, the master of a pair, or the node of a cluster that MOVED names.
 */
#ifndef SUPPORT_REDIS_FOLLOW_H
#define SUPPORT_REDIS_FOLLOW_H

#include <hiredis/hiredis.h>

#define REDIS_FOLLOW_ADDRESS_SIZE 128

/* All zero but `addresses` and `db` is a good start. */
struct redis_follow {
    const char *addresses; /* "PATH", or "HOST:PORT,...": any of them will do */
    int db;
    const char *next; /* of `addresses`, to be tried; NULL: the first one */
    char moved[REDIS_FOLLOW_ADDRESS_SIZE]; /* where MOVED says, or "" */
    unsigned connections;                  /* made so far */
    redisContext *redis;                   /* NULL: none */
};

/*
 * The answer, to be freed, which is no error. NULL if there is none in time, or
 * an error; the next question then goes to the next address.
 */
redisReply *redis_follow_ask(struct redis_follow *follow, const char *format,
                             ...);

void redis_follow_close(struct redis_follow *follow);

#endif
