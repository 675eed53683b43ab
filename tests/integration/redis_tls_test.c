/* The link over TLS against a real server: who is let in, and what a user is
 * told otherwise. The certificates are made by the test. */
#include "redis/access.h"
#include "redis/link.h"

#include <arpa/inet.h>
#include <check.h>
#include <ev.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/certificates.h"

static char folder[64];
static char port[8];
static pid_t server;
static struct ev_loop *loop;
static struct stepden_redis_connection connection;
static struct stepden_access *access_;
static struct stepden_link *link_;
static bool is_up;
static char log_text[512];

static void on_up(void *ctx)
{
    (void)ctx;
    is_up = true;
}

static void on_down(void *ctx, const char *why)
{
    (void)ctx;
    (void)why;
    is_up = false;
}

static void on_report(void *ctx, enum stepden_log_level level, const char *text)
{
    (void)ctx;
    (void)level;
    snprintf(log_text, sizeof log_text, "%s", text);
}

/* One that nobody listens on now. */
static void find_port(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    ck_assert_int_eq(bind(fd, (const struct sockaddr *)&address, size), 0);
    ck_assert_int_eq(getsockname(fd, (struct sockaddr *)&address, &size), 0);
    snprintf(port, sizeof port, "%d", ntohs(address.sin_port));
    close(fd);
}

