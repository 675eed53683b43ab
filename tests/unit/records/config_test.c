#include <stepden/records/config.h>

#include <stdio.h>

#include "../json/suite.h"
#include "json/find.h"
#include "json/indent.h"

static struct stepden_config config, other;
static struct stepden_diag diag;
static char json[STEPDEN_CONFIG_JSON_MAX];
static char again[STEPDEN_CONFIG_JSON_MAX];

static enum stepden_status take(const char *text)
{
    char *copy = exact_copy(text, strlen(text));
    enum stepden_status status =
        stepden_config_read(&config, copy, strlen(text), &diag);

    free(copy);
    return status;
}

static void fails(const char *text, enum stepden_status status,
                  const char *where, const char *reason)
{
    ck_assert_msg(take(text) == status, "%s: %s", text, diag.reason);
    ck_assert_str_eq(diag.where, where);
    ck_assert_str_eq(diag.reason, reason);
}

START_TEST(the_station_id_is_all_that_is_required)
{
    ck_assert_int_eq(take("{\"stationId\": 4294967295}"), STEPDEN_OK);
    ck_assert_uint_eq(config.station_id, 4294967295);
    fails("{}", STEPDEN_ERR_INVALID, "", "\"stationId\" is missing");
}
END_TEST

START_TEST(defaults_are_filled_in_at_every_depth)
{
    ck_assert_int_eq(take("{\"stationId\":1,\"redis\":{\"connection\":{"
                          "\"port\":7000}},\"denm\":{\"subCause\":{}}}"),
                     STEPDEN_OK);
    ck_assert_str_eq(config.instance_name, "stepden");
    ck_assert_uint_eq(config.station_type, STEPDEN_STATION_TYPE_ROAD_SIDE_UNIT);
    ck_assert_uint_eq(config.redis.connection.port, 7000);
    ck_assert_str_eq(config.redis.connection.host, "127.0.0.1");
    ck_assert_uint_eq(config.redis.streams.inputs.client.wait_timeout_ms, 5000);
    ck_assert_int_eq(config.denm.release, STEPDEN_RELEASE_R1_R2);
    ck_assert_uint_eq(config.denm.sub_cause.lateral_min_e3, 700);
    ck_assert(!config.denm.has_transmission_interval);
    ck_assert(!config.redis.connection.has_password);
    ck_assert_uint_eq(config.log.handlers.count, 1);
    ck_assert_int_eq(config.log.handlers.item[0].kind,
                     STEPDEN_LOG_HANDLER_STREAM);
    ck_assert_int_eq(config.log.handlers.item[0].stream.stream,
                     STEPDEN_LOG_HANDLER_STREAM_STREAM_STDERR);
}
END_TEST

START_TEST(null_where_it_is_the_default_is_nothing)
{
    ck_assert_int_eq(take("{\"stationId\":1,\"health\":{\"listen\":null},"
                          "\"redis\":{\"connection\":{\"password\":null}}}"),
                     STEPDEN_OK);
    ck_assert(!config.health.has_listen);
    fails("{\"stationId\":null}", STEPDEN_ERR_INVALID, "/stationId",
          "found null, allowed is an integer 0..4294967295");
    fails("{\"stationId\":1,\"log\":null}", STEPDEN_ERR_INVALID, "/log",
          "found null, allowed is an object");
}
END_TEST

START_TEST(an_unknown_key_is_an_error_that_names_the_nearest)
{
    fails("{\"stationId\":1,\"denmLastUpdateMaxDeley\":5}", STEPDEN_ERR_INVALID,
          "/denmLastUpdateMaxDeley",
          "unknown key; did you mean \"denmLastUpdateMaxDelay\"?");
    fails("{\"stationId\":1,\"log\":{\"handlers\":[{\"type\":\"null\","
          "\"levels\":\"INFO\"}]}}",
          STEPDEN_ERR_INVALID, "/log/handlers/0/levels",
          "unknown key; did you mean \"level\"?");
}
END_TEST

