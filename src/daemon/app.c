#include "daemon/app.h"

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include <ev.h>

#include "base/diag.h"
#include "daemon/clock.h"
#include "daemon/files.h"
#include "daemon/manager.h"
#include "daemon/monitor/metrics.h"
#include "daemon/monitor/monitor.h"
#include "daemon/partition.h"

/* Signals so soon after the first are the same: timeout(1) sends its own to the
 * process and to the group. */
static const ev_tstamp SAME_SIGNAL_S = 1.;

enum { LOOKS_OF_LEASE = 4 }; /* within its time-out */

struct app {
    const struct stepden_reload *reload;
    const struct stepden_config *config;
    struct stepden_log *log;
    struct ev_loop *loop;
    struct stepden_shared shared;
    struct stepden_partition *partitions;
    struct stepden_partition_vitals *looks; /* at each of them */
    uint32_t count;
    uint32_t running;    /* of them, not stopped */
    uint32_t incomplete; /* stopped, and not all committed */
    struct stepden_manager manager;
    ev_signal terminate;
    ev_signal interrupt;
    ev_signal hangup;
    ev_timer same_signal; /* after the first one */
    struct stepden_metrics metrics;
    int64_t started_unix_ms;
    struct stepden_monitor *monitor; /* NULL: health.listen is off */
    bool stopping;
    int code;
};

/* ---- the end ---- */

static void stop_partitions(struct app *app)
{
    app->stopping = true;
    stepden_manager_stopping(&app->manager);
    for (uint32_t i = 0; i < app->count; i++)
        stepden_partition_stop(&app->partitions[i]);
}

static void finish(struct app *app)
{
    if (app->incomplete > 0 && app->code == EX_OK)
        app->code = EX_TEMPFAIL;
    if (app->incomplete > 0)
        STEPDEN_LOG_ERROR(app->log,
                          "stop_incomplete partitions=%" PRIu32
                          " reason=\"not committed, left to a successor\"",
                          app->incomplete);
    ev_break(app->loop, EVBREAK_ALL);
}

/* A partition has. If Redis applied half a transaction, the others are left to
 * a successor, too, but in order. */
static void on_stopped(void *ctx, enum stepden_status status)
{
    struct app *app = ctx;
    if (status == STEPDEN_ERR_INVALID) {
        app->code = EX_PROTOCOL;
        STEPDEN_LOG_CRITICAL(app->log,
                             "failed reason=\"half a transaction applied\"");
    } else if (status != STEPDEN_OK) {
        app->incomplete++;
    }
    if (--app->running == 0)
        finish(app);
    else if (!app->stopping)
        stop_partitions(app);
}

static void stop(struct app *app, const char *signal_text)
{
    STEPDEN_LOG_INFO(app->log, "stopping signal=\"%s\"", signal_text);
    ev_timer_start(app->loop, &app->same_signal);
    stop_partitions(app);
}

static void stop_at_once(struct app *app, const char *signal_text)
{
    STEPDEN_LOG_WARNING(app->log,
                        "stopping_at_once signal=\"%s\" reason=\"a second "
                        "signal: the streams are not released\"",
                        signal_text);
    app->code = EX_TEMPFAIL;
    ev_break(app->loop, EVBREAK_ALL);
}

static void on_signal(struct ev_loop *loop, ev_signal *watcher, int events)
{
    (void)loop;
    (void)events;
    struct app *app = watcher->data;
    const char *signal_text = strsignal(watcher->signum);
    if (!app->stopping)
        stop(app, signal_text);
    else if (ev_is_active(&app->same_signal))
        STEPDEN_LOG_INFO(app->log,
                         "signal_ignored signal=\"%s\" reason=\"within 1 s of "
                         "the first\"",
                         signal_text);
    else
        stop_at_once(app, signal_text);
}

/* That it is over is all that counts. */
static void on_same_signal_over(struct ev_loop *loop, ev_timer *timer,
                                int events)
{
    (void)loop;
    (void)timer;
    (void)events;
}

static void on_report(void *ctx, enum stepden_log_level level, const char *text)
{
    struct app *app = ctx;
    STEPDEN_LOG(app->log, level, "redis text=%s", STEPDEN_LOG_VALUE(text));
}

