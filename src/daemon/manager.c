#include "daemon/manager.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "daemon/clock.h"

enum {
    US_PER_S = 1000 * 1000,
    MARGIN_S = 5, /* of a stop that takes all its time */
    LOOK_S = 1,   /* at many partitions */
    STATUS_MAX = 256,
};

static const char *const words[STEPDEN_MANAGER_STATES] = {
    [STEPDEN_SESSION_CONNECTING] = "connecting to Redis",
    [STEPDEN_SESSION_STANDBY] =
        ("standing by, another instance is the owner of the streams"),
    [STEPDEN_SESSION_LOADING] = "owner of the streams, loading the records",
    [STEPDEN_SESSION_OWNER] = "owner of the streams",
    [STEPDEN_SESSION_STOPPING] = "stopping, committing what was read",
    [STEPDEN_SESSION_STOPPED] = "stopped",
};

/* Of each of several. */
static const char *const short_words[STEPDEN_MANAGER_STATES] = {
    [STEPDEN_SESSION_CONNECTING] = "connecting to Redis",
    [STEPDEN_SESSION_STANDBY] = "standing by",
    [STEPDEN_SESSION_LOADING] = "loading",
    [STEPDEN_SESSION_OWNER] = "owned",
    [STEPDEN_SESSION_STOPPING] = "stopping",
    [STEPDEN_SESSION_STOPPED] = "stopped",
};

static struct stepden_manager_tally
tally_of(const struct stepden_manager *manager)
{
    struct stepden_manager_tally tally = {{0}};
    for (uint32_t i = 0; i < manager->count; i++)
        tally.of[stepden_session_state(manager->partitions[i].session)]++;
    return tally;
}

/* "12 partitions: 9 standing by, 3 owned" */
static void describe(char text[STATUS_MAX],
                     const struct stepden_manager_tally *tally, uint32_t count)
{
    int size = snprintf(text, STATUS_MAX, "%" PRIu32 " partitions", count);
    const char *mark = ":";
    for (int state = 0; state < STEPDEN_MANAGER_STATES; state++) {
        uint32_t in_state = tally->of[state];
        if (in_state == 0)
            continue;
        size +=
            snprintf(text + size, (size_t)(STATUS_MAX - size),
                     "%s %" PRIu32 " %s", mark, in_state, short_words[state]);
        mark = ",";
    }
}

/* Tried again before the next wait, if the manager did not get it. */
static void look(struct stepden_manager *manager)
{
    char text[STATUS_MAX];
    struct stepden_manager_tally tally = tally_of(manager);
    if (manager->ready && memcmp(&tally, &manager->told, sizeof tally) == 0)
        return;
    describe(text, &tally, manager->count);
    const char *status =
        manager->count > 1
            ? text
            : words[stepden_session_state(manager->partitions[0].session)];
    if (stepden_notify_send(&manager->notify, "%sSTATUS=%s",
                            manager->ready ? "" : "READY=1\n", status)) {
        manager->ready = true;
        manager->told = tally;
    }
}

static void on_look(struct ev_loop *loop, ev_prepare *watcher, int events)
{
    struct stepden_manager *manager = watcher->data;
    (void)events;
    if (manager->count > 1 && ev_now(loop) < manager->again)
        return;
    manager->again = ev_now(loop) + LOOK_S;
    look(manager);
}

static void on_watchdog(struct ev_loop *loop, ev_timer *timer, int events)
{
    (void)loop;
    (void)events;
    const struct stepden_manager *manager = timer->data;
    stepden_notify_send(&manager->notify, "WATCHDOG=1");
}

void stepden_manager_start(struct stepden_manager *manager,
                           struct ev_loop *loop,
                           const struct stepden_config *config,
                           const struct stepden_partition *partitions,
                           uint32_t count)
{
    *manager = (struct stepden_manager){
        .loop = loop,
        .config = config,
        .partitions = partitions,
        .count = count,
    };
    ev_prepare_init(&manager->look, on_look);
    ev_init(&manager->watchdog, on_watchdog);
    manager->look.data = manager;
    manager->watchdog.data = manager;
    stepden_notify_open(&manager->notify, getenv("NOTIFY_SOCKET"));
    if (!stepden_notify_is_open(&manager->notify))
        return;
    ev_prepare_start(loop, &manager->look);
    manager->watchdog.repeat =
        (double)stepden_notify_watchdog_us(getenv("WATCHDOG_USEC"),
                                           getenv("WATCHDOG_PID"), getpid()) /
        US_PER_S;
    ev_timer_again(loop, &manager->watchdog);
}

void stepden_manager_reload_begins(const struct stepden_manager *manager)
{
    stepden_notify_send(&manager->notify,
                        "RELOADING=1\nMONOTONIC_USEC=%" PRId64,
                        stepden_clock_mono_us());
}

void stepden_manager_reload_ends(const struct stepden_manager *manager)
{
    stepden_notify_send(&manager->notify, "READY=1");
}

void stepden_manager_stopping(const struct stepden_manager *manager)
{
    stepden_notify_send(
        &manager->notify, "STOPPING=1\nEXTEND_TIMEOUT_USEC=%" PRId64,
        (int64_t)(manager->config->timeout_s + MARGIN_S) * US_PER_S);
}

void stepden_manager_stop(struct stepden_manager *manager)
{
    ev_timer_stop(manager->loop, &manager->watchdog);
    ev_prepare_stop(manager->loop, &manager->look);
    stepden_notify_close(&manager->notify);
}
