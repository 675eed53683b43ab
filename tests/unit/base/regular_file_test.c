#include "base/regular_file.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char path[64];
static const char *why;

static void set_up(void)
{
    snprintf(path, sizeof path, "/tmp/regular_file_XXXXXX");
    int fd = mkstemp(path);
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(write(fd, "text", 4), 4);
    close(fd);
    why = "";
}

static void tear_down(void)
{
    unlink(path);
}

START_TEST(a_file_is_read)
{
    char text[8] = "";
    FILE *file = stepden_regular_file_open(path, &why);
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fread(text, 1, sizeof text, file), 4);
    ck_assert_str_eq(text, "text");
    fclose(file);
}
END_TEST

START_TEST(a_file_that_is_missing_is_told)
{
    ck_assert_ptr_null(stepden_regular_file_open("/none/such", &why));
    ck_assert_str_eq(why, "No such file or directory");
}
END_TEST

START_TEST(what_could_make_us_wait_is_refused)
{
    unlink(path);
    ck_assert_int_eq(mkfifo(path, 0600), 0);
    ck_assert_ptr_null(stepden_regular_file_open(path, &why));
    ck_assert_str_eq(why, "not a regular file");
    ck_assert_ptr_null(stepden_regular_file_open("/dev/null", &why));
    ck_assert_ptr_null(stepden_regular_file_open("/tmp", &why));
    ck_assert_str_eq(why, "not a regular file");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("base/regular_file");
    TCase *tests = tcase_create("regular_file");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, a_file_is_read);
    tcase_add_test(tests, a_file_that_is_missing_is_told);
    tcase_add_test(tests, what_could_make_us_wait_is_refused);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
