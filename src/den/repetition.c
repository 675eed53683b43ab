#include "den/repetition.h"

#include <stdlib.h>

#include "base/compare.h"

/* How many intervals have passed since the DENM was sent. */
static int64_t beats_until(const struct stepden_record *record, int64_t mono_ms)
{
    return stepden_larger(0, mono_ms - record->sent_mono_ms) /
           record->repetition->interval_ms;
}

static int64_t beat_at(const struct stepden_record *record, int64_t number)
{
    return record->sent_mono_ms + number * record->repetition->interval_ms;
}

void stepden_repetition_start(const struct stepden_den *den,
                              struct stepden_record *record,
                              const struct stepden_origin *origin,
                              const struct stepden_denm_data *denm,
                              struct stepden_now now)
{
    const struct stepden_config_denm *config = &den->settings.denm;

    if (config->repetition_interval_ms == 0 ||
        config->repetition_duration_ms == 0) {
        stepden_repetition_stop(record);
        return;
    }
    if (!record->repetition)
        record->repetition = malloc(sizeof *record->repetition);
    if (!record->repetition)
        return;

    struct stepden_repetition *repetition = record->repetition;
    repetition->origin = *origin;
    repetition->denm = *denm;
    repetition->interval_ms = config->repetition_interval_ms;
    repetition->next_mono_ms =
        beat_at(record, beats_until(record, now.mono_ms) + 1);
    repetition->end_mono_ms =
        stepden_smaller(record->sent_mono_ms + config->repetition_duration_ms,
                        record->valid_mono_ms);
    repetition->taken = 0;
    repetition->is_kept = true;
}

void stepden_repetition_go_on(struct stepden_record *record, int64_t taken)
{
    if (!record->repetition)
        return;
    record->repetition->taken = taken;
    record->repetition->is_kept = false;
}

int64_t stepden_repetition_last_number(const struct stepden_record *record)
{
    const struct stepden_repetition *repetition = record->repetition;

    return repetition->taken +
           (repetition->end_mono_ms - 1 - record->sent_mono_ms) /
               repetition->interval_ms;
}

void stepden_repetition_stop(struct stepden_record *record)
{
    free(record->repetition);
    record->repetition = NULL;
}

int64_t stepden_repetition_due_at(const struct stepden_record *record)
{
    const struct stepden_repetition *repetition = record->repetition;
    if (!repetition || repetition->next_mono_ms >= repetition->end_mono_ms)
        return INT64_MAX;
    return repetition->next_mono_ms;
}

int64_t stepden_repetition_next(struct stepden_record *record,
                                struct stepden_now now)
{
    int64_t beats = beats_until(record, now.mono_ms);

    record->repetition->next_mono_ms = beat_at(record, beats + 1);
    return record->repetition->taken + beats;
}
