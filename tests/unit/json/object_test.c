#include "suite.h"

#include <stdio.h>

#include "json/find.h"
#include "json/scan.h"

static struct stepden_diag diag;
static char seen[256];

static const struct stepden_json_key keys[] = {
    {"alpha", 5}, {"beta", 4}, {"gamma/~", 7}};

static const struct stepden_json_members open_members = {
    .key = keys, .count = 3, .required = 1, .open = true};

static const struct stepden_json_members closed_members = {
    .key = keys, .count = 3, .required = 1};

static void collect(void *ctx, const struct stepden_diag *error)
{
    snprintf((char *)ctx + strlen(ctx), 256 - strlen(ctx), "%s: %s\n",
             error->where, error->reason);
}

/* Reads an object; `seen` becomes the indexes of its members. */
static enum stepden_status take(const char *json,
                                const struct stepden_json_members *members,
                                struct stepden_json_reader *reader,
                                stepden_json_report *report)
{
    static char errors[256];
    struct stepden_json_object object;
    char *copy = exact_copy(json, strlen(json));
    int next;

    seen[0] = '\0';
    errors[0] = '\0';
    diag = (struct stepden_diag){0};
    stepden_json_reader_begin(reader, copy, strlen(json), &diag, report,
                              errors);
    stepden_json_object_begin(reader, &object, members);
    while ((next = stepden_json_object_next(reader, &object)) >= 0) {
        sprintf(seen + strlen(seen), "%d", next);
        if (!stepden_json_skip(reader))
            break;
    }
    if (next == STEPDEN_JSON_END)
        stepden_json_reader_end(reader);
    if (report != NULL)
        strcpy(seen, errors);
    free(copy);
    return reader->status;
}

static enum stepden_status read_open(const char *json)
{
    struct stepden_json_reader reader;

    return take(json, &open_members, &reader, NULL);
}

static void fails(const char *json, enum stepden_status status,
                  const char *where, const char *reason)
{
    ck_assert_msg(read_open(json) == status, "%s: %s", json, diag.reason);
    ck_assert_str_eq(diag.where, where);
    if (reason != NULL)
        ck_assert_str_eq(diag.reason, reason);
}

START_TEST(members_come_in_any_order)
{
    ck_assert_int_eq(read_open("{\"alpha\":1,\"beta\":2,\"gamma/~\":3}"), 0);
    ck_assert_str_eq(seen, "012");
    ck_assert_int_eq(read_open(" {\n\"gamma/~\" : 3 , \"alpha\" : [ ] } "), 0);
    ck_assert_str_eq(seen, "20");
}
END_TEST

START_TEST(an_escaped_key_is_the_same_key)
{
    ck_assert_int_eq(read_open("{\"\\u0061lpha\":1,\"gamma\\/~\":1}"), 0);
    ck_assert_str_eq(seen, "02");
    fails("{\"alpha\":1,\"\\u0061lpha\":1}", STEPDEN_ERR_INVALID, "/alpha",
          "found the key a second time");
}
END_TEST

START_TEST(a_required_member_must_be_there)
{
    fails("{}", STEPDEN_ERR_INVALID, "", "\"alpha\" is missing");
    fails("{\"beta\":1}", STEPDEN_ERR_INVALID, "", "\"alpha\" is missing");
}
END_TEST

START_TEST(unknown_members_are_counted)
{
    struct stepden_json_reader reader;

    ck_assert_int_eq(
        take("{\"x\":{\"y\":1,\"z\":2},\"alpha\":1,\"alphaa\":[],\"\":0}",
             &open_members, &reader, NULL),
        0);
    ck_assert_uint_eq(reader.unknown, 3);
    ck_assert_str_eq(seen, "0");
}
END_TEST

START_TEST(a_duplicate_of_an_unknown_key_is_refused_at_any_depth)
{
    fails("{\"alpha\":1,\"x\":1,\"y\":2,\"x\":3}", STEPDEN_ERR_INVALID, "/x",
          "found the key a second time");
    fails("{\"alpha\":1,\"x\":1,\"\\u0078\":3}", STEPDEN_ERR_INVALID, "/x",
          NULL);
    fails("{\"alpha\":[0,{\"q\":{\"p\":1,\"p\":2}}]}", STEPDEN_ERR_INVALID,
          "/alpha/1/q/p", NULL);
    ck_assert_int_eq(
        read_open("{\"alpha\":1,\"x\":{\"x\":{\"x\":1}},\"y\":{\"x\":1}}"), 0);
}
END_TEST

