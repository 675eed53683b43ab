/* What XREAD, XREADGROUP and XINFO GROUPS answer; RESP2 and RESP3 alike. */
#ifndef STEPDEN_REDIS_DELIVERY_H
#define STEPDEN_REDIS_DELIVERY_H

#include <stdbool.h>
#include <stddef.h>

#include <stepden/redis.h>

#include "redis/reply.h"

/* Of an entry's id, "<ms>-<seq>", with the NUL. */
enum { STEPDEN_ID_SIZE = 48 };

/* The list of entries of the stream `key` in the answer to XREAD or XREADGROUP;
 * NULL if the stream is not in it. */
const redisReply *stepden_delivery_stream(const redisReply *reply,
                                          const char *key);

/* The fields of an entry, in memory that grows and is used again. */
struct stepden_fields {
    struct stepden_redis_field *items;
    size_t capacity;
    size_t count;
    size_t bytes; /* of all names and values */
};

enum stepden_delivery_kind {
    STEPDEN_DELIVERY_ENTRY,
    STEPDEN_DELIVERY_TRIMMED, /* pending, but gone from the stream */
    STEPDEN_DELIVERY_BROKEN,  /* not an entry, or no memory */
};

/* Reads one entry; its fields borrow from `reply`. */
enum stepden_delivery_kind stepden_delivery_read(char id[STEPDEN_ID_SIZE],
                                                 struct stepden_fields *fields,
                                                 const redisReply *reply);

void stepden_fields_free(struct stepden_fields *fields);

/* Copies an id; false if it is none, "<ms>-<seq>" of 64 bits each. */
bool stepden_delivery_id(char id[STEPDEN_ID_SIZE], const redisReply *reply);

/* Whether id `a` comes after id `b`. */
bool stepden_delivery_is_later(const char *a, const char *b);

/* What the answer to XINFO GROUPS tells of `group`; NULL if nothing. */
const redisReply *stepden_delivery_group(const redisReply *reply,
                                         const char *group);

/* The last id that `group` was given, in the answer to XINFO GROUPS. */
bool stepden_delivery_last_id(char id[STEPDEN_ID_SIZE], const redisReply *reply,
                              const char *group);

#endif
