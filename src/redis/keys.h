/* The keys of one set of streams. */
#ifndef STEPDEN_REDIS_KEYS_H
#define STEPDEN_REDIS_KEYS_H

#include <stdbool.h>

#include <stepden/records/config.h>

#include "redis/session.h"

enum { STEPDEN_KEY_SIZE = 4 * 256 + 1 + 32 };

/* What stands in the name of a stream for the hash tag of its partition. */
#define STEPDEN_KEYS_PARTITION "{p}"

/* What each of `done` begins with. */
#define STEPDEN_KEYS_DONE "read:"

/* All NUL-terminated. */
struct stepden_keys {
    char lease[STEPDEN_KEY_SIZE];
    char records[STEPDEN_KEY_SIZE];
    char bell[STEPDEN_KEY_SIZE];
    char wish[STEPDEN_KEY_SIZE];
    char output[STEPDEN_KEY_SIZE];
    char input[STEPDEN_INPUT_COUNT][STEPDEN_KEY_SIZE];
    char group[STEPDEN_INPUT_COUNT][STEPDEN_KEY_SIZE];
    char rejected[STEPDEN_INPUT_COUNT][STEPDEN_KEY_SIZE];
    char done[STEPDEN_INPUT_COUNT][2 * STEPDEN_KEY_SIZE]; /* in `records` */
};

/* Derives those of one partition as session.h says. */
void stepden_keys_derive(struct stepden_keys *keys,
                         const struct stepden_config *config,
                         unsigned partition);

/* What the stream of this name is called in one partition. */
void stepden_keys_name_stream(char key[STEPDEN_KEY_SIZE], const char *stream_id,
                              unsigned partition);

/*
 * Whether each partition has a stream of its own of this name: STEPDEN_KEYS_
 * PARTITION is its hash tag.
 */
bool stepden_keys_is_split(const char *stream_id);

/* One of them, borrowed. */
struct stepden_key {
    const char *name;
    const char *type;   /* as TYPE tells it */
    const char *use;    /* for people */
    const char *member; /* that it is made of: a JSON pointer */
};

enum { STEPDEN_KEY_COUNT = 5 + 2 * STEPDEN_INPUT_COUNT };

/* All that are used in Redis; those that are made of one member together. */
void stepden_keys_list(struct stepden_key list[STEPDEN_KEY_COUNT],
                       const struct stepden_keys *keys);

/* Whether both are on one node of a cluster, whichever nodes it has. */
bool stepden_keys_share_tag(const char *key, const char *other);

#endif
