#include <stepden/den.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/compare.h"
#include "base/diag.h"
#include "den/keep.h"
#include "den/life.h"
#include "den/take.h"

/* Room for "/254" and the NUL after an entry id. */
#define ENTRY_ID_MAX (STEPDEN_EVENT_ID_SIZE - 5)

#define AHEAD_MAX_MS 1000

static enum stepden_status check_limits(const struct stepden_config *config,
                                        struct stepden_diag *diag)
{
    uint64_t last_id =
        (uint64_t)config->station_id + config->station_id_count - 1;
    uint32_t numbers = config->station_id_count * STEPDEN_SEQUENCE_NUMBERS;

    if (numbers > STEPDEN_DEADLINE_NUMBERS)
        return stepden_diag_set(diag, STEPDEN_ERR_INVALID, "/stationIdCount",
                                "%u station ids, at most 16",
                                (unsigned)config->station_id_count);
    if (last_id > UINT32_MAX)
        return stepden_diag_set(diag, STEPDEN_ERR_INVALID, "/stationIdCount",
                                "%u + %u station ids end above 4294967295",
                                config->station_id,
                                (unsigned)config->station_id_count);
    if (config->denm.max_records > numbers)
        return stepden_diag_set(diag, STEPDEN_ERR_INVALID, "/denm/maxRecords",
                                "%u records, but %u x 65536 = %u action ids",
                                (unsigned)config->denm.max_records,
                                (unsigned)config->station_id_count, numbers);
    return STEPDEN_OK;
}

enum stepden_status stepden_den_new(struct stepden_den **den,
                                    const struct stepden_config *config,
                                    const struct stepden_den_sink *sink,
                                    struct stepden_diag *diag)
{
    enum stepden_status status = check_limits(config, diag);
    if (status != STEPDEN_OK)
        return status;

    struct stepden_den *made = calloc(1, sizeof *made);
    if (!made)
        return stepden_diag_set(diag, STEPDEN_ERR_MEMORY, "", "no memory");
    made->config = *config;
    made->sink = *sink;
    stepden_denm_data_init(&made->denm);
    stepden_den_record_init(&made->kept);

    status =
        stepden_action_ids_init(&made->action_ids, config->station_id_count);
    if (status == STEPDEN_OK)
        status = stepden_store_init(&made->store, config->denm.max_records,
                                    made->action_ids.total);
    if (status != STEPDEN_OK) {
        stepden_den_free(made);
        return stepden_diag_set(diag, status, "", "no memory for the table");
    }
    *den = made;
    return STEPDEN_OK;
}

void stepden_den_free(struct stepden_den *den)
{
    if (!den)
        return;
    stepden_store_free(&den->store);
    stepden_action_ids_free(&den->action_ids);
    free(den);
}

static enum stepden_status
check_input(const struct stepden_station_collision_array *array,
            const char *entry_id, const char *traceparent,
            struct stepden_now now, struct stepden_diag *diag)
{
    int64_t ahead_ms = array->creation_time_its_ms - now.its_ms;

    if (strlen(entry_id) > ENTRY_ID_MAX)
        return stepden_diag_set(diag, STEPDEN_ERR_INVALID, "",
                                "an entry id of more than %d characters",
                                ENTRY_ID_MAX);
    if (strlen(traceparent) >=
        sizeof((struct stepden_origin *)NULL)->traceparent)
        return stepden_diag_set(diag, STEPDEN_ERR_INVALID, "",
                                "a traceparent of %zu bytes",
                                strlen(traceparent));
    if (ahead_ms > AHEAD_MAX_MS)
        return stepden_diag_set(diag, STEPDEN_ERR_RANGE, "/creationTime",
                                "%lld ms ahead of our clock, allowed are %d",
                                (long long)ahead_ms, AHEAD_MAX_MS);
    return STEPDEN_OK;
}

enum stepden_status
stepden_den_take_collisions(struct stepden_den *den,
                            const struct stepden_station_collision_array *array,
                            const char *entry_id, const char *traceparent,
                            struct stepden_now now, struct stepden_diag *diag)
{
    enum stepden_status status =
        check_input(array, entry_id, traceparent, now, diag);
    if (status != STEPDEN_OK)
        return status;
    status = stepden_targets_order(&den->targets, array, diag);
    if (status != STEPDEN_OK)
        return status;

    struct stepden_origin origin = {.choice = STEPDEN_NO_CHOICE};
    snprintf(origin.traceparent, sizeof origin.traceparent, "%s", traceparent);
    den->counters.arrays++;
    for (uint32_t i = 0; i < den->targets.count; i++) {
        struct stepden_prediction prediction = {
            .reference = den->targets.reference,
            .target = den->targets.item[i].station,
            .creation_its_ms = array->creation_time_its_ms,
        };
        snprintf(origin.event_id, sizeof origin.event_id, "%s/%u", entry_id, i);
        stepden_take_prediction(den, &prediction, &origin, now);
    }
    return STEPDEN_OK;
}

