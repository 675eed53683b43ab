#include "redis/reader.h"

#include <check.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "redis/reply.h"

static struct stepden_reader *reader;

static void set_up(void)
{
    reader = stepden_reader_new();
    ck_assert_ptr_nonnull(reader);
}

static void tear_down(void)
{
    stepden_reader_free(reader);
}

struct text {
    char bytes[512];
    size_t size;
};

static void add(struct text *text, const char *more)
{
    ck_assert_uint_lt(text->size + strlen(more), sizeof text->bytes);
    strcpy(text->bytes + text->size, more);
    text->size += strlen(more);
}

static void add_reply(struct text *text, const redisReply *reply)
{
    char number[32];

    snprintf(number, sizeof number, "%lld", reply->integer);
    if (stepden_reply_is_list(reply)) {
        add(text, "[");
        for (size_t i = 0; i < (size_t)reply->elements; i++) {
            add_reply(text, reply->element[i]);
            add(text, " ");
        }
        add(text, "]");
    } else if (stepden_reply_is_nil(reply)) {
        add(text, "nil");
    } else if (stepden_reply_is_push(reply)) {
        add(text, "push");
    } else {
        add(text, reply->str != NULL ? reply->str : number);
    }
}

static void read_all(struct text *text)
{
    redisReply *reply;

    while ((reply = stepden_reader_next(reader)) != NULL) {
        add_reply(text, reply);
        add(text, ";");
        freeReplyObject(reply);
    }
}

static const struct {
    const char *bytes;
    const char *text;
} answers[] = {
    {"+OK\r\n+QUEUED\r\n", "OK;QUEUED;"},
    {"-ERR no\r\n:-7\r\n", "ERR no;-7;"},
    {"$-1\r\n*-1\r\n$0\r\n\r\n", "nil;nil;;"},
    {"$7\r\n1-0\r\n+x\r\n", "1-0\r\n+x;"},
    {"*0\r\n*2\r\n*-1\r\n:1\r\n", "[];[nil 1 ];"},
    {"*1\r\n*1\r\n*2\r\n$1\r\ns\r\n*2\r\n*2\r\n$3\r\n1-0\r\n*2\r\n$2\r\nce\r\n"
     "$1\r\nx\r\n*2\r\n$3\r\n1-1\r\n*-1\r\n",
     "[[[s [[1-0 [ce x ] ] [1-1 nil ] ] ] ] ];"},
#if STEPDEN_REPLY_RESP3
    {"%2\r\n$5\r\nproto\r\n:3\r\n+a\r\n~1\r\n_\r\n", "[proto 3 a [nil ] ];"},
    {",1.5\r\n(123\r\n=6\r\ntxt:ab\r\n", "1.5;123;ab;"},
    {"#t\r\n>2\r\n+m\r\n:1\r\n+OK\r\n", "1;push;OK;"},
#endif
};

/* As in two reads: what the expected text says comes of any cut. */
START_TEST(an_answer_may_be_cut_anywhere)
{
    size_t size = strlen(answers[_i].bytes);

    for (size_t cut = 0; cut <= size; cut++) {
        struct text text = {0};
        stepden_reader_feed(reader, answers[_i].bytes, cut);
        read_all(&text);
        stepden_reader_feed(reader, answers[_i].bytes + cut, size - cut);
        read_all(&text);
        ck_assert_ptr_null(stepden_reader_error(reader));
        ck_assert_str_eq(text.bytes, answers[_i].text);
    }
}
END_TEST

START_TEST(an_answer_may_come_byte_by_byte)
{
    struct text text = {0};

    for (const char *at = answers[_i].bytes; *at != '\0'; at++) {
        stepden_reader_feed(reader, at, 1);
        read_all(&text);
    }
    ck_assert_str_eq(text.bytes, answers[_i].text);
}
END_TEST

static const char *error_of(const char *bytes, size_t size)
{
    struct text text = {0};

    stepden_reader_feed(reader, bytes, size);
    read_all(&text);
    return stepden_reader_error(reader);
}

static const struct {
    const char *bytes;
    const char *error;
} refused[] = {
    {"*2000000000\r\n", "an answer of more than 268435456 bytes"},
    {"$2000000000\r\n", "an answer of more than 268435456 bytes"},
    {"*2\r\n:1\r\n$2000000000\r\n", "an answer of more than 268435456 bytes"},
    {"*99\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n", "nested"},
    {"+OK\r\n$-5\r\n", "not Redis's: Bulk string length out of range"},
    {"+OK\r\n*-5\r\n", "not Redis's: Multi-bulk length out of range"},
    {"+OK\r\n:x\r\n", "not Redis's: Bad integer value"},
    {"$000000000000000000000000000000000000", "a string without a size"},
    {"HTTP/1.1 400 Bad Request\r\n",
     "an HTTP server answers: check redis.connection.port"},
    {"SSH-2.0-OpenSSH_9.2\r\n", "an SSH server"},
    {"220 mail.example ESMTP\r\n", "a mail or FTP server"},
    {"\x15\x03\x01", "the port speaks TLS: check redis.connection.sslEnable"},
    {"J5.5.5-MariaDB", "no Redis server answers"},
};

