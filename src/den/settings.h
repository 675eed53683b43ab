/* What a DEN service needs of its configuration, which is much larger. */
#ifndef STEPDEN_DEN_SETTINGS_H
#define STEPDEN_DEN_SETTINGS_H

#include <stepden/records/config.h>

struct stepden_settings {
    uint32_t station_id;
    uint32_t station_id_count;
    uint32_t denm_last_update_max_delay_ms;
    uint32_t denm_check_last_update_max_interval_ms;
    struct stepden_config_denm denm;
    uint8_t station_type;
    uint8_t time_after_collision_s;
};

struct stepden_settings
stepden_settings_of(const struct stepden_config *config);

#endif
