/*
 * Redis Streams on the caller's libev loop: a pool of connections, and what
 * producers and consumers of streams do with them.
 *
 * A pool opens connections as they are needed, maxConnections at most, and
 * keeps them; each connects without blocking the loop (names are resolved on it
 * too), by TCP, TLS or a Unix socket, authenticates, is checked when idle, and
 * connects again with growing pauses. An operation takes a free connection and
 * gives it back with its answer; a receive that waits occupies one as long as
 * it waits. Operations that find none free wait for one, first come, first
 * served, connectionAvailableTimeout at most.
 *
 * Every operation ends with one call of its `done`, always from the loop and
 * never from within the call that began it, unless there is no memory even to
 * remember it. Operations may be begun from within `done`. Texts, fields and
 * ids passed in are copied. Nothing is sent twice: what was on its way when a
 * connection broke ends with STEPDEN_ERR_SYSTEM, and may have happened or not.
 *
 * A connection does one operation at a time, so that a pool does about as many
 * a second as it has connections, divided by the time to the server and back.
 *
 * The library is libstepden-redis, which needs libstepden, libev, hiredis,
 * c-ares and OpenSSL. All of them are linked statically by
 *
 *   -Wl,-Bstatic $(pkg-config --static --libs stepden-redis) -Wl,-Bdynamic
 *
 * A pool is of one server, that of its settings. In a cluster make one for each
 * node: MOVED is an error of the operation, as any other. Sentinels are not
 * asked.
 *
 * While a pool has connections its loop has something to wait for. The process
 * has to ignore SIGPIPE. One thread at a time may use a pool.
 */
#ifndef STEPDEN_REDIS_H
#define STEPDEN_REDIS_H

#include <stddef.h>
#include <stdint.h>

#include <stepden/records/config.h>
#include <stepden/status.h>

