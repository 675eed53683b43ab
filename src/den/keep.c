#include "den/keep.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "den/repetition.h"
#include "den/send.h"

static void fill_position(struct stepden_den_record_position *kept,
                          const struct stepden_position *position)
{
    kept->latitude_e7 = position->latitude_e7;
    kept->longitude_e7 = position->longitude_e7;
    kept->has_position_confidence = position->has_position_confidence;
    kept->position_confidence = position->position_confidence;
    kept->has_altitude = position->has_altitude;
    kept->altitude = position->altitude;
}

/* Without another candidate, it is the sub-cause. */
static void fill_choice(struct stepden_den_record *kept,
                        const struct stepden_record *record)
{
    fill_position(&kept->position, &record->position);
    kept->has_awareness_distance = record->has_distance;
    kept->awareness_distance_m = record->distance_m;
    kept->has_traffic_direction = record->has_direction;
    kept->traffic_direction = record->direction;
    kept->sub_cause = record->sub_cause;
    kept->rule = record->rule;
    kept->has_candidate = record->confirmed > 0;
    kept->candidate.sub_cause = record->candidate;
    kept->candidate.count = record->confirmed;
}

static void fill_times(struct stepden_den_record *kept,
                       const struct stepden_record *record,
                       struct stepden_now now)
{
    int64_t creation_its_ms = record->creation_its_ms;
    int64_t creation_mono_ms = now.mono_ms + (creation_its_ms - now.its_ms);

    kept->creation_time_its_ms = creation_its_ms;
    kept->trigger_after_ms = record->trigger_its_ms - creation_its_ms;
    kept->detection_after_ms = record->detection_its_ms - creation_its_ms;
    kept->reference_after_ms = record->reference_its_ms - creation_its_ms;
    kept->update_after_ms = record->update_mono_ms - creation_mono_ms;
    kept->has_sent_after = record->sent_mono_ms != record->update_mono_ms &&
                           (!record->ended || record->repetition);
    kept->sent_after_ms = record->sent_mono_ms - creation_mono_ms;
    kept->collision_after_ms = record->collision_mono_ms - creation_mono_ms;
    kept->validity_after_ms = record->valid_mono_ms - creation_mono_ms;
    kept->has_hold_off_after = record->hold_off_mono_ms > now.mono_ms;
    if (kept->has_hold_off_after)
        kept->hold_off_after_ms = record->hold_off_mono_ms - creation_mono_ms;
}

static void fill_denm(struct stepden_stored_denm *stored,
                      const struct stepden_origin *origin,
                      const struct stepden_denm_data *denm)
{
    memcpy(stored->event_id, origin->event_id, sizeof origin->event_id);
    stored->has_traceparent = origin->traceparent[0] != '\0';
    memcpy(stored->traceparent, origin->traceparent,
           sizeof origin->traceparent);
    stored->denm = *denm;
}

static void fill_denms(struct stepden_den_record *kept,
                       const struct stepden_record *record)
{
    kept->has_held = record->held != NULL;
    if (record->held)
        fill_denm(&kept->held, &record->held->origin, &record->held->denm);
    kept->has_repeated = stepden_repetition_due_at(record) != INT64_MAX;
    if (!kept->has_repeated)
        return;
    assert(record->repetition != NULL);
    fill_denm(&kept->repeated.stored, &record->repetition->origin,
              &record->repetition->denm);
    kept->repeated.last_number = stepden_repetition_last_number(record);
}

const struct stepden_den_record *
stepden_keep_write(struct stepden_den *den, const struct stepden_record *record,
                   struct stepden_now now)
{
    struct stepden_den_record *kept = &den->kept;

    kept->ended = record->ended;
    kept->key.reference_station_id = record->parties.reference_station_id;
    kept->key.reference_object_id = record->parties.reference_object_id;
    kept->key.target_station_id = record->parties.target_station_id;
    kept->key.target_object_id = record->parties.target_object_id;
    memcpy(kept->event_id, record->event_id, sizeof record->event_id);
    fill_choice(kept, record);
    fill_times(kept, record, now);
    fill_denms(kept, record);
    return kept;
}

void stepden_keep(struct stepden_den *den, struct stepden_record *record,
                  struct stepden_now now)
{
    if (record->repetition)
        record->repetition->is_kept = true;
    if (!den->sink.keep)
        return;
    struct stepden_action_id action_id =
        stepden_den_action_id(den, record->number);
    den->sink.keep(den->sink.ctx, &action_id,
                   stepden_keep_write(den, record, now));
}

