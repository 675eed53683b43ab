/* The rules of X.691 for types without members, on types of a line each. */
#include <string.h>

#include <BIT_STRING.h>
#include <BOOLEAN.h>
#include <INTEGER.h>
#include <OCTET_STRING.h>

#include "tree.h"

static enum stepden_status encode(struct encoded *encoded,
                                  const struct stepden_type *type,
                                  const void *value, struct stepden_diag *diag)
{
    struct stepden_arena arena = {0};
    enum stepden_status status = stepden_uper_encode(
        encoded->bytes, sizeof encoded->bytes, &encoded->size,
        tree_planned(type, &arena), value, diag);

    stepden_arena_free(&arena);
    return status;
}

/* The value, encoded, is `hex`; decoded and encoded, it is the same again. */
static void check_bits(const struct stepden_type *type, const void *value,
                       const char *hex)
{
    struct encoded encoded = {.size = 0};
    struct stepden_diag diag = {.reason = ""};
    enum stepden_status status = encode(&encoded, type, value, &diag);

    ck_assert_msg(status == STEPDEN_OK, "%s", diag.reason);
    ck_assert_str_eq(sample_hex(&encoded), hex);
    struct tree tree = tree_decode(type, encoded.bytes, encoded.size);
    ck_assert_msg(tree.status == STEPDEN_OK, "%s", tree.diag.reason);
    struct encoded again = tree_encode(&tree);
    ck_assert_str_eq(sample_hex(&again), hex);
    tree_free(&tree);
}

static void check_long(const struct stepden_type *type, long value,
                       const char *hex)
{
    check_bits(type, &value, hex);
    struct encoded encoded = sample_from_hex(hex);
    struct tree tree = tree_decode(type, encoded.bytes, encoded.size);

    ck_assert_int_eq(*(const long *)tree.value, value);
    tree_free(&tree);
}

static void check_refused(const struct stepden_type *type, const void *value,
                          enum stepden_status expected, const char *reason)
{
    struct encoded encoded;
    struct stepden_diag diag = {.reason = ""};

    ck_assert_int_eq(encode(&encoded, type, value, &diag), expected);
    ck_assert_str_eq(diag.reason, reason);
}

static void check_not_decoded(const struct stepden_type *type, const char *hex,
                              enum stepden_status expected, const char *reason)
{
    struct encoded encoded = sample_from_hex(hex);
    struct tree tree = tree_decode(type, encoded.bytes, encoded.size);

    ck_assert_int_eq(tree.status, expected);
    ck_assert_str_eq(tree.diag.reason, reason);
    tree_free(&tree);
}

static struct stepden_type integer(int64_t lower, int64_t upper, uint8_t bits)
{
    return (struct stepden_type){
        .name = "INTEGER",
        .kind = STEPDEN_KIND_INTEGER,
        .size = sizeof(long),
        .value = {.lower = lower,
                  .upper = upper,
                  .has_lower = true,
                  .has_upper = true,
                  .bits = bits},
    };
}

START_TEST(a_number_is_counted_from_the_lower_limit)
{
    struct stepden_type type = integer(-5, 10, 4);

    check_long(&type, -5, "00");
    check_long(&type, 0, "50");
    check_long(&type, 10, "f0");
}
END_TEST

START_TEST(a_number_with_one_value_has_no_bits)
{
    struct stepden_type type = integer(7, 7, 0);

    check_long(&type, 7, "00");
}
END_TEST

START_TEST(a_number_outside_its_limits_is_refused_both_ways)
{
    struct stepden_type type = integer(0, 11, 4);
    long value = 12;

    check_refused(&type, &value, STEPDEN_ERR_RANGE, "12 is outside 0..11");
    check_not_decoded(&type, "c0", STEPDEN_ERR_RANGE, "12 is outside 0..11");
}
END_TEST

START_TEST(an_extensible_number_has_a_bit_more_and_a_length_outside)
{
    struct stepden_type type = integer(1, 65535, 16);

    type.value.is_extensible = true;
    check_long(&type, 1, "000000");
    check_long(&type, 65535, "7fff00");
    check_long(&type, 0, "808000");
    check_long(&type, -1, "80ff80");
    check_long(&type, 127, "003f00");
    check_long(&type, 65536, "8180800000");
    check_long(&type, 2147483647, "823fffffff80");
    check_long(&type, -129, "817fbf80");
}
END_TEST

