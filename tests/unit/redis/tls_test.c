/* The link over TLS against a peer of the test's own, on the same loop: what
 * real servers seldom do. */
#include "redis/link.h"

#include <arpa/inet.h>
#include <check.h>
#include <ev.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <openssl/ssl.h>

#include "redis/access.h"
#include "redis/reply.h"
#include "support/certificates.h"

static char folder[64];
static struct ev_loop *loop;
static struct stepden_redis_connection connection;
static struct stepden_access *access_;
static struct stepden_link *link_;
static int listener;
static int fd;
static SSL_CTX *context;
static SSL *peer;
static int answers;
static char log_text[512];

static void on_up(void *ctx)
{
    (void)ctx;
}

static void on_down(void *ctx, const char *why)
{
    (void)ctx;
    (void)why;
}

static void on_report(void *ctx, enum stepden_log_level level, const char *text)
{
    (void)ctx;
    (void)level;
    snprintf(log_text, sizeof log_text, "%s", text);
}

static void on_answer(void *ctx, const redisReply *reply)
{
    (void)ctx;
    ck_assert(stepden_reply_is(reply, "PONG"));
    answers++;
}

static void make_folder(void)
{
    snprintf(folder, sizeof folder, "/tmp/tls_unit_XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    certificates_make(folder);
}

static void remove_folder(void)
{
    char command[128];

    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    ck_assert_int_eq(system(command), 0);
}

static void listen_on_loopback(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;

    listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    ck_assert_int_eq(bind(listener, (const struct sockaddr *)&address, size),
                     0);
    ck_assert_int_eq(listen(listener, 1), 0);
    ck_assert_int_eq(getsockname(listener, (struct sockaddr *)&address, &size),
                     0);
    connection.port = ntohs(address.sin_port);
}

static void path_of(char *path, size_t size, const char *name)
{
    snprintf(path, size, "%s/%s", folder, name);
}

static void make_context(void)
{
    char path[128];

    context = SSL_CTX_new(TLS_server_method());
    SSL_CTX_set_max_proto_version(context, TLS1_2_VERSION);
    path_of(path, sizeof path, "server.crt");
    ck_assert_int_eq(SSL_CTX_use_certificate_chain_file(context, path), 1);
    path_of(path, sizeof path, "server.key");
    ck_assert_int_eq(
        SSL_CTX_use_PrivateKey_file(context, path, SSL_FILETYPE_PEM), 1);
}

static void set_up(void)
{
    struct stepden_config config;
    struct stepden_diag diag = {0};
    const struct stepden_link_events events = {
        .up = on_up, .down = on_down, .report = on_report};

    signal(SIGPIPE, SIG_IGN);
    stepden_config_init(&config);
    connection = config.redis.connection;
    connection.protocol = 2;
    connection.ssl_enable = true;
    connection.has_ssl_ca_certs_file = true;
    path_of(connection.ssl_ca_certs_file, sizeof connection.ssl_ca_certs_file,
            "ca.crt");
    listen_on_loopback();
    make_context();
    loop = ev_loop_new(EVFLAG_AUTO);
    ck_assert_int_eq(stepden_access_new(&access_, NULL, &connection, &diag),
                     STEPDEN_OK);
    ck_assert_int_eq(
        stepden_link_new(&link_, loop, access_, "test", 20, &events, &diag),
        STEPDEN_OK);
    stepden_link_open(link_);
}

static void tear_down(void)
{
    stepden_link_free(link_);
    stepden_access_free(access_);
    SSL_free(peer);
    SSL_CTX_free(context);
    close(fd);
    close(listener);
    ev_loop_destroy(loop);
}

static void on_tick(struct ev_loop *ticked, ev_timer *timer, int events)
{
    (void)timer;
    (void)events;
    ev_break(ticked, EVBREAK_ONE);
}

static void turn(double seconds)
{
    ev_timer tick;

    ev_timer_init(&tick, on_tick, seconds, 0.);
    ev_timer_start(loop, &tick);
    ev_run(loop, 0);
    ev_timer_stop(loop, &tick);
}

static void accept_link(void)
{
    do {
        turn(0.001);
        fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK);
    } while (fd < 0);
}

static void shake_hands(void)
{
    while (SSL_do_handshake(peer) != 1)
        turn(0.001);
}

/* Until the link has sent `count` bytes. */
static void swallow(int count)
{
    char bytes[1024];

    while (count > 0) {
        int got = SSL_read(peer, bytes, count);
        if (got > 0)
            count -= got;
        else
            turn(0.001);
    }
}

static void say(const char *bytes)
{
    int size = (int)strlen(bytes);

    ck_assert_int_eq(SSL_write(peer, bytes, size), size);
}