START_TEST(what_is_no_answer_is_refused)
{
    const char *error = error_of(refused[_i].bytes, strlen(refused[_i].bytes));

    ck_assert_ptr_nonnull(error);
    ck_assert_msg(strstr(error, refused[_i].error) != NULL, "%s", error);
    ck_assert_ptr_null(stepden_reader_next(reader));
}
END_TEST

START_TEST(an_endless_line_is_refused)
{
    static char line[2 * STEPDEN_READER_MAX_LINE];

    memset(line, 'x', sizeof line);
    line[0] = '-';
    ck_assert_str_eq(error_of(line, sizeof line),
                     "a line of more than 65536 bytes");
    ck_assert(!stepden_reader_is_too_large(reader));
}
END_TEST

static void *make_bulks(size_t *size, size_t count, size_t bulk)
{
    char *bytes = malloc(32 + count * (bulk + 32));

    ck_assert_ptr_nonnull(bytes);
    char *at = bytes + sprintf(bytes, "*%zu\r\n", count);
    for (size_t i = 0; i < count; i++) {
        at += sprintf(at, "$%zu\r\n", bulk);
        memset(at, 'x', bulk);
        at += bulk;
        at += sprintf(at, "\r\n");
    }
    *size = (size_t)(at - bytes);
    return bytes;
}

START_TEST(an_answer_of_exactly_the_most_is_taken)
{
    size_t size;
    char *bytes = make_bulks(&size, 1, 100000);
    size_t element = sizeof(redisReply) + sizeof(redisReply *);

    stepden_reader_set_max(reader, size + element);
    stepden_reader_feed(reader, bytes, size);
    redisReply *reply = stepden_reader_next(reader);
    ck_assert_ptr_nonnull(reply);
    freeReplyObject(reply);
    free(bytes);
}
END_TEST

START_TEST(many_small_elements_are_too_large_together)
{
    size_t size;
    char *bytes = make_bulks(&size, 1000, 10);

    stepden_reader_set_max(reader, size);
    ck_assert_ptr_nonnull(error_of(bytes, size));
    ck_assert(stepden_reader_is_too_large(reader));
    free(bytes);
}
END_TEST

START_TEST(each_answer_has_the_whole_bound)
{
    size_t size;
    char *bytes = make_bulks(&size, 10, 1000);

    stepden_reader_set_max(reader, 2 * size);
    for (int i = 0; i < 10; i++) {
        stepden_reader_feed(reader, bytes, size);
        redisReply *reply = stepden_reader_next(reader);
        ck_assert_ptr_nonnull(reply);
        freeReplyObject(reply);
        ck_assert_ptr_null(stepden_reader_next(reader));
    }
    ck_assert_ptr_null(stepden_reader_error(reader));
    free(bytes);
}
END_TEST

static size_t memory_in_use(void)
{
    struct mallinfo2 info = mallinfo2();

    return info.uordblks + info.hblkhd;
}

START_TEST(the_memory_of_a_large_answer_is_given_back)
{
    size_t size;
    size_t before = memory_in_use();
    char *bytes = make_bulks(&size, 1, 32 * 1024 * 1024);

    stepden_reader_feed(reader, bytes, size);
    redisReply *reply = stepden_reader_next(reader);
    ck_assert_ptr_nonnull(reply);
    freeReplyObject(reply);
    ck_assert_ptr_null(stepden_reader_next(reader));
    free(bytes);
    ck_assert_uint_lt(memory_in_use(), before + 1024 * 1024);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("redis/reader");
    TCase *tests = tcase_create("reader");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    int kinds = sizeof answers / sizeof answers[0];
    tcase_add_loop_test(tests, an_answer_may_be_cut_anywhere, 0, kinds);
    tcase_add_loop_test(tests, an_answer_may_come_byte_by_byte, 0, kinds);
    tcase_add_loop_test(tests, what_is_no_answer_is_refused, 0,
                        sizeof refused / sizeof refused[0]);
    tcase_add_test(tests, an_endless_line_is_refused);
    tcase_add_test(tests, an_answer_of_exactly_the_most_is_taken);
    tcase_add_test(tests, many_small_elements_are_too_large_together);
    tcase_add_test(tests, each_answer_has_the_whole_bound);
    tcase_add_test(tests, the_memory_of_a_large_answer_is_given_back);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
