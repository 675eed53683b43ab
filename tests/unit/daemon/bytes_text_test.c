#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/bytes_text.h"

static char text[64];

static const char *base64(const char *bytes)
{
    size_t size =
        stepden_base64_write(text, (const uint8_t *)bytes, strlen(bytes));
    ck_assert_uint_eq(size, STEPDEN_BASE64_SIZE(strlen(bytes)));
    text[size] = '\0';
    return text;
}

START_TEST(writes_hexadecimal_in_lower_case)
{
    text[stepden_hex_write(text, (const uint8_t[]){0x00, 0x9f, 0xff}, 3)] =
        '\0';
    ck_assert_str_eq(text, "009fff");
}
END_TEST

START_TEST(reads_hexadecimal_of_either_case_in_its_place)
{
    strcpy(text, "009fFfaA");
    uint8_t *bytes = (uint8_t *)text;
    ck_assert(stepden_hex_read(bytes, text, 8));
    ck_assert_int_eq(memcmp(bytes, "\x00\x9f\xff\xaa", 4), 0);
    ck_assert(stepden_hex_read(bytes, text, 0));
}
END_TEST

START_TEST(refuses_what_is_not_hexadecimal)
{
    static const char *const wrong[] = {"0",  "0a1", "0g", "g0", "0x",
                                        "/0", ":0",  "@0", "`0", " 0"};
    uint8_t bytes[2];
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        ck_assert(!stepden_hex_read(bytes, wrong[i], strlen(wrong[i])));
}
END_TEST

/* RFC 4648, clause 10 */
START_TEST(writes_base64_with_padding)
{
    ck_assert_str_eq(base64(""), "");
    ck_assert_str_eq(base64("f"), "Zg==");
    ck_assert_str_eq(base64("fo"), "Zm8=");
    ck_assert_str_eq(base64("foo"), "Zm9v");
    ck_assert_str_eq(base64("foobar"), "Zm9vYmFy");
    ck_assert_str_eq(base64("\xff\xfe\xfb"), "//77");
}
END_TEST

START_TEST(percent_encodes_all_but_unreserved_characters)
{
    stepden_percent_write(text, "aZ0-._~ /%\xc3\xa9");
    ck_assert_str_eq(text, "aZ0-._~%20%2F%25%C3%A9");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("daemon/bytes_text");
    TCase *tests = tcase_create("bytes_text");
    tcase_add_test(tests, writes_hexadecimal_in_lower_case);
    tcase_add_test(tests, reads_hexadecimal_of_either_case_in_its_place);
    tcase_add_test(tests, refuses_what_is_not_hexadecimal);
    tcase_add_test(tests, writes_base64_with_padding);
    tcase_add_test(tests, percent_encodes_all_but_unreserved_characters);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
