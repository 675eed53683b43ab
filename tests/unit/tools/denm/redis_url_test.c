/* Where a Redis server is, as a URL. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "denm/redis_url.h"
#include "suite.h"

static struct stepden_redis_connection connection;
static struct stepden_diag diag;

static void accept(const char *url)
{
    unsetenv("REDISCLI_AUTH");
    ck_assert_msg(denm_redis_url_read(&connection, url, &diag) == STEPDEN_OK,
                  "%s: %s", url, diag.reason);
}

START_TEST(a_host_has_defaults)
{
    accept("redis://example.org");
    ck_assert_str_eq(connection.host, "example.org");
    ck_assert_uint_eq(connection.port, 6379);
    ck_assert_uint_eq(connection.db, 0);
    ck_assert(!connection.ssl_enable);
    ck_assert(!connection.has_unix_socket);
    ck_assert(!connection.has_password);
}
END_TEST

START_TEST(everything_may_be_said)
{
    accept("rediss://me:secret@example.org:7000/3");
    ck_assert_str_eq(connection.host, "example.org");
    ck_assert_uint_eq(connection.port, 7000);
    ck_assert_uint_eq(connection.db, 3);
    ck_assert(connection.ssl_enable);
    ck_assert(connection.has_username);
    ck_assert_str_eq(connection.username, "me");
    ck_assert(connection.has_password);
    ck_assert_int_eq(connection.password.kind, STEPDEN_SECRET_PLAIN);
    ck_assert_str_eq(connection.password.plain, "secret");
}
END_TEST

START_TEST(a_password_needs_no_user)
{
    accept("redis://:secret@localhost");
    ck_assert(!connection.has_username);
    ck_assert_str_eq(connection.password.plain, "secret");
    accept("redis://secret@localhost");
    ck_assert(!connection.has_username);
    ck_assert_str_eq(connection.password.plain, "secret");
}
END_TEST

START_TEST(any_character_may_be_in_a_password)
{
    accept("redis://m%65:%40%3a%2F100%@localhost");
    ck_assert_str_eq(connection.username, "me");
    ck_assert_str_eq(connection.password.plain, "@:/100%");
}
END_TEST

START_TEST(an_ipv6_address_is_in_brackets)
{
    accept("redis://[::1]:7000");
    ck_assert_str_eq(connection.host, "::1");
    ck_assert_uint_eq(connection.port, 7000);
    accept("redis://[fe80::1]/2");
    ck_assert_str_eq(connection.host, "fe80::1");
    ck_assert_uint_eq(connection.db, 2);
}
END_TEST

START_TEST(a_socket_is_a_path)
{
    accept("unix:///run/redis.sock");
    ck_assert(connection.has_unix_socket);
    ck_assert_str_eq(connection.unix_socket, "/run/redis.sock");
    accept("/run/a@b.sock");
    ck_assert_str_eq(connection.unix_socket, "/run/a@b.sock");
    ck_assert(!connection.has_password);
    accept("unix://me:secret@/run/redis.sock?db=5");
    ck_assert_str_eq(connection.username, "me");
    ck_assert_str_eq(connection.unix_socket, "/run/redis.sock");
    ck_assert_uint_eq(connection.db, 5);
}
END_TEST

START_TEST(the_environment_has_a_password_for_urls_without)
{
    ck_assert_int_eq(setenv("REDISCLI_AUTH", "from there", 1), 0);
    ck_assert_int_eq(
        denm_redis_url_read(&connection, "redis://localhost", &diag),
        STEPDEN_OK);
    ck_assert_str_eq(connection.password.plain, "from there");
    ck_assert_int_eq(
        denm_redis_url_read(&connection, "redis://:here@localhost", &diag),
        STEPDEN_OK);
    ck_assert_str_eq(connection.password.plain, "here");
}
END_TEST

START_TEST(what_is_no_such_url_is_refused)
{
    static const char *const wrong[] = {
        "",
        "localhost",
        "http://localhost",
        "redis:/localhost",
        "redis://localhost:",
        "redis://localhost:70000",
        "redis://localhost:12x",
        "redis://localhost/a",
        "redis://localhost/999",
        "redis://localhost?db=1",
        "redis://[::1",
        "redis://[::1]x:1",
        "unix://run/redis.sock",
        "unix:///run/redis.sock?database=1",
    };

    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        ck_assert_msg(denm_redis_url_read(&connection, wrong[i], &diag) ==
                          STEPDEN_ERR_SYNTAX,
                      "%s", wrong[i]);
}
END_TEST

START_TEST(an_error_does_not_repeat_the_password)
{
    ck_assert_int_eq(
        denm_redis_url_read(&connection, "redis://me:secret@host:port", &diag),
        STEPDEN_ERR_SYNTAX);
    ck_assert_ptr_null(strstr(diag.reason, "secret"));
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        a_host_has_defaults,
        everything_may_be_said,
        a_password_needs_no_user,
        any_character_may_be_in_a_password,
        an_ipv6_address_is_in_brackets,
        a_socket_is_a_path,
        the_environment_has_a_password_for_urls_without,
        what_is_no_such_url_is_refused,
        an_error_does_not_repeat_the_password,
    };

    return run_tests("denm/redis_url", tests, sizeof tests / sizeof tests[0]);
}
