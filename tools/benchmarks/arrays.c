#include "benchmarks/arrays.h"

#include <stdio.h>

#include <stepden/its_time.h>

#define TARGET_ID 2000000
#define TIME_TO_COLLISION_MS 20000

/* Where parties may be, in 1e-7 degree. */
#define PLACES 9973
#define PLACE_SIZE_E7 91

/* A station's members, without the brace at the end. */
static int write_station(char *json, uint32_t id, const char *type,
                         uint32_t place)
{
    uint32_t offset_e7 = place % PLACES * PLACE_SIZE_E7;

    return sprintf(json,
                   "{\"stationId\":%u,\"stationType\":\"%s\","
                   "\"position\":{\"latitude\":45.%u,\"longitude\":9.%u},"
                   "\"speed\":{\"value\":420,\"confidence\":20},"
                   "\"heading\":{\"value\":%u,\"confidence\":15}",
                   id, type, 4642017 + offset_e7, 1903025 + offset_e7,
                   (900 + place * 37) % 3600);
}

static int write_target(char *json, uint32_t number, uint32_t i)
{
    static const char *const types[] = {"passengerCar", "cyclist", "pedestrian",
                                        "motorcycle", "bus"};
    uint32_t offset_e7 = number % PLACES * PLACE_SIZE_E7;
    int size = write_station(json, TARGET_ID + i,
                             types[i % (sizeof types / sizeof types[0])],
                             number + i + 1);

    return size + sprintf(json + size,
                          ",\"timeToCollision\":%u,\"collisionPosition\":"
                          "{\"latitude\":45.%u,\"longitude\":9.%u}}",
                          TIME_TO_COLLISION_MS + 10 * i, 4647019 + offset_e7,
                          1908027 + offset_e7);
}

size_t bench_array_write(char *json, uint32_t number, uint32_t targets,
                         int64_t creation_its_ms)
{
    char time[STEPDEN_RFC3339_SIZE];
    char *at = json;

    stepden_its_format(time, creation_its_ms);
    at += sprintf(at, "{\"creationTime\":\"%s\",\"stations\":[", time);
    at += write_station(at, BENCH_REFERENCE_ID(number), "passengerCar", number);
    *at++ = '}';
    for (uint32_t i = 0; i < targets; i++) {
        *at++ = ',';
        at += write_target(at, number, i);
    }
    at += sprintf(at, "]}");
    return (size_t)(at - json);
}
