#include "base/utf8.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static void check(const char *text, bool is_utf8, size_t expected)
{
    size_t characters;

    ck_assert_msg(stepden_utf8_count(&characters, (const uint8_t *)text,
                                     strlen(text)) == is_utf8,
                  "%s", text);
    if (is_utf8)
        ck_assert_uint_eq(characters, expected);
}

START_TEST(characters_of_one_to_four_bytes_are_counted)
{
    check("", true, 0);
    check("a\xc3\x9f\xe2\x82\xac\xf0\x9f\x98\x80", true, 4);
    check("\x7f\xc2\x80\xdf\xbf\xe0\xa0\x80", true, 4);
    check("\xed\x9f\xbf\xee\x80\x80\xef\xbf\xbf", true, 3);
    check("\xf0\x90\x80\x80\xf4\x8f\xbf\xbf", true, 2);
}
END_TEST

START_TEST(what_is_not_utf_8_is_told)
{
    check("\x80", false, 0); /* a byte of the inside */
    check("\xc3", false, 0); /* ends early */
    check("\xe2\x82", false, 0);
    check("\xc3(", false, 0);
    check("\xc1\xbf", false, 0); /* longer than it need be */
    check("\xe0\x9f\xbf", false, 0);
    check("\xf0\x8f\xbf\xbf", false, 0);
    check("\xed\xa0\x80", false, 0); /* a surrogate */
    check("\xed\xbf\xbf", false, 0);
    check("\xf4\x90\x80\x80", false, 0);     /* above U+10FFFF */
    check("\xf8\x88\x80\x80\x80", false, 0); /* five bytes */
    check("\xff", false, 0);
}
END_TEST

START_TEST(a_character_has_its_size)
{
    ck_assert_uint_eq(stepden_utf8_size((const uint8_t *)"\xe2\x82\xac!", 4),
                      3);
    ck_assert_uint_eq(stepden_utf8_size((const uint8_t *)"\xe2\x82\xac!", 2),
                      0);
    ck_assert_uint_eq(stepden_utf8_size((const uint8_t *)"\xff!", 2), 0);
}
END_TEST

static bool is_control(const char *character)
{
    return stepden_utf8_is_control((const uint8_t *)character,
                                   strlen(character));
}

START_TEST(control_characters_are_those_of_ascii_and_c1)
{
    ck_assert(is_control("\x1f"));
    ck_assert(!is_control(" "));
    ck_assert(!is_control("~"));
    ck_assert(is_control("\x7f"));
    ck_assert(is_control("\xc2\x80"));
    ck_assert(is_control("\xc2\x9f"));
    ck_assert(!is_control("\xc2\xa0"));
    ck_assert(!is_control("\xc3\x9f"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("base/utf8");
    TCase *tests = tcase_create("utf8");
    tcase_add_test(tests, characters_of_one_to_four_bytes_are_counted);
    tcase_add_test(tests, what_is_not_utf_8_is_told);
    tcase_add_test(tests, a_character_has_its_size);
    tcase_add_test(tests, control_characters_are_those_of_ascii_and_c1);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
