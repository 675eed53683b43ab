/*
 * Produces and consumes Redis Streams with libstepden-redis: publishes a
 * message, waits for messages and acknowledges them, and so on until SIGINT or
 * SIGTERM. Built against an installed library and run with
 *
 *   cc -o stream_demo stream_demo.c \
 *       $(pkg-config --cflags --libs stepden-redis)
 *   ./stream_demo --loop
 *
 * It publishes to demoOutputStream and receives from demoInputStream; with
 * --loop it publishes to the latter too, and so receives its own messages. What
 * goes wrong is told, and tried again after the pause of a round.
 */
#include <getopt.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <ev.h>
#include <stepden/redis.h>

#define GROUP "demoGroup"
#define CONSUMER "demo_1"
#define INPUT "demoInputStream"
#define OUTPUT "demoOutputStream"
#define MESSAGE "Hello, this is a message from the Demo!"

enum {
    MAX_LENGTH = 1000,  /* of the output */
    OUTPUT_TTL_S = 120, /* after the last message */
    RECONNECT_MS = 500,
    MAX_RECEIVED = 100, /* in one go */
};

static const char usage[] =
    "usage: stream_demo [OPTION]...\n"
    "  --redis SOCKET|HOST[:PORT]  the server (127.0.0.1:6379); its password\n"
    "                              is taken from REDISCLI_AUTH\n"
    "  --count N                   ends after so many rounds\n"
    "  --every MS                  pause after a round (1000)\n"
    "  --wait MS                   for messages in a round (5000)\n"
    "  --loop                      receives what it publishes\n";

struct demo {
    struct ev_loop *loop;
    struct stepden_redis *redis;
    struct stepden_redis_connection connection;
    const char *output;
    long rounds;   /* still to do; 0: without end */
    long every_ms; /* the pause after each */
    long wait_ms;
    /* "0" while there may be messages that were given to a consumer of our
     * name and not acknowledged: after the start, or after an error. */
    const char *after;
    ev_timer pause;
};

static void receive(struct demo *demo);

static void take_a_break(struct demo *demo)
{
    ev_timer_set(&demo->pause, (double)demo->every_ms / 1000, 0.);
    ev_timer_start(demo->loop, &demo->pause);
}

/* Without an error; with one, begins anew after a pause. */
static bool succeeded(struct demo *demo, const char *step,
                      const struct stepden_redis_result *result)
{
    if (result->status == STEPDEN_OK)
        return true;
    printf("%s: %s\n", step, result->reason);
    demo->after = "0";
    take_a_break(demo);
    return false;
}

static void end_round(struct demo *demo)
{
    if (demo->rounds > 0 && --demo->rounds == 0)
        ev_break(demo->loop, EVBREAK_ALL);
    else
        take_a_break(demo);
}

static void on_acknowledged(void *ctx,
                            const struct stepden_redis_result *result)
{
    struct demo *demo = ctx;

    if (!succeeded(demo, "acknowledge", result))
        return;
    if (demo->after != NULL)
        receive(demo);
    else
        end_round(demo);
}

static void print_entry(const struct stepden_redis_entry *entry)
{
    for (size_t i = 0; i < entry->field_count; i++)
        printf("received: %s: %.*s: %.*s\n", entry->id,
               (int)entry->fields[i].name_size, entry->fields[i].name,
               (int)entry->fields[i].value_size, entry->fields[i].value);
}

static void on_received(void *ctx, const struct stepden_redis_result *result)
{
    struct demo *demo = ctx;
    const char *ids[MAX_RECEIVED];

    if (!succeeded(demo, "receive", result))
        return;
    for (size_t i = 0; i < result->entry_count; i++) {
        print_entry(&result->entries[i]);
        ids[i] = result->entries[i].id;
    }
    if (result->entry_count > 0) {
        stepden_redis_acknowledge(demo->redis, INPUT, GROUP, ids,
                                  result->entry_count, on_acknowledged, demo);
    } else if (demo->after != NULL) {
        demo->after = NULL;
        receive(demo);
    } else {
        end_round(demo);
    }
}

/* An input that nobody reads any more goes after six rounds. */
static int64_t input_ttl_s(const struct demo *demo)
{
    return (demo->wait_ms / 1000 + demo->every_ms / 1000 + 1) * 6;
}

static void receive(struct demo *demo)
{
    const struct stepden_redis_wanted wanted = {.stream = INPUT,
                                                .group = GROUP,
                                                .consumer = CONSUMER,
                                                .after = demo->after,
                                                .wait_ms = demo->wait_ms,
                                                .count = MAX_RECEIVED,
                                                .ttl_s = input_ttl_s(demo)};

    stepden_redis_receive(demo->redis, &wanted, on_received, demo);
}

static void on_ttl_set(void *ctx, const struct stepden_redis_result *result)
{
    if (succeeded(ctx, "set_ttl", result))
        receive(ctx);
}

