#include "suite.h"
#include "json/scan.h"

static char pointer[64];

/* The pointer to the place that `mark` marks in the text. */
static const char *at_mark(const char *json, char mark)
{
    const char *place = strchr(json, mark);

    stepden_json_pointer(pointer, sizeof(pointer), json, strlen(json),
                         (size_t)(place - json));
    return pointer;
}

START_TEST(a_value_has_the_pointer_to_it)
{
    ck_assert_str_eq(at_mark("#", '#'), "");
    ck_assert_str_eq(at_mark("{\"a\": #}", '#'), "/a");
    ck_assert_str_eq(at_mark("[0, #]", '#'), "/1");
    ck_assert_str_eq(at_mark("{\"a\":[{},{\"b\":1,\"c\":[1,2,#]}]}", '#'),
                     "/a/1/c/2");
    ck_assert_str_eq(at_mark("{\"a\":{\"b\":[]},\"c\":#}", '#'), "/c");
    ck_assert_str_eq(at_mark("[[1,2],[3],#]", '#'), "/2");
}
END_TEST

START_TEST(a_key_has_the_pointer_to_its_member)
{
    stepden_json_pointer(pointer, sizeof(pointer), "{\"a\":1,\"bc\":2}", 14, 7);
    ck_assert_str_eq(pointer, "/bc");
}
END_TEST

START_TEST(brackets_in_strings_do_not_count)
{
    ck_assert_str_eq(at_mark("{\"a\":\"]}[{,\\\"\",\"b\":#}", '#'), "/b");
}
END_TEST

START_TEST(keys_are_escaped_as_in_rfc_6901)
{
    ck_assert_str_eq(at_mark("{\"a/b~c\": #}", '#'), "/a~1b~0c");
    ck_assert_str_eq(at_mark("{\"\\u00e9\\n\": #}", '#'), "/\xc3\xa9\\u000a");
}
END_TEST

START_TEST(a_place_within_a_value_is_that_value)
{
    ck_assert_str_eq(at_mark("{\"a\":[\"x#\"]}", '#'), "/a/0");
    ck_assert_str_eq(at_mark("{\"a\":1,\"x#\":1}", '#'), "");
}
END_TEST

START_TEST(a_long_pointer_is_cut)
{
    char json[200] = "{\"";

    memset(json + 2, 'k', 100);
    strcpy(json + 102, "\":[#]}");
    at_mark(json, '#');
    ck_assert_uint_eq(strlen(pointer), sizeof(pointer) - 1);
}
END_TEST

RUN_SUITE("pointer", a_value_has_the_pointer_to_it,
          a_key_has_the_pointer_to_its_member, brackets_in_strings_do_not_count,
          keys_are_escaped_as_in_rfc_6901, a_place_within_a_value_is_that_value,
          a_long_pointer_is_cut)
