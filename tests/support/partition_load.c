/*
 * A producer of one partition, and a reader of what comes of it: ten times a
 * second an array for each of its reference stations, which are others every
 * few seconds. It goes on through whatever happens to the servers until
 * SIGTERM, and tells what it has been told:
 *
 *   fed ENTRY_ID COPIED        this input was accepted; COPIED (1 or 0): and a
 *                              replica had it before the next one was fed
 *   seen ENTRY_ID EVENT_ID     this output was read
 *
 * So that one can see at the end what a failover of Redis has lost. Redis
 * answers before its replicas have what it was sent: of the inputs that no
 * replica had, and of the outputs read, some may be missing in the streams of
 * the replica that took over. Of those that were copied none is.
 */
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sysexits.h>
#include <time.h>

#include <stepden/config.h>
#include <stepden/its_time.h>
#include <stepden/partition.h>

#include "redis/keys.h"
#include "simulator/load.h"
#include "support/redis_follow.h"

#define TICK_MS 100
#define REFERENCES 2
#define REFERENCE_TICKS 50
#define FIRST_REFERENCE_ID 100000
#define TARGETS 5
#define COPY_MS 200
#define PAGE 500

struct partition_load {
    struct stepden_config config;
    struct stepden_keys keys;
    struct redis_follow redis;
    unsigned partition;
    uint32_t reference_id[REFERENCES];
    int64_t creation_its_ms;
    char last[64]; /* output read */
};

static volatile sig_atomic_t stopped;

static void on_signal(int signal_number)
{
    (void)signal_number;
    stopped = 1;
}

/* ---- the producer ---- */

/* The next ones of this partition. */
static void change_references(struct partition_load *load)
{
    uint32_t id = load->reference_id[REFERENCES - 1];

    for (size_t i = 0; i < REFERENCES; i++) {
        do
            id++;
        while (stepden_partition_of_reference(
                   id, 0, load->config.redis.partitions) != load->partition);
        load->reference_id[i] = id;
    }
}

static int64_t now_its_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    return stepden_its_from_unix((int64_t)now.tv_sec * 1000 +
                                 now.tv_nsec / 1000000);
}

static bool is_copied(struct partition_load *load, unsigned connection)
{
    redisReply *copies = redis_follow_ask(&load->redis, "WAIT 1 %d", COPY_MS);
    const bool is = copies != NULL && copies->integer >= 1 &&
                    load->redis.connections == connection;

    freeReplyObject(copies);
    return is;
}

/* WAIT is of what went over the same connection. */
static void add(struct partition_load *load, const char *text, size_t size)
{
    const char *key = load->keys.input[STEPDEN_INPUT_CRASH_PREDICTION];
    redisReply *id =
        redis_follow_ask(&load->redis, "XADD %s * message %b", key, text, size);

    if (id != NULL)
        printf("fed %s %d\n", id->str,
               is_copied(load, load->redis.connections));
    freeReplyObject(id);
}

static void feed(struct partition_load *load)
{
    static struct stepden_station_collision_array array;
    static char text[STEPDEN_STATION_COLLISION_ARRAY_JSON_MAX];
    const struct sim_load shape = {.targets = TARGETS, .references = 1};
    int64_t now = now_its_ms();

    if (now <= load->creation_its_ms)
        now = load->creation_its_ms + 1;
    load->creation_its_ms = now;
    for (size_t i = 0; i < REFERENCES && !stopped; i++) {
        sim_load_fill(&array, &shape, 0, now);
        array.stations.item[0].station_id = load->reference_id[i];
        add(load, text,
            stepden_station_collision_array_write(text, sizeof text, &array));
    }
}

/* ---- the reader ---- */

static void tell_event(const char *entry, const char *message)
{
    static const char name[] = "\"id\":\"";
    const char *id = strstr(message, name);

    if (id != NULL) {
        id += strlen(name);
        printf("seen %s %.*s\n", entry, (int)strcspn(id, "\""), id);
    }
}

/* [[STREAM, [[ENTRY_ID, [NAME, VALUE...]]...]]] */
static void read_outputs(struct partition_load *load)
{
    redisReply *reply =
        redis_follow_ask(&load->redis, "XREAD COUNT %d STREAMS %s %s", PAGE,
                         load->keys.output, load->last);
    const redisReply *entries = reply != NULL && reply->elements > 0
                                    ? reply->element[0]->element[1]
                                    : NULL;

    for (size_t i = 0; entries != NULL && i < entries->elements; i++) {
        const redisReply *entry = entries->element[i];
        snprintf(load->last, sizeof load->last, "%s", entry->element[0]->str);
        tell_event(load->last, entry->element[1]->element[1]->str);
    }
    freeReplyObject(reply);
}

/* ---- both ---- */

static void run(struct partition_load *load)
{
    const struct timespec tick = {.tv_nsec = TICK_MS * 1000000L};

    for (unsigned i = 0; !stopped; i++) {
        if (i % REFERENCE_TICKS == 0)
            change_references(load);
        feed(load);
        read_outputs(load);
        nanosleep(&tick, NULL);
    }
}

static void print_fault(void *ctx, const struct stepden_config_fault *fault)
{
    fprintf(stderr, "%s:%zu: %s\n", (const char *)ctx, fault->line,
            fault->diag.reason);
}

int main(int argc, char **argv)
{
    static struct partition_load load = {
        .reference_id = {[REFERENCES - 1] = FIRST_REFERENCE_ID},
        .last = "0",
    };

    if (argc != 4) {
        fputs("usage: partition_load ADDRESS[,ADDRESS...] CONFIG PARTITION\n",
              stderr);
        return EX_USAGE;
    }
    const struct stepden_config_report report = {print_fault, argv[2]};
    if (stepden_config_load(&load.config, argv[2], &report) != STEPDEN_OK)
        return EX_CONFIG;
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    signal(SIGTERM, on_signal);
    load.redis.addresses = argv[1];
    load.redis.db = load.config.redis.connection.db;
    load.partition = (unsigned)atoi(argv[3]);
    stepden_keys_derive(&load.keys, &load.config, load.partition);
    run(&load);
    redis_follow_close(&load.redis);
    return EX_OK;
}