int64_t stepden_den_run(struct stepden_den *den, struct stepden_now now)
{
    int64_t latest_mono_ms =
        now.mono_ms + den->config.denm_check_last_update_max_interval_ms;
    int64_t next_mono_ms;
    uint32_t handle;

    while ((handle = stepden_store_next(&den->store, &next_mono_ms)) !=
               STEPDEN_HANDLE_NONE &&
           next_mono_ms <= now.mono_ms)
        stepden_life_run(den, handle, now);
    if (handle == STEPDEN_HANDLE_NONE)
        return INT64_MAX;
    return stepden_smaller(next_mono_ms, latest_mono_ms);
}

void stepden_den_snapshot(struct stepden_den *den,
                          void (*keep)(void *ctx,
                                       const struct stepden_den_record *record),
                          void *ctx, struct stepden_now now)
{
    for (uint32_t number = 0; number < den->action_ids.total; number++) {
        uint32_t handle = stepden_store_find_number(&den->store, number);
        if (handle != STEPDEN_HANDLE_NONE)
            keep(ctx, stepden_keep_write(
                          den, stepden_store_at(&den->store, handle), now));
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

static bool has_active(const struct stepden_den *den,
                       const struct stepden_den_record *kept)
{
    struct stepden_parties parties = stepden_keep_parties(kept);
    uint32_t handle = stepden_store_find_parties(&den->store, &parties);

    return handle != STEPDEN_HANDLE_NONE &&
           !stepden_store_at(&den->store, handle)->ended;
}

static enum stepden_status check_kept(const struct stepden_den *den,
                                      const struct stepden_den_record *kept,
                                      struct stepden_diag *diag)
{
    if (stepden_den_number(den, &kept->action_id) == STEPDEN_NUMBER_NONE)
        return stepden_diag_set(
            diag, STEPDEN_ERR_INVALID, "/actionId/originatingStationId",
            "%u is not ours", kept->action_id.originating_station_id);
    if (strlen(kept->event_id) >= STEPDEN_EVENT_ID_SIZE)
        return stepden_diag_set(diag, STEPDEN_ERR_INVALID, "/eventId",
                                "more than %d bytes",
                                STEPDEN_EVENT_ID_SIZE - 1);
    if ((kept->has_held && !has_action_id(&kept->held, &kept->action_id)) ||
        (kept->has_repeated &&
         !has_action_id(&kept->repeated, &kept->action_id)))
        return stepden_diag_set(diag, STEPDEN_ERR_INVALID,
                                kept->has_held ? "/held" : "/repeated",
                                "a DENM of another action id");
    if (kept->state == STEPDEN_DEN_RECORD_STATE_ACTIVE && has_active(den, kept))
        return stepden_diag_set(diag, STEPDEN_ERR_INVALID, "/key",
                                "another event of the same parties");
    if (den->store.count == den->store.capacity)
        return stepden_diag_set(diag, STEPDEN_ERR_FULL, "",
                                "all %u records are in use",
                                den->store.capacity);
    return STEPDEN_OK;
}

/*
 * Parties are found by their active event, else by the last hold-off. A clock
 * that was set back can make an old one last again.
 */
static void link_parties(struct stepden_den *den, uint32_t handle,
                         struct stepden_now now)
{
    const struct stepden_record *record = stepden_store_at(&den->store, handle);
    uint32_t other = stepden_store_find_parties(&den->store, &record->parties);

    if (record->ended && record->hold_off_mono_ms <= now.mono_ms)
        return;
    if (other != STEPDEN_HANDLE_NONE) {
        const struct stepden_record *found =
            stepden_store_at(&den->store, other);
        if (record->ended && (!found->ended || found->hold_off_mono_ms >=
                                                   record->hold_off_mono_ms))
            return;
        stepden_store_unlink(&den->store, other);
    }
    stepden_store_link(&den->store, handle);
}

/* Sets what follows from the record being back. */
static void settle(struct stepden_den *den, uint32_t handle,
                   struct stepden_now now)
{
    const struct stepden_record *record = stepden_store_at(&den->store, handle);

    link_parties(den, handle, now);
    den->counters.active += !record->ended;
    den->counters.reserved++;
    stepden_den_follow(den, record->number, record->trigger_its_ms);
    stepden_life_schedule(den, handle);
}

enum stepden_status stepden_den_restore(struct stepden_den *den,
                                        const struct stepden_den_record *record,
                                        struct stepden_now now,
                                        struct stepden_diag *diag)
{
    enum stepden_status status = check_kept(den, record, diag);
    if (status != STEPDEN_OK)
        return status;

    uint32_t number = stepden_den_number(den, &record->action_id);
    if (!stepden_action_ids_reserve(&den->action_ids, number))
        return stepden_diag_set(diag, STEPDEN_ERR_INVALID, "/actionId",
                                "the action id is taken");
    uint32_t handle = stepden_store_add(&den->store, number);
    if (handle != STEPDEN_HANDLE_NONE &&
        stepden_keep_read(den, stepden_store_at(&den->store, handle), record,
                          now)) {
        settle(den, handle, now);
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

const struct stepden_den_counters *
stepden_den_counters(const struct stepden_den *den)
{
    return &den->counters;
}
