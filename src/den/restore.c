#include <stepden/den.h>

#include <string.h>

#include "base/diag.h"
#include "den/keep.h"
#include "den/life.h"

void stepden_den_snapshot(struct stepden_den *den, stepden_den_keep *keep,
                          void *ctx, struct stepden_now now)
{
    for (uint32_t number = 0; number < den->action_ids.total; number++) {
        uint32_t handle = stepden_store_find_number(&den->store, number);
        if (handle == STEPDEN_HANDLE_NONE)
            continue;
        struct stepden_action_id action_id = stepden_den_action_id(den, number);
        keep(ctx, &action_id,
             stepden_keep_write(den, stepden_store_at(&den->store, handle),
                                now));
    }
}

static bool has_action_id(const struct stepden_stored_denm *stored,
                          const struct stepden_action_id *action_id)
{
    const struct stepden_action_id *own =
        &stored->denm.management_container.action_id;
    return own->originating_station_id == action_id->originating_station_id &&
           own->sequence_number == action_id->sequence_number;
}

/* What each change of a record changes some of. */
static bool is_same(const struct stepden_record *record,
                    const struct stepden_den_record *kept)
{
    struct stepden_parties parties = stepden_keep_parties(kept);
    int64_t creation_its_ms = kept->creation_time_its_ms;

    return record->ended == (kept->ended != 0) &&
           memcmp(&record->parties, &parties, sizeof parties) == 0 &&
           strcmp(record->event_id, kept->event_id) == 0 &&
           record->creation_its_ms == creation_its_ms &&
           record->trigger_its_ms == creation_its_ms + kept->trigger_after_ms &&
           record->detection_its_ms ==
               creation_its_ms + kept->detection_after_ms &&
           record->reference_its_ms ==
               creation_its_ms + kept->reference_after_ms &&
           (record->held != NULL) == kept->has_held;
}

static bool is_restored(const struct stepden_den *den,
                        const struct stepden_action_id *action_id,
                        const struct stepden_den_record *kept)
{
    uint32_t number = stepden_den_number(den, action_id);
    uint32_t handle = number == STEPDEN_NUMBER_NONE
                          ? STEPDEN_HANDLE_NONE
                          : stepden_store_find_number(&den->store, number);

    return handle != STEPDEN_HANDLE_NONE &&
           is_same(stepden_store_at(&den->store, handle), kept);
}

static bool has_active(const struct stepden_den *den,
                       const struct stepden_den_record *kept)
{
    struct stepden_parties parties = stepden_keep_parties(kept);
    uint32_t handle = stepden_store_find_parties(&den->store, &parties);

    return handle != STEPDEN_HANDLE_NONE &&
           !stepden_store_at(&den->store, handle)->ended;
}

static enum stepden_status refuse(struct stepden_diag *diag, const char *reason)
{
    return stepden_diag_set(diag, STEPDEN_ERR_INVALID, "", "%s", reason);
}

static enum stepden_status check_ids(const struct stepden_den *den,
                                     const struct stepden_action_id *action_id,
                                     const struct stepden_den_record *kept,
                                     struct stepden_diag *diag)
{
    uint32_t number = stepden_den_number(den, action_id);

    if (!stepden_den_is_ours(den, action_id))
        return refuse(diag, "the action id is not of a station of ours");
    if (number == STEPDEN_NUMBER_NONE)
        return refuse(diag, "the action id is of another partition");
    if (stepden_store_find_number(&den->store, number) != STEPDEN_HANDLE_NONE)
        return refuse(diag, "the action id is taken");
    if (kept->has_held && !has_action_id(&kept->held, action_id))
        return refuse(diag, "the held DENM has another action id");
    if (kept->has_repeated && !has_action_id(&kept->repeated.stored, action_id))
        return refuse(diag, "the repeated DENM has another action id");
    return STEPDEN_OK;
}

/* A message has it, or the next number depends on it; what the next message has
 * is later. */
static bool is_its(const struct stepden_den_record *kept, int64_t after_ms)
{
    int64_t its_ms = kept->creation_time_its_ms + after_ms;
    return its_ms >= 0 && its_ms < STEPDEN_ITS_MS_MAX;
}

/* An update is never in the future: when its clock was ahead of ours, what is
 * counted from it comes earlier, and has to fit into the record again. */
