/*
 * For tests of stepden/redis.h: a private server, a loop, a pool on them, and
 * what became of its operations.
 */
#ifndef STEPDEN_TESTS_SUPPORT_REDIS_POOL_H
#define STEPDEN_TESTS_SUPPORT_REDIS_POOL_H

#include <stdbool.h>

#include <check.h>
#include <ev.h>
#include <hiredis/hiredis.h>
#include <stepden/redis.h>

#include "support/redis_server.h"

#define IN "{test}:in"
#define GROUP "group"

enum { TEXT_SIZE = 256, ENTRIES_SEEN = 8 };

struct seen_entry {
    char id[48];
    size_t field_count;
    char name[TEXT_SIZE]; /* of the first field */
    size_t name_size;
    char value[TEXT_SIZE];
    size_t value_size;
};

struct outcome {
    unsigned calls; /* of done */
    unsigned place; /* the how manieth of the test ended, from 1 */
    enum stepden_status status;
    char reason[512];
    char id[48];
    int64_t count;
    size_t entry_count;
    struct seen_entry entries[ENTRIES_SEEN]; /* the first ones */
};

/* Of the test that runs. */
extern struct redis_server server;
extern struct ev_loop *loop;
extern struct stepden_redis_connection connection;
extern struct stepden_redis *pool;
extern int64_t reconnect_ms;
extern unsigned ended;     /* operations */
extern char reports[4096]; /* a line for each of the first ones */

/* Fixtures: a server's folder for all tests, and what one test needs. */
void make_server_folder(void);
void remove_server_folder(void);
void set_up_pool(
    void); /* the settings and the server; the pool is the test's */
void tear_down_pool(void);

/* Makes the pool from `connection` and `reconnect_ms`. */
void make_pool(void);

/* The `done` of all operations; `ctx` is a struct outcome. */
stepden_redis_done take_outcome;

/* Turns the loop. */
void run_ms(long ms);

/* Turns the loop until the operation has ended, for half a minute at most. */
void await(const struct outcome *outcome);

/* The same, and expects success. */
void await_ok(const struct outcome *outcome);

/* Expects that it ends with this status and a reason that contains `text`. */
void await_failure(const struct outcome *outcome, enum stepden_status status,
                   const char *text);

/* Publishes one field, "f", to IN. */
void publish(struct outcome *outcome, const char *value);

/* Makes the group, which takes a connection. */
void create_group(void);

/* A receive of IN by the consumer "one". */
struct stepden_redis_wanted receive_for(int64_t wait_ms);
void receive(struct outcome *outcome, int64_t wait_ms);

/* The integer that another client is answered; its command has no spaces in
 * its arguments. */
long long ask(const char *command);

/* Waits until `count` clients are blocked. */
void await_blocked(int count);

/* Runs the tests of a suite; returns the status to exit with. */
int run_suite(Suite *suite);

#endif
