#include "daemon/monitor/live_text.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include <json.h>

static struct stepden_config config;
static struct stepden_metrics metrics;
static struct stepden_rejections rejections;
static struct stepden_partition_vitals partitions[STEPDEN_LIVE_PARTITIONS_MAX];
static struct stepden_vitals vitals;
static struct stepden_picture before;
static struct stepden_picture picture;
static struct stepden_live_message message;
static char text[STEPDEN_LIVE_TEXT_MAX];

static void set_up(void)
{
    stepden_config_init(&config);
    stepden_metrics_init(&metrics);
    vitals = (struct stepden_vitals){
        .config = &config,
        .metrics = &metrics,
        .rejections = &rejections,
        .partitions = partitions,
        .partition_count = 1,
        .started_unix_ms = 1700000000000,
    };
    for (uint32_t i = 0; i < STEPDEN_LIVE_PARTITIONS_MAX; i++)
        partitions[i] =
            (struct stepden_partition_vitals){.state = STEPDEN_SESSION_OWNER,
                                              .is_connected = true,
                                              .obstacle = "",
                                              .owner = ""};
    message = (struct stepden_live_message){
        .number = 9,
        .now = {.mono_ms = 5000, .its_ms = 700000000000},
        .unix_ms = 1700000001500,
        .vitals = &vitals,
        .picture = &picture,
    };
    stepden_picture_begin(&before, 5000);
    stepden_picture_begin(&picture, 5000);
}

static struct stepden_sight a_sight(void)
{
    return (struct stepden_sight){
        .action_id = {.originating_station_id = 4711, .sequence_number = 3},
        .parties = {.reference_station_id = 1001,
                    .target_station_id = 2002,
                    .target_object_id = 17},
        .position = {.latitude_e7 = 454642000, .longitude_e7 = -91903000},
        .sub_cause = 4,
        .has_distance = true,
        .distance_m = 50,
        .trigger_its_ms = 700000000000 - 1000,
        .creation_its_ms = 700000000000 - 20,
        .update_mono_ms = 4990,
        .sent_mono_ms = 4991,
        .collision_mono_ms = 6900,
        .valid_mono_ms = 12000,
        .has_movers = true,
        .reference = {.latitude_e7 = 454642000,
                      .longitude_e7 = 91900000,
                      .speed_cm_s = 1389,
                      .heading_ddeg = 900,
                      .station_type = STEPDEN_STATION_TYPE_PASSENGER_CAR},
        .target = {.latitude_e7 = 454644000,
                   .longitude_e7 = 91903000,
                   .speed_cm_s = -1,
                   .heading_ddeg = -1,
                   .station_type = STEPDEN_STATION_TYPE_CYCLIST},
    };
}

static void expect(const char *part)
{
    stepden_live_text_write(text, &message);
    ck_assert_msg(strstr(text, part) != NULL, "no %s in:\n%s", part, text);
}

static void expect_not(const char *part)
{
    stepden_live_text_write(text, &message);
    ck_assert_msg(strstr(text, part) == NULL, "%s in:\n%s", part, text);
}

/* The JSON of the message, which is all of it but what is before it. */
static struct json_object *parse(void)
{
    stepden_live_text_write(text, &message);
    const char *data = strstr(text, "\ndata: ");
    ck_assert_ptr_nonnull(data);
    const char *end = strchr(data + 1, '\n');
    ck_assert_str_eq(end, "\n\n");
    struct json_object *root = json_tokener_parse(data + strlen("\ndata: "));
    ck_assert_msg(root != NULL, "%s", text);
    return root;
}

START_TEST(an_event_is_told_with_times_of_one_clock)
{
    struct stepden_sight sight = a_sight();
    stepden_picture_add(&picture, &sight);
    expect("\"total\":1,\"events\":[{\"id\":\"4711:3\",\"since\":4000,"
           "\"measured\":4980,\"sent\":4991,\"collision\":6900,\"valid\":12000,"
           "\"subCause\":4,\"at\":[45.4642,-9.1903],\"distance\":50,"
           "\"reference\":{\"station\":1001,\"object\":0,\"type\":5,"
           "\"at\":[45.4642,9.19],\"speed\":1389,\"heading\":900},"
           "\"target\":{\"station\":2002,\"object\":17,\"type\":2,"
           "\"at\":[45.4644,9.1903]}}],\"gone\":[]");
}
END_TEST