static void on_published(void *ctx, const struct stepden_redis_result *result)
{
    struct demo *demo = ctx;

    if (!succeeded(demo, "publish", result))
        return;
    printf("published: %s\n", result->id);
    stepden_redis_set_ttl(demo->redis, demo->output, OUTPUT_TTL_S, on_ttl_set,
                          demo);
}

static void publish(struct demo *demo)
{
    const struct stepden_redis_field field = {.name = "message",
                                              .name_size = strlen("message"),
                                              .value = MESSAGE,
                                              .value_size = strlen(MESSAGE)};

    stepden_redis_publish(demo->redis, demo->output, &field, 1, MAX_LENGTH,
                          on_published, demo);
}

static void on_created(void *ctx, const struct stepden_redis_result *result)
{
    if (succeeded(ctx, "create_input_stream", result))
        publish(ctx);
}

static void on_pause_over(struct ev_loop *loop, ev_timer *timer, int events)
{
    struct demo *demo = timer->data;

    (void)loop;
    (void)events;
    if (demo->after == NULL)
        publish(demo);
    else
        stepden_redis_create_input_stream(demo->redis, INPUT, GROUP,
                                          input_ttl_s(demo), on_created, demo);
}

static void on_report(void *ctx, enum stepden_log_level level, const char *text)
{
    (void)ctx;
    (void)level;
    printf("# %s\n", text);
}

static void on_signal(struct ev_loop *loop, ev_signal *watcher, int events)
{
    (void)watcher;
    (void)events;
    ev_break(loop, EVBREAK_ALL);
}

static bool run(struct demo *demo)
{
    const struct stepden_redis_events events = {.report = on_report};
    struct stepden_diag diag;
    ev_signal signals[2];

    demo->loop = ev_default_loop(0);
    if (stepden_redis_new(&demo->redis, demo->loop, &demo->connection,
                          "stream_demo", RECONNECT_MS, &events,
                          &diag) != STEPDEN_OK) {
        fprintf(stderr, "stream_demo: %s: %s\n", diag.where, diag.reason);
        return false;
    }
    ev_signal_init(&signals[0], on_signal, SIGINT);
    ev_signal_init(&signals[1], on_signal, SIGTERM);
    ev_signal_start(demo->loop, &signals[0]);
    ev_signal_start(demo->loop, &signals[1]);
    ev_timer_init(&demo->pause, on_pause_over, 0., 0.);
    demo->pause.data = demo;
    ev_timer_start(demo->loop, &demo->pause);
    ev_run(demo->loop, 0);
    stepden_redis_free(demo->redis);
    return true;
}

/* What has a slash is a socket. */
static bool take_server(struct stepden_redis_connection *connection,
                        const char *text)
{
    unsigned port = connection->port;
    int end = 0;

    connection->has_unix_socket = strchr(text, '/') != NULL;
    if (connection->has_unix_socket)
        return sscanf(text, "%4096s", connection->unix_socket) == 1;
    sscanf(text, "%1020[^:]%n:%5u%n", connection->host, &end, &port, &end);
    connection->port = (uint16_t)port;
    return end > 0 && text[end] == '\0' && port >= 1 && port <= UINT16_MAX;
}

static bool take_number(long *number, const char *text)
{
    char *end;

    *number = strtol(text, &end, 10);
    return *end == '\0' && *number > 0;
}

static bool take_options(struct demo *demo, int count, char **arguments)
{
    static const struct option options[] = {
        {"redis", required_argument, NULL, 'r'},
        {"count", required_argument, NULL, 'n'},
        {"every", required_argument, NULL, 'e'},
        {"wait", required_argument, NULL, 'w'},
        {"loop", no_argument, NULL, 'l'},
        {0},
    };
    int option;

    while ((option = getopt_long(count, arguments, "", options, NULL)) != -1)
        if (option == 'l')
            demo->output = INPUT;
        else if (!(option == 'r' && take_server(&demo->connection, optarg)) &&
                 !(option == 'n' && take_number(&demo->rounds, optarg)) &&
                 !(option == 'e' && take_number(&demo->every_ms, optarg)) &&
                 !(option == 'w' && take_number(&demo->wait_ms, optarg)))
            return false;
    return optind == count;
}

int main(int count, char **arguments)
{
    static struct demo demo = {
        .output = OUTPUT, .every_ms = 1000, .wait_ms = 5000, .after = "0"};

    stepden_redis_connection_init(&demo.connection);
    demo.connection.max_connections = 2;
    demo.connection.has_password = getenv("REDISCLI_AUTH") != NULL;
    demo.connection.password = (struct stepden_secret){
        .kind = STEPDEN_SECRET_ENV, .env = {"REDISCLI_AUTH"}};
    if (!take_options(&demo, count, arguments)) {
        fputs(usage, stderr);
        return EXIT_FAILURE;
    }
    signal(SIGPIPE, SIG_IGN);
    setvbuf(stdout, NULL, _IOLBF, 0);
    return run(&demo) ? EXIT_SUCCESS : EXIT_FAILURE;
}
