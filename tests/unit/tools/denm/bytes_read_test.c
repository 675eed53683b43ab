/* Bytes from hexadecimal and base64. */
#include <check.h>
#include <string.h>

#include "denm/bytes_read.h"
#include "suite.h"

static uint8_t bytes[4];
static size_t size;
static struct stepden_diag diag;

static enum stepden_status hex(const char *text)
{
    return denm_hex_read(bytes, sizeof bytes, &size, text, strlen(text), &diag);
}

static enum stepden_status base64(const char *text)
{
    return denm_base64_read(bytes, sizeof bytes, &size, text, strlen(text),
                            &diag);
}

static void check(const char *expected)
{
    ck_assert_uint_eq(size, strlen(expected));
    ck_assert_mem_eq(bytes, expected, size);
}

START_TEST(hexadecimal_has_either_case)
{
    ck_assert_int_eq(hex("02aAFf"), STEPDEN_OK);
    check("\x02\xaa\xff");
    ck_assert_int_eq(hex(""), STEPDEN_OK);
    check("");
}
END_TEST

START_TEST(blanks_and_colons_are_between_octets)
{
    ck_assert_int_eq(hex("0x02 01:\t03 "), STEPDEN_OK);
    check("\x02\x01\x03");
    ck_assert_int_eq(hex("0 2"), STEPDEN_ERR_SYNTAX);
    ck_assert_uint_eq(diag.offset, 1);
}
END_TEST

START_TEST(another_character_is_refused_with_its_place)
{
    ck_assert_int_eq(hex("020g"), STEPDEN_ERR_SYNTAX);
    ck_assert_uint_eq(diag.offset, 3);
    ck_assert_str_eq(diag.reason, "character 4 is no hexadecimal digit");
    ck_assert_int_eq(hex("02x1"), STEPDEN_ERR_SYNTAX);
    ck_assert_uint_eq(diag.offset, 2);
}
END_TEST

START_TEST(half_an_octet_is_refused)
{
    ck_assert_int_eq(hex("02 1"), STEPDEN_ERR_SYNTAX);
    ck_assert_str_eq(diag.reason, "character 4 is half an octet");
}
END_TEST

START_TEST(there_is_an_end_to_the_room)
{
    ck_assert_int_eq(hex("01020304"), STEPDEN_OK);
    ck_assert_int_eq(hex("0102030405"), STEPDEN_ERR_SPACE);
    ck_assert_int_eq(base64("AQIDBA=="), STEPDEN_OK);
    ck_assert_int_eq(base64("AQIDBAU="), STEPDEN_ERR_SPACE);
}
END_TEST

/* RFC 4648, clause 10 */
START_TEST(base64_has_every_length)
{
    ck_assert_int_eq(base64(""), STEPDEN_OK);
    check("");
    ck_assert_int_eq(base64("Zg=="), STEPDEN_OK);
    check("f");
    ck_assert_int_eq(base64("Zm8="), STEPDEN_OK);
    check("fo");
    ck_assert_int_eq(base64("Zm9v"), STEPDEN_OK);
    check("foo");
    ck_assert_int_eq(base64("+/8="), STEPDEN_OK);
    check("\xfb\xff");
}
END_TEST

START_TEST(base64_may_do_without_padding)
{
    ck_assert_int_eq(base64("Zg"), STEPDEN_OK);
    check("f");
    ck_assert_int_eq(base64("Zm8"), STEPDEN_OK);
    check("fo");
}
END_TEST

START_TEST(what_is_no_base64_is_refused)
{
    static const char *const wrong[] = {"Z",     "Zg=",  "Zg===", "Z===",
                                        "Zm9v=", "Zh==", "Zm9=",  "Zm-v",
                                        "Zm 9v", "=",    "=="};

    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        ck_assert_msg(base64(wrong[i]) == STEPDEN_ERR_SYNTAX, "%s", wrong[i]);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        hexadecimal_has_either_case,
        blanks_and_colons_are_between_octets,
        another_character_is_refused_with_its_place,
        half_an_octet_is_refused,
        there_is_an_end_to_the_room,
        base64_has_every_length,
        base64_may_do_without_padding,
        what_is_no_base64_is_refused,
    };

    return run_tests("denm/bytes_read", tests, sizeof tests / sizeof tests[0]);
}
