#include "json/equal.h"

#include <stdio.h>

#include "suite.h"

/* Each on the heap, so that looking beyond its end is seen. */
static bool equal(const char *a, const char *b)
{
    struct stepden_json_span span_a = {exact_copy(a, strlen(a)), strlen(a)};
    struct stepden_json_span span_b = {exact_copy(b, strlen(b)), strlen(b)};
    struct stepden_siphash_key key = stepden_json_hash_key(span_a);
    bool is_equal = stepden_json_equal(span_a, span_b);

    ck_assert(stepden_json_equal(span_b, span_a) == is_equal);
    if (is_equal)
        ck_assert_uint_eq(stepden_json_hash(span_a, key),
                          stepden_json_hash(span_b, key));
    free((char *)span_a.at);
    free((char *)span_b.at);
    return is_equal;
}

START_TEST(numbers_are_equal_by_value)
{
    ck_assert(equal("1", "1.0"));
    ck_assert(equal("[ 1e2, -0 ]", "[100,0.0]"));
    ck_assert(!equal("9007199254740993", "9007199254740992"));
}
END_TEST

START_TEST(strings_are_equal_by_their_characters)
{
    ck_assert(equal("\"a/\\n\"", "\"\\u0061\\/\\u000A\""));
    ck_assert(equal("\"\\ud83d\\ude00\"", "\"\xf0\x9f\x98\x80\""));
    ck_assert(equal("\"\\\"\\\\\"", "\"\\u0022\\u005c\""));
    ck_assert(!equal("\"a\"", "\"ab\""));
    ck_assert(!equal("\"a\"", "\"a\\u0000\""));
    ck_assert(!equal("\"\xc3\xa4\"", "\"a\xcc\x88\""));
}
END_TEST

START_TEST(types_are_never_equal)
{
    const char *const values[] = {
        "null", "true", "false", "0",       "1",         "\"\"",    "\"1\"",
        "[]",   "{}",   "[0]",   "[false]", "{\"0\":0}", "\"null\""};
    size_t count = sizeof(values) / sizeof(values[0]);

    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < count; j++)
            ck_assert_int_eq(equal(values[i], values[j]), i == j);
}
END_TEST

START_TEST(elements_have_an_order_and_members_have_none)
{
    ck_assert(equal("[1,[2,{}]]", "[ 1 , [ 2 , { } ] ]"));
    ck_assert(!equal("[1,2]", "[2,1]"));
    ck_assert(!equal("[1,2]", "[1,2,3]"));
    ck_assert(!equal("[1,2]", "[[1,2]]"));
    ck_assert(equal("{\"a\":1,\"b\":{\"c\":[]},\"d\":2}",
                    "{\"d\":2.0,\"\\u0062\":{\"c\" : []},\"a\":1}"));
    ck_assert(!equal("{\"a\":1,\"b\":2}", "{\"a\":2,\"b\":1}"));
    ck_assert(!equal("{\"a\":1}", "{\"a\":1,\"b\":2}"));
    ck_assert(!equal("{\"a\":1,\"b\":2}", "{\"a\":1,\"c\":2}"));
    ck_assert(!equal("{\"a\":null}", "{}"));
}
END_TEST

/* k0 to k`count`, in this order or the other one; the first one is different.
 */
static char *members(int count, bool back, const char *first)
{
    size_t room = 16 * (size_t)count + 16, size = 0;
    char *object = malloc(room);

    for (int i = 0; i < count; i++) {
        int k = back ? count - 1 - i : i;

        size += (size_t)snprintf(object + size, room - size, "%c\"k%d\":%s",
                                 i == 0 ? '{' : ',', k, k == 0 ? first : "1.0");
    }
    snprintf(object + size, room - size, "}");
    return object;
}

/* Around what a pass looks at. */
START_TEST(many_members_have_no_order_either)
{
    const int counts[] = {256, 257, 767, 768, 769, 1536, 1537, 5000};

    for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
        char *a = members(counts[i], false, "[1]");
        char *b = members(counts[i], true, "[1.0]");
        char *other = members(counts[i], true, "[2]");

        ck_assert(equal(a, a));
        ck_assert(equal(a, b));
        ck_assert(!equal(a, other));
        a[strlen(a) - 7] = 'x';
        ck_assert(!equal(a, b));
        free(a);
        free(b);
        free(other);
    }
}
END_TEST

