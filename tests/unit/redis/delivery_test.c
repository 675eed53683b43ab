#include "redis/delivery.h"

#include <check.h>
#include <stdlib.h>

#include "support/redis_reply.h"

#define ENTRY(id, name, value)                                                 \
    "*2\r\n$3\r\n" id "\r\n*2\r\n$1\r\n" name "\r\n$1\r\n" value "\r\n"

static redisReply *reply;
static struct stepden_fields fields;
static char id[STEPDEN_ID_SIZE];

static void set_up(void)
{
    reply = NULL;
}

static void tear_down(void)
{
    freeReplyObject(reply);
    stepden_fields_free(&fields);
}

START_TEST(finds_the_entries_of_a_stream)
{
    reply = redis_reply_parse("*2\r\n*2\r\n$1\r\na\r\n*1\r\n" ENTRY(
        "1-1", "f", "v") "*2\r\n$1\r\nb\r\n*0\r\n");
    const redisReply *entries = stepden_delivery_stream(reply, "a");
    ck_assert_uint_eq(entries->elements, 1);
    ck_assert_uint_eq(stepden_delivery_stream(reply, "b")->elements, 0);
    ck_assert_ptr_null(stepden_delivery_stream(reply, "c"));
}
END_TEST

START_TEST(a_read_of_nothing_has_no_stream)
{
    reply = redis_reply_parse("*-1\r\n");
    ck_assert_ptr_null(stepden_delivery_stream(reply, "a"));
}
END_TEST

START_TEST(reads_an_entry_with_its_fields)
{
    reply = redis_reply_parse(ENTRY("1-1", "f", "v"));
    ck_assert_int_eq(stepden_delivery_read(id, &fields, reply),
                     STEPDEN_DELIVERY_ENTRY);
    ck_assert_str_eq(id, "1-1");
    ck_assert_uint_eq(fields.count, 1);
    ck_assert_uint_eq(fields.bytes, 2);
    ck_assert_mem_eq(fields.items[0].name, "f", 1);
    ck_assert_mem_eq(fields.items[0].value, "v", 1);
}
END_TEST

START_TEST(an_entry_without_fields_was_trimmed)
{
    reply = redis_reply_parse("*2\r\n$3\r\n1-1\r\n*-1\r\n");
    ck_assert_int_eq(stepden_delivery_read(id, &fields, reply),
                     STEPDEN_DELIVERY_TRIMMED);
    ck_assert_str_eq(id, "1-1");
}
END_TEST

START_TEST(what_is_no_entry_is_refused)
{
    static const char *const broken[] = {
        ":1\r\n",
        "*1\r\n$3\r\n1-1\r\n",
        "*2\r\n:1\r\n*0\r\n",
        "*2\r\n$3\r\n1-1\r\n*1\r\n$1\r\nf\r\n",
        "*2\r\n$3\r\n1-1\r\n*2\r\n$1\r\nf\r\n:1\r\n",
        ("*2\r\n$50\r\n12345678901234567890123456789012345678901234567890\r\n"
         "*0\r\n"),
    };

    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
        reply = redis_reply_parse(broken[i]);
        ck_assert_int_eq(stepden_delivery_read(id, &fields, reply),
                         STEPDEN_DELIVERY_BROKEN);
        freeReplyObject(reply);
    }
    reply = NULL;
}
END_TEST

START_TEST(finds_where_a_group_is)
{
    reply = redis_reply_parse(
        "*2\r\n"
        "*4\r\n$4\r\nname\r\n$1\r\na\r\n$17\r\nlast-delivered-id\r\n"
        "$3\r\n1-1\r\n"
        "*4\r\n$4\r\nname\r\n$1\r\nb\r\n$17\r\nlast-delivered-id\r\n"
        "$3\r\n2-2\r\n");
    ck_assert(stepden_delivery_last_id(id, reply, "b"));
    ck_assert_str_eq(id, "2-2");
    ck_assert(!stepden_delivery_last_id(id, reply, "c"));
}
END_TEST

START_TEST(ids_are_ordered_by_number)
{
    ck_assert(stepden_delivery_is_later("10-0", "9-5"));
    ck_assert(stepden_delivery_is_later("9-10", "9-9"));
    ck_assert(!stepden_delivery_is_later("9-9", "9-9"));
    ck_assert(!stepden_delivery_is_later("9-9", "18446744073709551615-0"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("redis/delivery");
    TCase *tests = tcase_create("delivery");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, finds_the_entries_of_a_stream);
    tcase_add_test(tests, a_read_of_nothing_has_no_stream);
    tcase_add_test(tests, reads_an_entry_with_its_fields);
    tcase_add_test(tests, an_entry_without_fields_was_trimmed);
    tcase_add_test(tests, what_is_no_entry_is_refused);
    tcase_add_test(tests, finds_where_a_group_is);
    tcase_add_test(tests, ids_are_ordered_by_number);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
