#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stepden/config.h>

static struct stepden_config config;
static struct stepden_config_fault faults[8];
static size_t fault_count;

static void keep_fault(void *ctx, const struct stepden_config_fault *fault)
{
    (void)ctx;
    ck_assert_uint_lt(fault_count, 8);
    faults[fault_count++] = *fault;
}

static void count_fault(void *ctx, const struct stepden_config_fault *fault)
{
    (void)ctx;
    (void)fault;
    fault_count++;
}

static const struct stepden_config_report report = {.fault = keep_fault};
static const struct stepden_config_report count = {.fault = count_fault};

static enum stepden_status parse(const char *json)
{
    fault_count = 0;
    return stepden_config_parse(&config, json, strlen(json), &report);
}

/* The members of `json` contradict each other; the first fault is `where`. */
static void contradicts(const char *json, const char *where)
{
    ck_assert_int_eq(parse(json), STEPDEN_ERR_INVALID);
    ck_assert_uint_eq(fault_count, 1);
    ck_assert_str_eq(faults[0].diag.where, where);
    ck_assert_str_ne(faults[0].diag.reason, "");
}

START_TEST(needs_a_station_id_only)
{
    ck_assert_int_eq(parse("{\"stationId\": 4711}"), STEPDEN_OK);
    ck_assert_uint_eq(config.station_id, 4711);
    ck_assert_uint_eq(config.denm.max_records, 60000);
    ck_assert_str_eq(config.redis.connection.host, "127.0.0.1");
    ck_assert_uint_eq(config.log.handlers.count, 1);
}
END_TEST

START_TEST(names_line_and_column_of_a_fault)
{
    ck_assert_int_ne(parse("{\n  \"stationId\": 1,\n"
                           "  \"instanceName\": \"\xc3\xa9\", "
                           "\"timeout\": 601\n}"),
                     STEPDEN_OK);
    ck_assert_uint_eq(fault_count, 1);
    ck_assert_str_eq(faults[0].diag.where, "/timeout");
    ck_assert_uint_eq(faults[0].line, 3);
    ck_assert_uint_eq(faults[0].column, 35);
}
END_TEST

START_TEST(names_all_faults_of_one_text)
{
    ck_assert_int_ne(parse("{\"stationId\": -1,\n\"timeout\": 0,\n"
                           "\"denm\": {\"release\": \"r3\"}}"),
                     STEPDEN_OK);
    ck_assert_uint_eq(fault_count, 3);
    ck_assert_str_eq(faults[0].diag.where, "/stationId");
    ck_assert_uint_eq(faults[0].line, 1);
    ck_assert_str_eq(faults[2].diag.where, "/denm/release");
    ck_assert_uint_eq(faults[2].line, 3);
}
END_TEST

START_TEST(names_the_place_of_a_contradiction)
{
    contradicts("{\"stationId\": 1,\n \"denm\": {\"release\": \"r1\",\n"
                "  \"maxRecords\": 70000}}",
                "/denm/maxRecords");
    ck_assert_uint_eq(faults[0].line, 3);
    ck_assert_uint_eq(faults[0].column, 17);
    contradicts("{\"stationId\": 1,\n \"denm\": {\"subCause\":"
                " {\"parallelMax\": 151}}}",
                "/denm/subCause/headOnMin");
    ck_assert_uint_eq(faults[0].line, 2);
    ck_assert_uint_eq(faults[0].column, 23);
}
END_TEST

START_TEST(names_contradictions_beside_what_cannot_be_read)
{
    ck_assert_int_eq(parse("{\"stationId\": 1, \"timeout\": 0,\n"
                           "\"denm\": {\"maxRecords\": 70000}}"),
                     STEPDEN_ERR_RANGE);
    ck_assert_uint_eq(fault_count, 2);
    ck_assert_str_eq(faults[0].diag.where, "/timeout");
    ck_assert_str_eq(faults[1].diag.where, "/denm/maxRecords");
    ck_assert_uint_eq(faults[1].line, 2);
}
END_TEST