static void make_folder(void)
{
    snprintf(folder, sizeof folder, "/tmp/tls_test_XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    certificates_make(folder);
    find_port();
}

static void remove_folder(void)
{
    char command[128];

    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    ck_assert_int_eq(system(command), 0);
}

static void become_server(const char *name, const char *auth_clients)
{
    char certificate[32];
    char key[32];

    snprintf(certificate, sizeof certificate, "%s.crt", name);
    snprintf(key, sizeof key, "%s.key", name);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    execlp("redis-server", "redis-server", "--dir", folder, "--port", "0",
           "--tls-port", port, "--bind", "127.0.0.1", "--tls-cert-file",
           certificate, "--tls-key-file", key, "--tls-ca-cert-file", "ca.crt",
           "--tls-auth-clients", auth_clients, "--save", "", "--logfile",
           "redis.log", (char *)NULL);
    _exit(127);
}

static void start_server(const char *name, const char *auth_clients)
{
    server = fork();
    ck_assert_int_ge(server, 0);
    if (server == 0)
        become_server(name, auth_clients);
}

static void path_of(char *path, size_t size, const char *name)
{
    snprintf(path, size, "%s/%s", folder, name);
}

static void set_up(void)
{
    struct stepden_config config;

    signal(SIGPIPE, SIG_IGN);
    stepden_config_init(&config);
    connection = config.redis.connection;
    connection.port = (uint16_t)atoi(port);
    connection.ssl_enable = true;
    connection.has_ssl_ca_certs_file = true;
    path_of(connection.ssl_ca_certs_file, sizeof connection.ssl_ca_certs_file,
            "ca.crt");
    loop = ev_loop_new(EVFLAG_AUTO);
    is_up = false;
}

static void tear_down(void)
{
    stepden_link_free(link_);
    stepden_access_free(access_);
    ev_loop_destroy(loop);
    kill(server, SIGKILL);
    waitpid(server, NULL, 0);
}

static void use_client_certificate(const char *certificate)
{
    connection.has_ssl_client_cert_file = true;
    path_of(connection.ssl_client_cert_file,
            sizeof connection.ssl_client_cert_file, certificate);
}

static void use_client_key(const char *key)
{
    connection.has_ssl_client_key_file = true;
    path_of(connection.ssl_client_key_file,
            sizeof connection.ssl_client_key_file, key);
}

static void use_password(const char *password)
{
    connection.has_ssl_client_key_file_password = true;
    connection.ssl_client_key_file_password.kind = STEPDEN_SECRET_PLAIN;
    strcpy(connection.ssl_client_key_file_password.plain, password);
}

static enum stepden_status make_link(struct stepden_diag *diag)
{
    const struct stepden_link_events events = {
        .up = on_up, .down = on_down, .report = on_report};

    enum stepden_status status =
        stepden_access_new(&access_, NULL, &connection, diag);
    return status == STEPDEN_OK ? stepden_link_new(&link_, loop, access_,
                                                   "test", 20, &events, diag)
                                : status;
}

static void on_tick(struct ev_loop *ticked, ev_timer *timer, int events)
{
    (void)timer;
    (void)events;
    ev_break(ticked, EVBREAK_ONE);
}

static void turn(void)
{
    ev_timer tick;

    ev_timer_init(&tick, on_tick, 0.005, 0.);
    ev_timer_start(loop, &tick);
    ev_run(loop, 0);
    ev_timer_stop(loop, &tick);
}

static bool says(const char *text)
{
    return strstr(log_text, text) != NULL;
}

/* Connects; returns when it is up, or something else than that the server is
 * not there yet has been said. */
static void try(void)
{
    struct stepden_diag diag = {0};

    ck_assert_msg(make_link(&diag) == STEPDEN_OK, "%s", diag.reason);
    stepden_link_open(link_);
    log_text[0] = '\0';
    for (int i = 0; i < 1000; i++) {
        turn();
        if (is_up || (log_text[0] != '\0' && !says("Connection refused")))
            return;
    }
    ck_abort_msg("in time: %s", log_text);
}

/* "127.1" is an address, too. */
static const char *const trusted[] = {"127.0.0.1", "localhost", "127.1"};

START_TEST(a_server_with_a_right_certificate_is_trusted)
{
    start_server("server", "no");
    strcpy(connection.host, trusted[_i]);
    try();
    ck_assert_msg(is_up, "%s", log_text);
}
END_TEST

static const struct {
    const char *server;
    const char *host;
    const char *text;
} refused[] = {
    {"elsewhere", "127.0.0.1",
     "IP address mismatch: it is not for redis.connection.host"},
    {"elsewhere", "127.1",
     "IP address mismatch: it is not for redis.connection.host"},
    {"elsewhere", "localhost",
     "hostname mismatch: it is not for redis.connection.host"},
    {"old", "127.0.0.1", "certificate has expired: renew it"},
    {"early", "127.0.0.1", "not yet valid: check this host's clock"},
    {"foreign", "127.0.0.1",
     "unable to get local issuer certificate: check "
     "redis.connection.sslCaCertsFile"},
    {"stranger", "127.0.0.1",
     "self-signed certificate: check redis.connection.sslCaCertsFile"},
};

START_TEST(a_wrong_server_certificate_is_refused_with_the_reason)
{
    start_server(refused[_i].server, "no");
    strcpy(connection.host, refused[_i].host);
    try();
    ck_assert(!is_up);
    ck_assert_msg(says("TLS: the server's certificate: "), "%s", log_text);
    ck_assert_msg(says(refused[_i].text), "%s", log_text);
}
END_TEST

START_TEST(without_verification_any_certificate_will_do)
{
    start_server("elsewhere", "no");
    connection.ssl_cert_requested = false;
    try();
    ck_assert_msg(is_up, "%s", log_text);
}
END_TEST

START_TEST(a_client_certificate_is_shown)
{
    start_server("server", "yes");
    use_client_certificate("client.crt");
    use_client_key("client.enc.key");
    use_password("sesame");
    try();
    ck_assert_msg(is_up, "%s", log_text);
}
END_TEST

START_TEST(one_file_may_hold_certificate_and_key)
{
    start_server("server", "yes");
    use_client_certificate("client.pem");
    try();
    ck_assert_msg(is_up, "%s", log_text);
}
END_TEST

START_TEST(a_missing_client_certificate_is_named)
{
    start_server("server", "yes");
    try();
    ck_assert(!is_up);
    ck_assert_msg(says("certificate required: the server wants a client "
                       "certificate: set redis.connection.sslClientCertFile"),
                  "%s", log_text);
}
END_TEST

START_TEST(a_client_certificate_that_the_server_does_not_know_is_named)
{
    start_server("server", "yes");
    use_client_certificate("foreign.crt");
    use_client_key("foreign.key");
    try();
    ck_assert(!is_up);
    ck_assert_msg(says("the server does not accept "
                       "redis.connection.sslClientCertFile"),
                  "%s", log_text);
}
END_TEST

START_TEST(a_port_that_wants_tls_is_named)
{
    start_server("server", "no");
    connection.ssl_enable = false;
    try();
    ck_assert(!is_up);
    ck_assert_msg(says(".sslEnable if it wants TLS"), "%s", log_text);
}
END_TEST

static const struct {
    const char *certificate;
    const char *key;
    const char *password;
    const char *where;
    const char *reason;
} bad_keys[] = {
    {"client.crt", "client.enc.key", "wrong", "sslClientKeyFilePassword",
     "client.enc.key: the key does not open with it"},
    {"client.crt", "client.enc.key", NULL, "sslClientKeyFilePassword",
     "client.enc.key: the key is encrypted and wants one"},
    {"client.enc.pem", NULL, NULL, "sslClientKeyFilePassword",
     "client.enc.pem: the key is encrypted and wants one"},
    {"client.crt", NULL, NULL, "sslClientKeyFile",
     "client.crt holds no key for its certificate"},
    {"client.crt", "server.key", NULL, "sslClientKeyFile",
     "server.key: the key is not that of the certificate"},
    {"client.crt", "server.enc.key", "sesame", "sslClientKeyFile",
     "server.enc.key: the key is not that of the certificate"},
    {"client.crt", "other.key", NULL, "sslClientKeyFile",
     "other.key: the key is not that of the certificate"},
    {"client.crt", "none.key", NULL, "sslClientKeyFile",
     "none.key: No such file or directory"},
    {"none.crt", "client.key", NULL, "sslClientCertFile",
     "none.crt: No such file or directory"},
};

START_TEST(a_key_that_does_not_fit_is_found_at_once)
{
    struct stepden_diag diag = {0};

    start_server("server", "yes");
    use_client_certificate(bad_keys[_i].certificate);
    if (bad_keys[_i].key != NULL)
        use_client_key(bad_keys[_i].key);
    if (bad_keys[_i].password != NULL)
        use_password(bad_keys[_i].password);
    ck_assert_int_eq(make_link(&diag), STEPDEN_ERR_SYSTEM);
    ck_assert_str_eq(diag.where + strlen("/redis/connection/"),
                     bad_keys[_i].where);
    ck_assert_msg(strstr(diag.reason, bad_keys[_i].reason) != NULL, "%s",
                  diag.reason);
}
END_TEST

START_TEST(a_missing_ca_file_is_found_at_once)
{
    struct stepden_diag diag = {0};

    start_server("server", "no");
    strcpy(connection.ssl_ca_certs_file, "/no/such/file");
    ck_assert_int_eq(make_link(&diag), STEPDEN_ERR_SYSTEM);
    ck_assert_str_eq(diag.where, "/redis/connection/sslCaCertsFile");
    ck_assert_str_eq(diag.reason, "/no/such/file: No such file or directory");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("redis/tls");
    TCase *tests = tcase_create("tls");
    tcase_set_timeout(tests, 30);
    tcase_add_unchecked_fixture(tests, make_folder, remove_folder);
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, a_server_with_a_right_certificate_is_trusted, 0,
                        sizeof trusted / sizeof trusted[0]);
    tcase_add_loop_test(tests,
                        a_wrong_server_certificate_is_refused_with_the_reason,
                        0, sizeof refused / sizeof refused[0]);
    tcase_add_test(tests, without_verification_any_certificate_will_do);
    tcase_add_test(tests, a_client_certificate_is_shown);
    tcase_add_test(tests, one_file_may_hold_certificate_and_key);
    tcase_add_test(tests, a_missing_client_certificate_is_named);
    tcase_add_test(tests,
                   a_client_certificate_that_the_server_does_not_know_is_named);
    tcase_add_test(tests, a_port_that_wants_tls_is_named);
    tcase_add_loop_test(tests, a_key_that_does_not_fit_is_found_at_once, 0,
                        sizeof bad_keys / sizeof bad_keys[0]);
    tcase_add_test(tests, a_missing_ca_file_is_found_at_once);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
