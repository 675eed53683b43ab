#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "redis/session_parts.h"
#include "support/redis_reply.h"

static const struct stepden_config config = {.redis.limits.max_entry_bytes =
                                                 100};
static struct stepden_session session;
static char given[256]; /* ids, each with a blank behind it */

#define ENTRY(id) "*2\r\n$3\r\n" id "\r\n*2\r\n$1\r\nm\r\n$1\r\n0\r\n"
#define UNREADABLE(id) "*2\r\n$3\r\n" id "\r\n*1\r\n$1\r\nm\r\n"
#define OF_INPUT(count, entries)                                               \
    "*1\r\n*2\r\n$2\r\nin\r\n*" #count "\r\n" entries

static void on_entry(void *ctx, const struct stepden_entry *entry)
{
    size_t used = strlen(given);

    (void)ctx;
    snprintf(given + used, sizeof given - used, "%s ", entry->id);
}

static void on_batch_end(void *ctx)
{
    (void)ctx;
}

static void set_up(void)
{
    session = (struct stepden_session){
        .keys = {.input = {"in", "cl"}},
        .config = &config,
        .events = {.entry = on_entry, .batch_end = on_batch_end},
        .announced = true,
        .bell_is_here = true,
        .read_count = 16,
    };
    for (int input = 0; input < STEPDEN_INPUT_COUNT; input++) {
        strcpy(session.places[input].last, "0-0");
        strcpy(session.places[input].waits, "0-0");
    }
    given[0] = '\0';
}

static void tear_down(void)
{
    stepden_fields_free(&session.fields);
}

static void ring(const char *bytes)
{
    redisReply *reply = redis_reply_parse(bytes);

    session.open.fetches[0] = 0;
    stepden_intake_ring(&session, reply);
    freeReplyObject(reply);
}

static bool fetch(const char *bytes)
{
    redisReply *reply = redis_reply_parse(bytes);
    bool has_new = stepden_intake_read(&session, 0, reply, true);

    freeReplyObject(reply);
    return has_new;
}

START_TEST(what_rang_is_not_given_again_when_it_is_fetched)
{
    ring(OF_INPUT(2, ENTRY("1-1") ENTRY("1-2")));
    ck_assert_uint_eq(session.open.fetches[0], 2);
    ck_assert(!fetch(OF_INPUT(2, ENTRY("1-1") ENTRY("1-2"))));
    ck_assert_str_eq(given, "1-1 1-2 ");
}
END_TEST

START_TEST(what_did_not_ring_is_given_when_it_is_fetched)
{
    ring(OF_INPUT(2, ENTRY("1-3") ENTRY("1-4")));
    ck_assert(fetch(OF_INPUT(1, ENTRY("1-5"))));
    ck_assert_str_eq(given, "1-3 1-4 1-5 ");
}
END_TEST

START_TEST(what_was_given_before_does_not_count_in_a_ring)
{
    strcpy(session.places[0].last, "1-1");
    ring(OF_INPUT(2, ENTRY("1-1") ENTRY("1-2")));
    ck_assert_uint_eq(session.open.fetches[0], 1);
    ck_assert_str_eq(given, "1-2 ");
}
END_TEST

START_TEST(while_something_that_rang_is_missing_it_is_only_a_bell)
{
    ring(OF_INPUT(2, ENTRY("1-1") ENTRY("1-2")));
    fetch(OF_INPUT(1, ENTRY("1-1")));
    ring(OF_INPUT(1, ENTRY("1-3")));
    ck_assert_str_eq(given, "1-1 1-2 ");
    fetch(OF_INPUT(1, ENTRY("1-2")));
    ring(OF_INPUT(1, ENTRY("1-3")));
    ck_assert_str_eq(given, "1-1 1-2 1-3 ");
}
END_TEST

START_TEST(what_follows_an_entry_that_cannot_be_read_is_left_to_the_group)
{
    ring(OF_INPUT(3, ENTRY("1-1") UNREADABLE("1-2") ENTRY("1-3")));
    ck_assert_uint_eq(session.open.fetches[0], 1);
    ck_assert_str_eq(given, "1-1 ");
    ck_assert(fetch(OF_INPUT(3, ENTRY("1-1") ENTRY("1-2") ENTRY("1-3"))));
    ck_assert_str_eq(given, "1-1 1-2 1-3 ");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("redis/intake");
    TCase *tests = tcase_create("intake");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, what_rang_is_not_given_again_when_it_is_fetched);
    tcase_add_test(tests, what_did_not_ring_is_given_when_it_is_fetched);
    tcase_add_test(tests, what_was_given_before_does_not_count_in_a_ring);
    tcase_add_test(tests,
                   while_something_that_rang_is_missing_it_is_only_a_bell);
    tcase_add_test(
        tests, what_follows_an_entry_that_cannot_be_read_is_left_to_the_group);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