START_TEST(no_unknown_key_leads_to_a_secret)
{
    fails("{\"stationId\":1,\"log\":{\"file\":\"x\"}}", STEPDEN_ERR_INVALID,
          "/log/file",
          "unknown key, known are \"level\", \"format\", \"handlers\"");
}
END_TEST

START_TEST(ranges_hold_to_the_edge)
{
    ck_assert_int_eq(take("{\"stationId\":1,\"stationIdCount\":16}"), 0);
    ck_assert_int_eq(take("{\"stationId\":1,\"stationIdCount\":1}"), 0);
    fails("{\"stationId\":1,\"stationIdCount\":17}", STEPDEN_ERR_RANGE,
          "/stationIdCount", "found 17, allowed is an integer 1..16");
    fails("{\"stationId\":1,\"stationIdCount\":0}", STEPDEN_ERR_RANGE,
          "/stationIdCount", "found 0, allowed is an integer 1..16");
    fails("{\"stationId\":1,\"denm\":{\"transmissionInterval\":0}}",
          STEPDEN_ERR_RANGE, "/denm/transmissionInterval",
          "found 0, allowed is an integer 1..10000 or null");
    fails("{\"stationId\":1,\"templateVersion\":2}", STEPDEN_ERR_RANGE,
          "/templateVersion", "found 2, allowed is 1");
}
END_TEST

START_TEST(a_secret_can_be_masked)
{
    ck_assert_int_eq(
        take("{\"stationId\":1,\"redis\":{\"connection\":{\"password\":"
             "\"hunter2\",\"sslClientKeyFilePassword\":{\"env\":\"KEY\"}}}}"),
        0);
    size_t size = stepden_config_write_masked(json, sizeof(json), &config);
    ck_assert_uint_gt(size, 0);
    ck_assert_int_eq(stepden_config_read(&other, json, size, &diag), 0);
    ck_assert_str_eq(other.redis.connection.password.plain, "********");
    ck_assert_str_eq(
        other.redis.connection.ssl_client_key_file_password.env.env, "KEY");
    size = stepden_config_write(json, sizeof(json), &config);
    ck_assert_int_eq(stepden_config_read(&other, json, size, &diag), 0);
    ck_assert_str_eq(other.redis.connection.password.plain, "hunter2");
}
END_TEST

START_TEST(names_stand_for_numbers)
{
    ck_assert_int_eq(take("{\"stationId\":1,\"stationType\":\"tram\","
                          "\"log\":{\"level\":\"ERROR\"}}"),
                     0);
    ck_assert_uint_eq(config.station_type, 11);
    ck_assert_int_eq(config.log.level, STEPDEN_LOG_LEVEL_ERROR);
    ck_assert_int_eq(config.log.level, 40);
    fails("{\"stationId\":1,\"log\":{\"level\":40}}", STEPDEN_ERR_INVALID,
          "/log/level",
          "found 40, allowed is \"DEBUG\", \"INFO\", \"WARNING\", \"ERROR\", "
          "\"CRITICAL\"");
}
END_TEST

START_TEST(of_many_names_the_nearest_is_named)
{
    fails("{\"stationId\":1,\"stationType\":\"raodSideUnit\"}",
          STEPDEN_ERR_INVALID, "/stationType",
          "found \"raodSideUnit\", allowed is a known name (perhaps "
          "\"roadSideUnit\") or 0..255");
    fails("{\"stationId\":1,\"stationType\":\"x\"}", STEPDEN_ERR_INVALID,
          "/stationType", "found \"x\", allowed is a known name or 0..255");
}
END_TEST

