#include "daemon/refusals.h"

#include <inttypes.h>
#include <stdio.h>

#include "den/mapping.h"

#define STATION_IDS_MAX 16u

void stepden_refusals_note(struct stepden_refusals *refusals,
                           enum stepden_den_skip why,
                           const struct stepden_den_counters *counters,
                           uint32_t numbers)
{
    if (why != STEPDEN_DEN_SKIP_FULL && why != STEPDEN_DEN_SKIP_ACTION_ID)
        return;
    refusals->seldom.untold++;
    refusals->why = why;
    refusals->reserved = counters->reserved;
    refusals->numbers = numbers;
}

/* ---- what there is too little of ---- */

static uint32_t validity_s(const struct stepden_config *config)
{
    struct stepden_settings settings = stepden_settings_of(config);
    return stepden_mapping_validity_s(&settings, 0);
}

static void advise(char *text, size_t size, uint32_t most,
                   const struct stepden_config *config)
{
    if (config->denm.max_records < most)
        snprintf(text, size,
                 "raise denm.maxRecords, to %u at most with stationIdCount %u",
                 (unsigned)most, (unsigned)config->station_id_count);
    else if (config->station_id_count < STATION_IDS_MAX)
        snprintf(text, size, "raise stationIdCount from %u%s",
                 (unsigned)config->station_id_count,
                 config->denm.max_records == most ? ", and denm.maxRecords"
                                                  : "");
    else
        snprintf(text, size, "shorten the validity, %" PRIu32 " s",
                 validity_s(config));
}

static void describe_full(char *text, size_t size, const char *reason,
                          const struct stepden_refusals *refusals, uint32_t of,
                          const struct stepden_config *config)
{
    char advice[80];
    advise(advice, sizeof advice, refusals->numbers, config);
    uint32_t reserved_s = validity_s(config);
    snprintf(text, size,
             "reason=\"%s\" reserved=%" PRIu64 " of=%" PRIu32 " sum=\"each is "
             "reserved for %" PRIu32 " s + time to collision: %.1f "
             "new events a second at most\" advice=\"%s\"",
             reason, refusals->reserved, of, reserved_s,
             (double)of / reserved_s, advice);
}

static void describe(char *text, size_t size,
                     const struct stepden_refusals *refusals,
                     const struct stepden_config *config)
{
    uint32_t max_records = config->denm.max_records;
    if (refusals->why == STEPDEN_DEN_SKIP_ACTION_ID)
        describe_full(text, size, "no free action id", refusals,
                      refusals->numbers, config);
    else if (refusals->reserved >= max_records)
        describe_full(text, size, "no free record", refusals, max_records,
                      config);
    else
        snprintf(text, size,
                 "reason=\"no memory\" reserved=%" PRIu64 " of=%" PRIu32
                 " advice=\"lower denm.maxRecords, or allow more memory\"",
                 refusals->reserved, max_records);
}

const char *stepden_refusals_tell(struct stepden_refusals *refusals,
                                  char text[STEPDEN_REFUSALS_TEXT_MAX],
                                  const struct stepden_config *config,
                                  int64_t mono_ms)
{
    uint64_t count = stepden_seldom_tell(&refusals->seldom, mono_ms);
    if (count == 0)
        return NULL;
    int size =
        snprintf(text, STEPDEN_REFUSALS_TEXT_MAX, "count=%" PRIu64 " ", count);
    describe(text + size, STEPDEN_REFUSALS_TEXT_MAX - (size_t)size, refusals,
             config);
    return text;
}
