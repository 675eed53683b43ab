#include "base/diag.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

START_TEST(keeps_place_and_reason_and_returns_the_status)
{
    struct stepden_diag diag = {.offset = 7};

    ck_assert_int_eq(stepden_diag_set(&diag, STEPDEN_ERR_RANGE, "/a/0",
                                      "found %d, allowed 0..%d", 9, 5),
                     STEPDEN_ERR_RANGE);
    ck_assert_str_eq(diag.where, "/a/0");
    ck_assert_str_eq(diag.reason, "found 9, allowed 0..5");
    ck_assert_uint_eq(diag.offset, 0);
}
END_TEST

START_TEST(without_a_diag_only_returns_the_status)
{
    ck_assert_int_eq(
        stepden_diag_set(NULL, STEPDEN_ERR_SYNTAX, "", "unexpected"),
        STEPDEN_ERR_SYNTAX);
}
END_TEST

START_TEST(long_texts_are_cut_to_fit)
{
    struct stepden_diag diag;
    char text[1000];

    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    stepden_diag_set(&diag, STEPDEN_ERR_INVALID, text, "%s", text);
    ck_assert_uint_eq(strlen(diag.where), sizeof diag.where - 1);
    ck_assert_uint_eq(strlen(diag.reason), sizeof diag.reason - 1);
}
END_TEST

START_TEST(a_text_is_never_cut_within_a_character)
{
    struct stepden_diag diag;

    for (size_t before = 180; before < 195; before++) {
        char text[260];
        memset(text, 'x', before);
        strcpy(text + before, "\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac");
        stepden_diag_set(&diag, STEPDEN_ERR_INVALID, text, "cut");
        size_t length = strlen(diag.where);
        if (length > before)
            ck_assert_uint_eq((length - before) % 3, 0);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("diag");
    TCase *tests = tcase_create("diag");
    tcase_add_test(tests, keeps_place_and_reason_and_returns_the_status);
    tcase_add_test(tests, without_a_diag_only_returns_the_status);
    tcase_add_test(tests, long_texts_are_cut_to_fit);
    tcase_add_test(tests, a_text_is_never_cut_within_a_character);
    suite_add_tcase(suite, tests);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
