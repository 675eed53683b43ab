/* Files that rotate by time: log_file.c, on a clock of the test. */
#include <check.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "support/log_file_bench.h"

/* Writes one line at each of the times, and opens the file at the first. */
static void write_at(const char *when, uint32_t interval, size_t count,
                     const int64_t *times)
{
    settings.when = when;
    settings.interval = interval;
    ck_assert_int_eq(stepden_log_file_open(&file, &settings, times[0] * 1000),
                     0);
    for (size_t i = 0; i < count; i++) {
        char line[24];
        snprintf(line, sizeof line, "%zu\n", i);
        write_line(line, times[i]);
    }
}

START_TEST(rotates_after_seconds)
{
    write_at("S", 10, 4,
             (int64_t[]){START_S, START_S + 6, START_S + 7, START_S + 35});
    ck_assert_str_eq(text_of(".2026-11-20_21-05-40"), "0\n1\n");
    ck_assert_str_eq(text_of(".2026-11-20_21-05-50"), "2\n");
    ck_assert_str_eq(text_of(""), "3\n");
}
END_TEST

START_TEST(rotates_at_midnight)
{
    int64_t midnight = (START_S / 86400 + 1) * 86400;
    write_at("midnight", 1, 4,
             (int64_t[]){START_S, midnight - 1, midnight, midnight + 1});
    ck_assert_str_eq(text_of(".2026-11-20"), "0\n1\n");
    ck_assert_str_eq(text_of(""), "2\n3\n");
}
END_TEST

START_TEST(rotates_at_the_end_of_a_weekday)
{
    int64_t tuesday = (START_S / 86400 + 4) * 86400;
    write_at("W0", 1, 3, (int64_t[]){START_S, tuesday - 1, tuesday});
    ck_assert_str_eq(text_of(".2026-11-17"), "0\n1\n");
    ck_assert_str_eq(text_of(""), "2\n");
}
END_TEST

/* As if the service had been started again at that time. */
static void close_as_of(int64_t unix_s)
{
    stepden_log_file_close(&file);
    struct timespec times[2] = {{.tv_sec = unix_s}, {.tv_sec = unix_s}};
    ck_assert_int_eq(utimensat(AT_FDCWD, path, times, 0), 0);
}

START_TEST(goes_on_with_the_period_of_the_file_it_finds)
{
    write_at("H", 1, 1, (int64_t[]){START_S});
    close_as_of(START_S);
    write_at("H", 1, 1, (int64_t[]){START_S + 600});
    close_as_of(START_S + 600);
    write_at("H", 1, 1, (int64_t[]){START_S + 3600});
    ck_assert_str_eq(text_of(".2026-11-20_21"), "0\n0\n");
    ck_assert_str_eq(text_of(""), "0\n");
}
END_TEST

START_TEST(a_period_does_not_begin_with_the_start_of_the_service)
{
    write_at("D", 1, 1, (int64_t[]){START_S});
    for (int i = 1; i <= 20; i++) {
        close_as_of(START_S + (i - 1) * 1800);
        write_at("D", 1, 1, (int64_t[]){START_S + i * 1800});
    }
    ck_assert_str_eq(text_of(".2026-11-20"), "0\n0\n0\n0\n0\n0\n");
}
END_TEST

START_TEST(rotates_once_after_a_long_pause)
{
    write_at("H", 2, 2, (int64_t[]){START_S, START_S + 86400});
    ck_assert_str_eq(text_of(".2026-11-20_20"), "0\n");
    ck_assert_str_eq(text_of(""), "1\n");
    ck_assert_uint_eq(count_entries(), 2);
}
END_TEST

START_TEST(rotates_at_the_end_of_a_year)
{
    int64_t new_year = INT64_C(1798761600);
    write_at("midnight", 1, 2, (int64_t[]){new_year - 1, new_year});
    ck_assert_str_eq(text_of(".2026-12-31"), "0\n");
    ck_assert_str_eq(text_of(""), "1\n");
}
END_TEST

