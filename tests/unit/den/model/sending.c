/* What goes out, and what is held back or repeated. */
#include "sending.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int64_t model_repeated_until(const struct model *model,
                             const struct model_record *record)
{
    return model_min(record->sent_ms +
                         model->config.denm.repetition_duration_ms,
                     record->valid_ms);
}

void model_hold(struct model_record *record,
                const struct model_message *message)
{
    if (!record->held)
        record->held = malloc(sizeof *record->held);
    *record->held = *message;
}

void model_drop_held(struct model_record *record)
{
    free(record->held);
    record->held = NULL;
}

void model_drop_repeated(struct model_record *record)
{
    free(record->repeated);
    record->repeated = NULL;
}

void model_repeat(struct model *model, struct model_record *record,
                  const struct model_message *message)
{
    if (model->config.denm.repetition_interval_ms == 0 ||
        model->config.denm.repetition_duration_ms == 0)
        return;
    if (!record->repeated)
        record->repeated = malloc(sizeof *record->repeated);
    *record->repeated = *message;
    record->beat = model_max(0, model->now.mono_ms - record->sent_ms) /
                   model->config.denm.repetition_interval_ms;
    record->beats_before = 0;
    record->is_claimed = true;
}

static void put_out(struct model *model, const struct model_message *message,
                    enum stepden_den_kind kind, enum stepden_den_reason reason,
                    const char *id)
{
    struct stepden_den_output output = {
        .kind = kind,
        .reason = reason,
        .choice = message->choice,
        .id = id,
        .event_id = message->event_id,
        .traceparent = message->traceparent,
        .denm = &message->denm,
    };
    model->sink.send(model->sink.ctx, &output);
}

/* Sets what is the same for all new DENMs: they differ in their times. */
static void send_new(struct model *model, struct model_record *record,
                     struct model_message *message)
{
    struct stepden_management_container *management =
        &message->denm.management_container;

    management->reference_time_its_ms = model_max(
        model_max(model->now.its_ms, management->detection_time_its_ms),
        record->reference_its_ms + 1);
    record->detection_its_ms = management->detection_time_its_ms;
    record->reference_its_ms = management->reference_time_its_ms;
    record->sent = *management;
    record->sent_ms = model->now.mono_ms;
    record->valid_ms =
        model->now.mono_ms +
        (management->detection_time_its_ms +
         management->validity_duration_s * INT64_C(1000) - model->now.its_ms);
    model_drop_held(record);
    model_drop_repeated(record);
    model_repeat(model, record, message);
}

void model_send_live(struct model *model, struct model_record *record,
                     struct model_message *message,
                     enum stepden_den_reason reason)
{
    struct model_message copy = *message; /* it may be the held one */

    send_new(model, record, &copy);
    if (reason == STEPDEN_DEN_REASON_NEW) {
        record->trigger_its_ms = record->reference_its_ms;
        model->counters.triggers++;
    } else {
        model->counters.updates++;
    }
    put_out(model, &copy,
            reason == STEPDEN_DEN_REASON_NEW ? STEPDEN_DEN_TRIGGER
                                             : STEPDEN_DEN_UPDATE,
            reason, copy.event_id);
}

void model_send_cancellation(struct model *model, struct model_record *record,
                             enum stepden_den_reason reason)
{
    static struct model_message message;
    struct stepden_management_container *management =
        &message.denm.management_container;
    char id[STEPDEN_OUTPUT_ID_SIZE];

    memset(&message, 0, sizeof message);
    strcpy(message.event_id, record->event_id);
    message.choice.between_ddeg = -1;
    message.choice.bearing_ddeg = -1;
    stepden_denm_data_init(&message.denm);
    message.denm.station_id = record->sent.action_id.originating_station_id;
    *management = record->sent;
    management->has_termination = true;
    management->termination = STEPDEN_TERMINATION_IS_CANCELLATION;
    management->has_transmission_interval = false; /* none to forward */
    management->detection_time_its_ms =
        model_max(model->now.its_ms, record->detection_its_ms);
    management->validity_duration_s = (uint32_t)model_min(
        model_seconds(record->valid_ms - model->now.mono_ms -
                      (management->detection_time_its_ms - model->now.its_ms)),
        24 * 60 * 60); /* more cannot be said */
    send_new(model, record, &message);
    model->counters.cancellations++;
    snprintf(id, sizeof id, "%s/cancellation", record->event_id);
    put_out(model, &message, STEPDEN_DEN_CANCELLATION, reason, id);
}

void model_send_repetition(struct model *model, struct model_record *record)
{
    char id[STEPDEN_OUTPUT_ID_SIZE];

    if (model_repeated_until(model, record) <= model->now.mono_ms) {
        model_drop_repeated(record); /* too late */
        return;
    }
    record->beat = (model->now.mono_ms - record->sent_ms) /
                   model->config.denm.repetition_interval_ms;
    model->counters.repetitions++;
    snprintf(id, sizeof id, "%s%s/r%lld", record->repeated->event_id,
             record->active ? "" : "/cancellation",
             (long long)(record->beats_before + record->beat));
    put_out(model, record->repeated, STEPDEN_DEN_REPETITION,
            STEPDEN_DEN_REASON_REPEATED, id);
    if (!record->is_claimed)
        model_keep(model, record);
}
