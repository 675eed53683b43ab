#include "redis/link.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "redis/backoff.h"
#include "redis/link_parts.h"

enum { MS_PER_S = 1000 };

void stepden_link_say(struct stepden_link *link, enum stepden_log_level level,
                      const char *format, ...)
{
    char text[640];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    link->events.report(link->events.ctx, level, text);
}

void stepden_link_set_timer(struct stepden_link *link, int64_t ms)
{
    ev_timer_stop(link->loop, &link->timer);
    if (ms < 0)
        return;
    ev_timer_set(&link->timer, (double)ms / MS_PER_S, 0.);
    ev_timer_start(link->loop, &link->timer);
}

int64_t stepden_link_connect_timeout_ms(const struct stepden_link *link)
{
    return (int64_t)link->access->connection.socket_connect_timeout_s *
           MS_PER_S;
}

void stepden_link_watch(struct stepden_link *link)
{
    int64_t idle_ms = (int64_t)link->access->connection.health_check_interval_s;
    int64_t answer_ms =
        (int64_t)link->access->connection.socket_timeout_s * MS_PER_S;

    if (link->state != STEPDEN_LINK_UP)
        return;
    if (link->queue.count > 0)
        stepden_link_set_timer(link, answer_ms + link->patience_ms);
    else
        stepden_link_set_timer(link, idle_ms > 0 ? idle_ms * MS_PER_S : -1);
}

void stepden_link_disconnect(struct stepden_link *link)
{
    ev_io_stop(link->loop, &link->io);
    ev_prepare_stop(link->loop, &link->flush);
    ev_timer_stop(link->loop, &link->timer);
    ev_timer_stop(link->loop, &link->proof);
    stepden_where_withdraw(link->access->where, &link->question);
    stepden_resolve_free(link->resolve);
    link->resolve = NULL;
    stepden_tls_end(link->tls);
    link->tls = NULL;
    if (link->fd >= 0)
        close(link->fd);
    link->fd = -1;
    link->read_wants_write = link->write_wants_read = false;
    link->patience_ms = 0;
    link->written = 0;
    stepden_resp_clear(&link->out, 0);
    stepden_link_queue_clear(&link->queue);
    link->state = STEPDEN_LINK_CLOSED;
}

static void wait_for_attempt(struct stepden_link *link, int64_t pause_ms)
{
    link->state = STEPDEN_LINK_WAITING;
    stepden_link_set_timer(link, pause_ms);
}

/* What goes wrong again and again is said the first, second, fourth... time;
 * with several servers, whatever goes wrong with each. */
static bool is_worth_a_line(const struct stepden_link *link)
{
    return (link->failures & (link->failures - 1)) == 0;
}

void stepden_link_report_failure(struct stepden_link *link, const char *step,
                                 const char *why, int64_t pause_ms)
{
    char text[sizeof link->failure];
    char so_far[48] = "";

    snprintf(text, sizeof text, "%s: %s", step, why);
    if (strcmp(text, link->failure) != 0 && link->access->where == NULL)
        link->failures = 0;
    memcpy(link->failure, text, sizeof text);
    link->failures++;
    if (!is_worth_a_line(link))
        return;
    if (link->failures > 1)
        snprintf(so_far, sizeof so_far, "; %u attempts so far", link->failures);
    stepden_link_say(link, STEPDEN_LOG_LEVEL_WARNING,
                     "%s: %s; next attempt in %.1f s%s", link->peer, text,
                     (double)pause_ms / MS_PER_S, so_far);
}

int64_t stepden_link_pause_ms(struct stepden_link *link)
{
    return stepden_backoff_ms(link->attempt++,
                              stepden_link_first_pause_ms(link),
                              stepden_link_longest_pause_ms(link));
}

void stepden_link_try_again(struct stepden_link *link, int64_t pause_ms,
                            bool was_up, const char *why)
{
    wait_for_attempt(link, pause_ms);
    if (was_up)
        link->events.down(link->events.ctx, why);
}

void stepden_link_fail(struct stepden_link *link, const char *step,
                       const char *why)
{
    bool was_up = link->state == STEPDEN_LINK_UP;
    bool another_address = link->state == STEPDEN_LINK_CONNECTING &&
                           stepden_dial_has_next(&link->dial);

    stepden_link_disconnect(link);
    if (another_address) {
        stepden_link_try_next_address(link);
        return;
    }
    int64_t pause_ms = stepden_link_pause_ms(link);
    stepden_link_report_failure(link, step, why, pause_ms);
    stepden_link_try_again(link, pause_ms, was_up, why);
}

void stepden_link_fail_late(struct stepden_link *link, const char *step,
                            const char *member, int64_t waited_s,
                            const char *hint)
{
    char why[256];

    snprintf(why, sizeof why,
             "no answer within redis.connection.%s, %lld s: %s", member,
             (long long)waited_s, hint);
    stepden_link_fail(link, step, why);
}

const char *stepden_link_advise(char *text, size_t size,
                                const struct stepden_link *link)
{
    if (link->access->connection.has_unix_socket)
        snprintf(text, size, "check redis.connection.unixSocket");
    else
        snprintf(text, size, "check %s, and %s if it %s TLS", link->way->port,
                 link->way->tls,
                 link->access->connection.ssl_enable ? "has no" : "wants");
    return text;
}

static void announce(struct stepden_link *link)
{
    link->is_announced = true;
    stepden_link_say(link, STEPDEN_LOG_LEVEL_INFO, "%s: connected%s",
                     link->peer, link->tls != NULL ? " with TLS" : "");
}

