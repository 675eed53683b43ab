#include <check.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "daemon/log_file.h"

/* 2026-11-20T21:05:43Z, a Friday */
#define START_S INT64_C(1795208743)

static char folder[PATH_MAX];
static char path[PATH_MAX + 16];
static struct stepden_log_file file;
static struct stepden_log_file_settings settings;

static void set_up(void)
{
    const char *temporary = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%s/log_file_XXXXXX",
             temporary ? temporary : P_tmpdir);
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/log", folder);
    settings = (struct stepden_log_file_settings){.path = path};
}

static void tear_down(void)
{
    char command[PATH_MAX + 16];
    stepden_log_file_close(&file);
    snprintf(command, sizeof command, "rm -r '%s'", folder);
    ck_assert_int_eq(system(command), 0);
}

static void open_file(void)
{
    ck_assert_int_eq(stepden_log_file_open(&file, &settings, START_S * 1000),
                     0);
}

static void write_line(const char *line, int64_t unix_s)
{
    ck_assert_int_eq(
        stepden_log_file_write(&file, line, strlen(line), unix_s * 1000), 0);
}

static const char *name_of(const char *suffix)
{
    static char name[PATH_MAX + 64];
    snprintf(name, sizeof name, "%s%s", path, suffix);
    return name;
}

/* What "log<suffix>" holds; NULL without such a file. */
static const char *text_of(const char *suffix)
{
    static char text[4096];
    FILE *opened = fopen(name_of(suffix), "r");
    if (!opened)
        return NULL;
    text[fread(text, 1, sizeof text - 1, opened)] = '\0';
    fclose(opened);
    return text;
}

static void make_file(const char *suffix, const char *text)
{
    FILE *opened = fopen(name_of(suffix), "w");
    ck_assert_ptr_nonnull(opened);
    ck_assert_int_ge(fputs(text, opened), 0);
    ck_assert_int_eq(fclose(opened), 0);
}

static void make_folder(const char *suffix)
{
    ck_assert_int_eq(mkdir(name_of(suffix), 0700), 0);
}

static void remove_folder(const char *suffix)
{
    ck_assert_int_eq(rmdir(name_of(suffix)), 0);
}

/* How many entries the folder of the log has. */
static size_t count_entries(void)
{
    size_t count = 0;
    DIR *entries = opendir(folder);
    ck_assert_ptr_nonnull(entries);
    for (struct dirent *entry; (entry = readdir(entries));)
        count += entry->d_name[0] != '.';
    closedir(entries);
    return count;
}

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

START_TEST(appends_to_a_file)
{
    open_file();
    write_line("one\n", START_S);
    stepden_log_file_close(&file);
    open_file();
    write_line("two\n", START_S);
    ck_assert_str_eq(text_of(""), "one\ntwo\n");
}
END_TEST

START_TEST(writes_a_file_anew)
{
    open_file();
    write_line("one\n", START_S);
    stepden_log_file_close(&file);
    settings.truncate = true;
    open_file();
    write_line("two\n", START_S);
    ck_assert_str_eq(text_of(""), "two\n");
}
END_TEST

START_TEST(rotates_when_a_line_would_exceed_the_size)
{
    settings.max_bytes = 8;
    settings.backup_count = 2;
    open_file();
    for (char c = 'a'; c <= 'g'; c++)
        write_line((char[]){c, c, c, '\n', '\0'}, START_S);
    ck_assert_str_eq(text_of(""), "ggg\n");
    ck_assert_str_eq(text_of(".1"), "eee\nfff\n");
    ck_assert_str_eq(text_of(".2"), "ccc\nddd\n");
    ck_assert_ptr_null(text_of(".3"));
}
END_TEST

START_TEST(starts_anew_when_no_old_file_is_kept)
{
    settings.max_bytes = 8;
    open_file();
    for (char c = 'a'; c <= 'c'; c++)
        write_line((char[]){c, c, c, '\n', '\0'}, START_S);
    ck_assert_str_eq(text_of(""), "ccc\n");
    ck_assert_ptr_null(text_of(".1"));
}
END_TEST

