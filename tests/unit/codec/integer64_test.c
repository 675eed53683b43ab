#include "codec/integer64.h"

#include "sample.h"

static const int64_t values[] = {
    0,          1,          127,           128,
    255,        256,        4398046511103, 4398046511104,
    2147483647, 2147483648, 4294967295,    4294967296,
    -1,         -128,       -129,          -2147483649,
    INT64_MAX,  INT64_MIN,
};

START_TEST(a_number_comes_back)
{
    INTEGER_t integer;
    uint8_t storage[8];
    int64_t value = 42;

    stepden_integer64_set(&integer, storage, values[_i]);
    ck_assert(stepden_integer64_get(&value, &integer));
    ck_assert_int_eq(value, values[_i]);
}
END_TEST

START_TEST(a_number_has_no_octet_too_many)
{
    static const struct {
        int64_t value;
        int size;
    } cases[] = {{0, 1},    {127, 1},   {128, 2},           {-128, 1},
                 {-129, 2}, {65535, 3}, {4398046511103, 6}, {INT64_MIN, 8}};
    INTEGER_t integer;
    uint8_t storage[8];

    stepden_integer64_set(&integer, storage, cases[_i].value);
    ck_assert_int_eq(integer.size, cases[_i].size);
}
END_TEST

START_TEST(leading_octets_that_only_repeat_the_sign_do_not_count)
{
    uint8_t octets[] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0x80};
    INTEGER_t integer = {.buf = octets, .size = sizeof octets};
    int64_t value = 0;

    ck_assert(stepden_integer64_get(&value, &integer));
    ck_assert_int_eq(value, 128);
}
END_TEST

START_TEST(a_number_of_more_than_64_bits_is_refused)
{
    uint8_t octets[] = {1, 0, 0, 0, 0, 0, 0, 0, 0};
    INTEGER_t large = {.buf = octets, .size = sizeof octets};
    INTEGER_t empty = {.buf = octets, .size = 0};
    int64_t value = 0;

    ck_assert(!stepden_integer64_get(&value, &large));
    ck_assert(!stepden_integer64_get(&value, &empty));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("integer64");
    TCase *tests = tcase_create("integer64");

    tcase_add_loop_test(tests, a_number_comes_back, 0,
                        sizeof values / sizeof values[0]);
    tcase_add_loop_test(tests, a_number_has_no_octet_too_many, 0, 8);
    tcase_add_test(tests,
                   leading_octets_that_only_repeat_the_sign_do_not_count);
    tcase_add_test(tests, a_number_of_more_than_64_bits_is_refused);
    suite_add_tcase(suite, tests);
    return sample_run(suite);
}