START_TEST(does_not_compare_what_cannot_be_read)
{
    ck_assert_int_ne(parse("{\"stationId\": 1, \"stationIdCount\": 17, "
                           "\"denm\": {\"maxRecords\": 1048577}}"),
                     STEPDEN_OK);
    ck_assert_uint_eq(fault_count, 2);
    ck_assert_int_ne(parse("{\"stationIdCount\": [], "
                           "\"denm\": {\"maxRecords\": 70000}}"),
                     STEPDEN_OK);
    ck_assert_uint_eq(fault_count, 2);
    ck_assert_str_eq(faults[1].diag.reason, "\"stationId\" is missing");
    ck_assert_int_ne(parse("{\"redis\": {\"streams\": {\"inputs\": 0, "
                           "\"outputs\": {\"client\": {\"streamId\": "
                           "\"step:{step}:client:in\"}}}}, \"stationId\": 1}"),
                     STEPDEN_OK);
    ck_assert_uint_eq(fault_count, 1);
}
END_TEST

START_TEST(does_not_compare_half_a_text)
{
    ck_assert_int_eq(parse("{\"stationId\": 1, "
                           "\"denm\": {\"maxRecords\": 70000}, stationIdCount"),
                     STEPDEN_ERR_SYNTAX);
    ck_assert_uint_eq(fault_count, 1);
}
END_TEST

START_TEST(tells_a_hundred_faults_of_a_huge_text)
{
    size_t size = 1000000;
    char *json = malloc(size + 1);
    size_t used = 0;
    ck_assert_ptr_nonnull(json);
    used += (size_t)sprintf(json, "{\"stationId\":1");
    while (used < size - 32)
        used += (size_t)sprintf(json + used, ",\"timeout\":0");
    strcpy(json + used, "}");
    fault_count = 0;
    ck_assert_int_eq(stepden_config_parse(&config, json, strlen(json), &count),
                     STEPDEN_ERR_RANGE);
    ck_assert_uint_eq(fault_count, 101);
    free(json);
}
END_TEST

START_TEST(writes_what_is_in_effect_with_secrets_masked)
{
    ck_assert_int_eq(parse("{\"stationId\": 1, \"redis\": {\"connection\": "
                           "{\"password\": \"hunter2\"}}}"),
                     STEPDEN_OK);
    char *text = stepden_config_text(&config);
    ck_assert_ptr_nonnull(text);
    ck_assert_ptr_nonnull(strstr(text, "\n  \"timeout\": 10,\n"));
    ck_assert_ptr_nonnull(strstr(text, "\"password\": \"********\""));
    ck_assert_ptr_null(strstr(text, "hunter2"));
    ck_assert_str_eq(text + strlen(text) - 3, "\n}\n");
    ck_assert_int_eq(parse(text), STEPDEN_OK);
    free(text);
}
END_TEST

START_TEST(refuses_station_ids_beyond_their_range)
{
    contradicts("{\"stationId\": 4294967295, \"stationIdCount\": 2}",
                "/stationIdCount");
    ck_assert_int_eq(parse("{\"stationId\": 4294967280, "
                           "\"stationIdCount\": 16}"),
                     STEPDEN_OK);
}
END_TEST

START_TEST(refuses_more_records_than_action_ids)
{
    contradicts("{\"stationId\": 1, \"denm\": {\"maxRecords\": 65537}}",
                "/denm/maxRecords");
    ck_assert_int_eq(parse("{\"stationId\": 1, \"stationIdCount\": 2, "
                           "\"denm\": {\"maxRecords\": 131072}}"),
                     STEPDEN_OK);
}
END_TEST

START_TEST(takes_half_of_a_repetition_for_none)
{
    ck_assert_int_eq(parse("{\"stationId\": 1, "
                           "\"denm\": {\"repetitionInterval\": 100}}"),
                     STEPDEN_OK);
    ck_assert_int_eq(parse("{\"stationId\": 1, "
                           "\"denm\": {\"repetitionDuration\": 100}}"),
                     STEPDEN_OK);
}
END_TEST

