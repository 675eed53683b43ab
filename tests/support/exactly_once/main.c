/*
 * Judges the streams of a stepden: every target of every input gave one DENM,
 * in the order of the inputs; every life is told in order, and no action id is
 * used again while receivers know it.
 */
#include <getopt.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <time.h>

#include <stepden/config.h>

#include "daemon/input.h"
#include "findings.h"
#include "inputs.h"
#include "lives.h"
#include "redis/keys.h"
#include "stream.h"
#include "support/redis_follow.h"

#define PAGE 500
#define PAUSE_MS 50

static const char usage[] =
    "usage: exactly_once --redis ADDRESS[,ADDRESS...] --config FILE "
    "[OPTION]...\n"
    "Was every input of the service with this configuration answered exactly\n"
    "once? Everything that is in has to be acknowledged by then, and nothing\n"
    "trimmed before. With partitions: the inputs of each in the outputs of "
    "the\n"
    "same one, and under its own action ids.\n"
    "  ADDRESS   path of a Unix socket, or HOST:PORT; of a cluster any nodes\n"
    "  --ended   every event has been cancelled, too\n"
    "  --follow  takes entries as they come, until SIGTERM, and trims them;\n"
    "            Redis may go away meanwhile; not with partitions\n";

struct options {
    const char *addresses;
    const char *path; /* of the configuration */
    bool ended;
    bool follow;
};

struct judge {
    struct options options;
    struct stepden_config config;
    struct redis_follow redis;
    struct stepden_keys keys; /* of the partition that is judged */
    struct stream input;
    struct stream client;
    struct stream rejected;
    struct stream output;
    struct inputs inputs;
    struct lives lives;
    struct findings findings; /* of this partition */
    uint64_t faults;          /* of all of them */
    struct stepden_incoming message;
};

static volatile sig_atomic_t stopped;

static void on_signal(int signal_number)
{
    (void)signal_number;
    stopped = 1;
}

static bool take_options(struct options *options, int argc, char **argv)
{
    static const struct option names[] = {
        {"redis", required_argument, NULL, 'r'},
        {"config", required_argument, NULL, 'c'},
        {"ended", no_argument, NULL, 'e'},
        {"follow", no_argument, NULL, 'f'},
        {0},
    };
    int name;

    while ((name = getopt_long(argc, argv, "", names, NULL)) != -1)
        if (name == 'r')
            options->addresses = optarg;
        else if (name == 'c')
            options->path = optarg;
        else if (name == 'e')
            options->ended = true;
        else if (name == 'f')
            options->follow = true;
        else
            return false;
    return options->addresses != NULL && options->path != NULL &&
           optind == argc;
}

static void print_fault(void *ctx, const struct stepden_config_fault *fault)
{
    fprintf(stderr, "%s:%zu: %s\n", (const char *)ctx, fault->line,
            fault->diag.reason);
}

/* What it cannot judge, it refuses. */
static bool load(struct judge *judge)
{
    const struct stepden_config_report report = {print_fault,
                                                 (void *)judge->options.path};

    if (stepden_config_load(&judge->config, judge->options.path, &report) !=
        STEPDEN_OK)
        return false;
    if (judge->config.denm.min_update_interval_ms == 0 &&
        judge->config.denm.negation_hold_off_ms == 0 &&
        (judge->config.redis.partitions == 1 || !judge->options.follow))
        return true;
    fprintf(stderr,
            "%s: minUpdateInterval and negationHoldOff have to be 0, and with "
            "--follow partitions 1\n",
            judge->options.path);
    return false;
}

/* ---- entries ---- */

static bool read_entry(struct judge *judge, enum stepden_input input,
                       const char *id, const redisReply *fields,
                       const char *name)
{
    const redisReply *value = stream_field(fields, name);
    if (value == NULL)
        return false;

    const struct stepden_redis_field field = {
        .name = name,
        .name_size = strlen(name),
        .value = value->str,
        .value_size = (size_t)value->len,
    };
    const struct stepden_entry entry = {
        .input = input,
        .id = id,
        .fields = &field,
        .field_count = 1,
    };
    struct stepden_diag diag;

    return stepden_incoming_read_entry(&judge->message, &entry, &judge->config,
                                       &diag) == STEPDEN_OK;
}

