#include <check.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/log_bench.h"

static char faults[1024];

static void take_fault(void *ctx, const struct stepden_diag *fault)
{
    (void)ctx;
    size_t used = strlen(faults);
    snprintf(faults + used, sizeof faults - used, "%s: %s\n", fault->where,
             fault->reason);
}

static const char *faults_of(const char *handlers)
{
    read_config("INFO", handlers);
    faults[0] = '\0';
    enum stepden_status status =
        stepden_log_check(&config.log, take_fault, NULL);
    ck_assert_int_eq(status,
                     faults[0] == '\0' ? STEPDEN_OK : STEPDEN_ERR_INVALID);
    return faults;
}

#define FILE_AT(path) "{\"type\":\"file\",\"path\":\"" path "\"}"
#define BY_SIZE_AT(path) "{\"type\":\"sizeRotate\",\"path\":\"" path "\"}"
#define BY_TIME_AT(path) "{\"type\":\"timeRotate\",\"path\":\"" path "\"}"
#define FOUND_AT_1 "/log/handlers/1/path: found the file of handler 0, "
#define ALLOWED "allowed is one handler a file\n"

START_TEST(two_handlers_do_not_share_a_file)
{
    ck_assert_str_eq(
        faults_of("{\"type\":\"null\"}," FILE_AT("@/a") "," BY_SIZE_AT("@/a")),
        "/log/handlers/2/path: found the file of handler 1, " ALLOWED);
    ck_assert_str_eq(faults_of(FILE_AT("@/a") "," FILE_AT("@/b")), "");
}
END_TEST

START_TEST(nor_by_another_spelling_of_its_path)
{
    ck_assert_int_eq(chdir(folder), 0);
    ck_assert_int_eq(mkdir("sub", 0700), 0);
    ck_assert_str_eq(faults_of(FILE_AT("a") "," FILE_AT("./a")),
                     FOUND_AT_1 ALLOWED);
    ck_assert_str_eq(faults_of(FILE_AT("@/a") "," FILE_AT("sub/..//a")),
                     FOUND_AT_1 ALLOWED);
    ck_assert_str_eq(faults_of(FILE_AT("sub/a") "," FILE_AT("a")), "");
    ck_assert_str_eq(faults_of(FILE_AT("none/a") "," FILE_AT("none/a")),
                     FOUND_AT_1 ALLOWED);
}
END_TEST

START_TEST(nor_by_a_link)
{
    ck_assert_int_eq(chdir(folder), 0);
    fclose(fopen("a", "w"));
    ck_assert_int_eq(symlink("a", "soft"), 0);
    ck_assert_int_eq(link("a", "hard"), 0);
    ck_assert_str_eq(faults_of(FILE_AT("a") "," FILE_AT("soft")),
                     FOUND_AT_1 ALLOWED);
    ck_assert_str_eq(faults_of(FILE_AT("a") "," FILE_AT("hard")),
                     FOUND_AT_1 ALLOWED);
    ck_assert_str_eq(faults_of(FILE_AT("/dev/null") "," FILE_AT("/dev/./null")),
                     FOUND_AT_1 ALLOWED);
    ck_assert_int_eq(symlink("/dev/null", "nothing"), 0);
    ck_assert_str_eq(faults_of(FILE_AT("/dev/null") "," FILE_AT("nothing")),
                     "");
}
END_TEST

START_TEST(none_is_in_the_way_of_old_files)
{
    ck_assert_str_eq(faults_of(BY_SIZE_AT("@/a") "," FILE_AT("@/a.1")),
                     "/log/handlers/1/path: found the name of an old file of "
                     "handler 0, " ALLOWED);
    ck_assert_str_eq(faults_of(FILE_AT("@/a.2026-11-21") "," BY_TIME_AT("@/a")),
                     "/log/handlers/1/path: its old files may get the name of "
                     "the file of handler 0, " ALLOWED);
    ck_assert_str_eq(faults_of(FILE_AT("@/a") "," FILE_AT("@/a.1")), "");
    ck_assert_str_eq(faults_of(BY_SIZE_AT("@/a") "," FILE_AT("@/a.err")), "");
}
END_TEST

START_TEST(tells_of_each_handler)
{
    ck_assert_str_eq(
        faults_of(FILE_AT("@/a") "," FILE_AT("@/a") "," FILE_AT(
            "@/a") "," FILE_AT("@/b") "," FILE_AT("@/b")),
        FOUND_AT_1 ALLOWED
        "/log/handlers/2/path: found the file of handler 0, " ALLOWED
        "/log/handlers/4/path: found the file of handler 3, " ALLOWED);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("daemon/log_paths");
    TCase *tests = tcase_create("log_paths");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, two_handlers_do_not_share_a_file);
    tcase_add_test(tests, nor_by_another_spelling_of_its_path);
    tcase_add_test(tests, nor_by_a_link);
    tcase_add_test(tests, none_is_in_the_way_of_old_files);
    tcase_add_test(tests, tells_of_each_handler);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
