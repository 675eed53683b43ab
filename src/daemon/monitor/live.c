#include "daemon/monitor/live.h"

#include <stdlib.h>

#include <ev.h>

#include "daemon/clock.h"
#include "daemon/monitor/live_text.h"

static const ev_tstamp INTERVAL_S = 0.3;

struct stepden_live {
    struct ev_loop *loop;
    ev_timer due;
    const struct stepden_monitor_source *source;
    struct stepden_http_stream *stream;
    uint64_t number; /* of the last message */
    struct stepden_picture pictures[2];
    size_t last; /* of the pictures, the one that was told */
    char change[STEPDEN_LIVE_TEXT_MAX];
    char all[STEPDEN_LIVE_TEXT_MAX];
};

static void on_due(struct ev_loop *loop, ev_timer *timer, int events)
{
    (void)loop;
    (void)events;
    struct stepden_live *live = timer->data;
    const struct stepden_monitor_source *source = live->source;
    const struct stepden_vitals vitals = source->look(source->ctx);
    struct stepden_picture *picture = &live->pictures[1 - live->last];
    struct stepden_live_message message = {
        .number = ++live->number,
        .now = stepden_clock_now(),
        .unix_ms = stepden_clock_unix_ms(NULL),
        .vitals = &vitals,
        .picture = picture,
    };
    stepden_picture_begin(picture, message.now.mono_ms);
    source->each_event(source->ctx, stepden_picture_add, picture);
    stepden_picture_end(picture);

    bool wants_all = stepden_http_stream_wants_all(live->stream);
    if (wants_all)
        stepden_live_text_write(live->all, &message);
    message.before = &live->pictures[live->last];
    stepden_live_text_write(live->change, &message);
    stepden_http_stream_send(live->stream, live->change,
                             wants_all ? live->all : NULL);
    live->last = 1 - live->last;
}

static void on_watched(void *ctx, bool by_somebody)
{
    struct stepden_live *live = ctx;
    ev_timer_stop(live->loop, &live->due);
    if (!by_somebody)
        return;
    ev_timer_set(&live->due, 0., INTERVAL_S);
    ev_timer_start(live->loop, &live->due);
}

enum stepden_status
stepden_live_new(struct stepden_live **result, struct ev_loop *loop,
                 const struct stepden_monitor_source *source)
{
    struct stepden_live *live = calloc(1, sizeof *live);
    if (!live)
        return STEPDEN_ERR_MEMORY;
    live->loop = loop;
    live->source = source;
    ev_init(&live->due, on_due);
    ev_set_priority(&live->due, EV_MINPRI);
    live->due.data = live;
    enum stepden_status status =
        stepden_http_stream_new(&live->stream, on_watched, live);
    if (status == STEPDEN_OK)
        *result = live;
    else
        free(live);
    return status;
}

void stepden_live_free(struct stepden_live *live)
{
    if (!live)
        return;
    ev_timer_stop(live->loop, &live->due);
    stepden_http_stream_free(live->stream);
    free(live);
}

struct stepden_http_stream *stepden_live_stream(struct stepden_live *live)
{
    return live->stream;
}