static void renew_access(struct app *app)
{
    struct stepden_diag diag;
    char text[640];
    if (stepden_access_renew(app->shared.access, &diag) == STEPDEN_OK)
        return;
    snprintf(text, sizeof text, "%s: %s; what was read before stays in use",
             diag.where, diag.reason);
    on_report(app, STEPDEN_LOG_LEVEL_WARNING, text);
}

/* What is stopped is reloaded, too: it may be the log that matters. */
static void on_hangup(struct ev_loop *loop, ev_signal *watcher, int events)
{
    (void)loop;
    (void)events;
    struct app *app = watcher->data;
    stepden_manager_reload_begins(&app->manager);
    if (stepden_reload_run(app->reload)) {
        stepden_desk_configure(app->shared.desk);
        stepden_where_configure(app->shared.where, app->config);
        renew_access(app);
        for (uint32_t i = 0; i < app->count; i++)
            stepden_partition_configure(&app->partitions[i]);
    }
    stepden_manager_reload_ends(&app->manager);
}

static void start_watchers(struct app *app)
{
    ev_timer_init(&app->same_signal, on_same_signal_over, SAME_SIGNAL_S, 0.);
    /* Last, so that a signal that is seen late is not late itself. */
    ev_set_priority(&app->same_signal, EV_MINPRI);
    ev_signal_init(&app->terminate, on_signal, SIGTERM);
    ev_signal_init(&app->interrupt, on_signal, SIGINT);
    ev_signal_init(&app->hangup, on_hangup, SIGHUP);
    app->terminate.data = app;
    app->interrupt.data = app;
    app->hangup.data = app;
    ev_signal_start(app->loop, &app->terminate);
    ev_signal_start(app->loop, &app->interrupt);
    ev_signal_start(app->loop, &app->hangup);
    stepden_reload_hold(false);
}

static void stop_watchers(struct app *app)
{
    stepden_reload_hold(true);
    ev_signal_stop(app->loop, &app->hangup);
    ev_signal_stop(app->loop, &app->interrupt);
    ev_signal_stop(app->loop, &app->terminate);
    ev_timer_stop(app->loop, &app->same_signal);
}

static void on_gathered(struct ev_loop *loop, ev_timer *timer, int events)
{
    struct stepden_desk *desk = timer->data;
    (void)loop;
    (void)events;
    stepden_gather_tell(&desk->gather);
}

static enum stepden_status start_partitions(struct app *app,
                                            struct stepden_diag *diag)
{
    const struct stepden_where_events events = {.report = on_report,
                                                .ctx = app};
    app->partitions = calloc(app->count, sizeof *app->partitions);
    app->looks = calloc(app->count, sizeof *app->looks);
    app->shared = (struct stepden_shared){
        .loop = app->loop,
        .config = app->config,
        .log = app->log,
        .desk = stepden_desk_new(app->config, app->log),
        .metrics = &app->metrics,
        .balance = {.partitions = app->count,
                    .round_ms =
                        app->config->redis.lease.timeout_ms / LOOKS_OF_LEASE},
        .stopped = on_stopped,
        .ctx = app,
    };
    stepden_turns_init(&app->shared.turns, app->loop);
    ev_init(&app->shared.gathered, on_gathered);
    app->shared.gathered.data = app->shared.desk;
    if (!app->partitions || !app->looks || !app->shared.desk)
        return stepden_diag_set(diag, STEPDEN_ERR_MEMORY, "", "no memory");
    app->running = app->count;
    enum stepden_status status = stepden_where_new(
        &app->shared.where, app->loop, app->config, &events, diag);
    if (status == STEPDEN_OK)
        status = stepden_access_new(&app->shared.access, app->shared.where,
                                    &app->config->redis.connection, diag);
    for (uint32_t i = 0; i < app->count && status == STEPDEN_OK; i++)
        status =
            stepden_partition_start(&app->partitions[i], i, &app->shared, diag);
    return status;
}

static void free_partitions(struct app *app)
{
    for (uint32_t i = 0; app->partitions && i < app->count; i++)
        stepden_partition_free(&app->partitions[i]);
    ev_timer_stop(app->loop, &app->shared.gathered);
    stepden_access_free(app->shared.access);
    stepden_where_free(app->shared.where);
    stepden_desk_free(app->shared.desk);
    free(app->looks);
    free(app->partitions);
}

