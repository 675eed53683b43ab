/*
 * What a watcher is shown of the active events: the most urgent ones, and how
 * many there are. Two pictures are compared to tell what has changed.
 */
#ifndef STEPDEN_DAEMON_MONITOR_PICTURE_H
#define STEPDEN_DAEMON_MONITOR_PICTURE_H

#include <stddef.h>
#include <stdint.h>

#include "den/sight.h"

#define STEPDEN_PICTURE_MAX 256

struct stepden_picture {
    int64_t now_mono_ms;
    uint64_t total; /* events, shown or not */
    size_t count;   /* of those that are shown */
    struct stepden_sight sights[STEPDEN_PICTURE_MAX];
};

/* Begins a picture of now, without events. */
void stepden_picture_begin(struct stepden_picture *picture,
                           int64_t now_mono_ms);

/*
 * Adds an event, and drops the least urgent one of too many: the collision that
 * is nearest in the future is the most urgent, the one that has passed longest
 * the least. `ctx` is the picture.
 */
void stepden_picture_add(void *ctx, const struct stepden_sight *sight);

/* Brings the events into the order of their action ids. */
void stepden_picture_end(struct stepden_picture *picture);

/* Receives what has changed; either may be NULL. */
struct stepden_picture_changes {
    void (*changed)(void *ctx, const struct stepden_sight *sight);
    void (*gone)(void *ctx, const struct stepden_action_id *action_id);
    void *ctx;
};

/*
 * Calls `changed` for each event that is new or has changed since, and `gone`
 * for each that is no longer shown. Before a `before` of NULL there was none.
 */
void stepden_picture_compare(const struct stepden_picture *before,
                             const struct stepden_picture *after,
                             const struct stepden_picture_changes *changes);

#endif
