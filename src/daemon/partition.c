#include "daemon/partition.h"

#include <inttypes.h>

#include "daemon/clock.h"

enum { ROOM_WAIT_MS = 5 };

/* Until those that say the same have said it. */
static const ev_tstamp GATHER_S = 1.;

/* ---- time ---- */

static void disarm(struct stepden_partition *partition)
{
    ev_timer_stop(partition->shared->loop, &partition->due);
}

static void arm(struct stepden_partition *partition, int64_t wait_ms)
{
    disarm(partition);
    ev_timer_set(&partition->due, (double)(wait_ms > 0 ? wait_ms : 0) / 1000,
                 0.);
    ev_timer_start(partition->shared->loop, &partition->due);
}

/* Does what is due, commits it, and waits for the next deadline; or for Redis,
 * when more is due at once than it can be given. */
static void run(struct stepden_partition *partition)
{
    if (partition->stopping)
        return;
    if (!stepden_session_has_room(partition->session)) {
        arm(partition, ROOM_WAIT_MS);
        return;
    }
    struct stepden_now now = stepden_clock_now();
    int64_t due_ms = stepden_pipeline_run(partition->pipeline, now);
    stepden_session_flush(partition->session);
    if (due_ms == INT64_MAX)
        disarm(partition);
    else
        arm(partition, due_ms - now.mono_ms);
}

static void on_due(struct ev_loop *loop, ev_timer *timer, int events)
{
    (void)loop;
    (void)events;
    run(timer->data);
}

/* ---- what the session tells ---- */

static void tell_soon(struct stepden_shared *shared)
{
    if (stepden_gather_waits(&shared->desk->gather) &&
        !ev_is_active(&shared->gathered)) {
        ev_timer_set(&shared->gathered, GATHER_S, 0.);
        ev_timer_start(shared->loop, &shared->gathered);
    }
}

/* A run whose flush lost the lease has set the timer again; it must not run out
 * before `loaded`, as what is due would be done for nothing. */
static void on_acquired(void *ctx)
{
    struct stepden_partition *partition = ctx;
    disarm(partition);
    stepden_pipeline_clear(partition->pipeline);
    stepden_balance_take(&partition->shared->balance);
    partition->is_held = true;
}

static void on_record(void *ctx, const char *field, size_t field_size,
                      const char *value, size_t value_size)
{
    struct stepden_partition *partition = ctx;
    stepden_pipeline_restore(partition->pipeline, field, field_size, value,
                             value_size, stepden_clock_now());
}

static void on_loaded(void *ctx, bool server_changed)
{
    struct stepden_partition *partition = ctx;
    stepden_pipeline_begin(partition->pipeline, server_changed,
                           stepden_clock_now());
    STEPDEN_GATHER_NOTE(&partition->shared->desk->gather, partition->index,
                        STEPDEN_LOG_LEVEL_INFO, "records_loaded", "active",
                        stepden_pipeline_counters(partition->pipeline)->active,
                        "%s", "");
    tell_soon(partition->shared);
    arm(partition, 0);
}

static void on_entry(void *ctx, const struct stepden_entry *entry)
{
    struct stepden_partition *partition = ctx;
    stepden_pipeline_take(partition->pipeline, entry, stepden_clock_now());
}

static void on_rejected(void *ctx, const struct stepden_entry *entry,
                        const char *reason)
{
    struct stepden_partition *partition = ctx;
    stepden_pipeline_note_rejected(partition->pipeline, entry, reason,
                                   stepden_clock_now());
}

static void on_batch_end(void *ctx)
{
    run(ctx);
}

static void on_committed(void *ctx, const struct stepden_commit *commit)
{
    const struct stepden_partition *partition = ctx;
    stepden_metrics_note_commit(partition->shared->metrics, commit,
                                stepden_clock_unix_ms(NULL));
    STEPDEN_LOG_DEBUG(
        partition->shared->log, "committed inputs=%zu outputs=%zu%s",
        commit->inputs, commit->outputs,
        stepden_desk_label(partition->shared->desk, partition->index));
}

static void on_lost(void *ctx, const char *why)
{
    struct stepden_partition *partition = ctx;
    (void)why;
    disarm(partition);
    if (partition->is_held)
        stepden_balance_lose(&partition->shared->balance);
    partition->is_held = false;
}

