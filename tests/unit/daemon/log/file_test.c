#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/log_file_bench.h"

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
    make_file(".3", "");
    make_file(".4", "");
    make_file(".1000", "");
    make_file(".20261120", "");
    settings.max_bytes = 8;
    settings.backup_count = 1;
    open_file();
    write_line("new\n", START_S);
    ck_assert_str_eq(text_of(".1"), "0123456\n");
    ck_assert_ptr_nonnull(text_of(".20261120"));
    ck_assert_uint_eq(count_entries(), 3);
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
    make_file("", "");
    write_line("two\n", START_S);
    ck_assert_str_eq(text_of(""), "two\n");
    ck_assert_int_eq(unlink(path), 0);
    write_line("three\n", START_S);
    ck_assert_str_eq(text_of(".moved"), "one\n");
    ck_assert_str_eq(text_of(""), "three\n");
}
END_TEST

START_TEST(a_file_that_rotates_is_of_one_process)
{
    struct stepden_log_file other;
    settings.max_bytes = 8;
    open_file();
    ck_assert_int_eq(stepden_log_file_open(&other, &settings, START_S * 1000),
                     EBUSY);
    write_line("one\n", START_S);
    stepden_log_file_close(&file);
    ck_assert_int_eq(stepden_log_file_write(&other, "two\n", 4, START_S * 1000),
                     0);
    stepden_log_file_close(&other);
    ck_assert_str_eq(text_of(""), "one\ntwo\n");
}
END_TEST

START_TEST(a_file_that_does_not_rotate_is_of_all)
{
    struct stepden_log_file other;
    open_file();
    ck_assert_int_eq(stepden_log_file_open(&other, &settings, START_S * 1000),
                     0);
    write_line("one\n", START_S);
    ck_assert_int_eq(stepden_log_file_write(&other, "two\n", 4, START_S * 1000),
                     0);
    stepden_log_file_close(&other);
    ck_assert_str_eq(text_of(""), "one\ntwo\n");
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

/* Writes numbered lines until it is killed; `written` is how many there are. */
static void write_for_ever(volatile int *written)
{
    for (int i = 1;; i++) {
        char line[24];
        snprintf(line, sizeof line, "%d\n", i);
        if (stepden_log_file_write(&file, line, strlen(line), START_S * 1000) !=
            0)
            _exit(EXIT_FAILURE);
        *written = i;
    }
}

/* Reads the old file of that number, 0 for the current one; numbers follow one
 * another from the first that is still there. */
static int read_numbers(int number, int last)
{
    char suffix[16] = "";
    char line[24];
    if (number > 0)
        snprintf(suffix, sizeof suffix, ".%d", number);
    FILE *opened = fopen(name_of(suffix), "r");
    while (opened && fgets(line, sizeof line, opened)) {
        ck_assert(last == 0 || atoi(line) == last + 1);
        last = atoi(line);
    }
    if (opened)
        fclose(opened);
    return last;
}

START_TEST(a_kill_loses_no_line_that_was_written)
{
    volatile int *written = mmap(NULL, sizeof *written, PROT_READ | PROT_WRITE,
                                 MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    ck_assert_ptr_ne((void *)(uintptr_t)written, MAP_FAILED);
    settings.max_bytes = 400;
    settings.backup_count = 1000;
    open_file();
    pid_t writer = fork();
    ck_assert_int_ge(writer, 0);
    if (writer == 0)
        write_for_ever(written);
    while (*written < 2000 && kill(writer, 0) == 0)
        sched_yield();
    ck_assert_int_eq(kill(writer, SIGKILL), 0);
    ck_assert_int_eq(waitpid(writer, NULL, 0), writer);
    int last = 0;
    for (int i = 1000; i >= 0; i--)
        last = read_numbers(i, last);
    ck_assert_int_ge(last, *written);
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
    tcase_add_test(tests, closes_a_gap_of_an_interrupted_rotation);
    tcase_add_test(tests, removes_what_is_beyond_a_smaller_count);
    tcase_add_test(tests, never_exceeds_the_size);
    tcase_add_test(tests, does_without_the_line_when_it_cannot_make_room);
    tcase_add_test(tests, opens_a_file_when_it_can);
    tcase_add_test(tests, writes_to_the_file_that_has_the_path_now);
    tcase_add_test(tests, a_file_that_rotates_is_of_one_process);
    tcase_add_test(tests, a_file_that_does_not_rotate_is_of_all);
    tcase_add_test(tests, comes_back_with_its_folder);
    tcase_add_test(tests, counts_what_others_have_done_to_the_file);
    tcase_add_test(tests, ends_a_line_that_was_interrupted);
    tcase_add_test(tests, leaves_no_half_line_on_a_full_disk);
    tcase_add_test(tests, a_kill_loses_no_line_that_was_written);
    tcase_add_test(tests, waits_for_no_reader_of_a_named_pipe);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
