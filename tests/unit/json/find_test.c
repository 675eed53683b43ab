#include "json/find.h"

#include "suite.h"

static struct stepden_diag diag;

static enum stepden_status check(const char *json, size_t size)
{
    char *copy = exact_copy(json, size);
    enum stepden_status status = stepden_json_check(copy, size, &diag);

    free(copy);
    return status;
}

START_TEST(any_json_text_passes)
{
    const char *const right[] = {"null",
                                 "true",
                                 " 0 ",
                                 "-0.5e-7",
                                 "\"\"",
                                 "[]",
                                 "{}",
                                 "\t\r\n[1,\"a\",{\"b\":[null,false]}]",
                                 "{\"\":{\"\":{}},\"a\":1e400}"};

    for (size_t i = 0; i < sizeof(right) / sizeof(right[0]); i++)
        ck_assert_msg(check(right[i], strlen(right[i])) == STEPDEN_OK, "%s: %s",
                      right[i], diag.reason);
}
END_TEST

START_TEST(every_beginning_of_an_object_is_truncated)
{
    const char *const json =
        "{\"a\":[1.5,true,null,\"\\u00e9\xe2\x82\xac\"],\"b\":{\"c\":-1e5}}";

    for (size_t size = 0; size < strlen(json); size++)
        ck_assert_msg(check(json, size) == STEPDEN_ERR_TRUNCATED, "%zu: %s",
                      size, diag.reason);
    ck_assert_int_eq(check(json, strlen(json)), STEPDEN_OK);
}
END_TEST

START_TEST(depth_is_limited)
{
    char json[2 * STEPDEN_JSON_DEPTH_MAX + 8];
    const size_t deep = STEPDEN_JSON_DEPTH_MAX;

    memset(json, '[', deep);
    memset(json + deep, ']', deep);
    ck_assert_int_eq(check(json, 2 * deep), STEPDEN_OK);
    memset(json, '[', deep + 1);
    memset(json + deep + 1, ']', deep + 1);
    ck_assert_int_eq(check(json, 2 * deep + 2), STEPDEN_ERR_RANGE);
    ck_assert_str_eq(diag.reason, "more than 32 levels deep");
}
END_TEST

START_TEST(size_is_limited)
{
    size_t size = STEPDEN_JSON_SIZE_MAX + 1;
    char *json = malloc(size);

    memset(json, ' ', size);
    json[0] = '1';
    ck_assert_int_eq(stepden_json_check(json, size - 1, &diag), STEPDEN_OK);
    ck_assert_int_eq(stepden_json_check(json, size, &diag), STEPDEN_ERR_RANGE);
    ck_assert_str_eq(diag.reason, "found 16777217 bytes, allowed are 16777216");
    free(json);
}
END_TEST

START_TEST(the_diag_may_be_absent)
{
    ck_assert_int_eq(stepden_json_check("[1,]", 4, NULL), STEPDEN_ERR_SYNTAX);
}
END_TEST

START_TEST(an_error_has_its_offset)
{
    ck_assert_int_eq(check("{\"a\": [1, x]}", 13), STEPDEN_ERR_SYNTAX);
    ck_assert_uint_eq(diag.offset, 10);
    ck_assert_str_eq(diag.where, "/a/1");
}
END_TEST

START_TEST(members_are_found_as_they_stand)
{
    const char *const keys[] = {"data", "specversion", "none"};
    struct stepden_json_span spans[3];
    const char *const json =
        "{ \"id\": 1, \"data\" : { \"x\" : [1, 2] } , \"specversion\":\"1.0\"}";

    ck_assert_int_eq(
        stepden_json_find(json, strlen(json), keys, spans, 3, &diag),
        STEPDEN_OK);
    ck_assert_mem_eq(spans[0].at, "{ \"x\" : [1, 2] }", 16);
    ck_assert_uint_eq(spans[0].size, 16);
    ck_assert_mem_eq(spans[1].at, "\"1.0\"", 5);
    ck_assert_uint_eq(spans[1].size, 5);
    ck_assert_ptr_null(spans[2].at);
}
END_TEST

START_TEST(finding_checks_the_whole_text)
{
    const char *const keys[] = {"a"};
    struct stepden_json_span spans[1];

    ck_assert_int_eq(
        stepden_json_find("{\"a\":1,\"b\":01}", 14, keys, spans, 1, &diag),
        STEPDEN_ERR_SYNTAX);
    ck_assert_int_eq(
        stepden_json_find("{\"a\":1,\"a\":2}", 13, keys, spans, 1, &diag),
        STEPDEN_ERR_INVALID);
    ck_assert_int_eq(stepden_json_find("{\"a\":1}x", 8, keys, spans, 1, &diag),
                     STEPDEN_ERR_SYNTAX);
    ck_assert_int_eq(stepden_json_find("[1]", 3, keys, spans, 1, &diag),
                     STEPDEN_ERR_INVALID);
}
END_TEST

static size_t place(const char *json, const char *pointer)
{
    char *copy = exact_copy(json, strlen(json));
    size_t at = stepden_json_find_place(copy, strlen(json), pointer);

    free(copy);
    return at;
}

START_TEST(a_pointer_leads_to_its_value)
{
    const char *const json = " {\"a\": [0, {\"b\": 1}], \"c\": \"\"}";

    ck_assert_uint_eq(place(json, "/a"), 7);
    ck_assert_uint_eq(place(json, "/a/0"), 8);
    ck_assert_uint_eq(place(json, "/a/1/b"), 17);
    ck_assert_uint_eq(place(json, "/c"), 27);
}
END_TEST

START_TEST(or_to_what_would_hold_it)
{
    const char *const json = "{\"a\": [0, {\"b\": 1}]}";

    ck_assert_uint_eq(place(json, ""), 0);
    ck_assert_uint_eq(place(json, "/b"), 0);
    ck_assert_uint_eq(place(json, "/a/2/b"), 6);
    ck_assert_uint_eq(place(json, "/a/1/c"), 10);
    ck_assert_uint_eq(place(json, "/a/1/b/0"), 16);
}
END_TEST

RUN_SUITE("find", any_json_text_passes,
          every_beginning_of_an_object_is_truncated, depth_is_limited,
          size_is_limited, the_diag_may_be_absent, an_error_has_its_offset,
          members_are_found_as_they_stand, finding_checks_the_whole_text,
          a_pointer_leads_to_its_value, or_to_what_would_hold_it)
