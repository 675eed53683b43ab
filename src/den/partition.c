#include <stepden/partition.h>

#include <assert.h>

#include "base/digits.h"

#define TEXT_MAX (2 * STEPDEN_DIGITS_MAX + 1)

/* Four bits at a time: a text is short, and so is this table. */
static uint32_t crc32_of(const char *text, const char *end)
{
    static const uint32_t of_bits[16] = {
        0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac, 0x76dc4190, 0x6b6b51f4,
        0x4db26158, 0x5005713c, 0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c,
        0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c,
    };
    uint32_t crc = UINT32_MAX;

    for (; text < end; text++) {
        crc ^= (unsigned char)*text;
        crc = crc >> 4 ^ of_bits[crc & 15];
        crc = crc >> 4 ^ of_bits[crc & 15];
    }
    return ~crc;
}

uint32_t stepden_partition_of_reference(uint32_t station_id, uint16_t object_id,
                                        uint32_t count)
{
    char text[TEXT_MAX];

    assert(count > 0);
    char *end = stepden_digits_put(text, station_id);
    *end++ = ':';
    end = stepden_digits_put(end, object_id);
    return crc32_of(text, end) % count;
}

/* Without roles the first one is the reference. */
uint32_t stepden_partition_of_collisions(
    const struct stepden_station_collision_array *array, uint32_t count)
{
    const struct stepden_collision_station *stations = array->stations.item;
    uint32_t reference = 0;

    for (uint32_t i = 0; i < array->stations.count; i++)
        if (stations[i].has_role &&
            stations[i].role == STEPDEN_COLLISION_STATION_ROLE_REFERENCE)
            reference = i;
    return stepden_partition_of_reference(stations[reference].station_id,
                                          stations[reference].object_id, count);
}

uint32_t
stepden_partition_of_action_id(const struct stepden_action_id *action_id,
                               uint32_t count)
{
    assert(count > 0);
    return action_id->sequence_number % count;
}