START_TEST(counts_what_the_file_held_before)
{
    settings.max_bytes = 8;
    settings.backup_count = 1;
    open_file();
    write_line("aaaa\n", START_S);
    stepden_log_file_close(&file);
    open_file();
    write_line("bbbb\n", START_S);
    ck_assert_str_eq(text_of(".1"), "aaaa\n");
    ck_assert_str_eq(text_of(""), "bbbb\n");
}
END_TEST

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

START_TEST(closes_a_gap_of_an_interrupted_rotation)
{
    make_file("", "0123456\n");
    make_file(".1", "one\n");
    make_file(".3", "three\n");
    settings.max_bytes = 8;
    settings.backup_count = 3;
    open_file();
    write_line("new\n", START_S);
    ck_assert_str_eq(text_of(""), "new\n");
    ck_assert_str_eq(text_of(".1"), "0123456\n");
    ck_assert_str_eq(text_of(".2"), "one\n");
    ck_assert_str_eq(text_of(".3"), "three\n");
}
END_TEST

START_TEST(removes_what_is_beyond_a_smaller_count)
{
    make_file("", "0123456\n");
    make_file(".1", "");
    make_file(".2", "");
    make_file(".3", "");
    settings.max_bytes = 8;
    settings.backup_count = 1;
    open_file();
    write_line("new\n", START_S);
    ck_assert_str_eq(text_of(".1"), "0123456\n");
    ck_assert_uint_eq(count_entries(), 2);
}
END_TEST

START_TEST(never_exceeds_the_size)
{
    settings.max_bytes = 100;
    settings.backup_count = 3;
    open_file();
    for (int i = 0; i < 400; i++) {
        char line[128];
        int size = i * 37 % 99 + 1;
        snprintf(line, sizeof line, "%*d\n", size, i % 10);
        write_line(line, START_S);
        struct stat state;
        ck_assert_int_eq(stat(path, &state), 0);
        ck_assert_int_le(state.st_size, 100);
    }
    ck_assert_uint_eq(count_entries(), 4);
    char line[128];
    snprintf(line, sizeof line, "%100d\n", 1);
    ck_assert_int_eq(
        stepden_log_file_write(&file, line, strlen(line), START_S * 1000),
        EFBIG);
}
END_TEST

START_TEST(does_without_the_line_when_it_cannot_make_room)
{
    settings.max_bytes = 8;
    settings.backup_count = 1;
    open_file();
    write_line("0123456\n", START_S);
    make_folder(".1");
    ck_assert_int_eq(stepden_log_file_write(&file, "a\n", 2, START_S * 1000),
                     EISDIR);
    ck_assert_str_eq(text_of(""), "0123456\n");
    remove_folder(".1");
    write_line("b\n", START_S);
    ck_assert_str_eq(text_of(""), "b\n");
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
    write_line("2\n", START_S + 86401);
    ck_assert_int_eq(file.rotation_error, 0);
    ck_assert_str_eq(text_of(".2026-11-20"), "0\n1\n");
    ck_assert_str_eq(text_of(""), "2\n");
}
END_TEST

START_TEST(opens_a_file_when_it_can)
{
    make_folder("");
    ck_assert_int_eq(stepden_log_file_open(&file, &settings, START_S * 1000),
                     EISDIR);
    ck_assert_int_eq(stepden_log_file_write(&file, "a\n", 2, START_S * 1000),
                     EISDIR);
    remove_folder("");
    write_line("b\n", START_S);
    ck_assert_str_eq(text_of(""), "b\n");
}
END_TEST

START_TEST(writes_to_the_file_that_has_the_path_now)
{
    char moved[PATH_MAX + 32];
    snprintf(moved, sizeof moved, "%s.moved", path);
    open_file();
    write_line("one\n", START_S);
    ck_assert_int_eq(rename(path, moved), 0);
    write_line("two\n", START_S);
    ck_assert_int_eq(unlink(path), 0);
    write_line("three\n", START_S);
    ck_assert_str_eq(text_of(".moved"), "one\n");
    ck_assert_str_eq(text_of(""), "three\n");
}
END_TEST