static enum stepden_status check_times(const struct stepden_den_record *kept,
                                       struct stepden_now now,
                                       struct stepden_diag *diag)
{
    const int64_t its[] = {kept->trigger_after_ms, kept->detection_after_ms,
                           kept->reference_after_ms};
    const int64_t others[] = {kept->sent_after_ms, kept->collision_after_ms,
                              kept->validity_after_ms, kept->hold_off_after_ms};
    int64_t ahead_ms =
        kept->creation_time_its_ms + kept->update_after_ms - now.its_ms;

    for (size_t i = 0; i < sizeof its / sizeof its[0]; i++)
        if (!is_its(kept, its[i]))
            return refuse(diag, "a time before 2004 or after 2143");
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (others[i] < ahead_ms - STEPDEN_ITS_MS_MAX)
            return refuse(diag, "times too far apart");
    return STEPDEN_OK;
}

static enum stepden_status check_state(const struct stepden_den *den,
                                       const struct stepden_den_record *kept,
                                       struct stepden_diag *diag)
{
    if (kept->has_held && kept->ended)
        return refuse(diag, "a DENM is held of an event that has ended");
    if (!kept->ended && has_active(den, kept))
        return refuse(diag, "another event of the same parties is active");
    return STEPDEN_OK;
}

/* Parties are found by their active event, else by the one predicted last. */
static void link_parties(struct stepden_den *den, uint32_t handle)
{
    const struct stepden_record *record = stepden_store_at(&den->store, handle);
    uint32_t other = stepden_store_find_parties(&den->store, &record->parties);

    if (record->ended && other != STEPDEN_HANDLE_NONE) {
        const struct stepden_record *found =
            stepden_store_at(&den->store, other);
        if (!found->ended || found->creation_its_ms > record->creation_its_ms)
            return;
    }
    stepden_store_link(&den->store, handle);
}

/* Sets what follows from the record being back. */
static void settle(struct stepden_den *den, uint32_t handle)
{
    const struct stepden_record *record = stepden_store_at(&den->store, handle);

    link_parties(den, handle);
    den->counters.active += !record->ended;
    den->counters.reserved++;
    stepden_den_follow(den, record->number, record->trigger_its_ms);
    stepden_life_schedule(den, handle);
}

enum stepden_status
stepden_den_restore(struct stepden_den *den,
                    const struct stepden_action_id *action_id,
                    const struct stepden_den_record *record,
                    struct stepden_now now, struct stepden_diag *diag)
{
    if (is_restored(den, action_id, record))
        return STEPDEN_OK;
    enum stepden_status status = check_ids(den, action_id, record, diag);
    if (status == STEPDEN_OK)
        status = check_state(den, record, diag);
    if (status == STEPDEN_OK)
        status = check_times(record, now, diag);
    if (status != STEPDEN_OK)
        return status;

    uint32_t number = stepden_den_number(den, action_id);
    (void)stepden_action_ids_reserve(&den->action_ids, number);
    uint32_t handle = stepden_store_add(&den->store, number);
    if (handle != STEPDEN_HANDLE_NONE &&
        stepden_keep_read(den, stepden_store_at(&den->store, handle), record,
                          now)) {
        settle(den, handle);
        return STEPDEN_OK;
    }
    if (handle != STEPDEN_HANDLE_NONE)
        stepden_store_remove(&den->store, handle);
    stepden_action_ids_release(&den->action_ids, number);
    return stepden_diag_set(diag, STEPDEN_ERR_MEMORY, "", "no memory");
}

void stepden_den_clear(struct stepden_den *den)
{
    uint32_t handle;

    while ((handle = stepden_store_any(&den->store)) != STEPDEN_HANDLE_NONE) {
        uint32_t number = stepden_store_at(&den->store, handle)->number;
        stepden_store_remove(&den->store, handle);
        stepden_action_ids_release(&den->action_ids, number);
    }
    den->counters.active = 0;
    den->counters.reserved = 0;
}

void stepden_den_skip_numbers(struct stepden_den *den, uint32_t count)
{
    uint32_t total = den->action_ids.total;
    uint32_t before_next = (den->action_ids.next + total - 1) % total;

    den->last_number = (before_next + count % total) % total;
    stepden_action_ids_continue(&den->action_ids, den->last_number);
}
