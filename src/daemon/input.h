/*
 * What comes in: a collision array or a DENM, in a CloudEvents envelope or
 * bare.
 */
#ifndef STEPDEN_DAEMON_INPUT_H
#define STEPDEN_DAEMON_INPUT_H

#include <stddef.h>

#include <stepden/den.h>
#include <stepden/records/cloud_event.h>
#include <stepden/records/config.h>
#include <stepden/records/denm_data.h>
#include <stepden/records/station_collision_array.h>
#include <stepden/status.h>

#include "redis/session.h"

enum stepden_incoming_kind {
    STEPDEN_INCOMING_COLLISIONS = 1,
    STEPDEN_INCOMING_DENM = 2,
    STEPDEN_INCOMING_ANY = 3,
};

/* Large, so not for the stack. */
struct stepden_incoming {
    enum stepden_incoming_kind kind; /* which member of the union */
    char traceparent[STEPDEN_TRACEPARENT_MAX + 1]; /* "" for none */
    union {
        struct stepden_station_collision_array collisions;
        struct stepden_denm_data denm;
    };
    struct stepden_cloud_event envelope; /* while reading */
    struct stepden_denm_data other;      /* while comparing with UPER */
};

/*
 * Reads the JSON text of a message of the `wanted` kind. An object with
 * `specversion` is an envelope, one with `stations` a collision array, one with
 * `managementContainer` a DENM; of any kind, what is neither is read as an
 * array. `diag` counts from the start of `json`, its pointer too. `message` is
 * undefined on error.
 *
 * STEPDEN_ERR_SYNTAX, STEPDEN_ERR_RANGE, STEPDEN_ERR_INVALID
 */
STEPDEN_CHECKED enum stepden_status
stepden_incoming_read(struct stepden_incoming *message, const char *json,
                      size_t size, enum stepden_incoming_kind wanted,
                      struct stepden_diag *diag);

/*
 * Reads a line of a replay: a message of any kind, as above, or an object that
 * stands for a stream entry: with a message as `message`, or with a DENM as
 * `message`, as hexadecimal digits of UPER in `uper`, or both. Other members
 * are as good as absent. The digits in `line` are overwritten.
 *
 * STEPDEN_ERR_INVALID  `uper` is no string of hexadecimal digits, or the two
 *                      members disagree, too
 * and all of the above
 */
STEPDEN_CHECKED enum stepden_status
stepden_incoming_read_line(struct stepden_incoming *message, char *line,
                           size_t size, struct stepden_diag *diag);

/*
 * Reads the message of a stream entry: of a crash prediction the configured
 * field, of a client's DENM that field, or `uper`, or both. The session has
 * seen to the entry's size.
 *
 * STEPDEN_ERR_INVALID  no such field, or the two fields disagree, too
 * and all of the above
 */
STEPDEN_CHECKED enum stepden_status stepden_incoming_read_entry(
    struct stepden_incoming *message, const struct stepden_entry *entry,
    const struct stepden_config *config, struct stepden_diag *diag);

#endif
