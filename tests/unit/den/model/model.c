/* The table of records, and what comes from outside. */
#include "model.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "den/mapping.h"

#define ACTION_IDS 65536u /* of one station id */

struct model *model_new(const struct stepden_config *config, uint32_t partition,
                        const struct stepden_den_sink *sink)
{
    struct model *model = calloc(1, sizeof *model);
    model->config = *config;
    model->partition = partition;
    for (uint32_t number = 0; number < ACTION_IDS; number++)
        model->of_station += model_has_number(model, number);
    model->sink = *sink;
    model->records =
        calloc(ACTION_IDS * config->station_id_count, sizeof *model->records);
    model->used = calloc(ACTION_IDS * config->station_id_count, sizeof(bool));
    model->last_number = ACTION_IDS * config->station_id_count - 1;
    model->latest_trigger_its_ms = INT64_MIN;
    return model;
}

void model_clear(struct model *model)
{
    while (model->count > 0)
        model_remove(model, &model->records[model->count - 1]);
}

void model_free(struct model *model)
{
    if (!model)
        return;
    model_clear(model);
    free(model->records);
    free(model->used);
    free(model);
}

/* The table */

bool model_same_parties(const struct stepden_den_record_key *one,
                        const struct stepden_den_record_key *other)
{
    return one->reference_station_id == other->reference_station_id &&
           one->reference_object_id == other->reference_object_id &&
           one->target_station_id == other->target_station_id &&
           one->target_object_id == other->target_object_id;
}

struct model_record *
model_find_last(struct model *model,
                const struct stepden_den_record_key *parties)
{
    for (uint32_t i = model->count; i > 0; i--) {
        struct model_record *record = &model->records[i - 1];
        if (record->is_last && model_same_parties(&record->parties, parties))
            return record;
    }
    return NULL;
}

void model_make_last(struct model *model, struct model_record *record)
{
    struct model_record *other = model_find_last(model, &record->parties);
    if (other)
        other->is_last = false;
    record->is_last = true;
}

struct model_record *model_find_number(struct model *model, uint32_t number)
{
    for (uint32_t i = 0; i < model->count; i++) {
        if (model->records[i].number == number)
            return &model->records[i];
    }
    return NULL;
}

bool model_has_number(const struct model *model, uint32_t number)
{
    return number % ACTION_IDS % model->config.redis.partitions ==
           model->partition;
}

/* How many numbers of our partition are before it. */
static uint32_t place_of_number(const struct model *model, uint32_t number)
{
    return number / ACTION_IDS * model->of_station +
           number % ACTION_IDS / model->config.redis.partitions;
}

bool model_note_trigger(struct model *model, const struct model_record *record)
{
    uint32_t total = model->of_station * model->config.station_id_count;
    uint32_t ahead = (place_of_number(model, record->number) + total -
                      place_of_number(model, model->latest_number)) %
                     total;
    bool is_latest = record->trigger_its_ms > model->latest_trigger_its_ms ||
                     (record->trigger_its_ms == model->latest_trigger_its_ms &&
                      ahead < total / 2);

    if (is_latest) {
        model->latest_number = record->number;
        model->latest_trigger_its_ms = record->trigger_its_ms;
    }
    return is_latest;
}

uint32_t model_free_number(struct model *model)
{
    uint32_t total = ACTION_IDS * model->config.station_id_count;
    for (uint32_t i = 1; i <= total; i++) {
        uint32_t number = (model->last_number + i) % total;
        if (model_has_number(model, number) && !model->used[number])
            return number;
    }
    return UINT32_MAX;
}

struct model_record *model_add(struct model *model, uint32_t number)
{
    struct model_record *record = &model->records[model->count++];
    memset(record, 0, sizeof *record);
    model->used[number] = true;
    record->number = number;
    record->detection_its_ms = INT64_MIN;
    record->reference_its_ms = INT64_MIN;
    record->hold_off_ms = INT64_MIN;
    return record;
}

