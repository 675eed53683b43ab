/* What producers and consumers do with streams, on a real server. */
#include <string.h>

#include "support/redis_pool.h"

enum { MANY = 1000 };

static void set_up(void)
{
    set_up_pool();
    connection.max_connections = 2;
    make_pool();
}

static void create(struct outcome *outcome, int64_t ttl_s)
{
    *outcome = (struct outcome){0};
    stepden_redis_create_input_stream(pool, IN, GROUP, ttl_s, take_outcome,
                                      outcome);
}

static void acknowledge(struct outcome *outcome, const char *id)
{
    *outcome = (struct outcome){0};
    stepden_redis_acknowledge(pool, IN, GROUP, &id, 1, take_outcome, outcome);
}

static void ping(struct outcome *outcome)
{
    *outcome = (struct outcome){0};
    stepden_redis_ping(pool, take_outcome, outcome);
}

START_TEST(what_is_published_is_received_and_acknowledged)
{
    struct outcome made;
    struct outcome published;
    struct outcome received;
    struct outcome acknowledged;

    create(&made, 0);
    await_ok(&made);
    ck_assert_int_eq(made.count, 1);
    publish(&published, "hello");
    await_ok(&published);
    ck_assert_str_ne(published.id, "");
    receive(&received, 0);
    await_ok(&received);
    ck_assert_uint_eq(received.entry_count, 1);
    ck_assert_str_eq(received.entries[0].id, published.id);
    ck_assert_uint_eq(received.entries[0].field_count, 1);
    ck_assert_str_eq(received.entries[0].name, "f");
    ck_assert_str_eq(received.entries[0].value, "hello");
    acknowledge(&acknowledged, published.id);
    await_ok(&acknowledged);
    ck_assert_int_eq(acknowledged.count, 1);
}
END_TEST

START_TEST(a_group_that_is_there_is_left_as_it_is)
{
    struct outcome outcome;

    create_group();
    publish(&outcome, "first");
    await_ok(&outcome);
    receive(&outcome, 0);
    await_ok(&outcome);
    create(&outcome, 0);
    await_ok(&outcome);
    ck_assert_int_eq(outcome.count, 0);
    receive(&outcome, 0);
    await_ok(&outcome);
    ck_assert_uint_eq(outcome.entry_count, 0);
}
END_TEST

START_TEST(a_group_begins_with_the_first_entry)
{
    struct outcome outcome;

    publish(&outcome, "early");
    await_ok(&outcome);
    create_group();
    receive(&outcome, 0);
    await_ok(&outcome);
    ck_assert_uint_eq(outcome.entry_count, 1);
}
END_TEST

START_TEST(bytes_of_any_kind_come_through)
{
    static const char name[] = "\0na\r\nme\xff";
    static const char value[] = "*1\r\n$4\r\nPING\r\n\0\x80 end";
    const struct stepden_redis_field fields[] = {
        {name, sizeof name, value, sizeof value}, {"", 0, NULL, 0}};
    struct outcome outcome = {0};

    create_group();
    stepden_redis_publish(pool, IN, fields, 2, 0, take_outcome, &outcome);
    await_ok(&outcome);
    receive(&outcome, 0);
    await_ok(&outcome);
    ck_assert_uint_eq(outcome.entries[0].field_count, 2);
    ck_assert_uint_eq(outcome.entries[0].name_size, sizeof name);
    ck_assert_mem_eq(outcome.entries[0].name, name, sizeof name);
    ck_assert_uint_eq(outcome.entries[0].value_size, sizeof value);
    ck_assert_mem_eq(outcome.entries[0].value, value, sizeof value);
}
END_TEST

START_TEST(a_large_value_comes_through)
{
    static char large[4 << 20];
    const struct stepden_redis_field field = {"f", 1, large, sizeof large};
    struct outcome outcome = {0};

    memset(large, 'x', sizeof large);
    create_group();
    stepden_redis_publish(pool, IN, &field, 1, 0, take_outcome, &outcome);
    await_ok(&outcome);
    receive(&outcome, 0);
    await_ok(&outcome);
    ck_assert_uint_eq(outcome.entries[0].value_size, sizeof large);
}
END_TEST

START_TEST(a_stream_is_kept_at_about_its_length)
{
    static struct outcome outcomes[MANY];
    const struct stepden_redis_field field = {"f", 1, "v", 1};

    for (int i = 0; i < MANY; i++)
        stepden_redis_publish(pool, IN, &field, 1, 100, take_outcome,
                              &outcomes[i]);
    for (int i = 0; i < MANY; i++)
        await_ok(&outcomes[i]);
    ck_assert_int_ge(ask("XLEN " IN), 100);
    ck_assert_int_lt(ask("XLEN " IN), 300);
}
END_TEST

