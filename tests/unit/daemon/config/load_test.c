#include "daemon/config/load.h"

#include <check.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SECRET "open sesame 4711"

static char path[64];
static struct stepden_config config;
static struct stepden_config_fault faults[8];
static size_t fault_count;
static int secrets_freed;

/* In place of free (see the linker's --wrap): looks at what is let go of. */
void __real_free(void *memory);
void __wrap_free(void *memory);

void __wrap_free(void *memory)
{
    if (memory &&
        memmem(memory, malloc_usable_size(memory), SECRET, sizeof SECRET - 1))
        secrets_freed++;
    __real_free(memory);
}

static void keep_fault(void *ctx, const struct stepden_config_fault *fault)
{
    (void)ctx;
    ck_assert_uint_lt(fault_count, 8);
    faults[fault_count++] = *fault;
}

static const struct stepden_config_report report = {.fault = keep_fault};

static void set_up(void)
{
    snprintf(path, sizeof path, "/tmp/config_load_XXXXXX");
    int fd = mkstemp(path);
    ck_assert_int_ge(fd, 0);
    close(fd);
    fault_count = 0;
}

static void tear_down(void)
{
    unlink(path);
}

static void write_file(const char *json)
{
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(json, file), 0);
    ck_assert_int_eq(fclose(file), 0);
}

/* Three faults: of an element, of a part of a secret, of the whole. */
static enum stepden_status rule(const struct stepden_config *checked,
                                stepden_diag_report *tell, void *ctx)
{
    static const char *const places[] = {"/log/handlers/1/path",
                                         "/redis/connection/password", ""};
    struct stepden_diag diag;
    ck_assert_ptr_eq(checked, &config);
    for (size_t i = 0; i < 3; i++) {
        stepden_diag_set(&diag, STEPDEN_ERR_SYSTEM, places[i], "no");
        tell(ctx, &diag);
    }
    return STEPDEN_ERR_SYSTEM;
}

static enum stepden_status load(const char *json)
{
    write_file(json);
    return stepden_config_load_for(rule, false, &config, path, &report);
}

START_TEST(faults_of_a_rule_have_their_place)
{
    ck_assert_int_eq(load("{\"stationId\": 1, \"log\": {\"handlers\": [\n"
                          "  {\"type\": \"null\"},\n"
                          "  {\"type\": \"file\", \"path\": \"a\"}]},\n"
                          " \"redis\": {\"connection\": {}}}"),
                     STEPDEN_ERR_SYSTEM);
    ck_assert_uint_eq(fault_count, 3);
    ck_assert_uint_eq(faults[0].line, 3);
    ck_assert_uint_eq(faults[0].column, 28);
    ck_assert_uint_eq(faults[1].line, 4);
    ck_assert_uint_eq(faults[1].column, 26);
    ck_assert_uint_eq(faults[2].line, 1);
    ck_assert_uint_eq(faults[2].column, 1);
}
END_TEST

START_TEST(they_are_told_beside_all_others)
{
    ck_assert_int_eq(load("{\"stationId\": 1, \"timeout\": 0, "
                          "\"denm\": {\"maxRecords\": 70000}}"),
                     STEPDEN_ERR_RANGE);
    ck_assert_uint_eq(fault_count, 5);
    ck_assert_str_eq(faults[0].diag.where, "/timeout");
    ck_assert_str_eq(faults[1].diag.where, "/denm/maxRecords");
    ck_assert_str_eq(faults[2].diag.where, "/log/handlers/1/path");
}
END_TEST

START_TEST(but_not_of_what_could_not_be_read)
{
    ck_assert_int_eq(load("{\"stationId\": 1, \"log\": {\"handlers\": [0, 0]},"
                          "\"redis\": {\"connection\": "
                          "{\"password\": {\"env\": 5}}}}"),
                     STEPDEN_ERR_INVALID);
    ck_assert_uint_eq(fault_count, 4);
    ck_assert_str_eq(faults[0].diag.where, "/log/handlers/0");
    ck_assert_str_eq(faults[1].diag.where, "/log/handlers/1");
    ck_assert_str_eq(faults[2].diag.where, "/redis/connection/password/env");
    ck_assert_str_eq(faults[3].diag.where, "");
}
END_TEST

START_TEST(a_pipe_is_not_read_again)
{
    unlink(path);
    ck_assert_int_eq(mkfifo(path, 0600), 0);
    ck_assert_int_eq(
        stepden_config_load_for(NULL, true, &config, path, &report),
        STEPDEN_ERR_SYSTEM);
    ck_assert_uint_eq(fault_count, 1);
    ck_assert_str_eq(faults[0].diag.reason, "not a regular file");
}
END_TEST

START_TEST(no_secret_is_left_in_memory)
{
    write_file("{\"stationId\": 1, \"redis\": {\"connection\": "
               "{\"password\": \"" SECRET "\"}}}");
    ck_assert_int_eq(stepden_config_load(&config, path, &report), STEPDEN_OK);
    ck_assert_str_eq(config.redis.connection.password.plain, SECRET);
    free(stepden_config_text(&config));
    ck_assert_int_eq(secrets_freed, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("daemon/config_load");
    TCase *tests = tcase_create("config_load");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, faults_of_a_rule_have_their_place);
    tcase_add_test(tests, they_are_told_beside_all_others);
    tcase_add_test(tests, but_not_of_what_could_not_be_read);
    tcase_add_test(tests, a_pipe_is_not_read_again);
    tcase_add_test(tests, no_secret_is_left_in_memory);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
