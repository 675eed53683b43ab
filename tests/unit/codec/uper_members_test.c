/* The rules of X.691 for types with members, on types of a few lines. */
#include <stddef.h>

#include "codec/bits.h"
#include "tree.h"

/* SEQUENCE { number INTEGER (0..7), ..., addition INTEGER (0..7) OPTIONAL } */
struct pair {
    long number;
    long *addition;
};

static const struct stepden_type octal = {
    .name = "Octal",
    .kind = STEPDEN_KIND_INTEGER,
    .size = sizeof(long),
    .value = {.upper = 7, .has_lower = true, .has_upper = true, .bits = 3},
};

static const struct stepden_member pair_members[] = {
    {.name = "number", .type = &octal, .offset = offsetof(struct pair, number)},
    {.name = "addition",
     .type = &octal,
     .offset = offsetof(struct pair, addition),
     .is_pointer = true,
     .is_optional = true,
     .is_addition = true},
};

static const struct stepden_type pair = {
    .name = "Pair",
    .kind = STEPDEN_KIND_SEQUENCE,
    .size = sizeof(struct pair),
    .is_extensible = true,
    .count = 2,
    .addition_count = 1,
    .members = pair_members,
};

static void check_status(const char *hex, enum stepden_status expected,
                         const char *reason)
{
    struct encoded encoded = sample_from_hex(hex);
    struct tree tree = tree_decode(&pair, encoded.bytes, encoded.size);

    ck_assert_int_eq(tree.status, expected);
    ck_assert_str_eq(tree.diag.reason, reason);
    tree_free(&tree);
}

/* 1 101 0000000 1, then the addition of one octet, 011 00000, padding. */
START_TEST(an_addition_is_behind_its_size)
{
    struct encoded encoded = sample_from_hex("d0101600");
    struct tree tree = tree_decode(&pair, encoded.bytes, encoded.size);
    const struct pair *value = tree.value;

    ck_assert_int_eq(tree.status, STEPDEN_OK);
    ck_assert_int_eq(value->number, 5);
    ck_assert_int_eq(*value->addition, 3);
    struct encoded again = tree_encode(&tree);
    ck_assert_str_eq(sample_hex(&again), "d0101600");
    tree_free(&tree);
}
END_TEST

START_TEST(an_addition_that_is_too_short_is_invalid_wherever_it_ends)
{
    check_status("d01000", STEPDEN_ERR_INVALID,
                 "the addition is too short for it");
    check_status("d0100000", STEPDEN_ERR_INVALID,
                 "the addition is too short for it");
}
END_TEST

START_TEST(an_addition_that_is_cut_is_truncated)
{
    check_status("d010", STEPDEN_ERR_TRUNCATED, "ends after 2 bytes, early");
    check_status("d01016", STEPDEN_ERR_TRUNCATED, "ends after 3 bytes, early");
}
END_TEST

START_TEST(an_addition_has_nothing_but_zero_padding_behind_its_value)
{
    check_status("d0101610", STEPDEN_ERR_INVALID, "padding bits are not zero");
    check_status("d010260000", STEPDEN_ERR_INVALID, "bytes are left over");
}
END_TEST

static void keep_rest(void *ctx, const struct stepden_bits *bits)
{
    if (bits->role == STEPDEN_BITS_REST)
        *(struct stepden_bits *)ctx = *bits;
}

/* The addition begins at bit 20, so its octets do too. */
START_TEST(what_an_addition_has_left_over_are_whole_octets_of_it)
{
    struct encoded encoded = sample_from_hex("d010260000");
    struct stepden_bits rest = {.width = 0};
    const struct stepden_bits_sink sink = {.take = keep_rest, .ctx = &rest};
    struct stepden_arena arena = {0};
    void *value;

    ck_assert_int_eq(stepden_uper_decode(&value, &arena, &pair, encoded.bytes,
                                         encoded.size, NULL, &sink, NULL),
                     STEPDEN_ERR_INVALID);
    ck_assert_uint_eq(rest.offset, 28);
    ck_assert_uint_eq(rest.width, 8);
    stepden_arena_free(&arena);
}
END_TEST

START_TEST(an_extension_bit_without_additions_is_invalid)
{
    check_status("d80000", STEPDEN_ERR_INVALID,
                 "no additions behind an extension bit");
}
END_TEST

/* 130 of them: the count in the long form, the last one there. */
START_TEST(more_additions_than_64_are_stepped_over)
{
    struct stepden_bit_writer writer;
    struct encoded encoded;

    writer = (struct stepden_bit_writer){
        .at = encoded.bytes, .end = encoded.bytes + sizeof encoded.bytes};
    stepden_bits_put(&writer, 0xd, 4);
    stepden_bits_put(&writer, 1, 1);
    stepden_bits_put(&writer, 0x8000 | 130, 16);
    for (int i = 1; i <= 130; i++)
        stepden_bits_put(&writer, i == 130, 1);
    stepden_bits_put(&writer, 0x02abcd, 24);
    stepden_bits_end(&writer);
    encoded.size = (size_t)(writer.at - encoded.bytes);

    struct tree tree = tree_decode(&pair, encoded.bytes, encoded.size);
    ck_assert_msg(tree.status == STEPDEN_OK, "%s", tree.diag.reason);
    ck_assert_uint_eq(tree.unknown, 1);
    ck_assert_int_eq(((const struct pair *)tree.value)->number, 5);
    tree_free(&tree);
}
END_TEST

