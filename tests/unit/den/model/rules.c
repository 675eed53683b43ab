/* How an event begins, goes on and ends. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model.h"

static int64_t max(int64_t one, int64_t other)
{
    return one > other ? one : other;
}

static int64_t min(int64_t one, int64_t other)
{
    return one < other ? one : other;
}

static int64_t seconds_rounded_up(int64_t ms)
{
    return max(1, (ms + 999) / 1000);
}

/* Times of a record */

static int64_t validity_s(const struct model *model, int64_t until_collision_ms)
{
    return seconds_rounded_up(
        until_collision_ms + model->config.time_after_collision_s * 1000 +
        model->config.denm_last_update_max_delay_ms +
        model->config.denm_check_last_update_max_interval_ms);
}

static int64_t stale_at(const struct model *model,
                        const struct model_record *record)
{
    return record->updated_ms + model->config.denm_last_update_max_delay_ms;
}

static int64_t over_at(const struct model *model, int64_t collision_ms)
{
    return collision_ms + model->config.time_after_collision_s * 1000;
}

static int64_t held_until(const struct model *model,
                          const struct model_record *record)
{
    return record->sent_ms + model->config.denm.min_update_interval_ms;
}

static int64_t repeated_until(const struct model *model,
                              const struct model_record *record)
{
    return min(record->sent_ms + model->config.denm.repetition_duration_ms,
               record->valid_ms);
}

static int64_t next_beat_at(const struct model *model,
                            const struct model_record *record)
{
    int64_t at_ms =
        record->sent_ms +
        (record->beat + 1) * model->config.denm.repetition_interval_ms;
    bool is_due = record->repeated && at_ms < repeated_until(model, record);
    return is_due ? at_ms : INT64_MAX;
}

int64_t model_due_at(const struct model *model,
                     const struct model_record *record)
{
    int64_t beat_ms = next_beat_at(model, record);
    if (!record->active)
        return min(beat_ms, max(record->valid_ms, record->hold_off_ms));

    int64_t end_ms =
        min(stale_at(model, record), over_at(model, record->collision_ms));
    int64_t held_ms = record->held ? held_until(model, record) : INT64_MAX;
    return min(min(end_ms, record->valid_ms), min(held_ms, beat_ms));
}

/* Sending */

static void hold(struct model_record *record,
                 const struct model_message *message)
{
    if (!record->held)
        record->held = malloc(sizeof *record->held);
    *record->held = *message;
}

static void drop_held(struct model_record *record)
{
    free(record->held);
    record->held = NULL;
}

static void drop_repeated(struct model_record *record)
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
    record->beat = max(0, model->now.mono_ms - record->sent_ms) /
                   model->config.denm.repetition_interval_ms;
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

    management->reference_time_its_ms =
        max(max(model->now.its_ms, management->detection_time_its_ms),
            record->reference_its_ms + 1);
    record->detection_its_ms = management->detection_time_its_ms;
    record->reference_its_ms = management->reference_time_its_ms;
    record->sent = *management;
    record->sent_ms = model->now.mono_ms;
    record->valid_ms =
        model->now.mono_ms +
        (management->detection_time_its_ms +
         management->validity_duration_s * INT64_C(1000) - model->now.its_ms);
    drop_held(record);
    drop_repeated(record);
    model_repeat(model, record, message);
}