START_TEST(a_thousand_begun_at_once_all_happen)
{
    static struct outcome outcomes[MANY];

    for (int i = 0; i < MANY; i++)
        publish(&outcomes[i], "v");
    ck_assert_uint_eq(ended, 0);
    for (int i = 0; i < MANY; i++)
        await_ok(&outcomes[i]);
    ck_assert_int_eq(ask("XLEN " IN), MANY);
}
END_TEST

START_TEST(a_ttl_is_set_in_seconds)
{
    struct outcome outcome = {0};

    create(&outcome, 100);
    await_ok(&outcome);
    ck_assert_int_eq(outcome.count, 1);
    ck_assert_int_gt(ask("PTTL " IN), 10000);
    ck_assert_int_le(ask("PTTL " IN), 100000);

    outcome = (struct outcome){0};
    stepden_redis_set_ttl(pool, IN, 1000, take_outcome, &outcome);
    await_ok(&outcome);
    ck_assert_int_eq(outcome.count, 1);
    ck_assert_int_gt(ask("PTTL " IN), 100000);

    outcome = (struct outcome){0};
    stepden_redis_set_ttl(pool, "nothing", 1000, take_outcome, &outcome);
    await_ok(&outcome);
    ck_assert_int_eq(outcome.count, 0);
}
END_TEST

START_TEST(another_kind_of_key_is_refused_and_left_alone)
{
    struct outcome outcome;

    ask("SET " IN " precious");
    create(&outcome, 100);
    await_failure(&outcome, STEPDEN_ERR_INVALID, "XGROUP " IN ": WRONGTYPE");
    outcome = (struct outcome){0};
    struct stepden_redis_wanted wanted = receive_for(0);
    wanted.ttl_s = 100;
    stepden_redis_receive(pool, &wanted, take_outcome, &outcome);
    await_failure(&outcome, STEPDEN_ERR_INVALID, "WRONGTYPE");
    publish(&outcome, "v");
    await_failure(&outcome, STEPDEN_ERR_INVALID, "XADD " IN ": WRONGTYPE");
    ck_assert_ptr_eq(strstr(outcome.reason, "redis /"), outcome.reason);
    ck_assert_int_eq(ask("PTTL " IN), -1);
}
END_TEST

START_TEST(what_redis_refuses_is_said_in_its_words)
{
    struct outcome outcome;

    create_group();
    acknowledge(&outcome, "nonsense");
    await_failure(&outcome, STEPDEN_ERR_INVALID, "Invalid stream ID");
    ask("CONFIG SET maxmemory 1");
    publish(&outcome, "v");
    await_failure(&outcome, STEPDEN_ERR_INVALID, "maxmemory");
    ask("CONFIG SET maxmemory 0");
    ping(&outcome);
    await_ok(&outcome);
}
END_TEST

struct chain {
    int left;
    bool in_done;
};

/* Every other one is refused before it is sent. */
static void go_on(void *ctx, const struct stepden_redis_result *result)
{
    struct chain *chain = ctx;

    ck_assert(!chain->in_done);
    chain->in_done = true;
    ck_assert_int_eq(result->status,
                     chain->left % 2 ? STEPDEN_ERR_INVALID : STEPDEN_OK);
    chain->left--;
    if (chain->left % 2)
        stepden_redis_set_ttl(pool, "", 1, go_on, chain);
    else
        stepden_redis_ping(pool, go_on, chain);
    chain->in_done = false;
}

START_TEST(done_never_comes_from_the_call_that_begins)
{
    struct chain chain = {.left = 100};

    stepden_redis_ping(pool, go_on, &chain);
    for (double end = ev_time() + 30.; chain.left > 0; run_ms(2))
        ck_assert_msg(ev_time() < end, "in time");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("redis/pool");
    TCase *tests = tcase_create("pool");

    tcase_set_timeout(tests, 60);
    tcase_add_unchecked_fixture(tests, make_server_folder,
                                remove_server_folder);
    tcase_add_checked_fixture(tests, set_up, tear_down_pool);
    tcase_add_test(tests, what_is_published_is_received_and_acknowledged);
    tcase_add_test(tests, a_group_that_is_there_is_left_as_it_is);
    tcase_add_test(tests, a_group_begins_with_the_first_entry);
    tcase_add_test(tests, bytes_of_any_kind_come_through);
    tcase_add_test(tests, a_large_value_comes_through);
    tcase_add_test(tests, a_stream_is_kept_at_about_its_length);
    tcase_add_test(tests, a_thousand_begun_at_once_all_happen);
    tcase_add_test(tests, a_ttl_is_set_in_seconds);
    tcase_add_test(tests, another_kind_of_key_is_refused_and_left_alone);
    tcase_add_test(tests, what_redis_refuses_is_said_in_its_words);
    tcase_add_test(tests, done_never_comes_from_the_call_that_begins);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