START_TEST(a_secret_is_a_text_a_variable_or_a_file)
{
    const struct stepden_secret *secret = &config.redis.connection.password;

    ck_assert_int_eq(take("{\"stationId\":1,\"redis\":{\"connection\":{"
                          "\"password\":\"p\"}}}"),
                     0);
    ck_assert(config.redis.connection.has_password);
    ck_assert_int_eq(secret->kind, STEPDEN_SECRET_PLAIN);
    ck_assert_str_eq(secret->plain, "p");
    ck_assert_int_eq(take("{\"stationId\":1,\"redis\":{\"connection\":{"
                          "\"password\":{\"file\":\"/run/p\"}}}}"),
                     0);
    ck_assert_int_eq(secret->kind, STEPDEN_SECRET_FILE);
    ck_assert_str_eq(secret->file.file, "/run/p");
    ck_assert_int_eq(take("{\"stationId\":1,\"redis\":{\"connection\":{"
                          "\"password\":{\"env\":\"P\"}}}}"),
                     0);
    ck_assert_int_eq(secret->kind, STEPDEN_SECRET_ENV);
}
END_TEST

START_TEST(no_error_repeats_a_secret)
{
    const char *const wrong[] = {"12345678", "{\"env\":87654321}",
                                 "{\"hunter2\":\"hunter2\"}", "[\"hunter2\"]",
                                 "{\"env\":\"x\",\"hunter2\":1}"};
    char text[256];

    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        snprintf(text, sizeof(text),
                 "{\"stationId\":1,\"redis\":{\"connection\":{"
                 "\"password\":%s}}}",
                 wrong[i]);
        ck_assert_int_ne(take(text), STEPDEN_OK);
        ck_assert_ptr_null(strstr(diag.reason, "hunter2"));
        ck_assert_ptr_null(strstr(diag.reason, "4321"));
        ck_assert_ptr_null(strstr(diag.reason, "1234"));
    }
}
END_TEST

START_TEST(a_handler_is_chosen_by_its_type)
{
    ck_assert_int_eq(take("{\"stationId\":1,\"log\":{\"handlers\":["
                          "{\"path\":\"/x\",\"maxBytes\":1099511627776,"
                          "\"type\":\"sizeRotate\"},{\"type\":\"syslog\","
                          "\"facility\":\"local7\",\"level\":\"DEBUG\"}]}}"),
                     0);
    ck_assert_uint_eq(config.log.handlers.count, 2);
    ck_assert_int_eq(config.log.handlers.item[0].kind,
                     STEPDEN_LOG_HANDLER_SIZE_ROTATE);
    ck_assert_int_eq(config.log.handlers.item[0].size_rotate.max_bytes,
                     INT64_C(1099511627776));
    ck_assert_uint_eq(config.log.handlers.item[0].size_rotate.backup_count, 5);
    ck_assert(config.log.handlers.item[1].syslog.has_level);
    fails("{\"stationId\":1,\"log\":{\"handlers\":[]}}", STEPDEN_ERR_RANGE,
          "/log/handlers", "found 0 elements, allowed is an array of 1..8");
    fails("{\"stationId\":1,\"log\":{\"handlers\":[{\"type\":\"file\"}]}}",
          STEPDEN_ERR_INVALID, "/log/handlers/0", "\"path\" is missing");
    fails("{\"stationId\":1,\"log\":{\"handlers\":[{\"path\":\"x\"}]}}",
          STEPDEN_ERR_INVALID, "/log/handlers/0",
          "\"type\" is missing, allowed is \"stream\", \"file\", "
          "\"sizeRotate\", \"timeRotate\", \"syslog\", \"null\"");
}
END_TEST

static void collect(void *ctx, const struct stepden_diag *error)
{
    char *all = ctx;

    sprintf(all + strlen(all), "%s %zu\n", error->where, error->offset);
}

