#include <stepden/den.h>

#include "den/life.h"

/*
 * The active record of the action id, or STEPDEN_HANDLE_NONE. One that is over
 * without its end having been run gives way.
 */
static uint32_t find_active(struct stepden_den *den,
                            const struct stepden_action_id *action_id,
                            struct stepden_now now)
{
    uint32_t number = stepden_den_number(den, action_id);
    if (number == STEPDEN_NUMBER_NONE)
        return STEPDEN_HANDLE_NONE;
    uint32_t handle = stepden_store_find_number(&den->store, number);
    if (handle == STEPDEN_HANDLE_NONE ||
        stepden_store_at(&den->store, handle)->ended)
        return STEPDEN_HANDLE_NONE;
    if (stepden_store_at(&den->store, handle)->valid_mono_ms > now.mono_ms)
        return handle;
    stepden_life_expire(den, handle);
    return STEPDEN_HANDLE_NONE;
}

/* Its validity is over, or it is about an earlier event of the action id. */
static bool is_outdated(const struct stepden_management_container *negation,
                        const struct stepden_record *record, int64_t now_its_ms)
{
    int64_t end_its_ms = negation->detection_time_its_ms +
                         negation->validity_duration_s * INT64_C(1000);
    return end_its_ms < now_its_ms ||
           negation->reference_time_its_ms < record->trigger_its_ms;
}

enum stepden_den_verdict
stepden_den_take_denm(struct stepden_den *den,
                      const struct stepden_denm_data *denm,
                      struct stepden_now now)
{
    const struct stepden_management_container *management =
        &denm->management_container;

    if (!management->has_termination ||
        management->termination != STEPDEN_TERMINATION_IS_NEGATION) {
        den->counters.denms_live++;
        return STEPDEN_DEN_LIVE;
    }
    if (stepden_den_is_ours(den, &management->action_id) &&
        stepden_den_number(den, &management->action_id) == STEPDEN_NUMBER_NONE)
        den->counters.misrouted++;
    uint32_t handle = find_active(den, &management->action_id, now);
    if (handle == STEPDEN_HANDLE_NONE) {
        den->counters.negations_unknown++;
        return STEPDEN_DEN_UNKNOWN;
    }
    if (is_outdated(management, stepden_store_at(&den->store, handle),
                    now.its_ms)) {
        den->counters.negations_outdated++;
        return STEPDEN_DEN_OUTDATED;
    }
    den->counters.negations++;
    stepden_life_negate(den, handle, now);
    return STEPDEN_DEN_NEGATED;
}