void model_remove(struct model *model, struct model_record *record)
{
    model->used[record->number] = false;
    free(record->held);
    free(record->repeated);
    *record = model->records[--model->count];
}

void model_forget(struct model *model, struct model_record *record)
{
    struct stepden_action_id action_id = model_action_id(model, record->number);
    model_remove(model, record);
    model->sink.forget(model->sink.ctx, &action_id);
}

struct stepden_action_id model_action_id(const struct model *model,
                                         uint32_t number)
{
    return (struct stepden_action_id){
        .originating_station_id =
            model->config.station_id + number / ACTION_IDS,
        .sequence_number = (uint16_t)(number % ACTION_IDS),
    };
}

static uint32_t number_of(const struct model *model,
                          const struct stepden_action_id *action_id)
{
    uint32_t station =
        action_id->originating_station_id - model->config.station_id;
    return station * ACTION_IDS + action_id->sequence_number;
}

static bool is_ours(const struct model *model,
                    const struct stepden_action_id *action_id)
{
    return action_id->originating_station_id - model->config.station_id <
           model->config.station_id_count;
}

/* The CRC-32 of ISO 3309, bit by bit. */
static uint32_t crc32_of(const char *text)
{
    uint32_t crc = UINT32_MAX;
    for (; *text; text++) {
        crc ^= (unsigned char)*text;
        for (int bit = 0; bit < 8; bit++)
            crc = crc & 1 ? crc >> 1 ^ 0xedb88320 : crc >> 1;
    }
    return ~crc;
}

static bool belongs_here(const struct model *model,
                         const struct stepden_collision_station *reference)
{
    char text[32];
    snprintf(text, sizeof text, "%u:%u", reference->station_id,
             reference->object_id);
    return crc32_of(text) % model->config.redis.partitions == model->partition;
}

const struct stepden_den_counters *model_counters(struct model *model)
{
    model->counters.active = 0;
    model->counters.reserved = model->count;
    for (uint32_t i = 0; i < model->count; i++)
        model->counters.active += model->records[i].active;
    return &model->counters;
}

/* What comes from outside */

static bool same_station(const struct stepden_collision_station *one,
                         const struct stepden_collision_station *other)
{
    return one->station_id == other->station_id &&
           one->object_id == other->object_id;
}

static bool is_reference(const struct stepden_station_collision_array *array,
                         uint32_t i)
{
    const struct stepden_collision_station *station = &array->stations.item[i];
    return station->has_role
               ? station->role == STEPDEN_COLLISION_STATION_ROLE_REFERENCE
               : i == 0;
}

static bool is_valid(const struct stepden_station_collision_array *array)
{
    const struct stepden_collision_station *stations = array->stations.item;
    uint32_t references = 0;

    for (uint32_t i = 0; i < array->stations.count; i++) {
        if (stations[i].has_role != stations[0].has_role)
            return false;
        if (is_reference(array, i))
            references++;
        else if (!stations[i].has_time_to_collision)
            return false;
        for (uint32_t j = 0; j < i; j++) {
            if (same_station(&stations[i], &stations[j]))
                return false;
        }
    }
    return references == 1;
}

static bool is_before(const struct stepden_collision_station *one,
                      const struct stepden_collision_station *other)
{
    if (one->time_to_collision_ms != other->time_to_collision_ms)
        return one->time_to_collision_ms < other->time_to_collision_ms;
    if (one->station_id != other->station_id)
        return one->station_id < other->station_id;
    return one->object_id < other->object_id;
}

/* How many targets are more urgent: its place in the order of outputs. */
static uint32_t place_of(const struct stepden_station_collision_array *array,
                         uint32_t target)
{
    uint32_t place = 0;
    for (uint32_t i = 0; i < array->stations.count; i++)
        place +=
            !is_reference(array, i) &&
            is_before(&array->stations.item[i], &array->stations.item[target]);
    return place;
}

