/* What links share: settings, secrets and certificates. */
#include "redis/access.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static struct stepden_redis_connection connection;
static struct stepden_access *access_;

static void set_up(void)
{
    stepden_redis_connection_init(&connection);
}

static void tear_down(void)
{
    stepden_access_free(access_);
}

static void set_password(const char *password)
{
    connection.has_password = true;
    connection.password.kind = STEPDEN_SECRET_ENV;
    strcpy(connection.password.env.env, "STEPDEN_ACCESS_TEST");
    setenv("STEPDEN_ACCESS_TEST", password, 1);
}

static void make(void)
{
    struct stepden_diag diag = {0};

    ck_assert_int_eq(stepden_access_new(&access_, NULL, &connection, &diag),
                     STEPDEN_OK);
}

static void renew(void)
{
    struct stepden_diag diag = {0};

    ck_assert_int_eq(stepden_access_renew(access_, &diag), STEPDEN_OK);
}

START_TEST(all_who_hold_them_have_the_same_certificates)
{
    struct stepden_credentials *first;
    struct stepden_credentials *second;

    connection.ssl_enable = true;
    make();
    first = stepden_credentials_hold(access_);
    second = stepden_credentials_hold(access_);
    ck_assert_ptr_nonnull(first->context);
    ck_assert_ptr_eq(first->context, second->context);
    stepden_credentials_release(first);
    stepden_credentials_release(second);
}
END_TEST

START_TEST(what_is_held_stays_when_it_is_read_again)
{
    struct stepden_credentials *old;
    struct stepden_credentials *newer;

    set_password("old");
    make();
    old = stepden_credentials_hold(access_);
    set_password("newer");
    renew();
    newer = stepden_credentials_hold(access_);
    ck_assert_str_eq(old->password, "old");
    ck_assert_str_eq(newer->password, "newer");
    stepden_credentials_release(old);
    stepden_credentials_release(newer);
}
END_TEST

static void check_is_refused(const char *member)
{
    struct stepden_diag diag = {0};

    ck_assert_int_eq(stepden_access_new(&access_, NULL, &connection, &diag),
                     STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.where + strlen("/redis/connection/"), member);
}

START_TEST(tls_over_a_unix_socket_is_refused)
{
    connection.ssl_enable = true;
    connection.has_unix_socket = true;
    check_is_refused("sslEnable");
}
END_TEST

START_TEST(a_user_without_a_password_is_refused)
{
    connection.has_username = true;
    check_is_refused("username");
}
END_TEST

START_TEST(a_key_without_a_certificate_is_refused)
{
    connection.has_ssl_client_key_file = true;
    check_is_refused("sslClientKeyFile");
}
END_TEST

START_TEST(a_wait_of_nothing_is_refused)
{
    connection.socket_timeout_s = 0;
    check_is_refused("socketTimeout");
    connection.socket_timeout_s = 1;
    connection.socket_connect_timeout_s = 0;
    check_is_refused("socketConnectTimeout");
}
END_TEST

START_TEST(a_path_that_no_socket_can_have_is_refused)
{
    struct stepden_diag diag = {0};

    connection.has_unix_socket = true;
    memset(connection.unix_socket, 'x', 108);
    connection.unix_socket[108] = '\0';
    check_is_refused("unixSocket");
    connection.unix_socket[107] = '\0';
    ck_assert_int_eq(stepden_access_new(&access_, NULL, &connection, &diag),
                     STEPDEN_OK);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("redis/access");
    TCase *tests = tcase_create("access");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, all_who_hold_them_have_the_same_certificates);
    tcase_add_test(tests, what_is_held_stays_when_it_is_read_again);
    tcase_add_test(tests, tls_over_a_unix_socket_is_refused);
    tcase_add_test(tests, a_user_without_a_password_is_refused);
    tcase_add_test(tests, a_key_without_a_certificate_is_refused);
    tcase_add_test(tests, a_wait_of_nothing_is_refused);
    tcase_add_test(tests, a_path_that_no_socket_can_have_is_refused);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
