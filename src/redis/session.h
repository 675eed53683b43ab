/*
 * The owner of one set of streams: it takes the lease, loads the kept records,
 * reads the inputs and commits what became of them, each input exactly once.
 *
 * The protocol. L is the lease key, T our token (128 random bits, new at each
 * acquisition), ttl redis.lease.timeout. All writes go over one connection, in
 * transactions that a WATCH on L fences; input is read inside them. So who lost
 * the lease, be it in its sleep, can neither publish nor acknowledge nor take
 * an entry away.
 *
 *   acquire  UNWATCH | TYPE of every key | WATCH L | GET L | PTTL L
 *            L is nil or one of the last two tokens tried: take it; anything
 *            else: stand by, and look again after ttl/4 or when L lapses. One
 *            that would never lapse is given a ttl; others are left alone, as
 *            their owner renews them by its own time-out. Of a single server
 *            INFO replication is asked first: a replica has nothing to take
 *            With "{p}" in the names of the streams also HGET records
 *            "partitions". If that is not ours, XINFO GROUPS of the inputs and
 *            HSCAN records: L is not taken as long as there is an event, or an
 *            input that is pending or undelivered; and HGET once more, as both
 *            may be of an owner of the last moments. Only an owner writes the
 *            records, so that the WATCH holds for them, too. If there were more
 *            partitions than now, the same is asked of those that follow in
 *            steps of redis.partitions, each over a connection of its own, as
 *            another node may have it, within ttl
 *            MULTI | SET L T PX ttl | EXEC | WATCH L | GET L
 *            owner if EXEC = [OK], WATCH = OK and GET = T. With HSET records
 *            "partitions" where the names have "{p}"; where partitions are
 *            shared with DEL W, as wishes were for the owner before, and HSET
 *            records "owner" our name: who stands by asks HGET in its looks
 *   load     MULTI | XINFO GROUPS of the inputs | HSCAN records | PEXPIRE L
 *            ttl | EXEC | WATCH L | GET L;  again until HSCAN's cursor is 0;
 *            then groups
 *   groups   where one is missing: MULTI | XINFO STREAM of the inputs | PEXPIRE
 *            L ttl | EXEC | WATCH L | GET L;  it starts after the last entry
 *            that was acknowledged, or at 0 if the stream is not the one that
 *            had it (its last-generated-id is lower). Where entries are too
 *            large for an answer it is taken for that stream unseen. One that
 *            goes after XINFO GROUPS told of it starts there, too
 *            MULTI | XGROUP CREATE ... MKSTREAM | XINFO GROUPS | XAUTOCLAIM
 *            (entries of old consumers) | PEXPIRE L ttl | EXEC | WATCH L |
 *            GET L;  again until XAUTOCLAIM's cursor is 0-0
 *   steady   MULTI | XADD outputs and dead letters | HSET/HDEL records | XACK
 *            | XREADGROUP (own pending entries first) | PEXPIRE L ttl | EXEC
 *            | WATCH L | GET L;  the next one only if GET = T
 *            Every ttl/4 or so with XINFO GROUPS before PEXPIRE, for the lag
 *            Under load all but the EXEC of the next one is sent before the
 *            answer to this one; after GET = T its EXEC follows, else DISCARD.
 *            Only reads of new entries go ahead so, not those of pending ones
 *            NOGROUP: what was read is committed, without a read, then groups
 *   idle     a second connection, the doorbell, blocks in XREAD after the last
 *            delivered ids; at its ring, and at ttl/3, a steady transaction.
 *            The entries that the ring brings are given to the owner at once,
 *            and the transaction with what came of them begins with a fetch,
 *            XREADGROUP COUNT of as many: it moves the group on
 *   turn     where a process has many sessions, only some of them read at a
 *            time: XREADGROUP is left out of the transactions of the others,
 *            which wait for their turn. What the doorbell brings needs none, but
 *            for a ring that is full: there is more, and it is left to be read
 *   release  MULTI | the last outputs, records, acknowledgements | DEL L | XADD
 *            B MAXLEN 1 | EXEC;  without B when it is tried again
 *   standby  the second connection blocks in XREAD of the bell B after the last
 *            id that it rang with; at its ring L is looked at
 *   wish     where partitions are shared: who stands by and has `rank`, as many
 *            partitions as it holds and has wished for, says with each look
 *            SET W "rank token" PX ttl/2, unless somebody with a lower rank
 *            has. The token is one of its last two. A clean stop takes it back
 *   give     the owner asks GET W with the lag. If it is to hand over, it reads
 *            no more, settles what it has read, and releases with SET L token
 *            PX ttl in place of DEL L. It stands by then; who has wished finds
 *            L to be its own, and acquires. If it has not after ttl/2, the
 *            giver does, of whose last two tokens that is one
 *
 *   Handing over is no more than a release: to the fence a token that its owner
 *   has not taken yet is as any other, and taking a lease is always safe. A
 *   wish may be old when it is granted: one token is kept for all wishes until
 *   the lease is ours. Where two wish, the last one that was not worse counts.
 *   A hand-over that is refused is sent again, one without an answer has
 *   happened or not, as any transaction.
 *
 *   In a cluster and while a server comes to itself: at ASK, TRYAGAIN,
 *   CLUSTERDOWN, LOADING and MASTERDOWN nothing was applied, as one refused
 *   command makes EXEC refuse all. The same is sent again after 50 to 500 ms,
 *   the fence first. Where the answer to WATCH or GET is one of these and the
 *   transaction before was applied, the connection is made anew; so it is at
 *   MOVED, which any of them answers, to go where that says.
 *
 *   GET after WATCH because WATCH on an expired key lets EXEC pass. An EXEC
 *   that answers nil or an error did nothing: with L still ours the same
 *   transaction is sent again after a pause and UNWATCH | WATCH L | GET L,
 *   otherwise all is dropped. An EXEC without an answer may have happened or
 *   not: after every (re-)connection the lease is taken anew and the truth
 *   loaded from Redis. Each element of EXEC's array is checked; an error there
 *   is half a transaction, and the session ends, except for XREADGROUP: NOGROUP
 *   is cured, and after another error the connection is made anew. What is only
 *   asked aside, and the bell, may fail. No order of
 *   the commands prevents half a transaction, Redis goes on after one that
 *   fails; XACK comes last so that what an append-only file cut short has of a
 *   transaction is published twice rather than never.
 *
 *   What rang was read outside of the fence, and is sound all the same: it is
 *   taken only if INFO tells that both connections reach the same server. Only
 *   the owner moves the group on, so what follows the last id that was given
 *   is what the group gives next, and the fetch is in the same transaction. If
 *   the lease was lost meanwhile, nothing of it happens. What somebody else did
 *   to stream or group between ring and fetch shows in the answer: an entry
 *   that did not ring is given as usual; one that rang is only acknowledged
 *   should it come later; and as long as one is missing, the group is asked
 *   first when it rings. That is known in memory only: where a group was set
 *   back and has not come to what rang by the time that the owner changes or
 *   connects anew, it is given again.
 *
 *   An answer that is too large ends the connection. Then what is pending is
 *   read one by one, of one input at a time. An entry that is too large alone
 *   becomes a dead letter without its fields; XAUTOCLAIM JUSTID told its id.
 *
 * Keys, one hash tag for all: with P the crash prediction's stream id up to its
 * tag's "}" (without a tag: the whole id in braces), L is "P:stepden:lease", B
 * the stream "P:stepden:bell", W "P:stepden:wish" and the records are the hash
 * "P:stepden:records". Sets of streams with the same P share them, so each set
 * has to have a tag of its own: otherwise the second one stands by as long as
 * the first one has an owner, and then takes the records of the first for its
 * own.
 * With redis.partitions each partition is a set of its own: "{p}" in the names
 * of the streams, which is their hash tag, stands for its number in braces.
 *
 * Beside the owner's records the hash holds the id of the last entry of each
 * input that was acknowledged, in the field "read:<stream id>:<group id>",
 * written by the transactions that acknowledge, and in "server" the run id of
 * the Redis server that the last record was kept on, and, where the names of
 * the streams have "{p}", in "partitions" redis.partitions, and, where these
 * are shared, in "owner" the instanceName of the last owner. Dead letters go to
 * the stream "<input stream id>:rejected", with the fields reason, pointer,
 * entry (its id) and then the entry's own, unchanged.
 */