static void take_input(void *ctx, const char *id, const redisReply *fields)
{
    struct judge *judge = ctx;
    const bool readable =
        read_entry(judge, STEPDEN_INPUT_CRASH_PREDICTION, id, fields,
                   judge->config.redis.streams.inputs.crash_prediction.field);
    struct entry_id entry_id;
    const char *end;

    if (entry_id_read(&entry_id, id, &end))
        inputs_add(&judge->inputs, entry_id,
                   readable ? &judge->message.collisions : NULL);
}

static void take_client(void *ctx, const char *id, const redisReply *fields)
{
    struct judge *judge = ctx;

    if (read_entry(judge, STEPDEN_INPUT_CLIENT, id, fields,
                   judge->config.redis.streams.inputs.client.field) ||
        read_entry(judge, STEPDEN_INPUT_CLIENT, id, fields, "uper"))
        lives_negate(&judge->lives, &judge->message.denm);
}

static void take_rejected(void *ctx, const char *id, const redisReply *fields)
{
    struct judge *judge = ctx;
    const redisReply *entry = stream_field(fields, "entry");
    struct entry_id entry_id;
    const char *end;
    struct array *array = NULL;

    if (entry != NULL && entry_id_read(&entry_id, entry->str, &end))
        array = inputs_find(&judge->inputs, entry_id);
    if (array == NULL)
        findings_add(&judge->findings, "dead letter %s: of no input", id);
    else if (array->rejected)
        findings_add(&judge->findings, "dead letter %s: %s is rejected twice",
                     id, entry->str);
    else
        array->rejected = true;
}

static void take_output(void *ctx, const char *id, const redisReply *fields)
{
    struct judge *judge = ctx;
    struct stepden_incoming *message = &judge->message;
    const redisReply *text = stream_field(
        fields, judge->config.redis.streams.outputs.client.fields.message);
    struct stepden_diag diag = {.reason = "the field is missing"};

    if (text == NULL ||
        stepden_incoming_read(message, text->str, (size_t)text->len,
                              STEPDEN_INCOMING_DENM, &diag) != STEPDEN_OK)
        findings_add(&judge->findings, "output %s: %s: %s", id, diag.where,
                     diag.reason);
    else
        lives_take(&judge->lives, id, &message->envelope, &message->denm);
}

/* ---- reading ---- */

static bool drain(struct judge *judge, struct stream *stream, stream_take *take)
{
    size_t count;

    do {
        redisReply *page = stream_page(stream, &judge->redis, PAGE);
        if (page == NULL)
            return false;
        stream_each(page, take, judge);
        count = page->elements;
        freeReplyObject(page);
    } while (count > 0);
    return true;
}

static void trim(struct judge *judge, const char *key, const char *id)
{
    freeReplyObject(
        redis_follow_ask(&judge->redis, "XTRIM %s MINID %s", key, id));
}

/* The inputs of a DENM are acknowledged in the transaction that brings it. */
static void trim_all(struct judge *judge)
{
    const char *id = judge->message.envelope.id;
    char input[ENTRY_ID_SIZE];

    snprintf(input, sizeof input, "%.*s", (int)strcspn(id, "/"), id);
    trim(judge, judge->input.key, input);
    trim(judge, judge->output.key, judge->output.last);
}

/*
 * One page of outputs, with everything that had come in until then. How many
 * there were, or -1 if Redis does not answer.
 */
static long take_page(struct judge *judge)
{
    const struct stream before = judge->output;
    redisReply *page = stream_page(&judge->output, &judge->redis, PAGE);
    if (page == NULL)
        return -1;

    long count = (long)page->elements;
    if (drain(judge, &judge->input, take_input) &&
        drain(judge, &judge->client, take_client) &&
        drain(judge, &judge->rejected, take_rejected)) {
        stream_each(page, take_output, judge);
        if (judge->options.follow && count > 0)
            trim_all(judge);
    } else {
        judge->output = before;
        count = -1;
    }
    freeReplyObject(page);
    return count;
}

