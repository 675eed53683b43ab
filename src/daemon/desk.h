/*
 * What the pipelines of one process share, as they work one after the other:
 * room for the message in work, and what is to be told seldom.
 */
#ifndef STEPDEN_DAEMON_DESK_H
#define STEPDEN_DAEMON_DESK_H

#include <stdint.h>

#include <stepden/den.h>
#include <stepden/denm.h>
#include <stepden/records/config.h>

#include "daemon/bytes_text.h"
#include "daemon/input.h"
#include "daemon/log/fault.h"
#include "daemon/log/gather.h"
#include "daemon/log/log.h"
#include "daemon/output.h"
#include "daemon/refusals.h"
#include "daemon/rejections.h"

/* Large. */
struct stepden_desk {
    const struct stepden_config *config;
    struct stepden_log *log;
    char labels[STEPDEN_GATHER_PARTITIONS][sizeof " partition=255"];

    struct stepden_gather gather;
    struct stepden_refusals refusals;
    struct stepden_rejections rejections;
    struct stepden_fault unencoded;  /* an output */
    struct stepden_fault unrestored; /* a record */
    struct stepden_fault misrouted;  /* an input */

    struct stepden_incoming message;
    struct stepden_output output;
    char uper_text[STEPDEN_HEX_SIZE(STEPDEN_DENM_UPER_MAX)];
    char record[STEPDEN_DEN_RECORD_JSON_MAX];
};

/* NULL without memory. `config` and `log` are borrowed until stepden_desk_free.
 */
struct stepden_desk *stepden_desk_new(const struct stepden_config *config,
                                      struct stepden_log *log);

/* Tells, too, what was to be told, and has not been yet. NULL is fine. */
void stepden_desk_free(struct stepden_desk *desk);

/* The configuration has changed in its place. */
void stepden_desk_configure(struct stepden_desk *desk);

/* Tells what is due. */
void stepden_desk_tell(struct stepden_desk *desk, int64_t mono_ms);

/* What lines of the log about a partition have at their end: which it is, after
 * a space, or "" if it is the only one. */
const char *stepden_desk_label(const struct stepden_desk *desk,
                               uint32_t partition);

/* When there is something to tell of, INT64_MAX for never. */
int64_t stepden_desk_due_at(const struct stepden_desk *desk);

#endif