START_TEST(a_group_with_nothing_to_encode_is_absent)
{
    static const long by_rule = 3;
    static const struct stepden_member group_members[] = {
        {.name = "addition",
         .type = &octal,
         .is_pointer = true,
         .is_optional = true,
         .default_value = &by_rule},
    };
    static const struct stepden_type group = {
        .kind = STEPDEN_KIND_SEQUENCE,
        .size = sizeof(long *),
        .count = 1,
        .optional_count = 1,
        .members = group_members,
    };
    struct stepden_member members[] = {pair_members[0], pair_members[1]};
    struct stepden_type type = pair;
    long usual = 3, other = 4;
    long *in_group = NULL;
    struct pair value = {.number = 5, .addition = (long *)(void *)&in_group};
    struct tree tree = {.type = &type, .value = &value};

    members[1].type = &group;
    members[1].is_group = true;
    type.members = members;
    struct encoded empty = tree_encode(&tree);
    ck_assert_str_eq(sample_hex(&empty), "50");
    in_group = &usual;
    struct encoded by_default = tree_encode(&tree);
    ck_assert_str_eq(sample_hex(&by_default), "50");
    in_group = &other;
    struct encoded full = tree_encode(&tree);
    ck_assert_uint_gt(full.size, 1);
    tree_free(&tree);
}
END_TEST

#define MANY 70

/* MANY presence bits, and then the numbers of those that are there. */
START_TEST(a_sequence_may_have_any_number_of_optional_members)
{
    struct stepden_member members[MANY];
    struct stepden_type type = {.kind = STEPDEN_KIND_SEQUENCE,
                                .size = MANY * sizeof(long *),
                                .count = MANY,
                                .optional_count = MANY,
                                .members = members};
    long number = 5;
    long *value[MANY] = {[0] = &number, [33] = &number, [69] = &number};
    struct tree tree = {.type = &type, .value = value};

    for (size_t i = 0; i < MANY; i++)
        members[i] = (struct stepden_member){.name = "number",
                                             .type = &octal,
                                             .offset = i * sizeof(long *),
                                             .is_pointer = true,
                                             .is_optional = true};
    struct encoded encoded = tree_encode(&tree);
    ck_assert_str_eq(sample_hex(&encoded), "800000004000000006da");
    tree_free(&tree);
}
END_TEST

static void check_refused(const struct stepden_type *type, void *value,
                          const char *where, const char *reason)
{
    struct tree tree = {.type = type, .value = value};

    tree_encode(&tree);
    ck_assert_int_ne(tree.status, STEPDEN_OK);
    ck_assert_str_eq(tree.diag.where, where);
    ck_assert_str_eq(tree.diag.reason, reason);
    tree_free(&tree);
}

START_TEST(a_refusal_names_the_member_however_it_is_kept)
{
    static const struct stepden_member outer_members[] = {
        {.name = "inner", .type = &pair},
        {.name = "behind",
         .type = &octal,
         .offset = sizeof(struct pair),
         .is_pointer = true,
         .is_optional = true},
        {.name = "pointer",
         .type = &pair,
         .offset = sizeof(struct pair) + sizeof(long *),
         .is_pointer = true},
    };
    static const struct stepden_type outer = {.kind = STEPDEN_KIND_SEQUENCE,
                                              .count = 3,
                                              .optional_count = 1,
                                              .members = outer_members};
    long eight = 8;
    struct pair good = {.number = 5};
    struct pair addition = {.number = 5, .addition = &eight};
    struct outer {
        struct pair inner;
        long *behind;
        struct pair *pointer;
    } value = {.inner = {.number = 8}, .pointer = &good};

    check_refused(&outer, &value, "inner.number", "8 is outside 0..7");
    value.inner.number = 7;
    value.behind = &eight;
    check_refused(&outer, &value, "behind", "8 is outside 0..7");
    value.behind = NULL;
    value.pointer = &addition;
    check_refused(&outer, &value, "pointer.addition", "8 is outside 0..7");
    value.pointer = NULL;
    check_refused(&outer, &value, "pointer", "missing");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("uper_members");
    TCase *tests = tcase_create("uper_members");

    suite_add_tcase(suite, tests);
    tcase_add_test(tests, an_addition_is_behind_its_size);
    tcase_add_test(tests,
                   an_addition_that_is_too_short_is_invalid_wherever_it_ends);
    tcase_add_test(tests, an_addition_that_is_cut_is_truncated);
    tcase_add_test(tests,
                   an_addition_has_nothing_but_zero_padding_behind_its_value);
    tcase_add_test(tests,
                   what_an_addition_has_left_over_are_whole_octets_of_it);
    tcase_add_test(tests, an_extension_bit_without_additions_is_invalid);
    tcase_add_test(tests, more_additions_than_64_are_stepped_over);
    tcase_add_test(tests, a_group_with_nothing_to_encode_is_absent);
    tcase_add_test(tests, a_sequence_may_have_any_number_of_optional_members);
    tcase_add_test(tests, a_refusal_names_the_member_however_it_is_kept);
    return sample_run(suite);
}
