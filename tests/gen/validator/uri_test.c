#include "common/uri.h"

#include <check.h>
#include <stdlib.h>

/* RFC 3986, clauses 5.4.1 and 5.4.2; one is up to the implementation. */
START_TEST(references_resolve_as_in_the_standard)
{
    static const char base[] = "http://a/b/c/d;p?q";
    static const char *const examples[][2] = {
        {"g:h", "g:h"},
        {"g", "http://a/b/c/g"},
        {"./g", "http://a/b/c/g"},
        {"g/", "http://a/b/c/g/"},
        {"/g", "http://a/g"},
        {"//g", "http://g"},
        {"?y", "http://a/b/c/d;p?y"},
        {"g?y", "http://a/b/c/g?y"},
        {"#s", "http://a/b/c/d;p?q#s"},
        {"g#s", "http://a/b/c/g#s"},
        {"g?y#s", "http://a/b/c/g?y#s"},
        {";x", "http://a/b/c/;x"},
        {"g;x?y#s", "http://a/b/c/g;x?y#s"},
        {"", "http://a/b/c/d;p?q"},
        {".", "http://a/b/c/"},
        {"./", "http://a/b/c/"},
        {"..", "http://a/b/"},
        {"../", "http://a/b/"},
        {"../g", "http://a/b/g"},
        {"../..", "http://a/"},
        {"../../g", "http://a/g"},
        {"../../../g", "http://a/g"},
        {"/./g", "http://a/g"},
        {"/../g", "http://a/g"},
        {"g.", "http://a/b/c/g."},
        {".g", "http://a/b/c/.g"},
        {"g..", "http://a/b/c/g.."},
        {"./../g", "http://a/b/g"},
        {"./g/.", "http://a/b/c/g/"},
        {"g/./h", "http://a/b/c/g/h"},
        {"g/../h", "http://a/b/c/h"},
        {"g;x=1/../y", "http://a/b/c/y"},
        {"g?y/../x", "http://a/b/c/g?y/../x"},
        {"g#s/../x", "http://a/b/c/g#s/../x"},
    };

    for (size_t i = 0; i < sizeof(examples) / sizeof(examples[0]); i++)
        ck_assert_str_eq(uri_resolve(base, examples[i][0]), examples[i][1]);
}
END_TEST

START_TEST(names_without_a_path_have_fragments_too)
{
    ck_assert_str_eq(uri_resolve("urn:x:y", "#a"), "urn:x:y#a");
    ck_assert_str_eq(uri_resolve("http://a", "b"), "http://a/b");
    ck_assert_str_eq(uri_document("urn:x:y#a"), "urn:x:y");
}
END_TEST

START_TEST(a_fragment_is_decoded)
{
    ck_assert_str_eq(uri_fragment("a#/%25%22"), "/%\"");
    ck_assert_str_eq(uri_fragment("a"), "");
    ck_assert_ptr_null(uri_fragment("a#%2"));
    ck_assert_ptr_null(uri_fragment("a#%zz"));
    ck_assert_ptr_null(uri_fragment("a#%00"));
}
END_TEST

START_TEST(a_file_may_have_any_name)
{
    const char *uri = uri_of_file("/a b/50%#?.json");

    ck_assert_str_eq(uri_document(uri), uri);
    ck_assert_str_eq(uri_decode(uri), "file:///a b/50%#?.json");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("uri");
    TCase *all = tcase_create("uri");
    SRunner *runner;
    int failed;

    tcase_add_test(all, references_resolve_as_in_the_standard);
    tcase_add_test(all, names_without_a_path_have_fragments_too);
    tcase_add_test(all, a_fragment_is_decoded);
    tcase_add_test(all, a_file_may_have_any_name);
    suite_add_tcase(suite, all);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