START_TEST(a_number_without_limits_is_in_as_few_octets_as_hold_it)
{
    struct stepden_type type = integer(0, 0, 0);

    type.value = (struct stepden_limits){0};
    check_long(&type, 0, "0100");
    check_long(&type, 127, "017f");
    check_long(&type, 128, "020080");
    check_long(&type, -128, "0180");
    check_long(&type, INT64_MAX, "087fffffffffffffff");
    check_long(&type, INT64_MIN, "088000000000000000");
}
END_TEST

START_TEST(a_number_with_a_lower_limit_alone_is_an_unsigned_offset)
{
    struct stepden_type type = integer(10, 0, 0);

    type.value.has_upper = false;
    check_long(&type, 10, "0100");
    check_long(&type, 265, "01ff");
    check_long(&type, 266, "020100");
    long value = 9;
    check_refused(&type, &value, STEPDEN_ERR_RANGE, "9 is below 10");
}
END_TEST

START_TEST(a_number_of_no_octets_or_nine_is_refused)
{
    struct stepden_type type = integer(0, 0, 0);

    type.value = (struct stepden_limits){0};
    check_not_decoded(&type, "00", STEPDEN_ERR_RANGE,
                      "a number of 0 bytes, outside 1..8");
    check_not_decoded(&type, "09000000000000000001", STEPDEN_ERR_RANGE,
                      "a number of 9 bytes, outside 1..8");
}
END_TEST

START_TEST(a_number_of_64_bits_is_kept_in_octets)
{
    struct stepden_type type = integer(INT64_MIN, INT64_MAX, 64);
    uint8_t octets[8] = {0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfe};
    INTEGER_t value = {.buf = octets, .size = 8};

    type.storage = STEPDEN_STORAGE_OCTETS;
    type.size = sizeof(INTEGER_t);
    check_bits(&type, &value, "fffffffffffffffe");
}
END_TEST

static const struct stepden_item items[] = {
    {"one", 1}, {"three", 3}, {"four", 4}, {"ten", 10}, {"eleven", 11}};

static struct stepden_type enumerated(void)
{
    return (struct stepden_type){
        .name = "Item",
        .kind = STEPDEN_KIND_ENUMERATED,
        .size = sizeof(long),
        .is_extensible = true,
        .count = 5,
        .root_count = 3,
        .index_bits = 2,
        .items = items,
    };
}

START_TEST(an_item_is_its_index_before_or_behind_the_marker)
{
    struct stepden_type type = enumerated();

    check_long(&type, 1, "00");
    check_long(&type, 4, "40");
    check_long(&type, 10, "80");
    check_long(&type, 11, "81");
}
END_TEST

START_TEST(an_item_behind_the_last_is_unknown)
{
    struct stepden_type type = enumerated();
    struct encoded encoded = sample_from_hex("84");
    struct tree tree = tree_decode(&type, encoded.bytes, encoded.size);

    ck_assert_int_eq(tree.status, STEPDEN_OK);
    ck_assert_int_eq(*(const long *)tree.value, -3);
    ck_assert_uint_eq(tree.unknown, 1);
    tree_free(&tree);

    tree = tree_decode(&type, (const uint8_t[]){0xc0, 0x56, 0x00}, 3);
    ck_assert_int_eq(tree.status, STEPDEN_OK);
    ck_assert_int_eq(*(const long *)tree.value, -1 - (88 - 2));
    tree_free(&tree);
}
END_TEST

START_TEST(an_index_that_the_root_does_not_have_is_refused)
{
    struct stepden_type type = enumerated();

    check_not_decoded(&type, "60", STEPDEN_ERR_INVALID,
                      "item 3 of Item, outside 0..2");
}
END_TEST

static struct stepden_type string(enum stepden_kind kind, int64_t lower,
                                  int64_t upper, uint8_t bits)
{
    return (struct stepden_type){
        .kind = kind,
        .size = kind == STEPDEN_KIND_BITS ? sizeof(BIT_STRING_t)
                                          : sizeof(OCTET_STRING_t),
        .length = {.lower = lower,
                   .upper = upper,
                   .has_lower = true,
                   .has_upper = true,
                   .bits = bits},
    };
}

