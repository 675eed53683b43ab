#include <stdio.h>
#include <stdlib.h>

#include "redis/session_parts.h"

enum { MS_PER_S = 1000 };

static void hinder(struct stepden_session *session, const char *why)
{
    const struct stepden_orphan *orphan = session->orphan;

    snprintf(session->look.obstacle, sizeof session->look.obstacle,
             "%s: %.100s: there were %u partitions, and this one cannot be "
             "looked at: %.80s",
             stepden_link_peer(orphan->link), orphan->keys.records,
             session->look.made_for, why);
}

static void on_deadline(struct ev_loop *loop, ev_timer *timer, int events)
{
    struct stepden_session *session = timer->data;
    const char *failure = stepden_link_failure(session->orphan->link);

    (void)loop;
    (void)events;
    hinder(session, failure[0] != '\0' ? failure : "no answer");
    stepden_orphan_end(session);
    stepden_acquire_decide(session);
}

static void on_up(void *ctx)
{
    stepden_heritage_look(ctx);
}

/* It tries again, or elsewhere, and then begins anew. */
static void on_down(void *ctx, const char *why)
{
    (void)ctx;
    (void)why;
}

/* What comes of it is an obstacle, which is told. */
static void on_report(void *ctx, enum stepden_log_level level, const char *text)
{
    (void)level;
    stepden_session_say(ctx, STEPDEN_LOG_LEVEL_DEBUG, "%s", text);
}

static struct stepden_orphan *make(struct stepden_session *session,
                                   uint32_t partition)
{
    const struct stepden_config *config = session->config;
    const struct stepden_link_events events = {
        .up = on_up, .down = on_down, .report = on_report, .ctx = session};
    struct stepden_orphan *orphan = calloc(1, sizeof *orphan);
    struct stepden_diag diag;

    if (orphan == NULL)
        return NULL;
    if (stepden_link_new(&orphan->link, session->loop, session->access,
                         config->instance_name,
                         (int64_t)config->reconnect_interval_s * MS_PER_S,
                         &events, &diag) != STEPDEN_OK) {
        free(orphan);
        return NULL;
    }
    orphan->partition = partition;
    stepden_keys_derive(&orphan->keys, config, partition);
    stepden_link_set_key(orphan->link, orphan->keys.records);
    ev_timer_init(&orphan->deadline, on_deadline,
                  (double)config->redis.lease.timeout_ms / MS_PER_S, 0.);
    orphan->deadline.data = session;
    return orphan;
}

bool stepden_orphan_next(struct stepden_session *session)
{
    uint32_t last = session->orphan != NULL ? session->orphan->partition
                                            : session->partition;
    uint32_t next = last + session->config->redis.partitions;

    stepden_orphan_end(session);
    if (next >= session->look.made_for)
        return false;
    session->orphan = make(session, next);
    if (session->orphan == NULL) {
        stepden_link_drop(session->commit, "no memory");
        return true;
    }
    ev_timer_start(session->loop, &session->orphan->deadline);
    stepden_link_open(session->orphan->link);
    return true;
}

void stepden_orphan_close(struct stepden_session *session)
{
    if (session->orphan == NULL)
        return;
    ev_timer_stop(session->loop, &session->orphan->deadline);
    stepden_link_close(session->orphan->link);
}

void stepden_orphan_end(struct stepden_session *session)
{
    struct stepden_orphan *orphan = session->orphan;

    if (orphan == NULL)
        return;
    stepden_orphan_close(session);
    stepden_link_free(orphan->link);
    free(orphan);
    session->orphan = NULL;
}
