/* The headers around a DENM, octet by octet. */
#include <check.h>
#include <string.h>

#include "denm/packet.h"
#include "suite.h"

enum {
    BASIC = 14,
    COMMON = BASIC + 4,
    GBC = COMMON + 8,
    BTP = GBC + 44,
};

static uint8_t bytes[DENM_PACKET_HEADER_SIZE];

static const struct denm_packet usual = {
    .sequence_number = 0x1234,
    .station_id = 4711,
    .station_type = 5,
    .its_ms = INT64_C(0x123456789ab),
    .latitude_e7 = 454642000,
    .longitude_e7 = -91903000,
    .distance_m = 500,
    .validity_s = 60,
    .size = 200,
};

static void write_with(struct denm_packet packet)
{
    denm_packet_write(bytes, &packet);
}

/* `count` octets as a number. */
static uint64_t number(size_t at, size_t count)
{
    uint64_t number = 0;

    for (size_t i = 0; i < count; i++)
        number = number << 8 | bytes[at + i];
    return number;
}

START_TEST(it_is_a_broadcast_of_geonetworking)
{
    write_with(usual);
    ck_assert_uint_eq(number(0, 6), UINT64_C(0xffffffffffff));
    ck_assert_uint_eq(number(6, 6), UINT64_C(0x020000001267));
    ck_assert_uint_eq(number(12, 2), 0x8947);
}
END_TEST

START_TEST(the_basic_header_leads_to_the_common_one)
{
    write_with(usual);
    ck_assert_uint_eq(number(BASIC, 2), 0x1100);
    ck_assert_uint_eq(number(BASIC + 3, 1), 10);
}
END_TEST

/* EN 302 636-4-1, clause 9.6.4: a multiplier in 6 bits, a base in 2. */
START_TEST(the_lifetime_is_the_validity)
{
    static const struct {
        uint32_t validity_s;
        unsigned lifetime;
    } cases[] = {
        {0, 0 << 2 | 1},    {10, 10 << 2 | 1},    {63, 63 << 2 | 1},
        {64, 7 << 2 | 2},   {70, 7 << 2 | 2},     {600, 60 << 2 | 2},
        {601, 60 << 2 | 2}, {86400, 60 << 2 | 2},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct denm_packet packet = usual;
        packet.validity_s = cases[i].validity_s;
        write_with(packet);
        ck_assert_uint_eq(number(BASIC + 2, 1), cases[i].lifetime);
    }
}
END_TEST

START_TEST(the_common_header_is_of_a_geobroadcast_with_btp_b)
{
    write_with(usual);
    ck_assert_uint_eq(number(COMMON, 2), 0x2040);
    ck_assert_uint_eq(number(COMMON + 3, 1), 0x80);
    ck_assert_uint_eq(number(COMMON + 4, 2), 4 + 200);
    ck_assert_uint_eq(number(COMMON + 6, 2), 0x0a00);
}
END_TEST

START_TEST(a_road_side_unit_does_not_move)
{
    struct denm_packet packet = usual;

    packet.station_type = 15;
    write_with(packet);
    ck_assert_uint_eq(number(COMMON + 3, 1), 0);
    ck_assert_uint_eq(number(GBC + 4, 2), 15 << 10);
}
END_TEST

START_TEST(the_originator_is_where_the_event_is)
{
    write_with(usual);
    ck_assert_uint_eq(number(GBC, 4), 0x12340000);
    ck_assert_uint_eq(number(GBC + 4, 8), UINT64_C(0x1400020000001267));
    ck_assert_uint_eq(number(GBC + 12, 4), 0x456789ab);
    ck_assert_uint_eq(number(GBC + 16, 4), 454642000);
    ck_assert_int_eq((int32_t)number(GBC + 20, 4), -91903000);
    ck_assert_uint_eq(number(GBC + 24, 4), 0);
}
END_TEST

START_TEST(the_area_is_a_circle_around_the_event)
{
    write_with(usual);
    ck_assert_uint_eq(number(GBC + 28, 4), 454642000);
    ck_assert_int_eq((int32_t)number(GBC + 32, 4), -91903000);
    ck_assert_uint_eq(number(GBC + 36, 2), 500);
    ck_assert_uint_eq(number(GBC + 38, 6), 0);
}
END_TEST

START_TEST(the_port_is_that_of_denm)
{
    write_with(usual);
    ck_assert_uint_eq(number(BTP, 4), 2002u << 16);
    ck_assert_uint_eq(BTP + 4, sizeof bytes);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        it_is_a_broadcast_of_geonetworking,
        the_basic_header_leads_to_the_common_one,
        the_lifetime_is_the_validity,
        the_common_header_is_of_a_geobroadcast_with_btp_b,
        a_road_side_unit_does_not_move,
        the_originator_is_where_the_event_is,
        the_area_is_a_circle_around_the_event,
        the_port_is_that_of_denm,
    };

    return run_tests("denm/packet", tests, sizeof tests / sizeof tests[0]);
}
