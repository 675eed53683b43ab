#include <check.h>
#include <stdlib.h>

#include "daemon/options.h"

static struct stepden_options options;
static struct stepden_diag diag;

#define PARSE(...) parse((char *[]){"stepden", __VA_ARGS__, NULL})

static enum stepden_status parse(char **argv)
{
    int argc = 0;
    while (argv[argc])
        argc++;
    return stepden_options_parse(&options, argc, argv, &diag);
}

START_TEST(runs_the_service_with_a_configuration)
{
    ck_assert_int_eq(PARSE("--config", "a.json"), STEPDEN_OK);
    ck_assert_int_eq(options.command, STEPDEN_COMMAND_SERVE);
    ck_assert_str_eq(options.config, "a.json");
    ck_assert_ptr_null(options.instance);
}
END_TEST

START_TEST(takes_a_value_after_an_equals_sign)
{
    ck_assert_int_eq(PARSE("--config=a=b.json", "--instance=north"),
                     STEPDEN_OK);
    ck_assert_str_eq(options.config, "a=b.json");
    ck_assert_str_eq(options.instance, "north");
}
END_TEST

START_TEST(takes_short_options_with_or_without_a_space)
{
    ck_assert_int_eq(PARSE("-ca.json", "-i", "north"), STEPDEN_OK);
    ck_assert_str_eq(options.config, "a.json");
    ck_assert_str_eq(options.instance, "north");
}
END_TEST

START_TEST(writes_a_schema_to_standard_output_without_a_file)
{
    ck_assert_int_eq(PARSE("--conf_schema"), STEPDEN_OK);
    ck_assert_int_eq(options.command, STEPDEN_COMMAND_SCHEMA);
    ck_assert_ptr_null(options.file);
}
END_TEST

START_TEST(takes_an_optional_file_after_a_space_or_an_equals_sign)
{
    ck_assert_int_eq(PARSE("--conf_template", "t.json"), STEPDEN_OK);
    ck_assert_int_eq(options.command, STEPDEN_COMMAND_TEMPLATE);
    ck_assert_str_eq(options.file, "t.json");
    ck_assert_int_eq(PARSE("--conf_template=u.json"), STEPDEN_OK);
    ck_assert_str_eq(options.file, "u.json");
    ck_assert_int_eq(PARSE("-s", "-"), STEPDEN_OK);
    ck_assert_str_eq(options.file, "-");
}
END_TEST

START_TEST(takes_no_option_for_an_optional_file)
{
    ck_assert_int_eq(PARSE("--version", "--config", "a.json"), STEPDEN_OK);
    ck_assert_ptr_null(options.file);
    ck_assert_int_eq(PARSE("--conf_schema", "--check"), STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.where, "--check");
}
END_TEST

START_TEST(accepts_hyphens_for_underscores)
{
    ck_assert_int_eq(PARSE("--conf-schema"), STEPDEN_OK);
    ck_assert_int_eq(options.command, STEPDEN_COMMAND_SCHEMA);
    ck_assert_int_eq(PARSE("--conf-template=t.json"), STEPDEN_OK);
    ck_assert_str_eq(options.file, "t.json");
    ck_assert_int_eq(PARSE("--print_config", "-ca.json"), STEPDEN_OK);
    ck_assert_int_eq(options.command, STEPDEN_COMMAND_PRINT_CONFIG);
}
END_TEST

START_TEST(looks_at_a_configuration_without_running_it)
{
    ck_assert_int_eq(PARSE("--check", "--config", "a.json"), STEPDEN_OK);
    ck_assert_int_eq(options.command, STEPDEN_COMMAND_CHECK);
    ck_assert_int_eq(PARSE("-c", "a.json", "--print-config"), STEPDEN_OK);
    ck_assert_int_eq(options.command, STEPDEN_COMMAND_PRINT_CONFIG);
}
END_TEST

START_TEST(looks_at_no_configuration_that_is_not_given)
{
    ck_assert_int_eq(PARSE("--check"), STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.where, "--check");
    ck_assert_str_eq(diag.reason, "needs --config");
    ck_assert_int_eq(PARSE("--print-config"), STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.where, "--print-config");
}
END_TEST

START_TEST(the_last_of_two_values_counts)
{
    ck_assert_int_eq(PARSE("-ca.json", "--config=b.json"), STEPDEN_OK);
    ck_assert_str_eq(options.config, "b.json");
    ck_assert_int_eq(PARSE("--conf_template=a", "--conf_template=b"),
                     STEPDEN_OK);
    ck_assert_str_eq(options.file, "b");
    ck_assert_int_eq(PARSE("--check", "--check", "-ca.json"), STEPDEN_OK);
}
END_TEST

START_TEST(helps_whatever_else_is_given)
{
    ck_assert_int_eq(PARSE("--check", "--explain", "--help", "--nothing"),
                     STEPDEN_OK);
    ck_assert_int_eq(options.command, STEPDEN_COMMAND_HELP);
    ck_assert_int_eq(PARSE("-v", "-h"), STEPDEN_OK);
    ck_assert_int_eq(options.command, STEPDEN_COMMAND_VERSION);
    ck_assert_int_eq(PARSE("--nothing", "-h"), STEPDEN_ERR_INVALID);
}
END_TEST

START_TEST(reads_a_configuration_from_standard_input)
{
    ck_assert_int_eq(PARSE("--check", "--config", "-"), STEPDEN_OK);
    ck_assert_str_eq(options.config, "/dev/stdin");
    ck_assert_int_eq(PARSE("--replay", "-", "-c", "-"), STEPDEN_ERR_INVALID);
}
END_TEST

