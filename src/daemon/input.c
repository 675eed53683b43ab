#include "daemon/input.h"

#include <stdio.h>
#include <string.h>

#include <stepden/denm.h>

#include "base/diag.h"
#include "daemon/bytes_text.h"
#include "daemon/probe.h"
#include "json/find.h"

static const char message_name[] = "message";
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

/* What was found in a member is counted from the start of its object. */
static void move_diag(struct stepden_diag *diag, const char *member,
                      size_t offset)
{
    char where[sizeof diag->where];
    memcpy(where, diag->where, sizeof where);
    snprintf(diag->where, sizeof diag->where, "/%s%.*s", member,
             (int)(sizeof where - strlen(member) - sizeof "/"), where);
    diag->offset += offset;
}

/* W3C Trace Context, 3.2: what is malformed is as good as absent. */
static bool is_traceparent(const char *text)
{
    size_t size = 0;
    while (text[size] >= ' ' && text[size] <= '~')
        size++;
    return text[size] == '\0' && size <= STEPDEN_TRACEPARENT_MAX;
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
    if (envelope->has_traceparent && is_traceparent(envelope->traceparent))
        snprintf(message->traceparent, sizeof message->traceparent, "%.*s",
                 STEPDEN_TRACEPARENT_MAX, envelope->traceparent);
    status = read_kind(message, envelope->data.at, envelope->data.size, wanted,
                       diag);
    if (status != STEPDEN_OK)
        move_diag(diag, "data", (size_t)(envelope->data.at - json));
    return status;
}

/* ---- UPER ---- */

/* Says of which field the fault is: it has no JSON pointer. */
static enum stepden_status decode(struct stepden_denm_data *denm,
                                  const void *uper, size_t size,
                                  struct stepden_diag *diag)
{
    struct stepden_diag fault;
    enum stepden_status status =
        stepden_denm_decode(denm, uper, size, STEPDEN_RELEASE_R1_R2, &fault);
    if (status != STEPDEN_OK)
        stepden_diag_set(diag, status, "", "%s: %s%s%s", uper_name, fault.where,
                         fault.where[0] ? ": " : "", fault.reason);
    return status;
}

struct uper {
    size_t size;
    uint8_t bytes[STEPDEN_DENM_UPER_MAX];
};

static enum stepden_status encode(struct uper *uper,
                                  const struct stepden_denm_data *denm,
                                  enum stepden_release release,
                                  struct stepden_diag *diag)
{
    return stepden_denm_encode(uper->bytes, sizeof uper->bytes, &uper->size,
                               denm, release, diag);
}

/*
 * The DENM from JSON and the other one are equal in what both encodings can
 * carry when they give the same UPER, the one from JSON after it has been there
 * and back. A preCrash container may be in one of them only (EN 302 637-3 has
 * none).
 */
static enum stepden_status compare(struct stepden_incoming *message,
                                   struct stepden_diag *diag)
{
    enum stepden_release release =
        message->denm.has_pre_crash_container &&
                message->other.has_pre_crash_container
            ? STEPDEN_RELEASE_R1_R2
            : STEPDEN_RELEASE_R1;
    struct uper json;
    struct uper other;
    enum stepden_status status = encode(&json, &message->denm, release, diag);
    if (status == STEPDEN_OK)
        status = encode(&other, &message->other, release, diag);
    if (status == STEPDEN_OK)
        status = decode(&message->other, json.bytes, json.size, diag);
    if (status == STEPDEN_OK)
        status = encode(&json, &message->other, release, diag);
    if (status == STEPDEN_OK &&
        (json.size != other.size ||
         memcmp(json.bytes, other.bytes, json.size) != 0))
        status = stepden_diag_set(diag, STEPDEN_ERR_INVALID, "",
                                  "JSON and UPER are not the same DENM");
    return status;
}

/* The DENM as UPER: alone, or the same as has been read as JSON. */
static enum stepden_status read_uper(struct stepden_incoming *message,
                                     bool has_json, const void *uper,
                                     size_t size, struct stepden_diag *diag)
{
    if (!has_json) {
        message->kind = STEPDEN_INCOMING_DENM;
        message->traceparent[0] = '\0';
        return decode(&message->denm, uper, size, diag);
    }
    enum stepden_status status = decode(&message->other, uper, size, diag);
    return status == STEPDEN_OK ? compare(message, diag) : status;
}

