/* What a number or a string of bits says, by names and units. */
#include <stdlib.h>
#include <string.h>

#include <BIT_STRING.h>
#include <INTEGER.h>

#include "codec/grammar.h"
#include "codec/meaning.h"
#include "sample.h"

/* An INTEGER in a long, with a unit or NULL. */
static const char *measure(int64_t number, const char *unit)
{
    static char text[128];
    const struct asn1_note note = {.type = "Measure", .unit = unit};
    const struct stepden_type type = {
        .name = "Measure", .kind = STEPDEN_KIND_INTEGER, .note = &note};
    const long value = (long)number;
    size_t length = stepden_meaning_write(text, sizeof text, &type, &value);

    ck_assert_uint_eq(length, strlen(text));
    return text;
}

START_TEST(a_unit_scales_by_its_decimal_fraction)
{
    ck_assert_str_eq(measure(1389, "0.01 m/s"), "13.89 m/s");
    ck_assert_str_eq(measure(-5, "0.1 m/s^2"), "-0.5 m/s\u00b2");
    ck_assert_str_eq(measure(5, "0.4 metre"), "2.0 m");
    ck_assert_str_eq(measure(7, "0.001 s"), "0.007 s");
}
END_TEST

START_TEST(a_unit_scales_by_a_power_of_ten)
{
    ck_assert_str_eq(measure(454642000, "10^-7 degree"), "45.4642000\u00b0");
    ck_assert_str_eq(measure(3, "10^5 gramm"), "300000 g");
    ck_assert_str_eq(measure(0, "10^5 gramm"), "0 g");
}
END_TEST

START_TEST(a_unit_scales_by_a_whole_number)
{
    ck_assert_str_eq(measure(14, "100 kg"), "1400 kg");
    ck_assert_str_eq(measure(100, "1 ms"), "100 ms");
    ck_assert_str_eq(measure(5, "10 s"), "50 s");
}
END_TEST

START_TEST(both_releases_write_a_latitude_the_same_way)
{
    ck_assert_str_eq(measure(-1, "0.1 microdegree"), "-0.0000001\u00b0");
    ck_assert_str_eq(measure(-1, "10^-7 degree"), "-0.0000001\u00b0");
}
END_TEST

START_TEST(a_decimal_comma_is_read_too)
{
    ck_assert_str_eq(measure(250, "0,01 metre"), "2.50 m");
}
END_TEST

START_TEST(a_unit_without_number_counts_as_one)
{
    ck_assert_str_eq(measure(50, "km/h"), "50 km/h");
    ck_assert_str_eq(measure(95, "Percent"), "95 %");
    ck_assert_str_eq(measure(-7, "degrees Celsius"), "-7 \u00b0C");
    ck_assert_str_eq(measure(3, "1/m"), "3 1/m");
}
END_TEST

START_TEST(persons_are_counted)
{
    ck_assert_str_eq(measure(1, "1 person"), "1 person");
    ck_assert_str_eq(measure(4, "1 person"), "4 persons");
}
END_TEST

START_TEST(a_number_without_unit_says_no_more_than_itself)
{
    ck_assert_str_eq(measure(4, NULL), "");
    ck_assert_str_eq(measure(4, "n/a"), "");
}
END_TEST

START_TEST(what_would_not_fit_into_64_bits_is_not_said)
{
    ck_assert_str_eq(measure(INT64_C(1) << 62, "100 kg"), "");
    ck_assert_str_eq(measure(INT64_MIN, "1 s"), "");
    ck_assert_str_eq(measure(INT64_MAX, "0.1 m"), "922337203685477580.7 m");
}
END_TEST

START_TEST(an_odd_unit_is_written_as_it_stands)
{
    ck_assert_str_eq(measure(2, "10^99 m"), "2 10^99 m");
    ck_assert_str_eq(measure(2, "0 m"), "2 0 m");
    ck_assert_str_eq(measure(2, "99999999999999999999999 m"),
                     "2 99999999999999999999999 m");
    ck_assert_str_eq(measure(2, ""), "2 ");
}
END_TEST

/* The type of `path`, whose steps are members, of a message. */
static const struct stepden_type *type_of(enum stepden_release release,
                                          const char *const *path)
{
    const struct stepden_type *type = stepden_grammar(release);

    for (; *path; path++) {
        const struct stepden_member *member = type->members;

        while (strcmp(member->name, *path) != 0)
            member++;
        type = member->type;
    }
    return type;
}

