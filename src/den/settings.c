#include "den/settings.h"

struct stepden_settings stepden_settings_of(const struct stepden_config *config)
{
    return (struct stepden_settings){
        .station_id = config->station_id,
        .station_id_count = config->station_id_count,
        .denm_last_update_max_delay_ms = config->denm_last_update_max_delay_ms,
        .denm_check_last_update_max_interval_ms =
            config->denm_check_last_update_max_interval_ms,
        .denm = config->denm,
        .station_type = config->station_type,
        .time_after_collision_s = config->time_after_collision_s,
    };
}
