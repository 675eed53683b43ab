#include "den/service.h"

struct stepden_action_id stepden_den_action_id(const struct stepden_den *den,
                                               uint32_t number)
{
    return (struct stepden_action_id){
        .originating_station_id =
            den->config.station_id + number / STEPDEN_SEQUENCE_NUMBERS,
        .sequence_number = (uint16_t)(number % STEPDEN_SEQUENCE_NUMBERS),
    };
}

uint32_t stepden_den_number(const struct stepden_den *den,
                            const struct stepden_action_id *action_id)
{
    uint32_t station =
        action_id->originating_station_id - den->config.station_id;
    if (station >= den->config.station_id_count)
        return STEPDEN_NUMBER_NONE;
    return station * STEPDEN_SEQUENCE_NUMBERS + action_id->sequence_number;
}

void stepden_den_follow(struct stepden_den *den, uint32_t number,
                        int64_t trigger_its_ms)
{
    uint32_t total = den->action_ids.total;
    uint32_t ahead = (number + total - den->last_number) % total;
    bool is_later =
        trigger_its_ms > den->last_trigger_its_ms ||
        (trigger_its_ms == den->last_trigger_its_ms && ahead < total / 2);
    if (!is_later)
        return;
    den->last_number = number;
    den->last_trigger_its_ms = trigger_its_ms;
    stepden_action_ids_continue(&den->action_ids, number);
}