START_TEST(after_a_restart_parties_have_no_place)
{
    struct stepden_sight sight = a_sight();
    sight.has_movers = false;
    stepden_picture_add(&picture, &sight);
    expect("\"reference\":{\"station\":1001,\"object\":0},"
           "\"target\":{\"station\":2002,\"object\":17}}");
}
END_TEST

START_TEST(a_change_has_no_more_than_what_changed)
{
    struct stepden_sight sight = a_sight();
    stepden_picture_add(&before, &sight);
    sight.action_id.sequence_number = 4;
    stepden_picture_add(&before, &sight);
    stepden_picture_add(&picture, &sight);
    message.before = &before;
    expect("id: 9\ndata: {\"now\":5000,\"state\":{");
    expect("\"total\":1,\"events\":[],\"gone\":[\"4711:3\"]}\n\n");
    expect_not("retry:");
    expect_not("\"service\"");
}
END_TEST

START_TEST(the_first_message_says_who_we_are_and_when_to_come_again)
{
    strcpy(config.instance_name, "north");
    config.station_id = 4711;
    expect("retry: 2000\nid: 9\ndata: {");
    expect("\"service\":{\"instance\":\"north\",\"version\":\"" STEPDEN_VERSION
           "\",\"station\":4711,\"latencyBounds\":[1000,2000,");
}
END_TEST

START_TEST(the_state_of_the_service_is_told)
{
    vitals.den.triggers = 3;
    vitals.den.reserved = 2;
    vitals.records = 10;
    vitals.session.connects = 4;
    rejections.counts[STEPDEN_INPUT_CLIENT][STEPDEN_REJECTION_SYNTAX] = 5;
    rejections.counts[STEPDEN_INPUT_CRASH_PREDICTION][STEPDEN_REJECTION_RANGE] =
        2;
    expect("\"state\":{\"lease\":\"held\",\"connected\":1,"
           "\"partitions\":[[\"held\",0,0,0,\"\"]],\"reasons\":[],"
           "\"connects\":4,\"uptime\":1500,\"records\":2,\"recordsMax\":10,"
           "\"inputs\":0,\"rejected\":7,\"triggers\":3,");
    metrics.last_commit_unix_ms = message.unix_ms - 30;
    expect("\"committed\":30,");
}
END_TEST

START_TEST(each_partition_is_told_and_why_some_do_nothing)
{
    vitals.partition_count = 4;
    partitions[0].active = 8;
    partitions[0].lag[STEPDEN_INPUT_CRASH_PREDICTION].undelivered = 2;
    partitions[0].lag[STEPDEN_INPUT_CLIENT].undelivered = 3;
    partitions[0].lag[STEPDEN_INPUT_CLIENT].pending = -1;
    partitions[1].state = STEPDEN_SESSION_STANDBY;
    partitions[1].owner = "south";
    partitions[2].state = partitions[3].state = STEPDEN_SESSION_CONNECTING;
    partitions[2].is_connected = partitions[3].is_connected = false;
    expect("\"lease\":\"held\",\"connected\":2,\"partitions\":["
           "[\"held\",8,5,-1,\"\"],[\"standby\",0,0,0,\"south\"],"
           "[\"none\",0,0,0,\"\"],[\"none\",0,0,0,\"\"]],"
           "\"reasons\":[[\"Redis is not connected\",2]],");
}
END_TEST

START_TEST(a_text_from_outside_stays_in_its_string)
{
    strcpy(config.instance_name, "a\"\n\ndata: {}\r</script>");
    partitions[0].obstacle = "\"\n";
    struct json_object *root = parse();
    struct json_object *service = json_object_object_get(root, "service");
    ck_assert_str_eq(
        json_object_get_string(json_object_object_get(service, "instance")),
        config.instance_name);
    json_object_put(root);
}
END_TEST