#ifndef STEPDEN_REDIS_SESSION_H
#define STEPDEN_REDIS_SESSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <stepden/records/config.h>
#include <stepden/redis.h>
#include <stepden/status.h>

struct ev_loop;
struct stepden_session;
struct stepden_access;
struct stepden_turns;

enum stepden_input {
    STEPDEN_INPUT_CRASH_PREDICTION,
    STEPDEN_INPUT_CLIENT,
    STEPDEN_INPUT_COUNT,
};

/* An input, read and not yet acknowledged. */
struct stepden_entry {
    enum stepden_input input;
    const char *id; /* "<ms>-<seq>", NUL-terminated, at most 41 characters */
    const struct stepden_redis_field *fields;
    size_t field_count;
};

/* Of an instance's name, with the NUL. */
enum {
    STEPDEN_INSTANCE_SIZE = sizeof((struct stepden_config *)NULL)->instance_name
};

enum stepden_session_state {
    STEPDEN_SESSION_CONNECTING, /* Redis is away or refuses us */
    STEPDEN_SESSION_STANDBY,    /* another instance holds the lease */
    STEPDEN_SESSION_LOADING,    /* the lease is ours, the records come in */
    STEPDEN_SESSION_OWNER,
    STEPDEN_SESSION_STOPPING, /* the last transaction is on its way */
    STEPDEN_SESSION_STOPPED,
};