/* ---- a line of a replay ---- */

static enum stepden_status read_message(struct stepden_incoming *message,
                                        const struct stepden_json_span *json,
                                        enum stepden_incoming_kind wanted,
                                        const char *line,
                                        struct stepden_diag *diag)
{
    enum stepden_status status =
        stepden_incoming_read(message, json->at, json->size, wanted, diag);
    if (status != STEPDEN_OK)
        move_diag(diag, message_name, (size_t)(json->at - line));
    return status;
}

/* The bytes of `uper` take the place of its digits in the line. */
static enum stepden_status read_digits(struct stepden_incoming *message,
                                       bool has_json, char *uper, size_t size,
                                       struct stepden_diag *diag)
{
    uint8_t *bytes = (uint8_t *)uper + 1;
    if (size < 2 || uper[0] != '"' ||
        !stepden_hex_read(bytes, uper + 1, size - 2))
        return stepden_diag_set(diag, STEPDEN_ERR_INVALID, "/uper",
                                "no string of hexadecimal digits");
    return read_uper(message, has_json, bytes, size / 2 - 1, diag);
}

enum stepden_status stepden_incoming_read_line(struct stepden_incoming *message,
                                               char *line, size_t size,
                                               struct stepden_diag *diag)
{
    static const char *const names[] = {message_name, uper_name};
    struct stepden_json_span spans[2] = {{NULL, 0}, {NULL, 0}};
    const struct stepden_json_span *json = &spans[0];
    const struct stepden_json_span *uper = &spans[1];
    if (stepden_probe(line, size) != STEPDEN_PROBE_OTHER ||
        stepden_json_find(line, size, names, spans, 2, diag) != STEPDEN_OK ||
        (!json->at && !uper->at))
        return stepden_incoming_read(message, line, size, STEPDEN_INCOMING_ANY,
                                     diag);

    if (!uper->at)
        return read_message(message, json, STEPDEN_INCOMING_ANY, line, diag);
    enum stepden_status status =
        json->at
            ? read_message(message, json, STEPDEN_INCOMING_DENM, line, diag)
            : STEPDEN_OK;
    return status == STEPDEN_OK
               ? read_digits(message, json->at != NULL,
                             line + (uper->at - line), uper->size, diag)
               : status;
}

/* ---- a stream entry ---- */

static const struct stepden_redis_field *
find_field(const struct stepden_entry *entry, const char *name)
{
    size_t size = strlen(name);
    for (size_t i = 0; i < entry->field_count; i++)
        if (entry->fields[i].name_size == size &&
            memcmp(entry->fields[i].name, name, size) == 0)
            return &entry->fields[i];
    return NULL;
}

enum stepden_status stepden_incoming_read_entry(
    struct stepden_incoming *message, const struct stepden_entry *entry,
    const struct stepden_config *config, struct stepden_diag *diag)
{
    bool is_client = entry->input == STEPDEN_INPUT_CLIENT;
    const char *name =
        is_client ? config->redis.streams.inputs.client.field
                  : config->redis.streams.inputs.crash_prediction.field;
    const struct stepden_redis_field *json = find_field(entry, name);
    const struct stepden_redis_field *uper =
        is_client ? find_field(entry, uper_name) : NULL;
    if (!json && !uper)
        return stepden_diag_set(diag, STEPDEN_ERR_INVALID, "", "no field %s%s",
                                name, is_client ? ", and no uper" : "");
    enum stepden_status status =
        json ? stepden_incoming_read(message, json->value, json->value_size,
                                     is_client ? STEPDEN_INCOMING_DENM
                                               : STEPDEN_INCOMING_COLLISIONS,
                                     diag)
             : STEPDEN_OK;
    return status == STEPDEN_OK && uper
               ? read_uper(message, json != NULL, uper->value, uper->value_size,
                           diag)
               : status;
}