START_TEST(a_named_number_goes_by_its_name)
{
    static const char *const latitude[] = {"denm", "management",
                                           "eventPosition", "latitude", NULL};
    char text[64];
    long value = 900000001;

    for (int release = 1; release <= 2; release++) {
        stepden_meaning_write(
            text, sizeof text,
            type_of(release == 1 ? STEPDEN_RELEASE_R1 : STEPDEN_RELEASE_R2,
                    latitude),
            &value);
        ck_assert_str_eq(text, "unavailable");
    }
}
END_TEST

START_TEST(a_timestamp_is_a_date)
{
    static const char *const time[] = {"denm", "management", "detectionTime",
                                       NULL};
    uint8_t octets[] = {0x16, 0x0c, 0x39, 0xe3, 0xe8}; /* 94694401000 */
    INTEGER_t value = {.buf = octets, .size = sizeof octets};
    char text[64];

    stepden_meaning_write(text, sizeof text, type_of(STEPDEN_RELEASE_R2, time),
                          &value);
    ck_assert_str_eq(text, "2007-01-01T00:00:00.000Z");
}
END_TEST

static const struct asn1_name bit_names[] = {
    {"lightBar", 0}, {"siren", 1}, {"far", 9}};
static const struct asn1_note bit_note = {
    .type = "Bits", .names = bit_names, .name_count = 3};
static const struct stepden_type bit_type = {
    .name = "Bits", .kind = STEPDEN_KIND_BITS, .note = &bit_note};

START_TEST(the_names_of_the_bits_that_are_set_are_listed)
{
    uint8_t octets[] = {0xe0, 0x40}; /* bits 0, 1, 2 and 9 */
    const BIT_STRING_t value = {
        .buf = octets, .size = sizeof octets, .bits_unused = 6};
    char text[64];

    stepden_meaning_write(text, sizeof text, &bit_type, &value);
    ck_assert_str_eq(text, "lightBar, siren, far");
}
END_TEST

START_TEST(no_bit_set_has_no_meaning)
{
    uint8_t octets[] = {0x00};
    const BIT_STRING_t value = {.buf = octets, .size = 1, .bits_unused = 6};
    const BIT_STRING_t none = {.size = 0};
    char text[64] = "before";

    ck_assert_uint_eq(
        stepden_meaning_write(text, sizeof text, &bit_type, &value), 0);
    ck_assert_str_eq(text, "");
    ck_assert_uint_eq(
        stepden_meaning_write(text, sizeof text, &bit_type, &none), 0);
}
END_TEST

START_TEST(a_text_that_is_too_long_is_cut)
{
    uint8_t octets[] = {0xc0};
    const BIT_STRING_t value = {.buf = octets, .size = 1, .bits_unused = 6};

    for (size_t size = 1; size <= sizeof "lightBar, siren"; size++) {
        char *text = malloc(size);

        ck_assert_uint_eq(stepden_meaning_write(text, size, &bit_type, &value),
                          size - 1);
        ck_assert_int_eq(strncmp(text, "lightBar, siren", size - 1), 0);
        ck_assert_int_eq(text[size - 1], '\0');
        free(text);
    }
}
END_TEST

START_TEST(an_enumerated_says_what_it_is_itself)
{
    const struct stepden_type type = {.name = "Item",
                                      .kind = STEPDEN_KIND_ENUMERATED};
    const long value = 1;
    char text[8];

    ck_assert_uint_eq(stepden_meaning_write(text, sizeof text, &type, &value),
                      0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("meaning");
    TCase *tests = tcase_create("meaning");

    suite_add_tcase(suite, tests);
    tcase_add_test(tests, a_unit_scales_by_its_decimal_fraction);
    tcase_add_test(tests, a_unit_scales_by_a_power_of_ten);
    tcase_add_test(tests, a_unit_scales_by_a_whole_number);
    tcase_add_test(tests, both_releases_write_a_latitude_the_same_way);
    tcase_add_test(tests, a_decimal_comma_is_read_too);
    tcase_add_test(tests, a_unit_without_number_counts_as_one);
    tcase_add_test(tests, persons_are_counted);
    tcase_add_test(tests, a_number_without_unit_says_no_more_than_itself);
    tcase_add_test(tests, what_would_not_fit_into_64_bits_is_not_said);
    tcase_add_test(tests, an_odd_unit_is_written_as_it_stands);
    tcase_add_test(tests, a_named_number_goes_by_its_name);
    tcase_add_test(tests, a_timestamp_is_a_date);
    tcase_add_test(tests, the_names_of_the_bits_that_are_set_are_listed);
    tcase_add_test(tests, no_bit_set_has_no_meaning);
    tcase_add_test(tests, a_text_that_is_too_long_is_cut);
    tcase_add_test(tests, an_enumerated_says_what_it_is_itself);
    return sample_run(suite);
}
