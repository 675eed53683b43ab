#include "suite.h"

static struct stepden_diag diag;

static const struct stepden_json_branch branches[] = {
    {"plain", NULL, NULL},
    {"env", "env", NULL},
    {"stream", "type", "stream"},
    {"file", "type", "file"},
};

static int branch_of(const char *json)
{
    struct stepden_json_reader reader;
    const char *start;
    int branch;

    stepden_json_reader_begin(&reader, json, strlen(json), &diag, NULL, NULL);
    start = reader.at;
    branch = stepden_json_take_branch(&reader, branches, 4);
    if (branch >= 0)
        ck_assert_ptr_eq(reader.at, start);
    return branch;
}

START_TEST(a_string_is_of_the_branch_without_a_key)
{
    ck_assert_int_eq(branch_of("\"type\""), 0);
}
END_TEST

START_TEST(an_object_is_told_by_its_member)
{
    ck_assert_int_eq(branch_of("{\"env\":1}"), 1);
    ck_assert_int_eq(branch_of(" {\"x\":{\"type\":\"file\"},\"env\":[]}"), 1);
}
END_TEST

START_TEST(an_object_is_told_by_the_value_of_its_member)
{
    ck_assert_int_eq(branch_of("{\"type\":\"stream\"}"), 2);
    ck_assert_int_eq(branch_of("{\"path\":\"x\",\"type\":\"f\\u0069le\"}"), 3);
}
END_TEST

START_TEST(what_is_of_no_branch_is_refused)
{
    ck_assert_int_eq(branch_of("{\"type\":\"files\"}"), STEPDEN_JSON_FAILED);
    ck_assert_str_eq(diag.where, "/type");
    ck_assert_str_eq(diag.reason, "found \"files\", allowed is \"stream\", "
                                  "\"file\"; did you mean \"file\"?");
    ck_assert_int_eq(branch_of("{\"other\":1}"), STEPDEN_JSON_FAILED);
    ck_assert_str_eq(diag.reason,
                     "found an object, allowed is a string, {\"env\": ...}, "
                     "{\"type\": \"stream\"}, {\"type\": \"file\"}");
    ck_assert_int_eq(branch_of("17"), STEPDEN_JSON_FAILED);
}
END_TEST

/* Of the branches that have a type. */
static void refuse_files(const char *json, unsigned secret)
{
    struct stepden_json_reader reader;

    stepden_json_reader_begin(&reader, json, strlen(json), &diag, NULL, NULL);
    reader.secret = secret;
    ck_assert_int_eq(stepden_json_take_branch(&reader, branches + 2, 2),
                     STEPDEN_JSON_FAILED);
    ck_assert_str_eq(diag.where, "");
}

START_TEST(what_all_branches_have_is_missing)
{
    refuse_files("{\"path\":\"a\"}", 0);
    ck_assert_str_eq(diag.reason, "\"type\" is missing, allowed is \"stream\", "
                                  "\"file\"");
}
END_TEST

START_TEST(what_is_nearly_the_missing_key_is_named)
{
    static const char *const with[] = {
        "{\"typ\":\"file\"}",
        " { \"a\" : { \"tpye\" : [ 1 ] } , \"typ\" : \"file\" } ",
    };
    static const char *const without[] = {"{ }", "{\"a\":{\"typ\":1}}"};

    for (size_t i = 0; i < 2; i++) {
        refuse_files(with[i], 0);
        ck_assert_str_eq(diag.reason, "\"type\" is missing, found is \"typ\", "
                                      "allowed is \"stream\", \"file\"");
        refuse_files(without[i], 0);
        ck_assert_str_eq(diag.reason, "\"type\" is missing, allowed is "
                                      "\"stream\", \"file\"");
    }
    refuse_files(with[0], 1);
    ck_assert_ptr_null(strstr(diag.reason, "\"typ\""));
}
END_TEST

START_TEST(a_broken_object_is_refused_as_such)
{
    ck_assert_int_eq(branch_of("{\"type\":\"file\",}"), STEPDEN_JSON_FAILED);
    ck_assert_str_eq(
        diag.reason,
        "found '}', expected is a key; the comma before it is one too many");
    ck_assert_int_eq(branch_of("{\"type\":\"file\",\"type\":\"file\"}"),
                     STEPDEN_JSON_FAILED);
    ck_assert_str_eq(diag.reason, "found the key a second time");
}
END_TEST

START_TEST(a_secret_is_not_repeated)
{
    struct stepden_json_reader reader;
    const char *const json = "{\"type\":\"hunter2\"}";

    stepden_json_reader_begin(&reader, json, strlen(json), &diag, NULL, NULL);
    reader.secret = 1;
    ck_assert_int_eq(stepden_json_take_branch(&reader, branches, 4),
                     STEPDEN_JSON_FAILED);
    ck_assert_ptr_null(strstr(diag.reason, "hunter2"));
}
END_TEST

RUN_SUITE("branch", a_string_is_of_the_branch_without_a_key,
          an_object_is_told_by_its_member,
          an_object_is_told_by_the_value_of_its_member,
          what_is_of_no_branch_is_refused, what_all_branches_have_is_missing,
          what_is_nearly_the_missing_key_is_named,
          a_broken_object_is_refused_as_such, a_secret_is_not_repeated)
