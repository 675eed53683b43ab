#include "entry.h"

#include <stdio.h>
#include <string.h>

#include <stepden/denm.h>

static const char *const kinds[WATCH_KINDS] = {"trigger", "update",
                                               "cancellation", "repetition"};

const char *watch_kind_text(enum watch_kind kind)
{
    return kinds[kind];
}

static bool refuse(struct stepden_diag *diag, const char *where,
                   const char *reason)
{
    snprintf(diag->where, sizeof(diag->where), "%s", where);
    snprintf(diag->reason, sizeof(diag->reason), "%.250s", reason);
    return false;
}

static bool read_kind(enum watch_kind *kind, const char *type)
{
    const char *dot = strrchr(type, '.');

    for (int i = 0; dot != NULL && i < WATCH_KINDS; i++)
        if (strcmp(dot + 1, kinds[i]) == 0) {
            *kind = (enum watch_kind)i;
            return true;
        }
    return false;
}

static bool read_message(struct watch_entry *entry, const char *message,
                         size_t size, struct stepden_diag *diag)
{
    struct stepden_cloud_event *event = &entry->event;

    if (stepden_cloud_event_read(event, message, size, diag) != STEPDEN_OK ||
        stepden_denm_data_read(&entry->denm, event->data.at, event->data.size,
                               diag) != STEPDEN_OK)
        return false;
    if (!read_kind(&entry->kind, event->type))
        return refuse(diag, "/type", event->type);
    if (entry->kind != WATCH_REPETITION &&
        entry->denm.management_container.has_termination !=
            (entry->kind == WATCH_CANCELLATION))
        return refuse(diag, "/type", "does not fit the termination");
    return true;
}

/* The members by which a receiver tells DENMs apart. */
static bool same_event(const struct stepden_denm_data *one,
                       const struct stepden_denm_data *other)
{
    const struct stepden_management_container *a = &one->management_container;
    const struct stepden_management_container *b = &other->management_container;

    return one->station_id == other->station_id &&
           a->action_id.originating_station_id ==
               b->action_id.originating_station_id &&
           a->action_id.sequence_number == b->action_id.sequence_number &&
           a->detection_time_its_ms == b->detection_time_its_ms &&
           a->reference_time_its_ms == b->reference_time_its_ms &&
           a->has_termination == b->has_termination;
}

/* Of a service whose release is "r1", UPER has the root only. */
static bool is_encoding(const struct stepden_denm_data *denm,
                        const uint8_t *uper, size_t size,
                        enum stepden_release release)
{
    uint8_t bytes[STEPDEN_DENM_UPER_MAX];
    size_t length;

    return stepden_denm_encode(bytes, sizeof(bytes), &length, denm, release,
                               NULL) == STEPDEN_OK &&
           length == size && memcmp(bytes, uper, size) == 0;
}

static bool check_uper(const struct stepden_denm_data *denm,
                       const uint8_t *uper, size_t size,
                       struct stepden_diag *diag)
{
    static struct stepden_denm_data decoded;

    if (stepden_denm_decode(&decoded, uper, size, STEPDEN_RELEASE_R1_R2,
                            diag) != STEPDEN_OK)
        return false;
    if (!same_event(&decoded, denm))
        return refuse(diag, "uper", "another DENM than the JSON's");
    if (!is_encoding(denm, uper, size, STEPDEN_RELEASE_R1_R2) &&
        !is_encoding(denm, uper, size, STEPDEN_RELEASE_R1))
        return refuse(diag, "uper", "the JSON's DENM has other bytes");
    return true;
}

bool watch_entry_read(struct watch_entry *entry, const char *message,
                      size_t message_size, const uint8_t *uper,
                      size_t uper_size, struct stepden_diag *diag)
{
    entry->json_size = message_size;
    entry->uper_size = uper_size;
    return read_message(entry, message, message_size, diag) &&
           check_uper(&entry->denm, uper, uper_size, diag);
}