START_TEST(a_bit_string_of_fixed_size_is_its_bits)
{
    struct stepden_type type = string(STEPDEN_KIND_BITS, 10, 10, 0);
    uint8_t bits[] = {0xff, 0x40};
    BIT_STRING_t value = {.buf = bits, .size = 2, .bits_unused = 6};

    check_bits(&type, &value, "ff40");
}
END_TEST

START_TEST(a_bit_string_of_variable_size_is_behind_its_length)
{
    struct stepden_type type = string(STEPDEN_KIND_BITS, 1, 13, 4);
    uint8_t bits[] = {0xa0};
    BIT_STRING_t value = {.buf = bits, .size = 1, .bits_unused = 5};

    check_bits(&type, &value, "2a");
    value.bits_unused = 8;
    check_refused(&type, &value, STEPDEN_ERR_RANGE, "0 bits, outside 1..13");
}
END_TEST

START_TEST(named_bits_end_with_the_last_one_that_is_set)
{
    static const struct asn1_note note = {.type = "Bits", .name_count = 1};
    struct stepden_type type = string(STEPDEN_KIND_BITS, 4, 4, 0);
    uint8_t bits[] = {0x80, 0x80, 0x00};
    BIT_STRING_t value = {.buf = bits, .size = 3};

    type.length.is_extensible = true;
    type.note = &note;
    check_bits(&type, &value, "84c040");
    bits[1] = 0;
    check_bits(&type, &value, "40");
}
END_TEST

START_TEST(named_bits_fill_the_root_with_zeros)
{
    static const struct asn1_note note = {.type = "Bits", .name_count = 1};
    struct stepden_type type = string(STEPDEN_KIND_BITS, 16, 16, 0);
    uint8_t bits[] = {0x9f};
    BIT_STRING_t value = {.buf = bits, .size = 1, .bits_unused = 4};

    type.length.is_extensible = true;
    type.note = &note;
    check_bits(&type, &value, "480000");
    value = (BIT_STRING_t){0};
    check_bits(&type, &value, "000000");
}
END_TEST

START_TEST(octets_are_behind_their_length)
{
    struct stepden_type type = string(STEPDEN_KIND_OCTETS, 0, 3, 2);
    uint8_t octets[] = {0xab, 0xcd};
    OCTET_STRING_t value = {.buf = octets, .size = 2};

    check_bits(&type, &value, "aaf340");
}
END_TEST

START_TEST(a_length_of_128_and_more_takes_two_octets)
{
    struct stepden_type type = {.kind = STEPDEN_KIND_OCTETS,
                                .size = sizeof(OCTET_STRING_t)};
    uint8_t octets[200] = {0};
    OCTET_STRING_t value = {.buf = octets, .size = 200};
    struct encoded encoded;

    ck_assert_int_eq(encode(&encoded, &type, &value, NULL), STEPDEN_OK);
    ck_assert_uint_eq(encoded.size, 202);
    ck_assert_uint_eq(encoded.bytes[0], 0x80);
    ck_assert_uint_eq(encoded.bytes[1], 200);
    struct tree tree = tree_decode(&type, encoded.bytes, encoded.size);
    ck_assert_int_eq(tree.status, STEPDEN_OK);
    ck_assert_int_eq(((const OCTET_STRING_t *)tree.value)->size, 200);
    tree_free(&tree);
}
END_TEST

START_TEST(fragments_are_refused)
{
    struct stepden_type type = {.kind = STEPDEN_KIND_OCTETS,
                                .size = sizeof(OCTET_STRING_t)};

    check_not_decoded(&type, "c1", STEPDEN_ERR_INVALID,
                      "fragments of 16384 are too long for a DENM");
}
END_TEST

static struct stepden_type characters(int64_t lower, int64_t upper,
                                      uint8_t bits)
{
    struct stepden_type type = string(STEPDEN_KIND_CHARACTERS, 2, 2, 0);

    type.value = (struct stepden_limits){.lower = lower,
                                         .upper = upper,
                                         .has_lower = true,
                                         .has_upper = true,
                                         .bits = bits};
    return type;
}

