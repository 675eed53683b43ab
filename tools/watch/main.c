#include <getopt.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#include <hiredis/hiredis.h>

#include <stepden/partition.h>

#include "entry.h"
#include "lives.h"
#include "redis/keys.h"

/* After SIGTERM, so long for the DENMs that are still alive to end. */
#define LINGER_MS 15000

static const char usage[] =
    "usage: stepden-watch --redis SOCKET [OPTION]...\n"
    "Shows the life of every DENM on the output stream, and checks that its\n"
    "JSON and its UPER say the same. SIGTERM: ends with the last of them.\n"
    "  --stream KEY    the output stream (step:{step}:client:out)\n"
    "  --input KEY     the input stream (step:{step}:crash_prediction)\n"
    "  --partitions N  N of each: {p} in KEY is {0}, {1} and so on\n"
    "  --save FILE     keeps every entry, as {\"message\":...,\"uper\":hex}\n"
    "  --once          ends with the last entry there is\n"
    "  -h, --help      say this\n";

/* An output stream. */
struct source {
    char name[STEPDEN_KEY_SIZE];
    char last[64]; /* id of the last entry */
};

struct watch {
    redisContext *redis;
    const char *socket;
    const char *stream;
    const char *input;
    const char *save;
    bool once;
    bool help;
    FILE *saved;
    uint32_t partitions;
    struct source source[STEPDEN_PARTITIONS_MAX];
    uint64_t seen;
    uint64_t failures;
    struct watch_lives lives;
    struct watch_entry entry;
};

/* SIGTERM and SIGINT so far: 1, come to an end; more, at once. */
static volatile sig_atomic_t signals;

static void on_signal(int signal_number)
{
    (void)signal_number;
    signals++;
}

static int64_t mono_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static bool take_options(struct watch *watch, int argc, char **argv)
{
    static const struct option names[] = {
        {"help", no_argument, NULL, 'h'},
        {"redis", required_argument, NULL, 'r'},
        {"stream", required_argument, NULL, 's'},
        {"input", required_argument, NULL, 'i'},
        {"partitions", required_argument, NULL, 'p'},
        {"save", required_argument, NULL, 'o'},
        {"once", no_argument, NULL, '1'},
        {0},
    };
    int name;

    while ((name = getopt_long(argc, argv, "h", names, NULL)) != -1)
        if (name == 'r')
            watch->socket = optarg;
        else if (name == 's')
            watch->stream = optarg;
        else if (name == 'i')
            watch->input = optarg;
        else if (name == 'p')
            watch->partitions = (uint32_t)strtoul(optarg, NULL, 10);
        else if (name == 'o')
            watch->save = optarg;
        else if (name == '1')
            watch->once = true;
        else if (name == 'h')
            watch->help = true;
        else
            return false;
    return (watch->socket != NULL || watch->help) && optind == argc &&
           watch->partitions >= 1 &&
           watch->partitions <= STEPDEN_PARTITIONS_MAX;
}

static void save(const struct watch *watch, const redisReply *message,
                 const redisReply *uper)
{
    fprintf(watch->saved, "{\"message\":%s,\"uper\":\"", message->str);
    for (size_t i = 0; i < (size_t)uper->len; i++)
        fprintf(watch->saved, "%02x", (unsigned char)uper->str[i]);
    fputs("\"}\n", watch->saved);
}

static const redisReply *field(const redisReply *fields, const char *name)
{
    for (size_t i = 0; i + 1 < fields->elements; i += 2)
        if (strcmp(fields->element[i]->str, name) == 0)
            return fields->element[i + 1];
    return NULL;
}

static bool take_fields(struct watch *watch, const redisReply *fields,
                        struct stepden_diag *diag)
{
    const redisReply *message = field(fields, "message");
    const redisReply *uper = field(fields, "uper");

    if (message == NULL || uper == NULL) {
        snprintf(diag->reason, sizeof(diag->reason), "a field is missing");
        return false;
    }
    if (watch->saved != NULL)
        save(watch, message, uper);
    return watch_entry_read(&watch->entry, message->str, (size_t)message->len,
                            (const uint8_t *)uper->str, (size_t)uper->len,
                            diag) &&
           watch_lives_take(&watch->lives, &watch->entry, diag) == STEPDEN_OK;
}

static void take_entry(struct watch *watch, struct source *source,
                       const redisReply *entry)
{
    struct stepden_diag diag = {.reason = "out of memory"};

    snprintf(source->last, sizeof(source->last), "%s", entry->element[0]->str);
    watch->seen++;
    if (take_fields(watch, entry->element[1], &diag))
        return;
    watch->failures++;
    printf("FAILED    entry %s: %s: %s\n", source->last, diag.where,
           diag.reason);
}

/* What XREAD brings of one stream: its name and the entries. */
static void take_stream(struct watch *watch, const redisReply *stream)
{
    const redisReply *entries = stream->element[1];
    struct source *source = watch->source;

    while (strcmp(source->name, stream->element[0]->str) != 0)
        source++;
    for (size_t i = 0; i < entries->elements; i++)
        take_entry(watch, source, entries->element[i]);
}

