/*
 * Any text: reading never faults, and a value that was read is written as a
 * text that reads as the same value.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <stepden/records/cloud_event.h>
#include <stepden/records/config.h>
#include <stepden/records/den_record.h>
#include <stepden/records/denm_data.h>
#include <stepden/records/station_collision_array.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

#define CHECK(record, RECORD)                                                  \
    static void check_##record(const char *json, size_t size)                  \
    {                                                                          \
        static struct stepden_##record value;                                  \
        static char first[STEPDEN_##RECORD##_JSON_MAX];                        \
        static char second[STEPDEN_##RECORD##_JSON_MAX];                       \
        if (stepden_##record##_read(&value, json, size, NULL) != STEPDEN_OK)   \
            return;                                                            \
        size_t length =                                                        \
            stepden_##record##_write(first, sizeof(first), &value);            \
        if (stepden_##record##_read(&value, first, length, NULL) !=            \
            STEPDEN_OK)                                                        \
            abort();                                                           \
        size_t again =                                                         \
            stepden_##record##_write(second, sizeof(second), &value);          \
        if (length == 0 || length != again || memcmp(first, second, length))   \
            abort();                                                           \
    }

CHECK(config, CONFIG)
CHECK(den_record, DEN_RECORD)
CHECK(denm_data, DENM_DATA)
CHECK(station_collision_array, STATION_COLLISION_ARRAY)

static void check_cloud_event(const char *json, size_t size)
{
    static struct stepden_cloud_event value;
    if (stepden_cloud_event_read(&value, json, size, NULL) != STEPDEN_OK)
        return;
    if (value.data.at < json || value.data.size > size ||
        value.data.at + value.data.size > json + size)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const char *json = (const char *)bytes;
    check_cloud_event(json, size);
    check_config(json, size);
    check_den_record(json, size);
    check_denm_data(json, size);
    check_station_collision_array(json, size);
    return 0;
}
