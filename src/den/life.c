#include "den/life.h"

#include "base/compare.h"
#include "den/keep.h"
#include "den/repetition.h"
#include "den/send.h"

static int64_t stale_at(const struct stepden_den *den,
                        const struct stepden_record *record)
{
    return record->update_mono_ms + den->settings.denm_last_update_max_delay_ms;
}

static int64_t over_at(const struct stepden_den *den,
                       const struct stepden_record *record)
{
    return record->collision_mono_ms +
           den->settings.time_after_collision_s * INT64_C(1000);
}

/* Early enough for receivers that would forget the event. */
static int64_t held_due_at(const struct stepden_den *den,
                           const struct stepden_record *record)
{
    if (!record->held)
        return INT64_MAX;
    return stepden_smaller(
        record->sent_mono_ms + den->settings.denm.min_update_interval_ms,
        record->valid_mono_ms -
            den->settings.denm_check_last_update_max_interval_ms);
}

/* When the event ends without a new prediction. */
static int64_t end_at(const struct stepden_den *den,
                      const struct stepden_record *record)
{
    return stepden_smaller(
        stepden_smaller(stale_at(den, record), over_at(den, record)),
        record->valid_mono_ms);
}

/* When the action id of an ended event is free, and its key too. */
static int64_t release_at(const struct stepden_record *record)
{
    return record->hold_off_mono_ms > record->valid_mono_ms
               ? record->hold_off_mono_ms
               : record->valid_mono_ms;
}

static int64_t due_at(const struct stepden_den *den,
                      const struct stepden_record *record)
{
    int64_t at_mono_ms =
        record->ended
            ? release_at(record)
            : stepden_smaller(end_at(den, record), held_due_at(den, record));
    return stepden_smaller(at_mono_ms, stepden_repetition_due_at(record));
}

void stepden_life_schedule(struct stepden_den *den, uint32_t handle)
{
    const struct stepden_record *record = stepden_store_at(&den->store, handle);
    stepden_store_schedule(&den->store, handle, due_at(den, record));
}

static void release(struct stepden_den *den, uint32_t handle)
{
    uint32_t number = stepden_store_at(&den->store, handle)->number;
    struct stepden_action_id action_id = stepden_den_action_id(den, number);

    stepden_store_remove(&den->store, handle);
    stepden_action_ids_release(&den->action_ids, number);
    den->counters.reserved--;
    if (den->sink.forget)
        den->sink.forget(den->sink.ctx, &action_id);
}

/* From active to ended: from now on the record only reserves its action id. */
static void end(struct stepden_den *den, uint32_t handle,
                int64_t hold_off_mono_ms, struct stepden_now now)
{
    struct stepden_record *record = stepden_store_at(&den->store, handle);

    record->ended = true;
    record->hold_off_mono_ms = hold_off_mono_ms;
    stepden_send_drop_held(record);
    den->counters.active--;
    stepden_keep(den, record, now);
    stepden_life_schedule(den, handle);
}

static void cancel(struct stepden_den *den, uint32_t handle,
                   enum stepden_den_reason reason, struct stepden_now now)
{
    stepden_send_cancellation(den, stepden_store_at(&den->store, handle),
                              reason, now);
    end(den, handle, INT64_MIN, now);
}

/* Without a message. */
static void end_silently(struct stepden_den *den, uint32_t handle,
                         int64_t hold_off_mono_ms, struct stepden_now now)
{
    stepden_repetition_stop(stepden_store_at(&den->store, handle));
    end(den, handle, hold_off_mono_ms, now);
}

void stepden_life_expire(struct stepden_den *den, uint32_t handle)
{
    den->counters.expired_records++;
    den->counters.active--;
    release(den, handle);
}

static void run_end(struct stepden_den *den, uint32_t handle,
                    struct stepden_now now)
{
    const struct stepden_record *record = stepden_store_at(&den->store, handle);
    bool is_over = over_at(den, record) <= stale_at(den, record);

    if (record->valid_mono_ms <= now.mono_ms) {
        stepden_life_expire(den, handle);
    } else if (is_over && den->settings.denm.after_collision ==
                              STEPDEN_CONFIG_DENM_AFTER_COLLISION_EXPIRE) {
        den->counters.expired_records++;
        end_silently(den, handle, INT64_MIN, now);
    } else {
        cancel(den, handle,
               is_over ? STEPDEN_DEN_REASON_OVER : STEPDEN_DEN_REASON_STALE,
               now);
    }
}

void stepden_life_negate(struct stepden_den *den, uint32_t handle,
                         struct stepden_now now)
{
    end_silently(den, handle,
                 now.mono_ms + den->settings.denm.negation_hold_off_ms, now);
}

/* The first one after a restart takes numbers that are not kept yet. */
static void repeat(struct stepden_den *den, struct stepden_record *record,
                   struct stepden_now now)
{
    stepden_send_repetition(den, record, now);
    if (record->repetition && !record->repetition->is_kept)
        stepden_keep(den, record, now);
}

void stepden_life_run(struct stepden_den *den, uint32_t handle,
                      struct stepden_now now)
{
    struct stepden_record *record = stepden_store_at(&den->store, handle);

    if (record->ended && release_at(record) <= now.mono_ms) {
        release(den, handle);
        return;
    }
    if (!record->ended && end_at(den, record) <= now.mono_ms) {
        run_end(den, handle, now);
        return;
    }
    if (held_due_at(den, record) <= now.mono_ms) {
        stepden_send_held(den, record, now);
        stepden_keep(den, record, now);
    }
    if (stepden_repetition_due_at(record) <= now.mono_ms)
        repeat(den, record, now);
    stepden_life_schedule(den, handle);
}