START_TEST(refuses_thresholds_out_of_order)
{
    contradicts("{\"stationId\": 1, \"denm\": {\"subCause\": "
                "{\"parallelMax\": 100, \"headOnMin\": 99}}}",
                "/denm/subCause/headOnMin");
}
END_TEST

START_TEST(refuses_fewer_than_two_connections)
{
    contradicts("{\"stationId\": 1, \"redis\": {\"connection\": "
                "{\"maxConnections\": 1}}}",
                "/redis/connection/maxConnections");
}
END_TEST

static void refuses_streams(const char *predictions, const char *client,
                            const char *output, const char *where)
{
    char json[512];
    snprintf(json, sizeof json,
             "{\"stationId\": 1, \"redis\": {\"streams\": {\"inputs\": "
             "{\"crashPrediction\": {\"streamId\": \"%s\"}, "
             "\"client\": {\"streamId\": \"%s\"}}, "
             "\"outputs\": {\"client\": {\"streamId\": \"%s\"}}}}}",
             predictions, client, output);
    if (where)
        contradicts(json, where);
    else
        ck_assert_int_eq(parse(json), STEPDEN_OK);
}

START_TEST(refuses_one_key_for_two_uses)
{
    static const char predictions[] =
        "/redis/streams/inputs/crashPrediction/streamId";
    static const char client[] = "/redis/streams/inputs/client/streamId";
    static const char output[] = "/redis/streams/outputs/client/streamId";
    refuses_streams("{a}p", "{a}c", "{a}o", NULL);
    refuses_streams("{a}p", "{a}p", "{a}o", client);
    refuses_streams("{a}p", "{a}c", "{a}c", output);
    refuses_streams("{a}p", "{a}c", "{a}:stepden:records", output);
    refuses_streams("{a}p", "{a}c", "{a}:stepden:lease", output);
    refuses_streams("{a}p", "{a}c", "{a}p:rejected", output);
    refuses_streams("{a}p", "{a}c", "{a}c:rejected", output);
    refuses_streams("{a}p", "{a}p:rejected", "{a}o", client);
    refuses_streams("{a}c:rejected", "{a}c", "{a}o", client);
    refuses_streams("{a}:stepden:lease", "{a}c", "{a}o", predictions);
    refuses_streams("q", "c", "{q}:stepden:records", output);
    ck_assert_str_eq(faults[0].diag.reason,
                     "one key would be for two uses, \"DENMs, out\" and \"the "
                     "live events, and how far inputs are done\"");
}
END_TEST

static void redis_contradicts(const char *members, const char *where)
{
    char json[512];
    snprintf(json, sizeof json, "{\"stationId\": 1, \"redis\": {%s}}", members);
    if (where)
        contradicts(json, where);
    else
        ck_assert_int_eq(parse(json), STEPDEN_OK);
}

START_TEST(mode_sentinel_needs_sentinels_and_the_name_of_a_master)
{
    redis_contradicts("\"mode\": \"sentinel\", \"sentinel\": {"
                      "\"masterName\": \"den\"}",
                      "/redis/sentinel/sentinels");
    redis_contradicts("\"mode\": \"sentinel\", \"sentinel\": {"
                      "\"sentinels\": [{\"host\": \"s\", \"port\": 1}]}",
                      "/redis/sentinel/masterName");
    redis_contradicts("\"mode\": \"sentinel\", \"sentinel\": {"
                      "\"masterName\": \"den\","
                      "\"sentinels\": [{\"host\": \"s\", \"port\": 1}]}",
                      NULL);
}
END_TEST

#define CLUSTER                                                                \
    "\"mode\": \"cluster\", "                                                  \
    "\"cluster\": {\"nodes\": [{\"host\": \"c\", \"port\": 1}]}"

