#include "redis/resp.h"

#include <check.h>
#include <stdlib.h>

static struct stepden_resp resp;

static void set_up(void)
{
    resp = (struct stepden_resp){0};
}

static void tear_down(void)
{
    stepden_resp_free(&resp);
}

static void check_bytes(const char *expected, size_t size)
{
    ck_assert(!resp.failed);
    ck_assert_uint_eq(resp.size, size);
    ck_assert_mem_eq(resp.bytes, expected, size);
}

#define CHECK_BYTES(expected) check_bytes(expected, sizeof(expected) - 1)

START_TEST(writes_a_command_with_its_arguments)
{
    stepden_resp_command(&resp, 3);
    stepden_resp_arg_text(&resp, "SET");
    stepden_resp_arg_text(&resp, "key");
    stepden_resp_arg_text(&resp, "");
    CHECK_BYTES("*3\r\n$3\r\nSET\r\n$3\r\nkey\r\n$0\r\n\r\n");
}
END_TEST

START_TEST(takes_any_bytes_as_an_argument)
{
    stepden_resp_arg(&resp, "\0\r\n\xff", 4);
    CHECK_BYTES("$4\r\n\0\r\n\xff\r\n");
}
END_TEST

START_TEST(writes_numbers_in_decimal)
{
    stepden_resp_arg_number(&resp, 0);
    stepden_resp_arg_number(&resp, -15);
    stepden_resp_arg_number(&resp, INT64_MAX);
    stepden_resp_arg_number(&resp, INT64_MIN);
    CHECK_BYTES("$1\r\n0\r\n$3\r\n-15\r\n$19\r\n9223372036854775807\r\n"
                "$20\r\n-9223372036854775808\r\n");
}
END_TEST

START_TEST(grows_as_needed)
{
    static const char kilobyte[1024] = "";

    for (size_t i = 1; i <= 1000; i++) {
        stepden_resp_append(&resp, kilobyte, sizeof kilobyte);
        ck_assert_uint_eq(resp.size, i * sizeof kilobyte);
    }
    ck_assert(!resp.failed);
}
END_TEST

START_TEST(keeps_no_more_memory_than_it_is_told_to)
{
    static const char bytes[100 * 1024] = "";

    stepden_resp_append(&resp, bytes, sizeof bytes);
    stepden_resp_clear(&resp, SIZE_MAX);
    ck_assert_uint_ge(resp.capacity, sizeof bytes);
    stepden_resp_clear(&resp, sizeof bytes / 2);
    ck_assert_uint_eq(resp.capacity, 0);
    ck_assert_uint_eq(resp.size, 0);
}
END_TEST

START_TEST(a_secret_is_wiped_when_it_is_cleared)
{
    static const char many[5000] = "";

    resp.secret = true;
    stepden_resp_arg_text(&resp, "sesame");
    stepden_resp_append(&resp, many, sizeof many);
    ck_assert_mem_eq(resp.bytes, "$6\r\nsesame\r\n", 12);
    stepden_resp_clear(&resp, SIZE_MAX);
    ck_assert_uint_gt(resp.capacity, 0);
    for (size_t i = 0; i < 12; i++)
        ck_assert_int_eq(resp.bytes[i], 0);
    ck_assert(!resp.secret);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("redis/resp");
    TCase *tests = tcase_create("resp");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, writes_a_command_with_its_arguments);
    tcase_add_test(tests, takes_any_bytes_as_an_argument);
    tcase_add_test(tests, writes_numbers_in_decimal);
    tcase_add_test(tests, grows_as_needed);
    tcase_add_test(tests, keeps_no_more_memory_than_it_is_told_to);
    tcase_add_test(tests, a_secret_is_wiped_when_it_is_cleared);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