START_TEST(a_closed_object_names_the_nearest_key)
{
    struct stepden_json_reader reader;

    ck_assert_int_eq(
        take("{\"alpha\":1,\"Bta\":1}", &closed_members, &reader, NULL),
        STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.where, "/Bta");
    ck_assert_str_eq(diag.reason, "unknown key; did you mean \"beta\"?");
    take("{\"unheardOf\":1}", &closed_members, &reader, NULL);
    ck_assert_str_eq(diag.reason,
                     "unknown key, known are \"alpha\", \"beta\", \"gamma/~\"");
}
END_TEST

START_TEST(more_unknown_keys_than_the_limit_are_refused)
{
    char json[8192] = "{\"alpha\":1";
    struct stepden_json_reader reader;

    for (int i = 0; i < STEPDEN_JSON_UNKNOWN_MAX; i++)
        sprintf(json + strlen(json), ",\"k%d\":{}", i);
    strcat(json, "}");
    ck_assert_int_eq(take(json, &open_members, &reader, NULL), 0);
    strcpy(json + strlen(json) - 1, ",\"more\":0}");
    ck_assert_int_eq(take(json, &open_members, &reader, NULL),
                     STEPDEN_ERR_RANGE);
    ck_assert_str_eq(diag.where, "/more");
    ck_assert_str_eq(
        diag.reason,
        "more than 256 unknown keys in an object and those around it");
    stepden_json_reader_begin(&reader, json, strlen(json), &diag, NULL, NULL);
    ck_assert(!stepden_json_skip(&reader));
    ck_assert_str_eq(diag.reason,
                     "more than 256 keys in an object and those around it");
}
END_TEST

START_TEST(broken_objects_are_refused_where_they_break)
{
    fails("", STEPDEN_ERR_TRUNCATED, "", NULL);
    fails("{", STEPDEN_ERR_TRUNCATED, "", NULL);
    fails("{\"alpha\"", STEPDEN_ERR_TRUNCATED, "/alpha", NULL);
    fails("{\"alpha\":", STEPDEN_ERR_TRUNCATED, "/alpha", NULL);
    fails("{\"alpha\":1", STEPDEN_ERR_TRUNCATED, "/alpha", NULL);
    fails("{\"alpha\":1,}", STEPDEN_ERR_SYNTAX, "",
          "found '}', expected is a key; the comma before it is one too many");
    fails("{,}", STEPDEN_ERR_SYNTAX, "", NULL);
    fails("{alpha:1}", STEPDEN_ERR_SYNTAX, "", NULL);
    fails("{'alpha':1}", STEPDEN_ERR_SYNTAX, "", NULL);
    fails("{\"alpha\" 1}", STEPDEN_ERR_SYNTAX, "/alpha", NULL);
    fails("{\"alpha\":1 \"beta\":2}", STEPDEN_ERR_SYNTAX, "/alpha", NULL);
    fails("{\"alpha\":1]", STEPDEN_ERR_SYNTAX, "/alpha", NULL);
    fails("{\"alpha\":1}}", STEPDEN_ERR_SYNTAX, "", NULL);
    fails("{\"alpha\":1} // no", STEPDEN_ERR_SYNTAX, "", NULL);
    fails("{\"alpha\":/**/1}", STEPDEN_ERR_SYNTAX, "/alpha", NULL);
    fails("\xef\xbb\xbf{\"alpha\":1}", STEPDEN_ERR_SYNTAX, "", NULL);
}
END_TEST

START_TEST(a_key_that_breaks_at_a_quote_is_refused_there)
{
    fails("{\"\\u\"", STEPDEN_ERR_SYNTAX, "",
          "found a wrong escape in a string, allowed are \\\" \\\\ \\/ \\b \\f "
          "\\n \\r \\t \\uXXXX");
    ck_assert_uint_eq(diag.offset, 4);
    fails("{\"alpha\":{\"b\\u12\"", STEPDEN_ERR_SYNTAX, "/alpha", NULL);
}
END_TEST

