/* What a session consists of: how far it is in each part of its life. */
#ifndef STEPDEN_REDIS_SESSION_STATE_H
#define STEPDEN_REDIS_SESSION_STATE_H

#include <ev.h>

#include "redis/batch.h"
#include "redis/delivery.h"
#include "redis/keys.h"
#include "redis/link.h"
#include "redis/memo.h"
#include "redis/server_check.h"
#include "redis/session.h"
#include "redis/token.h"
#include "redis/turns.h"

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
    bool of_batch;  /* one that had something to commit */
    ev_tstamp here; /* since when this connection gives nothing else; 0: not */
};

/* What is said once, until something else is to be said of it. */
enum stepden_said {
    STEPDEN_SAID_OBSTACLE, /* why the lease is not taken */
    STEPDEN_SAID_STATE_FILE,
    STEPDEN_SAID_TIMEOUT,
    STEPDEN_SAID_WISH, /* why it cannot be made */
    STEPDEN_SAID_SERVER, /* enum stepden_server_about, from here on */
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
    bool has_record;   /* of an event, among them */
    size_t groups;     /* that have come */
    bool has_inputs;   /* one of them, and they are not done */
};

/* A partition that there was, and that the number now leaves out: what is left
 * of it may be at another node. */
struct stepden_orphan {
    uint32_t partition;
    struct stepden_keys keys;
    struct stepden_link *link;
    ev_timer deadline;
};

struct stepden_session {
    struct ev_loop *loop;
    const struct stepden_access *access;
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
    struct stepden_orphan *orphan; /* that is looked at; NULL if none is */
    char unfit[128]; /* why the server cannot be used; "" if it can */
    struct stepden_trouble trouble;
    struct stepden_notice trimmed;
    struct stepden_notice unmatched;
    char said[STEPDEN_SAID_COUNT][STEPDEN_SAID_SIZE];
    char rung[STEPDEN_ID_SIZE];        /* of the bell, last */
    char owner[STEPDEN_INSTANCE_SIZE]; /* while standing by; "": not known */
    bool wishes;                       /* with the newest token */
    char heir[STEPDEN_TOKEN_SIZE];     /* the lease is to be his; "": nobody */
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
    struct stepden_turn turn;         /* to read */
    size_t read_count; /* COUNT of XREADGROUP, adapted to the load */
    bool one_by_one;   /* pending entries: an answer was too large */
    enum stepden_load_step load_step;
    bool skips_survey; /* its answer was too large */
    char scan[24];     /* HSCAN's cursor: where the records go on */
    bool has_records;  /* the owner's */
    bool read_on;      /* there may be more to read */
    bool is_behind;    /* there is more than the doorbell brings */
    bool armed;        /* the doorbell waits */
    bool bell_is_here; /* the doorbell is at the server of the commits */
    ev_timer fresh[STEPDEN_STREAM_COUNT]; /* while it runs, the TTL is fresh */
    size_t ttls;                          /* that were told */
    bool lapses[STEPDEN_STREAM_COUNT];    /* though its `ttl` is 0 */
    ev_timer round; /* while it runs, nothing is asked aside */
    bool has_lags;
    struct stepden_lag lags[STEPDEN_INPUT_COUNT];
};

#endif
