/* Records as they survive a restart: all their times are ITS times. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sending.h"

#define ACTION_IDS 65536u

static void write_message(struct stepden_stored_denm *stored,
                          const struct model_message *message)
{
    strcpy(stored->event_id, message->event_id);
    strcpy(stored->traceparent, message->traceparent);
    stored->has_traceparent = message->traceparent[0] != '\0';
    stored->denm = message->denm;
}

/* Only what may still be sent. */
static void write_messages(const struct model *model,
                           struct stepden_den_record *kept,
                           const struct model_record *record)
{
    int64_t interval_ms = model->config.denm.repetition_interval_ms;
    int64_t beat_ms = record->sent_ms + (record->beat + 1) * interval_ms;
    int64_t until_ms = model_repeated_until(model, record);

    kept->has_held = record->held != NULL;
    if (record->held)
        write_message(&kept->held, record->held);
    kept->has_repeated = record->repeated && beat_ms < until_ms;
    if (!kept->has_repeated)
        return;
    write_message(&kept->repeated.stored, record->repeated);
    /* As many as there are before the end. */
    kept->repeated.last_number = record->beats_before + record->beat;
    for (int64_t at_ms = beat_ms; at_ms < until_ms; at_ms += interval_ms)
        kept->repeated.last_number++;
}

static void write_times(struct stepden_den_record *kept,
                        const struct model_record *record,
                        struct stepden_now now)
{
    int64_t made_its_ms = record->creation_its_ms;
    int64_t made_ms = made_its_ms - (now.its_ms - now.mono_ms);

    kept->creation_time_its_ms = made_its_ms;
    kept->trigger_after_ms = record->trigger_its_ms - made_its_ms;
    kept->detection_after_ms = record->detection_its_ms - made_its_ms;
    kept->reference_after_ms = record->reference_its_ms - made_its_ms;
    kept->update_after_ms = record->updated_ms - made_ms;
    kept->collision_after_ms = record->collision_ms - made_ms;
    kept->validity_after_ms = record->valid_ms - made_ms;
    kept->has_hold_off_after = record->hold_off_ms > now.mono_ms;
    if (kept->has_hold_off_after)
        kept->hold_off_after_ms = record->hold_off_ms - made_ms;
    /* Nothing counts from the sending of an event that ended in silence. */
    kept->has_sent_after = record->sent_ms != record->updated_ms &&
                           (record->active || record->repeated);
    if (kept->has_sent_after)
        kept->sent_after_ms = record->sent_ms - made_ms;
}

static void write_position(struct stepden_den_record_position *kept,
                           const struct stepden_position *position)
{
    kept->latitude_e7 = position->latitude_e7;
    kept->longitude_e7 = position->longitude_e7;
    kept->has_position_confidence = position->has_position_confidence;
    kept->position_confidence = position->position_confidence;
    kept->has_altitude = position->has_altitude;
    kept->altitude = position->altitude;
}

static const struct stepden_den_record *
write_record(struct model *model, const struct model_record *record)
{
    struct stepden_den_record *kept = &model->kept;

    stepden_den_record_init(kept);
    kept->ended = !record->active;
    kept->key = record->parties;
    strcpy(kept->event_id, record->event_id);
    write_position(&kept->position, &record->sent.event_position);
    kept->has_awareness_distance = record->sent.has_awareness_distance;
    kept->awareness_distance_m = record->sent.awareness_distance_m;
    kept->has_traffic_direction = record->sent.has_traffic_direction;
    kept->traffic_direction = record->sent.traffic_direction;
    kept->sub_cause = record->sub_cause;
    kept->rule = record->rule;
    kept->has_candidate = record->confirmed > 0;
    if (kept->has_candidate) {
        kept->candidate.sub_cause = record->candidate;
        kept->candidate.count = record->confirmed;
    }
    write_times(kept, record, model->now);
    write_messages(model, kept, record);
    return kept;
}

