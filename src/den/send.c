#include "den/send.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/compare.h"
#include "den/repetition.h"

/* ValidityDuration; a clock that was set back by days could ask for more. */
#define VALIDITY_MAX_S 86400

static uint64_t *counter_of(struct stepden_den *den, enum stepden_den_kind kind)
{
    switch (kind) {
    case STEPDEN_DEN_TRIGGER:
        return &den->counters.triggers;
    case STEPDEN_DEN_UPDATE:
        return &den->counters.updates;
    case STEPDEN_DEN_CANCELLATION:
        return &den->counters.cancellations;
    case STEPDEN_DEN_REPETITION:
        return &den->counters.repetitions;
    }
    abort();
}

static void send(struct stepden_den *den, enum stepden_den_kind kind,
                 enum stepden_den_reason reason, const char *id,
                 const struct stepden_origin *origin,
                 const struct stepden_denm_data *denm)
{
    struct stepden_den_output output = {
        .kind = kind,
        .reason = reason,
        .choice = origin->choice,
        .id = id,
        .event_id = origin->event_id,
        .traceparent = origin->traceparent,
        .denm = denm,
    };
    ++*counter_of(den, kind);
    den->sink.send(den->sink.ctx, &output);
}

/* When the validity that `management` states ends (T_O_Validity). */
static int64_t
validity_end(const struct stepden_management_container *management,
             struct stepden_now now)
{
    int64_t end_its_ms = management->detection_time_its_ms +
                         management->validity_duration_s * INT64_C(1000);
    return now.mono_ms + (end_its_ms - now.its_ms);
}

/*
 * Now, but no two DENMs of an action id have the same referenceTime, and none
 * is generated before it was detected.
 */
static int64_t reference_time(const struct stepden_record *record,
                              int64_t detection_its_ms, int64_t now_its_ms)
{
    return stepden_larger(stepden_larger(now_its_ms, detection_its_ms),
                          record->reference_its_ms + 1);
}

static void note(struct stepden_record *record,
                 const struct stepden_management_container *management,
                 struct stepden_now now)
{
    record->detection_its_ms = management->detection_time_its_ms;
    record->reference_its_ms = management->reference_time_its_ms;
    record->position = management->event_position;
    record->has_distance = management->has_awareness_distance;
    record->distance_m = management->awareness_distance_m;
    record->has_direction = management->has_traffic_direction;
    record->direction = management->traffic_direction;
    record->sent_mono_ms = now.mono_ms;
    record->valid_mono_ms = validity_end(management, now);
}

void stepden_send_live(struct stepden_den *den, struct stepden_record *record,
                       enum stepden_den_reason reason,
                       const struct stepden_origin *origin,
                       struct stepden_denm_data *denm, struct stepden_now now)
{
    struct stepden_management_container *management =
        &denm->management_container;

    management->reference_time_its_ms =
        reference_time(record, management->detection_time_its_ms, now.its_ms);
    note(record, management, now);
    send(den,
         reason == STEPDEN_DEN_REASON_NEW ? STEPDEN_DEN_TRIGGER
                                          : STEPDEN_DEN_UPDATE,
         reason, origin->event_id, origin, denm);
    stepden_repetition_start(den, record, origin, denm, now);
}

bool stepden_send_hold(struct stepden_record *record,
                       const struct stepden_origin *origin,
                       const struct stepden_denm_data *denm)
{
    if (!record->held)
        record->held = malloc(sizeof *record->held);
    if (!record->held)
        return false;
    record->held->origin = *origin;
    record->held->denm = *denm;
    return true;
}

void stepden_send_drop_held(struct stepden_record *record)
{
    free(record->held);
    record->held = NULL;
}

void stepden_send_held(struct stepden_den *den, struct stepden_record *record,
                       struct stepden_now now)
{
    struct stepden_held *held = record->held;
    if (validity_end(&held->denm.management_container, now) > now.mono_ms)
        stepden_send_live(den, record, STEPDEN_DEN_REASON_HELD, &held->origin,
                          &held->denm, now);
    stepden_send_drop_held(record);
}

/* Of a cancellation "<event id>/cancellation", else the event's id. */
static void write_id(char id[STEPDEN_OUTPUT_ID_SIZE],
                     const struct stepden_origin *origin,
                     const struct stepden_denm_data *denm)
{
    snprintf(id, STEPDEN_OUTPUT_ID_SIZE, "%s%s", origin->event_id,
             denm->management_container.has_termination ? "/cancellation" : "");
}

void stepden_send_repetition(struct stepden_den *den,
                             struct stepden_record *record,
                             struct stepden_now now)
{
    const struct stepden_repetition *repetition = record->repetition;
    char id[STEPDEN_OUTPUT_ID_SIZE];

    if (repetition->end_mono_ms <= now.mono_ms) {
        stepden_repetition_stop(record);
        return;
    }
    int64_t number = stepden_repetition_next(record, now);
    write_id(id, &repetition->origin, &repetition->denm);
    size_t size = strlen(id);
    snprintf(id + size, sizeof id - size, "/r%" PRId64, number);
    send(den, STEPDEN_DEN_REPETITION, STEPDEN_DEN_REASON_REPEATED, id,
         &repetition->origin, &repetition->denm);
}

static void fill_cancellation(struct stepden_management_container *management,
                              const struct stepden_den *den,
                              const struct stepden_record *record,
                              struct stepden_now now)
{
    int64_t detection_its_ms =
        stepden_larger(now.its_ms, record->detection_its_ms);
    int64_t left_ms =
        record->valid_mono_ms - now.mono_ms - (detection_its_ms - now.its_ms);

    *management = (struct stepden_management_container){
        .action_id = stepden_den_action_id(den, record->number),
        .detection_time_its_ms = detection_its_ms,
        .reference_time_its_ms =
            reference_time(record, detection_its_ms, now.its_ms),
        .has_termination = true,
        .termination = STEPDEN_TERMINATION_IS_CANCELLATION,
        .event_position = record->position,
        .has_awareness_distance = record->has_distance,
        .awareness_distance_m = record->distance_m,
        .has_traffic_direction = record->has_direction,
        .traffic_direction = record->direction,
        .validity_duration_s = (uint32_t)stepden_larger(
            1, stepden_smaller((left_ms + 999) / 1000, VALIDITY_MAX_S)),
        .station_type = den->settings.station_type,
        .has_reference_station_id = true,
        .reference_station_id = record->parties.reference_station_id,
        .has_reference_object_id = true,
        .reference_object_id = record->parties.reference_object_id,
    };
}

void stepden_send_cancellation(struct stepden_den *den,
                               struct stepden_record *record,
                               enum stepden_den_reason reason,
                               struct stepden_now now)
{
    struct stepden_denm_data *denm = &den->denm;
    struct stepden_origin origin = {.choice = STEPDEN_NO_CHOICE};
    char id[STEPDEN_OUTPUT_ID_SIZE];

    fill_cancellation(&denm->management_container, den, record, now);
    denm->station_id =
        denm->management_container.action_id.originating_station_id;
    denm->has_situation_container = false;
    denm->has_location_container = false;
    denm->has_pre_crash_container = false;

    note(record, &denm->management_container, now);
    memcpy(origin.event_id, record->event_id, sizeof origin.event_id);
    write_id(id, &origin, denm);
    send(den, STEPDEN_DEN_CANCELLATION, reason, id, &origin, denm);
    stepden_repetition_start(den, record, &origin, denm, now);
}
