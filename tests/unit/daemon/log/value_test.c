#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/log/value.h"

static char value[STEPDEN_LOG_VALUE_MAX];

static const char *value_of(const char *text)
{
    return stepden_log_value(value, text, strlen(text));
}

START_TEST(a_value_is_in_quotes)
{
    ck_assert_str_eq(value_of(""), "\"\"");
    ck_assert_str_eq(value_of("not newer, \xc3\xa9"),
                     "\"not newer, \xc3\xa9\"");
}
END_TEST

START_TEST(quotes_and_backslashes_within_it_are_escaped)
{
    ck_assert_str_eq(value_of("found \"x\", allowed \\d"),
                     "\"found \\\"x\\\", allowed \\\\d\"");
}
END_TEST

START_TEST(control_characters_are_escaped)
{
    ck_assert_str_eq(value_of("a\nb\tc\x7f"), "\"a\\nb\\u0009c\\u007f\"");
    ck_assert_str_eq(stepden_log_value(value, "a\0b", 3), "\"a\\u0000b\"");
    ck_assert_str_eq(value_of("\xc2\x80 \xc2\x9b \xc2\xa0"),
                     "\"\\u0080 \\u009b \xc2\xa0\"");
}
END_TEST

START_TEST(a_long_value_is_cut_between_characters_and_closed)
{
    static char text[2 * STEPDEN_LOG_VALUE_MAX];
    for (size_t i = 0; i + 2 < sizeof text; i += 2)
        memcpy(text + i, "\xc3\xa9", 2);
    size_t size = strlen(value_of(text));
    ck_assert_uint_lt(size, STEPDEN_LOG_VALUE_MAX);
    ck_assert_str_eq(value + size - 3, "\xc3\xa9\"");
}
END_TEST

START_TEST(what_is_not_utf8_is_replaced)
{
    ck_assert_str_eq(value_of("a\x80\xc3\xa9\xc3"),
                     "\"a\\ufffd\xc3\xa9\\ufffd\"");
    ck_assert_str_eq(value_of("\xed\xa0\x80"), "\"\\ufffd\\ufffd\\ufffd\"");
    ck_assert_str_eq(value_of("\xf0\x9f\x98\x80\xf4\x90"),
                     "\"\xf0\x9f\x98\x80\\ufffd\\ufffd\"");
}
END_TEST

START_TEST(no_escape_is_cut)
{
    static char text[STEPDEN_LOG_VALUE_MAX];
    for (size_t before = 0; before < 8; before++) {
        memset(text, 1, sizeof text - 1);
        memset(text, 'a', before);
        size_t size = strlen(value_of(text));
        ck_assert_uint_lt(size, STEPDEN_LOG_VALUE_MAX);
        ck_assert_str_eq(value + size - 7, "\\u0001\"");
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("daemon/log_value");
    TCase *tests = tcase_create("log_value");
    tcase_add_test(tests, a_value_is_in_quotes);
    tcase_add_test(tests, quotes_and_backslashes_within_it_are_escaped);
    tcase_add_test(tests, control_characters_are_escaped);
    tcase_add_test(tests, a_long_value_is_cut_between_characters_and_closed);
    tcase_add_test(tests, what_is_not_utf8_is_replaced);
    tcase_add_test(tests, no_escape_is_cut);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
