#include "daemon/refusals.h"

#include <inttypes.h>
#include <stdio.h>

#include "den/mapping.h"

#define SEQUENCE_NUMBERS 65536u
#define STATION_IDS_MAX 16u

void stepden_refusals_note(struct stepden_refusals *refusals)
{
    refusals->untold++;
}

uint64_t stepden_refusals_due(struct stepden_refusals *refusals,
                              int64_t mono_ms)
{
    if (refusals->untold == 0 ||
        (refusals->told &&
         mono_ms - refusals->told_mono_ms < STEPDEN_REFUSALS_INTERVAL_MS))
        return 0;

    uint64_t count = refusals->untold;
    *refusals = (struct stepden_refusals){
        .told = true,
        .told_mono_ms = mono_ms,
    };
    return count;
}

/* ---- what there is too little of ---- */

static uint32_t action_id_count(const struct stepden_config *config)
{
    return config->station_id_count * SEQUENCE_NUMBERS;
}

static void advise(char *text, size_t size, const struct stepden_config *config)
{
    uint32_t most = action_id_count(config);
    if (config->denm.max_records < most)
        snprintf(text, size, "raise denm.maxRecords, %u with stationIdCount %u",
                 (unsigned)most, (unsigned)config->station_id_count);
    else if (config->station_id_count < STATION_IDS_MAX)
        snprintf(text, size, "raise stationIdCount, %u, and denm.maxRecords",
                 (unsigned)config->station_id_count);
    else
        snprintf(text, size, "shorten timeAfterCollision, %u s",
                 (unsigned)config->time_after_collision_s);
}

/* `wanted` are reserved: as many as there may be. */
static void describe_full(char *text, size_t size, const char *reason,
                          uint64_t reserved, uint32_t of,
                          const struct stepden_config *config)
{
    char advice[80];
    advise(advice, sizeof advice, config);
    uint32_t validity_s = stepden_mapping_validity_s(config, 0);
    snprintf(text, size,
             "reason=\"%s\" reserved=%" PRIu64 " of=%" PRIu32 " sum=\"each is "
             "reserved for %" PRIu32 " s + time to collision: %" PRIu32
             " new events a second at most\" advice=\"%s\"",
             reason, reserved, of, validity_s, of / validity_s, advice);
}

const char *
stepden_refusals_describe(char text[STEPDEN_REFUSALS_TEXT_MAX],
                          enum stepden_den_skip why,
                          const struct stepden_config *config,
                          const struct stepden_den_counters *counters)
{
    uint32_t max_records = config->denm.max_records;
    if (why == STEPDEN_DEN_SKIP_ACTION_ID)
        describe_full(text, STEPDEN_REFUSALS_TEXT_MAX, "no free action id",
                      counters->reserved, action_id_count(config), config);
    else if (counters->reserved >= max_records)
        describe_full(text, STEPDEN_REFUSALS_TEXT_MAX, "no free record",
                      counters->reserved, max_records, config);
    else
        snprintf(text, STEPDEN_REFUSALS_TEXT_MAX,
                 "reason=\"no memory\" reserved=%" PRIu64 " of=%" PRIu32
                 " advice=\"lower denm.maxRecords, or allow more memory\"",
                 counters->reserved, max_records);
    return text;
}
