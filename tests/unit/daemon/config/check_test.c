#include <check.h>
#include <stdlib.h>

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

static const struct stepden_config_report report = {.fault = keep_fault};

static enum stepden_status check(void)
{
    fault_count = 0;
    return stepden_config_check(&config, &report);
}

START_TEST(checks_the_ranges_of_what_a_program_sets)
{
    stepden_config_init(&config);
    ck_assert_int_eq(check(), STEPDEN_OK);
    ck_assert_uint_eq(fault_count, 0);

    config.timeout_s = 0;
    config.denm.max_records = 70000;
    ck_assert_int_eq(check(), STEPDEN_ERR_RANGE);
    ck_assert_uint_eq(fault_count, 2);
    ck_assert_str_eq(faults[0].diag.where, "/timeout");
    ck_assert_str_eq(faults[0].diag.reason,
                     "found 0, allowed is an integer 1..600");
    ck_assert_uint_eq(faults[0].diag.offset, 0);
    ck_assert_uint_eq(faults[0].line, 0);
    ck_assert_str_eq(faults[1].diag.where, "/denm/maxRecords");
}
END_TEST

START_TEST(checks_the_kinds_of_what_a_program_sets)
{
    stepden_config_init(&config);
    config.denm.release = (enum stepden_release)99;
    ck_assert_int_eq(check(), STEPDEN_ERR_INVALID);
    ck_assert_uint_eq(fault_count, 1);
    ck_assert_str_eq(faults[0].diag.where, "/denm/release");

    stepden_config_init(&config);
    config.redis.connection.has_password = true;
    config.redis.connection.password.kind = (enum stepden_secret_kind)99;
    ck_assert_int_eq(check(), STEPDEN_ERR_SYNTAX);
    ck_assert_uint_eq(fault_count, 1);
    ck_assert_str_eq(faults[0].diag.where, "/redis/connection/password");

    stepden_config_init(&config);
    config.log.handlers.item[0].kind = (enum stepden_log_handler_kind)99;
    ck_assert_int_ne(check(), STEPDEN_OK);
    ck_assert_uint_eq(fault_count, 1);
    ck_assert_str_eq(faults[0].diag.where, "/log/handlers");
}
END_TEST

START_TEST(needs_nobody_to_tell)
{
    ck_assert_int_ne(stepden_config_parse(&config, "{", 1, NULL), STEPDEN_OK);
    ck_assert_int_ne(stepden_config_parse(&config, "{}", 2, NULL), STEPDEN_OK);
    ck_assert_int_eq(stepden_config_load(&config, "/nowhere/a.json", NULL),
                     STEPDEN_ERR_SYSTEM);
    stepden_config_init(&config);
    config.redis.connection.max_connections = 1;
    config.denm_last_update_max_delay_ms = 1;
    ck_assert_int_eq(stepden_config_check(&config, NULL), STEPDEN_ERR_INVALID);
    stepden_config_advise(&config, NULL);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("daemon/config_check");
    TCase *tests = tcase_create("config_check");
    tcase_add_test(tests, checks_the_ranges_of_what_a_program_sets);
    tcase_add_test(tests, checks_the_kinds_of_what_a_program_sets);
    tcase_add_test(tests, needs_nobody_to_tell);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
