#include "daemon/config/reload.h"

#include <check.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char path[PATH_MAX];
static struct stepden_config config;
static struct stepden_config before;
static struct stepden_log quiet;
static struct stepden_reload reload;

static int64_t unix_ms(void *ctx)
{
    (void)ctx;
    return INT64_C(1795208743007);
}

static void write_file(const char *json)
{
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(json, file), 0);
    ck_assert_int_eq(fclose(file), 0);
}

static void setup(void)
{
    const struct stepden_log_clock clock = {.unix_ms = unix_ms};
    const char *temporary = getenv("TMPDIR");
    snprintf(path, sizeof path, "%s/reload_XXXXXX",
             temporary ? temporary : P_tmpdir);
    int fd = mkstemp(path);
    ck_assert_int_ge(fd, 0);
    close(fd);

    stepden_config_init(&config);
    config.station_id = 1;
    config.log.handlers.item[0].kind = STEPDEN_LOG_HANDLER_NULL;
    ck_assert_int_eq(stepden_log_open(&quiet, &config.log, config.instance_name,
                                      &clock, NULL),
                     STEPDEN_OK);
    reload = (struct stepden_reload){
        .config = &config,
        .path = path,
        .log = &quiet,
    };
    before = config;
}

static void teardown(void)
{
    stepden_log_close(&quiet);
    unlink(path);
}

#define QUIET "\"log\":{\"handlers\":[{\"type\":\"null\"}]}"

static void expect_refused(const char *json)
{
    write_file(json);
    ck_assert(!stepden_reload_run(&reload));
    ck_assert(memcmp(&config, &before, sizeof config) == 0);
}

START_TEST(what_may_change_does_and_the_rest_stays)
{
    write_file("{\"stationId\":2,\"timeout\":20,\"denm\":{\"maxRecords\":7},"
               "\"redis\":{\"connection\":{\"port\":1}}," QUIET "}");
    ck_assert(stepden_reload_run(&reload));
    ck_assert_uint_eq(config.timeout_s, 20);
    ck_assert_uint_eq(config.denm.max_records, 7);
    ck_assert_uint_eq(config.station_id, 1);
    ck_assert_uint_eq(config.redis.connection.port, 6379);
}
END_TEST

START_TEST(a_wrong_configuration_changes_nothing)
{
    expect_refused("{\"stationId\":1,\"timeout\":20,\"denm\":7}");
    expect_refused("{\"stationId\":1,\"timeout\":20,\"denm\":{\"subCause\":"
                   "{\"headOnMin\":1}}}");
    expect_refused("");
}
END_TEST

START_TEST(nor_does_one_that_the_service_could_not_start_with)
{
    expect_refused("{\"stationId\":1,\"timeout\":20,\"log\":"
                   "{\"format\":\"%(nothing)s\"}}");
    expect_refused("{\"stationId\":1,\"timeout\":20,\"redis\":{\"connection\":"
                   "{\"password\":{\"file\":\"/none/such\"}}}}");
}
END_TEST

START_TEST(a_secret_in_a_pipe_is_not_waited_for)
{
    char json[PATH_MAX + 128];
    char pipe_path[PATH_MAX + 8];
    snprintf(pipe_path, sizeof pipe_path, "%s.pipe", path);
    snprintf(json, sizeof json,
             "{\"stationId\":1,\"redis\":{\"connection\":"
             "{\"password\":{\"file\":\"%s\"}}}}",
             pipe_path);
    ck_assert_int_eq(mkfifo(pipe_path, 0600), 0);
    expect_refused(json);
    unlink(pipe_path);
}
END_TEST

START_TEST(nor_does_one_that_does_not_go_with_what_stays)
{
    expect_refused("{\"stationId\":1,\"stationIdCount\":2,"
                   "\"denm\":{\"maxRecords\":70000}}");
}
END_TEST

START_TEST(the_name_of_the_command_line_stays)
{
    reload.instance = "north";
    snprintf(config.instance_name, sizeof config.instance_name, "north");
    write_file(
        "{\"stationId\":1,\"timeout\":20,\"instanceName\":\"south\"," QUIET
        "}");
    ck_assert(stepden_reload_run(&reload));
    ck_assert_uint_eq(config.timeout_s, 20);
    ck_assert_str_eq(config.instance_name, "north");
}
END_TEST

START_TEST(what_is_gone_or_is_no_file_is_not_read)
{
    unlink(path);
    ck_assert(!stepden_reload_run(&reload));
    ck_assert_int_eq(mkfifo(path, 0600), 0);
    ck_assert(!stepden_reload_run(&reload));
    ck_assert(memcmp(&config, &before, sizeof config) == 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("daemon/reload");
    TCase *tests = tcase_create("reload");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, what_may_change_does_and_the_rest_stays);
    tcase_add_test(tests, a_wrong_configuration_changes_nothing);
    tcase_add_test(tests, nor_does_one_that_the_service_could_not_start_with);
    tcase_add_test(tests, a_secret_in_a_pipe_is_not_waited_for);
    tcase_add_test(tests, nor_does_one_that_does_not_go_with_what_stays);
    tcase_add_test(tests, the_name_of_the_command_line_stays);
    tcase_add_test(tests, what_is_gone_or_is_no_file_is_not_read);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
