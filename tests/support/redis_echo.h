/*
 * A session that echoes: it publishes an entry for each input, and keeps the
 * number of inputs. With a private server and a loop, for tests of src/redis.
 */
#ifndef STEPDEN_TESTS_REDIS_ECHO_H
#define STEPDEN_TESTS_REDIS_ECHO_H

#include <stdbool.h>

#include <check.h>
#include <ev.h>
#include <hiredis/hiredis.h>

#include "redis/session.h"
#include "redis/turns.h"
#include "support/redis_server.h"

enum { LEASE_MS = 500, INPUTS = 1000, LOAD = 5000 };

#define INPUT_KEY "step:{step}:crash_prediction"
#define CLIENT_KEY "step:{step}:client:in"
#define OUTPUT_KEY "step:{step}:client:out"
#define REJECTED_KEY "step:{step}:crash_prediction:rejected"
#define LEASE_KEY "step:{step}:stepden:lease"
#define BELL_KEY "step:{step}:stepden:bell"
#define WISH_KEY "step:{step}:stepden:wish"
#define RECORDS_KEY "step:{step}:stepden:records"

struct echo {
    struct stepden_session *session;
    struct stepden_config config; /* as it was when it was started */
    char name[16];
    size_t entries;
    size_t in_batch; /* entries since the last batch_end */
    size_t batch;    /* entries of the last batch */
    size_t committed;
    size_t published;
    size_t entered; /* inputs committed of which it was told when they came */
    int64_t oldest_unix_ms; /* of these times */
    int64_t slowest_us;     /* commit */
    size_t records;
    size_t acquired;
    size_t loaded;
    bool server_changed; /* as the last load said */
    size_t lost;
    size_t kept;    /* inputs so far, as kept in Redis */
    size_t stop_at; /* entries after which it stops itself; 0 never */
    bool stop_when_acquired;
    bool stop_when_loaded;
    void (*when_loaded)(void); /* does this, if not NULL */
    bool stop_when_lost;
    int64_t rank; /* that it wishes with; -1: it does not */
    int64_t held; /* it gives its partition to who has two less; 0: never */
    bool stopped;
    enum stepden_status status;
    size_t rejected;  /* inputs that it was not given */
    char said[32768]; /* what it reported, a line each */
    size_t said_size;
};

/* Of the test that runs. */
extern struct redis_server server;
extern redisContext *client;
extern struct ev_loop *loop;
extern struct stepden_turns turns; /* of all sessions */
/* Of the sessions that it starts; the test makes `where`, if it needs one. */
extern struct stepden_config config;
extern struct stepden_where *where;

/* Starts a session of that instance name; the test frees it. */
void start(struct echo *echo, const char *name);

/* Turns the loop for that long. */
void run_ms(long ms);

/* Turns the loop until `done`, for ten seconds at most. */
void run_until(bool (*done)(const struct echo *echo), const struct echo *echo);

/* How often it reported something with this text in it. */
size_t times_said(const struct echo *echo, const char *text);

bool owns(const struct echo *echo);
bool stands_by(const struct echo *echo);
bool has_obstacle(const struct echo *echo);
bool has_stopped(const struct echo *echo);
bool has_lost(const struct echo *echo);
bool has_begun(const struct echo *echo);
bool has_committed_20(const struct echo *echo);
bool has_gone_on(const struct echo *echo);
bool has_published_load(const struct echo *echo);

/* As many outputs as inputs, and none of them pending. */
bool all_done(const struct echo *echo);

/* The reply of `client` to a command, which has to be no error. */
redisReply *ask(const char *format, ...);
long long number(const char *command, const char *key);
long long pending(const char *key);

void add_inputs(const char *key, size_t count);

/* More than can be done before a test has looked. */
void add_load(void);

/* The output names each input once, in order. */
void check_exactly_once(void);

/*
 * Runs the tests as a suite, each with a server of its own: `usual` ones, and
 * those whose server keeps its data when it is killed. Both lists end with
 * NULL. Returns the program's status.
 */
int redis_echo_run(const char *name, const TTest *const *usual,
                   const TTest *const *persistent);

#endif