START_TEST(another_type_is_refused)
{
    fails("[1]", STEPDEN_ERR_INVALID, "",
          "found an array, allowed is an object");
    fails("null", STEPDEN_ERR_INVALID, "", "found null, allowed is an object");
}
END_TEST

START_TEST(all_errors_can_be_collected_in_one_run)
{
    struct stepden_json_reader reader;

    ck_assert_int_eq(take("{\"Beta\":1,\"beta\":2,\"beta\":3,\"x\":{}}",
                          &closed_members, &reader, collect),
                     STEPDEN_ERR_INVALID);
    ck_assert_str_eq(
        seen, "/Beta: unknown key; it is written \"beta\"\n"
              "/beta: found the key a second time\n"
              "/x: unknown key, known are \"alpha\", \"beta\", \"gamma/~\"\n"
              ": \"alpha\" is missing\n");
}
END_TEST

static void count(void *ctx, const struct stepden_diag *error)
{
    (void)error;
    ++*(unsigned *)ctx;
}

START_TEST(the_reading_ends_with_many_errors)
{
    char json[8 + 16 * STEPDEN_JSON_ERRORS_MAX] = "{\"alpha\":1";
    struct stepden_json_reader reader;
    struct stepden_json_object object;
    unsigned errors = 0;

    for (int i = 0; i <= STEPDEN_JSON_ERRORS_MAX; i++)
        strcat(json, ",\"alpha\":1");
    stepden_json_reader_begin(&reader, json, strlen(json), &diag, count,
                              &errors);
    stepden_json_object_begin(&reader, &object, &closed_members);
    ck_assert_int_eq(stepden_json_object_next(&reader, &object), 0);
    ck_assert(stepden_json_skip(&reader));
    ck_assert_int_eq(stepden_json_object_next(&reader, &object),
                     STEPDEN_JSON_FAILED);
    ck_assert_uint_eq(errors, STEPDEN_JSON_ERRORS_MAX + 1);
    ck_assert_str_eq(diag.reason,
                     "100 errors are enough: what follows is not read");
}
END_TEST

/* Reads an object without a table; `seen` becomes its keys, in a row. */
static enum stepden_status take_keys(const char *json)
{
    struct stepden_json_reader reader;
    struct stepden_json_object object;
    struct stepden_json_word key;
    char *copy = exact_copy(json, strlen(json));
    int next;

    seen[0] = '\0';
    diag = (struct stepden_diag){0};
    stepden_json_reader_begin(&reader, copy, strlen(json), &diag, NULL, NULL);
    stepden_json_object_begin(&reader, &object, NULL);
    while ((next = stepden_json_object_key(&reader, &object, &key)) >= 0) {
        ck_assert_int_eq(*object.key, '"');
        strncat(seen, key.at, key.size);
        if (!stepden_json_take_colon(&reader) || !stepden_json_skip(&reader))
            break;
    }
    if (next == STEPDEN_JSON_END)
        stepden_json_reader_end(&reader);
    free(copy);
    return reader.status;
}

START_TEST(keys_come_without_a_table_too)
{
    ck_assert_int_eq(take_keys("{\"a\":{\"b\":0} , \"\\u0063\" : [],\"a\":1}"),
                     0);
    ck_assert_str_eq(seen, "aca");
    ck_assert_int_eq(take_keys(" { } "), 0);
    ck_assert_str_eq(seen, "");
}
END_TEST

START_TEST(broken_keys_without_a_table_are_refused)
{
    const char *const wrong[] = {
        "",           "1",    "{",       "{\"a\"",     "{\"a\":1",
        "{\"a\":1,}", "{,}",  "{a:1}",   "{\"a\" 1}",  "{\"a\":1]",
        "{\"a\":1}}", "{\"a", "[\"a\"]", "{\"\\x\":1}"};

    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        ck_assert_msg(take_keys(wrong[i]) != STEPDEN_OK, "%s", wrong[i]);
}
END_TEST

