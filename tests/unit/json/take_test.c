#include "suite.h"

static struct stepden_diag diag;
static int64_t value;

enum what { INTEGER, SCALED, CLASS, TIME, NAME, FLAG, TEXT };

static const struct stepden_json_name name_list[] = {
    {"passengerCar", 12, 5},
    {"bus", 3, 6},
    {"omnibus", 7, 6},
    {"tram", 4, 11},
    {"a", 1, 1},
    {"b", 1, 2},
    {"c", 1, 3},
    {"d", 1, 4},
};

static const struct stepden_json_names names = {
    .name = name_list, .count = 8, .open = true, .minimum = 0, .maximum = 255};

static const struct stepden_json_names few = {
    .name = name_list, .count = 2, .maximum = 6};

static bool take_one(struct stepden_json_reader *reader, enum what what)
{
    static const int64_t classes[] = {50, 100, 10001};
    bool flag = false, ok = false;

    switch (what) {
    case INTEGER:
        return stepden_json_take_integer(reader, &value, -5, 1000);
    case SCALED:
        return stepden_json_take_scaled(reader, &value, -900000000, 900000000,
                                        7);
    case CLASS:
        return stepden_json_take_class(reader, &value, classes, 3);
    case TIME:
        return stepden_json_take_time(reader, &value);
    case NAME:
        return stepden_json_take_name(reader, &value, &names);
    case FLAG:
        ok = stepden_json_take_bool(reader, &flag);
        value = flag;
        return ok;
    case TEXT:
        return stepden_json_take_text(reader, "1.0", 3);
    }
    return false;
}

static enum stepden_status take(enum what what, const char *json)
{
    struct stepden_json_reader reader;
    char *copy = exact_copy(json, strlen(json));

    value = -1;
    diag = (struct stepden_diag){0};
    stepden_json_reader_begin(&reader, copy, strlen(json), &diag, NULL, NULL);
    if (take_one(&reader, what))
        stepden_json_reader_end(&reader);
    free(copy);
    return reader.status;
}

static void reads_as(enum what what, const char *json, int64_t expected)
{
    ck_assert_msg(take(what, json) == STEPDEN_OK, "%s: %s", json, diag.reason);
    ck_assert_int_eq(value, expected);
}

static void fails(enum what what, const char *json, enum stepden_status status,
                  const char *reason)
{
    ck_assert_msg(take(what, json) == status, "%s: %s", json, diag.reason);
    if (reason != NULL)
        ck_assert_str_eq(diag.reason, reason);
}

START_TEST(an_integer_has_many_spellings)
{
    reads_as(INTEGER, "7", 7);
    reads_as(INTEGER, " -5 ", -5);
    reads_as(INTEGER, "-0", 0);
    reads_as(INTEGER, "1.0", 1);
    reads_as(INTEGER, "1e2", 100);
    reads_as(INTEGER, "1000", 1000);
    reads_as(INTEGER, "1000.000000000000000000000000000e0", 1000);
    reads_as(INTEGER, "0.00001e5", 1);
}
END_TEST

START_TEST(an_integer_out_of_range_is_never_clamped)
{
    const char *const reason = "found 1001, allowed is an integer -5..1000";

    fails(INTEGER, "1001", STEPDEN_ERR_RANGE, reason);
    fails(INTEGER, "-6", STEPDEN_ERR_RANGE, NULL);
    fails(INTEGER, "9223372036854775808", STEPDEN_ERR_RANGE, NULL);
    fails(INTEGER, "18446744073709551617", STEPDEN_ERR_RANGE, NULL);
    fails(INTEGER, "99999999999999999999999999", STEPDEN_ERR_RANGE, NULL);
    fails(INTEGER, "1e99999999999", STEPDEN_ERR_RANGE, NULL);
    fails(INTEGER, "1001.0", STEPDEN_ERR_RANGE, NULL);
}
END_TEST

START_TEST(a_fraction_is_no_integer)
{
    fails(INTEGER, "1.5", STEPDEN_ERR_INVALID,
          "found 1.5, allowed is an integer -5..1000");
    fails(INTEGER, "1e-1", STEPDEN_ERR_INVALID, NULL);
    fails(INTEGER, "1e-99999999999", STEPDEN_ERR_INVALID, NULL);
}
END_TEST

