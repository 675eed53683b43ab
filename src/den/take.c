#include "den/take.h"

#include <stdlib.h>
#include <string.h>

#include "base/compare.h"
#include "den/keep.h"
#include "den/life.h"
#include "den/send.h"

static uint64_t *counter_of(struct stepden_den *den, enum stepden_den_skip why)
{
    switch (why) {
    case STEPDEN_DEN_SKIP_NOT_NEWER:
        return &den->counters.not_newer;
    case STEPDEN_DEN_SKIP_EXPIRED:
        return &den->counters.expired;
    case STEPDEN_DEN_SKIP_TOO_SOON:
        return &den->counters.held_back;
    case STEPDEN_DEN_SKIP_HOLD_OFF:
        return &den->counters.held_off;
    case STEPDEN_DEN_SKIP_FULL:
        return &den->counters.refused_full;
    case STEPDEN_DEN_SKIP_ACTION_ID:
        return &den->counters.refused_action_id;
    }
    abort();
}

/* `record` is the event that the target belongs to, or NULL. */
static void skip(struct stepden_den *den, const struct stepden_record *record,
                 const struct stepden_origin *origin, enum stepden_den_skip why)
{
    struct stepden_action_id action_id;

    ++*counter_of(den, why);
    if (!den->sink.skip)
        return;
    if (record)
        action_id = stepden_den_action_id(den, record->number);
    den->sink.skip(den->sink.ctx, origin->event_id, record ? &action_id : NULL,
                   why);
}

/* A running event changes its sub-cause only after some confirmations. */
static struct stepden_ruling confirm(struct stepden_record *record,
                                     struct stepden_ruling choice,
                                     uint8_t confirmations)
{
    if (choice.sub_cause == record->sub_cause) {
        record->confirmed = 0;
    } else if (choice.sub_cause == record->candidate && record->confirmed > 0) {
        record->confirmed++;
    } else {
        record->candidate = choice.sub_cause;
        record->confirmed = 1;
    }

    if (record->confirmed > 0 && record->confirmed < confirmations) {
        choice.sub_cause = record->sub_cause;
        choice.rule = record->rule;
    } else {
        record->candidate = choice.sub_cause;
        record->confirmed = 0;
    }
    return choice;
}

static void adopt_times(struct stepden_record *record,
                        const struct stepden_prediction *prediction,
                        struct stepden_now now)
{
    int64_t collision_its_ms =
        prediction->creation_its_ms + prediction->target->time_to_collision_ms;

    record->creation_its_ms = prediction->creation_its_ms;
    record->update_mono_ms = now.mono_ms;
    record->collision_mono_ms = now.mono_ms + (collision_its_ms - now.its_ms);
}

static struct stepden_mover
mover_of(const struct stepden_collision_station *station)
{
    return (struct stepden_mover){
        .latitude_e7 = station->position.latitude_e7,
        .longitude_e7 = station->position.longitude_e7,
        .speed_cm_s =
            station->has_speed ? (int16_t)station->speed.value_cm_s : -1,
        .heading_ddeg =
            station->has_heading ? (int16_t)station->heading.value_ddeg : -1,
        .station_type = station->station_type,
    };
}

static void adopt_movers(struct stepden_record *record,
                         const struct stepden_prediction *prediction)
{
    record->has_movers = true;
    record->reference = mover_of(prediction->reference);
    record->target = mover_of(prediction->target);
}

static void adopt_choice(struct stepden_record *record,
                         struct stepden_origin *origin,
                         const struct stepden_ruling *choice)
{
    record->sub_cause = choice->sub_cause;
    record->rule = choice->rule;
    origin->choice = (struct stepden_den_choice){
        .sub_cause = choice->sub_cause,
        .rule = (enum stepden_den_rule)choice->rule,
        .candidate = record->candidate,
        .confirmed = record->confirmed,
        .between_ddeg = choice->between_ddeg,
        .bearing_ddeg = choice->bearing_ddeg,
    };
}

