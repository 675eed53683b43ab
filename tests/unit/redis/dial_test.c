#include "redis/dial.h"

#include <check.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct stepden_redis_connection connection;
static struct stepden_redis_node server;
static int listener;
static int dialled;

/* A port of the loopback that takes what is dialled. */
static void set_up(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t size = sizeof address;

    stepden_redis_connection_init(&connection);
    strcpy(server.host, "127.0.0.1");
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    listener = socket(AF_INET, SOCK_STREAM, 0);
    ck_assert_int_eq(bind(listener, (struct sockaddr *)&address, size), 0);
    ck_assert_int_eq(listen(listener, 8), 0);
    ck_assert_int_eq(getsockname(listener, (struct sockaddr *)&address, &size),
                     0);
    server.port = ntohs(address.sin_port);
}

static void tear_down(void)
{
    close(dialled);
    close(listener);
}

static void dial_server(void)
{
    struct stepden_dial dial = {0};
    struct stepden_diag diag = {0};

    ck_assert(stepden_dial_begin(&dial, &server));
    ck_assert_int_eq(stepden_dial_next(&dialled, &dial, &connection,
                                       &stepden_way_connection, &diag),
                     STEPDEN_OK);
}

static int option(int level, int name)
{
    int value = -1;
    socklen_t size = sizeof value;

    ck_assert_int_eq(getsockopt(dialled, level, name, &value, &size), 0);
    return value;
}

START_TEST(keep_alive_is_set_as_configured)
{
    connection.socket_keep_idle_s = 77;
    connection.socket_keep_cnt = 3;
    dial_server();
    ck_assert_int_eq(option(SOL_SOCKET, SO_KEEPALIVE), 1);
    ck_assert_int_eq(option(IPPROTO_TCP, TCP_KEEPIDLE), 77);
    ck_assert_int_eq(option(IPPROTO_TCP, TCP_KEEPCNT), 3);
}
END_TEST

START_TEST(keep_alive_can_be_left_out)
{
    connection.socket_keep_alive = false;
    dial_server();
    ck_assert_int_eq(option(SOL_SOCKET, SO_KEEPALIVE), 0);
}
END_TEST

START_TEST(a_command_does_not_wait_for_the_next_one)
{
    dial_server();
    ck_assert_int_ne(option(IPPROTO_TCP, TCP_NODELAY), 0);
}
END_TEST

START_TEST(a_name_has_to_be_looked_up_and_an_address_not)
{
    struct stepden_dial dial = {0};

    strcpy(server.host, "redis.example");
    ck_assert(!stepden_dial_begin(&dial, &server));
    strcpy(server.host, "::1");
    ck_assert(stepden_dial_begin(&dial, &server));
    ck_assert(stepden_dial_has_next(&dial));
    dialled = -1;
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("redis/dial");
    TCase *tests = tcase_create("dial");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, keep_alive_is_set_as_configured);
    tcase_add_test(tests, keep_alive_can_be_left_out);
    tcase_add_test(tests, a_command_does_not_wait_for_the_next_one);
    tcase_add_test(tests, a_name_has_to_be_looked_up_and_an_address_not);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
