/* What is refused before anything is sent. There is no server. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <check.h>
#include <ev.h>
#include <stepden/redis.h>

enum { HUGE_SIZE = 512 * 1024 * 1024 + 1 };

static struct ev_loop *loop;
static struct stepden_redis_connection connection;
static struct stepden_redis *pool;
static unsigned calls;
static enum stepden_status status;
static char reason[256];

static enum stepden_status make(int64_t reconnect_ms, struct stepden_diag *diag)
{
    const struct stepden_redis_events events = {0};

    return stepden_redis_new(&pool, loop, &connection, "test", reconnect_ms,
                             &events, diag);
}

static void set_up(void)
{
    loop = ev_loop_new(EVFLAG_AUTO);
    stepden_redis_connection_init(&connection);
    connection.has_unix_socket = true;
    strcpy(connection.unix_socket, "/no/such/socket");
    pool = NULL;
    calls = 0;
}

static void set_up_with_pool(void)
{
    struct stepden_diag diag;

    set_up();
    ck_assert_int_eq(make(10, &diag), STEPDEN_OK);
}

static void tear_down(void)
{
    stepden_redis_free(pool);
    ev_loop_destroy(loop);
}

static void take(void *ctx, const struct stepden_redis_result *result)
{
    (void)ctx;
    calls++;
    status = result->status;
    snprintf(reason, sizeof reason, "%s", result->reason);
    ck_assert_str_eq(result->id, "");
    ck_assert_uint_eq(result->entry_count, 0);
}

/* The operation was begun: it ends on the loop, and names the argument. */
static void expect_refusal(const char *text)
{
    ck_assert_uint_eq(calls, 0);
    while (calls == 0)
        ev_run(loop, EVRUN_ONCE);
    ck_assert_uint_eq(calls, 1);
    ck_assert_int_eq(status, STEPDEN_ERR_INVALID);
    ck_assert_msg(strncmp(reason, text, strlen(text)) == 0, "%s", reason);
    calls = 0;
}

START_TEST(a_stream_needs_names_and_a_ttl_that_is_none_or_positive)
{
    stepden_redis_create_input_stream(pool, "", "g", 0, take, NULL);
    expect_refusal("stream: must not be empty");
    stepden_redis_create_input_stream(pool, NULL, "g", 0, take, NULL);
    expect_refusal("stream: must not be empty");
    stepden_redis_create_input_stream(pool, "s", "", 0, take, NULL);
    expect_refusal("group: must not be empty");
    stepden_redis_create_input_stream(pool, "s", "g", -1, take, NULL);
    expect_refusal("ttl_s: -1, and allowed is 0 to ");
    stepden_redis_create_input_stream(pool, "s", "g", INT64_MAX, take, NULL);
    expect_refusal("ttl_s: 9223372036854775807, and allowed is 0 to ");
}
END_TEST

START_TEST(an_entry_needs_a_stream_and_fields)
{
    const struct stepden_redis_field fine = {"f", 1, "v", 1};
    const struct stepden_redis_field no_name[] = {fine, {NULL, 1, "v", 1}};
    const struct stepden_redis_field no_value = {"f", 1, NULL, 1};
    const struct stepden_redis_field huge = {"f", 1, "v", HUGE_SIZE};

    stepden_redis_publish(pool, "", &fine, 1, 0, take, NULL);
    expect_refusal("stream: must not be empty");
    stepden_redis_publish(pool, "s", &fine, 0, 0, take, NULL);
    expect_refusal("field_count: 0, and allowed is 1 to ");
    stepden_redis_publish(pool, "s", no_name, 2, 0, take, NULL);
    expect_refusal("fields[1]: ");
    stepden_redis_publish(pool, "s", &no_value, 1, 0, take, NULL);
    expect_refusal("fields[0]: ");
    stepden_redis_publish(pool, "s", &huge, 1, 0, take, NULL);
    expect_refusal("fields[0]: ");
    stepden_redis_publish(pool, "s", &fine, 1, -1, take, NULL);
    expect_refusal("max_length: -1, and allowed is 0 to ");
}
END_TEST

/* What is wrong in one of them is refused. */
static const struct {
    struct stepden_redis_wanted receive;
    const char *text;
} receives[] = {
    {{"", "g", "c", NULL, 0, 1, 0}, "stream: "},
    {{"s", "", "c", NULL, 0, 1, 0}, "group: "},
    {{"s", "g", "", NULL, 0, 1, 0}, "consumer: "},
    {{"s", "g", "c", "", 0, 1, 0}, "after: "},
    {{"s", "g", "c", NULL, -1, 1, 0}, "wait_ms: -1, "},
    {{"s", "g", "c", NULL, INT64_MAX, 1, 0}, "wait_ms: "},
    {{"s", "g", "c", NULL, 0, 0, 0}, "count: 0, and allowed is 1 to "},
    {{"s", "g", "c", NULL, 0, SIZE_MAX, 0}, "count: "},
    {{"s", "g", "c", NULL, 0, 1, -1}, "ttl_s: -1, "},
    {{"s", "g", "c", NULL, 2000, 1, 2}, "ttl_s: has to be longer than wait_ms"},
};

