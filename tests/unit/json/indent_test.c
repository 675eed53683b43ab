#include "json/indent.h"

#include "suite.h"

static const char *indented(const char *json)
{
    static char text[256];
    size_t size =
        stepden_json_indent(text, sizeof(text) - 1, json, strlen(json));

    text[size] = '\0';
    return text;
}

START_TEST(each_member_and_element_has_a_line)
{
    ck_assert_str_eq(indented("{\"a\":1,\"b\":[true,{\"c\":null}]}"),
                     "{\n"
                     "  \"a\": 1,\n"
                     "  \"b\": [\n"
                     "    true,\n"
                     "    {\n"
                     "      \"c\": null\n"
                     "    }\n"
                     "  ]\n"
                     "}");
}
END_TEST

START_TEST(old_white_space_goes)
{
    ck_assert_str_eq(indented(" [\n1 ,\t2 ] \n"), "[\n  1,\n  2\n]");
}
END_TEST

START_TEST(strings_stay_as_they_are)
{
    ck_assert_str_eq(indented("[\"a, {b}: [\\\"c\\\\\"]"),
                     "[\n  \"a, {b}: [\\\"c\\\\\"\n]");
}
END_TEST

START_TEST(what_is_empty_stays_on_its_line)
{
    ck_assert_str_eq(indented("{\"a\":{},\"b\":[ ]}"),
                     "{\n  \"a\": {},\n  \"b\": []\n}");
}
END_TEST

START_TEST(what_does_not_fit_has_no_length)
{
    char text[8];

    ck_assert_uint_eq(stepden_json_indent(text, 8, "[1,2]", 5), 0);
    ck_assert_uint_eq(stepden_json_indent(text, 8, "[1]", 3), 7);
}
END_TEST

RUN_SUITE("indent", each_member_and_element_has_a_line, old_white_space_goes,
          strings_stay_as_they_are, what_is_empty_stays_on_its_line,
          what_does_not_fit_has_no_length)
