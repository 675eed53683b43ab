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
    tcase_add_test(tests, writes_base64_with_padding);
    tcase_add_test(tests, percent_encodes_all_but_unreserved_characters);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
