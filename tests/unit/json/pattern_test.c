#include "suite.h"

#include <stepden/json/pattern.h>

/* ^a*é$ */
static const struct stepden_json_range ranges[] = {
    {0x0, 0}, {'a', 1}, {'b', 0}, {0xe9, 2}, {0xea, 0}};
static const uint16_t next[] = {
    1, 0, 2, /* before é */
    1, 1, 1, /* too late */
    1, 1, 1, /* behind é */
};
static const bool accepts[] = {false, false, true};

static const struct stepden_json_pattern pattern = {
    .text = "^a*\303\251$",
    .range = ranges,
    .range_count = 5,
    .next = next,
    .column_count = 3,
    .accepts = accepts,
    .state_count = 3,
};

static bool matches(const char *json)
{
    char *copy = exact_copy(json, strlen(json));
    bool fits = stepden_json_matches(&pattern, copy, strlen(json));

    free(copy);
    return fits;
}

START_TEST(all_of_the_string_goes_through_the_automaton)
{
    ck_assert(matches("\"\303\251\""));
    ck_assert(matches("\"aaa\303\251\""));
    ck_assert(!matches("\"\""));
    ck_assert(!matches("\"a\""));
    ck_assert(!matches("\"\303\251a\""));
    ck_assert(!matches("\"\303\252\""));
    ck_assert(!matches("\"a\360\237\230\200\303\251\""));
}
END_TEST

START_TEST(an_escape_is_what_it_stands_for)
{
    ck_assert(matches("\"\\u0061\\u00E9\""));
    ck_assert(!matches("\"a\\u0000\303\251\""));
    ck_assert(!matches("\"\\ud83d\\ude00\303\251\""));
}
END_TEST

static struct stepden_diag diag;

static enum stepden_status take(const char *json, bool secret)
{
    struct stepden_json_reader reader;
    char value[4 * 3 + 1];

    stepden_json_reader_begin(&reader, json, strlen(json), &diag, NULL, NULL);
    if (stepden_json_take_string(&reader, value, 0, 3, secret, &pattern))
        stepden_json_reader_end(&reader);
    return reader.status;
}

START_TEST(a_string_that_does_not_fit_is_told_the_pattern)
{
    ck_assert_int_eq(take("\"aa\303\251\"", false), STEPDEN_OK);
    ck_assert_int_eq(take("\"ab\"", false), STEPDEN_ERR_INVALID);
    ck_assert_str_eq(
        diag.reason,
        "found \"ab\", allowed is a string that fits ^a*\303\251$");
    ck_assert_int_eq(take("\"aaa\303\251\"", false), STEPDEN_ERR_RANGE);
}
END_TEST

START_TEST(a_secret_that_does_not_fit_is_not_repeated)
{
    ck_assert_int_eq(take("\"ab\"", true), STEPDEN_ERR_INVALID);
    ck_assert_str_eq(
        diag.reason,
        "found a string, allowed is a string that fits ^a*\303\251$");
}
END_TEST

RUN_SUITE("pattern", all_of_the_string_goes_through_the_automaton,
          an_escape_is_what_it_stands_for,
          a_string_that_does_not_fit_is_told_the_pattern,
          a_secret_that_does_not_fit_is_not_repeated)
