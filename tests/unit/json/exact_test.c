#include "json/exact.h"

#include "suite.h"

static struct stepden_json_span span_of(const char *text)
{
    return (struct stepden_json_span){text, strlen(text)};
}

static int compare(const char *a, const char *b)
{
    int order = stepden_json_number_compare(span_of(a), span_of(b));

    return (order > 0) - (order < 0);
}

START_TEST(numbers_have_an_order)
{
    const char *const growing[] = {"-1e400",
                                   "-10",
                                   "-9.000000000000000000001",
                                   "-9",
                                   "-0.1",
                                   "-1e-400",
                                   "0",
                                   "1e-99999999999",
                                   "1e-400",
                                   "0.1",
                                   "0.10000000000000000000000001",
                                   "1",
                                   "9.999999999999999999999999999999",
                                   "10",
                                   "9007199254740992",
                                   "9007199254740993",
                                   "18446744073709551616",
                                   "18446744073709551617",
                                   "1e400",
                                   "1e99999999999"};
    int count = sizeof(growing) / sizeof(growing[0]);

    for (int i = 0; i < count; i++)
        for (int j = 0; j < count; j++)
            ck_assert_int_eq(compare(growing[i], growing[j]),
                             (i > j) - (i < j));
}
END_TEST

static uint64_t hash_of(const char *number)
{
    struct stepden_siphash hash =
        stepden_siphash_begin((struct stepden_siphash_key){{1, 2}});

    stepden_json_number_hash(&hash, span_of(number));
    return stepden_siphash_end(&hash);
}

START_TEST(spellings_of_one_number_are_equal_and_hash_alike)
{
    const char *const spellings[][4] = {
        {"100", "100.0", "1E+2", "10000e-2"},
        {"0", "-0", "0.000e99999999999999999999", "-0.0"},
        {"-0.5", "-5e-1", "-0.50", "-50E-2"},
        {"10203", "1.0203e4", "1020300e-2", "0.10203e5"},
    };

    for (size_t i = 0; i < sizeof(spellings) / sizeof(spellings[0]); i++)
        for (size_t j = 1; j < 4; j++) {
            ck_assert_int_eq(compare(spellings[i][0], spellings[i][j]), 0);
            ck_assert_uint_eq(hash_of(spellings[i][0]),
                              hash_of(spellings[i][j]));
        }
}
END_TEST

START_TEST(an_integer_is_told_by_its_value)
{
    const char *const integers[] = {"0",
                                    "-0.0",
                                    "1.0",
                                    "1e2",
                                    "12.5e1",
                                    "1e400",
                                    "123456789012345678901234567890"};
    const char *const others[] = {
        "0.5",    "1e-2",    "12.5",
        "125e-1", "-1e-400", "1.00000000000000000000000000000000001"};

    for (size_t i = 0; i < sizeof(integers) / sizeof(integers[0]); i++)
        ck_assert(stepden_json_number_is_integer(span_of(integers[i])));
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
        ck_assert(!stepden_json_number_is_integer(span_of(others[i])));
}
END_TEST

static bool is_multiple(const char *number, const char *of)
{
    struct stepden_json_divisor divisor;

    ck_assert(stepden_json_divisor_parse(&divisor, span_of(of)));
    return stepden_json_number_is_multiple(span_of(number), divisor);
}

START_TEST(multiples_are_exact)
{
    ck_assert(is_multiple("0.0075", "0.0001"));
    ck_assert(!is_multiple("0.00751", "0.0001"));
    ck_assert(is_multiple("4.35", "0.01"));
    ck_assert(is_multiple("-4.5", "1.5"));
    ck_assert(is_multiple("0", "7"));
    ck_assert(is_multiple("1e2", "40e-1"));
    ck_assert(!is_multiple("1e1", "4"));
    ck_assert(is_multiple("99999999999999999999999999999999", "3"));
    ck_assert(!is_multiple("99999999999999999999999999999998", "3"));
    ck_assert(is_multiple("999999999999999998000000000000000001",
                          "999999999999999999"));
}
END_TEST

START_TEST(multiples_are_found_at_any_exponent)
{
    ck_assert(is_multiple("1e308", "0.5"));
    ck_assert(!is_multiple("1e308", "3"));
    ck_assert(is_multiple("3e99999999999", "1.5"));
    ck_assert(is_multiple("1e99999999999", "65536e-3"));
    ck_assert(is_multiple("1", "1e-400"));
    ck_assert(!is_multiple("1e-400", "1"));
    ck_assert(!is_multiple("1", "1e400"));
}
END_TEST

START_TEST(a_divisor_is_positive_and_has_at_most_18_digits)
{
    const char *const wrong[] = {"0", "-0.0", "-1", "1234567890123456789",
                                 "0.1234567890123456789"};
    struct stepden_json_divisor divisor;

    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        ck_assert(!stepden_json_divisor_parse(&divisor, span_of(wrong[i])));
    ck_assert(stepden_json_divisor_parse(&divisor,
                                         span_of("0.00012345678901234567800")));
    ck_assert_uint_eq(divisor.coefficient, UINT64_C(123456789012345678));
    ck_assert_int_eq(divisor.exponent, -21);
}
END_TEST

RUN_SUITE("exact", numbers_have_an_order,
          spellings_of_one_number_are_equal_and_hash_alike,
          an_integer_is_told_by_its_value, multiples_are_exact,
          multiples_are_found_at_any_exponent,
          a_divisor_is_positive_and_has_at_most_18_digits)