static redisReply *read_streams(struct watch *watch)
{
    const char *words[6 + 2 * STEPDEN_PARTITIONS_MAX] = {
        "XREAD", "COUNT", "100", "BLOCK", "200", "STREAMS",
    };
    const char **names = words + 6;
    const char **ids = names + watch->partitions;

    for (uint32_t i = 0; i < watch->partitions; i++) {
        names[i] = watch->source[i].name;
        ids[i] = watch->source[i].last;
    }
    return redisCommandArgv(watch->redis, (int)(6 + 2 * watch->partitions),
                            words, NULL);
}

static bool take_entries(struct watch *watch)
{
    redisReply *reply = read_streams(watch);
    const bool good = reply != NULL && reply->type != REDIS_REPLY_ERROR;

    if (!good)
        fprintf(stderr, "watch: %s\n",
                reply != NULL ? reply->str : watch->redis->errstr);
    if (good && reply->type == REDIS_REPLY_ARRAY) {
        for (size_t i = 0; i < reply->elements; i++)
            take_stream(watch, reply->element[i]);
        fflush(stdout);
    }
    freeReplyObject(reply);
    return good;
}

static bool follow(struct watch *watch)
{
    int64_t end_ms = INT64_MAX;

    watch_lives_head(&watch->lives);
    for (;;) {
        const uint64_t before = watch->seen;
        const bool closing = signals > 0;
        if (!take_entries(watch))
            return false;
        if (closing && end_ms == INT64_MAX)
            end_ms = mono_ms() + LINGER_MS;
        if (signals > 1)
            return true;
        if (before == watch->seen && (watch->once || mono_ms() >= end_ms ||
                                      (closing && watch->lives.alive == 0)))
            return true;
    }
}

static long long length_of(struct watch *watch, const char *stream)
{
    redisReply *reply = redisCommand(watch->redis, "XLEN %s", stream);
    const long long count = reply != NULL && reply->type == REDIS_REPLY_INTEGER
                                ? reply->integer
                                : 0;

    freeReplyObject(reply);
    return count;
}

static long long arrays_in(struct watch *watch)
{
    char name[STEPDEN_KEY_SIZE];
    long long sum = 0;

    for (uint32_t i = 0; i < watch->partitions; i++) {
        stepden_keys_name_stream(name, watch->input, i);
        sum += length_of(watch, name);
    }
    return sum;
}

static void print_totals(struct watch *watch)
{
    const struct watch_lives *lives = &watch->lives;
    const uint64_t count = watch->seen > 0 ? watch->seen : 1;

    printf("\narrays in       %6lld\nDENMs out       %6" PRIu64 " ",
           arrays_in(watch), watch->seen);
    for (int i = 0; i < WATCH_KINDS; i++)
        printf("%s%" PRIu64 " %s", i == 0 ? "  " : ", ", lives->entries[i],
               watch_kind_text((enum watch_kind)i));
    printf("\nbytes a DENM    %6" PRIu64 "   UPER, %" PRIu64
           " JSON\nchecked, good   %6" PRIu64 "\nfailed          %6" PRIu64
           "\nstill alive     %6zu\n",
           lives->uper_bytes / count, lives->json_bytes / count,
           watch->seen - watch->failures, watch->failures, lives->alive);
}

static bool open_all(struct watch *watch)
{
    for (uint32_t i = 0; i < watch->partitions; i++) {
        stepden_keys_name_stream(watch->source[i].name, watch->stream, i);
        strcpy(watch->source[i].last, "0");
    }
    watch->redis = redisConnectUnix(watch->socket);
    if (watch->redis == NULL || watch->redis->err != 0) {
        fprintf(stderr, "watch: %s: cannot connect\n", watch->socket);
        return false;
    }
    if (watch->save != NULL) {
        watch->saved = fopen(watch->save, "w");
        if (watch->saved == NULL) {
            perror(watch->save);
            return false;
        }
    }
    return true;
}

static void close_all(struct watch *watch)
{
    if (watch->redis != NULL)
        redisFree(watch->redis);
    if (watch->saved != NULL)
        fclose(watch->saved);
    watch_lives_free(&watch->lives);
}

int main(int argc, char **argv)
{
    static struct watch watch = {.stream = "step:{step}:client:out",
                                 .input = "step:{step}:crash_prediction",
                                 .partitions = 1};
    bool done = false;

    if (!take_options(&watch, argc, argv)) {
        fputs(usage, stderr);
        return EX_USAGE;
    }
    if (watch.help)
        return fputs(usage, stdout) != EOF && fflush(stdout) == 0 ? EX_OK
                                                                  : EX_IOERR;
    signal(SIGTERM, on_signal);
    signal(SIGINT, on_signal);
    watch.lives.colour = isatty(STDOUT_FILENO) && getenv("NO_COLOR") == NULL;
    if (open_all(&watch)) {
        done = follow(&watch);
        print_totals(&watch);
    }
    close_all(&watch);
    return done && watch.seen > 0 && watch.failures == 0 ? EX_OK : EXIT_FAILURE;
}
