#include "daemon/app.h"

#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include <ev.h>

#include "base/diag.h"
#include "daemon/clock.h"
#include "daemon/manager.h"
#include "daemon/monitor/health.h"
#include "daemon/monitor/http_server.h"
#include "daemon/monitor/metrics.h"
#include "daemon/monitor/vitals.h"
#include "daemon/pipeline.h"
#include "redis/session.h"

enum { ROOM_WAIT_MS = 5 };

/* Signals so soon after the first are the same: timeout(1) sends its own to the
 * process and to the group. */
static const ev_tstamp SAME_SIGNAL_S = 1.;

struct app {
    const struct stepden_reload *reload;
    const struct stepden_config *config;
    struct stepden_log *log;
    struct ev_loop *loop;
    struct stepden_pipeline *pipeline;
    struct stepden_session *session;
    struct stepden_manager manager;
    ev_timer due;
    ev_signal terminate;
    ev_signal interrupt;
    ev_signal hangup;
    ev_timer same_signal; /* after the first one */
    struct stepden_metrics metrics;
    int64_t started_unix_ms;
    struct stepden_health health;
    struct stepden_http_server *http; /* NULL: health.listen is off */
    bool stopping;
    int code;
};

/* ---- time ---- */

static void arm(struct app *app, int64_t wait_ms)
{
    ev_timer_stop(app->loop, &app->due);
    ev_timer_set(&app->due, (double)(wait_ms > 0 ? wait_ms : 0) / 1000, 0.);
    ev_timer_start(app->loop, &app->due);
}

/* Does what is due, commits it, and waits for the next deadline; or for Redis,
 * when more is due at once than it can be given. */
static void run(struct app *app)
{
    if (app->stopping)
        return;
    if (!stepden_session_has_room(app->session)) {
        arm(app, ROOM_WAIT_MS);
        return;
    }
    struct stepden_now now = stepden_clock_now();
    int64_t due_ms = stepden_pipeline_run(app->pipeline, now);
    stepden_session_flush(app->session);
    if (due_ms == INT64_MAX)
        ev_timer_stop(app->loop, &app->due);
    else
        arm(app, due_ms - now.mono_ms);
}

static void on_due(struct ev_loop *loop, ev_timer *timer, int events)
{
    (void)loop;
    (void)events;
    run(timer->data);
}

/* ---- what the session tells, beside its reports ---- */

/* A run whose flush lost the lease has set the timer again; it must not run out
 * before `loaded`, as what is due would be done for nothing. */
static void on_acquired(void *ctx)
{
    struct app *app = ctx;
    ev_timer_stop(app->loop, &app->due);
    stepden_pipeline_clear(app->pipeline);
}

static void on_record(void *ctx, const char *field, size_t field_size,
                      const char *value, size_t value_size)
{
    struct app *app = ctx;
    stepden_pipeline_restore(app->pipeline, field, field_size, value,
                             value_size, stepden_clock_now());
}

static void on_loaded(void *ctx, bool server_changed)
{
    struct app *app = ctx;
    stepden_pipeline_begin(app->pipeline, server_changed, stepden_clock_now());
    STEPDEN_LOG_INFO(app->log, "records_loaded active=%" PRIu64,
                     stepden_pipeline_counters(app->pipeline)->active);
    arm(app, 0);
}

static void on_entry(void *ctx, const struct stepden_entry *entry)
{
    struct app *app = ctx;
    stepden_pipeline_take(app->pipeline, entry, stepden_clock_now());
}

static void on_rejected(void *ctx, const struct stepden_entry *entry,
                        const char *reason)
{
    struct app *app = ctx;
    stepden_pipeline_note_rejected(app->pipeline, entry, reason,
                                   stepden_clock_now());
}

static void on_batch_end(void *ctx)
{
    run(ctx);
}

static void on_committed(void *ctx, const struct stepden_commit *commit)
{
    struct app *app = ctx;
    stepden_metrics_note_commit(&app->metrics, commit,
                                stepden_clock_unix_ms(NULL));
    STEPDEN_LOG_DEBUG(app->log, "committed inputs=%zu outputs=%zu",
                      commit->inputs, commit->outputs);
}

static void on_lost(void *ctx, const char *why)
{
    struct app *app = ctx;
    (void)why;
    ev_timer_stop(app->loop, &app->due);
}

static void on_report(void *ctx, enum stepden_log_level level, const char *text)
{
    struct app *app = ctx;
    STEPDEN_LOG(app->log, level, "redis text=%s", STEPDEN_LOG_VALUE(text));
}

static void on_stopped(void *ctx, enum stepden_status status)
{
    struct app *app = ctx;
    if (status == STEPDEN_ERR_INVALID) {
        app->code = EX_PROTOCOL;
        STEPDEN_LOG_CRITICAL(app->log,
                             "failed reason=\"half a transaction applied\"");
    } else if (status != STEPDEN_OK) {
        app->code = EX_TEMPFAIL;
        STEPDEN_LOG_ERROR(app->log, "stop_incomplete reason=\"not committed, "
                                    "left to a successor\"");
    }
    ev_break(app->loop, EVBREAK_ALL);
}

