#include "suite.h"

static struct stepden_diag diag;
static int64_t value;

enum what { BETWEEN, UP_TO_ONE, MULTIPLE, LISTED, TRUE };

static bool take_one(struct stepden_json_reader *reader, enum what what)
{
    static const int64_t listed[] = {50, -100, 0};

    switch (what) {
    case BETWEEN: /* -1 to 1, in tenths */
        return stepden_json_take_between(reader, &value, -10, 10, 1,
                                         STEPDEN_JSON_ABOVE |
                                             STEPDEN_JSON_BELOW);
    case UP_TO_ONE:
        return stepden_json_take_between(reader, &value, 0, 10, 1,
                                         STEPDEN_JSON_ABOVE);
    case MULTIPLE:
        return stepden_json_take_multiple(reader, &value, -10, 20, 6);
    case LISTED:
        return stepden_json_take_listed(reader, &value, listed, 3);
    case TRUE:
        value = 1;
        return stepden_json_take_truth(reader, true);
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

static void is(enum what what, const char *json, int64_t expected)
{
    ck_assert_int_eq(take(what, json), STEPDEN_OK);
    ck_assert_int_eq(value, expected);
}

static void fails(enum what what, const char *json, enum stepden_status status,
                  const char *reason)
{
    ck_assert_int_eq(take(what, json), status);
    ck_assert_str_eq(diag.reason, reason);
}

START_TEST(a_limit_that_is_excluded_is_compared_before_rounding)
{
    fails(BETWEEN, "1", STEPDEN_ERR_RANGE,
          "found 1, allowed is a number above -1, below 1");
    fails(BETWEEN, "-1.0e0", STEPDEN_ERR_RANGE,
          "found -1.0e0, allowed is a number above -1, below 1");
    fails(BETWEEN, "1.0000000000000000000000001", STEPDEN_ERR_RANGE,
          "found 1.0000000000000000000000001, allowed is a number above -1, "
          "below 1");
    fails(UP_TO_ONE, "0", STEPDEN_ERR_RANGE,
          "found 0, allowed is a number above 0, up to 1");
    fails(UP_TO_ONE, "1e400", STEPDEN_ERR_RANGE,
          "found 1e400, allowed is a number above 0, up to 1");
    fails(UP_TO_ONE, "\"0.5\"", STEPDEN_ERR_INVALID,
          "found \"0.5\", allowed is a number above 0, up to 1");
}
END_TEST

START_TEST(what_would_round_to_an_excluded_limit_is_the_unit_next_to_it)
{
    is(BETWEEN, "0.9999999999999999999999999", 9);
    is(BETWEEN, "-0.97", -9);
    is(BETWEEN, "0.94", 9);
    is(BETWEEN, "0", 0);
    is(UP_TO_ONE, "1e-400", 1);
    is(UP_TO_ONE, "0.04", 1);
    is(UP_TO_ONE, "0.96", 10);
    is(UP_TO_ONE, "1", 10);
}
END_TEST

START_TEST(a_multiple_may_be_negative_or_zero)
{
    is(MULTIPLE, "18", 18);
    is(MULTIPLE, "-6.0", -6);
    is(MULTIPLE, "0", 0);
    is(MULTIPLE, "1.2e1", 12);
    fails(MULTIPLE, "3", STEPDEN_ERR_INVALID,
          "found 3, allowed is a multiple of 6 in -10..20");
    fails(MULTIPLE, "24", STEPDEN_ERR_RANGE,
          "found 24, allowed is a multiple of 6 in -10..20");
    fails(MULTIPLE, "6.5", STEPDEN_ERR_INVALID,
          "found 6.5, allowed is a multiple of 6 in -10..20");
    fails(MULTIPLE, "null", STEPDEN_ERR_INVALID,
          "found null, allowed is a multiple of 6 in -10..20");
    ck_assert_int_eq(take(MULTIPLE, "6."), STEPDEN_ERR_TRUNCATED);
}
END_TEST

START_TEST(a_listed_integer_is_equal_to_one_of_the_list)
{
    is(LISTED, "50", 50);
    is(LISTED, "-1e2", -100);
    is(LISTED, "-0.0", 0);
    fails(LISTED, "51", STEPDEN_ERR_INVALID,
          "found 51, allowed is 50, -100, 0");
    fails(LISTED, "50.000000000000000001", STEPDEN_ERR_INVALID,
          "found 50.000000000000000001, allowed is 50, -100, 0");
    fails(LISTED, "\"50\"", STEPDEN_ERR_INVALID,
          "found \"50\", allowed is 50, -100, 0");
    ck_assert_int_eq(take(LISTED, "[1"), STEPDEN_ERR_TRUNCATED);
}
END_TEST

START_TEST(many_listed_integers_are_told_in_part)
{
    struct stepden_json_reader reader;
    int64_t listed[40];

    for (int i = 0; i < 40; i++)
        listed[i] = INT64_C(123456789012345678) - i;
    stepden_json_reader_begin(&reader, "1", 1, &diag, NULL, NULL);
    ck_assert(!stepden_json_take_listed(&reader, &value, listed, 40));
    ck_assert_str_eq(diag.reason,
                     "found 1, allowed is 123456789012345678, "
                     "123456789012345677, 123456789012345676, "
                     "123456789012345675, 123456789012345674, "
                     "123456789012345673, 123456789012345672, ...");
}
END_TEST

START_TEST(a_constant_truth_is_that_truth)
{
    is(TRUE, "true", 1);
    fails(TRUE, "false", STEPDEN_ERR_INVALID, "found false, allowed is true");
    fails(TRUE, "1", STEPDEN_ERR_INVALID, "found 1, allowed is true");
    ck_assert_int_eq(take(TRUE, "tru"), STEPDEN_ERR_TRUNCATED);
}
END_TEST

RUN_SUITE("take_number", a_limit_that_is_excluded_is_compared_before_rounding,
          what_would_round_to_an_excluded_limit_is_the_unit_next_to_it,
          a_multiple_may_be_negative_or_zero,
          a_listed_integer_is_equal_to_one_of_the_list,
          many_listed_integers_are_told_in_part, a_constant_truth_is_that_truth)
