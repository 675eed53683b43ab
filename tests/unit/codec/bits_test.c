#include <string.h>

#include "codec/bits.h"
#include "sample.h"

START_TEST(bits_of_any_width_come_back_from_any_place)
{
    const uint64_t pattern = 0x9e3779b97f4a7c15;

    for (unsigned before = 0; before < 8; before++)
        for (unsigned width = 1; width <= 64; width++) {
            uint8_t octets[10] = {0};
            uint64_t bits = pattern >> (64 - width);
            struct stepden_bit_writer writer = {.at = octets,
                                                .end = octets + sizeof octets};
            struct stepden_bit_reader reader = {.octets = octets, .end = 80};

            stepden_bits_put(&writer, 0, before);
            stepden_bits_put_wide(&writer, bits, width);
            stepden_bits_put(&writer, 1, 1);
            stepden_bits_end(&writer);
            ck_assert(!writer.full);
            ck_assert_int_eq(writer.at - octets, (before + width + 1 + 7) / 8);
            ck_assert_uint_eq(stepden_bits_get(&reader, before), 0);
            ck_assert_uint_eq(stepden_bits_get(&reader, width), bits);
            ck_assert_uint_eq(stepden_bits_get(&reader, 1), 1);
        }
}
END_TEST

START_TEST(the_first_bit_is_the_most_significant)
{
    uint8_t octets[2];
    struct stepden_bit_writer writer = {.at = octets, .end = octets + 2};

    stepden_bits_put(&writer, 1, 1);
    stepden_bits_put(&writer, 5, 8);
    stepden_bits_end(&writer);
    ck_assert_uint_eq(octets[0], 0x82);
    ck_assert_uint_eq(octets[1], 0x80);
}
END_TEST

START_TEST(what_does_not_fit_makes_the_writer_full)
{
    uint8_t octets[2] = {0xaa, 0xaa};
    struct stepden_bit_writer writer = {.at = octets, .end = octets + 1};

    stepden_bits_put(&writer, 0xff, 8);
    ck_assert(!writer.full);
    for (int i = 0; i < 100; i++)
        stepden_bits_put(&writer, 0xff, 8);
    ck_assert(writer.full);
    ck_assert_uint_eq(octets[1], 0xaa);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("bits");
    TCase *tests = tcase_create("bits");

    suite_add_tcase(suite, tests);
    tcase_add_test(tests, bits_of_any_width_come_back_from_any_place);
    tcase_add_test(tests, the_first_bit_is_the_most_significant);
    tcase_add_test(tests, what_does_not_fit_makes_the_writer_full);
    return sample_run(suite);
}
