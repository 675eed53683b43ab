#include "redis/sentinel.h"

#include <ev.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "redis/access.h"
#include "redis/link.h"
#include "redis/secret.h"

/* An answer holds for so long: those who ask at about the same time share it.
 */
static const ev_tstamp fresh_s = 0.1;

static const ev_tstamp watch_s = 1.;

TAILQ_HEAD(questions, stepden_where_question);

struct stepden_sentinel {
    struct ev_loop *loop;
    char *master_name;
    struct stepden_where_events events;
    struct stepden_where *sentinels;
    struct stepden_access *access; /* to them */
    struct stepden_link *link;
    ev_timer watch;          /* the pause before it is asked again */
    struct questions joined; /* all */
    struct questions waiting;
    struct stepden_redis_node master; /* the last answer */
    bool is_watched;                  /* and it came by this connection */
    ev_tstamp answered;
};

static void report(void *ctx, enum stepden_log_level level, const char *text)
{
    const struct stepden_sentinel *sentinel = ctx;

    sentinel->events.report(sentinel->events.ctx, level, text);
}

/* That one could be asked is no news: the master is. */
static void on_report(void *ctx, enum stepden_log_level level, const char *text)
{
    if (level != STEPDEN_LOG_LEVEL_INFO)
        report(ctx, level, text);
}

static void tell_master(struct stepden_sentinel *sentinel,
                        const struct stepden_redis_node *master)
{
    char text[640];

    snprintf(text, sizeof text, "%s: the master of \"%.250s\" is %.250s:%u",
             stepden_link_peer(sentinel->link), sentinel->master_name,
             master->host, (unsigned)master->port);
    report(sentinel, STEPDEN_LOG_LEVEL_INFO, text);
}

static bool is_news(const struct stepden_sentinel *sentinel,
                    const struct stepden_redis_node *master)
{
    return sentinel->master.port != master->port ||
           strcmp(sentinel->master.host, master->host) != 0;
}

static void answer(struct stepden_sentinel *sentinel)
{
    struct stepden_where_question *question;

    while ((question = TAILQ_FIRST(&sentinel->waiting)) != NULL) {
        stepden_sentinel_withdraw(sentinel, question);
        question->take(question->ctx, &sentinel->master);
    }
}

static void tell_change(const struct stepden_sentinel *sentinel)
{
    struct stepden_where_question *question;

    TAILQ_FOREACH(question, &sentinel->joined, joined)
    {
        question->changed(question->ctx, &sentinel->master);
    }
}

static void refuse(struct stepden_sentinel *sentinel, const redisReply *reply)
{
    char text[256];

    if (stepden_reply_is_nil(reply))
        stepden_link_drop(sentinel->link,
                          "it knows no master of that name: check "
                          "redis.sentinel.masterName");
    else if (stepden_reply_is_error(reply, "ERR"))
        stepden_link_drop(sentinel->link, "it is no sentinel: check "
                                          "redis.sentinel.sentinels");
    else
        stepden_link_drop(sentinel->link,
                          stepden_reply_describe(text, sizeof text, reply));
}

bool stepden_sentinel_read_master(struct stepden_redis_node *master,
                                  const redisReply *reply)
{
    return stepden_reply_is_list(reply) && reply->elements == 2 &&
           stepden_reply_is_string(reply->element[0]) &&
           stepden_reply_is_string(reply->element[1]) &&
           stepden_where_set_server(master, reply->element[0]->str,
                                    strlen(reply->element[0]->str),
                                    reply->element[1]->str);
}

/* What another sentinel said is no older and no newer: only a change of what
 * the same one says is a change. */
static void take_master(void *ctx, const redisReply *reply)
{
    struct stepden_sentinel *sentinel = ctx;
    struct stepden_redis_node master;

    if (!stepden_sentinel_read_master(&master, reply)) {
        refuse(sentinel, reply);
        return;
    }
    bool is_changed = is_news(sentinel, &master);
    bool was_watched = sentinel->is_watched;
    if (is_changed)
        tell_master(sentinel, &master);
    sentinel->master = master;
    sentinel->is_watched = true;
    sentinel->answered = ev_now(sentinel->loop);
    ev_timer_start(sentinel->loop, &sentinel->watch);
    answer(sentinel);
    if (is_changed && was_watched)
        tell_change(sentinel);
}

static void ask_link(struct stepden_sentinel *sentinel)
{
    stepden_link_command(sentinel->link, 3, take_master);
    stepden_link_arg_text(sentinel->link, "SENTINEL");
    stepden_link_arg_text(sentinel->link, "GET-MASTER-ADDR-BY-NAME");
    stepden_link_arg_text(sentinel->link, sentinel->master_name);
}

static void on_watch(struct ev_loop *loop, ev_timer *watch, int events)
{
    (void)loop;
    (void)events;
    ask_link(watch->data);
}

static void on_up(void *ctx)
{
    struct stepden_sentinel *sentinel = ctx;

    sentinel->is_watched = false;
    ask_link(sentinel);
}

static void on_down(void *ctx, const char *why)
{
    struct stepden_sentinel *sentinel = ctx;

    (void)why;
    ev_timer_stop(sentinel->loop, &sentinel->watch);
}

void stepden_sentinel_set_user(
    struct stepden_redis_connection *connection,
    const struct stepden_config_redis_sentinel *sentinel)
{
    connection->has_username = sentinel->has_username;
    memcpy(connection->username, sentinel->username, sizeof sentinel->username);
    connection->has_password = sentinel->has_password;
    connection->password = sentinel->password;
}