static void take_place(struct model *model,
                       const struct stepden_station_collision_array *array,
                       uint32_t place, const char *entry_id,
                       const char *traceparent)
{
    char event_id[STEPDEN_EVENT_ID_SIZE];
    struct model_prediction target = {
        .prediction.creation_its_ms = array->creation_time_its_ms,
        .event_id = event_id,
        .traceparent = traceparent,
    };
    snprintf(event_id, sizeof event_id, "%s/%u", entry_id, place);
    for (uint32_t i = 0; i < array->stations.count; i++) {
        const struct stepden_collision_station *station =
            &array->stations.item[i];
        if (is_reference(array, i))
            target.prediction.reference = station;
        else if (place_of(array, i) == place)
            target.prediction.target = station;
    }
    target.collision_ms = model->now.mono_ms +
                          (array->creation_time_its_ms - model->now.its_ms) +
                          target.prediction.target->time_to_collision_ms;
    model_take(model, &target);
}

enum stepden_status model_take_collisions(
    struct model *model, const struct stepden_station_collision_array *array,
    const char *entry_id, const char *traceparent, struct stepden_now now)
{
    model->now = now;
    if (!is_valid(array))
        return STEPDEN_ERR_INVALID;
    if (array->creation_time_its_ms > now.its_ms + 1000)
        return STEPDEN_ERR_RANGE;
    model->counters.arrays++;
    for (uint32_t i = 0; i < array->stations.count; i++)
        model->counters.misrouted +=
            is_reference(array, i) &&
            !belongs_here(model, &array->stations.item[i]);
    for (uint32_t place = 0; place + 1 < array->stations.count; place++)
        take_place(model, array, place, entry_id, traceparent);
    return STEPDEN_OK;
}

enum stepden_den_verdict model_take_denm(struct model *model,
                                         const struct stepden_denm_data *denm,
                                         struct stepden_now now)
{
    const struct stepden_management_container *management =
        &denm->management_container;
    bool ours = is_ours(model, &management->action_id);
    uint32_t number = number_of(model, &management->action_id);
    struct model_record *record =
        ours ? model_find_number(model, number) : NULL;

    model->now = now;
    if (!management->has_termination ||
        management->termination != STEPDEN_TERMINATION_IS_NEGATION) {
        model->counters.denms_live++;
        return STEPDEN_DEN_LIVE;
    }
    model->counters.misrouted += ours && !model_has_number(model, number);
    if (record && record->active && record->valid_ms <= now.mono_ms) {
        model_expire(model, record); /* nobody knows it any more */
        record = NULL;
    }
    if (!record || !record->active) {
        model->counters.negations_unknown++;
        return STEPDEN_DEN_UNKNOWN;
    }
    if (management->reference_time_its_ms < record->trigger_its_ms ||
        management->detection_time_its_ms +
                management->validity_duration_s * INT64_C(1000) <
            now.its_ms) {
        model->counters.negations_outdated++;
        return STEPDEN_DEN_OUTDATED;
    }
    model->counters.negations++;
    model_negate(model, record);
    return STEPDEN_DEN_NEGATED;
}

/* The record with the next deadline; of several, the first by action id. */
static struct model_record *find_next(struct model *model)
{
    struct model_record *next = NULL;
    for (uint32_t i = 0; i < model->count; i++) {
        struct model_record *record = &model->records[i];
        int64_t due_ms = model_due_at(model, record);
        int64_t next_ms = next ? model_due_at(model, next) : INT64_MAX;
        if (!next || due_ms < next_ms ||
            (due_ms == next_ms && record->number < next->number))
            next = record;
    }
    return next;
}

int64_t model_run(struct model *model, struct stepden_now now)
{
    struct model_record *next;
    int64_t latest_ms =
        now.mono_ms + model->config.denm_check_last_update_max_interval_ms;

    model->now = now;
    while ((next = find_next(model)) &&
           model_due_at(model, next) <= now.mono_ms)
        model_do_due(model, next);
    if (!next)
        return INT64_MAX;
    int64_t due_ms = model_due_at(model, next);
    return due_ms < latest_ms ? due_ms : latest_ms;
}
