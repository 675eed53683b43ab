#include "redis/secret.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char text[16];
static char path[64];
static struct stepden_diag diag;

static enum stepden_status read_file(const char *content)
{
    struct stepden_secret secret = {.kind = STEPDEN_SECRET_FILE};

    snprintf(path, sizeof path, "/tmp/secret_test_XXXXXX");
    int fd = mkstemp(path);
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(write(fd, content, strlen(content)),
                     (ssize_t)strlen(content));
    close(fd);
    snprintf(secret.file.file, sizeof secret.file.file, "%s", path);
    enum stepden_status status =
        stepden_secret_read(text, sizeof text, &secret, "/password", &diag);
    unlink(path);
    return status;
}

START_TEST(a_plain_secret_is_taken_as_it_is)
{
    struct stepden_secret secret = {.kind = STEPDEN_SECRET_PLAIN,
                                    .plain = "open sesame"};

    ck_assert_int_eq(stepden_secret_read(text, sizeof text, &secret, "", &diag),
                     STEPDEN_OK);
    ck_assert_str_eq(text, "open sesame");
}
END_TEST

START_TEST(a_secret_comes_from_the_environment)
{
    struct stepden_secret secret = {.kind = STEPDEN_SECRET_ENV};

    strcpy(secret.env.env, "STEPDEN_SECRET_TEST");
    setenv("STEPDEN_SECRET_TEST", "hidden", 1);
    ck_assert_int_eq(stepden_secret_read(text, sizeof text, &secret, "", &diag),
                     STEPDEN_OK);
    ck_assert_str_eq(text, "hidden");

    unsetenv("STEPDEN_SECRET_TEST");
    ck_assert_int_eq(
        stepden_secret_read(text, sizeof text, &secret, "/password", &diag),
        STEPDEN_ERR_SYSTEM);
    ck_assert_str_eq(diag.where, "/password");
    ck_assert_ptr_nonnull(strstr(diag.reason, "STEPDEN_SECRET_TEST"));
}
END_TEST

START_TEST(the_newline_at_the_end_of_a_file_is_not_part_of_it)
{
    ck_assert_int_eq(read_file("from file\n"), STEPDEN_OK);
    ck_assert_str_eq(text, "from file");
    ck_assert_int_eq(read_file("from file\r\n"), STEPDEN_OK);
    ck_assert_str_eq(text, "from file");
    ck_assert_int_eq(read_file("two\n\n"), STEPDEN_OK);
    ck_assert_str_eq(text, "two\n");
}
END_TEST

START_TEST(a_secret_that_is_too_long_is_not_cut)
{
    ck_assert_int_eq(read_file("0123456789abcdef"), STEPDEN_ERR_SPACE);
    ck_assert_int_eq(read_file("0123456789abcde"), STEPDEN_OK);
}
END_TEST

START_TEST(a_file_that_is_missing_is_named)
{
    struct stepden_secret secret = {.kind = STEPDEN_SECRET_FILE};

    strcpy(secret.file.file, "/no/such/file");
    ck_assert_int_eq(
        stepden_secret_read(text, sizeof text, &secret, "/password", &diag),
        STEPDEN_ERR_SYSTEM);
    ck_assert_ptr_nonnull(strstr(diag.reason, "/no/such/file"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("redis/secret");
    TCase *tests = tcase_create("secret");
    tcase_add_test(tests, a_plain_secret_is_taken_as_it_is);
    tcase_add_test(tests, a_secret_comes_from_the_environment);
    tcase_add_test(tests, the_newline_at_the_end_of_a_file_is_not_part_of_it);
    tcase_add_test(tests, a_secret_that_is_too_long_is_not_cut);
    tcase_add_test(tests, a_file_that_is_missing_is_named);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