static struct stepden_vitals look(void *ctx)
{
    const struct app *app = ctx;
    struct stepden_vitals vitals = {
        .config = app->config,
        .log = app->log,
        .metrics = &app->metrics,
        .rejections = &app->shared.desk->rejections,
        .partitions = app->looks,
        .partition_count = app->count,
        .started_unix_ms = app->started_unix_ms,
    };
    for (uint32_t i = 0; i < app->count; i++)
        stepden_partition_look(&app->partitions[i], &vitals, &app->looks[i]);
    return vitals;
}

static void each_event(void *ctx, stepden_sight_see *see, void *see_ctx)
{
    const struct app *app = ctx;
    for (uint32_t i = 0; i < app->count; i++)
        stepden_partition_each_event(&app->partitions[i], see, see_ctx);
}

static enum stepden_status start_monitor(struct app *app,
                                         struct stepden_diag *diag)
{
    const struct stepden_monitor_source source = {
        .look = look, .each_event = each_event, .ctx = app};
    struct stepden_http_address address;
    char text[STEPDEN_HTTP_ADDRESS_MAX];
    if (!app->config->health.has_listen)
        return STEPDEN_OK;
    enum stepden_status status =
        stepden_http_address_read(&address, app->config->health.listen, diag);
    if (status == STEPDEN_OK)
        status = stepden_monitor_new(&app->monitor, app->loop, &address,
                                     &source, diag);
    if (status == STEPDEN_OK)
        STEPDEN_LOG_INFO(app->log, "listening address=%s",
                         stepden_http_address_write(text, &address));
    else if (status == STEPDEN_ERR_SYSTEM)
        app->code = EX_UNAVAILABLE;
    return status;
}

static enum stepden_status allow_files(struct app *app,
                                       struct stepden_diag *diag)
{
    enum stepden_status status = stepden_files_allow(app->count, diag);
    if (status != STEPDEN_OK)
        app->code = EX_OSERR;
    return status;
}

static enum stepden_status serve(struct app *app, struct stepden_diag *diag)
{
    app->loop = ev_loop_new(EVFLAG_AUTO);
    if (!app->loop)
        return stepden_diag_set(diag, STEPDEN_ERR_MEMORY, "", "no event loop");
    start_watchers(app);
    enum stepden_status status = allow_files(app, diag);
    if (status == STEPDEN_OK)
        status = start_monitor(app, diag);
    if (status == STEPDEN_OK)
        status = start_partitions(app, diag);

    if (status == STEPDEN_OK) {
        stepden_manager_start(&app->manager, app->loop, app->config,
                              app->partitions, app->count);
        ev_run(app->loop, 0);
        stepden_manager_stop(&app->manager);
    }

    free_partitions(app);
    stepden_monitor_free(app->monitor);
    stop_watchers(app);
    ev_loop_destroy(app->loop);
    return status;
}

int stepden_app_code(enum stepden_status status)
{
    if (status == STEPDEN_ERR_MEMORY)
        return EX_OSERR;
    return status == STEPDEN_ERR_SYSTEM ? EX_NOINPUT : EX_CONFIG;
}

int stepden_app_run(const struct stepden_reload *reload)
{
    const struct stepden_config *config = reload->config;
    struct stepden_log *log = reload->log;
    struct app app = {
        .reload = reload,
        .config = config,
        .log = log,
        .count = config->redis.partitions,
        .started_unix_ms = stepden_clock_unix_ms(NULL),
    };
    stepden_metrics_init(&app.metrics);
    struct stepden_diag diag;
    STEPDEN_LOG_INFO(log, "started instance=%s station_id=%" PRIu32,
                     STEPDEN_LOG_VALUE(config->instance_name),
                     config->station_id);
    enum stepden_status status = serve(&app, &diag);
    if (status != STEPDEN_OK) {
        if (app.code == EX_OK)
            app.code = stepden_app_code(status);
        STEPDEN_LOG_CRITICAL(log, "start_failed pointer=%s reason=%s",
                             STEPDEN_LOG_VALUE(diag.where),
                             STEPDEN_LOG_VALUE(diag.reason));
    }
    STEPDEN_LOG_INFO(log, "stopped code=%d", app.code);
    return app.code;
}