void model_keep(struct model *model, struct model_record *record)
{
    record->is_claimed = true;
    struct stepden_action_id action_id = model_action_id(model, record->number);
    model->sink.keep(model->sink.ctx, &action_id, write_record(model, record));
}

static int by_number(const void *one, const void *other)
{
    const struct model_record *first = one;
    const struct model_record *second = other;
    return (first->number > second->number) - (first->number < second->number);
}

void model_snapshot(struct model *model, stepden_den_keep *keep, void *ctx,
                    struct stepden_now now)
{
    model->now = now;
    qsort(model->records, model->count, sizeof *model->records, by_number);
    for (uint32_t i = 0; i < model->count; i++) {
        struct stepden_action_id action_id =
            model_action_id(model, model->records[i].number);
        keep(ctx, &action_id, write_record(model, &model->records[i]));
    }
}

/* Texts that have been written above fit. */
static void copy(char *text, size_t size, const char *from)
{
    snprintf(text, size, "%.*s", (int)size - 1, from);
}

/* The choice is that of the last prediction, if the DENM is made of that. */
static void read_choice(struct stepden_den_choice *choice,
                        const struct stepden_den_record *kept,
                        const struct stepden_denm_data *denm)
{
    bool is_last = denm == &kept->held.denm || !kept->has_held;

    *choice = (struct stepden_den_choice){
        .between_ddeg = -1, .bearing_ddeg = -1, /* they are not kept */
    };
    if (!denm->has_situation_container)
        return;
    choice->sub_cause = denm->situation_container.sub_cause_code;
    if (is_last) {
        choice->rule = kept->rule;
        choice->candidate =
            kept->has_candidate ? kept->candidate.sub_cause : kept->sub_cause;
        choice->confirmed = kept->has_candidate ? kept->candidate.count : 0;
    }
}

static void read_message(struct model_message *message,
                         const struct stepden_den_record *kept,
                         const struct stepden_stored_denm *stored)
{
    memset(message, 0, sizeof *message);
    copy(message->event_id, sizeof message->event_id, stored->event_id);
    if (stored->has_traceparent)
        copy(message->traceparent, sizeof message->traceparent,
             stored->traceparent);
    read_choice(&message->choice, kept, &stored->denm);
    message->denm = stored->denm;
}

/*
 * The event is as old as the wall clock says; if that was set back, it has just
 * been updated. All else is as far from its last update as it was.
 */
static void read_times(struct model_record *record,
                       const struct stepden_den_record *kept,
                       struct stepden_now now)
{
    int64_t made_its_ms = kept->creation_time_its_ms;
    int64_t age_ms = now.its_ms - (made_its_ms + kept->update_after_ms);
    record->updated_ms = now.mono_ms - (age_ms > 0 ? age_ms : 0);
    int64_t made_ms = record->updated_ms - kept->update_after_ms;

    record->creation_its_ms = made_its_ms;
    record->trigger_its_ms = made_its_ms + kept->trigger_after_ms;
    record->detection_its_ms = made_its_ms + kept->detection_after_ms;
    record->reference_its_ms = made_its_ms + kept->reference_after_ms;
    record->sent_ms = kept->has_sent_after ? made_ms + kept->sent_after_ms
                                           : record->updated_ms;
    record->collision_ms = made_ms + kept->collision_after_ms;
    record->valid_ms = made_ms + kept->validity_after_ms;
    if (kept->has_hold_off_after)
        record->hold_off_ms = made_ms + kept->hold_off_after_ms;
}

/* What a cancellation says is what was sent last. */
static void read_sent(const struct model *model, struct model_record *record,
                      const struct stepden_den_record *kept)
{
    stepden_management_container_init(&record->sent);
    record->sent.action_id = model_action_id(model, record->number);
    record->sent.event_position = (struct stepden_position){
        .latitude_e7 = kept->position.latitude_e7,
        .longitude_e7 = kept->position.longitude_e7,
        .has_position_confidence = kept->position.has_position_confidence,
        .position_confidence = kept->position.position_confidence,
        .has_altitude = kept->position.has_altitude,
        .altitude = kept->position.altitude,
    };
    record->sent.has_awareness_distance = kept->has_awareness_distance;
    record->sent.awareness_distance_m = kept->awareness_distance_m;
    record->sent.has_traffic_direction = kept->has_traffic_direction;
    record->sent.traffic_direction = kept->traffic_direction;
    record->sent.station_type = model->config.station_type;
    record->sent.has_reference_station_id = true;
    record->sent.reference_station_id = kept->key.reference_station_id;
    record->sent.has_reference_object_id = true;
    record->sent.reference_object_id = kept->key.reference_object_id;
}

