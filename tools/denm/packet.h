/*
 * A DENM as it goes over the air: Ethernet, GeoNetworking (EN 302 636-4-1),
 * BTP-B (EN 302 636-5-1) and the UPER; without the security header.
 */
#ifndef DENM_PACKET_H
#define DENM_PACKET_H

#include <stddef.h>
#include <stdint.h>

/* The headers: Ethernet 14, basic 4, common 8, GBC 44, BTP-B 4. */
#define DENM_PACKET_HEADER_SIZE 74

/* What the headers say, of the DENM that they are around. */
struct denm_packet {
    uint16_t sequence_number;
    uint32_t station_id;
    uint8_t station_type; /* TS 102 894-2, 0..31 */
    int64_t its_ms;       /* TimestampIts */
    int32_t latitude_e7;  /* of the event, the centre of the area */
    int32_t longitude_e7;
    uint16_t distance_m; /* the radius of the area */
    uint32_t validity_s;
    uint16_t size; /* of the UPER */
};

/*
 * Writes the headers of a GeoBroadcast packet to a circle. The originator is
 * where the event is, and does not move: the DENM says nothing else of it. Its
 * GeoNetworking and MAC addresses are made of the station id. The lifetime is
 * the validity, but itsGnMaxPacketLifetime, 600 s, at most.
 */
void denm_packet_write(uint8_t bytes[DENM_PACKET_HEADER_SIZE],
                       const struct denm_packet *packet);

#endif