START_TEST(one_run_finds_all_errors)
{
    const char *const text =
        "{\"stationIdCount\":0,\n\"log\":{\"handlers\":[{\"type\":\"x\"},"
        "{\"type\":\"file\"}],\"levle\":1},\n\"denm\":[],\"timeout\":true}";
    char all[512] = "";

    ck_assert_int_eq(
        stepden_config_read_all(&config, text, strlen(text), collect, all),
        STEPDEN_ERR_RANGE);
    ck_assert_str_eq(all, "/stationIdCount 18\n"
                          "/log/handlers/0/type 48\n"
                          "/log/handlers/1 53\n"
                          "/log/levle 70\n"
                          "/denm 89\n"
                          "/timeout 102\n"
                          " 0\n");
}
END_TEST

START_TEST(a_syntax_error_ends_the_run)
{
    const char *const text = "{\"timeout\":0,\"stationId\":1,}";
    char all[512] = "";

    ck_assert_int_eq(
        stepden_config_read_all(&config, text, strlen(text), collect, all),
        STEPDEN_ERR_RANGE);
    ck_assert_str_eq(all, "/timeout 11\n 27\n");
}
END_TEST

START_TEST(the_template_shows_everything_and_reads_as_the_defaults)
{
    static char lines[4 * STEPDEN_CONFIG_JSON_MAX];
    size_t size, length;

    stepden_config_init(&other);
    length = stepden_config_write(json, sizeof(json), &other);
    ck_assert_uint_ne(length, 0);
    size = stepden_json_indent(lines, sizeof(lines), json, length);
    ck_assert_uint_ne(size, 0);
    lines[size] = '\0';
    ck_assert_ptr_nonnull(strstr(lines, "\n  \"templateVersion\": 1,"));
    ck_assert_ptr_nonnull(strstr(lines, "\n      \"password\": null,"));
    ck_assert_ptr_nonnull(strstr(lines, "\n      \"lateralMin\": 0.7,"));
    ck_assert_ptr_nonnull(strstr(lines, "\n    \"listen\": null\n"));
    ck_assert_int_eq(stepden_config_read(&config, lines, size, &diag), 0);
    ck_assert_uint_eq(stepden_config_write(again, sizeof(again), &config),
                      length);
    ck_assert_mem_eq(json, again, length);
}
END_TEST

START_TEST(the_embedded_schema_needs_no_other_file_and_no_extension)
{
    ck_assert_int_eq(stepden_json_check(stepden_config_schema,
                                        strlen(stepden_config_schema), &diag),
                     STEPDEN_OK);
    ck_assert_ptr_null(strstr(stepden_config_schema, "\"x-"));
    ck_assert_ptr_null(strstr(stepden_config_schema, "common.v1"));
    ck_assert_ptr_nonnull(strstr(stepden_config_schema, "\"stationType\": {"));
    ck_assert_ptr_nonnull(
        strstr(stepden_config_schema, "\"#/$defs/stationType\""));
}
END_TEST

START_TEST(a_text_that_does_not_fit_is_not_written)
{
    size_t length;

    stepden_config_init(&config);
    length = stepden_config_write(json, sizeof(json), &config);
    ck_assert_uint_eq(stepden_config_write(json, length, &config), length);
    for (size_t size = 0; size < length; size += 97) {
        char *exact = malloc(size + 1);
        ck_assert_uint_eq(stepden_config_write(exact, size, &config), 0);
        free(exact);
    }
}
END_TEST

RUN_SUITE("config", the_station_id_is_all_that_is_required,
          defaults_are_filled_in_at_every_depth,
          null_where_it_is_the_default_is_nothing,
          an_unknown_key_is_an_error_that_names_the_nearest,
          no_unknown_key_leads_to_a_secret, ranges_hold_to_the_edge,
          names_stand_for_numbers, of_many_names_the_nearest_is_named,
          a_secret_is_a_text_a_variable_or_a_file, no_error_repeats_a_secret,
          a_secret_can_be_masked, a_handler_is_chosen_by_its_type,
          one_run_finds_all_errors, a_syntax_error_ends_the_run,
          the_template_shows_everything_and_reads_as_the_defaults,
          the_embedded_schema_needs_no_other_file_and_no_extension,
          a_text_that_does_not_fit_is_not_written)
