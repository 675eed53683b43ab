#include "den/sight.h"

#include "den/service.h"

static struct stepden_sight sight_of(const struct stepden_den *den,
                                     const struct stepden_record *record)
{
    return (struct stepden_sight){
        .action_id = stepden_den_action_id(den, record->number),
        .parties = record->parties,
        .position = record->position,
        .sub_cause = record->sub_cause,
        .has_distance = record->has_distance,
        .distance_m = record->distance_m,
        .trigger_its_ms = record->trigger_its_ms,
        .creation_its_ms = record->creation_its_ms,
        .update_mono_ms = record->update_mono_ms,
        .sent_mono_ms = record->sent_mono_ms,
        .collision_mono_ms = record->collision_mono_ms,
        .valid_mono_ms = record->valid_mono_ms,
        .has_movers = record->has_movers,
        .reference = record->reference,
        .target = record->target,
    };
}

/* From the latest number back: those of active events are near it. */
void stepden_sight_each(const struct stepden_den *den, stepden_sight_see *see,
                        void *ctx)
{
    uint32_t total = den->action_ids.total;
    uint64_t left = den->counters.active;
    for (uint32_t i = 1; i <= total && left > 0; i++) {
        uint32_t number = (den->action_ids.next + total - i) % total;
        uint32_t handle = stepden_store_find_number(&den->store, number);
        if (handle == STEPDEN_HANDLE_NONE)
            continue;
        const struct stepden_record *record =
            stepden_store_at(&den->store, handle);
        if (record->ended)
            continue;
        struct stepden_sight sight = sight_of(den, record);
        see(ctx, &sight);
        left--;
    }
}