static enum stepden_status take_array(const char *json, int64_t minimum,
                                      int64_t maximum, int *count)
{
    struct stepden_json_reader reader;
    struct stepden_json_array array;
    int next;

    *count = 0;
    stepden_json_reader_begin(&reader, json, strlen(json), &diag, NULL, NULL);
    stepden_json_array_begin(&reader, &array, minimum, maximum);
    while ((next = stepden_json_array_next(&reader, &array)) >= 0) {
        ++*count;
        if (!stepden_json_skip(&reader))
            break;
    }
    if (next == STEPDEN_JSON_END)
        stepden_json_reader_end(&reader);
    return reader.status;
}

START_TEST(an_array_has_its_elements)
{
    int count;

    ck_assert_int_eq(take_array("[]", 0, 3, &count), 0);
    ck_assert_int_eq(count, 0);
    ck_assert_int_eq(take_array(" [ 1 , {} , [ ] ] ", 0, 3, &count), 0);
    ck_assert_int_eq(count, 3);
}
END_TEST

START_TEST(an_array_is_neither_shorter_nor_longer_than_allowed)
{
    int count;

    ck_assert_int_eq(take_array("[1,2,3,4,5]", 2, 3, &count),
                     STEPDEN_ERR_RANGE);
    ck_assert_int_eq(count, 3);
    ck_assert_str_eq(diag.reason,
                     "found 5 elements, allowed is an array of 2..3");
    ck_assert_int_eq(take_array("[1]", 2, 3, &count), STEPDEN_ERR_RANGE);
    ck_assert_int_eq(take_array("{}", 2, 3, &count), STEPDEN_ERR_INVALID);
}
END_TEST

START_TEST(broken_arrays_are_refused)
{
    const char *const wrong[] = {"[",     "[1",     "[1,", "[1,]", "[,1]",
                                 "[1 2]", "[1,,2]", "[1}", "[1]]"};
    int count;

    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        ck_assert_msg(take_array(wrong[i], 0, 9, &count) != 0, "%s", wrong[i]);
}
END_TEST

static enum stepden_status take_set(const char *json)
{
    struct stepden_json_reader reader;
    struct stepden_json_array array;
    int next;

    stepden_json_reader_begin(&reader, json, strlen(json), &diag, NULL, NULL);
    stepden_json_array_begin(&reader, &array, 0, 4);
    array.unique = true;
    while ((next = stepden_json_array_next(&reader, &array)) >= 0)
        if (!stepden_json_skip(&reader))
            break;
    if (next == STEPDEN_JSON_END)
        stepden_json_reader_end(&reader);
    return reader.status;
}

START_TEST(no_two_elements_of_a_set_are_equal)
{
    ck_assert_int_eq(take_set("[]"), STEPDEN_OK);
    ck_assert_int_eq(take_set("[1, \"1\", [1], true]"), STEPDEN_OK);
    ck_assert_int_eq(take_set("[1, 2, 1.0]"), STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.where, "/2");
    ck_assert_str_eq(diag.reason, "found an element a second time");
    ck_assert_int_eq(take_set("[\"a\", \"\\u0061\"]"), STEPDEN_ERR_INVALID);
    ck_assert_int_eq(take_set("[{\"a\":1,\"b\":2},{\"b\":2,\"a\":1}]"),
                     STEPDEN_ERR_INVALID);
    ck_assert_int_eq(take_set("[1, 2, 3, 4, 1]"), STEPDEN_ERR_RANGE);
}
END_TEST

RUN_SUITE("object", members_come_in_any_order, an_escaped_key_is_the_same_key,
          a_required_member_must_be_there, unknown_members_are_counted,
          a_duplicate_of_an_unknown_key_is_refused_at_any_depth,
          a_closed_object_names_the_nearest_key,
          more_unknown_keys_than_the_limit_are_refused,
          broken_objects_are_refused_where_they_break,
          a_key_that_breaks_at_a_quote_is_refused_there,
          another_type_is_refused, all_errors_can_be_collected_in_one_run,
          the_reading_ends_with_many_errors, keys_come_without_a_table_too,
          broken_keys_without_a_table_are_refused, an_array_has_its_elements,
          an_array_is_neither_shorter_nor_longer_than_allowed,
          broken_arrays_are_refused, no_two_elements_of_a_set_are_equal)