START_TEST(an_empty_file_is_of_the_time_of_its_first_line)
{
    settings.when = "D";
    settings.interval = 1;
    open_file();
    write_line("late\n", START_S + 10 * 86400);
    ck_assert_str_eq(text_of(""), "late\n");
    ck_assert_uint_eq(count_entries(), 1);
}
END_TEST

START_TEST(a_clock_set_back_a_little_ends_no_period)
{
    int64_t midnight = (START_S / 86400 + 1) * 86400;
    write_at("midnight", 1, 3,
             (int64_t[]){midnight, midnight - 1, midnight + 1});
    ck_assert_str_eq(text_of(""), "0\n1\n2\n");
    ck_assert_uint_eq(count_entries(), 1);
}
END_TEST

START_TEST(a_clock_set_back_by_years_ends_a_period)
{
    write_at(
        "D", 1, 3,
        (int64_t[]){START_S + INT64_C(315360000), START_S, START_S + 86400});
    ck_assert_str_eq(text_of(".2036-11-17"), "0\n");
    ck_assert_str_eq(text_of(".2026-11-20"), "1\n");
    ck_assert_str_eq(text_of(""), "2\n");
}
END_TEST

START_TEST(keeps_the_newest_files_only)
{
    settings.backup_count = 2;
    write_at("D", 1, 4,
             (int64_t[]){START_S, START_S + 86400, START_S + 2 * 86400,
                         START_S + 3 * 86400});
    ck_assert_ptr_null(text_of(".2026-11-20"));
    ck_assert_str_eq(text_of(".2026-11-21"), "1\n");
    ck_assert_str_eq(text_of(".2026-11-22"), "2\n");
    ck_assert_str_eq(text_of(""), "3\n");
}
END_TEST

START_TEST(loses_no_file_that_has_the_name_already)
{
    int64_t midnight = (START_S / 86400 + 1) * 86400;
    write_at("midnight", 1, 2, (int64_t[]){START_S, midnight});
    stepden_log_file_close(&file);
    ck_assert_int_eq(unlink(path), 0);
    write_at("midnight", 1, 2, (int64_t[]){START_S, midnight});
    ck_assert_str_eq(text_of(".2026-11-20"), "0\n");
    ck_assert_str_eq(text_of(".2026-11-20.1"), "0\n");
}
END_TEST

START_TEST(the_newest_of_one_name_has_the_highest_number)
{
    int64_t midnight = (START_S / 86400 + 1) * 86400;
    settings.backup_count = 2;
    for (int i = 0; i < 12; i++) {
        write_at("midnight", 1, 2, (int64_t[]){START_S, midnight});
        stepden_log_file_close(&file);
        ck_assert_int_eq(unlink(path), 0);
    }
    ck_assert_ptr_null(text_of(".2026-11-20.9"));
    ck_assert_ptr_nonnull(text_of(".2026-11-20.10"));
    ck_assert_ptr_nonnull(text_of(".2026-11-20.11"));
    ck_assert_uint_eq(count_entries(), 2);
}
END_TEST

START_TEST(removes_only_a_few_at_once)
{
    for (int i = 0; i < 1000; i++) {
        char suffix[32];
        snprintf(suffix, sizeof suffix, ".20%02d-01-%02d", i * 7 % 50, i % 20);
        make_file(suffix, "");
    }
    make_file(".2001-01-01.2", "");
    size_t count = count_entries();
    settings.backup_count = 1;
    write_at("D", 1, 2, (int64_t[]){START_S, START_S + 86400});
    ck_assert_uint_eq(count_entries(), count - 64 + 2);
    ck_assert_ptr_null(text_of(".2000-01-00"));
    ck_assert_ptr_null(text_of(".2001-01-01.2"));
    ck_assert_ptr_nonnull(text_of(".2049-01-07"));
    for (int i = 2; i < 20; i++)
        write_line("\n", START_S + i * 86400);
    ck_assert_uint_eq(count_entries(), 2);
}
END_TEST

