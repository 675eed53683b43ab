#include "suite.h"

static struct stepden_diag diag;

/* Reads `size` bytes as a string of minimum..maximum characters. */
static enum stepden_status take(char *value, const char *json, size_t size,
                                int64_t minimum, int64_t maximum)
{
    struct stepden_json_reader reader;
    char *copy = exact_copy(json, size);

    diag = (struct stepden_diag){0};
    stepden_json_reader_begin(&reader, copy, size, &diag, NULL, NULL);
    if (stepden_json_take_string(&reader, value, minimum, maximum, false, NULL))
        stepden_json_reader_end(&reader);
    free(copy);
    return reader.status;
}

static void reads_as(const char *json, const char *expected)
{
    char value[4 * 20 + 1];

    ck_assert_int_eq(take(value, json, strlen(json), 0, 20), STEPDEN_OK);
    ck_assert_str_eq(value, expected);
}

static void fails(const char *json, enum stepden_status status)
{
    char value[4 * 20 + 1];

    ck_assert_msg(take(value, json, strlen(json), 0, 20) == status, "%s: %s",
                  json, diag.reason);
}

START_TEST(escapes_are_characters)
{
    reads_as("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t");
    reads_as("\"\\u0041\\u00e9\\u20AC\"", "A\xc3\xa9\xe2\x82\xac");
    reads_as("\"a\\u0062c\"", "abc");
}
END_TEST

START_TEST(surrogates_come_in_pairs)
{
    reads_as("\"\\ud83d\\ude97\"", "\xf0\x9f\x9a\x97");
    reads_as("\"\\uDBFF\\uDFFF\"", "\xf4\x8f\xbf\xbf");
    fails("\"\\ud83d\"", STEPDEN_ERR_SYNTAX);
    fails("\"\\ude97\"", STEPDEN_ERR_SYNTAX);
    fails("\"\\ud83dx\"", STEPDEN_ERR_SYNTAX);
    fails("\"\\ud83d\\n\"", STEPDEN_ERR_SYNTAX);
    fails("\"\\ud83d\\ud83d\"", STEPDEN_ERR_SYNTAX);
}
END_TEST

START_TEST(text_beyond_ascii_stays_as_it_is)
{
    reads_as("\"Z\xc3\xbcrich \xe2\x82\xac \xf0\x9f\x9a\x97 \x7f\"",
             "Z\xc3\xbcrich \xe2\x82\xac \xf0\x9f\x9a\x97 \x7f");
}
END_TEST

START_TEST(what_is_not_utf_8_is_refused)
{
    const char *const wrong[] = {
        "\"\x80\"",     /* no lead byte */
        "\"\xc0\xaf\"", /* overlong */
        "\"\xc1\xbf\"",
        "\"\xe0\x80\xaf\"",
        "\"\xf0\x80\x80\xaf\"",
        "\"\xed\xa0\x80\"",     /* a surrogate */
        "\"\xf4\x90\x80\x80\"", /* beyond U+10FFFF */
        "\"\xff\"",
        "\"\xe2\x82\"",
        "\"\xe2(\xa1\"",
        "\"\xf8\x88\x80\x80\x80\"",
    };

    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        fails(wrong[i], STEPDEN_ERR_SYNTAX);
    fails("\"\xc3\"", STEPDEN_ERR_SYNTAX);
    ck_assert_str_eq(diag.reason, "found byte 0x22, which is not UTF-8 here");
}
END_TEST

START_TEST(control_characters_need_an_escape)
{
    fails("\"a\nb\"", STEPDEN_ERR_SYNTAX);
    fails("\"\t\"", STEPDEN_ERR_SYNTAX);
    fails("\"\x1f\"", STEPDEN_ERR_SYNTAX);
    reads_as("\"\\u001f\"", "\x1f");
}
END_TEST

START_TEST(unknown_escapes_are_refused)
{
    fails("\"\\x41\"", STEPDEN_ERR_SYNTAX);
    fails("\"\\'\"", STEPDEN_ERR_SYNTAX);
    fails("\"\\U0041\"", STEPDEN_ERR_SYNTAX);
    fails("\"\\u00g0\"", STEPDEN_ERR_SYNTAX);
    fails("\"\\u12\"", STEPDEN_ERR_SYNTAX);
    fails("'a'", STEPDEN_ERR_SYNTAX);
}
END_TEST

START_TEST(a_string_that_does_not_end_is_truncated)
{
    const char *const whole = "\"a\\n\\ud83d\\ude97\xf0\x9f\x9a\x97z\"";
    char value[81];

    for (size_t size = 0; size < strlen(whole); size++)
        ck_assert_msg(take(value, whole, size, 0, 20) == STEPDEN_ERR_TRUNCATED,
                      "%zu bytes: %s", size, diag.reason);
}
END_TEST

START_TEST(length_is_counted_in_characters)
{
    char value[4 * 2 + 1];
    const char *const cars = "\"\xf0\x9f\x9a\x97\\ud83d\\ude97\"";

    ck_assert_int_eq(take(value, cars, strlen(cars), 2, 2), STEPDEN_OK);
    ck_assert_str_eq(value, "\xf0\x9f\x9a\x97\xf0\x9f\x9a\x97");
    ck_assert_int_eq(take(value, "\"abc\"", 5, 0, 2), STEPDEN_ERR_RANGE);
    ck_assert_str_eq(diag.reason,
                     "found 3 characters, allowed is a string of 0..2");
    ck_assert_int_eq(take(value, "\"\"", 2, 1, 2), STEPDEN_ERR_RANGE);
}
END_TEST

START_TEST(a_nul_in_a_string_is_refused)
{
    fails("\"a\\u0000b\"", STEPDEN_ERR_INVALID);
}
END_TEST

START_TEST(another_type_is_refused_with_what_was_found)
{
    fails("12.5", STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.reason,
                     "found 12.5, allowed is a string of 0..20 characters");
    fails("[1, [2]]", STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.reason,
                     "found an array, allowed is a string of 0..20 characters");
}
END_TEST

RUN_SUITE("string", escapes_are_characters, surrogates_come_in_pairs,
          text_beyond_ascii_stays_as_it_is, what_is_not_utf_8_is_refused,
          control_characters_need_an_escape, unknown_escapes_are_refused,
          a_string_that_does_not_end_is_truncated,
          length_is_counted_in_characters, a_nul_in_a_string_is_refused,
          another_type_is_refused_with_what_was_found)