START_TEST(writes_no_document_of_a_configuration)
{
    ck_assert_int_eq(PARSE("--conf_template", "--config", "a.json"),
                     STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.where, "--conf_template");
    ck_assert_int_eq(PARSE("--conf_schema", "-i", "a"), STEPDEN_ERR_INVALID);
}
END_TEST

START_TEST(names_the_nearest_of_the_known_options)
{
    ck_assert_int_eq(PARSE("--chek"), STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.reason, "is no option: do you mean --check?");
    ck_assert_int_eq(PARSE("--conf=a"), STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.reason, "is no option: do you mean --config?");
    ck_assert_int_eq(PARSE("--zzzzzzzzzz"), STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.reason, "is no option");
}
END_TEST

START_TEST(replays_without_a_configuration)
{
    ck_assert_int_eq(PARSE("--replay", "-"), STEPDEN_OK);
    ck_assert_int_eq(options.command, STEPDEN_COMMAND_REPLAY);
    ck_assert_str_eq(options.file, "-");
    ck_assert_ptr_null(options.config);
}
END_TEST

START_TEST(refuses_an_unknown_option)
{
    ck_assert_int_eq(PARSE("--configuration", "a"), STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.where, "--configuration");
    ck_assert_int_eq(PARSE("-x"), STEPDEN_ERR_INVALID);
    ck_assert_int_eq(PARSE("-"), STEPDEN_ERR_INVALID);
    ck_assert_int_eq(PARSE("--"), STEPDEN_ERR_INVALID);
}
END_TEST

START_TEST(refuses_an_argument_that_no_option_takes)
{
    ck_assert_int_eq(PARSE("--check", "a.json"), STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.where, "a.json");
}
END_TEST

START_TEST(refuses_a_missing_value)
{
    ck_assert_int_eq(PARSE("--config"), STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.where, "--config");
    ck_assert_int_eq(PARSE("--config="), STEPDEN_ERR_INVALID);
    ck_assert_int_eq(PARSE("-c"), STEPDEN_ERR_INVALID);
}
END_TEST

START_TEST(refuses_a_value_where_none_belongs)
{
    ck_assert_int_eq(PARSE("--version=1"), STEPDEN_ERR_INVALID);
    ck_assert_int_eq(PARSE("-vh"), STEPDEN_ERR_INVALID);
}
END_TEST

START_TEST(refuses_two_commands)
{
    ck_assert_int_eq(PARSE("--conf_schema", "--conf_template"),
                     STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.reason, "does not go with --conf_schema");
}
END_TEST

START_TEST(refuses_to_serve_without_a_configuration)
{
    ck_assert_int_eq(PARSE("--instance", "north"), STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.where, "--config");
    ck_assert_int_eq(parse((char *[]){"stepden", NULL}), STEPDEN_ERR_INVALID);
}
END_TEST

START_TEST(explains_a_replay_only)
{
    ck_assert_int_eq(PARSE("--replay", "a"), STEPDEN_OK);
    ck_assert(!options.explain);
    ck_assert_int_eq(PARSE("--explain", "--replay", "a"), STEPDEN_OK);
    ck_assert(options.explain);
    ck_assert_int_eq(PARSE("--explain", "--config", "a"), STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.where, "--explain");
    ck_assert_int_eq(PARSE("--replay", "a", "--explain=1"),
                     STEPDEN_ERR_INVALID);
}
END_TEST

START_TEST(the_help_fits_a_screen)
{
    int lines = 0;
    int column = 0;
    for (const char *byte = stepden_options_help; *byte; byte++) {
        column = *byte == '\n' ? 0 : column + 1;
        lines += *byte == '\n';
        ck_assert_int_le(column, 80);
    }
    ck_assert_int_le(lines, 24);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("daemon/options");
    TCase *tests = tcase_create("options");
    tcase_add_test(tests, runs_the_service_with_a_configuration);
    tcase_add_test(tests, takes_a_value_after_an_equals_sign);
    tcase_add_test(tests, takes_short_options_with_or_without_a_space);
    tcase_add_test(tests, writes_a_schema_to_standard_output_without_a_file);
    tcase_add_test(tests,
                   takes_an_optional_file_after_a_space_or_an_equals_sign);
    tcase_add_test(tests, takes_no_option_for_an_optional_file);
    tcase_add_test(tests, accepts_hyphens_for_underscores);
    tcase_add_test(tests, looks_at_a_configuration_without_running_it);
    tcase_add_test(tests, looks_at_no_configuration_that_is_not_given);
    tcase_add_test(tests, the_last_of_two_values_counts);
    tcase_add_test(tests, helps_whatever_else_is_given);
    tcase_add_test(tests, reads_a_configuration_from_standard_input);
    tcase_add_test(tests, writes_no_document_of_a_configuration);
    tcase_add_test(tests, names_the_nearest_of_the_known_options);
    tcase_add_test(tests, replays_without_a_configuration);
    tcase_add_test(tests, refuses_an_unknown_option);
    tcase_add_test(tests, refuses_an_argument_that_no_option_takes);
    tcase_add_test(tests, refuses_a_missing_value);
    tcase_add_test(tests, refuses_a_value_where_none_belongs);
    tcase_add_test(tests, refuses_two_commands);
    tcase_add_test(tests, refuses_to_serve_without_a_configuration);
    tcase_add_test(tests, explains_a_replay_only);
    tcase_add_test(tests, the_help_fits_a_screen);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