struct stepden_parties
stepden_keep_parties(const struct stepden_den_record *kept)
{
    return (struct stepden_parties){
        .reference_station_id = kept->key.reference_station_id,
        .target_station_id = kept->key.target_station_id,
        .reference_object_id = kept->key.reference_object_id,
        .target_object_id = kept->key.target_object_id,
    };
}

static struct stepden_position
position_of(const struct stepden_den_record_position *kept)
{
    return (struct stepden_position){
        .latitude_e7 = kept->latitude_e7,
        .longitude_e7 = kept->longitude_e7,
        .has_position_confidence = kept->has_position_confidence,
        .position_confidence = kept->position_confidence,
        .has_altitude = kept->has_altitude,
        .altitude = kept->altitude,
    };
}

static void read_choice(struct stepden_record *record,
                        const struct stepden_den_record *kept)
{
    record->position = position_of(&kept->position);
    record->has_distance = kept->has_awareness_distance;
    record->distance_m = kept->awareness_distance_m;
    record->has_direction = kept->has_traffic_direction;
    record->direction = kept->traffic_direction;
    record->sub_cause = kept->sub_cause;
    record->rule = kept->rule;
    record->candidate =
        kept->has_candidate ? kept->candidate.sub_cause : kept->sub_cause;
    record->confirmed = kept->has_candidate ? kept->candidate.count : 0;
}

static void read_times(struct stepden_record *record,
                       const struct stepden_den_record *kept,
                       struct stepden_now now)
{
    int64_t creation_its_ms = kept->creation_time_its_ms;
    int64_t age_ms = now.its_ms - (creation_its_ms + kept->update_after_ms);
    int64_t update_mono_ms = now.mono_ms - (age_ms > 0 ? age_ms : 0);
    int64_t creation_mono_ms = update_mono_ms - kept->update_after_ms;

    record->creation_its_ms = creation_its_ms;
    record->trigger_its_ms = creation_its_ms + kept->trigger_after_ms;
    record->detection_its_ms = creation_its_ms + kept->detection_after_ms;
    record->reference_its_ms = creation_its_ms + kept->reference_after_ms;
    record->update_mono_ms = update_mono_ms;
    record->sent_mono_ms = kept->has_sent_after
                               ? creation_mono_ms + kept->sent_after_ms
                               : update_mono_ms;
    record->collision_mono_ms = creation_mono_ms + kept->collision_after_ms;
    record->valid_mono_ms = creation_mono_ms + kept->validity_after_ms;
    record->hold_off_mono_ms = kept->has_hold_off_after
                                   ? creation_mono_ms + kept->hold_off_after_ms
                                   : INT64_MIN;
}

/* The record's choice is that of the last prediction. */
static struct stepden_origin origin_of(const struct stepden_stored_denm *stored,
                                       const struct stepden_record *record,
                                       bool is_last)
{
    struct stepden_origin origin = {.choice = STEPDEN_NO_CHOICE};

    snprintf(origin.event_id, sizeof origin.event_id, "%.*s",
             (int)sizeof origin.event_id - 1, stored->event_id);
    if (stored->has_traceparent)
        snprintf(origin.traceparent, sizeof origin.traceparent, "%.*s",
                 STEPDEN_TRACEPARENT_MAX, stored->traceparent);
    if (stored->denm.has_situation_container)
        origin.choice.sub_cause =
            stored->denm.situation_container.sub_cause_code;
    if (stored->denm.has_situation_container && is_last) {
        origin.choice.rule = (enum stepden_den_rule)record->rule;
        origin.choice.candidate = record->candidate;
        origin.choice.confirmed = record->confirmed;
    }
    return origin;
}

bool stepden_keep_read(const struct stepden_den *den,
                       struct stepden_record *record,
                       const struct stepden_den_record *kept,
                       struct stepden_now now)
{
    record->parties = stepden_keep_parties(kept);
    record->ended = kept->ended != 0;
    snprintf(record->event_id, sizeof record->event_id, "%.*s",
             (int)sizeof record->event_id - 1, kept->event_id);
    read_choice(record, kept);
    read_times(record, kept, now);
    if (kept->has_repeated) {
        struct stepden_origin origin =
            origin_of(&kept->repeated.stored, record, !kept->has_held);
        stepden_repetition_start(den, record, &origin,
                                 &kept->repeated.stored.denm, now);
        stepden_repetition_go_on(record, kept->repeated.last_number);
    }
    if (!kept->has_held)
        return true;
    struct stepden_origin origin = origin_of(&kept->held, record, true);
    return stepden_send_hold(record, &origin, &kept->held.denm);
}
