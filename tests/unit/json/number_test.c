#include "json/number.h"

#include "suite.h"

static struct stepden_json_decimal parse(const char *text, int exponent)
{
    struct stepden_json_decimal decimal;
    char *copy = exact_copy(text, strlen(text));

    stepden_json_decimal_parse(&decimal, copy, strlen(text), exponent);
    free(copy);
    return decimal;
}

static int64_t value_of(const char *text, int exponent)
{
    struct stepden_json_decimal decimal = parse(text, exponent);

    ck_assert(!decimal.huge);
    return stepden_json_decimal_round(&decimal);
}

START_TEST(spellings_of_an_integer_are_the_same_integer)
{
    const char *const hundred[] = {
        "100",     "100.0",  "1e2",   "1E+2",     "0.1e3",
        "1000e-1", "10.0e1", "100e0", "0.0001e6", "100.000000000000000000000"};

    for (size_t i = 0; i < sizeof(hundred) / sizeof(hundred[0]); i++) {
        ck_assert_int_eq(value_of(hundred[i], 0), 100);
        ck_assert(!parse(hundred[i], 0).inexact);
    }
}
END_TEST

START_TEST(a_number_between_two_integers_is_inexact)
{
    ck_assert(parse("1.5", 0).inexact);
    ck_assert(parse("15e-1", 0).inexact);
    ck_assert(parse("1e-30", 0).inexact);
    ck_assert(parse("1.0000000000000000000000000000001", 0).inexact);
    ck_assert(!parse("15e-1", 1).inexact);
}
END_TEST

START_TEST(decimals_land_on_the_grid_exactly)
{
    ck_assert_int_eq(value_of("45.4642035", 7), 454642035);
    ck_assert_int_eq(value_of("-0.0000001", 7), -1);
    ck_assert_int_eq(value_of("0.1", 7), 1000000);
    ck_assert_int_eq(value_of("180", 7), 1800000000);
    ck_assert_int_eq(value_of("4.54642035e1", 7), 454642035);
}
END_TEST

START_TEST(rounding_is_done_once_half_away_from_zero)
{
    ck_assert_int_eq(value_of("0.5", 0), 1);
    ck_assert_int_eq(value_of("-0.5", 0), -1);
    ck_assert_int_eq(value_of("2.5", 0), 3);
    ck_assert_int_eq(value_of("0.49999999999999999999999999", 0), 0);
    ck_assert_int_eq(value_of("0.45", 0), 0);
    ck_assert_int_eq(value_of("0.05", 0), 0);
    ck_assert_int_eq(value_of("45.46420354999", 7), 454642035);
    ck_assert_int_eq(value_of("45.46420355", 7), 454642036);
    ck_assert_int_eq(value_of("999999999999999999.5", 0),
                     INT64_C(1000000000000000000));
}
END_TEST

START_TEST(every_zero_is_zero)
{
    const char *const zeros[] = {"0",   "-0",    "0.0",         "-0.000",
                                 "0e5", "0e-99", "0e999999999", "-0.0E+0"};

    for (size_t i = 0; i < sizeof(zeros) / sizeof(zeros[0]); i++) {
        ck_assert_int_eq(value_of(zeros[i], 7), 0);
        ck_assert(!parse(zeros[i], 7).negative);
        ck_assert(!parse(zeros[i], 7).inexact);
    }
}
END_TEST

START_TEST(any_exponent_is_fine)
{
    ck_assert(parse("1e19", 0).huge);
    ck_assert(!parse("1e18", 0).huge);
    ck_assert(parse("1e999999999999999999999999", 0).huge);
    ck_assert(parse("-1e2147483648", 0).huge);
    ck_assert_int_eq(value_of("1e-999999999999999999999999", 0), 0);
    ck_assert(parse("1e-999999999999999999999999", 0).inexact);
}
END_TEST

START_TEST(leading_zeros_of_a_fraction_do_not_count_as_digits)
{
    ck_assert_int_eq(value_of("0.00000000000000000000000000001e30", 0), 10);
    ck_assert_int_eq(value_of("100000000000000000000000000000e-28", 0), 10);
}
END_TEST

START_TEST(whole_units_are_those_of_an_int64)
{
    ck_assert_int_eq(value_of("9223372036854775807", 0), INT64_MAX);
    ck_assert_int_eq(value_of("-9223372036854775808", 0), INT64_MIN);
    ck_assert_int_eq(value_of("-92233720368.54775808e8", 0), INT64_MIN);
    ck_assert_int_eq(value_of("-9.223372036854775808", 18), INT64_MIN);
    ck_assert(parse("9223372036854775808", 0).huge);
    ck_assert(parse("-9223372036854775809", 0).huge);
    ck_assert(parse("9999999999999999999", 0).huge);
    ck_assert(parse("18446744073709551616", 0).huge);
}
END_TEST

static bool within(const char *text, int64_t minimum, int64_t maximum)
{
    struct stepden_json_decimal decimal = parse(text, 0);

    return stepden_json_decimal_within(&decimal, minimum, maximum);
}

START_TEST(limits_hold_for_the_number_before_rounding)
{
    ck_assert(within("90", -90, 90));
    ck_assert(within("-90", -90, 90));
    ck_assert(within("89.9999", -90, 90));
    ck_assert(!within("90.0000001", -90, 90));
    ck_assert(!within("-90.0000001", -90, 90));
    ck_assert(!within("-0.3", 0, 10));
    ck_assert(within("-0", 0, 10));
    ck_assert(!within("0.9", 1, 10));
    ck_assert(!within("-0.5", 1, 10));
    ck_assert(within("-1.5", -2, -1));
    ck_assert(!within("-0.9", -2, -1));
    ck_assert(!within("1e40", -2, INT64_MAX));
    ck_assert(within("9223372036854775807", INT64_MIN, INT64_MAX));
    ck_assert(!within("9223372036854775807.5", INT64_MIN, INT64_MAX));
    ck_assert(within("-9223372036854775808", INT64_MIN, INT64_MAX));
    ck_assert(!within("-9223372036854775808.1", INT64_MIN, INT64_MAX));
}
END_TEST

RUN_SUITE("number", spellings_of_an_integer_are_the_same_integer,
          a_number_between_two_integers_is_inexact,
          decimals_land_on_the_grid_exactly,
          rounding_is_done_once_half_away_from_zero, every_zero_is_zero,
          any_exponent_is_fine,
          leading_zeros_of_a_fraction_do_not_count_as_digits,
          whole_units_are_those_of_an_int64,
          limits_hold_for_the_number_before_rounding)
