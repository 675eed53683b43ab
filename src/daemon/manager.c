#include "daemon/manager.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "daemon/clock.h"

enum {
    US_PER_S = 1000 * 1000,
    MARGIN_S = 5, /* of a stop that takes all its time */
};

static const char *const words[] = {
    [STEPDEN_SESSION_CONNECTING] = "connecting to Redis",
    [STEPDEN_SESSION_STANDBY] =
        ("standing by, another instance is the owner of the streams"),
    [STEPDEN_SESSION_LOADING] = "owner of the streams, loading the records",
    [STEPDEN_SESSION_OWNER] = "owner of the streams",
    [STEPDEN_SESSION_STOPPING] = "stopping, committing what was read",
    [STEPDEN_SESSION_STOPPED] = "stopped",
};

/* Tried again before the next wait, if the manager did not get it. */
static void look(struct stepden_manager *manager)
{
    enum stepden_session_state state = stepden_session_state(manager->session);
    if (manager->ready && state == manager->told)
        return;
    if (stepden_notify_send(&manager->notify, "%sSTATUS=%s",
                            manager->ready ? "" : "READY=1\n", words[state])) {
        manager->ready = true;
        manager->told = state;
    }
}

static void on_look(struct ev_loop *loop, ev_prepare *watcher, int events)
{
    (void)loop;
    (void)events;
    look(watcher->data);
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
                           const struct stepden_session *session)
{
    *manager = (struct stepden_manager){
        .loop = loop,
        .config = config,
        .session = session,
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
