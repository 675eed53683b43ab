/*
 * What the files of the session share. Each is one part of its life:
 * session_new.c (made, freed), session.c (goes on, is stopped), acquire.c (the
 * lease), heritage.c (records of others), standby.c (another one's), wish.c (to
 * be ours), flight.c (one fenced transaction), load.c, tell.c (what it found),
 * compose.c (what the owner adds), steady.c (sent), settle.c (answered), half.c
 * (answered wrongly), intake.c (the entries that came), round.c (what is asked
 * aside), doorbell.c, view.c (how it is).
 */
#ifndef STEPDEN_REDIS_SESSION_PARTS_H
#define STEPDEN_REDIS_SESSION_PARTS_H

#include <ev.h>

#include "base/diag.h"
#include "redis/batch.h"
#include "redis/delivery.h"
#include "redis/keys.h"
#include "redis/link.h"
#include "redis/memo.h"
#include "redis/server_check.h"
#include "redis/session.h"
#include "redis/token.h"

/* The kinds of fenced transactions. */
enum stepden_flight_kind {
    STEPDEN_FLIGHT_NONE,
    STEPDEN_FLIGHT_ACQUIRE,
    STEPDEN_FLIGHT_LOAD,
    STEPDEN_FLIGHT_STEADY,
    STEPDEN_FLIGHT_RELEASE,
    STEPDEN_FLIGHT_LOOK, /* not one: the fence is put up again */
};

/* A transaction from MULTI to the GET after its EXEC. */
struct stepden_flight {
    enum stepden_flight_kind kind;
    size_t commands;   /* between MULTI and EXEC: elements of EXEC's array */
    size_t refreshes;  /* of them, PEXPIRE of a stream */
    size_t read_count; /* COUNT of its XREADGROUPs */
    bool fetches[STEPDEN_INPUT_COUNT]; /* which there are, of the batch's */
    bool reads[STEPDEN_INPUT_COUNT];   /* which there are, beside these */
    size_t asides;                     /* see round.c: before the last one */
    bool applied;                      /* EXEC gave its array */
    bool touched;       /* EXEC gave nil: something was done to the lease */
    bool unfenced;      /* WATCH or GET gave an error that passes */
    char refusal[160];  /* the first error; "" without one */
    bool passes;        /* that error, by itself */
    ev_tstamp departed; /* when EXEC was sent */
};

/* Of one input in one ring of the doorbell: as many of the largest entries as
 * an answer has room for. */
enum { STEPDEN_RING_COUNT = 8 };

/* What the doorbell brought and the group has yet to give: all that is in the
 * stream after `from`, up to `until`; nothing if that is "". */
struct stepden_ahead {
    char from[STEPDEN_ID_SIZE];
    char until[STEPDEN_ID_SIZE];
};

/* One input's place. */
struct stepden_place {
    char claim[STEPDEN_ID_SIZE];     /* XAUTOCLAIM goes on here; "": done */
    char pending[STEPDEN_ID_SIZE];   /* own entries after this; "": new ones */
    char last[STEPDEN_ID_SIZE];      /* last delivered */
    char rung[STEPDEN_ID_SIZE];      /* is not to ring again */
    char waits[STEPDEN_ID_SIZE];     /* the doorbell waits for what is later */
    char start[STEPDEN_ID_SIZE];     /* of the group, if it is to be made */
    char first[STEPDEN_ID_SIZE];     /* pending when it was loaded; "": none */
    char too_large[STEPDEN_ID_SIZE]; /* does not fit into an answer alone */
    bool trimmed; /* some that were pending are gone from the stream */
    struct stepden_ahead ahead;
};

/* The inputs, and after them the output. */
enum { STEPDEN_STREAM_COUNT = STEPDEN_INPUT_COUNT + 1 };

/* What is to be loaded next. */
enum stepden_load_step {
    STEPDEN_LOAD_NOTHING,
    STEPDEN_LOAD_RECORDS, /* and find out which groups there are */
    STEPDEN_LOAD_SURVEY,  /* find out where missing ones have to start */
    STEPDEN_LOAD_GROUPS,  /* make them, claim the entries of old consumers */
};

enum stepden_timer_job {
    STEPDEN_TIMER_LOOK,  /* at the lease */
    STEPDEN_TIMER_RENEW, /* the lease, being idle */
    STEPDEN_TIMER_RETRY, /* the transaction that was refused */
};