static struct stepden_ruling choose(const struct stepden_den *den,
                                    const struct stepden_prediction *prediction)
{
    return stepden_sub_cause_choose(&den->settings.denm, prediction->reference,
                                    prediction->target);
}

/* Makes the service's `denm`. */
static void map(struct stepden_den *den, const struct stepden_record *record,
                const struct stepden_prediction *prediction,
                struct stepden_ruling choice, int64_t detection_its_ms)
{
    struct stepden_frame frame = {
        .action_id = stepden_den_action_id(den, record->number),
        .detection_its_ms = detection_its_ms,
        .choice = choice,
    };
    stepden_mapping_fill(&den->denm, &den->settings, prediction, &frame);
}

static void update(struct stepden_den *den, uint32_t handle,
                   const struct stepden_prediction *prediction,
                   struct stepden_origin *origin, struct stepden_now now)
{
    struct stepden_record *record = stepden_store_at(&den->store, handle);
    struct stepden_ruling choice =
        confirm(record, choose(den, prediction),
                den->settings.denm.sub_cause.confirmations);
    int64_t detection_its_ms =
        stepden_smaller(prediction->creation_its_ms, now.its_ms);

    adopt_times(record, prediction, now);
    adopt_movers(record, prediction);
    adopt_choice(record, origin, &choice);
    map(den, record, prediction, choice,
        stepden_larger(detection_its_ms, record->detection_its_ms));
    if (now.mono_ms - record->sent_mono_ms <
            den->settings.denm.min_update_interval_ms &&
        stepden_send_hold(record, origin, &den->denm)) {
        skip(den, record, origin, STEPDEN_DEN_SKIP_TOO_SOON);
    } else {
        stepden_send_live(den, record, STEPDEN_DEN_REASON_NEWER, origin,
                          &den->denm, now);
        stepden_send_drop_held(record);
    }
    stepden_keep(den, record, now);
    stepden_life_schedule(den, handle);
}

/* A record with an action id of its own, or STEPDEN_HANDLE_NONE. */
static uint32_t open(struct stepden_den *den,
                     const struct stepden_origin *origin)
{
    if (den->action_ids.in_use == den->action_ids.total) {
        skip(den, NULL, origin, STEPDEN_DEN_SKIP_ACTION_ID);
        return STEPDEN_HANDLE_NONE;
    }
    if (den->store.count >= den->settings.denm.max_records) {
        skip(den, NULL, origin, STEPDEN_DEN_SKIP_FULL);
        return STEPDEN_HANDLE_NONE;
    }

    uint32_t number = stepden_action_ids_take(&den->action_ids);
    uint32_t handle = stepden_store_add(&den->store, number);
    if (handle == STEPDEN_HANDLE_NONE) {
        stepden_action_ids_release(&den->action_ids, number);
        skip(den, NULL, origin, STEPDEN_DEN_SKIP_FULL);
    }
    return handle;
}

static struct stepden_parties
parties_of(const struct stepden_collision_station *reference,
           const struct stepden_collision_station *target)
{
    return (struct stepden_parties){
        .reference_station_id = reference->station_id,
        .reference_object_id = reference->object_id,
        .target_station_id = target->station_id,
        .target_object_id = target->object_id,
    };
}

static void trigger(struct stepden_den *den,
                    const struct stepden_prediction *prediction,
                    struct stepden_origin *origin, struct stepden_now now)
{
    uint32_t handle = open(den, origin);
    if (handle == STEPDEN_HANDLE_NONE)
        return;

    struct stepden_record *record = stepden_store_at(&den->store, handle);
    struct stepden_ruling choice = choose(den, prediction);
    record->parties = parties_of(prediction->reference, prediction->target);
    record->trigger_its_ms = now.its_ms;
    record->hold_off_mono_ms = INT64_MIN;
    record->candidate = choice.sub_cause;
    memcpy(record->event_id, origin->event_id, sizeof record->event_id);
    adopt_times(record, prediction, now);
    adopt_movers(record, prediction);
    adopt_choice(record, origin, &choice);
    map(den, record, prediction, choice,
        stepden_smaller(prediction->creation_its_ms, now.its_ms));

