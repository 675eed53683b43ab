#include "inputs.h"

#include <stdio.h>
#include <string.h>

void inputs_config(struct stepden_config *config,
                   const struct script_step *step)
{
    const int64_t *value = step->value;
    struct stepden_config_denm *denm = &config->denm;

    stepden_config_init(config);
    config->station_id = INPUTS_STATION_ID;
    config->station_id_count = (uint8_t)value[CONFIG_IDS];
    config->time_after_collision_s = (uint8_t)value[CONFIG_AFTER];
    config->denm_last_update_max_delay_ms = (uint16_t)value[CONFIG_DELAY];
    config->denm_check_last_update_max_interval_ms =
        (uint16_t)value[CONFIG_TICK];
    denm->min_update_interval_ms = (uint16_t)value[CONFIG_SPACING];
    denm->repetition_interval_ms = (uint32_t)value[CONFIG_INTERVAL];
    denm->repetition_duration_ms = (uint32_t)value[CONFIG_DURATION];
    denm->after_collision = value[CONFIG_EXPIRE]
                                ? STEPDEN_CONFIG_DENM_AFTER_COLLISION_EXPIRE
                                : STEPDEN_CONFIG_DENM_AFTER_COLLISION_CANCEL;
    denm->negation_hold_off_ms = (uint32_t)value[CONFIG_HOLD_OFF];
    denm->sub_cause.confirmations = (uint8_t)value[CONFIG_CONFIRMATIONS];
    denm->max_records = (uint32_t)value[CONFIG_RECORDS];
    denm->release = (enum stepden_release)value[CONFIG_RELEASE];
    denm->has_transmission_interval = value[CONFIG_TRANSMISSION] != 0;
    denm->transmission_interval_ms = (uint16_t)value[CONFIG_TRANSMISSION];
    config->redis.partitions = (uint16_t)value[CONFIG_PARTITIONS];
}

static struct stepden_collision_station *
add_station(struct stepden_station_collision_array *array,
            const struct script_step *step, int64_t heading)
{
    struct stepden_collision_station *station =
        &array->stations.item[array->stations.count];

    stepden_collision_station_init(station);
    station->has_role = step->value[ARRAY_ROLES] != 0;
    station->role = STEPDEN_COLLISION_STATION_ROLE_TARGET;
    station->station_type = STEPDEN_STATION_TYPE_PASSENGER_CAR;
    station->position.latitude_e7 = 454642000;
    station->position.longitude_e7 =
        91900000 + 3000 * (int32_t)array->stations.count;
    station->has_speed = step->value[ARRAY_SPEED] >= 0;
    station->speed.value_cm_s = (uint16_t)step->value[ARRAY_SPEED];
    station->has_heading = heading >= 0;
    station->heading.value_ddeg = (uint16_t)heading;
    array->stations.count++;
    return station;
}

static void add_target(struct stepden_station_collision_array *array,
                       const struct script_step *step, uint32_t i)
{
    const int64_t *value = step->value + ARRAY_TARGETS + i * TARGET_VALUES;
    struct stepden_collision_station *target =
        add_station(array, step, value[TARGET_HEADING]);

    target->station_id = (uint32_t)value[TARGET_STATION];
    target->object_id = (uint16_t)value[TARGET_OBJECT];
    target->station_type = (uint8_t)value[TARGET_TYPE];
    target->has_time_to_collision = true;
    target->time_to_collision_ms = (uint32_t)value[TARGET_TTC];
    target->has_impact_section = value[TARGET_IMPACT] >= 0;
    target->impact_section = (uint8_t)value[TARGET_IMPACT];
}

static void spoil(struct stepden_station_collision_array *array, int64_t defect)
{
    struct stepden_collision_station *stations = array->stations.item;
    struct stepden_collision_station *last =
        &stations[array->stations.count - 1];

    switch (defect) {
    case DEFECT_TWO_REFERENCES:
        last->has_role = true; /* on some only, if the others have none */
        last->role = STEPDEN_COLLISION_STATION_ROLE_REFERENCE;
        break;
    case DEFECT_TARGET_IS_REFERENCE:
        last->station_id = stations[0].station_id;
        last->object_id = stations[0].object_id;
        break;
    case DEFECT_TARGET_TWICE:
        stations[array->stations.count++] = stations[1];
        break;
    case DEFECT_NO_TIME:
        last->has_time_to_collision = false;
        break;
    }
}

void inputs_array(struct stepden_station_collision_array *array,
                  const struct script_step *step)
{
    array->stations.count = 0;
    array->unknown_members = 0;
    struct stepden_collision_station *reference =
        add_station(array, step, step->value[ARRAY_HEADING]);
    reference->role = STEPDEN_COLLISION_STATION_ROLE_REFERENCE;
    reference->station_id = (uint32_t)step->value[ARRAY_REFERENCE];
    for (uint32_t i = 0; i < step->value[ARRAY_COUNT]; i++)
        add_target(array, step, i);
    spoil(array, step->value[ARRAY_DEFECT]);
}

void inputs_denm(struct stepden_denm_data *denm, const struct script_step *step,
                 const struct stepden_management_container *sent,
                 int64_t now_its_ms)
{
    struct stepden_management_container *management =
        &denm->management_container;
    const int64_t *value = step->value;

    stepden_denm_data_init(denm);
    denm->station_id = 4711;
    management->action_id = sent->action_id;
    if (value[DENM_FOREIGN])
        management->action_id.originating_station_id += 1000;
    management->action_id.sequence_number =
        (uint16_t)(management->action_id.sequence_number + value[DENM_SKEW]);
    management->reference_time_its_ms =
        sent->reference_time_its_ms + value[DENM_REFERENCE];
    management->detection_time_its_ms = now_its_ms + value[DENM_DETECTION];
    management->validity_duration_s = (uint32_t)value[DENM_VALIDITY];
    management->has_termination = value[DENM_TERMINATION] >= 0;
    management->termination = (uint8_t)value[DENM_TERMINATION];
}

void inputs_fill(struct stepden_action_id *action_id,
                 struct stepden_den_record *record,
                 const struct script_step *step, uint32_t i, int64_t now_its_ms)
{
    uint32_t number = (uint32_t)step->value[FILL_NUMBER] + i;

    stepden_den_record_init(record);
    record->ended = 1;
    action_id->originating_station_id = INPUTS_STATION_ID + number / 65536;
    action_id->sequence_number = (uint16_t)number;
    record->key.reference_station_id = 9000;
    record->key.target_station_id = 9001;
    snprintf(record->event_id, sizeof record->event_id, "fill/%u", number);
    record->creation_time_its_ms = now_its_ms + step->value[FILL_TRIGGER];
    record->update_after_ms = -step->value[FILL_TRIGGER];
    record->collision_after_ms = record->update_after_ms;
    record->validity_after_ms =
        record->update_after_ms + step->value[FILL_VALID];
}
