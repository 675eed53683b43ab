#include "daemon/config/merge.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static struct stepden_merge merge;
static char text[1024];

static const char *const reload[] = {"/a", "/o/x", "/log", NULL};

static struct stepden_json_span span(const char *json)
{
    return (struct stepden_json_span){json, strlen(json)};
}

static void expect(const char *running, const char *next, const char *merged)
{
    merge.text = text;
    merge.size = strlen(running) + strlen(next);
    stepden_merge_make(&merge, span(running), span(next), reload);
    ck_assert_uint_eq(merge.used, strlen(merged));
    ck_assert_msg(memcmp(text, merged, merge.used) == 0, "%.*s",
                  (int)merge.used, text);
}

START_TEST(what_is_the_same_stays)
{
    const char *json = "{\"a\":1,\"b\":[1,{\"c\":\"}\"}],\"o\":{}}";
    expect(json, json, json);
    ck_assert_str_eq(merge.changed, "");
    ck_assert_str_eq(merge.kept, "");
}
END_TEST

START_TEST(what_may_change_does_and_the_rest_stays)
{
    expect("{\"a\":1,\"b\":2,\"c\":3}", "{\"a\":4,\"b\":5,\"c\":3}",
           "{\"a\":4,\"b\":2,\"c\":3}");
    ck_assert_str_eq(merge.changed, "/a");
    ck_assert_str_eq(merge.kept, "/b");
}
END_TEST

START_TEST(each_member_is_named_by_itself)
{
    expect("{\"o\":{\"x\":1,\"y\":2},\"log\":{\"l\":{\"m\":\"\"},\"f\":1}}",
           "{\"o\":{\"x\":2,\"y\":1},\"log\":{\"l\":{\"m\":\"a\"},\"f\":2}}",
           "{\"o\":{\"x\":2,\"y\":2},\"log\":{\"l\":{\"m\":\"a\"},\"f\":2}}");
    ck_assert_str_eq(merge.changed, "/o/x,/log/l/m,/log/f");
    ck_assert_str_eq(merge.kept, "/o/y");
}
END_TEST

START_TEST(an_array_changes_as_a_whole)
{
    expect("{\"b\":[1,2],\"log\":[1,2]}", "{\"b\":[1],\"log\":[1,3,2]}",
           "{\"b\":[1,2],\"log\":[1,3,2]}");
    ck_assert_str_eq(merge.changed, "/log");
    ck_assert_str_eq(merge.kept, "/b");
}
END_TEST

START_TEST(so_does_what_has_other_members_or_none)
{
    expect("{\"a\":{\"env\":\"E\"},\"b\":{\"env\":\"E\"},\"c\":null}",
           "{\"a\":{\"file\":\"F\"},\"b\":\"x\",\"c\":{\"e\":1}}",
           "{\"a\":{\"file\":\"F\"},\"b\":{\"env\":\"E\"},\"c\":null}");
    ck_assert_str_eq(merge.changed, "/a");
    ck_assert_str_eq(merge.kept, "/b,/c");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("daemon/merge");
    TCase *tests = tcase_create("merge");
    tcase_add_test(tests, what_is_the_same_stays);
    tcase_add_test(tests, what_may_change_does_and_the_rest_stays);
    tcase_add_test(tests, each_member_is_named_by_itself);
    tcase_add_test(tests, an_array_changes_as_a_whole);
    tcase_add_test(tests, so_does_what_has_other_members_or_none);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
