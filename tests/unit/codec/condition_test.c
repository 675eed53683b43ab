/* Conditions that no module of a DENM has, yet other revisions may have. */
#include <string.h>

#include <BIT_STRING.h>
#include <BOOLEAN.h>
#include <OCTET_STRING.h>

#include "codec/condition.h"
#include "sample.h"

static const struct stepden_type number = {.kind = STEPDEN_KIND_INTEGER};
static const struct stepden_type truth = {.kind = STEPDEN_KIND_BOOLEAN};
static const struct stepden_type bits = {.kind = STEPDEN_KIND_BITS};
static const struct stepden_type text = {.kind = STEPDEN_KIND_CHARACTERS};
static const struct stepden_type utf8 = {.kind = STEPDEN_KIND_UTF8};

static const struct asn1_condition seven = {
    .kind = ASN1_NUMBER, .lower = 7, .upper = 7};

static const char *reason_of(const struct asn1_condition *condition,
                             const struct stepden_type *type, const void *value)
{
    static char reason[256];

    stepden_condition_explain(reason, sizeof reason, condition, type, value);
    return reason;
}

static bool number_holds(const struct asn1_condition *condition, long value)
{
    return stepden_condition_holds(condition, &number, &value);
}

START_TEST(a_number_is_within_its_limits)
{
    const struct asn1_condition range = {
        .kind = ASN1_NUMBER, .lower = -2, .upper = INT64_MAX};
    const long below = -3;

    ck_assert(number_holds(&range, -2));
    ck_assert(number_holds(&range, 1000));
    ck_assert(!number_holds(&range, below));
    ck_assert_str_eq(reason_of(&range, &number, &below),
                     "it is -3; allowed: -2..MAX");
}
END_TEST

START_TEST(what_is_excepted_is_not_allowed)
{
    const struct asn1_condition parts[] = {
        {.kind = ASN1_NUMBER, .lower = 0, .upper = 9},
        {.kind = ASN1_NONE_OF, .parts = &seven, .part_count = 1}};
    const struct asn1_condition all = {
        .kind = ASN1_ALL_OF, .parts = parts, .part_count = 2};
    const long value = 7;

    ck_assert(number_holds(&all, 6));
    ck_assert(!number_holds(&all, 10));
    ck_assert(!number_holds(&all, value));
    ck_assert_str_eq(reason_of(&all, &number, &value),
                     "it is what is excluded; allowed: 0..9; and not 7");
}
END_TEST

START_TEST(all_of_nothing_holds)
{
    const struct asn1_condition nothing = {.kind = ASN1_ALL_OF};

    ck_assert(number_holds(&nothing, 7));
}
END_TEST

START_TEST(true_is_one)
{
    const struct asn1_condition one = {
        .kind = ASN1_NUMBER, .lower = 1, .upper = 1};
    const BOOLEAN_t yes = 0xff;
    const BOOLEAN_t no = 0;

    ck_assert(stepden_condition_holds(&one, &truth, &yes));
    ck_assert(!stepden_condition_holds(&one, &truth, &no));
}
END_TEST

START_TEST(a_size_counts_bits_octets_or_characters)
{
    const struct asn1_condition three = {
        .kind = ASN1_SIZE, .lower = 3, .upper = 3};
    uint8_t octets[] = {'a', 0xc3, 0xa4, 'b'}; /* three characters in UTF-8 */
    const BIT_STRING_t bit_string = {
        .buf = octets, .size = 1, .bits_unused = 5};
    const OCTET_STRING_t string = {.buf = octets, .size = 4};

    ck_assert(stepden_condition_holds(&three, &bits, &bit_string));
    ck_assert(stepden_condition_holds(&three, &utf8, &string));
    ck_assert(!stepden_condition_holds(&three, &text, &string));
    ck_assert_str_eq(reason_of(&three, &text, &string),
                     "it has size 4; allowed: size 3");
}
END_TEST

START_TEST(a_text_is_compared_as_a_whole)
{
    const struct asn1_condition abc = {.kind = ASN1_TEXT, .text = "abc"};
    const struct asn1_condition empty = {.kind = ASN1_TEXT, .text = ""};
    uint8_t octets[] = {'a', 'b', 'c', 'd'};
    const OCTET_STRING_t same = {.buf = octets, .size = 3};
    const OCTET_STRING_t longer = {.buf = octets, .size = 4};
    const OCTET_STRING_t none = {.size = 0};

    ck_assert(stepden_condition_holds(&abc, &text, &same));
    ck_assert(!stepden_condition_holds(&abc, &text, &longer));
    ck_assert(!stepden_condition_holds(&abc, &text, &none));
    ck_assert(stepden_condition_holds(&empty, &text, &none));
    ck_assert_str_eq(reason_of(&abc, &text, &longer),
                     "it is something else; allowed: \"abc\"");
}
END_TEST

START_TEST(a_component_that_no_type_has_is_absent)
{
    const struct stepden_type sequence = {.kind = STEPDEN_KIND_SEQUENCE};
    const struct asn1_component absent = {"other", ASN1_ABSENT, &seven};
    const struct asn1_component present = {"other", ASN1_PRESENT, NULL};
    const struct asn1_condition without = {
        .kind = ASN1_COMPONENTS, .components = &absent, .component_count = 1};
    const struct asn1_condition with = {
        .kind = ASN1_COMPONENTS, .components = &present, .component_count = 1};

    ck_assert(stepden_condition_holds(&without, &sequence, ""));
    ck_assert(!stepden_condition_holds(&with, &sequence, ""));
    ck_assert_str_eq(reason_of(&with, &sequence, ""),
                     "other is absent; allowed: other present");
}
END_TEST

START_TEST(a_reason_that_is_too_long_is_cut)
{
    const long value = 8;
    char reason[12];

    for (size_t size = 1; size <= sizeof reason; size++) {
        memset(reason, 'x', sizeof reason);
        stepden_condition_explain(reason, size, &seven, &number, &value);
        ck_assert_uint_eq(strlen(reason), size - 1);
        ck_assert_int_eq(strncmp(reason, "it is 8; allowed: 7", size - 1), 0);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("condition");
    TCase *tests = tcase_create("condition");

    suite_add_tcase(suite, tests);
    tcase_add_test(tests, a_number_is_within_its_limits);
    tcase_add_test(tests, what_is_excepted_is_not_allowed);
    tcase_add_test(tests, all_of_nothing_holds);
    tcase_add_test(tests, true_is_one);
    tcase_add_test(tests, a_size_counts_bits_octets_or_characters);
    tcase_add_test(tests, a_text_is_compared_as_a_whole);
    tcase_add_test(tests, a_component_that_no_type_has_is_absent);
    tcase_add_test(tests, a_reason_that_is_too_long_is_cut);
    return sample_run(suite);
}
