/* One entry of the output stream: a DENM as JSON and as UPER. */
#ifndef WATCH_ENTRY_H
#define WATCH_ENTRY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <stepden/records/cloud_event.h>
#include <stepden/records/denm_data.h>
#include <stepden/status.h>

enum watch_kind {
    WATCH_TRIGGER,
    WATCH_UPDATE,
    WATCH_CANCELLATION,
    WATCH_REPETITION,
    WATCH_KINDS,
};

struct watch_entry {
    enum watch_kind kind;
    struct stepden_denm_data denm; /* as the JSON says */
    size_t json_size;
    size_t uper_size;
    struct stepden_cloud_event event;
};

/* The name of `kind`, as at the end of the CloudEvents type. */
const char *watch_kind_text(enum watch_kind kind);

/*
 * Reads an entry of the fields `message` and `uper` (raw bytes), and checks
 * that both say the same: the UPER decodes to the DENM of the JSON, and that
 * DENM encodes to the same bytes. `diag` says what is wrong.
 */
STEPDEN_CHECKED bool watch_entry_read(struct watch_entry *entry,
                                      const char *message, size_t message_size,
                                      const uint8_t *uper, size_t uper_size,
                                      struct stepden_diag *diag);

#endif