START_TEST(characters_that_fit_are_encoded_as_they_are)
{
    struct stepden_type type = characters(0, 127, 7);
    uint8_t octets[] = "A\x7f";
    OCTET_STRING_t value = {.buf = octets, .size = 2};

    check_bits(&type, &value, "83fc");
    octets[0] = 0x80;
    check_refused(&type, &value, STEPDEN_ERR_RANGE,
                  "character 128 is not in the alphabet");
}
END_TEST

START_TEST(characters_of_an_alphabet_are_encoded_by_their_index)
{
    struct stepden_type type = characters(0, 10, 4);
    uint8_t octets[] = " 9";
    OCTET_STRING_t value = {.buf = octets, .size = 2};

    type.alphabet = (const uint8_t *)" 0123456789";
    check_bits(&type, &value, "0a");
    octets[0] = 'x';
    check_refused(&type, &value, STEPDEN_ERR_RANGE,
                  "character 120 is not in the alphabet");
    check_not_decoded(&type, "0b", STEPDEN_ERR_RANGE,
                      "character code 11 is outside 0..10");
}
END_TEST

START_TEST(a_utf8_string_is_limited_in_characters_and_has_to_be_utf8)
{
    struct stepden_type type = string(STEPDEN_KIND_UTF8, 1, 2, 1);
    uint8_t octets[] = "\xc3\x9f\xf0\x9f\x98\x80";
    OCTET_STRING_t value = {.buf = octets, .size = 6};

    check_bits(&type, &value, "06c39ff09f9880");
    value.size = 5;
    check_refused(&type, &value, STEPDEN_ERR_INVALID, "is not UTF-8");
    check_not_decoded(&type, "01ff", STEPDEN_ERR_INVALID, "is not UTF-8");
    check_not_decoded(&type, "03616263", STEPDEN_ERR_RANGE,
                      "3 characters, outside 1..2");
    check_not_decoded(&type, "00", STEPDEN_ERR_RANGE,
                      "0 characters, outside 1..2");
}
END_TEST

START_TEST(a_boolean_is_a_bit)
{
    struct stepden_type type = {.kind = STEPDEN_KIND_BOOLEAN,
                                .size = sizeof(BOOLEAN_t)};
    BOOLEAN_t yes = 5;

    check_bits(&type, &yes, "80");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("uper_simple");
    TCase *tests = tcase_create("uper_simple");

    suite_add_tcase(suite, tests);
    tcase_add_test(tests, a_number_is_counted_from_the_lower_limit);
    tcase_add_test(tests, a_number_with_one_value_has_no_bits);
    tcase_add_test(tests, a_number_outside_its_limits_is_refused_both_ways);
    tcase_add_test(tests,
                   an_extensible_number_has_a_bit_more_and_a_length_outside);
    tcase_add_test(tests,
                   a_number_without_limits_is_in_as_few_octets_as_hold_it);
    tcase_add_test(tests,
                   a_number_with_a_lower_limit_alone_is_an_unsigned_offset);
    tcase_add_test(tests, a_number_of_no_octets_or_nine_is_refused);
    tcase_add_test(tests, a_number_of_64_bits_is_kept_in_octets);
    tcase_add_test(tests, an_item_is_its_index_before_or_behind_the_marker);
    tcase_add_test(tests, an_item_behind_the_last_is_unknown);
    tcase_add_test(tests, an_index_that_the_root_does_not_have_is_refused);
    tcase_add_test(tests, a_bit_string_of_fixed_size_is_its_bits);
    tcase_add_test(tests, a_bit_string_of_variable_size_is_behind_its_length);
    tcase_add_test(tests, named_bits_end_with_the_last_one_that_is_set);
    tcase_add_test(tests, named_bits_fill_the_root_with_zeros);
    tcase_add_test(tests, octets_are_behind_their_length);
    tcase_add_test(tests, a_length_of_128_and_more_takes_two_octets);
    tcase_add_test(tests, fragments_are_refused);
    tcase_add_test(tests, characters_that_fit_are_encoded_as_they_are);
    tcase_add_test(tests, characters_of_an_alphabet_are_encoded_by_their_index);
    tcase_add_test(tests,
                   a_utf8_string_is_limited_in_characters_and_has_to_be_utf8);
    tcase_add_test(tests, a_boolean_is_a_bit);
    return sample_run(suite);
}
