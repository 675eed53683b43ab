#include "den/send.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/compare.h"

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

static void send(struct stepden_den *den, const struct stepden_record *record,
                 enum stepden_den_kind kind, const char *id,
                 const char *traceparent, const struct stepden_denm_data *denm)
{
    struct stepden_den_output output = {
        .kind = kind,
        .id = id,
        .traceparent = traceparent,
        .denm = denm,
        .rule = (enum stepden_den_rule)record->rule,
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

/* An event that cannot be repeated for lack of memory is sent only once. */
static void start_repetition(const struct stepden_config *config,
                             struct stepden_record *record,
                             const struct stepden_origin *origin,
                             const struct stepden_denm_data *denm)
{
    if (config->denm.repetition_interval_ms == 0 ||
        config->denm.repetition_duration_ms == 0)
        return;
    if (!record->repetition)
        record->repetition = malloc(sizeof *record->repetition);
    if (!record->repetition)
        return;

    struct stepden_repetition *repetition = record->repetition;
    repetition->origin = *origin;
    repetition->denm = *denm;
    repetition->count = 0;
    repetition->next_mono_ms =
        record->sent_mono_ms + config->denm.repetition_interval_ms;
    repetition->end_mono_ms = stepden_smaller(
        record->sent_mono_ms + config->denm.repetition_duration_ms,
        record->valid_mono_ms);
}

void stepden_send_live(struct stepden_den *den, struct stepden_record *record,
                       enum stepden_den_kind kind,
                       const struct stepden_origin *origin,
                       struct stepden_denm_data *denm, struct stepden_now now)
{
    struct stepden_management_container *management =
        &denm->management_container;

    management->reference_time_its_ms =
        reference_time(record, management->detection_time_its_ms, now.its_ms);
    note(record, management, now);
    send(den, record, kind, origin->id, origin->traceparent, denm);
    start_repetition(&den->config, record, origin, denm);
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
    stepden_send_live(den, record, STEPDEN_DEN_UPDATE, &record->held->origin,
                      &record->held->denm, now);
    stepden_send_drop_held(record);
}

void stepden_send_repetition(struct stepden_den *den,
                             struct stepden_record *record,
                             struct stepden_now now)
{
    struct stepden_repetition *repetition = record->repetition;
    int64_t interval_ms = den->config.denm.repetition_interval_ms;
    char id[STEPDEN_OUTPUT_ID_SIZE];

    repetition->count++;
    snprintf(id, sizeof id, "%s/r%u", repetition->origin.id, repetition->count);
    send(den, record, STEPDEN_DEN_REPETITION, id,
         repetition->origin.traceparent, &repetition->denm);

    int64_t late_ms = now.mono_ms - repetition->next_mono_ms;
    repetition->next_mono_ms += (late_ms / interval_ms + 1) * interval_ms;
}

static void fill_cancellation(struct stepden_management_container *management,
                              const struct stepden_den *den,
                              const struct stepden_record *record,
                              struct stepden_now now)
{
    int64_t left_ms = record->valid_mono_ms - now.mono_ms;
    int64_t detection_its_ms =
        stepden_larger(now.its_ms, record->detection_its_ms);

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
        .validity_duration_s =
            (uint32_t)stepden_larger(1, (left_ms + 999) / 1000),
        .station_type = den->config.station_type,
        .has_reference_station_id = true,
        .reference_station_id = record->parties.reference_station_id,
        .has_reference_object_id = true,
        .reference_object_id = record->parties.reference_object_id,
    };
}

void stepden_send_cancellation(struct stepden_den *den,
                               struct stepden_record *record,
                               struct stepden_now now)
{
    struct stepden_denm_data *denm = &den->denm;
    char id[STEPDEN_OUTPUT_ID_SIZE];

    fill_cancellation(&denm->management_container, den, record, now);
    denm->station_id =
        denm->management_container.action_id.originating_station_id;
    denm->has_situation_container = false;
    denm->has_location_container = false;
    denm->has_pre_crash_container = false;

    note(record, &denm->management_container, now);
    snprintf(id, sizeof id, "%s/cancellation", record->id);
    send(den, record, STEPDEN_DEN_CANCELLATION, id, "", denm);
}

void stepden_send_drop(struct stepden_record *record)
{
    stepden_send_drop_held(record);
    free(record->repetition);
    record->repetition = NULL;
}