static void pause_briefly(void)
{
    const struct timespec pause = {.tv_nsec = PAUSE_MS * 1000000L};

    nanosleep(&pause, NULL);
}

/* False if Redis does not answer at the end. */
static bool take_all(struct judge *judge)
{
    for (;;) {
        const bool last = !judge->options.follow || stopped;
        const long count = take_page(judge);
        if (count <= 0 && last)
            return count == 0;
        if (count <= 0)
            pause_briefly();
    }
}

static int64_t server_ms(struct judge *judge)
{
    redisReply *reply = redis_follow_ask(&judge->redis, "TIME");
    int64_t ms = 0;

    if (reply != NULL)
        ms = strtoll(reply->element[0]->str, NULL, 10) * 1000 +
             strtoll(reply->element[1]->str, NULL, 10) / 1000;
    freeReplyObject(reply);
    return ms;
}

static void print_figures(struct judge *judge)
{
    const struct lives *lives = &judge->lives;
    struct unanswered unanswered = {0};

    inputs_judge(&judge->inputs, &unanswered, &judge->findings,
                 server_ms(judge));
    const uint64_t alive = lives_judge(&judge->lives, judge->options.ended);
    if (lives->partitions > 1)
        printf("partition %u: ", lives->partition);
    printf("%zu arrays, %zu targets: %" PRIu64 " triggers, %" PRIu64
           " updates, %" PRIu64 " cancellations, %" PRIu64
           " repetitions; without a DENM: %" PRIu64 " not newer, %" PRIu64
           " over, %" PRIu64 " arrays rejected; alive: %" PRIu64
           "; faults: %" PRIu64 "\n",
           judge->inputs.array_count, judge->inputs.target_count,
           lives->triggers, lives->updates, lives->cancellations,
           lives->repetitions, unanswered.not_newer, unanswered.over,
           unanswered.rejected, alive, judge->findings.count);
}

static void init(struct judge *judge, unsigned partition)
{
    const enum stepden_input prediction = STEPDEN_INPUT_CRASH_PREDICTION;
    const struct stepden_keys *keys = &judge->keys;

    stepden_keys_derive(&judge->keys, &judge->config, partition);
    judge->input = (struct stream){.key = keys->input[prediction]};
    judge->rejected = (struct stream){.key = keys->rejected[prediction]};
    judge->client = (struct stream){.key = keys->input[STEPDEN_INPUT_CLIENT]};
    judge->output = (struct stream){.key = keys->output};
    judge->inputs = (struct inputs){
        .after_ms = judge->config.time_after_collision_s * INT64_C(1000),
    };
    judge->findings = (struct findings){0};
    lives_init(&judge->lives, &judge->config, partition, &judge->inputs,
               &judge->findings);
}

/* False if Redis does not answer. */
static bool judge_partition(struct judge *judge, unsigned partition)
{
    init(judge, partition);
    const bool done = take_all(judge);
    if (done)
        print_figures(judge);
    else
        fprintf(stderr, "exactly_once: Redis does not answer\n");
    judge->faults += judge->findings.count;
    inputs_free(&judge->inputs);
    lives_free(&judge->lives);
    return done;
}

int main(int argc, char **argv)
{
    static struct judge judge;
    bool done = true;

    if (!take_options(&judge.options, argc, argv)) {
        fputs(usage, stderr);
        return EX_USAGE;
    }
    if (!load(&judge))
        return EX_CONFIG;
    signal(SIGPIPE, SIG_IGN);
    signal(SIGTERM, on_signal);
    signal(SIGINT, on_signal);
    judge.redis.addresses = judge.options.addresses;
    judge.redis.db = judge.config.redis.connection.db;
    for (unsigned i = 0; i < judge.config.redis.partitions && done; i++)
        done = judge_partition(&judge, i);
    redis_follow_close(&judge.redis);
    return done && judge.faults == 0 ? EX_OK : EXIT_FAILURE;
}