START_TEST(a_number_begins_anew_with_its_date)
{
    make_file(".2026-11-20", "");
    make_file(".2026-11-20.1", "");
    settings.backup_count = 1;
    write_at("midnight", 1, 2, (int64_t[]){START_S, START_S + 86400});
    ck_assert_str_eq(text_of(".2026-11-20"), "0\n");
    ck_assert_uint_eq(count_entries(), 2);
}
END_TEST

START_TEST(leaves_the_files_of_others_alone)
{
    static const char *const others[] = {
        ".2026-11-01.gz", ".2026-11-01_12", ".20261101", ".2026-11-01.",
        "2.2026-11-01",   ".2026-11-0x",    ".1",        ".1234567890",
    };
    size_t count = sizeof others / sizeof others[0];
    for (size_t i = 0; i < count; i++)
        make_file(others[i], "");
    settings.backup_count = 1;
    write_at("D", 1, 3,
             (int64_t[]){START_S, START_S + 86400, START_S + 2 * 86400});
    for (size_t i = 0; i < count; i++)
        ck_assert_ptr_nonnull(text_of(others[i]));
    ck_assert_uint_eq(count_entries(), count + 2);
}
END_TEST

START_TEST(goes_on_when_it_cannot_be_renamed_in_time)
{
    settings.backup_count = 1;
    make_folder(".2026-11-01");
    write_at("D", 1, 2, (int64_t[]){START_S, START_S + 86400});
    ck_assert_str_eq(text_of(""), "0\n1\n");
    ck_assert_int_ne(file.rotation_error, 0);
    remove_folder(".2026-11-01");
    write_line("2\n", START_S + 86400);
    ck_assert_int_ne(file.rotation_error, 0);
    write_line("3\n", START_S + 86401);
    ck_assert_int_eq(file.rotation_error, 0);
    ck_assert_str_eq(text_of(".2026-11-20"), "0\n1\n2\n");
    ck_assert_str_eq(text_of(""), "3\n");
}
END_TEST

START_TEST(a_device_is_not_rotated)
{
    settings.path = "/dev/null";
    settings.backup_count = 1;
    write_at("S", 1, 2, (int64_t[]){START_S, START_S + 10});
    struct stat state;
    ck_assert_int_eq(stat("/dev/null", &state), 0);
    ck_assert_int_ne(S_ISCHR(state.st_mode), 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("daemon/log_file_time");
    TCase *tests = tcase_create("log_file_time");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, rotates_after_seconds);
    tcase_add_test(tests, rotates_at_midnight);
    tcase_add_test(tests, rotates_at_the_end_of_a_weekday);
    tcase_add_test(tests, goes_on_with_the_period_of_the_file_it_finds);
    tcase_add_test(tests,
                   a_period_does_not_begin_with_the_start_of_the_service);
    tcase_add_test(tests, rotates_once_after_a_long_pause);
    tcase_add_test(tests, rotates_at_the_end_of_a_year);
    tcase_add_test(tests, an_empty_file_is_of_the_time_of_its_first_line);
    tcase_add_test(tests, a_clock_set_back_a_little_ends_no_period);
    tcase_add_test(tests, a_clock_set_back_by_years_ends_a_period);
    tcase_add_test(tests, keeps_the_newest_files_only);
    tcase_add_test(tests, loses_no_file_that_has_the_name_already);
    tcase_add_test(tests, the_newest_of_one_name_has_the_highest_number);
    tcase_add_test(tests, removes_only_a_few_at_once);
    tcase_add_test(tests, a_number_begins_anew_with_its_date);
    tcase_add_test(tests, leaves_the_files_of_others_alone);
    tcase_add_test(tests, goes_on_when_it_cannot_be_renamed_in_time);
    tcase_add_test(tests, a_device_is_not_rotated);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