/* Something that is not told each time that it happens. */
struct stepden_notice {
    uint64_t told;   /* times */
    ev_tstamp again; /* not before that */
};

/* Transactions that Redis refused, until it takes one again. */
struct stepden_trouble {
    unsigned refusals;
    ev_tstamp since;
    bool of_batch; /* one that had something to commit */
};

/* What is said once, until something else is to be said of it. */
enum stepden_said {
    STEPDEN_SAID_OBSTACLE, /* why the lease is not taken */
    STEPDEN_SAID_STATE_FILE,
    STEPDEN_SAID_TIMEOUT,
    STEPDEN_SAID_SERVER, /* enum stepden_server_about, from here on */
    STEPDEN_SAID_REPLICA = STEPDEN_SAID_SERVER + STEPDEN_SERVER_REPLICA,
    STEPDEN_SAID_COUNT = STEPDEN_SAID_SERVER + STEPDEN_SERVER_NOTES,
};

enum { STEPDEN_SAID_SIZE = 512 };

/* "<rank> <token>", as in the key. */
struct stepden_wish {
    int64_t rank;
    char token[STEPDEN_TOKEN_SIZE]; /* "" without a wish */
};

/* A look at the lease and the keys, before it is taken. */
struct stepden_look {
    size_t types;                  /* keys whose type has come */
    char obstacle[320];            /* why we cannot own them; "" if we can */
    char seen[STEPDEN_TOKEN_SIZE]; /* the lease's value; "" if it is free */
    bool seen_other;               /* a value that cannot be a token */
    bool passes;                   /* the obstacle, by itself */
    struct stepden_wish rival;     /* that is there */
    unsigned made_for; /* partitions, the records; 0: it does not say */
    bool has_fields;   /* the records */
    size_t groups;     /* that have come */
    bool has_inputs;   /* one of them, and they are not done */
};

struct stepden_session {
    struct ev_loop *loop;
    const struct stepden_config *config;
    uint32_t partition;
    bool is_split; /* the streams have names of this partition alone */
    struct stepden_session_events events;
    struct stepden_keys keys;
    struct stepden_session_counters counters;

    struct stepden_link *commit;
    struct stepden_link *doorbell;
    ev_timer timer;
    enum stepden_timer_job job;
    ev_timer stop_deadline;

    enum stepden_session_state state;
    bool stopping;  /* stepden_session_stop was called */
    bool announced; /* `acquired` was called, `lost` was not */
    bool loaded;    /* publish and keep count */

    char *state_file; /* NULL without one */
    struct stepden_token_file token_file;
    struct stepden_tokens tokens;
    struct stepden_look look;
    char unfit[128]; /* why the server cannot be used; "" if it can */
    struct stepden_trouble trouble;
    struct stepden_notice trimmed;
    struct stepden_notice unmatched;
    char said[STEPDEN_SAID_COUNT][STEPDEN_SAID_SIZE];
    char rung[STEPDEN_ID_SIZE];    /* of the bell, last */
    bool wishes;                   /* with the newest token */
    char heir[STEPDEN_TOKEN_SIZE]; /* the lease is to be his; "": nobody */
    unsigned unused_leases; /* in a row, taken and lost before a commit */

    struct stepden_flight flight;    /* EXEC is sent */
    struct stepden_flight boarding;  /* MULTI and all but EXEC is sent */
    struct stepden_flight *building; /* the one that commands go to */
    redisReply *held;                /* EXEC's array, until GET confirms it */
    bool settling;                   /* it, or a ring, is being taken */
    unsigned refusals;               /* in a row */
    struct stepden_batch open;       /* what comes about */
    struct stepden_batch next;       /* of `boarding`, or to be sent second */
    struct stepden_batch sent;       /* of `flight`, or to be sent again */
    struct stepden_fields fields;
    struct stepden_place places[STEPDEN_INPUT_COUNT];
    struct stepden_memo memo; /* as the last batch that was sealed has it */
    char server[STEPDEN_RUN_ID_SIZE]; /* that we talk to; "": not known */
    size_t read_count; /* COUNT of XREADGROUP, adapted to the load */
    bool one_by_one;   /* pending entries: an answer was too large */
    enum stepden_load_step load_step;
    bool skips_survey; /* its answer was too large */
    char scan[24];     /* HSCAN's cursor: where the records go on */
    bool has_records;  /* the owner's */
    bool read_on;      /* the last read, or the doorbell, found something */
    bool armed;        /* the doorbell waits */
    bool bell_is_here; /* the doorbell is at the server of the commits */
    ev_timer fresh[STEPDEN_STREAM_COUNT]; /* while it runs, the TTL is fresh */
    size_t ttls;                          /* that were told */
    bool lapses[STEPDEN_STREAM_COUNT];    /* though its `ttl` is 0 */
    ev_timer round; /* while it runs, nothing is asked aside */
    bool has_lags;
    struct stepden_lag lags[STEPDEN_INPUT_COUNT];
};