void stepden_link_set_up(struct stepden_link *link)
{
    link->state = STEPDEN_LINK_UP;
    stepden_link_watch(link);
    ev_timer_set(&link->proof,
                 (double)stepden_link_longest_pause_ms(link) / MS_PER_S, 0.);
    ev_timer_start(link->loop, &link->proof);
    link->is_announced = false;
    if (is_worth_a_line(link))
        announce(link);
    link->events.up(link->events.ctx);
}

void stepden_link_prove(struct stepden_link *link)
{
    if (!link->is_announced)
        announce(link);
    link->attempt = link->failures = 0;
    link->was_sent = false;
    link->failure[0] = '\0';
}

static void take_pong(void *ctx, const redisReply *reply)
{
    struct stepden_link *link = ctx;
    char text[256];

    if (!stepden_reply_is(reply, "PONG"))
        stepden_link_fail(link, "PING",
                          stepden_reply_explain(text, sizeof text, reply));
}

static void check_health(struct stepden_link *link)
{
    if (!stepden_link_queue_push(&link->queue, take_pong, link, 1)) {
        stepden_link_fail(link, "PING", "no memory");
        return;
    }
    stepden_resp_command(&link->out, 1);
    stepden_resp_arg_text(&link->out, "PING");
    stepden_link_watch(link);
    stepden_link_write(link);
}

/* This process may have been stopped, and the answers lie there to be read. */
static void judge_silence(struct stepden_link *link)
{
    stepden_link_move(link, EV_READ | EV_WRITE);
    if (link->state == STEPDEN_LINK_UP && !ev_is_active(&link->timer))
        stepden_link_fail_late(link, "command", "socketTimeout",
                               link->access->connection.socket_timeout_s +
                                   link->patience_ms / MS_PER_S,
                               "check that the server is not overloaded, and "
                               "the network");
}

static void fail_to_connect(struct stepden_link *link, const char *step,
                            const char *hint)
{
    stepden_link_fail_late(link, step, "socketConnectTimeout",
                           link->access->connection.socket_connect_timeout_s,
                           hint);
}

static void fail_to_reach(struct stepden_link *link)
{
    char hint[128];

    snprintf(hint, sizeof hint, "check %s, and firewalls", link->way->address);
    fail_to_connect(link, "connect", hint);
}

static void fail_to_agree(struct stepden_link *link, const char *step)
{
    char hint[160];

    fail_to_connect(link, step, stepden_link_advise(hint, sizeof hint, link));
}

static void on_timer(struct ev_loop *loop, ev_timer *timer, int events)
{
    struct stepden_link *link = timer->data;

    (void)loop;
    (void)events;
    switch (link->state) {
    case STEPDEN_LINK_CLOSED:
    case STEPDEN_LINK_ASKING:
    case STEPDEN_LINK_RESOLVING:
        break;
    case STEPDEN_LINK_WAITING:
        stepden_link_begin_attempt(link);
        break;
    case STEPDEN_LINK_CONNECTING:
        fail_to_reach(link);
        break;
    case STEPDEN_LINK_SECURING:
        fail_to_agree(link, "TLS");
        break;
    case STEPDEN_LINK_SHAKING_HANDS:
        fail_to_agree(link, "handshake");
        break;
    case STEPDEN_LINK_UP:
        if (link->queue.count > 0)
            judge_silence(link);
        else
            check_health(link);
        break;
    }
}

static void on_proof(struct ev_loop *loop, ev_timer *proof, int events)
{
    (void)loop;
    (void)events;
    stepden_link_prove(proof->data);
}

static void on_io(struct ev_loop *loop, ev_io *io, int events)
{
    (void)loop;
    stepden_link_move(io->data, events);
}

static void on_flush(struct ev_loop *loop, ev_prepare *flush, int events)
{
    (void)events;
    ev_prepare_stop(loop, flush);
    stepden_link_write(flush->data);
}

void stepden_link_init_watchers(struct stepden_link *link)
{
    ev_init(&link->io, on_io);
    ev_init(&link->timer, on_timer);
    ev_init(&link->proof, on_proof);
    ev_init(&link->flush, on_flush);
    link->io.data = link->timer.data = link;
    link->proof.data = link->flush.data = link;
}

void stepden_link_open(struct stepden_link *link)
{
    if (link->state != STEPDEN_LINK_CLOSED)
        return;
    link->attempt = 0;
    wait_for_attempt(link, 0);
}

void stepden_link_close(struct stepden_link *link)
{
    stepden_link_disconnect(link);
}

void stepden_link_drop(struct stepden_link *link, const char *why)
{
    char text[sizeof link->failure];

    if (link->state != STEPDEN_LINK_CLOSED)
        stepden_link_fail(link, "given up",
                          stepden_reply_advise(text, sizeof text, why));
}

bool stepden_link_is_up(const struct stepden_link *link)
{
    return link->state == STEPDEN_LINK_UP;
}

const char *stepden_link_peer(const struct stepden_link *link)
{
    return link->peer;
}

const char *stepden_link_failure(const struct stepden_link *link)
{
    return link->failure;
}

void stepden_link_set_patience(struct stepden_link *link, int64_t patience_ms)
{
    link->patience_ms = patience_ms;
    stepden_link_watch(link);
}

void stepden_link_set_answer_max(struct stepden_link *link, size_t bytes)
{
    link->answer_max = bytes;
    if (link->reader != NULL)
        stepden_reader_set_max(link->reader, bytes);
}

bool stepden_link_was_answer_too_large(const struct stepden_link *link)
{
    return link->reader != NULL && stepden_reader_is_too_large(link->reader);
}