/* Of as many kinds as are told, all of bytes that have to be escaped. */
static void hinder(void)
{
    static char obstacles[STEPDEN_VITALS_REASONS_MAX]
                         [16 * STEPDEN_LIVE_REASON_MAX];
    for (uint32_t i = 0; i < STEPDEN_VITALS_REASONS_MAX; i++) {
        memset(obstacles[i], 1 + (int)i, sizeof obstacles[i] - 1);
        partitions[i].obstacle = obstacles[i];
    }
}

/* As long as a session tells it, all of characters that have to be escaped. */
static const char *an_owner(void)
{
    static char name[STEPDEN_INSTANCE_SIZE];
    memset(name, '"', sizeof name - 1);
    return name;
}

static void fill(struct stepden_picture *to, struct stepden_sight *sight,
                 uint16_t first_number)
{
    for (uint16_t i = 0; i < STEPDEN_PICTURE_MAX; i++) {
        sight->action_id.sequence_number = (uint16_t)(first_number + i);
        stepden_picture_add(to, sight);
    }
    stepden_picture_end(to);
}

static void expect_count(const char *list, size_t count)
{
    struct json_object *root = parse();
    ck_assert_uint_eq(
        json_object_array_length(json_object_object_get(root, list)), count);
    json_object_put(root);
}

START_TEST(the_longest_message_fits)
{
    struct stepden_sight sight = a_sight();
    sight.parties =
        (struct stepden_parties){UINT32_MAX, UINT32_MAX, 65535, 65535};
    sight.action_id.originating_station_id = UINT32_MAX;
    sight.distance_m = 10001;
    sight.position = (struct stepden_position){.latitude_e7 = -899999999,
                                               .longitude_e7 = -1799999999};
    sight.reference = sight.target = (struct stepden_mover){
        .latitude_e7 = -899999999,
        .longitude_e7 = -1799999999,
        .speed_cm_s = 16383,
        .heading_ddeg = 3599,
        .station_type = 255,
    };
    message.now.mono_ms = sight.collision_mono_ms = sight.valid_mono_ms =
        sight.sent_mono_ms = INT64_MAX / 4;
    memset(&vitals.den, 0x7f, sizeof vitals.den);
    memset(&vitals.session, 0x7f, sizeof vitals.session);
    vitals.partition_count = STEPDEN_LIVE_PARTITIONS_MAX;
    for (uint32_t i = 0; i < STEPDEN_LIVE_PARTITIONS_MAX; i++) {
        partitions[i].state = STEPDEN_SESSION_STANDBY;
        partitions[i].owner = an_owner();
        partitions[i].active = UINT64_MAX / 4;
        memset(partitions[i].lag, 0x1f, sizeof partitions[i].lag);
    }
    hinder();
    memset(&metrics.latency.counts, 0x7f, sizeof metrics.latency.counts);
    memset(config.instance_name, 1, sizeof config.instance_name - 1);
    fill(&before, &sight, 60000);
    fill(&picture, &sight, 65000);
    expect_count("events", STEPDEN_PICTURE_MAX);
    message.before = &before;
    expect_count("events", STEPDEN_PICTURE_MAX);
    expect_count("gone", STEPDEN_PICTURE_MAX);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("daemon/live_text");
    TCase *tests = tcase_create("live_text");
    tcase_add_checked_fixture(tests, set_up, NULL);
    tcase_add_test(tests, an_event_is_told_with_times_of_one_clock);
    tcase_add_test(tests, after_a_restart_parties_have_no_place);
    tcase_add_test(tests, a_change_has_no_more_than_what_changed);
    tcase_add_test(tests,
                   the_first_message_says_who_we_are_and_when_to_come_again);
    tcase_add_test(tests, the_state_of_the_service_is_told);
    tcase_add_test(tests, each_partition_is_told_and_why_some_do_nothing);
    tcase_add_test(tests, a_text_from_outside_stays_in_its_string);
    tcase_add_test(tests, the_longest_message_fits);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