/* session.c */

void stepden_session_say(struct stepden_session *session,
                         enum stepden_log_level level, const char *format, ...)
    STEPDEN_PRINTF(3, 4);

void stepden_session_set_timer(struct stepden_session *session,
                               enum stepden_timer_job job, int64_t ms);

/* Drops all that is of the lease. */
void stepden_session_drop(struct stepden_session *session);

/* The lease or the connection is gone: drops everything, tells it. */
void stepden_session_lose(struct stepden_session *session, const char *why);

/* The end. Nothing of the session is to be touched by the caller after it. */
void stepden_session_finish(struct stepden_session *session,
                            enum stepden_status status);

/* The last transaction was settled, the lease is ours: what is next. */
void stepden_session_go_on(struct stepden_session *session);

/* Redis refused a transaction; true for the first one in a row. */
bool stepden_session_note_refusal(struct stepden_session *session);

/* Sends again what was refused, the fence being up. */
void stepden_session_retry(struct stepden_session *session);

/* Whether the error says that the master is another one, which can be found. */
bool stepden_session_is_elsewhere(const struct stepden_session *session,
                                  const char *error);

/* Whether nothing may begin any more: the lease is to be given back. */
bool stepden_session_is_ending(const struct stepden_session *session);

/* Whether all reads are for new entries: pending ones are read one by one, as
 * where a read goes on depends on what the one before it found. */
bool stepden_session_reads_new(const struct stepden_session *session);

/* Whether input may be read at all. While a group is missing it may not: the
 * group starts after what was read, so that has to be committed before. */
bool stepden_session_may_read(const struct stepden_session *session);

/* What the entries of one answer may have. */
size_t stepden_session_answer_max(const struct stepden_session *session);

/* acquire.c */

/* A new connection: asks what server it is, and looks at the lease. */
void stepden_acquire_begin(struct stepden_session *session);

/* Looks at the lease, and takes it if it is to be had. */
void stepden_acquire_look(struct stepden_session *session);

/* The lease was tried for: it is ours, or not. */
void stepden_acquire_settle(struct stepden_session *session, bool ours,
                            const struct stepden_flight *flight);

/* Looks again, when the lease may have lapsed; -2 if its PTTL is not known. */
void stepden_acquire_later(struct stepden_session *session, int64_t pttl_ms);

/* Once it is ours: EXEC's array. */
bool stepden_acquire_check(const redisReply *reply);

/* The look is over: takes the lease, or not for the obstacle. */
void stepden_acquire_decide(struct stepden_session *session);

/* heritage.c: records that were made for another number of partitions. */

/* Whether they are to be looked into before the lease is taken. */
bool stepden_heritage_is_foreign(const struct stepden_session *session);

/* Looks whether anything is left, which is an obstacle; then decides. */
void stepden_heritage_look(struct stepden_session *session);

/* standby.c: another instance owns the streams. */

void stepden_standby_begin(struct stepden_session *session, int64_t pttl_ms);

/* It does not any more. */
void stepden_standby_end(struct stepden_session *session);

/* Waits at the bell, with the connection of the doorbell. */
void stepden_standby_listen(struct stepden_session *session);

/* wish.c: who would like to have the lease. */

/* False, with no token, if there is none. */
bool stepden_wish_read(struct stepden_wish *wish, const redisReply *reply);

/* Makes one, unless a better one is there. */
void stepden_wish_make(struct stepden_session *session);

/* The owner was told of this one: gives the lease away, or not. */
void stepden_wish_take(struct stepden_session *session,
                       const redisReply *reply);

/* The last transaction gave it away. */
void stepden_wish_fulfil(struct stepden_session *session);

/* Whether there is anybody to share with. */
bool stepden_wish_is_possible(const struct stepden_session *session);

/* flight.c */