START_TEST(only_json_numbers_are_numbers)
{
    const char *const wrong[] = {"01", "-",   "+1",  ".5",    "1.",      "1.e2",
                                 "1e", "1e+", "0x1", "NaN",   "--1",     "1,5",
                                 "-a", "1 2", "00",  "1e1.5", "Infinity"};

    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        ck_assert_msg(take(INTEGER, wrong[i]) != STEPDEN_OK, "%s", wrong[i]);
        ck_assert_msg(take(SCALED, wrong[i]) != STEPDEN_OK, "%s", wrong[i]);
        ck_assert_msg(take(CLASS, wrong[i]) != STEPDEN_OK, "%s", wrong[i]);
    }
    fails(INTEGER, "\"7\"", STEPDEN_ERR_INVALID,
          "found \"7\", allowed is an integer -5..1000");
}
END_TEST

START_TEST(a_scaled_number_goes_straight_to_its_grid)
{
    reads_as(SCALED, "45.4642035", 454642035);
    reads_as(SCALED, "-45.4642", -454642000);
    reads_as(SCALED, "0.1", 1000000);
    reads_as(SCALED, "90", 900000000);
    reads_as(SCALED, "90.00000000000000000000000", 900000000);
    reads_as(SCALED, "4.5e1", 450000000);
    reads_as(SCALED, "0.00000005", 1);
    reads_as(SCALED, "-0.00000005", -1);
    reads_as(SCALED, "0.000000049999999999999999999", 0);
    fails(SCALED, "90.0000000001", STEPDEN_ERR_RANGE,
          "found 90.0000000001, allowed is a number -90..90");
    fails(SCALED, "\"x\"", STEPDEN_ERR_INVALID,
          "found \"x\", allowed is a number -90..90");
}
END_TEST

START_TEST(a_class_covers_the_number)
{
    reads_as(CLASS, "0", 50);
    reads_as(CLASS, "50", 50);
    reads_as(CLASS, "50.0001", 100);
    reads_as(CLASS, "100.0", 100);
    reads_as(CLASS, "101", 10001);
    reads_as(CLASS, "1e300", 10001);
    reads_as(CLASS, "-0", 50);
    fails(CLASS, "-0.1", STEPDEN_ERR_RANGE, NULL);
    fails(CLASS, "null", STEPDEN_ERR_INVALID, NULL);
}
END_TEST

#define FIFTY "55555555555555555555555555555555555555555555555555"

START_TEST(a_time_is_its_time)
{
    reads_as(TIME, "\"2004-01-01T00:00:00.000Z\"", 0);
    reads_as(TIME, "\"2004-01-01T01:00:00+01:00\"", 0);
    reads_as(TIME, "\"2004-01-0\\u0031T00:00:01Z\"", 1000);
    reads_as(TIME, "\"2004-01-0\\u0031T00:00:01." FIFTY FIFTY FIFTY "Z\"",
             1555);
    fails(TIME, "\"2004-01-32T00:00:00Z\"", STEPDEN_ERR_RANGE, NULL);
    fails(TIME, "\"yesterday\"", STEPDEN_ERR_INVALID,
          "found \"yesterday\", allowed is an RFC 3339 date-time from 2004 on");
    fails(TIME, "0", STEPDEN_ERR_INVALID, NULL);
}
END_TEST

START_TEST(a_name_and_its_alias_are_their_number)
{
    reads_as(NAME, "\"bus\"", 6);
    reads_as(NAME, "\"omnibus\"", 6);
    reads_as(NAME, "\"\\u0062us\"", 6);
    reads_as(NAME, "6", 6);
    reads_as(NAME, "200", 200);
    fails(NAME, "256", STEPDEN_ERR_RANGE, NULL);
    fails(NAME, "\"passengercar\"", STEPDEN_ERR_INVALID,
          "found \"passengercar\", allowed is \"passengerCar\", \"bus\", "
          "\"omnibus\", \"tram\", \"a\", \"b\", \"c\", \"d\" or 0..255");
    fails(NAME, "true", STEPDEN_ERR_INVALID, NULL);
}
END_TEST

