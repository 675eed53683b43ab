#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/log_format.h"

static struct stepden_log_format format;
static struct stepden_diag diag;
static char line[STEPDEN_LOG_LINE_MAX];

/* 2026-11-20T21:05:43.007Z */
static struct stepden_log_entry entry;

static void set_up(void)
{
    entry = (struct stepden_log_entry){
        .unix_ms = INT64_C(1795208743007),
        .level = "INFO",
        .name = "north",
        .file = "src/daemon/app.c",
        .function = "serve",
        .line = 42,
        .process = 1234,
        .message = "started instance=\"north\"",
    };
}

static const char *formatted(const char *text)
{
    ck_assert_int_eq(stepden_log_format_compile(&format, text, &diag),
                     STEPDEN_OK);
    size_t size = stepden_log_format_line(line, &format, &entry);
    ck_assert_uint_eq(size, strlen(line));
    return line;
}

static void refuses(const char *text, const char *reason)
{
    ck_assert_int_eq(stepden_log_format_compile(&format, text, &diag),
                     STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.where, "/log/format");
    ck_assert_str_eq(diag.reason, reason);
}

START_TEST(writes_the_default_layout_in_utc)
{
    ck_assert_str_eq(
        formatted("%(asctime)s.%(msecs)03d %(levelname)s %(name)s %(message)s"),
        "2026-11-20 21:05:43.007 INFO north started instance=\"north\"\n");
}
END_TEST

START_TEST(knows_all_names)
{
    ck_assert_str_eq(formatted("%(process)d %(thread)d %(threadName)s "
                               "%(module)s.%(funcName)s:%(lineno)d"),
                     "1234 1234 MainThread app.serve:42\n");
}
END_TEST

START_TEST(pads_to_a_width)
{
    ck_assert_str_eq(formatted("[%(levelname)8s][%(levelname)-8s]"),
                     "[    INFO][INFO    ]\n");
    ck_assert_str_eq(formatted("[%(lineno)5d][%(lineno)-5d][%(lineno)+05d]"),
                     "[   42][42   ][+0042]\n");
}
END_TEST

START_TEST(writes_numbers_as_text_too)
{
    ck_assert_str_eq(formatted("[%(lineno)s][%(msecs)-4s][%(levelname)06s]"),
                     "[42][7   ][  INFO]\n");
}
END_TEST

START_TEST(writes_percent_signs)
{
    ck_assert_str_eq(formatted("100%% %(name)s%%"), "100% north%\n");
}
END_TEST

START_TEST(writes_an_entry_on_one_line)
{
    entry.message = "a\nb\x7f\tc";
    ck_assert_str_eq(formatted("%(message)s"), "a\\u000ab\\u007f\\u0009c\n");
}
END_TEST

START_TEST(writes_json)
{
    entry.message = "m \"q\" \\ \n \xc3\xa9";
    ck_assert_str_eq(formatted("json"),
                     "{\"time\":\"2026-11-20T21:05:43.007Z\",\"process\":1234,"
                     "\"level\":\"INFO\",\"name\":\"north\",\"module\":\"app\","
                     "\"function\":\"serve\",\"line\":42,"
                     "\"message\":\"m \\\"q\\\" \\\\ \\u000a \xc3\xa9\"}\n");
}
END_TEST

START_TEST(cuts_a_long_message_and_closes_the_json)
{
    static char message[2 * STEPDEN_LOG_LINE_MAX];
    for (size_t i = 0; i + 2 < sizeof message; i += 2)
        memcpy(message + i, "\xc3\xa9", 2);
    entry.message = message;
    size_t size = strlen(formatted("json"));
    ck_assert_uint_lt(size, STEPDEN_LOG_LINE_MAX);
    ck_assert_str_eq(line + size - 5, "\xc3\xa9\"}\n");
}
END_TEST

START_TEST(refuses_what_it_does_not_know)
{
    refuses("%(message)s %(nothing)s", "unknown name at character 15");
    refuses("%(message)d", "d for a text at character 11");
    refuses("%(message)f", "neither s nor d at character 11");
    refuses("%(message", "unknown name at character 3");
    refuses("%(message)", "neither s nor d at character 11");
    refuses("100% %(message)s", "% without (name) at character 4");
    refuses("%", "% without (name) at character 1");
    refuses("%(lineno)1234d", "too many flags or digits at character 10");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("daemon/log_format");
    TCase *tests = tcase_create("log_format");
    tcase_add_checked_fixture(tests, set_up, NULL);
    tcase_add_test(tests, writes_the_default_layout_in_utc);
    tcase_add_test(tests, knows_all_names);
    tcase_add_test(tests, pads_to_a_width);
    tcase_add_test(tests, writes_numbers_as_text_too);
    tcase_add_test(tests, writes_percent_signs);
    tcase_add_test(tests, writes_an_entry_on_one_line);
    tcase_add_test(tests, writes_json);
    tcase_add_test(tests, cuts_a_long_message_and_closes_the_json);
    tcase_add_test(tests, refuses_what_it_does_not_know);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
