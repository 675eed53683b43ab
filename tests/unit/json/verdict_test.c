#include <stepden/json/verdict.h>

#include <stdio.h>
#include <string.h>

#include "suite.h"

/*
 * {"type": "object", "propertyNames": {"maxLength": 3},
 *  "properties": {"a": {"$ref": "#"}, "b": {"anyOf": [NUMBER, STRING]}},
 *  "additionalProperties": false}
 */
enum { ROOT, NAMES, EITHER, NUMBER, STRING, NONE, COUNT };

static const struct stepden_json_schema schemas[COUNT] = {
    [ROOT] = {.place = "#",
              .rule_count = 4,
              .rules =
                  (const struct stepden_json_rule[]){
                      {.keyword = STEPDEN_JSON_TYPE,
                       .count = STEPDEN_JSON_OBJECT},
                      {.keyword = STEPDEN_JSON_PROPERTY_NAMES,
                       .count = 1,
                       .schemas =
                           (const struct stepden_json_schema *const[]){
                               &schemas[NAMES]}},
                      {.keyword = STEPDEN_JSON_PROPERTIES,
                       .count = 2,
                       .texts = (const struct stepden_json_span[]){{"a", 1},
                                                                   {"b", 1}},
                       .schemas =
                           (const struct stepden_json_schema *const[]){
                               &schemas[ROOT], &schemas[EITHER]}},
                      {.keyword = STEPDEN_JSON_ADDITIONAL_PROPERTIES,
                       .count = 1,
                       .schemas =
                           (const struct stepden_json_schema *const[]){
                               &schemas[NONE]}},
                  }},
    [NAMES] = {.place = "#/propertyNames",
               .rule_count = 1,
               .rules =
                   (const struct stepden_json_rule[]){
                       {.keyword = STEPDEN_JSON_MAX_LENGTH, .count = 3}}},
    [EITHER] = {.place = "#/properties/b",
                .rule_count = 1,
                .rules =
                    (const struct stepden_json_rule[]){
                        {.keyword = STEPDEN_JSON_ANY_OF,
                         .count = 2,
                         .maximum = 1,
                         .schemas =
                             (const struct stepden_json_schema *const[]){
                                 &schemas[NUMBER], &schemas[STRING]}}}},
    [NUMBER] = {.place = "#/properties/b/anyOf/0",
                .rule_count = 1,
                .rules =
                    (const struct stepden_json_rule[]){
                        {.keyword = STEPDEN_JSON_TYPE,
                         .count = STEPDEN_JSON_NUMBER}}},
    [STRING] = {.place = "#/properties/b/anyOf/1",
                .rule_count = 1,
                .rules =
                    (const struct stepden_json_rule[]){
                        {.keyword = STEPDEN_JSON_TYPE,
                         .count = STEPDEN_JSON_STRING}}},
    [NONE] = {.place = "#/additionalProperties",
              .rule_count = 1,
              .rules =
                  (const struct stepden_json_rule[]){
                      {.keyword = STEPDEN_JSON_FALSE}}},
};

static enum stepden_status validate(const char *json, struct stepden_diag *diag)
{
    char *copy = exact_copy(json, strlen(json));
    enum stepden_status status =
        stepden_json_validate(&schemas[ROOT], copy, strlen(json), diag);

    free(copy);
    return status;
}

START_TEST(a_valid_text_is_ok)
{
    ck_assert_int_eq(validate("{}", NULL), STEPDEN_OK);
    ck_assert_int_eq(validate(" { \"a\" : { \"b\" : 1 } } ", NULL), STEPDEN_OK);
}
END_TEST

static void check_fault(const char *json, const char *where, size_t offset,
                        const char *reason)
{
    struct stepden_diag diag;

    ck_assert_int_eq(validate(json, NULL), STEPDEN_ERR_INVALID);
    ck_assert_int_eq(validate(json, &diag), STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.where, where);
    ck_assert_str_eq(diag.reason, reason);
    ck_assert_uint_eq(diag.offset, offset);
}

START_TEST(a_fault_has_its_place_and_the_place_of_what_forbids_it)
{
    check_fault("[]", "", 0, "not allowed by #/type");
    check_fault("{\"a\":{\"a\":1}}", "/a/a", 10, "not allowed by #/type");
    check_fault("{\"c\":1}", "/c", 5, "not allowed by #/additionalProperties");
}
END_TEST

START_TEST(a_fault_of_a_name_is_at_its_member)
{
    check_fault("{\"a\":{\"abcd\":1}}", "/a/abcd", 6,
                "not allowed by #/propertyNames/maxLength");
}
END_TEST