/* What happened since the session was made. */
struct stepden_session_counters {
    uint64_t transactions; /* committed, idle ones included */
    uint64_t inputs;       /* acknowledged, rejected ones included */
    uint64_t outputs;      /* published */
    uint64_t rejected;     /* put into a dead-letter stream */
    uint64_t trimmed;      /* gone from the stream before they were done */
    uint64_t unmatched;    /* acknowledged, but no longer pending */
    uint64_t refused;      /* transactions that Redis refused, of any kind */
    uint64_t acquired;     /* times that the lease became ours */
    uint64_t lost;         /* times that it, or the connection, was lost */
    uint64_t handed_over;  /* times that it was given to who wished for it */
    uint64_t connects;     /* times that the commit connection came up */
};

/* A transaction that Redis has confirmed. */
struct stepden_commit {
    size_t inputs;       /* acknowledged */
    size_t outputs;      /* published */
    int64_t duration_us; /* from its EXEC until the answer to it was taken */
    /* When the inputs entered their streams, by their ids: POSIX time; but for
     * those that were trimmed. */
    const int64_t *entered_unix_ms;
    size_t entered_count;
};

/* What an input's group has before it, as it was told last; -1: not known. */
struct stepden_lag {
    int64_t undelivered; /* entries that it has not given to anybody */
    int64_t pending;     /* given, and not acknowledged */
};

/*
 * What a session tells its owner, from within the loop. Everything passed in is
 * borrowed for the call. All but `report` and `stopped` may call the session,
 * except stepden_session_free.
 *
 * The order is: acquired, record*, loaded, (entry*, batch_end | committed)*,
 * lost, and so on from the start; stopped comes once, last.
 */
struct stepden_session_events {
    /* The lease is ours. What is in memory is void: records follow. */
    void (*acquired)(void *ctx);
    /* One kept record; some may come twice, the same. */
    void (*record)(void *ctx, const char *field, size_t field_size,
                   const char *value, size_t value_size);
    /*
     * That was the last record; from here on publish and keep may be called.
     * If `server_changed`, the server is another one than when a record was
     * last kept, or was restarted since: the records may be older than what
     * readers of the output have seen.
     */
    void (*loaded)(void *ctx, bool server_changed);
    /*
     * One input, in stream order. It is to be settled during this call, by
     * stepden_session_acknowledge or _reject; what is published and kept during
     * the call is committed together with that. An input that is not settled
     * stays pending, and comes again after the next acquisition. The lease may
     * be lost by then, if nobody has noticed yet: of what is done in the call,
     * only what `committed` tells of has happened.
     */
    void (*entry)(void *ctx, const struct stepden_entry *entry);
    /* One that is too large to be given, and so rejected; without its fields.
     * May come before `loaded`, too. */
    void (*rejected)(void *ctx, const struct stepden_entry *entry,
                     const char *reason);
    /* That was the last entry of one read. */
    void (*batch_end)(void *ctx);
    /* Inputs were acknowledged or outputs published, for good. */
    void (*committed)(void *ctx, const struct stepden_commit *commit);
    /*
     * The lease or the connection is lost. What was not yet committed is
     * void, what is in memory too; publish and keep do nothing from here on.
     */
    void (*lost)(void *ctx, const char *why);
    /*
     * These two are NULL where partitions are not shared, and must not call
     * the session. Another instance wishes to have this partition, and has
     * `rank`: as many as it holds and has wished for before. True to hand it
     * over: nothing new is read, what was read is settled, then comes `lost`.
     */
    bool (*wished)(void *ctx, int64_t rank);
    /* Another instance owns the partition: the rank with which to wish for it,
     * or -1 not to. */
    int64_t (*rank)(void *ctx);
    /* A line for the log. No secrets in it. */
    void (*report)(void *ctx, enum stepden_log_level level, const char *text);
    /*
     * The end: STEPDEN_OK after stepden_session_stop, with everything that was
     * read committed and the lease released; STEPDEN_ERR_SYSTEM when that was
     * not possible (nothing is lost: a successor goes on when the lease has
     * lapsed); STEPDEN_ERR_INVALID when Redis applied half a transaction,
     * which has been reported. No callback comes after it.
     */
    void (*stopped)(void *ctx, enum stepden_status status);
    void *ctx;
};

