#include "daemon/input.h"

#include <stdio.h>
#include <string.h>

#include <stepden/denm.h>

#include "base/diag.h"
#include "daemon/probe.h"

static const char uper_name[] = "uper";

/* ---- JSON ---- */

static enum stepden_status read_kind(struct stepden_incoming *message,
                                     const char *json, size_t size,
                                     enum stepden_incoming_kind wanted,
                                     struct stepden_diag *diag)
{
    if (wanted == STEPDEN_INCOMING_ANY)
        wanted = stepden_probe(json, size) == STEPDEN_PROBE_DENM
                     ? STEPDEN_INCOMING_DENM
                     : STEPDEN_INCOMING_COLLISIONS;
    message->kind = wanted;
    if (wanted == STEPDEN_INCOMING_DENM)
        return stepden_denm_data_read(&message->denm, json, size, diag);
    return stepden_station_collision_array_read(&message->collisions, json,
                                                size, diag);
}

/* What was found in `data` is counted from the start of the envelope. */
static void move_diag(struct stepden_diag *diag, size_t offset)
{
    char where[sizeof diag->where];
    memcpy(where, diag->where, sizeof where);
    snprintf(diag->where, sizeof diag->where, "/data%.*s",
             (int)(sizeof where - sizeof "/data"), where);
    diag->offset += offset;
}

enum stepden_status stepden_incoming_read(struct stepden_incoming *message,
                                          const char *json, size_t size,
                                          enum stepden_incoming_kind wanted,
                                          struct stepden_diag *diag)
{
    struct stepden_cloud_event *envelope = &message->envelope;
    message->traceparent[0] = '\0';
    if (stepden_probe(json, size) != STEPDEN_PROBE_ENVELOPE)
        return read_kind(message, json, size, wanted, diag);

    enum stepden_status status =
        stepden_cloud_event_read(envelope, json, size, diag);
    if (status != STEPDEN_OK)
        return status;
    if (envelope->has_traceparent)
        memcpy(message->traceparent, envelope->traceparent,
               sizeof message->traceparent);
    status = read_kind(message, envelope->data.at, envelope->data.size, wanted,
                       diag);
    if (status != STEPDEN_OK)
        move_diag(diag, (size_t)(envelope->data.at - json));
    return status;
}

/* ---- the fields of a stream entry ---- */

static const struct stepden_field *find_field(const struct stepden_entry *entry,
                                              const char *name)
{
    size_t size = strlen(name);
    for (size_t i = 0; i < entry->field_count; i++)
        if (entry->fields[i].name_size == size &&
            memcmp(entry->fields[i].name, name, size) == 0)
            return &entry->fields[i];
    return NULL;
}

static enum stepden_status read_json(struct stepden_incoming *message,
                                     const struct stepden_field *field,
                                     enum stepden_incoming_kind wanted,
                                     struct stepden_diag *diag)
{
    return stepden_incoming_read(message, field->value, field->value_size,
                                 wanted, diag);
}

/* Says of which field the fault is: it has no JSON pointer. */
static enum stepden_status read_uper(struct stepden_denm_data *denm,
                                     const struct stepden_field *field,
                                     struct stepden_diag *diag)
{
    struct stepden_diag fault;
    enum stepden_status status =
        stepden_denm_decode(denm, (const uint8_t *)field->value,
                            field->value_size, STEPDEN_RELEASE_R1_R2, &fault);
    if (status != STEPDEN_OK)
        stepden_diag_set(diag, status, "", "%s: %s%s%s", uper_name, fault.where,
                         fault.where[0] ? ": " : "", fault.reason);
    return status;
}

/*
 * Two DENMs are equal in what both encodings can carry when they give the same
 * UPER. A preCrash container may be in one of them only (EN 302 637-3 has
 * none).
 */
static enum stepden_status compare(const struct stepden_denm_data *json,
                                   const struct stepden_denm_data *uper,
                                   struct stepden_diag *diag)
{
    enum stepden_release release =
        json->has_pre_crash_container && uper->has_pre_crash_container
            ? STEPDEN_RELEASE_R1_R2
            : STEPDEN_RELEASE_R1;
    uint8_t bytes[2][STEPDEN_DENM_UPER_MAX];
    size_t size[2];
    enum stepden_status status = stepden_denm_encode(
        bytes[0], sizeof bytes[0], &size[0], json, release, diag);
    if (status == STEPDEN_OK)
        status = stepden_denm_encode(bytes[1], sizeof bytes[1], &size[1], uper,
                                     release, diag);
    if (status == STEPDEN_OK &&
        (size[0] != size[1] || memcmp(bytes[0], bytes[1], size[0]) != 0))
        status = stepden_diag_set(diag, STEPDEN_ERR_INVALID, "",
                                  "JSON and UPER are not the same DENM");
    return status;
}

static enum stepden_status read_denm(struct stepden_incoming *message,
                                     const struct stepden_field *json,
                                     const struct stepden_field *uper,
                                     struct stepden_diag *diag)
{
    message->kind = STEPDEN_INCOMING_DENM;
    message->traceparent[0] = '\0';
    if (!json)
        return read_uper(&message->denm, uper, diag);
    enum stepden_status status =
        read_json(message, json, STEPDEN_INCOMING_DENM, diag);
    if (status != STEPDEN_OK || !uper)
        return status;
    status = read_uper(&message->other, uper, diag);
    return status == STEPDEN_OK ? compare(&message->denm, &message->other, diag)
                                : status;
}

enum stepden_status stepden_incoming_read_entry(
    struct stepden_incoming *message, const struct stepden_entry *entry,
    const struct stepden_config *config, struct stepden_diag *diag)
{
    bool is_client = entry->input == STEPDEN_INPUT_CLIENT;
    const char *name =
        is_client ? config->redis.streams.inputs.client.field
                  : config->redis.streams.inputs.crash_prediction.field;
    const struct stepden_field *json = find_field(entry, name);
    const struct stepden_field *uper =
        is_client ? find_field(entry, uper_name) : NULL;
    if (!json && !uper)
        return stepden_diag_set(diag, STEPDEN_ERR_INVALID, "", "no field %s%s",
                                name, is_client ? ", and no uper" : "");
    return is_client
               ? read_denm(message, json, uper, diag)
               : read_json(message, json, STEPDEN_INCOMING_COLLISIONS, diag);
}
