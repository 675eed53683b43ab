/* The pool over TLS: its own certificate is its authority. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/redis_pool.h"

static pid_t tls_server;

static const char make_certificate[] =
    "cd %s && exec openssl req -x509 -newkey ec -pkeyopt "
    "ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=test "
    "-addext subjectAltName=IP:127.0.0.1 -keyout key -out crt 2>openssl.log";

static void make_folder(void)
{
    char command[sizeof make_certificate + sizeof server.folder];

    make_server_folder();
    snprintf(command, sizeof command, make_certificate, server.folder);
    ck_assert_int_eq(system(command), 0);
}

/* One that nobody listens on now. */
static uint16_t find_port(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    ck_assert_int_eq(bind(fd, (const struct sockaddr *)&address, size), 0);
    ck_assert_int_eq(getsockname(fd, (struct sockaddr *)&address, &size), 0);
    close(fd);
    return ntohs(address.sin_port);
}

static void become_server(uint16_t port)
{
    char text[8];

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    snprintf(text, sizeof text, "%u", (unsigned)port);
    execlp("redis-server", "redis-server", "--dir", server.folder, "--port",
           "0", "--tls-port", text, "--bind", "127.0.0.1", "--tls-cert-file",
           "crt", "--tls-key-file", "key", "--tls-ca-cert-file", "crt",
           "--tls-auth-clients", "no", "--save", "", "--logfile", "redis.log",
           (char *)NULL);
    _exit(127);
}

static void set_up(void)
{
    set_up_pool();
    connection.has_unix_socket = false;
    connection.port = find_port();
    connection.ssl_enable = true;
    connection.has_ssl_ca_certs_file = true;
    snprintf(connection.ssl_ca_certs_file, sizeof connection.ssl_ca_certs_file,
             "%s/crt", server.folder);
    connection.max_connections = 2;
    make_pool();
    tls_server = fork();
    ck_assert_int_ge(tls_server, 0);
    if (tls_server == 0)
        become_server(connection.port);
}

static void tear_down(void)
{
    tear_down_pool();
    kill(tls_server, SIGKILL);
    waitpid(tls_server, NULL, 0);
}

START_TEST(what_is_published_over_tls_is_received)
{
    struct outcome waiting;
    struct outcome published;

    create_group();
    receive(&waiting, 60000);
    publish(&published, "secret");
    await_ok(&published);
    await_ok(&waiting);
    ck_assert_uint_eq(waiting.entry_count, 1);
    ck_assert_str_eq(waiting.entries[0].value, "secret");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("redis/pool_tls");
    TCase *tests = tcase_create("tls");

    tcase_set_timeout(tests, 60);
    tcase_add_unchecked_fixture(tests, make_folder, remove_server_folder);
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, what_is_published_over_tls_is_received);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
