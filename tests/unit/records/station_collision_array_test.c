#include <stepden/records/station_collision_array.h>

#include <stdio.h>

#include "../json/suite.h"

#define STATION                                                                \
    "{\"stationId\":1,\"stationType\":\"bus\",\"position\":{\"latitude\":1,"   \
    "\"longitude\":2}"

static struct stepden_station_collision_array array;
static struct stepden_diag diag;
static char json[STEPDEN_STATION_COLLISION_ARRAY_JSON_MAX + 1];

static enum stepden_status take(const char *stations)
{
    size_t size = strlen(stations) + 64;
    char *text = malloc(size);
    enum stepden_status status;

    snprintf(text, size,
             "{\"creationTime\":\"2026-07-01T12:00:00Z\",\"stations\":[%s]}",
             stations);
    status =
        stepden_station_collision_array_read(&array, text, strlen(text), &diag);
    free(text);
    return status;
}

START_TEST(two_stations_are_read)
{
    ck_assert_int_eq(
        take(STATION
             ",\"role\":\"reference\",\"heading\":{\"value\":3600}}," STATION
             ",\"timeToCollision\":600000,"
             "\"predictedPath\":[{\"latitude\":1,"
             "\"longitude\":2,\"deltaTime\":100}]}"),
        0);
    ck_assert_uint_eq(array.stations.count, 2);
    ck_assert(array.stations.item[0].has_role);
    ck_assert_int_eq(array.stations.item[0].role,
                     STEPDEN_COLLISION_STATION_ROLE_REFERENCE);
    ck_assert_uint_eq(array.stations.item[0].heading.confidence_ddeg, 127);
    ck_assert_uint_eq(array.stations.item[1].object_id, 0);
    ck_assert_uint_eq(array.stations.item[1].time_to_collision_ms, 600000);
    ck_assert_uint_eq(array.stations.item[1].predicted_path.count, 1);
    ck_assert_uint_eq(array.stations.item[1].path_history.count, 0);
}
END_TEST

START_TEST(an_element_starts_from_its_defaults_each_time)
{
    memset(&array, 0xa5, sizeof(array));
    ck_assert_int_eq(take(STATION "}," STATION "}"), 0);
    ck_assert(!array.stations.item[1].has_speed);
    ck_assert(!array.stations.item[1].has_time_to_collision);
    ck_assert_uint_eq(array.stations.item[1].path_history.count, 0);
}
END_TEST

START_TEST(one_station_is_too_few)
{
    ck_assert_int_eq(take(STATION "}"), STEPDEN_ERR_RANGE);
    ck_assert_str_eq(diag.where, "/stations");
    ck_assert_str_eq(diag.reason,
                     "found 1 elements, allowed is an array of 2..256");
}
END_TEST

START_TEST(as_many_as_the_schema_allows_are_read_and_no_more)
{
    static char stations[300 * (sizeof(STATION) + 8)];

    for (int i = 0; i < 257; i++) {
        if (i == 256)
            ck_assert_int_eq(take(stations), 0);
        strcat(stations, i == 0 ? STATION "}" : "," STATION "}");
    }
    ck_assert_uint_eq(array.stations.count, 256);
    ck_assert_uint_ne(
        stepden_station_collision_array_write(json, sizeof(json), &array), 0);
    ck_assert_int_eq(take(stations), STEPDEN_ERR_RANGE);
    ck_assert_uint_eq(array.stations.count, 256);
}
END_TEST

START_TEST(a_longer_fraction_is_rounded_once)
{
    ck_assert_int_eq(
        take("{\"stationId\":1,\"stationType\":5,\"position\":{\"latitude\":"
             "45.46420354999999999,\"longitude\":-9.18998250000000001},"
             "\"probability\":0.9999999}," STATION "}"),
        0);
    ck_assert_int_eq(array.stations.item[0].position.latitude_e7, 454642035);
    ck_assert_int_eq(array.stations.item[0].position.longitude_e7, -91899825);
    ck_assert_uint_eq(array.stations.item[0].probability_e6, 1000000);
}
END_TEST

static enum stepden_status take_altitude(const char *altitude)
{
    char stations[512];

    snprintf(stations, sizeof(stations),
             STATION ",\"pathHistory\":[{\"latitude\":1,\"longitude\":2,"
                     "\"altitude\":%s}]}," STATION "}",
             altitude);
    return take(stations);
}

static void altitude_is(const char *altitude, uint8_t confidence)
{
    const struct stepden_path_history_point *point =
        &array.stations.item[0].path_history.item[0];

    memset(&array, 0xa5, sizeof(array));
    ck_assert_int_eq(take_altitude(altitude), 0);
    ck_assert(point->has_altitude);
    ck_assert_int_eq(point->altitude.value_cm, -1250);
    ck_assert_uint_eq(point->altitude.confidence, confidence);
}

START_TEST(an_altitude_of_the_way_is_an_object_like_that_of_a_position)
{
    altitude_is("{\"value\":-1250,\"confidence\":3}", 3);
    altitude_is("{\"value\":-1250}", 15);
}
END_TEST

START_TEST(an_altitude_of_the_way_may_be_its_value_alone)
{
    altitude_is("-1250", 15);
    ck_assert_uint_ne(
        stepden_station_collision_array_write(json, sizeof(json), &array), 0);
    ck_assert_ptr_nonnull(
        strstr(json, "\"altitude\":{\"value\":-1250,\"confidence\":15}"));
}
END_TEST

START_TEST(an_altitude_of_the_way_has_the_same_range_in_both_forms)
{
    ck_assert_int_eq(take_altitude("800001"), STEPDEN_ERR_RANGE);
    ck_assert_str_eq(diag.where, "/stations/0/pathHistory/0/altitude");
    ck_assert_int_eq(take_altitude("{\"value\":800001}"), STEPDEN_ERR_RANGE);
    ck_assert_int_eq(take_altitude("\"1\""), STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.reason,
                     "found \"1\", allowed is an object or a number or null");
}
END_TEST

START_TEST(what_was_written_is_read_as_the_same)
{
    static char again[STEPDEN_STATION_COLLISION_ARRAY_JSON_MAX];
    size_t size;

    ck_assert_int_eq(take(STATION
                          ",\"speed\":{\"value\":16382,\"confidence\":1},"
                          "\"measurementTime\":\"2026-07-01T12:00:00.001Z\","
                          "\"length\":1023,\"pathHistory\":[{\"latitude\":1.5,"
                          "\"longitude\":-2.25,\"altitude\":null,"
                          "\"deltaTime\":7}]}," STATION
                          ",\"collisionPosition\":{\"latitude\":0,"
                          "\"longitude\":0}}"),
                     0);
    size = stepden_station_collision_array_write(json, sizeof(json), &array);
    ck_assert_int_eq(
        stepden_station_collision_array_read(&array, json, size, &diag), 0);
    ck_assert_uint_eq(
        stepden_station_collision_array_write(again, sizeof(again), &array),
        size);
    ck_assert_mem_eq(json, again, size);
}
END_TEST

RUN_SUITE("station_collision_array", two_stations_are_read,
          an_element_starts_from_its_defaults_each_time, one_station_is_too_few,
          as_many_as_the_schema_allows_are_read_and_no_more,
          a_longer_fraction_is_rounded_once,
          an_altitude_of_the_way_is_an_object_like_that_of_a_position,
          an_altitude_of_the_way_may_be_its_value_alone,
          an_altitude_of_the_way_has_the_same_range_in_both_forms,
          what_was_written_is_read_as_the_same)