static enum stepden_status
check_settings(const struct stepden_config_redis_sentinel *sentinel,
               struct stepden_diag *diag)
{
    if (!sentinel->has_master_name)
        return stepden_diag_set(diag, STEPDEN_ERR_INVALID,
                                "/redis/sentinel/masterName",
                                "redis.mode sentinel needs it");
    if (sentinel->sentinels.count == 0)
        return stepden_diag_set(diag, STEPDEN_ERR_INVALID,
                                "/redis/sentinel/sentinels",
                                "redis.mode sentinel needs one at least");
    return STEPDEN_OK;
}

static int64_t reconnect_ms(const struct stepden_config *config)
{
    return (int64_t)config->reconnect_interval_s * 1000;
}

/* As the connection, with their user and without a database. */
static enum stepden_status make_access(struct stepden_sentinel *sentinel,
                                       const struct stepden_config *config,
                                       struct stepden_diag *diag)
{
    struct stepden_redis_connection connection = config->redis.connection;

    connection.db = 0;
    stepden_sentinel_set_user(&connection, &config->redis.sentinel);
    enum stepden_status status = stepden_access_new(
        &sentinel->access, sentinel->sentinels, &connection, diag);
    stepden_secret_wipe((char *)&connection, sizeof connection);
    return status;
}

static enum stepden_status prepare(struct stepden_sentinel *sentinel,
                                   const struct stepden_config *config,
                                   struct stepden_diag *diag)
{
    const struct stepden_config_redis_sentinel *own = &config->redis.sentinel;
    const struct stepden_link_events events = {
        .up = on_up, .down = on_down, .report = on_report, .ctx = sentinel};

    sentinel->master_name = strdup(own->master_name);
    sentinel->sentinels = stepden_where_of_list(
        STEPDEN_WHERE_SENTINELS, own->sentinels.item, own->sentinels.count);
    if (sentinel->master_name == NULL || sentinel->sentinels == NULL)
        return stepden_diag_set(diag, STEPDEN_ERR_MEMORY, "", "no memory");
    enum stepden_status status = make_access(sentinel, config, diag);
    return status == STEPDEN_OK
               ? stepden_link_new(&sentinel->link, sentinel->loop,
                                  sentinel->access, config->instance_name,
                                  reconnect_ms(config), &events, diag)
               : status;
}

enum stepden_status
stepden_sentinel_new(struct stepden_sentinel **sentinel, struct ev_loop *loop,
                     const struct stepden_config *config,
                     const struct stepden_where_events *events,
                     struct stepden_diag *diag)
{
    enum stepden_status status = check_settings(&config->redis.sentinel, diag);
    struct stepden_sentinel *made;

    if (status != STEPDEN_OK)
        return status;
    made = calloc(1, sizeof *made);
    if (made == NULL)
        return stepden_diag_set(diag, STEPDEN_ERR_MEMORY, "", "no memory");
    made->loop = loop;
    made->events = *events;
    ev_timer_init(&made->watch, on_watch, watch_s, 0.);
    made->watch.data = made;
    TAILQ_INIT(&made->joined);
    TAILQ_INIT(&made->waiting);
    status = prepare(made, config, diag);
    if (status == STEPDEN_OK)
        *sentinel = made;
    else
        stepden_sentinel_free(made);
    return status;
}

void stepden_sentinel_free(struct stepden_sentinel *sentinel)
{
    if (sentinel == NULL)
        return;
    ev_timer_stop(sentinel->loop, &sentinel->watch);
    stepden_link_free(sentinel->link);
    stepden_access_free(sentinel->access);
    stepden_where_free(sentinel->sentinels);
    free(sentinel->master_name);
    free(sentinel);
}

void stepden_sentinel_configure(struct stepden_sentinel *sentinel,
                                const struct stepden_config *config)
{
    struct stepden_diag diag;
    char text[640];

    stepden_link_set_reconnect(sentinel->link, reconnect_ms(config));
    if (stepden_access_renew(sentinel->access, &diag) == STEPDEN_OK)
        return;
    snprintf(text, sizeof text, "%s: %s; what was read before stays in use",
             diag.where, diag.reason);
    report(sentinel, STEPDEN_LOG_LEVEL_WARNING, text);
}

void stepden_sentinel_join(struct stepden_sentinel *sentinel,
                           struct stepden_where_question *question)
{
    TAILQ_INSERT_TAIL(&sentinel->joined, question, joined);
}

void stepden_sentinel_leave(struct stepden_sentinel *sentinel,
                            struct stepden_where_question *question)
{
    TAILQ_REMOVE(&sentinel->joined, question, joined);
}

/* Nothing is, for a clock that was set back. */
static bool is_fresh(const struct stepden_sentinel *sentinel)
{
    ev_tstamp age_s = ev_now(sentinel->loop) - sentinel->answered;

    return age_s >= 0 && age_s < fresh_s;
}

/* Who asks again was not helped by the last answer: the next one is asked. */
static void look_up(struct stepden_sentinel *sentinel)
{
    ev_timer_stop(sentinel->loop, &sentinel->watch);
    stepden_link_close(sentinel->link);
    stepden_link_open(sentinel->link);
}

void stepden_sentinel_ask(struct stepden_sentinel *sentinel,
                          struct stepden_where_question *question)
{
    if (is_fresh(sentinel)) {
        question->take(question->ctx, &sentinel->master);
        return;
    }
    if (TAILQ_EMPTY(&sentinel->waiting))
        look_up(sentinel);
    question->waits = true;
    TAILQ_INSERT_TAIL(&sentinel->waiting, question, waiting);
}

void stepden_sentinel_withdraw(struct stepden_sentinel *sentinel,
                               struct stepden_where_question *question)
{
    if (!question->waits)
        return;
    question->waits = false;
    TAILQ_REMOVE(&sentinel->waiting, question, waiting);
}
