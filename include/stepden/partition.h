/*
 * Which partition something belongs to (redis.partitions, docs/scale.md).
 *
 * What is predicted of one reference is done in one partition, so that it stays
 * in order: the CRC-32 of ISO 3309 (zlib's crc32) of the text
 * "<stationId>:<objectId>" of the reference, in decimal and without leading
 * zeros, modulo the number of partitions.
 *
 * Partition p of N gives out the sequence numbers s with s mod N = p alone. So
 * no two can give out one action id, and a negation goes to the partition that
 * the number of its event says.
 */
#ifndef STEPDEN_PARTITION_H
#define STEPDEN_PARTITION_H

#include <stdint.h>

#include <stepden/records/denm_data.h>
#include <stepden/records/station_collision_array.h>
#include <stepden/status.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What redis.partitions can be at most. */
#define STEPDEN_PARTITIONS_MAX 256

/*
 * The partition, of `count`, of predictions with this reference, of which
 * `object_id` is 0 if it is the station itself. `count` is 1 or more.
 */
STEPDEN_API uint32_t stepden_partition_of_reference(uint32_t station_id,
                                                    uint16_t object_id,
                                                    uint32_t count);

/* That of an array of predictions: of its reference. */
STEPDEN_API uint32_t stepden_partition_of_collisions(
    const struct stepden_station_collision_array *array, uint32_t count);

/* That of the event with this action id, which its negation has too. */
STEPDEN_API uint32_t stepden_partition_of_action_id(
    const struct stepden_action_id *action_id, uint32_t count);

#ifdef __cplusplus
}
#endif

#endif