START_TEST(mode_cluster_needs_a_node_and_has_one_database)
{
    redis_contradicts("\"mode\": \"cluster\"", "/redis/cluster/nodes");
    redis_contradicts(CLUSTER ", \"connection\": {\"db\": 1}",
                      "/redis/connection/db");
    redis_contradicts(CLUSTER, NULL);
}
END_TEST

START_TEST(mode_cluster_needs_one_hash_tag)
{
    redis_contradicts(CLUSTER ", \"streams\": {\"inputs\": {\"client\": {"
                              "\"streamId\": \"c\"}}}",
                      "/redis/streams/inputs/client/streamId");
}
END_TEST

/* All three streams, of which the client's output has this name. */
static void partitions_and_output(int partitions, const char *output,
                                  const char *where)
{
    char members[512];
    snprintf(members, sizeof members,
             "\"partitions\": %d, \"streams\": {\"inputs\": "
             "{\"crashPrediction\": {\"streamId\": \"i:{p}\"}, "
             "\"client\": {\"streamId\": \"c:{p}\"}}, "
             "\"outputs\": {\"client\": {\"streamId\": \"%s\"}}}",
             partitions, output);
    redis_contradicts(members, where);
}

START_TEST(each_partition_has_streams_of_its_own)
{
    static const char where[] = "/redis/streams/outputs/client/streamId";
    partitions_and_output(256, "o:{p}", NULL);
    partitions_and_output(1, "o:{step}", NULL);
    partitions_and_output(2, "o:{step}", where);
    ck_assert_str_eq(faults[0].diag.reason,
                     "found no \"{p}\", which stands for the hash tag of each "
                     "of the 2 partitions");
}
END_TEST

START_TEST(what_stands_for_a_partition_is_the_hash_tag_once)
{
    static const char where[] = "/redis/streams/outputs/client/streamId";
    partitions_and_output(2, "o:{step}:{p}", where);
    partitions_and_output(2, "o:{}{p}", where);
    partitions_and_output(1, "o:{p}:{p}", where);
    ck_assert_str_eq(faults[0].diag.reason,
                     "found \"{p}\" where it is not the hash tag, allowed is "
                     "one, with no other \"{\" before it");
}
END_TEST

START_TEST(refuses_a_url_for_a_host_and_does_not_repeat_it)
{
    contradicts("{\"stationId\": 1, \"redis\": {\"connection\": "
                "{\"host\": \"redis://user:hunter2@host\"}}}",
                "/redis/connection/host");
    ck_assert_ptr_null(strstr(faults[0].diag.reason, "hunter2"));
    contradicts("{\"stationId\": 1, \"redis\": {\"connection\": "
                "{\"host\": \"a b\"}}}",
                "/redis/connection/host");
    redis_contradicts(
        "\"cluster\": {\"nodes\": [{\"host\": \"a\", \"port\": 1}, "
        "{\"host\": \"u@b\", \"port\": 1}]}",
        "/redis/cluster/nodes/1/host");
    redis_contradicts("\"sentinel\": {\"sentinels\": [{\"host\": \"u@b\", "
                      "\"port\": 1}]}",
                      "/redis/sentinel/sentinels/0/host");
    ck_assert_int_eq(parse("{\"stationId\": 1, \"redis\": {\"connection\": "
                           "{\"host\": \"fe80::1%eth0\"}}}"),
                     STEPDEN_OK);
}
END_TEST

START_TEST(refuses_one_field_for_two_uses)
{
    contradicts("{\"stationId\": 1, \"redis\": {\"streams\": {\"outputs\": "
                "{\"client\": {\"fields\": {\"uper\": \"message\"}}}}}}",
                "/redis/streams/outputs/client/fields/uper");
}
END_TEST