static void send_live(struct model *model, struct model_record *record,
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

static void send_cancellation(struct model *model, struct model_record *record,
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
        max(model->now.its_ms, record->detection_its_ms);
    management->validity_duration_s =
        (uint32_t)min(seconds_rounded_up(record->valid_ms - model->now.mono_ms),
                      24 * 60 * 60); /* more cannot be said */
    send_new(model, record, &message);
    model->counters.cancellations++;
    snprintf(id, sizeof id, "%s/cancellation", record->event_id);
    put_out(model, &message, STEPDEN_DEN_CANCELLATION, reason, id);
}

/* The latest beat until now, however late, of those before the end. */
static int64_t latest_beat(const struct model *model,
                           const struct model_record *record)
{
    int64_t last_ms = repeated_until(model, record) - 1;
    return (min(model->now.mono_ms, last_ms) - record->sent_ms) /
           model->config.denm.repetition_interval_ms;
}

static void send_repetition(struct model *model, struct model_record *record)
{
    char id[STEPDEN_OUTPUT_ID_SIZE];

    record->beat = latest_beat(model, record);
    model->counters.repetitions++;
    snprintf(id, sizeof id, "%s%s/r%lld", record->repeated->event_id,
             record->active ? "" : "/cancellation", (long long)record->beat);
    put_out(model, record->repeated, STEPDEN_DEN_REPETITION,
            STEPDEN_DEN_REASON_REPEATED, id);
}

/* Ends */

static void expire(struct model *model, struct model_record *record)
{
    model->counters.expired_records++;
    model_forget(model, record);
}

static void end_unsaid(struct model *model, struct model_record *record)
{
    record->active = false;
    drop_held(record);
    drop_repeated(record);
    model_keep(model, record);
}

static void cancel(struct model *model, struct model_record *record,
                   enum stepden_den_reason reason)
{
    record->active = false;
    send_cancellation(model, record, reason);
    model_keep(model, record);
}

void model_negate(struct model *model, struct model_record *record)
{
    record->is_negated = true;
    record->hold_off_ms =
        model->now.mono_ms + model->config.denm.negation_hold_off_ms;
    end_unsaid(model, record);
}

static void end(struct model *model, struct model_record *record)
{
    int64_t stale_ms = stale_at(model, record);
    int64_t over_ms = over_at(model, record->collision_ms);
    bool says_nothing = model->config.denm.after_collision ==
                        STEPDEN_CONFIG_DENM_AFTER_COLLISION_EXPIRE;

    if (stale_ms < over_ms) {
        cancel(model, record, STEPDEN_DEN_REASON_STALE);
    } else if (says_nothing) {
        model->counters.expired_records++;
        end_unsaid(model, record);
    } else {
        cancel(model, record, STEPDEN_DEN_REASON_OVER);
    }
}

static bool is_due(const struct model *model, int64_t at_ms)
{
    return at_ms <= model->now.mono_ms;
}

static void go_on(struct model *model, struct model_record *record)
{
    if (is_due(model, record->valid_ms)) {
        expire(model, record);
    } else if (is_due(model, stale_at(model, record)) ||
               is_due(model, over_at(model, record->collision_ms))) {
        end(model, record);
    } else if (record->held && is_due(model, held_until(model, record))) {
        send_live(model, record, record->held, STEPDEN_DEN_REASON_HELD);
        model_keep(model, record);
    } else {
        send_repetition(model, record);
    }
}

void model_do_due(struct model *model, struct model_record *record)
{
    if (record->active)
        go_on(model, record);
    else if (is_due(model, max(record->valid_ms, record->hold_off_ms)))
        model_forget(model, record);
    else
        send_repetition(model, record);
}

/* Predictions */

/* Notes the choice for one more prediction; true sub-causes are stubborn. */
static void confirm(const struct model *model, struct model_record *record,
                    const struct stepden_choice *choice)
{
    if (choice->sub_cause == record->sub_cause) {
        record->confirmed = 0;
        record->rule = choice->rule;
    } else if (record->confirmed > 0 &&
               choice->sub_cause == record->candidate) {
        record->confirmed++;
    } else {
        record->confirmed = 1;
    }
    record->candidate = choice->sub_cause;
    if (record->confirmed >= model->config.denm.sub_cause.confirmations) {
        record->sub_cause = choice->sub_cause;
        record->rule = choice->rule;
        record->confirmed = 0;
    }
}

/* The DENM of this prediction. */
static struct model_message *make(struct model *model,
                                  const struct model_record *record,
                                  const struct model_prediction *target,
                                  const struct stepden_choice *choice)
{
    struct model_message *message = &model->message;
    struct stepden_frame frame = {
        .action_id = model_action_id(model, record->number),
        .detection_its_ms =
            max(min(target->prediction.creation_its_ms, model->now.its_ms),
                record->detection_its_ms),
        .choice = *choice,
    };
    frame.choice.sub_cause = record->sub_cause;

    memset(message, 0, sizeof *message);
    strcpy(message->event_id, target->event_id);
    strcpy(message->traceparent, target->traceparent);
    message->choice = (struct stepden_den_choice){
        record->sub_cause, record->rule,         record->candidate,
        record->confirmed, choice->between_ddeg, choice->bearing_ddeg,
    };
    stepden_denm_data_init(&message->denm);
    stepden_mapping_fill(&message->denm, &model->config, &target->prediction,
                         &frame);
    message->denm.management_container.validity_duration_s =
        (uint32_t)validity_s(model,
                             target->prediction.target->time_to_collision_ms);
    return message;
}

static void skip(struct model *model, const struct model_prediction *target,
                 enum stepden_den_skip why, uint64_t *counter)
{
    ++*counter;
    model->sink.skip(model->sink.ctx, target->event_id, why);
}

static void note(struct model *model, struct model_record *record,
                 const struct model_prediction *target)
{
    record->creation_its_ms = target->prediction.creation_its_ms;
    record->updated_ms = model->now.mono_ms;
    record->collision_ms = target->collision_ms;
}

static void update(struct model *model, struct model_record *record,
                   const struct model_prediction *target,
                   const struct stepden_choice *choice)
{
    note(model, record, target);
    confirm(model, record, choice);
    struct model_message *message = make(model, record, target, choice);
    if (model->now.mono_ms < held_until(model, record)) {
        hold(record, message);
        skip(model, target, STEPDEN_DEN_SKIP_TOO_SOON,
             &model->counters.held_back);
    } else {
        send_live(model, record, message, STEPDEN_DEN_REASON_NEWER);
    }
    model_keep(model, record);
}

static void trigger(struct model *model, const struct model_prediction *target,
                    const struct stepden_den_record_key *parties,
                    const struct stepden_choice *choice)
{
    uint32_t number = model_free_number(model);
    if (number == UINT32_MAX) {
        skip(model, target, STEPDEN_DEN_SKIP_ACTION_ID,
             &model->counters.refused_action_id);
        return;
    }
    if (model->count == model->config.denm.max_records) {
        skip(model, target, STEPDEN_DEN_SKIP_FULL,
             &model->counters.refused_full);
        return;
    }

    struct model_record *record = model_add(model, number);
    record->parties = *parties;
    record->active = true;
    strcpy(record->event_id, target->event_id);
    record->sub_cause = choice->sub_cause;
    record->candidate = choice->sub_cause;
    record->rule = choice->rule;
    note(model, record, target);
    send_live(model, record, make(model, record, target, choice),
              STEPDEN_DEN_REASON_NEW);
    model->last_number = number;
    model_note_trigger(model, record);
    model_keep(model, record);
}

void model_take(struct model *model, const struct model_prediction *target)
{
    const struct stepden_prediction *prediction = &target->prediction;
    struct stepden_den_record_key parties = {
        .reference_station_id = prediction->reference->station_id,
        .reference_object_id = prediction->reference->object_id,
        .target_station_id = prediction->target->station_id,
        .target_object_id = prediction->target->object_id,
    };
    struct stepden_choice choice = stepden_sub_cause_choose(
        &model->config, prediction->reference, prediction->target);
    struct model_record *record = model_find_active(model, &parties);
    bool is_over = over_at(model, target->collision_ms) < model->now.mono_ms;

    if (record && is_due(model, record->valid_ms)) {
        expire(model, record); /* nobody knows it any more */
        record = NULL;
    }
    if (record && prediction->creation_its_ms <= record->creation_its_ms) {
        skip(model, target, STEPDEN_DEN_SKIP_NOT_NEWER,
             &model->counters.not_newer);
    } else if (!record && model_is_held_off(model, &parties)) {
        skip(model, target, STEPDEN_DEN_SKIP_HOLD_OFF,
             &model->counters.held_off);
    } else if (is_over) {
        skip(model, target, STEPDEN_DEN_SKIP_EXPIRED, &model->counters.expired);
        if (record) { /* it ends at the next run */
            note(model, record, target);
            model_keep(model, record);
        }
    } else if (record) {
        update(model, record, target, &choice);
    } else {
        trigger(model, target, &parties, &choice);
    }
}