    stepden_den_follow(den, record->number, now.its_ms);
    stepden_store_link(&den->store, handle);
    den->counters.active++;
    den->counters.reserved++;
    stepden_send_live(den, record, STEPDEN_DEN_REASON_NEW, origin, &den->denm,
                      now);
    stepden_keep(den, record, now);
    stepden_life_schedule(den, handle);
}

/* The collision of this newer prediction is over: the event ends by it. */
static void finish(struct stepden_den *den, uint32_t handle,
                   const struct stepden_prediction *prediction,
                   struct stepden_now now)
{
    struct stepden_record *record = stepden_store_at(&den->store, handle);

    adopt_times(record, prediction, now);
    stepden_keep(den, record, now);
    stepden_life_schedule(den, handle);
}

static bool is_over(const struct stepden_den *den,
                    const struct stepden_prediction *prediction,
                    struct stepden_now now)
{
    return prediction->creation_its_ms +
               prediction->target->time_to_collision_ms +
               den->settings.time_after_collision_s * INT64_C(1000) <=
           now.its_ms;
}

/*
 * The last record of these parties. An active one that is over without its end
 * having been run gives way.
 */
static uint32_t find(struct stepden_den *den,
                     const struct stepden_prediction *prediction,
                     struct stepden_now now)
{
    struct stepden_parties parties =
        parties_of(prediction->reference, prediction->target);
    uint32_t handle = stepden_store_find_parties(&den->store, &parties);
    if (handle == STEPDEN_HANDLE_NONE)
        return handle;

    const struct stepden_record *record = stepden_store_at(&den->store, handle);
    if (record->ended || record->valid_mono_ms > now.mono_ms)
        return handle;
    stepden_life_expire(den, handle);
    return STEPDEN_HANDLE_NONE;
}

static void take_first(struct stepden_den *den,
                       const struct stepden_prediction *prediction,
                       struct stepden_origin *origin, struct stepden_now now)
{
    if (is_over(den, prediction, now))
        skip(den, NULL, origin, STEPDEN_DEN_SKIP_EXPIRED);
    else
        trigger(den, prediction, origin, now);
}

void stepden_take_expect(const struct stepden_den *den)
{
    const struct stepden_targets *targets = &den->targets;
    struct stepden_parties parties[STEPDEN_TARGETS_MAX];

    for (uint32_t i = 0; i < targets->count; i++) {
        parties[i] = parties_of(targets->reference, targets->item[i].station);
        stepden_store_fetch_place(&den->store, &parties[i]);
    }
    for (uint32_t i = 0; i < targets->count; i++)
        stepden_store_fetch_record(&den->store, &parties[i]);
}

void stepden_take_prediction(struct stepden_den *den,
                             const struct stepden_prediction *prediction,
                             struct stepden_origin *origin,
                             struct stepden_now now)
{
    uint32_t handle = find(den, prediction, now);
    if (handle == STEPDEN_HANDLE_NONE) {
        take_first(den, prediction, origin, now);
        return;
    }

    const struct stepden_record *record = stepden_store_at(&den->store, handle);
    if (record->ended && record->hold_off_mono_ms > now.mono_ms) {
        skip(den, record, origin, STEPDEN_DEN_SKIP_HOLD_OFF);
    } else if (prediction->creation_its_ms <= record->creation_its_ms) {
        skip(den, record, origin, STEPDEN_DEN_SKIP_NOT_NEWER);
    } else if (record->ended) {
        take_first(den, prediction, origin, now);
    } else if (is_over(den, prediction, now)) {
        finish(den, handle, prediction, now);
        skip(den, record, origin, STEPDEN_DEN_SKIP_EXPIRED);
    } else {
        update(den, handle, prediction, origin, now);
    }
}
