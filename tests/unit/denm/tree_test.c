/* Every value at the ends of its range, and there and back again. */
#include "sample.h"

static struct stepden_denm_data round_trip(const struct stepden_denm_data *denm)
{
    struct encoded encoded = sample_encode(denm, STEPDEN_RELEASE_R1_R2);

    return sample_decode(&encoded);
}

static void check_round_trip(const struct stepden_denm_data *denm)
{
    struct stepden_denm_data decoded = round_trip(denm);

    sample_check_equal(&decoded, denm);
}

struct bounds {
    uint32_t station_id;
    uint16_t sequence_number;
    int64_t time;
    int32_t latitude;
    int32_t longitude;
    uint16_t semi_axis;
    uint16_t orientation;
    int32_t altitude;
    uint8_t altitude_confidence;
    uint32_t validity;
    uint16_t interval;
    uint8_t byte;
    uint8_t cause;
    uint16_t speed;
    uint8_t confidence;
    uint16_t heading;
};

static const struct bounds bounds[] = {
    {0, 0, 0, -900000000, -1800000000, 1, 0, -100000, 0, 0, 1, 0, 0, 0, 1, 0},
    {4294967295u, 65535, 4398046511103, 900000000, 1800000000, 4094, 3599,
     800000, 15, 86400, 10000, 255, 128, 16382, 127, 3599},
    {2147483648u, 32768, 4294967296, 0, 0, 2048, 1800, 0, 7, 600, 5000, 128, 64,
     8192, 64, 1800},
    {65536, 256, 2147483648, 1, -1, 255, 900, -1, 8, 599, 255, 127, 97, 127, 63,
     2700},
    {1, 1, 1099511627776, -1, 1, 256, 1, 1, 14, 601, 256, 1, 1, 1, 126, 1},
};

static struct stepden_denm_data at(const struct bounds *at)
{
    struct stepden_denm_data denm = sample_full();
    struct stepden_management_container *management =
        &denm.management_container;
    struct stepden_position *position = &management->event_position;

    denm.has_pre_crash_container = false;
    denm.station_id = at->station_id;
    management->action_id.originating_station_id = at->station_id;
    management->action_id.sequence_number = at->sequence_number;
    management->detection_time_its_ms = at->time;
    management->reference_time_its_ms = at->time;
    management->validity_duration_s = at->validity;
    management->transmission_interval_ms = at->interval;
    management->station_type = at->byte;
    position->latitude_e7 = at->latitude;
    position->longitude_e7 = at->longitude;
    position->position_confidence = (struct stepden_position_confidence){
        at->semi_axis, at->semi_axis, at->orientation};
    position->altitude =
        (struct stepden_altitude){at->altitude, at->altitude_confidence};
    denm.situation_container.event_type = at->cause;
    denm.situation_container.sub_cause_code = at->byte;
    denm.situation_container.linked_cause.event_type = at->cause;
    denm.location_container.event_speed =
        (struct stepden_speed){at->speed, at->confidence};
    denm.location_container.event_position_heading =
        (struct stepden_heading){at->heading, at->confidence};
    return denm;
}

START_TEST(values_at_their_bounds_come_back)
{
    struct stepden_denm_data denm = at(&bounds[_i]);

    check_round_trip(&denm);
}
END_TEST

static void check_optional_members(int set)
{
    struct stepden_denm_data denm = sample_full();
    struct stepden_management_container *management =
        &denm.management_container;
    struct stepden_location_container *location = &denm.location_container;

    management->has_awareness_distance = set & 1;
    management->has_traffic_direction = set & 2;
    management->has_transmission_interval = set & 4;
    management->event_position.has_position_confidence = set & 8;
    denm.situation_container.has_linked_cause = set & 16;
    location->has_event_speed = set & 32;
    location->has_event_position_heading = set & 64;
    denm.has_location_container = set & ~31;
    location->has_road_type = set & 128;
    location->has_traces = set & 256;
    location->has_predicted_paths = set & 512;
    check_round_trip(&denm);
}

START_TEST(every_combination_of_optional_members_comes_back)
{
    for (int set = 0; set < 1024; set++)
        check_optional_members(set);
}
END_TEST

