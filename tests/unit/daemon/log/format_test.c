#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/log/format.h"
#include "json/find.h"

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
                     "[42][7.0 ][  INFO]\n");
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

START_TEST(a_width_counts_characters)
{
    entry.name = "n\xc3\xb6rd";
    ck_assert_str_eq(formatted("[%(name)6s][%(name)-6s][%(name)2s]"),
                     "[  n\xc3\xb6rd][n\xc3\xb6rd  ][n\xc3\xb6rd]\n");
}
END_TEST

START_TEST(writes_json)
{
    entry.message = "found text=\"a \\\"b\\\" \xc3\xa9\" id=17-0/1 count=12 "
                    "angle=-3.5 code=007 empty= none=\"\"";
    ck_assert_str_eq(
        formatted("json"),
        "{\"time\":\"2026-11-20T21:05:43.007Z\",\"level\":\"INFO\","
        "\"name\":\"north\",\"event\":\"found\","
        "\"text\":\"a \\\"b\\\" \xc3\xa9\",\"id\":\"17-0/1\",\"count\":12,"
        "\"angle\":-3.5,\"code\":\"007\",\"empty\":\"\",\"none\":\"\","
        "\"process\":1234,\"module\":\"app\",\"function\":\"serve\","
        "\"line\":42}\n");
}
END_TEST

START_TEST(what_is_no_key_and_value_is_a_message_in_json)
{
    entry.message = "said a=1 some \"other\" \\ text\n";
    ck_assert_ptr_nonnull(strstr(formatted("json"),
                                 "\"event\":\"said\",\"a\":1,\"message\":"
                                 "\"some \\\"other\\\" \\\\ text\\u000a\""));
}
END_TEST

/* A message of `size` bytes that ends with a long quoted value. */
static const char *long_message(size_t size)
{
    static char message[STEPDEN_LOG_LINE_MAX];
    int used = snprintf(message, sizeof message, "told n=1 text=\"");
    for (size_t i = (size_t)used; i + 3 < size; i += 2)
        memcpy(message + i, "\xc3\xa9", 2);
    snprintf(message + size - 3, 4, "\xc3\xa9\"");
    return message;
}

START_TEST(a_long_value_is_cut_and_closed)
{
    entry.message = long_message(4090);
    const char *text = formatted("%(message)s %(lineno)d");
    ck_assert_uint_lt(strlen(text), STEPDEN_LOG_LINE_MAX);
    ck_assert_ptr_nonnull(strstr(text, "\xc3\xa9\" 42\n"));

    text = formatted("json");
    ck_assert_uint_lt(strlen(text), STEPDEN_LOG_LINE_MAX);
    ck_assert_uint_gt(strlen(text), STEPDEN_LOG_LINE_MAX - 8);
    ck_assert_ptr_nonnull(strstr(text, "\xc3\xa9\",\"process\":1234,"));
}
END_TEST

/* The end of a line that has room for so many characters of this field. */
static const char *formatted_within(int room, const char *field)
{
    char text[128];
    snprintf(text, sizeof text,
             "%%(name)999s%%(name)999s%%(name)999s%%(name)999s%%(name)%ds%s",
             STEPDEN_LOG_LINE_MAX - 2 - 4 * 999 - room, field);
    return formatted(text) + STEPDEN_LOG_LINE_MAX - 2 - room;
}

START_TEST(a_line_has_a_size_at_most)
{
    const char *field = "%(message)s";
    entry.message = "told number=12345 text=\"abc\"";
    ck_assert_str_eq(formatted_within(23, field), "told number=12345\n");
    ck_assert_str_eq(formatted_within(26, field),
                     "told number=12345 text=\"a\"\n");
    ck_assert_str_eq(formatted_within(9, field), "told\n");
    ck_assert_str_eq(formatted_within(9, "%(asctime)s"), "2026-11-2\n");
}
END_TEST

/* Of what makes words and what breaks them; keys may come twice. */
static void make_message(char *message, size_t size)
{
    static const char *const parts[] = {
        "a",   "key",     "=",        "=\"",  "\"",   "\\",
        " ",   "\\u0041", "\xc3\xa9", "1",    "-0.5", "\n",
        "\\n", " k=1",    " k=\"",    "\\\"", "e",    ",",
    };
    size_t used = 0;
    while (used + 8 < size)
        used += (size_t)snprintf(
            message + used, size - used, "%s",
            parts[(size_t)rand() % (sizeof parts / sizeof parts[0])]);
}

START_TEST(whatever_the_message_json_is_json)
{
    static char message[STEPDEN_LOG_LINE_MAX];
    entry.message = message;
    for (int i = 0; i < 20000; i++) {
        size_t size_max = i % 10 == 0 ? sizeof message : (size_t)rand() % 100;
        make_message(message, size_max);
        size_t size = strlen(formatted("json"));
        ck_assert_uint_lt(size, STEPDEN_LOG_LINE_MAX);
        enum stepden_status status = stepden_json_check(line, size - 1, &diag);
        ck_assert_msg(status == STEPDEN_OK || status == STEPDEN_ERR_INVALID,
                      "%s: %s", diag.reason, line);
    }
}
END_TEST

START_TEST(refuses_what_it_does_not_know)
{
    refuses("%(message)s %(nothing)s",
            "found an unknown name at character 15, allowed is asctime, msecs, "
            "levelname, name, process, thread, threadName, module, funcName, "
            "lineno or message");
    refuses("%(message)d", "found d for a text at character 11, allowed is s");
    refuses("%(message)f",
            "found no conversion at character 11, allowed is s or d");
    refuses("%(message)",
            "found no conversion at character 11, allowed is s or d");
    refuses("100% %(message)s",
            "found % alone at character 4, allowed is %(name)s or %%");
    refuses("JSON", "found no placeholder at character 5, allowed is json, or "
                    "text with at least one, as %(message)s");
    refuses("100%%", "found no placeholder at character 6, allowed is json, or "
                     "text with at least one, as %(message)s");
    refuses("%", "found % alone at character 1, allowed is %(name)s or %%");
    refuses("%(lineno)1234d", "found too many flags or digits at character 10, "
                              "allowed is a width of up to 999");
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
    tcase_add_test(tests, a_width_counts_characters);
    tcase_add_test(tests, writes_json);
    tcase_add_test(tests, what_is_no_key_and_value_is_a_message_in_json);
    tcase_add_test(tests, a_long_value_is_cut_and_closed);
    tcase_add_test(tests, a_line_has_a_size_at_most);
    tcase_add_test(tests, whatever_the_message_json_is_json);
    tcase_add_test(tests, refuses_what_it_does_not_know);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
