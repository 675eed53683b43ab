/* What one transaction is to do, written as commands while it comes about. */
#ifndef STEPDEN_REDIS_BATCH_H
#define STEPDEN_REDIS_BATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "redis/delivery.h"
#include "redis/keys.h"
#include "redis/resp.h"
#include "redis/session.h"

/* Complete commands, and how many. */
struct stepden_commands {
    struct stepden_resp resp;
    size_t count;
};

/* The last arguments of a command that still grows, and how many. */
struct stepden_run {
    struct stepden_resp args;
    size_t count;
};

/* All zero is empty. */
struct stepden_batch {
    struct stepden_commands adds;    /* XADD: outputs and dead letters */
    struct stepden_commands records; /* HSET and HDEL, in order */
    struct stepden_commands acks;    /* XACK */
    struct stepden_run run;          /* of HSET, or of HDEL if `forgets` */
    bool forgets;
    struct stepden_run ids[STEPDEN_INPUT_COUNT];       /* of XACK */
    char latest[STEPDEN_INPUT_COUNT][STEPDEN_ID_SIZE]; /* of them; "" none */
    /* Entries that are done here, and that the group is to give with it. */
    size_t fetches[STEPDEN_INPUT_COUNT];
    size_t outputs;
    size_t settled; /* in XACK */
    size_t inputs;  /* of them, those that are done here */
    size_t rejected;
    size_t trimmed;
    size_t bytes_read;           /* of the inputs' names and values */
    struct stepden_resp entered; /* int64_t each: stepden_batch_entered */
};

/* Publishes to the output stream. The first output of the batch trims it, which
 * costs Redis a fifth of an XADD, by as much as it is too long: Redis' own
 * limit may be less than what a batch adds. `max_length` 0 does not. */
void stepden_batch_publish(struct stepden_batch *batch,
                           const struct stepden_keys *keys, int64_t max_length,
                           const struct stepden_redis_field *fields,
                           size_t field_count);

void stepden_batch_keep(struct stepden_batch *batch,
                        const struct stepden_keys *keys, const char *field,
                        size_t field_size, const char *value,
                        size_t value_size);

void stepden_batch_forget(struct stepden_batch *batch,
                          const struct stepden_keys *keys, const char *field,
                          size_t field_size);

void stepden_batch_acknowledge(struct stepden_batch *batch,
                               const struct stepden_keys *keys,
                               enum stepden_input input, const char *id);

/* Acknowledges an entry that was done before. */
void stepden_batch_acknowledge_again(struct stepden_batch *batch,
                                     const struct stepden_keys *keys,
                                     enum stepden_input input, const char *id);

/* Acknowledges an entry that is gone from the stream. */
void stepden_batch_drop_trimmed(struct stepden_batch *batch,
                                const struct stepden_keys *keys,
                                enum stepden_input input, const char *id);

void stepden_batch_reject(struct stepden_batch *batch,
                          const struct stepden_keys *keys,
                          const struct stepden_entry *entry, const char *reason,
                          const char *pointer);

/* Completes what still grows: from here on the commands are ready to send. */
void stepden_batch_seal(struct stepden_batch *batch,
                        const struct stepden_keys *keys);

bool stepden_batch_is_empty(const struct stepden_batch *batch);

/* Whether it writes to the records, or takes away from them. */
bool stepden_batch_keeps(const struct stepden_batch *batch);

/* How many XREADGROUP it takes to have what it fetches. */
size_t stepden_batch_fetches(const struct stepden_batch *batch);

/* When its inputs entered their streams, by their ids, in POSIX milliseconds;
 * but for those that are gone from there. */
const int64_t *stepden_batch_entered(const struct stepden_batch *batch);

/* Bytes that it takes to send it, but for acknowledgements. */
size_t stepden_batch_size(const struct stepden_batch *batch);

/* Memory ran out: the batch is not what it should be. */
bool stepden_batch_has_failed(const struct stepden_batch *batch);

/* If it is empty: gives back memory beyond `keep` bytes of each buffer. */
void stepden_batch_rest(struct stepden_batch *batch, size_t keep);

/* Empties it, for the next use. */
void stepden_batch_clear(struct stepden_batch *batch);

void stepden_batch_free(struct stepden_batch *batch);

#endif
