/*
 * What a session keeps among the records for itself: how far each input was
 * done, an entry id in the field "read:<stream id>:<group id>", in "server" the
 * run id of the server that this was written to, in "partitions" how many there
 * are, of which this is one, and in "owner" who had them last.
 */
#ifndef STEPDEN_REDIS_MEMO_H
#define STEPDEN_REDIS_MEMO_H

#include "redis/delivery.h"
#include "redis/keys.h"

/* Of a server's run id, with the NUL. */
enum { STEPDEN_RUN_ID_SIZE = 64 + 1 };

#define STEPDEN_MEMO_SERVER_FIELD "server"
#define STEPDEN_MEMO_PARTITIONS_FIELD "partitions"
#define STEPDEN_MEMO_OWNER_FIELD "owner"

/* All zero knows nothing. */
struct stepden_memo {
    /* All entries up to here are acknowledged; "": not known. */
    char done[STEPDEN_INPUT_COUNT][STEPDEN_ID_SIZE];
    char server[STEPDEN_RUN_ID_SIZE]; /* "": not known */
};

enum stepden_memo_field {
    STEPDEN_MEMO_OTHER,   /* a record of the owner's */
    STEPDEN_MEMO_TAKEN,   /* ours, be it of another stream or group */
    STEPDEN_MEMO_REFUSED, /* ours, but of no use: as if there were none */
};

enum stepden_memo_field stepden_memo_take(struct stepden_memo *memo,
                                          const struct stepden_keys *keys,
                                          const redisReply *field,
                                          const redisReply *value);

/* The value of the field "partitions"; 0 if there is none, or another one. */
unsigned stepden_memo_partitions(const redisReply *value);

#endif
