#include "json/find.h"

#include <stdio.h>

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

/* {"k0":...,"k1":...}, and `last` behind the `count` members. */
static char *many_members(int count, const char *value, const char *last)
{
    size_t room = (size_t)count * (16 + strlen(value)) + strlen(last) + 16;
    char *json = malloc(room);
    size_t size = 0;

    for (int i = 0; i < count; i++)
        size += (size_t)snprintf(json + size, room - size, "%c\"k%d\":%s",
                                 i == 0 ? '{' : ',', i, value);
    snprintf(json + size, room - size, "%s}", last);
    return json;
}

static void check_many(int count, const char *value, const char *last,
                       enum stepden_status status, const char *where)
{
    char *json = many_members(count, value, last);

    ck_assert_int_eq(check(json, strlen(json)), status);
    if (status != STEPDEN_OK) {
        ck_assert_str_eq(diag.where, where);
        ck_assert_uint_eq(diag.offset, strlen(json) - strlen(last));
    }
    free(json);
}

START_TEST(a_key_is_found_again_in_an_object_of_any_size)
{
    const enum stepden_status twice = STEPDEN_ERR_INVALID;

    for (int count = 254; count < 260; count++) {
        check_many(count, "0", "", STEPDEN_OK, NULL);
        check_many(count, "0", ",\"k0\":1", twice, "/k0");
        check_many(count, "{}", ",\"k253\":1", twice, "/k253");
    }
    check_many(10000, "[{\"k0\":1}]", "", STEPDEN_OK, NULL);
    check_many(10000, "0", ",\"k0\":1", twice, "/k0");
    check_many(10000, "0", ",\"k9999\":1", twice, "/k9999");
    check_many(10000, "0", ",\"\\u006b\\u0037\":1", twice, "/k7");
    check_many(40000, "0", ",\"k39000\":1", twice, "/k39000");
    ck_assert_str_eq(diag.reason, "found the key a second time");
    check_many(10000, "0", ",x", STEPDEN_ERR_SYNTAX, "");
}
END_TEST

START_TEST(a_key_is_found_again_in_objects_within_each_other)
{
    char *inner = many_members(200, "0", "");
    char *wrong = many_members(200, "0", ",\"k1\":0");
    char *outer = many_members(200, inner, "");
    char *crowd = many_members(300, inner, "");
    char *last = malloc(strlen(wrong) + 16);

    ck_assert_int_eq(check(outer, strlen(outer)), STEPDEN_OK);
    ck_assert_int_eq(check(crowd, strlen(crowd)), STEPDEN_OK);
    sprintf(last, ",\"x\":%s", wrong);
    free(crowd);
    crowd = many_members(300, inner, last);
    ck_assert_int_eq(check(crowd, strlen(crowd)), STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.where, "/x/k1");
    free(inner);
    free(wrong);
    free(outer);
    free(crowd);
    free(last);
}
END_TEST

/* In whatever pass it is found. */
START_TEST(the_first_of_several_keys_is_told)
{
    const char *const last[] = {",\"k20000\":1,\"k0\":1",
                                ",\"k0\":1,\"k20000\":1"};
    const char *const first[] = {"/k20000", "/k0"};

    for (int i = 0; i < 2; i++) {
        char *json = many_members(30000, "0", last[i]);

        ck_assert_int_eq(check(json, strlen(json)), STEPDEN_ERR_INVALID);
        ck_assert_str_eq(diag.where, first[i]);
        free(json);
    }
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
          size_is_limited, a_key_is_found_again_in_an_object_of_any_size,
          a_key_is_found_again_in_objects_within_each_other,
          the_first_of_several_keys_is_told, the_diag_may_be_absent,
          an_error_has_its_offset, members_are_found_as_they_stand,
          finding_checks_the_whole_text, a_pointer_leads_to_its_value,
          or_to_what_would_hold_it)
