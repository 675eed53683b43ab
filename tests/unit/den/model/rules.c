/* How an event begins, goes on and ends. From below: what is made of a
 * prediction, what is due for an event, how it ends, and when. */
#include <string.h>

#include "sending.h"

/* Times of a record */

static int64_t validity_s(const struct model *model, int64_t until_collision_ms)
{
    return model_seconds(until_collision_ms +
                         model->config.time_after_collision_s * 1000 +
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

/* Receivers must not forget the event while its update waits. */
static int64_t held_due_at(const struct model *model,
                           const struct model_record *record)
{
    return model_min(held_until(model, record),
                     record->valid_ms -
                         model->config.denm_check_last_update_max_interval_ms);
}

static int64_t next_beat_at(const struct model *model,
                            const struct model_record *record)
{
    int64_t at_ms =
        record->sent_ms +
        (record->beat + 1) * model->config.denm.repetition_interval_ms;
    bool is_due =
        record->repeated && at_ms < model_repeated_until(model, record);
    return is_due ? at_ms : INT64_MAX;
}

int64_t model_due_at(const struct model *model,
                     const struct model_record *record)
{
    int64_t beat_ms = next_beat_at(model, record);
    if (!record->active)
        return model_min(beat_ms,
                         model_max(record->valid_ms, record->hold_off_ms));

    int64_t end_ms = model_min(stale_at(model, record),
                               over_at(model, record->collision_ms));
    int64_t held_ms = record->held ? held_due_at(model, record) : INT64_MAX;
    return model_min(model_min(end_ms, record->valid_ms),
                     model_min(held_ms, beat_ms));
}

/* Ends */

void model_expire(struct model *model, struct model_record *record)
{
    model->counters.expired_records++;
    model_forget(model, record);
}

static void end_unsaid(struct model *model, struct model_record *record)
{
    record->active = false;
    model_drop_held(record);
    model_drop_repeated(record);
    model_keep(model, record);
}

static void cancel(struct model *model, struct model_record *record,
                   enum stepden_den_reason reason)
{
    record->active = false;
    model_send_cancellation(model, record, reason);
    model_keep(model, record);
}

void model_negate(struct model *model, struct model_record *record)
{
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

/* After a step of the clock its validity may be over: it is of no use then. */
static void release_held(struct model *model, struct model_record *record)
{
    const struct stepden_management_container *held =
        &record->held->denm.management_container;

    if (held->detection_time_its_ms +
            held->validity_duration_s * INT64_C(1000) >
        model->now.its_ms)
        model_send_live(model, record, record->held, STEPDEN_DEN_REASON_HELD);
    model_drop_held(record);
}

static void go_on(struct model *model, struct model_record *record)
{
    if (is_due(model, record->valid_ms)) {
        model_expire(model, record);
    } else if (is_due(model, stale_at(model, record)) ||
               is_due(model, over_at(model, record->collision_ms))) {
        end(model, record);
    } else if (record->held && is_due(model, held_due_at(model, record))) {
        release_held(model, record);
        model_keep(model, record);
    } else {
        model_send_repetition(model, record);
    }
}

void model_do_due(struct model *model, struct model_record *record)
{
    if (record->active)
        go_on(model, record);
    else if (is_due(model, model_max(record->valid_ms, record->hold_off_ms)))
        model_forget(model, record);
    else
        model_send_repetition(model, record);
}

/* Predictions */

/* One more prediction. Only if several in a row agree on another sub-cause, the
 * event gets that one. */
static void confirm(const struct model *model, struct model_record *record,
                    const struct stepden_ruling *choice)
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
                                  const struct stepden_ruling *choice)
{
    struct model_message *message = &model->message;
    struct stepden_frame frame = {
        .action_id = model_action_id(model, record->number),
        .detection_its_ms = model_max(
            model_min(target->prediction.creation_its_ms, model->now.its_ms),
            record->detection_its_ms),
        .choice = *choice,
    };
    struct stepden_settings settings = stepden_settings_of(&model->config);
    frame.choice.sub_cause = record->sub_cause;

    memset(message, 0, sizeof *message);
    strcpy(message->event_id, target->event_id);
    strcpy(message->traceparent, target->traceparent);
    message->choice = (struct stepden_den_choice){
        record->sub_cause, record->rule,         record->candidate,
        record->confirmed, choice->between_ddeg, choice->bearing_ddeg,
    };
    stepden_denm_data_init(&message->denm);
    stepden_mapping_fill(&message->denm, &settings, &target->prediction,
                         &frame);
    message->denm.management_container.validity_duration_s =
        (uint32_t)validity_s(
            model, target->prediction.target->time_to_collision_ms +
                       model_max(0, target->prediction.creation_its_ms -
                                        frame.detection_its_ms));
    return message;
}

/* `record` is that of the event which it would have been for. */
static void skip(struct model *model, const struct model_prediction *target,
                 const struct model_record *record, enum stepden_den_skip why,
                 uint64_t *counter)
{
    struct stepden_action_id id =
        model_action_id(model, record ? record->number : 0);

    ++*counter;
    model->sink.skip(model->sink.ctx, target->event_id, record ? &id : NULL,
                     why);
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
                   const struct stepden_ruling *choice)
{
    note(model, record, target);
    confirm(model, record, choice);
    struct model_message *message = make(model, record, target, choice);
    if (model->now.mono_ms < held_until(model, record)) {
        model_hold(record, message);
        skip(model, target, record, STEPDEN_DEN_SKIP_TOO_SOON,
             &model->counters.held_back);
    } else {
        model_send_live(model, record, message, STEPDEN_DEN_REASON_NEWER);
    }
    model_keep(model, record);
}

static void trigger(struct model *model, const struct model_prediction *target,
                    const struct stepden_den_record_key *parties,
                    const struct stepden_ruling *choice)
{
    uint32_t number = model_free_number(model);
    if (number == UINT32_MAX) {
        skip(model, target, NULL, STEPDEN_DEN_SKIP_ACTION_ID,
             &model->counters.refused_action_id);
        return;
    }
    if (model->count >= model->config.denm.max_records) {
        skip(model, target, NULL, STEPDEN_DEN_SKIP_FULL,
             &model->counters.refused_full);
        return;
    }

    struct model_record *record = model_add(model, number);
    record->parties = *parties;
    model_make_last(model, record);
    record->active = true;
    strcpy(record->event_id, target->event_id);
    record->sub_cause = choice->sub_cause;
    record->candidate = choice->sub_cause;
    record->rule = choice->rule;
    note(model, record, target);
    model_send_live(model, record, make(model, record, target, choice),
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
    struct stepden_ruling choice = stepden_sub_cause_choose(
        &model->config.denm, prediction->reference, prediction->target);
    struct model_record *record = model_find_last(model, &parties);
    bool is_over = is_due(model, over_at(model, target->collision_ms));

    if (record && record->active && is_due(model, record->valid_ms)) {
        model_expire(model, record); /* nobody knows it any more */
        record = NULL;
    }
    if (record && !record->active && !is_due(model, record->hold_off_ms)) {
        skip(model, target, record, STEPDEN_DEN_SKIP_HOLD_OFF,
             &model->counters.held_off);
    } else if (record &&
               prediction->creation_its_ms <= record->creation_its_ms) {
        skip(model, target, record, STEPDEN_DEN_SKIP_NOT_NEWER,
             &model->counters.not_newer);
    } else if (is_over) {
        bool runs = record && record->active;
        skip(model, target, runs ? record : NULL, STEPDEN_DEN_SKIP_EXPIRED,
             &model->counters.expired);
        if (runs) { /* it ends at the next run */
            note(model, record, target);
            model_keep(model, record);
        }
    } else if (record && record->active) {
        update(model, record, target, &choice);
    } else {
        trigger(model, target, &parties, &choice);
    }
}