/* ---- start and stop ---- */

static void stop(struct app *app, const char *signal_text)
{
    STEPDEN_LOG_INFO(app->log, "stopping signal=\"%s\"", signal_text);
    app->stopping = true;
    ev_timer_stop(app->loop, &app->due);
    ev_timer_start(app->loop, &app->same_signal);
    stepden_manager_stopping(&app->manager);
    stepden_session_stop(app->session);
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

/* What is stopped is reloaded, too: it may be the log that matters. */
static void on_hangup(struct ev_loop *loop, ev_signal *watcher, int events)
{
    (void)loop;
    (void)events;
    struct app *app = watcher->data;
    stepden_manager_reload_begins(&app->manager);
    if (stepden_reload_run(app->reload)) {
        stepden_pipeline_configure(app->pipeline);
        stepden_session_configure(app->session, app->config);
        if (ev_is_active(&app->due))
            arm(app, 0);
    }
    stepden_manager_reload_ends(&app->manager);
}

static void start_watchers(struct app *app)
{
    ev_init(&app->due, on_due);
    ev_timer_init(&app->same_signal, on_same_signal_over, SAME_SIGNAL_S, 0.);
    /* Last, so that a signal that is seen late is not late itself. */
    ev_set_priority(&app->same_signal, EV_MINPRI);
    ev_signal_init(&app->terminate, on_signal, SIGTERM);
    ev_signal_init(&app->interrupt, on_signal, SIGINT);
    ev_signal_init(&app->hangup, on_hangup, SIGHUP);
    app->due.data = app;
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
    ev_timer_stop(app->loop, &app->due);
}

static enum stepden_status start_session(struct app *app,
                                         struct stepden_diag *diag)
{
    struct stepden_session_events events = {
        .acquired = on_acquired,
        .record = on_record,
        .loaded = on_loaded,
        .entry = on_entry,
        .rejected = on_rejected,
        .batch_end = on_batch_end,
        .committed = on_committed,
        .lost = on_lost,
        .report = on_report,
        .stopped = on_stopped,
        .ctx = app,
    };
    enum stepden_status status = stepden_session_new(
        &app->session, app->loop, app->config, 0, &events, diag);
    if (status == STEPDEN_OK)
        stepden_pipeline_connect(app->pipeline, app->session);
    return status;
}

static struct stepden_vitals look(void *ctx)
{
    const struct app *app = ctx;
    return (struct stepden_vitals){
        .config = app->config,
        .log = app->log,
        .metrics = &app->metrics,
        .den = stepden_pipeline_counters(app->pipeline),
        .rejections = stepden_pipeline_rejections(app->pipeline),
        .session = stepden_session_counters(app->session),
        .state = stepden_session_state(app->session),
        .is_connected = stepden_session_is_connected(app->session),
        .obstacle = stepden_session_obstacle(app->session),
        .started_unix_ms = app->started_unix_ms,
    };
}

static enum stepden_status start_http(struct app *app,
                                      struct stepden_diag *diag)
{
    struct stepden_http_address address;
    char text[STEPDEN_HTTP_ADDRESS_MAX];
    if (!app->config->health.has_listen)
        return STEPDEN_OK;
    app->health = (struct stepden_health){.look = look, .ctx = app};
    enum stepden_status status =
        stepden_http_address_read(&address, app->config->health.listen, diag);
    if (status == STEPDEN_OK)
        status = stepden_http_server_new(
            &app->http, app->loop, &address, stepden_health_pages,
            STEPDEN_HEALTH_PAGES, &app->health, diag);
    if (status == STEPDEN_OK)
        STEPDEN_LOG_INFO(app->log, "listening address=%s",
                         stepden_http_address_write(text, &address));
    else if (status == STEPDEN_ERR_SYSTEM)
        app->code = EX_UNAVAILABLE;
    return status;
}

static enum stepden_status serve(struct app *app, struct stepden_diag *diag)
{
    app->loop = ev_loop_new(EVFLAG_AUTO);
    if (!app->loop)
        return stepden_diag_set(diag, STEPDEN_ERR_MEMORY, "", "no event loop");
    start_watchers(app);
    enum stepden_status status =
        stepden_pipeline_new(&app->pipeline, app->config, app->log, diag);
    if (status == STEPDEN_OK)
        status = start_http(app, diag);
    if (status == STEPDEN_OK)
        status = start_session(app, diag);

    if (status == STEPDEN_OK) {
        stepden_manager_start(&app->manager, app->loop, app->config,
                              app->session);
        ev_run(app->loop, 0);
        stepden_manager_stop(&app->manager);
    }

    stepden_session_free(app->session);
    stepden_http_server_free(app->http);
    stepden_pipeline_free(app->pipeline);
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
