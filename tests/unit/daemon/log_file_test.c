#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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

static void write_line(const char *line, int64_t unix_s)
{
    ck_assert_int_eq(
        stepden_log_file_write(&file, line, strlen(line), unix_s * 1000),
        STEPDEN_OK);
}

/* What "log<suffix>" holds; NULL without such a file. */
static const char *text_of(const char *suffix)
{
    static char text[4096];
    char name[PATH_MAX + 64];
    snprintf(name, sizeof name, "%s%s", path, suffix);
    FILE *opened = fopen(name, "r");
    if (!opened)
        return NULL;
    text[fread(text, 1, sizeof text - 1, opened)] = '\0';
    fclose(opened);
    return text;
}

/* Writes one line at each of the times, and opens the file at the first. */
static void write_at(const char *when, uint32_t interval, size_t count,
                     const int64_t *times)
{
    settings.when = when;
    settings.interval = interval;
    stepden_log_file_open(&file, &settings, times[0] * 1000);
    for (size_t i = 0; i < count; i++) {
        char line[24];
        snprintf(line, sizeof line, "%zu\n", i);
        write_line(line, times[i]);
    }
}

START_TEST(appends_to_a_file)
{
    stepden_log_file_open(&file, &settings, START_S * 1000);
    write_line("one\n", START_S);
    stepden_log_file_close(&file);
    stepden_log_file_open(&file, &settings, START_S * 1000);
    write_line("two\n", START_S);
    ck_assert_str_eq(text_of(""), "one\ntwo\n");
}
END_TEST

START_TEST(writes_a_file_anew)
{
    stepden_log_file_open(&file, &settings, START_S * 1000);
    write_line("one\n", START_S);
    stepden_log_file_close(&file);
    settings.truncate = true;
    stepden_log_file_open(&file, &settings, START_S * 1000);
    write_line("two\n", START_S);
    ck_assert_str_eq(text_of(""), "two\n");
}
END_TEST

START_TEST(rotates_when_a_line_would_exceed_the_size)
{
    settings.max_bytes = 8;
    settings.backup_count = 2;
    stepden_log_file_open(&file, &settings, START_S * 1000);
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
    stepden_log_file_open(&file, &settings, START_S * 1000);
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
    stepden_log_file_open(&file, &settings, START_S * 1000);
    write_line("aaaa\n", START_S);
    stepden_log_file_close(&file);
    stepden_log_file_open(&file, &settings, START_S * 1000);
    write_line("bbbb\n", START_S);
    ck_assert_str_eq(text_of(".1"), "aaaa\n");
    ck_assert_str_eq(text_of(""), "bbbb\n");
}
END_TEST

START_TEST(rotates_after_seconds)
{
    write_at("S", 10, 4,
             (int64_t[]){START_S, START_S + 9, START_S + 10, START_S + 35});
    ck_assert_str_eq(text_of(".2026-11-20_21-05-43"), "0\n1\n");
    ck_assert_str_eq(text_of(".2026-11-20_21-05-53"), "2\n");
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

START_TEST(goes_on_with_the_period_of_the_file_it_finds)
{
    stepden_log_file_open(&file, &settings, START_S * 1000);
    write_line("old\n", START_S);
    stepden_log_file_close(&file);
    struct timespec times[2] = {{.tv_sec = START_S}, {.tv_sec = START_S}};
    ck_assert_int_eq(utimensat(AT_FDCWD, path, times, 0), 0);
    write_at("H", 1, 1, (int64_t[]){START_S + 3600});
    ck_assert_str_eq(text_of(".2026-11-20_21"), "old\n");
    ck_assert_str_eq(text_of(""), "0\n");
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

START_TEST(tries_again_when_the_file_cannot_be_opened)
{
    ck_assert_int_eq(mkdir(path, 0700), 0);
    stepden_log_file_open(&file, &settings, START_S * 1000);
    ck_assert_int_eq(stepden_log_file_write(&file, "a\n", 2, START_S * 1000),
                     STEPDEN_ERR_SYSTEM);
    ck_assert_int_eq(file.error, EISDIR);
    ck_assert_uint_eq(file.lost, 1);
    ck_assert_int_eq(rmdir(path), 0);
    write_line("b\n", START_S + 1);
    ck_assert_str_eq(text_of(""), "b\n");
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
    tcase_add_test(tests, keeps_the_newest_files_only);
    tcase_add_test(tests, loses_no_file_that_has_the_name_already);
    tcase_add_test(tests, tries_again_when_the_file_cannot_be_opened);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
