/* The lives of the DENMs seen so far, told line by line. */
#ifndef WATCH_LIVES_H
#define WATCH_LIVES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "entry.h"

struct watch_life {
    struct stepden_action_id action_id;
    int64_t trigger_its_ms;
    bool ended;
    uint32_t updates;
    uint32_t told; /* updates, when the last line was printed */
    uint8_t sub_cause;
    uint32_t seconds; /* to the collision */
};

struct watch_lives {
    bool colour;
    int64_t start_its_ms; /* referenceTime of the first entry */
    struct watch_life *life;
    size_t count;
    size_t room;
    size_t alive;
    uint64_t entries[WATCH_KINDS];
    uint64_t json_bytes;
    uint64_t uper_bytes;
};

/* Says what the columns are. */
void watch_lives_head(const struct watch_lives *lives);

/*
 * Takes in an entry, and prints a line when it is more than one update of many:
 * when the sub-cause or the second of the time to collision has changed.
 *
 * STEPDEN_ERR_INVALID  a life that begins twice, goes on before it begins or
 *                      after its end; `diag` says so
 * STEPDEN_ERR_MEMORY
 */
STEPDEN_CHECKED enum stepden_status
watch_lives_take(struct watch_lives *lives, const struct watch_entry *entry,
                 struct stepden_diag *diag);

void watch_lives_free(struct watch_lives *lives);

#endif