/*
 * Makes a session of that partition, of 0 to redis.partitions - 1, on the
 * caller's loop and starts to connect; it goes on trying for ever. Uses
 * instanceName, reconnectInterval, timeout and redis of `config`; it and
 * `access`, which is that of redis.connection, have to outlive the session, and
 * so have the `turns`, which it takes with other sessions of the loop.
 * Reads the lease's state file. The process has to ignore SIGPIPE. `*session`
 * is freed with stepden_session_free.
 *
 * STEPDEN_ERR_INVALID  settings that contradict each other
 * STEPDEN_ERR_MEMORY
 */
STEPDEN_CHECKED enum stepden_status stepden_session_new(
    struct stepden_session **session, struct ev_loop *loop,
    const struct stepden_access *access, struct stepden_turns *turns,
    const struct stepden_config *config, uint32_t partition,
    const struct stepden_session_events *events, struct stepden_diag *diag);

/*
 * Ends at once, as a crash would: nothing more is sent, the lease lapses by
 * itself. NULL is fine. No callback comes from it or after it.
 */
void stepden_session_free(struct stepden_session *session);

/*
 * Goes on with `config` in place of the one before, which may have changed in
 * its place, but only in reconnectInterval, timeout and the inputs'
 * waitTimeout.
 */
void stepden_session_configure(struct stepden_session *session,
                               const struct stepden_config *config);

/*
 * Ends gracefully: no input is read any more, what was read is settled and
 * committed, the lease is released in the last transaction. Takes at most
 * `timeout`, then `stopped` comes; it may come from within this call.
 */
void stepden_session_stop(struct stepden_session *session);

/*
 * The calls that make up the next transaction. They may be used between
 * `loaded` and `lost`; outside of that they do nothing.
 */

/* Publishes an entry with these fields to the output stream. */
void stepden_session_publish(struct stepden_session *session,
                             const struct stepden_redis_field *fields,
                             size_t field_count);

/* Keeps a record for a restart, in place of an older one of that name. */
void stepden_session_keep(struct stepden_session *session, const char *field,
                          size_t field_size, const char *value,
                          size_t value_size);

/* Forgets a kept record. */
void stepden_session_forget(struct stepden_session *session, const char *field,
                            size_t field_size);

/* Settles an input: it is done. */
void stepden_session_acknowledge(struct stepden_session *session,
                                 const struct stepden_entry *entry);

/* Settles an input: it goes to the dead letters, and why. */
void stepden_session_reject(struct stepden_session *session,
                            const struct stepden_entry *entry,
                            const char *reason, const char *pointer);

/*
 * Commits what was published, kept and forgotten outside of `entry`, as by a
 * timer; now if no transaction is on its way, else right after it. (What is
 * done within `entry` is committed without it.)
 */
void stepden_session_flush(struct stepden_session *session);

/*
 * Whether more should be published and kept outside of `entry`: no, as long as
 * a transaction is on its way and much waits for the next one already.
 */
bool stepden_session_has_room(const struct stepden_session *session);

enum stepden_session_state
stepden_session_state(const struct stepden_session *session);

/* Whether there is a connection to Redis. */
bool stepden_session_is_connected(const struct stepden_session *session);

/* Why nothing can be committed though Redis is connected, as far as it has
 * said; "" if nothing is in the way. Borrowed until the loop goes on. */
const char *stepden_session_obstacle(const struct stepden_session *session);

/* The instanceName of who owns the streams, while this one stands by and
 * partitions are shared, as its last look found it: UTF-8 without control
 * characters; "" if it is not known. Borrowed until the loop goes on. */
const char *stepden_session_owner(const struct stepden_session *session);

/* As its last round found it, while it owns the streams. */
struct stepden_lag stepden_session_lag(const struct stepden_session *session,
                                       enum stepden_input input);

/* Borrowed; valid until `session` is freed. */
const struct stepden_session_counters *
stepden_session_counters(const struct stepden_session *session);

#endif
