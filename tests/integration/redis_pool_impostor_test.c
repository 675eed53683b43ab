/* The pool and what is no Redis server, in its place. */
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/redis_pool.h"

static int listen_in_place_of_the_server(void)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int listener = socket(AF_UNIX, SOCK_STREAM, 0);

    redis_server_kill(&server);
    strcpy(address.sun_path, server.socket);
    unlink(server.socket);
    ck_assert_int_eq(
        bind(listener, (const struct sockaddr *)&address, sizeof address), 0);
    ck_assert_int_eq(listen(listener, 16), 0);
    return listener;
}

/* With a pause that outlasts the test, each connection is tried once. */
START_TEST(no_more_connections_are_tried_while_one_fails)
{
    int listener = listen_in_place_of_the_server();
    struct pollfd another = {.fd = listener, .events = POLLIN};
    struct outcome outcomes[5];

    connection.socket_connect_timeout_s = 1;
    reconnect_ms = 600000;
    connection.max_connections = 5;
    connection.connection_available_timeout_s = 2;
    make_pool();
    publish(&outcomes[0], "v");
    await_failure(&outcomes[0], STEPDEN_ERR_SYSTEM, "handshake");
    for (int i = 1; i < 5; i++)
        publish(&outcomes[i], "v");
    for (int i = 1; i < 5; i++)
        await_failure(&outcomes[i], STEPDEN_ERR_SYSTEM, "handshake");
    ck_assert_int_ge(accept(listener, NULL, NULL), 0);
    ck_assert_int_eq(poll(&another, 1, 0), 0);
    close(listener);
}
END_TEST

/* Shakes hands and gives an answer to the next command. */
static void become_liar(int listener, const char *answer)
{
    static const char hello[] = "+OK\r\n+PONG\r\n";
    char bytes[1024];
    int fd = accept(listener, NULL, NULL);

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (read(fd, bytes, sizeof bytes) <= 0 ||
        write(fd, hello, sizeof hello - 1) <= 0 ||
        read(fd, bytes, sizeof bytes) <= 0 ||
        write(fd, answer, strlen(answer)) <= 0)
        _exit(1);
    while (read(fd, bytes, sizeof bytes) > 0)
        ;
    _exit(0);
}

static pid_t start_liar(const char *answer)
{
    int listener = listen_in_place_of_the_server();
    pid_t liar = fork();

    ck_assert_int_ge(liar, 0);
    if (liar == 0)
        become_liar(listener, answer);
    close(listener);
    return liar;
}

START_TEST(an_answer_that_makes_no_sense_ends_the_connection)
{
    struct outcome outcome;
    pid_t liar = start_liar(":7\r\n");
    int status;

    connection.protocol = 2;
    connection.max_connections = 1;
    make_pool();
    publish(&outcome, "v");
    await_failure(&outcome, STEPDEN_ERR_SYSTEM,
                  "given up: XADD " IN ": the answer 7");
    ck_assert_int_eq(waitpid(liar, &status, 0), liar);
    ck_assert_int_eq(WEXITSTATUS(status), 0);
}
END_TEST

START_TEST(an_entry_may_have_an_empty_list_of_fields)
{
    struct outcome outcome;
    pid_t liar = start_liar("*1\r\n*2\r\n+" IN "\r\n*1\r\n"
                            "*2\r\n$3\r\n1-1\r\n*0\r\n");

    connection.protocol = 2;
    connection.max_connections = 1;
    make_pool();
    receive(&outcome, 0);
    await_ok(&outcome);
    ck_assert_uint_eq(outcome.entry_count, 1);
    ck_assert_str_eq(outcome.entries[0].id, "1-1");
    ck_assert_uint_eq(outcome.entries[0].field_count, 0);
    stepden_redis_free(pool);
    pool = NULL;
    ck_assert_int_eq(waitpid(liar, NULL, 0), liar);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("redis/pool_impostor");
    TCase *tests = tcase_create("impostor");

    tcase_set_timeout(tests, 60);
    tcase_add_unchecked_fixture(tests, make_server_folder,
                                remove_server_folder);
    tcase_add_checked_fixture(tests, set_up_pool, tear_down_pool);
    tcase_add_test(tests, no_more_connections_are_tried_while_one_fails);
    tcase_add_test(tests, an_answer_that_makes_no_sense_ends_the_connection);
    tcase_add_test(tests, an_entry_may_have_an_empty_list_of_fields);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
