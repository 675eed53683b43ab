#include "den/station_kinds.h"

#include <stepden/records/common.h>

static bool is_ptw(uint8_t station_type)
{
    return station_type == STEPDEN_STATION_TYPE_MOPED ||
           station_type == STEPDEN_STATION_TYPE_MOTORCYCLE;
}

bool stepden_is_vru(uint8_t station_type, bool with_ptw)
{
    return station_type == STEPDEN_STATION_TYPE_PEDESTRIAN ||
           station_type == STEPDEN_STATION_TYPE_CYCLIST ||
           station_type == STEPDEN_STATION_TYPE_LIGHT_VRU_VEHICLE ||
           station_type == STEPDEN_STATION_TYPE_ANIMAL ||
           (with_ptw && is_ptw(station_type));
}

bool stepden_is_motor_vehicle(uint8_t station_type)
{
    return (station_type >= STEPDEN_STATION_TYPE_MOPED &&
            station_type <= STEPDEN_STATION_TYPE_TRAM) ||
           station_type == STEPDEN_STATION_TYPE_AGRICULTURAL;
}