static void check_optional_pre_crash_members(int set)
{
    struct stepden_denm_data denm = sample_full();
    struct stepden_pre_crash_container *pre_crash = &denm.pre_crash_container;
    struct stepden_perceived_object *object = &pre_crash->perceived_object;

    object->has_object_id = set & 1;
    object->position.has_position_confidence = set & 2;
    object->has_speed = set & 4;
    object->has_heading = set & 8;
    object->has_object_dimension_x = set & 16;
    object->has_object_dimension_y = set & 32;
    object->has_object_dimension_z = set & 64;
    object->has_object_perception_quality = set & 128;
    object->has_classification = set & 256;
    pre_crash->has_station_id_involved = set & 512;
    pre_crash->has_time_to_collision = set & 1024;
    pre_crash->has_impact_section = set & 2048;
    pre_crash->has_estimated_braking_distance = set & 4096;
    check_round_trip(&denm);
}

START_TEST(every_combination_of_optional_pre_crash_members_comes_back)
{
    for (int set = 0; set < 8192; set++)
        check_optional_pre_crash_members(set);
}
END_TEST

static void check_named_values(int set)
{
    struct stepden_denm_data denm = sample_full();

    denm.management_container.traffic_direction = (uint8_t)(set % 4);
    denm.location_container.road_type = (uint8_t)(set % 4);
    denm.location_container.predicted_paths.item[1].usage_indication =
        (uint8_t)(set % 8);
    denm.pre_crash_container.impact_section = (uint8_t)(set % 6);
    denm.management_container.station_type = (uint8_t)set;
    check_round_trip(&denm);

    denm = sample_cancellation();
    denm.management_container.termination = (uint8_t)(set % 2);
    check_round_trip(&denm);
}

START_TEST(every_named_value_comes_back)
{
    for (int set = 0; set < 256; set++)
        check_named_values(set);
}
END_TEST

static void check_cause(int set)
{
    struct stepden_denm_data denm = sample_full();

    denm.situation_container.event_type = (uint8_t)set;
    denm.situation_container.sub_cause_code = (uint8_t)(255 - set);
    denm.situation_container.linked_cause.event_type = (uint8_t)(128 - set);
    denm.situation_container.linked_cause.sub_cause_code = (uint8_t)set;
    check_round_trip(&denm);
}

START_TEST(every_cause_and_sub_cause_comes_back)
{
    for (int set = 0; set < 129; set++)
        check_cause(set);
}
END_TEST

START_TEST(a_distance_becomes_the_smallest_class_that_covers_it)
{
    static const uint16_t found_expected[][2] = {
        {0, 50},       {50, 50},       {51, 100},      {100, 100},
        {200, 200},    {201, 500},     {1000, 1000},   {1001, 5000},
        {5001, 10000}, {10000, 10000}, {10001, 10001}, {65535, 10001}};
    struct stepden_denm_data denm = sample_full();

    denm.management_container.awareness_distance_m = found_expected[_i][0];
    ck_assert_uint_eq(
        round_trip(&denm).management_container.awareness_distance_m,
        found_expected[_i][1]);
}
END_TEST

START_TEST(a_message_full_of_trace_points_comes_back)
{
    struct stepden_denm_data denm = sample_trigger();
    struct stepden_location_container *location = &denm.location_container;

    denm.has_location_container = true;
    *location = (struct stepden_location_container){.has_traces = true};
    location->traces.count = 7;
    for (int i = 0; i < 7; i++)
        location->traces.item[i].count = i == 3 ? 40 : 16;
    for (int j = 0; j < 40; j++)
        location->traces.item[3].item[j] = (struct stepden_trace_point){
            .delta_latitude = 131072 - j,
            .delta_longitude = j - 131071,
            .has_delta_altitude = true,
            .delta_altitude_cm = (int16_t)(12799 - j),
            .has_delta_time = true,
            .delta_time_cs = (uint16_t)(j + 1),
        };
    check_round_trip(&denm);
}
END_TEST

START_TEST(a_speed_or_heading_with_the_code_for_unavailable_is_absent)
{
    struct stepden_denm_data denm = sample_full();
    struct stepden_location_container *location = &denm.location_container;

    location->event_speed.value_cm_s = 16383;
    location->event_position_heading.value_ddeg = 3601;
    struct stepden_denm_data decoded = round_trip(&denm);
    ck_assert(!decoded.location_container.has_event_speed);
    ck_assert(!decoded.location_container.has_event_position_heading);
}
END_TEST