/*
 * MULTI; then the caller sends its commands by stepden_flight_command and the
 * link's arguments, or stepden_flight_append; then stepden_flight_end.
 */
void stepden_flight_begin(struct stepden_session *session,
                          enum stepden_flight_kind kind);
void stepden_flight_command(struct stepden_session *session, size_t argc,
                            const char *name);
void stepden_flight_append(struct stepden_session *session,
                           const struct stepden_commands *commands);
void stepden_flight_expire(struct stepden_session *session, const char *key,
                           int64_t ms);
void stepden_flight_end(struct stepden_session *session);

/* The same in two parts: MULTI for the second one on its way, and its EXEC when
 * the first one is settled. */
void stepden_flight_board(struct stepden_session *session);
void stepden_flight_depart(struct stepden_session *session);

/* Before a transaction is sent again: its EXEC would fail by whatever happened
 * to the lease since the refusal. */
void stepden_flight_look(struct stepden_session *session);

/* The answer to MULTI, WATCH and UNWATCH: without OK the fence has a gap, and
 * the connection ends at once. */
void stepden_flight_take_ok(void *ctx, const redisReply *reply);

/* load.c */

void stepden_load_begin(struct stepden_session *session);
void stepden_load_send(struct stepden_session *session);
void stepden_load_take(struct stepden_session *session,
                       const redisReply *reply);

/* tell.c: what is not as it was left. */

/* A group was made; the one before, if there was one, had got as far as `done`.
 */
void stepden_tell_made(struct stepden_session *session, int input,
                       const char *done);

/* On a new connection: finds the streams that lapse, though no `ttl` says so.
 * Told once of each. */
void stepden_tell_lapsing(struct stepden_session *session);

/* Nobody is given these any more. They cannot be told from entries that another
 * consumer did, or that a user had the group pass over, so that it is for him
 * to give them back. */
void stepden_tell_gap(struct stepden_session *session, int input);

/* compose.c */

/* Rejects an input that the owner does not get to see. */
void stepden_session_reject_unseen(struct stepden_session *session,
                                   const struct stepden_entry *entry,
                                   const char *reason);

/* steady.c */

/* Commits what is open, or sends what was refused again; reads. */
void stepden_steady_send(struct stepden_session *session);

/* Reads, when what is to be committed with it is not yet known. */
void stepden_steady_read_ahead(struct stepden_session *session);

/* Sends what is open, with a read, all but its EXEC, while another transaction
 * is on its way; the EXEC follows when that one is settled. */
void stepden_steady_board(struct stepden_session *session);
void stepden_steady_depart(struct stepden_session *session);

/* Commits what is open and gives the lease back. */
void stepden_release_send(struct stepden_session *session);

/* settle.c: takes the array of an EXEC that is confirmed. */

void stepden_settle_steady(struct stepden_session *session,
                           const struct stepden_flight *flight,
                           const redisReply *reply);
void stepden_settle_release(struct stepden_session *session,
                            const redisReply *reply);

/* round.c: what is asked aside, in a transaction now and then. */

void stepden_round_send(struct stepden_session *session);

/* Of a group in the answer to XINFO GROUPS. */
struct stepden_lag stepden_round_lag(const redisReply *groups,
                                     const char *name);

/* Takes `count` answers. */
void stepden_round_take(struct stepden_session *session,
                        redisReply *const *answers, size_t count);

/* intake.c: entries, from where they come to the owner. */

/* Of XREADGROUP, which may have been a fetch. True if there are any that were
 * not known. */
bool stepden_intake_read(struct stepden_session *session, int input,
                         const redisReply *reply, bool is_fetch);

/* Of the doorbell, while no transaction is on its way. */
void stepden_intake_ring(struct stepden_session *session,
                         const redisReply *reply);

/* half.c: what of a transaction was applied and what was not, `wrong` being
 * the first answer in the array of EXEC that should not be there. */
void stepden_half_report(struct stepden_session *session,
                         const redisReply *array, const redisReply *wrong);

/* doorbell.c */

/* Waits for the next entry; a timer renews the lease meanwhile. */
void stepden_doorbell_arm(struct stepden_session *session);
void stepden_doorbell_close(struct stepden_session *session);

STEPDEN_CHECKED enum stepden_status
stepden_doorbell_new(struct stepden_session *session,
                     struct stepden_where *where, struct stepden_diag *diag);

#endif