START_TEST(few_names_are_all_told)
{
    struct stepden_json_reader reader;

    stepden_json_reader_begin(&reader, "6", 1, &diag, NULL, NULL);
    ck_assert(!stepden_json_take_name(&reader, &value, &few));
    ck_assert_str_eq(diag.reason,
                     "found 6, allowed is \"passengerCar\", \"bus\"");
}
END_TEST

START_TEST(only_true_and_false_are_booleans)
{
    reads_as(FLAG, "true", 1);
    reads_as(FLAG, "false", 0);
    fails(FLAG, "True", STEPDEN_ERR_SYNTAX, NULL);
    fails(FLAG, "tru", STEPDEN_ERR_TRUNCATED, NULL);
    fails(FLAG, "truex", STEPDEN_ERR_SYNTAX, NULL);
    fails(FLAG, "1", STEPDEN_ERR_INVALID, "found 1, allowed is true or false");
}
END_TEST

START_TEST(a_constant_text_is_that_text)
{
    reads_as(TEXT, "\"1.0\"", -1);
    reads_as(TEXT, "\"1\\u002e0\"", -1);
    fails(TEXT, "\"1.1\"", STEPDEN_ERR_INVALID,
          "found \"1.1\", allowed is \"1.0\"");
    fails(TEXT, "1.0", STEPDEN_ERR_INVALID, NULL);
}
END_TEST

START_TEST(where_null_is_fine_the_reason_says_so)
{
    struct stepden_json_reader reader;

    stepden_json_reader_begin(&reader, "x", 1, &diag, NULL, NULL);
    ck_assert(!stepden_json_take_null(&reader));
    stepden_json_reader_begin(&reader, "true", 4, &diag, NULL, NULL);
    ck_assert(!stepden_json_take_null(&reader));
    ck_assert(!stepden_json_take_integer(&reader, &value, 0, 3));
    ck_assert_str_eq(diag.reason,
                     "found true, allowed is an integer 0..3 or null");
    stepden_json_reader_begin(&reader, "null", 4, &diag, NULL, NULL);
    ck_assert(stepden_json_take_null(&reader));
}
END_TEST

START_TEST(where_a_number_is_fine_the_reason_says_so)
{
    struct stepden_json_reader reader;
    bool flag;

    stepden_json_reader_begin(&reader, "", 0, &diag, NULL, NULL);
    ck_assert(!stepden_json_at_number(&reader));
    stepden_json_reader_begin(&reader, "\"\"", 2, &diag, NULL, NULL);
    ck_assert(!stepden_json_at_number(&reader));
    ck_assert(!stepden_json_take_bool(&reader, &flag));
    ck_assert_str_eq(diag.reason,
                     "found \"\", allowed is true or false or a number");
    stepden_json_reader_begin(&reader, "-1", 2, &diag, NULL, NULL);
    ck_assert(stepden_json_at_number(&reader));
    ck_assert(stepden_json_take_integer(&reader, &value, -1, 0));
}
END_TEST

START_TEST(what_was_found_is_cut_between_characters)
{
    const char *const json =
        "\"\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac"
        "\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac"
        "\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac"
        "\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac\"";

    fails(FLAG, json, STEPDEN_ERR_INVALID, NULL);
    ck_assert_ptr_nonnull(
        strstr(diag.reason, "\xe2\x82\xac..., allowed is true"));
}
END_TEST

RUN_SUITE("take", an_integer_has_many_spellings,
          an_integer_out_of_range_is_never_clamped, a_fraction_is_no_integer,
          only_json_numbers_are_numbers,
          a_scaled_number_goes_straight_to_its_grid, a_class_covers_the_number,
          a_time_is_its_time, a_name_and_its_alias_are_their_number,
          few_names_are_all_told, only_true_and_false_are_booleans,
          a_constant_text_is_that_text, where_null_is_fine_the_reason_says_so,
          where_a_number_is_fine_the_reason_says_so,
          what_was_found_is_cut_between_characters)