static int64_t on_rank(void *ctx)
{
    struct stepden_partition *partition = ctx;
    return stepden_balance_wish(&partition->shared->balance,
                                stepden_clock_now().mono_ms);
}

static bool on_wished(void *ctx, int64_t rank)
{
    struct stepden_partition *partition = ctx;
    if (!partition->is_held ||
        !stepden_balance_grant(&partition->shared->balance, rank))
        return false;
    partition->is_held = false;
    return true;
}

static void on_report(void *ctx, enum stepden_log_level level, const char *text)
{
    const struct stepden_partition *partition = ctx;
    STEPDEN_GATHER_NOTE(&partition->shared->desk->gather, partition->index,
                        level, "redis", NULL, 0, "text=%s",
                        STEPDEN_LOG_VALUE(text));
    tell_soon(partition->shared);
}

static void on_stopped(void *ctx, enum stepden_status status)
{
    struct stepden_partition *partition = ctx;
    partition->stopping = true;
    disarm(partition);
    partition->shared->stopped(partition->shared->ctx, status);
}

/* ---- the interface ---- */

static enum stepden_status start_session(struct stepden_partition *partition,
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
        .ctx = partition,
    };
    if (partition->shared->config->redis.partitions > 1) {
        events.wished = on_wished;
        events.rank = on_rank;
    }
    enum stepden_status status = stepden_session_new(
        &partition->session, partition->shared->loop, partition->shared->access,
        &partition->shared->turns, partition->shared->config, partition->index,
        &events, diag);
    if (status == STEPDEN_OK)
        stepden_pipeline_connect(partition->pipeline, partition->session);
    return status;
}

enum stepden_status stepden_partition_start(struct stepden_partition *partition,
                                            uint32_t index,
                                            struct stepden_shared *shared,
                                            struct stepden_diag *diag)
{
    *partition = (struct stepden_partition){
        .shared = shared,
        .index = index,
    };
    ev_init(&partition->due, on_due);
    partition->due.data = partition;
    enum stepden_status status =
        stepden_pipeline_new(&partition->pipeline, shared->desk, index, diag);
    return status == STEPDEN_OK ? start_session(partition, diag) : status;
}

void stepden_partition_free(struct stepden_partition *partition)
{
    if (!partition->shared)
        return;
    stepden_session_free(partition->session);
    stepden_pipeline_free(partition->pipeline);
    disarm(partition);
}

void stepden_partition_configure(struct stepden_partition *partition)
{
    stepden_pipeline_configure(partition->pipeline);
    stepden_session_configure(partition->session, partition->shared->config);
    if (ev_is_active(&partition->due))
        arm(partition, 0);
}

void stepden_partition_stop(struct stepden_partition *partition)
{
    if (partition->stopping)
        return;
    partition->stopping = true;
    disarm(partition);
    stepden_session_stop(partition->session);
}

void stepden_partition_look(const struct stepden_partition *partition,
                            struct stepden_vitals *vitals,
                            struct stepden_partition_vitals *own)
{
    const struct stepden_session *session = partition->session;
    struct stepden_den_counters den =
        *stepden_pipeline_counters(partition->pipeline);
    *own = (struct stepden_partition_vitals){
        .state = stepden_session_state(session),
        .is_connected = stepden_session_is_connected(session),
        .obstacle = stepden_session_obstacle(session),
        .owner = stepden_session_owner(session),
    };
    if (stepden_vitals_lease(own) == STEPDEN_VITALS_LEASE_HELD)
        stepden_vitals_add_held(vitals,
                                stepden_pipeline_numbers(partition->pipeline));
    else /* another one's by now, perhaps */
        den.active = den.reserved = 0;
    own->active = den.active;
    stepden_vitals_add(vitals, &den, stepden_session_counters(session));
    for (int input = 0; input < STEPDEN_INPUT_COUNT; input++)
        own->lag[input] =
            stepden_session_lag(session, (enum stepden_input)input);
}

void stepden_partition_each_event(const struct stepden_partition *partition,
                                  stepden_sight_see *see, void *ctx)
{
    if (stepden_session_state(partition->session) == STEPDEN_SESSION_OWNER)
        stepden_pipeline_each_event(partition->pipeline, see, ctx);
}
