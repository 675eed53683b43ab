#include "den/service.h"

#include <stepden/partition.h>

struct stepden_action_id stepden_den_action_id(const struct stepden_den *den,
                                               uint32_t number)
{
    uint32_t station = number / den->station_share;
    uint32_t of_station = number % den->station_share;

    return (struct stepden_action_id){
        .originating_station_id = den->settings.station_id + station,
        .sequence_number =
            (uint16_t)(of_station * den->partitions + den->partition),
    };
}

static uint32_t station_of(const struct stepden_den *den,
                           const struct stepden_action_id *action_id)
{
    return action_id->originating_station_id - den->settings.station_id;
}

bool stepden_den_is_ours(const struct stepden_den *den,
                         const struct stepden_action_id *action_id)
{
    return station_of(den, action_id) < den->settings.station_id_count;
}

uint32_t stepden_den_number(const struct stepden_den *den,
                            const struct stepden_action_id *action_id)
{
    if (!stepden_den_is_ours(den, action_id) ||
        stepden_partition_of_action_id(action_id, den->partitions) !=
            den->partition)
        return STEPDEN_NUMBER_NONE;
    return station_of(den, action_id) * den->station_share +
           action_id->sequence_number / den->partitions;
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