static void read_messages(struct model *model, struct model_record *record,
                          const struct stepden_den_record *kept)
{
    if (kept->has_held) {
        record->held = malloc(sizeof *record->held);
        read_message(record->held, kept, &kept->held);
    }
    if (kept->has_repeated) {
        read_message(&model->message, kept, &kept->repeated.stored);
        model_repeat(model, record, &model->message);
        record->beats_before = kept->repeated.last_number;
        record->is_claimed = false;
    }
}

static void read_record(struct model *model, struct model_record *record,
                        const struct stepden_den_record *kept)
{
    record->parties = kept->key;
    record->active = !kept->ended;
    copy(record->event_id, sizeof record->event_id, kept->event_id);
    record->sub_cause = kept->sub_cause;
    record->rule = kept->rule;
    record->candidate =
        kept->has_candidate ? kept->candidate.sub_cause : kept->sub_cause;
    record->confirmed = kept->has_candidate ? kept->candidate.count : 0;
    read_times(record, kept, model->now);
    read_sent(model, record, kept);
    read_messages(model, record, kept);
}

static bool is_of(const struct stepden_stored_denm *stored,
                  const struct stepden_action_id *action_id)
{
    const struct stepden_action_id *its =
        &stored->denm.management_container.action_id;
    return its->originating_station_id == action_id->originating_station_id &&
           its->sequence_number == action_id->sequence_number;
}

/* A record says when it was changed last, and by what. */
static bool is_there(struct model *model, uint32_t number,
                     const struct stepden_den_record *kept)
{
    struct model_record *record = model_find_number(model, number);
    int64_t made_its_ms = kept->creation_time_its_ms;

    return record && record->active == !kept->ended &&
           model_same_parties(&record->parties, &kept->key) &&
           strcmp(record->event_id, kept->event_id) == 0 &&
           record->creation_its_ms == made_its_ms &&
           record->trigger_its_ms == made_its_ms + kept->trigger_after_ms &&
           record->detection_its_ms == made_its_ms + kept->detection_after_ms &&
           record->reference_its_ms == made_its_ms + kept->reference_after_ms &&
           (record->held != NULL) == kept->has_held;
}

enum stepden_status model_restore(struct model *model,
                                  const struct stepden_action_id *action_id,
                                  const struct stepden_den_record *kept,
                                  struct stepden_now now)
{
    uint32_t station =
        action_id->originating_station_id - model->config.station_id;
    uint32_t number = station * ACTION_IDS + action_id->sequence_number;

    struct model_record *other = model_find_last(model, &kept->key);
    bool is_active = !kept->ended;

    model->now = now;
    if (station < model->config.station_id_count &&
        is_there(model, number, kept))
        return STEPDEN_OK;
    if (station >= model->config.station_id_count ||
        !model_has_number(model, number) ||
        (is_active && other && other->active) ||
        (kept->has_held && !is_active) ||
        (kept->has_held && !is_of(&kept->held, action_id)) ||
        (kept->has_repeated && !is_of(&kept->repeated.stored, action_id)) ||
        model->used[number])
        return STEPDEN_ERR_INVALID;
    bool is_last = is_active || !other ||
                   (!other->active &&
                    kept->creation_time_its_ms >= other->creation_its_ms);
    struct model_record *record = model_add(model, number);
    read_record(model, record, kept);
    if (is_last)
        model_make_last(model, record);
    if (model_note_trigger(model, record))
        model->last_number = number;
    return STEPDEN_OK;
}
