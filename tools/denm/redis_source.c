#include "redis_source.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include <ev.h>

#include "redis/access.h"
#include "redis/link.h"
#include "redis/reply.h"
#include "redis_text.h"
#include "redis_url.h"

enum {
    ENTRIES_AT_ONCE = 100,
    BLOCK_MS = 10000,
    RECONNECT_MS = 1000,
    TEXT_SIZE = 1024, /* of what goes to standard error */
};

static const char default_stream[] = "step:{step}:client:out";

struct source {
    struct ev_loop *loop;
    struct stepden_link *link;
    struct denm_framer *framer;
    const char *stream;
    bool follow;
    bool was_up;
    int code;
    char last[64]; /* the id of the last entry */
};

static void end(struct source *source, int code)
{
    source->code = code;
    ev_break(source->loop, EVBREAK_ALL);
}

static void complain(struct source *source, const char *text)
{
    char said[TEXT_SIZE];

    fflush(stdout);
    fprintf(stderr, "denm: %s: %s\n",
            source->link ? stepden_link_peer(source->link) : "redis",
            denm_redis_text(said, sizeof said, text));
}

/* ---- entries ---- */

/* Of a file's lines blank ones are skipped, but no entry is. */
static bool is_blank(const redisReply *uper)
{
    return strspn(uper->str, " \t") == uper->len;
}

static bool take_entry(struct source *source, const redisReply *entry)
{
    const redisReply *id = entry->element[0];
    const redisReply *uper = stepden_reply_member(entry->element[1], "uper");

    snprintf(source->last, sizeof source->last, "%s", id->str);
    struct denm_origin origin = {
        .text = source->last,
        .source = source->stream,
        .entry = source->last,
    };

    if (!uper)
        return denm_framer_refuse(source->framer, &origin,
                                  "the entry has no field uper");
    if (is_blank(uper) || denm_framer_is_binary(source->framer, uper->str[0]))
        return denm_framer_bytes(source->framer, &origin, uper->str,
                                 (size_t)uper->len);
    return denm_framer_line(source->framer, &origin, uper->str,
                            (size_t)uper->len);
}

static bool is_entry(const redisReply *reply)
{
    return stepden_reply_is_list(reply) && reply->elements == 2 &&
           stepden_reply_is_string(reply->element[0]) &&
           stepden_reply_is_list(reply->element[1]);
}

/* False when the sink has enough. */
static bool take_entries(struct source *source, const redisReply *entries)
{
    for (size_t i = 0; i < entries->elements; i++)
        if (is_entry(entries->element[i]) &&
            !take_entry(source, entries->element[i]))
            return false;
    return true;
}

/* XREAD answers with a list of streams and their entries, or nil. */
static const redisReply *entries_in(const redisReply *reply)
{
    if (!stepden_reply_is_list(reply) || reply->elements != 1 ||
        !stepden_reply_is_list(reply->element[0]) ||
        reply->element[0]->elements != 2)
        return NULL;
    return reply->element[0]->element[1];
}

static void ask(struct source *source);

static void take_answer(void *ctx, const redisReply *reply)
{
    struct source *source = ctx;
    const redisReply *entries = entries_in(reply);
    char text[256];

    if (!entries && !stepden_reply_is_nil(reply)) {
        complain(source, stepden_reply_describe(text, sizeof text, reply));
        end(source, EX_UNAVAILABLE);
    } else if (entries && !take_entries(source, entries)) {
        end(source, EX_OK);
    } else if (entries || source->follow) {
        stepden_link_prove(source->link);
        fflush(NULL);
        ask(source);
    } else {
        end(source, EX_OK);
    }
}

/* Without --follow once more than needed: the answer nil ends it. */
static void ask(struct source *source)
{
    stepden_link_command(source->link, source->follow ? 8 : 6, take_answer);
    stepden_link_arg_text(source->link, "XREAD");
    stepden_link_arg_text(source->link, "COUNT");
    stepden_link_arg_number(source->link, ENTRIES_AT_ONCE);
    if (source->follow) {
        stepden_link_arg_text(source->link, "BLOCK");
        stepden_link_arg_number(source->link, BLOCK_MS);
    }
    stepden_link_arg_text(source->link, "STREAMS");
    stepden_link_arg_text(source->link, source->stream);
    stepden_link_arg_text(source->link, source->last);
}

