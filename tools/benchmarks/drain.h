/*
 * The service, with records that are active already, and what it makes of a
 * backlog: input that is there before it may read.
 */
#ifndef BENCH_DRAIN_H
#define BENCH_DRAIN_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "benchmarks/feed.h"
#include "benchmarks/process.h"
#include "benchmarks/redis.h"

#define BENCH_INPUT "step:{step}:crash_prediction"
#define BENCH_OUTPUT "step:{step}:client:out"
#define BENCH_OUTPUT_LENGTH 10000
#define BENCH_RECORDS "step:{step}:stepden:records"
#define BENCH_LEASE "step:{step}:stepden:lease"

struct bench_machine;
struct bench_options;

struct bench_drain {
    struct bench_redis redis;
    struct bench_feed feed;
    char program[BENCH_PATH_SIZE]; /* the service; the next is a file */
    char config[128];
    pid_t service;
    uint64_t expected; /* DENMs that should be in the output by now */
};

/* What a number of DENMs took. */
struct bench_cost {
    double seconds;
    double client_ns; /* CPU time of who sent them */
    double redis_ns;
};

/* What there may be for an append-only file. */
#define BENCH_AOF_COUNT 2
extern const char *const bench_aof[BENCH_AOF_COUNT];

/* Whether the options want it. */
bool bench_aof_wanted(const char *aof, const struct bench_options *options);

/* How many DENMs a round with it has: so many that each side lasts for several
 * syncs of the file, unless the options say otherwise. */
unsigned bench_aof_denms(const char *aof, const struct bench_options *options);

struct bench_case {
    uint32_t targets; /* of an array */
    uint32_t records; /* rounded down to a multiple of that, not to 0 */
    const char *aof;  /* of bench_aof */
};

/* Starts the server and the service, opens the records, and pauses. */
void bench_drain_start(struct bench_drain *drain,
                       const struct bench_machine *machine,
                       const struct bench_options *options,
                       const struct bench_case *which);

/* Lets the service make that many DENMs of a backlog, or a few more, to the
 * last of an array; returns how many. Another number ends the program. */
uint64_t bench_drain_run(struct bench_drain *drain, uint64_t denms,
                         struct bench_cost *cost);

void bench_drain_stop(struct bench_drain *drain);

/* Its parts, for who starts the service anew or needs it no longer. */
void bench_drain_start_service(struct bench_drain *drain);
void bench_drain_stop_service(struct bench_drain *drain);
void bench_drain_feed(struct bench_drain *drain, uint32_t arrays);

/* Returns when the service has made what is expected; more ends the program. */
void bench_drain_await(struct bench_drain *drain);

#endif