START_TEST(a_fault_of_all_branches_is_that_of_their_keyword)
{
    check_fault("{\"b\":[]}", "/b", 5, "not allowed by #/properties/b/anyOf");
}
END_TEST

static const struct stepden_json_schema keys_needed = {
    .place = "#",
    .rule_count = 2,
    .rules = (const struct stepden_json_rule[]){
        {.keyword = STEPDEN_JSON_REQUIRED,
         .count = 2,
         .texts = (const struct stepden_json_span[]){{"a", 1}, {"\\u0062", 6}}},
        {.keyword = STEPDEN_JSON_DEPENDENT_REQUIRED,
         .count = 3,
         .texts = (const struct stepden_json_span[]){
             {"c", 1}, {"a", 1}, {"d", 1}}}}};

static void check_missing(const char *json, const char *reason)
{
    struct stepden_diag diag;

    ck_assert_int_eq(
        stepden_json_validate(&keys_needed, json, strlen(json), &diag),
        STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.where, "");
    ck_assert_str_eq(diag.reason, reason);
}

START_TEST(a_missing_key_is_named)
{
    check_missing("{}", "not allowed by #/required: \"a\" is missing");
    check_missing("{\"a\":1,\"c\":1}",
                  "not allowed by #/required: \"\\u0062\" is missing");
    check_missing("{\"a\":1,\"b\":1,\"c\":1}",
                  "not allowed by #/dependentRequired: \"d\" is missing");
}
END_TEST

START_TEST(what_is_no_json_has_no_verdict)
{
    struct stepden_diag diag;

    ck_assert_int_eq(validate("{\"a\":", &diag), STEPDEN_ERR_TRUNCATED);
    ck_assert_int_eq(validate("{\"a\":1,}", &diag), STEPDEN_ERR_SYNTAX);
    ck_assert_int_eq(validate("{} {}", &diag), STEPDEN_ERR_SYNTAX);
    ck_assert_int_eq(validate("{\"b\":1,\"\\u0062\":1}", &diag),
                     STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.reason, "found the key a second time");
}
END_TEST

/* The deepest text takes the most stack. */
START_TEST(depth_is_limited)
{
    char json[512];
    size_t size = 0;

    for (int i = 1; i < STEPDEN_JSON_DEPTH_MAX; i++)
        size += (size_t)snprintf(json + size, sizeof(json) - size, "{\"a\":");
    size += (size_t)snprintf(json + size, sizeof(json) - size, "{}");
    for (int i = 1; i < STEPDEN_JSON_DEPTH_MAX; i++)
        size += (size_t)snprintf(json + size, sizeof(json) - size, "}");
    ck_assert_int_eq(validate(json, NULL), STEPDEN_OK);
    memmove(json + 5, json, size + 1);
    memcpy(json, "{\"a\":", 5);
    strcat(json, "}");
    ck_assert_int_eq(validate(json, NULL), STEPDEN_ERR_RANGE);
}
END_TEST

/*
 * {"oneOf": [A, B]}, each {"properties": {"t": {"const": ...}, "c": {"$ref":
 * "#"}}}
 */
static const struct stepden_json_schema tree[5];

#define MEMBER(name, index)                                                    \
    {                                                                          \
        .keyword = STEPDEN_JSON_PROPERTIES, .count = 1,                        \
        .texts = &(const struct stepden_json_span){name, 1},                   \
        .schemas = (const struct stepden_json_schema *const[]){&tree[index]},  \
    }
#define NODE(tag)                                                              \
    {                                                                          \
        .rule_count = 2,                                                       \
        .rules = (const struct stepden_json_rule[]){MEMBER("t", tag),          \
                                                    MEMBER("c", 0)},           \
    }
#define TAG(text)                                                              \
    {                                                                          \
        .rule_count = 1, .rules = &(const struct stepden_json_rule)            \
        {                                                                      \
            .keyword = STEPDEN_JSON_CONST, .count = 1,                         \
            .texts = &(const struct stepden_json_span){text, 3},               \
        }                                                                      \
    }

static const struct stepden_json_schema tree[5] = {
    [0] = {.rule_count = 1,
           .rules =
               &(const struct stepden_json_rule){
                   .keyword = STEPDEN_JSON_ONE_OF,
                   .count = 2,
                   .schemas =
                       (const struct stepden_json_schema *const[]){&tree[1],
                                                                   &tree[2]}}},
    [1] = NODE(3),
    [2] = NODE(4),
    [3] = TAG("\"a\""),
    [4] = TAG("\"b\""),
};

