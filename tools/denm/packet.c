#include "packet.h"

#include <string.h>

enum {
    ETHERTYPE = 0x8947,
    VERSION_1_COMMON_HEADER_NEXT = 0x11,
    BTP_B_NEXT = 0x20,
    GEOBROADCAST_CIRCLE = 0x40,
    TRAFFIC_CLASS = 1, /* DP1 of TS 102 636-4-2 */
    MOBILE = 0x80,
    HOP_LIMIT = 10,
    BTP_SIZE = 4,
    PORT_DENM = 2002, /* TS 103 248 */
    ROAD_SIDE_UNIT = 15,
    LIFETIME_MAX_S = 600,
};

struct writer {
    uint8_t *at;
};

/* `size` octets of `number`, the most significant first. */
static void put(struct writer *writer, uint64_t number, unsigned size)
{
    for (unsigned i = size; i > 0; i--)
        *writer->at++ = (uint8_t)(number >> 8 * (i - 1));
}

/* A unicast address of local administration. */
static void put_mac(struct writer *writer, const struct denm_packet *packet)
{
    put(writer, 0x0200, 2);
    put(writer, packet->station_id, 4);
}

static void put_ethernet(struct writer *writer,
                         const struct denm_packet *packet)
{
    put(writer, UINT64_C(0xffffffffffff), 6);
    put_mac(writer, packet);
    put(writer, ETHERTYPE, 2);
}

/*
 * A multiplier of 6 bits and a base: 50 ms, 1 s, 10 s, 100 s (EN 302 636-4-1,
 * clause 9.6.4). What does not fit is rounded up.
 */
static uint8_t lifetime(uint32_t validity_s)
{
    uint32_t s = validity_s < LIFETIME_MAX_S ? validity_s : LIFETIME_MAX_S;

    if (s <= 63)
        return (uint8_t)(s << 2 | 1);
    return (uint8_t)((s + 9) / 10 << 2 | 2);
}

static void put_basic_header(struct writer *writer,
                             const struct denm_packet *packet)
{
    put(writer, VERSION_1_COMMON_HEADER_NEXT, 1);
    put(writer, 0, 1);
    put(writer, lifetime(packet->validity_s), 1);
    put(writer, HOP_LIMIT, 1);
}

static void put_common_header(struct writer *writer,
                              const struct denm_packet *packet)
{
    put(writer, BTP_B_NEXT, 1);
    put(writer, GEOBROADCAST_CIRCLE, 1);
    put(writer, TRAFFIC_CLASS, 1);
    put(writer, packet->station_type == ROAD_SIDE_UNIT ? 0 : MOBILE, 1);
    put(writer, BTP_SIZE + (unsigned)packet->size, 2);
    put(writer, HOP_LIMIT, 1);
    put(writer, 0, 1);
}

static void put_position(struct writer *writer,
                         const struct denm_packet *packet)
{
    put(writer, (uint32_t)packet->latitude_e7, 4);
    put(writer, (uint32_t)packet->longitude_e7, 4);
}

/* The long position vector of the originator (clause 9.5.2). */
static void put_originator(struct writer *writer,
                           const struct denm_packet *packet)
{
    put(writer, (packet->station_type & 31u) << 10, 2);
    put_mac(writer, packet);
    put(writer, (uint32_t)packet->its_ms, 4);
    put_position(writer, packet);
    put(writer, 0, 4); /* accuracy, speed, heading */
}

static void put_geobroadcast_header(struct writer *writer,
                                    const struct denm_packet *packet)
{
    put(writer, packet->sequence_number, 2);
    put(writer, 0, 2);
    put_originator(writer, packet);
    put_position(writer, packet);
    put(writer, packet->distance_m, 2);
    put(writer, 0, 2 + 2 + 2); /* distance b, angle, reserved */
}

void denm_packet_write(uint8_t bytes[DENM_PACKET_HEADER_SIZE],
                       const struct denm_packet *packet)
{
    struct writer writer = {bytes};

    put_ethernet(&writer, packet);
    put_basic_header(&writer, packet);
    put_common_header(&writer, packet);
    put_geobroadcast_header(&writer, packet);
    put(&writer, PORT_DENM, 2);
    put(&writer, 0, 2);
}