/* Where in `array` the repeated element is, -1 without one. */
static long repeated(const char *array)
{
    char *copy = exact_copy(array, strlen(array));
    struct stepden_json_span span = {copy, strlen(array)};
    const char *at = stepden_json_repeated(span);
    long offset = at == NULL ? -1 : at - copy;

    free(copy);
    return offset;
}

START_TEST(a_repeated_element_is_found)
{
    ck_assert_int_eq(repeated("[]"), -1);
    ck_assert_int_eq(repeated("[ ]"), -1);
    ck_assert_int_eq(repeated("[1]"), -1);
    ck_assert_int_eq(repeated("[1,true,\"1\",[1],{\"1\":1},null]"), -1);
    ck_assert_int_eq(repeated("[1,2,1.0]"), 5);
    ck_assert_int_eq(repeated("[ {\"a\":1,\"b\":2} , {\"b\":2,\"a\":1} ]"), 18);
    ck_assert_int_eq(repeated("[\"a\",\"\\u0061\"]"), 5);
}
END_TEST

/* The numbers 0 to count - 1, then `last`. */
static long repeated_after(int count, int last)
{
    size_t room = 8 * (size_t)count + 16, size = 0;
    char *array = malloc(room);
    long offset;

    for (int i = 0; i < count; i++)
        size += (size_t)snprintf(array + size, room - size, "%c%d",
                                 i == 0 ? '[' : ',', i);
    snprintf(array + size, room - size, ",%d]", last);
    offset = repeated(array);
    ck_assert(offset == -1 || (size_t)offset == size + 1);
    free(array);
    return offset;
}

/* More than what a pass looks at, and just as many. */
START_TEST(an_element_is_found_again_however_far_away)
{
    for (int count = 12286; count < 12291; count++) {
        ck_assert_int_eq(repeated_after(count, -1), -1);
        ck_assert_int_ne(repeated_after(count, 0), -1);
        ck_assert_int_ne(repeated_after(count, count - 1), -1);
    }
    ck_assert_int_eq(repeated_after(40000, -1), -1);
    for (int i = 0; i < 40000; i += 1999)
        ck_assert_int_ne(repeated_after(40000, i), -1);
}
END_TEST

static struct stepden_siphash_key key_of(const char *array)
{
    return stepden_json_hash_key(
        (struct stepden_json_span){array, strlen(array)});
}

static uint32_t hash_number(unsigned number, struct stepden_siphash_key key)
{
    char text[16];
    int size = snprintf(text, sizeof(text), "%u", number);

    return stepden_json_hash((struct stepden_json_span){text, (size_t)size},
                             key);
}

static int compare_words(const void *a, const void *b)
{
    const uint64_t word_a = *(const uint64_t *)a, word_b = *(const uint64_t *)b;

    return (word_a > word_b) - (word_a < word_b);
}

/* Else elements that hash alike could be prepared, and looked at pair by pair.
 */
START_TEST(what_hashes_alike_in_an_array_does_not_in_another)
{
    enum { COUNT = 200000 };
    const struct stepden_siphash_key one = key_of("[1,2]"), two = key_of("[1]");
    uint64_t *sorted = malloc(COUNT * sizeof(*sorted));
    unsigned alike = 0;

    for (unsigned i = 0; i < COUNT; i++)
        sorted[i] = (uint64_t)hash_number(i, one) << 32 | i;
    qsort(sorted, COUNT, sizeof(*sorted), compare_words);
    for (unsigned i = 1; i < COUNT; i++) {
        if (sorted[i - 1] >> 32 != sorted[i] >> 32)
            continue;
        ck_assert_uint_ne(hash_number((uint32_t)sorted[i - 1], two),
                          hash_number((uint32_t)sorted[i], two));
        alike++;
    }
    free(sorted);
    ck_assert_uint_gt(alike, 0);
    ck_assert_uint_lt(alike, 20); /* as chance will have it: 5 */
}
END_TEST

RUN_SUITE("equal", numbers_are_equal_by_value,
          strings_are_equal_by_their_characters, types_are_never_equal,
          elements_have_an_order_and_members_have_none,
          many_members_have_no_order_either, a_repeated_element_is_found,
          an_element_is_found_again_however_far_away,
          what_hashes_alike_in_an_array_does_not_in_another)