/* The last entry that there is, of which $ speaks, as it is found once. */
static void take_last(void *ctx, const redisReply *reply)
{
    struct source *source = ctx;
    char text[256];

    if (!stepden_reply_is_list(reply)) {
        complain(source, stepden_reply_describe(text, sizeof text, reply));
        end(source, EX_UNAVAILABLE);
        return;
    }
    bool is_empty = reply->elements == 0 || !is_entry(reply->element[0]);
    snprintf(source->last, sizeof source->last, "%s",
             is_empty ? "0" : reply->element[0]->element[0]->str);
    ask(source);
}

static void ask_for_last(struct source *source)
{
    stepden_link_command(source->link, 6, take_last);
    stepden_link_arg_text(source->link, "XREVRANGE");
    stepden_link_arg_text(source->link, source->stream);
    stepden_link_arg_text(source->link, "+");
    stepden_link_arg_text(source->link, "-");
    stepden_link_arg_text(source->link, "COUNT");
    stepden_link_arg_text(source->link, "1");
}

/* ---- the link ---- */

static void on_up(void *ctx)
{
    struct source *source = ctx;

    source->was_up = true;
    stepden_link_set_patience(source->link, BLOCK_MS);
    if (strcmp(source->last, "$") == 0)
        ask_for_last(source);
    else
        ask(source);
}

static void on_down(void *ctx, const char *why)
{
    (void)ctx;
    (void)why; /* has been reported */
}

/* What was up once comes back, if it is followed. */
static void on_report(void *ctx, enum stepden_log_level level, const char *text)
{
    struct source *source = ctx;
    char said[TEXT_SIZE];

    if (level == STEPDEN_LOG_LEVEL_INFO || level == STEPDEN_LOG_LEVEL_DEBUG)
        return;
    fflush(stdout);
    text = denm_redis_text(said, sizeof said, text);
    if (source->was_up && source->follow) {
        fprintf(stderr, "denm: %s\n", text);
        return;
    }
    const char *next = strstr(text, "; next attempt");
    fprintf(stderr, "denm: %.*s\n",
            next ? (int)(next - text) : (int)strlen(text), text);
    end(source, EX_UNAVAILABLE);
}

static void on_signal(struct ev_loop *loop, ev_signal *signal, int events)
{
    (void)loop;
    (void)events;
    end(signal->data, EX_OK);
}

static void follow_signals(struct source *source, ev_signal signals[2])
{
    static const int numbers[2] = {SIGINT, SIGTERM};

    for (int i = 0; i < 2; i++) {
        ev_signal_init(&signals[i], on_signal, numbers[i]);
        signals[i].data = source;
        ev_signal_start(source->loop, &signals[i]);
    }
}

static int run(struct source *source,
               const struct stepden_redis_connection *connection)
{
    struct stepden_link_events events = {on_up, on_down, on_report, source};
    struct stepden_access *access = NULL;
    struct stepden_diag diag;
    ev_signal signals[2];

    if (stepden_access_new(&access, NULL, connection, &diag) != STEPDEN_OK ||
        stepden_link_new(&source->link, source->loop, access, "denm",
                         RECONNECT_MS, &events, &diag) != STEPDEN_OK) {
        stepden_access_free(access);
        complain(source, diag.reason);
        return EX_UNAVAILABLE;
    }
    follow_signals(source, signals);
    signal(SIGPIPE, SIG_IGN); /* TLS writes to a server that has gone */
    stepden_link_open(source->link);
    ev_run(source->loop, 0);
    stepden_link_free(source->link);
    stepden_access_free(access);
    signal(SIGPIPE, SIG_DFL);
    for (int i = 0; i < 2; i++)
        ev_signal_stop(source->loop, &signals[i]);
    return source->code;
}

int denm_redis_run(const struct denm_options *options,
                   struct denm_framer *framer)
{
    static struct stepden_redis_connection connection;
    struct source source = {
        .loop = ev_loop_new(0),
        .framer = framer,
        .stream = options->stream ? options->stream : default_stream,
        .follow = options->follow,
    };
    struct stepden_diag diag;

    if (!source.loop)
        return EX_OSERR;
    snprintf(source.last, sizeof source.last, "%s",
             options->after ? options->after : "0");
    if (denm_redis_url_read(&connection, options->redis, &diag) != STEPDEN_OK) {
        fprintf(stderr, "denm: %s: %s\n", diag.where, diag.reason);
        source.code = EX_USAGE;
    } else {
        source.code = run(&source, &connection);
    }
    ev_loop_destroy(source.loop);
    return source.code;
}
