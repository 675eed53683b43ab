#include <stepden/den.h>

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include <stepden/partition.h>

#include "base/compare.h"
#include "base/diag.h"
#include "base/digits.h"
#include "den/life.h"
#include "den/take.h"

#define AHEAD_MAX_MS 1000

static enum stepden_status check_limits(const struct stepden_config *config,
                                        struct stepden_diag *diag)
{
    uint64_t last_id =
        (uint64_t)config->station_id + config->station_id_count - 1;
    uint32_t numbers = config->station_id_count * STEPDEN_SEQUENCE_NUMBERS;

    if (numbers == 0 || numbers > STEPDEN_DEADLINE_NUMBERS)
        return stepden_diag_set(diag, STEPDEN_ERR_INVALID, "/stationIdCount",
                                "%u station ids, allowed are 1 to 16",
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

static enum stepden_status check_partition(uint32_t partition,
                                           uint32_t partitions,
                                           struct stepden_diag *diag)
{
    if (partitions == 0 || partitions > STEPDEN_PARTITIONS_MAX)
        return stepden_diag_set(diag, STEPDEN_ERR_INVALID, "/redis/partitions",
                                "%u partitions, allowed are 1 to %d",
                                (unsigned)partitions, STEPDEN_PARTITIONS_MAX);
    if (partition >= partitions)
        return stepden_diag_set(diag, STEPDEN_ERR_INVALID, "/redis/partitions",
                                "no partition %u, they are 0 to %u",
                                (unsigned)partition, (unsigned)partitions - 1);
    return STEPDEN_OK;
}

/* The numbers s with s % partitions == partition, of each station. */
static enum stepden_status init_tables(struct stepden_den *den)
{
    den->station_share =
        (STEPDEN_SEQUENCE_NUMBERS - den->partition + den->partitions - 1) /
        den->partitions;
    uint32_t numbers = den->settings.station_id_count * den->station_share;
    enum stepden_status status =
        stepden_action_ids_init(&den->action_ids, numbers);
    return status == STEPDEN_OK
               ? stepden_store_init(&den->store, numbers, numbers)
               : status;
}

enum stepden_status stepden_den_new_partition(
    struct stepden_den **den, const struct stepden_config *config,
    uint32_t partition, uint32_t partitions,
    const struct stepden_den_sink *sink, struct stepden_diag *diag)
{
    enum stepden_status status = check_limits(config, diag);
    if (status == STEPDEN_OK)
        status = check_partition(partition, partitions, diag);
    if (status != STEPDEN_OK)
        return status;

    struct stepden_den *made = calloc(1, sizeof *made);
    if (!made)
        return stepden_diag_set(diag, STEPDEN_ERR_MEMORY, "", "no memory");
    made->settings = stepden_settings_of(config);
    made->partition = partition;
    made->partitions = partitions;
    made->sink = *sink;
    stepden_denm_data_init(&made->denm);
    stepden_den_record_init(&made->kept);

    status = init_tables(made);
    if (status != STEPDEN_OK) {
        stepden_den_free(made);
        return stepden_diag_set(diag, status, "", "no memory for the table");
    }
    *den = made;
    return STEPDEN_OK;
}

enum stepden_status stepden_den_new(struct stepden_den **den,
                                    const struct stepden_config *config,
                                    const struct stepden_den_sink *sink,
                                    struct stepden_diag *diag)
{
    return stepden_den_new_partition(den, config, 0, 1, sink, diag);
}

void stepden_den_free(struct stepden_den *den)
{
    if (!den)
        return;
    stepden_store_free(&den->store);
    stepden_action_ids_free(&den->action_ids);
    free(den);
}

enum stepden_status stepden_den_configure(struct stepden_den *den,
                                          const struct stepden_config *config,
                                          struct stepden_diag *diag)
{
    enum stepden_status status = check_limits(config, diag);
    if (status != STEPDEN_OK)
        return status;
    if (config->station_id != den->settings.station_id ||
        config->station_id_count != den->settings.station_id_count)
        return stepden_diag_set(diag, STEPDEN_ERR_INVALID, "/stationId",
                                "another station: that is another service");

    den->settings = stepden_settings_of(config);
    for (uint32_t number = 0; number < den->action_ids.total; number++) {
        uint32_t handle = stepden_store_find_number(&den->store, number);
        if (handle != STEPDEN_HANDLE_NONE)
            stepden_life_schedule(den, handle);
    }
    return STEPDEN_OK;
}

static bool is_printable(const char *text, size_t size_max)
{
    size_t size = 0;
    while (size <= size_max && text[size] >= ' ' && text[size] <= '~')
        size++;
    return size <= size_max && text[size] == '\0';
}

static enum stepden_status
check_input(const struct stepden_station_collision_array *array,
            const char *entry_id, const char *traceparent,
            struct stepden_now now, struct stepden_diag *diag)
{
    int64_t ahead_ms = array->creation_time_its_ms - now.its_ms;

    if (!is_printable(entry_id, STEPDEN_ENTRY_ID_MAX))
        return stepden_diag_set(diag, STEPDEN_ERR_INVALID, "",
                                "an entry id is at most %d ASCII characters",
                                STEPDEN_ENTRY_ID_MAX);
    if (!is_printable(traceparent, STEPDEN_TRACEPARENT_MAX))
        return stepden_diag_set(diag, STEPDEN_ERR_INVALID, "",
                                "a traceparent is at most %d ASCII characters",
                                STEPDEN_TRACEPARENT_MAX);
    if (ahead_ms > AHEAD_MAX_MS)
        return stepden_diag_set(diag, STEPDEN_ERR_RANGE, "/creationTime",
                                "%lld ms ahead of our clock, allowed are %d",
                                (long long)ahead_ms, AHEAD_MAX_MS);
    return STEPDEN_OK;
}

static void count_misrouted(struct stepden_den *den)
{
    const struct stepden_collision_station *reference = den->targets.reference;

    if (den->partitions > 1 && stepden_partition_of_reference(
                                   reference->station_id, reference->object_id,
                                   den->partitions) != den->partition)
        den->counters.misrouted++;
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

    count_misrouted(den);
    struct stepden_origin origin = {.choice = STEPDEN_NO_CHOICE};
    strcpy(origin.traceparent, traceparent);
    char *number = stpcpy(stpcpy(origin.event_id, entry_id), "/");
    den->counters.arrays++;
    stepden_take_expect(den);
    for (uint32_t i = 0; i < den->targets.count; i++) {
        struct stepden_prediction prediction = {
            .reference = den->targets.reference,
            .target = den->targets.item[i].station,
            .creation_its_ms = array->creation_time_its_ms,
        };
        *stepden_digits_put(number, i) = '\0';
        stepden_take_prediction(den, &prediction, &origin, now);
    }
    return STEPDEN_OK;
}

int64_t stepden_den_run_some(struct stepden_den *den, struct stepden_now now,
                             uint32_t most)
{
    int64_t latest_mono_ms =
        now.mono_ms + den->settings.denm_check_last_update_max_interval_ms;
    int64_t next_mono_ms;
    uint32_t handle;

    assert(now.mono_ms < STEPDEN_DEADLINE_MAX_MS);
    while ((handle = stepden_store_next(&den->store, &next_mono_ms)) !=
               STEPDEN_HANDLE_NONE &&
           next_mono_ms <= now.mono_ms) {
        if (most-- == 0)
            return now.mono_ms;
        stepden_life_run(den, handle, now);
    }
    if (handle == STEPDEN_HANDLE_NONE)
        return INT64_MAX;
    return stepden_smaller(next_mono_ms, latest_mono_ms);
}

int64_t stepden_den_run(struct stepden_den *den, struct stepden_now now)
{
    return stepden_den_run_some(den, now, UINT32_MAX);
}

uint32_t stepden_den_numbers(const struct stepden_den *den)
{
    return den->action_ids.total;
}

const struct stepden_den_counters *
stepden_den_counters(const struct stepden_den *den)
{
    return &den->counters;
}