#ifdef __cplusplus
extern "C" {
#endif

struct ev_loop;
struct stepden_redis;

/* A field of a stream entry: any bytes, not NUL-terminated. */
struct stepden_redis_field {
    const char *name;
    size_t name_size;
    const char *value;
    size_t value_size;
};

struct stepden_redis_entry {
    const char *id; /* "<ms>-<seq>", NUL-terminated */
    const struct stepden_redis_field *fields;
    size_t field_count;
};

/*
 * How an operation ended; borrowed for the call.
 *
 * STEPDEN_OK
 * STEPDEN_ERR_FULL     no connection was free within connectionAvailableTimeout
 * STEPDEN_ERR_SYSTEM   no connection could be made, or it broke meanwhile
 * STEPDEN_ERR_INVALID  an argument that is not allowed, which `reason` begins
 *                      with; or Redis refused the command
 * STEPDEN_ERR_MEMORY
 */
struct stepden_redis_result {
    enum stepden_status status;
    const char *reason; /* which server, which step, what to check; "" if OK */
    const char *id;     /* publish: the entry's; "" otherwise */
    const struct stepden_redis_entry *entries; /* receive: in stream order */
    size_t entry_count;
    int64_t count; /* what the operation says */
};

typedef void stepden_redis_done(void *ctx,
                                const struct stepden_redis_result *result);

/* What a pool tells beside results, from within the loop. */
struct stepden_redis_events {
    /* A line for the log, without secrets; what several connections say one
     * after the other comes once. May be NULL. */
    void (*report)(void *ctx, enum stepden_log_level level, const char *text);
    void *ctx;
};

/*
 * Makes a pool; no connection is opened yet. `connection` is copied: its
 * defaults are set by stepden_redis_connection_init. `name` goes to CLIENT
 * SETNAME. Secrets and certificates are read now, and again for each further
 * connection. `reconnect_ms`, from 1 to an hour, is the first pause between
 * attempts to connect, or to read a secret again; later ones between attempts
 * to connect are longer, up to ten times, which should be less than
 * connectionAvailableTimeout. While a connection cannot be made no further ones
 * are tried. `events` is copied; NULL: nothing is told. Freed with
 * stepden_redis_free.
 *
 * STEPDEN_ERR_INVALID  settings that contradict each other
 * STEPDEN_ERR_SYSTEM   a secret or a certificate that cannot be read
 * STEPDEN_ERR_SPACE    a secret of more than 4096 bytes
 * STEPDEN_ERR_MEMORY
 */
STEPDEN_API STEPDEN_CHECKED enum stepden_status
stepden_redis_new(struct stepden_redis **redis, struct ev_loop *loop,
                  const struct stepden_redis_connection *connection,
                  const char *name, int64_t reconnect_ms,
                  const struct stepden_redis_events *events,
                  struct stepden_diag *diag);

/*
 * Closes all connections; operations that have not ended do not, no callback
 * comes from it or after it. Not from within a callback. NULL is fine.
 */
STEPDEN_API void stepden_redis_free(struct stepden_redis *redis);

/*
 * Makes a stream, if there is none, and a consumer group that reads it from its
 * beginning, if it has none of that name. A `ttl_s` above 0 is set as the
 * stream's time to live, in seconds; 100 years at most.
 *
 * count: 1 if the group was made, 0 if it was there
 */
STEPDEN_API void stepden_redis_create_input_stream(
    struct stepden_redis *redis, const char *stream, const char *group,
    int64_t ttl_s, stepden_redis_done *done, void *ctx);

/*
 * Appends an entry. With a `max_length` above 0 the stream is trimmed to about
 * so many entries.
 *
 * id: of the new entry
 */
STEPDEN_API void stepden_redis_publish(struct stepden_redis *redis,
                                       const char *stream,
                                       const struct stepden_redis_field *fields,
                                       size_t field_count, int64_t max_length,
                                       stepden_redis_done *done, void *ctx);

/* What to receive. */
struct stepden_redis_wanted {
    const char *stream;
    const char *group;
    const char *consumer;
    /*
     * NULL: entries that no consumer of the group was given yet. An id, such as
     * "0": entries after it that this consumer was given and has not
     * acknowledged, at once; those that are gone from the stream have no
     * fields.
     */
    const char *after;
    int64_t wait_ms; /* for a new entry; 0: not at all; a day at most */
    size_t count;    /* entries at most, from 1 to a million */
    /* Above 0: the stream's time to live, set when the receive ends well;
     * longer than wait_ms. */
    int64_t ttl_s;
};

/*
 * Reads entries of a stream for a consumer of a group; none when the wait is
 * over. A group or stream that is missing is made, or made again when it goes
 * while it is waited for, and the rest of the wait follows.
 *
 * After an error entries may have been given to the consumer that did not
 * arrive: `after` finds them.
 *
 * An entry that was not acknowledged comes again only to the consumer that it
 * was given to, and only by `after`. So keep a consumer's name over restarts,
 * and begin with `after` "0" until nothing comes. What was given to a consumer
 * that never comes back stays pending with it, until somebody takes it over by
 * hand (XAUTOCLAIM).
 *
 * entries, entry_count
 */
STEPDEN_API void
stepden_redis_receive(struct stepden_redis *redis,
                      const struct stepden_redis_wanted *wanted,
                      stepden_redis_done *done, void *ctx);

/*
 * Acknowledges entries.
 *
 * count: how many of them were pending
 */
STEPDEN_API void
stepden_redis_acknowledge(struct stepden_redis *redis, const char *stream,
                          const char *group, const char *const *ids,
                          size_t id_count, stepden_redis_done *done, void *ctx);

/*
 * Sets a key's time to live, from 1 s to 100 years.
 *
 * count: 1, or 0 if there is no such key
 */
STEPDEN_API void stepden_redis_set_ttl(struct stepden_redis *redis,
                                       const char *key, int64_t ttl_s,
                                       stepden_redis_done *done, void *ctx);

/* Asks the server for a sign of life. */
STEPDEN_API void stepden_redis_ping(struct stepden_redis *redis,
                                    stepden_redis_done *done, void *ctx);

#ifdef __cplusplus
}
#endif

#endif
