/* Groups of TrafficParticipantType (TS 102 894-2). */
#ifndef STEPDEN_DEN_STATION_KINDS_H
#define STEPDEN_DEN_STATION_KINDS_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Pedestrian, cyclist, light VRU vehicle, animal; a powered two-wheeler, moped
 * or motorcycle, if `with_ptw`.
 */
bool stepden_is_vru(uint8_t station_type, bool with_ptw);

bool stepden_is_motor_vehicle(uint8_t station_type);

#endif