static void bring_up(void)
{
    accept_link();
    peer = SSL_new(context);
    SSL_set_fd(peer, fd);
    SSL_set_accept_state(peer);
    shake_hands();
    say("+OK\r\n+PONG\r\n");
    while (!stepden_link_is_up(link_))
        turn(0.001);
    swallow((int)strlen("*3\r\n$6\r\nCLIENT\r\n$7\r\nSETNAME\r\n$4\r\ntest\r\n"
                        "*1\r\n$4\r\nPING\r\n"));
}

/* Until the link has sent something, which stays to be read. */
static void wait_for_words(void)
{
    char byte;

    while (recv(fd, &byte, 1, MSG_PEEK) <= 0)
        turn(0.001);
}

static void ping(void)
{
    stepden_link_command(link_, 1, on_answer);
    stepden_link_arg_text(link_, "PING");
}

/* In a renegotiation nothing can be written before the server's next words. */
START_TEST(a_write_that_waits_for_the_peer_does_not_keep_the_loop_busy)
{
    bring_up();
    ck_assert_int_eq(SSL_renegotiate(peer), 1);
    ck_assert_int_eq(SSL_do_handshake(peer), 1);
    wait_for_words();
    ping();
    turn(0.02);
    unsigned before = ev_iteration(loop);
    turn(0.1);
    ck_assert_uint_lt(ev_iteration(loop) - before, 20);

    swallow((int)strlen("*1\r\n$4\r\nPING\r\n"));
    say("+PONG\r\n");
    while (answers == 0)
        turn(0.001);
}
END_TEST

START_TEST(a_port_without_tls_is_named)
{
    accept_link();
    ck_assert_int_gt(send(fd, "-ERR unknown command\r\n", 22, 0), 0);
    while (log_text[0] == '\0')
        turn(0.001);
    ck_assert_msg(strstr(log_text, "the port does not speak TLS: check "
                                   "redis.connection.port") != NULL,
                  "%s", log_text);
}
END_TEST

START_TEST(a_connection_that_ends_during_the_handshake_is_named)
{
    accept_link();
    close(fd);
    while (log_text[0] == '\0')
        turn(0.001);
    ck_assert_msg(strstr(log_text, "TLS: ") != NULL, "%s", log_text);
    ck_assert_msg(strstr(log_text, "unknown") == NULL, "%s", log_text);
}
END_TEST

static void keep_fault(void *ctx, const struct stepden_diag *diag)
{
    (void)ctx;
    snprintf(log_text, sizeof log_text, "%s: %s", diag->where, diag->reason);
}

/* Nobody would ever write there. */
START_TEST(a_certificate_in_a_pipe_is_not_waited_for)
{
    char pipe_path[128];
    char expected[256];

    path_of(pipe_path, sizeof pipe_path, "pipe");
    ck_assert_int_eq(mkfifo(pipe_path, 0600), 0);
    snprintf(connection.ssl_ca_certs_file, sizeof connection.ssl_ca_certs_file,
             "%s", pipe_path);
    ck_assert_int_eq(stepden_access_check(&connection, &stepden_way_connection,
                                          keep_fault, NULL),
                     STEPDEN_ERR_SYSTEM);
    snprintf(expected, sizeof expected,
             "/redis/connection/sslCaCertsFile: %s: not a regular file",
             pipe_path);
    ck_assert_str_eq(log_text, expected);

    connection.has_ssl_client_cert_file = true;
    snprintf(connection.ssl_client_cert_file,
             sizeof connection.ssl_client_cert_file, "%s", pipe_path);
    ck_assert_int_eq(stepden_access_check(&connection, &stepden_way_connection,
                                          keep_fault, NULL),
                     STEPDEN_ERR_SYSTEM);
    ck_assert_ptr_nonnull(strstr(log_text, "/sslClientCertFile: "));

    path_of(connection.ssl_client_cert_file,
            sizeof connection.ssl_client_cert_file, "server.crt");
    connection.has_ssl_client_key_file = true;
    snprintf(connection.ssl_client_key_file,
             sizeof connection.ssl_client_key_file, "%s", pipe_path);
    ck_assert_int_eq(stepden_access_check(&connection, &stepden_way_connection,
                                          keep_fault, NULL),
                     STEPDEN_ERR_SYSTEM);
    ck_assert_ptr_nonnull(strstr(log_text, "/sslClientKeyFile: "));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("redis/tls");
    TCase *tests = tcase_create("tls");
    tcase_set_timeout(tests, 60);
    tcase_add_unchecked_fixture(tests, make_folder, remove_folder);
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests,
                   a_write_that_waits_for_the_peer_does_not_keep_the_loop_busy);
    tcase_add_test(tests, a_port_without_tls_is_named);
    tcase_add_test(tests, a_connection_that_ends_during_the_handshake_is_named);
    tcase_add_test(tests, a_certificate_in_a_pipe_is_not_waited_for);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