START_TEST(tells_why_a_file_cannot_be_read)
{
    fault_count = 0;
    ck_assert_int_eq(stepden_config_load(&config, "/nowhere/a.json", &report),
                     STEPDEN_ERR_SYSTEM);
    ck_assert_uint_eq(fault_count, 1);
    ck_assert_str_eq(faults[0].diag.reason, "No such file or directory");
    ck_assert_uint_eq(faults[0].line, 0);
}
END_TEST

START_TEST(takes_a_name_of_1_to_64_characters)
{
    struct stepden_diag diag;
    char name[130] = "";
    stepden_config_init(&config);
    ck_assert_int_eq(stepden_config_name(&config, name, &diag),
                     STEPDEN_ERR_RANGE);
    for (int i = 0; i < 64; i++)
        strcat(name, "\xc3\xa9");
    ck_assert_int_eq(stepden_config_name(&config, name, &diag), STEPDEN_OK);
    ck_assert_str_eq(config.instance_name, name);
    strcat(name, "x");
    ck_assert_int_eq(stepden_config_name(&config, name, &diag),
                     STEPDEN_ERR_RANGE);
}
END_TEST

START_TEST(takes_no_name_that_is_not_utf_8)
{
    struct stepden_diag diag;
    stepden_config_init(&config);
    ck_assert_int_eq(stepden_config_name(&config, "caf\xe9", &diag),
                     STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.reason, "not UTF-8 after 3 characters");
    ck_assert_str_eq(config.instance_name, "stepden");
}
END_TEST

START_TEST(knows_a_plain_secret)
{
    ck_assert_int_eq(parse("{\"stationId\": 1, \"redis\": {\"connection\": "
                           "{\"password\": \"p\"}}}"),
                     STEPDEN_OK);
    ck_assert(stepden_config_has_plain_secret(&config));
    ck_assert_int_eq(parse("{\"stationId\": 1, \"redis\": {\"connection\": "
                           "{\"password\": {\"env\": \"P\"}}}}"),
                     STEPDEN_OK);
    ck_assert(!stepden_config_has_plain_secret(&config));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("daemon/config");
    TCase *tests = tcase_create("config");
    tcase_add_test(tests, needs_a_station_id_only);
    tcase_add_test(tests, names_line_and_column_of_a_fault);
    tcase_add_test(tests, names_all_faults_of_one_text);
    tcase_add_test(tests, names_the_place_of_a_contradiction);
    tcase_add_test(tests, names_contradictions_beside_what_cannot_be_read);
    tcase_add_test(tests, does_not_compare_what_cannot_be_read);
    tcase_add_test(tests, does_not_compare_half_a_text);
    tcase_add_test(tests, tells_a_hundred_faults_of_a_huge_text);
    tcase_add_test(tests, writes_what_is_in_effect_with_secrets_masked);
    tcase_add_test(tests, refuses_station_ids_beyond_their_range);
    tcase_add_test(tests, refuses_more_records_than_action_ids);
    tcase_add_test(tests, takes_half_of_a_repetition_for_none);
    tcase_add_test(tests, refuses_thresholds_out_of_order);
    tcase_add_test(tests, refuses_fewer_than_two_connections);
    tcase_add_test(tests, refuses_one_key_for_two_uses);
    tcase_add_test(tests,
                   mode_sentinel_needs_sentinels_and_the_name_of_a_master);
    tcase_add_test(tests, mode_cluster_needs_a_node_and_has_one_database);
    tcase_add_test(tests, mode_cluster_needs_one_hash_tag);
    tcase_add_test(tests, each_partition_has_streams_of_its_own);
    tcase_add_test(tests, what_stands_for_a_partition_is_the_hash_tag_once);
    tcase_add_test(tests, refuses_a_url_for_a_host_and_does_not_repeat_it);
    tcase_add_test(tests, refuses_one_field_for_two_uses);
    tcase_add_test(tests, tells_why_a_file_cannot_be_read);
    tcase_add_test(tests, takes_a_name_of_1_to_64_characters);
    tcase_add_test(tests, takes_no_name_that_is_not_utf_8);
    tcase_add_test(tests, knows_a_plain_secret);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