START_TEST(a_receive_is_checked)
{
    stepden_redis_receive(pool, &receives[_i].receive, take, NULL);
    expect_refusal(receives[_i].text);
}
END_TEST

START_TEST(an_acknowledgement_needs_ids)
{
    const char *const ids[] = {"1-0", ""};

    stepden_redis_acknowledge(pool, "s", "g", ids, 0, take, NULL);
    expect_refusal("id_count: 0, and allowed is 1 to ");
    stepden_redis_acknowledge(pool, "s", "g", ids, 2, take, NULL);
    expect_refusal("ids[1]: must not be empty");
    stepden_redis_acknowledge(pool, "s", "", ids, 1, take, NULL);
    expect_refusal("group: must not be empty");
}
END_TEST

/* PEXPIRE with 0 would delete the key. */
START_TEST(a_ttl_that_deletes_is_refused)
{
    stepden_redis_set_ttl(pool, "k", 0, take, NULL);
    expect_refusal("ttl_s: 0, and allowed is 1 to ");
    stepden_redis_set_ttl(pool, "", 1, take, NULL);
    expect_refusal("key: must not be empty");
}
END_TEST

START_TEST(refused_operations_go_with_the_pool)
{
    stepden_redis_set_ttl(pool, "", 1, take, NULL);
    stepden_redis_ping(pool, take, NULL);
    stepden_redis_free(pool);
    pool = NULL;
    ev_run(loop, EVRUN_NOWAIT);
    ck_assert_uint_eq(calls, 0);
}
END_TEST

static void expect_no_pool(int64_t reconnect_ms, const char *where)
{
    struct stepden_diag diag = {0};

    ck_assert_int_eq(make(reconnect_ms, &diag), STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.where, where);
    ck_assert_ptr_null(pool);
}

START_TEST(a_pool_needs_a_connection_a_wait_and_a_pause)
{
    expect_no_pool(0, "reconnect_ms");
    expect_no_pool(60 * 60 * 1000 + 1, "reconnect_ms");
    connection.connection_available_timeout_s = 0;
    expect_no_pool(10, "/redis/connection/connectionAvailableTimeout");
    connection.max_connections = 0;
    expect_no_pool(10, "/redis/connection/maxConnections");
}
END_TEST

START_TEST(a_pool_may_have_nobody_to_tell)
{
    struct stepden_diag diag;

    connection.connection_available_timeout_s = 1;
    ck_assert_int_eq(
        stepden_redis_new(&pool, loop, &connection, "test", 10, NULL, &diag),
        STEPDEN_OK);
    stepden_redis_ping(pool, take, NULL);
    while (calls == 0)
        ev_run(loop, EVRUN_ONCE);
    ck_assert_int_eq(status, STEPDEN_ERR_SYSTEM);
}
END_TEST

START_TEST(a_missing_secret_is_found_at_once)
{
    struct stepden_diag diag = {0};

    connection.has_password = true;
    connection.password.kind = STEPDEN_SECRET_FILE;
    strcpy(connection.password.file.file, "/no/such/file");
    ck_assert_int_eq(make(10, &diag), STEPDEN_ERR_SYSTEM);
    ck_assert_str_eq(diag.where, "/redis/connection/password");
}
END_TEST

START_TEST(a_secret_has_an_end)
{
    static char secret[4097 + 1];
    struct stepden_diag diag = {0};

    memset(secret, 'x', sizeof secret - 1);
    setenv("POOL_TEST_PASSWORD", secret, 1);
    connection.has_password = true;
    connection.password = (struct stepden_secret){
        .kind = STEPDEN_SECRET_ENV, .env = {"POOL_TEST_PASSWORD"}};
    ck_assert_int_eq(make(10, &diag), STEPDEN_ERR_SPACE);
    ck_assert_str_eq(diag.where, "/redis/connection/password");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("redis/pool");
    TCase *arguments = tcase_create("arguments");
    TCase *settings = tcase_create("settings");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_checked_fixture(arguments, set_up_with_pool, tear_down);
    tcase_add_test(arguments,
                   a_stream_needs_names_and_a_ttl_that_is_none_or_positive);
    tcase_add_test(arguments, an_entry_needs_a_stream_and_fields);
    tcase_add_loop_test(arguments, a_receive_is_checked, 0,
                        sizeof receives / sizeof receives[0]);
    tcase_add_test(arguments, an_acknowledgement_needs_ids);
    tcase_add_test(arguments, a_ttl_that_deletes_is_refused);
    tcase_add_test(arguments, refused_operations_go_with_the_pool);
    suite_add_tcase(suite, arguments);
    tcase_add_checked_fixture(settings, set_up, tear_down);
    tcase_add_test(settings, a_pool_needs_a_connection_a_wait_and_a_pause);
    tcase_add_test(settings, a_pool_may_have_nobody_to_tell);
    tcase_add_test(settings, a_missing_secret_is_found_at_once);
    tcase_add_test(settings, a_secret_has_an_end);
    suite_add_tcase(suite, settings);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