START_TEST(comes_back_with_its_folder)
{
    char moved[PATH_MAX + 32];
    snprintf(moved, sizeof moved, "%s.moved", folder);
    open_file();
    ck_assert_int_eq(rename(folder, moved), 0);
    ck_assert_int_eq(stepden_log_file_write(&file, "a\n", 2, START_S * 1000),
                     ENOENT);
    ck_assert_int_eq(rename(moved, folder), 0);
    write_line("b\n", START_S);
    ck_assert_str_eq(text_of(""), "b\n");
}
END_TEST

START_TEST(counts_what_others_have_done_to_the_file)
{
    settings.max_bytes = 8;
    settings.backup_count = 1;
    open_file();
    write_line("0123456\n", START_S);
    ck_assert_int_eq(truncate(path, 0), 0);
    write_line("abcdefg\n", START_S);
    ck_assert_str_eq(text_of(""), "abcdefg\n");
    ck_assert_uint_eq(count_entries(), 1);
}
END_TEST

START_TEST(ends_a_line_that_was_interrupted)
{
    make_file("", "whole\nha");
    open_file();
    write_line("next\n", START_S);
    ck_assert_str_eq(text_of(""), "whole\nha\nnext\n");
}
END_TEST

START_TEST(leaves_no_half_line_on_a_full_disk)
{
    struct rlimit limit;
    ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &limit), 0);
    signal(SIGXFSZ, SIG_IGN);
    open_file();
    write_line("one\n", START_S);
    limit.rlim_cur = 6;
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
    int error = stepden_log_file_write(&file, "two\n", 4, START_S * 1000);
    limit.rlim_cur = RLIM_INFINITY;
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
    ck_assert_int_eq(error, EFBIG);
    ck_assert_str_eq(text_of(""), "one\n");
    write_line("three\n", START_S);
    ck_assert_str_eq(text_of(""), "one\nthree\n");
}
END_TEST

START_TEST(waits_for_no_reader_of_a_named_pipe)
{
    char line[1024];
    memset(line, 'x', sizeof line);
    line[sizeof line - 1] = '\n';
    ck_assert_int_eq(mkfifo(path, 0600), 0);
    ck_assert_int_eq(stepden_log_file_open(&file, &settings, START_S * 1000),
                     ENXIO);
    int reader = open(path, O_RDONLY | O_NONBLOCK);
    ck_assert_int_ge(reader, 0);
    int error = 0;
    for (int i = 0; i < 4096 && error == 0; i++)
        error =
            stepden_log_file_write(&file, line, sizeof line, START_S * 1000);
    close(reader);
    ck_assert_int_eq(error, EAGAIN);
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
    Suite *suite = suite_create("daemon/log_file");
    TCase *tests = tcase_create("log_file");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, appends_to_a_file);
    tcase_add_test(tests, writes_a_file_anew);
    tcase_add_test(tests, rotates_when_a_line_would_exceed_the_size);
    tcase_add_test(tests, starts_anew_when_no_old_file_is_kept);
    tcase_add_test(tests, counts_what_the_file_held_before);
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
    tcase_add_test(tests, leaves_the_files_of_others_alone);
    tcase_add_test(tests, closes_a_gap_of_an_interrupted_rotation);
    tcase_add_test(tests, removes_what_is_beyond_a_smaller_count);
    tcase_add_test(tests, never_exceeds_the_size);
    tcase_add_test(tests, does_without_the_line_when_it_cannot_make_room);
    tcase_add_test(tests, goes_on_when_it_cannot_be_renamed_in_time);
    tcase_add_test(tests, opens_a_file_when_it_can);
    tcase_add_test(tests, writes_to_the_file_that_has_the_path_now);
    tcase_add_test(tests, comes_back_with_its_folder);
    tcase_add_test(tests, counts_what_others_have_done_to_the_file);
    tcase_add_test(tests, ends_a_line_that_was_interrupted);
    tcase_add_test(tests, leaves_no_half_line_on_a_full_disk);
    tcase_add_test(tests, waits_for_no_reader_of_a_named_pipe);
    tcase_add_test(tests, a_device_is_not_rotated);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
