/* Lines from a pipe. */
#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "denm/lines.h"
#include "suite.h"

static struct denm_lines lines;
static struct denm_line line;
static int ends[2]; /* of the pipe */

/* A pipe with that text, and with its end. */
static void begin(const char *text)
{
    ck_assert_int_eq(pipe(ends), 0);
    ck_assert_uint_eq((size_t)write(ends[1], text, strlen(text)), strlen(text));
    close(ends[1]);
    denm_lines_begin(&lines, ends[0]);
}

static void end(void)
{
    denm_lines_end(&lines);
    close(ends[0]);
}

/* The next line is this one. */
static void expect(const char *text)
{
    ck_assert(denm_lines_next(&lines, &line));
    ck_assert(!line.is_too_long);
    ck_assert_uint_eq(line.size, strlen(text));
    ck_assert_mem_eq(line.text, text, line.size);
}

START_TEST(lines_come_one_by_one)
{
    begin("one\n\nthree\n");
    expect("one");
    expect("");
    expect("three");
    ck_assert_uint_eq(lines.number, 3);
    ck_assert(!denm_lines_next(&lines, &line));
    ck_assert_int_eq(lines.error, 0);
    end();
}
END_TEST

START_TEST(the_last_line_needs_no_end)
{
    begin("one\ntwo");
    expect("one");
    expect("two");
    ck_assert(!denm_lines_next(&lines, &line));
    end();
}
END_TEST

START_TEST(carriage_returns_belong_to_the_end)
{
    begin("one\r\n\r\ntwo\r");
    expect("one");
    expect("");
    expect("two");
    end();
}
END_TEST

START_TEST(a_line_is_there_before_the_next_one)
{
    ck_assert_int_eq(pipe(ends), 0);
    denm_lines_begin(&lines, ends[0]);
    ck_assert_int_eq(write(ends[1], "one\ntw", 6), 6);
    expect("one");
    ck_assert_int_eq(write(ends[1], "o\n", 2), 2);
    expect("two");
    close(ends[1]);
    ck_assert(!denm_lines_next(&lines, &line));
    end();
}
END_TEST

START_TEST(a_line_can_be_extended_by_the_next_ones)
{
    begin("{\n1\r\n}\nafter\n");
    expect("{");
    ck_assert(denm_lines_extend(&lines, &line));
    ck_assert(denm_lines_extend(&lines, &line));
    ck_assert_uint_eq(line.size, strlen("{\n1\r\n}"));
    ck_assert_mem_eq(line.text, "{\n1\r\n}", line.size);
    expect("after");
    ck_assert(!denm_lines_extend(&lines, &line));
    end();
}
END_TEST

START_TEST(a_look_ahead_takes_nothing)
{
    begin("one\n");
    ck_assert_int_eq(denm_lines_peek(&lines), 'o');
    expect("one");
    ck_assert_int_eq(denm_lines_peek(&lines), -1);
    end();
}
END_TEST

START_TEST(the_rest_is_what_has_not_been_taken)
{
    begin("one\ntwo\nthree");
    expect("one");
    denm_lines_rest(&lines, &line);
    ck_assert_uint_eq(line.size, strlen("two\nthree"));
    ck_assert_mem_eq(line.text, "two\nthree", line.size);
    ck_assert(!denm_lines_next(&lines, &line));
    end();
}
END_TEST

/* A file of lines of these sizes; the n-th of the letter a + n. */
static void begin_file(const size_t *sizes, size_t count)
{
    char name[] = "/tmp/denm-lines.XXXXXX";
    char *text = malloc(4 * DENM_LINE_MAX);

    ck_assert_ptr_nonnull(text);
    ends[0] = mkstemp(name);
    ck_assert_int_ge(ends[0], 0);
    unlink(name);
    for (size_t i = 0; i < count; i++) {
        memset(text, 'a' + (int)i, sizes[i]);
        text[sizes[i]] = '\n';
        ck_assert_uint_eq((size_t)write(ends[0], text, sizes[i] + 1),
                          sizes[i] + 1);
    }
    free(text);
    lseek(ends[0], 0, SEEK_SET);
    denm_lines_begin(&lines, ends[0]);
}

START_TEST(the_longest_line_is_whole)
{
    static const size_t sizes[] = {1, DENM_LINE_MAX, 2};

    begin_file(sizes, 3);
    expect("a");
    ck_assert(denm_lines_next(&lines, &line));
    ck_assert(!line.is_too_long);
    ck_assert_uint_eq(line.size, DENM_LINE_MAX);
    ck_assert(line.text[0] == 'b' && line.text[line.size - 1] == 'b');
    expect("cc");
    end();
}
END_TEST

START_TEST(a_line_that_is_too_long_is_skipped)
{
    static const size_t sizes[] = {1, DENM_LINE_MAX + 1, 2, 3 * DENM_LINE_MAX,
                                   3};

    begin_file(sizes, 5);
    expect("a");
    for (int i = 0; i < 2; i++) {
        ck_assert(denm_lines_next(&lines, &line));
        ck_assert(line.is_too_long);
        ck_assert_uint_eq(line.size, 0);
        expect(i == 0 ? "cc" : "eee");
    }
    ck_assert_uint_eq(lines.number, 5);
    ck_assert(!denm_lines_next(&lines, &line));
    end();
}
END_TEST

START_TEST(what_cannot_be_read_says_why)
{
    denm_lines_begin(&lines, -1);
    ck_assert(!denm_lines_next(&lines, &line));
    ck_assert_int_ne(lines.error, 0);
    denm_lines_end(&lines);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        lines_come_one_by_one,
        the_last_line_needs_no_end,
        carriage_returns_belong_to_the_end,
        a_line_is_there_before_the_next_one,
        a_line_can_be_extended_by_the_next_ones,
        a_look_ahead_takes_nothing,
        the_rest_is_what_has_not_been_taken,
        the_longest_line_is_whole,
        a_line_that_is_too_long_is_skipped,
        what_cannot_be_read_says_why,
    };

    return run_tests("denm/lines", tests, sizeof tests / sizeof tests[0]);
}