/* Else each level would be looked at twice as often as the one around it. */
START_TEST(a_tag_tells_the_branch_wherever_it_stands)
{
    char json[1024];
    size_t size = 0;

    for (int i = 1; i < STEPDEN_JSON_DEPTH_MAX; i++)
        size += (size_t)snprintf(json + size, sizeof(json) - size, "{\"c\":");
    size += (size_t)snprintf(json + size, sizeof(json) - size, "{\"t\":\"a\"}");
    for (int i = 1; i < STEPDEN_JSON_DEPTH_MAX; i++)
        size += (size_t)snprintf(json + size, sizeof(json) - size,
                                 ",\"t\":\"%c\"}", "ab"[i % 2]);
    ck_assert_int_eq(stepden_json_validate(tree, json, size, NULL), STEPDEN_OK);
}
END_TEST

/* {"allOf": [B, B]} with B = {"properties": {"c": {"$ref": "#"}}} */
static const struct stepden_json_schema twice[2] = {
    [0] = {.place = "#",
           .rule_count = 1,
           .rules =
               &(const struct stepden_json_rule){
                   .keyword = STEPDEN_JSON_ALL_OF,
                   .count = 2,
                   .schemas =
                       (const struct stepden_json_schema *const[]){&twice[1],
                                                                   &twice[1]}}},
    [1] = {.rule_count = 1,
           .rules =
               &(const struct stepden_json_rule){
                   .keyword = STEPDEN_JSON_PROPERTIES,
                   .count = 1,
                   .texts = &(const struct stepden_json_span){"c", 1},
                   .schemas = (const struct stepden_json_schema
                                   *const[]){&twice[0]}}},
};

static enum stepden_status validate_twice(int depth, struct stepden_diag *diag)
{
    char json[256];
    size_t size = 0;

    for (int i = 1; i < depth; i++)
        size += (size_t)snprintf(json + size, sizeof(json) - size, "{\"c\":");
    json[size++] = '1';
    for (int i = 1; i < depth; i++)
        json[size++] = '}';
    return stepden_json_validate(twice, json, size, diag);
}

/* The innermost value would be looked at 2^31 times. */
START_TEST(a_text_is_not_looked_at_for_ever)
{
    struct stepden_diag diag;

    ck_assert_int_eq(validate_twice(10, NULL), STEPDEN_OK);
    ck_assert_int_eq(validate_twice(STEPDEN_JSON_DEPTH_MAX, &diag),
                     STEPDEN_ERR_RANGE);
    ck_assert_str_eq(diag.reason, "the schemas look at the text too often");
}
END_TEST

/* Each of the schemas refers to the next. */
enum { CHAIN = STEPDEN_JSON_APPLIED_MAX + 1 };

static struct stepden_json_schema chain[CHAIN];

static void make_chain(void)
{
    static const struct stepden_json_schema *next[CHAIN];
    static struct stepden_json_rule rules[CHAIN];

    for (size_t i = 0; i < CHAIN; i++) {
        next[i] = &chain[i + 1];
        rules[i] = (struct stepden_json_rule){
            .keyword = STEPDEN_JSON_REF, .count = 1, .schemas = &next[i]};
        chain[i] = (struct stepden_json_schema){
            .place = "#", .rule_count = i < CHAIN - 1, .rules = &rules[i]};
    }
}

START_TEST(schemas_apply_so_deep_and_no_deeper)
{
    const struct stepden_json_schema *const first = &chain[0];
    const struct stepden_json_rule rule = {
        .keyword = STEPDEN_JSON_NOT, .count = 1, .schemas = &first};
    const struct stepden_json_schema not_chain = {
        .place = "#", .rule_count = 1, .rules = &rule};
    struct stepden_diag diag;

    make_chain();
    ck_assert_int_eq(stepden_json_validate(&chain[1], "1", 1, NULL),
                     STEPDEN_OK);
    ck_assert_int_eq(stepden_json_validate(&chain[0], " 1", 2, &diag),
                     STEPDEN_ERR_RANGE);
    ck_assert_str_eq(diag.reason, "more than 1024 schemas within each other");
    ck_assert_uint_eq(diag.offset, 1);
    ck_assert_int_eq(stepden_json_validate(&not_chain, "1", 1, NULL),
                     STEPDEN_ERR_RANGE);
}
END_TEST

RUN_SUITE("verdict", a_valid_text_is_ok,
          a_fault_has_its_place_and_the_place_of_what_forbids_it,
          a_fault_of_a_name_is_at_its_member,
          a_fault_of_all_branches_is_that_of_their_keyword,
          a_missing_key_is_named, what_is_no_json_has_no_verdict,
          depth_is_limited, a_tag_tells_the_branch_wherever_it_stands,
          a_text_is_not_looked_at_for_ever, schemas_apply_so_deep_and_no_deeper)