START_TEST(an_ellipse_of_which_a_part_is_unavailable_is_absent)
{
    struct stepden_denm_data denm = sample_full();

    denm.management_container.event_position.position_confidence
        .semi_minor_axis_length_confidence_cm = 4095;
    ck_assert(
        !round_trip(&denm)
             .management_container.event_position.has_position_confidence);
}
END_TEST

START_TEST(values_not_to_be_used_come_back_as_their_neighbours)
{
    struct stepden_denm_data denm = sample_full();
    struct stepden_position *position =
        &denm.management_container.event_position;

    denm.location_container.event_position_heading.value_ddeg = 3600;
    position->position_confidence =
        (struct stepden_position_confidence){0, 0, 3600};
    denm = round_trip(&denm);
    ck_assert_uint_eq(denm.location_container.event_position_heading.value_ddeg,
                      0);
    ck_assert_uint_eq(
        position->position_confidence.semi_major_axis_length_confidence_cm, 1);
    ck_assert_uint_eq(
        position->position_confidence.semi_minor_axis_length_confidence_cm, 1);
    ck_assert_uint_eq(
        position->position_confidence.semi_major_axis_orientation_ddeg, 0);
}
END_TEST

START_TEST(a_time_to_collision_stays_within_10_s)
{
    static const struct {
        uint32_t given;
        bool is_there;
        uint32_t expected;
    } cases[] = {{0, true, 1},
                 {1, true, 1},
                 {10000, true, 10000},
                 {10001, false, 0},
                 {600000, false, 0}};
    struct stepden_denm_data denm = sample_full();

    denm.pre_crash_container.time_to_collision_ms = cases[_i].given;
    denm = round_trip(&denm);
    ck_assert(denm.pre_crash_container.has_time_to_collision ==
              cases[_i].is_there);
    ck_assert_uint_eq(denm.pre_crash_container.time_to_collision_ms,
                      cases[_i].expected);
}
END_TEST

START_TEST(the_object_0_is_the_station_itself_and_not_sent)
{
    struct stepden_denm_data denm = sample_full();

    denm.pre_crash_container.perceived_object.object_id = 0;
    ck_assert(
        !round_trip(&denm).pre_crash_container.perceived_object.has_object_id);
}
END_TEST

START_TEST(a_dimension_of_25_5_m_and_more_is_out_of_range)
{
    static const uint16_t given_expected[][2] = {
        {1, 1}, {254, 254}, {255, 255}, {256, 255}, {1023, 255}};
    struct stepden_denm_data denm = sample_full();
    struct stepden_perceived_object *object =
        &denm.pre_crash_container.perceived_object;

    object->object_dimension_x.value_dm = given_expected[_i][0];
    denm = round_trip(&denm);
    ck_assert_uint_eq(object->object_dimension_x.value_dm,
                      given_expected[_i][1]);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("denm_tree");
    TCase *tests = tcase_create("denm_tree");

    tcase_add_loop_test(tests, values_at_their_bounds_come_back, 0,
                        sizeof bounds / sizeof bounds[0]);
    tcase_add_test(tests, every_combination_of_optional_members_comes_back);
    tcase_add_test(tests,
                   every_combination_of_optional_pre_crash_members_comes_back);
    tcase_add_test(tests, every_named_value_comes_back);
    tcase_add_test(tests, every_cause_and_sub_cause_comes_back);
    tcase_add_loop_test(
        tests, a_distance_becomes_the_smallest_class_that_covers_it, 0, 12);
    tcase_add_test(tests, a_message_full_of_trace_points_comes_back);
    tcase_add_test(tests,
                   a_speed_or_heading_with_the_code_for_unavailable_is_absent);
    tcase_add_test(tests, an_ellipse_of_which_a_part_is_unavailable_is_absent);
    tcase_add_test(tests, values_not_to_be_used_come_back_as_their_neighbours);
    tcase_add_loop_test(tests, a_time_to_collision_stays_within_10_s, 0, 5);
    tcase_add_test(tests, the_object_0_is_the_station_itself_and_not_sent);
    tcase_add_loop_test(tests, a_dimension_of_25_5_m_and_more_is_out_of_range,
                        0, 5);
    suite_add_tcase(suite, tests);
    return sample_run(suite);
}
