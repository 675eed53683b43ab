#include "redis/tls.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/sslerr.h>
#include <openssl/x509err.h>
#include <openssl/x509v3.h>

#include "base/diag.h"
#include "base/regular_file.h"
#include "redis/dial.h"
#include "redis/secret.h"

enum { PASSWORD_SIZE = 4096 + 1 };

struct stepden_tls {
    SSL *ssl;
    bool verify;
    const char *host;
    const struct stepden_way *way;
};

/* The reason of OpenSSL's oldest error; empties its queue. */
static const char *openssl_reason(void)
{
    unsigned long code = ERR_get_error();
    const char *reason = code != 0 ? ERR_reason_error_string(code) : NULL;

    ERR_clear_error();
    if (ERR_SYSTEM_ERROR(code))
        return strerror(ERR_GET_REASON(code));
    return reason != NULL ? reason : "unknown error";
}

static enum stepden_status refuse(struct stepden_diag *diag, const char *where,
                                  const char *path)
{
    return stepden_diag_set(diag, STEPDEN_ERR_SYSTEM, where, "%s: %s", path,
                            openssl_reason());
}

/* OpenSSL would wait for a FIFO. */
static enum stepden_status check_file(const char *where, const char *path,
                                      struct stepden_diag *diag)
{
    const char *why;
    FILE *file = stepden_regular_file_open(path, &why);

    if (file == NULL)
        return stepden_diag_set(diag, STEPDEN_ERR_SYSTEM, where, "%s: %s", path,
                                why);
    fclose(file);
    return STEPDEN_OK;
}

static enum stepden_status
load_ca(SSL_CTX *context, const struct stepden_redis_connection *connection,
        struct stepden_diag *diag)
{
    static const char where[] = "/redis/connection/sslCaCertsFile";
    const char *path = connection->ssl_ca_certs_file;

    if (!connection->has_ssl_ca_certs_file)
        return SSL_CTX_set_default_verify_paths(context) == 1
                   ? STEPDEN_OK
                   : refuse(diag, "", "the system's CA certificates");
    enum stepden_status status = check_file(where, path, diag);
    if (status == STEPDEN_OK && SSL_CTX_load_verify_file(context, path) != 1)
        status = refuse(diag, where, path);
    return status;
}

struct key_password {
    char text[PASSWORD_SIZE]; /* "" without one */
    bool was_wanted;
};

/* Never asks on the terminal, as OpenSSL would. */
static int give_password(char *text, int size, int writing, void *ctx)
{
    struct key_password *password = ctx;
    size_t length = strlen(password->text);

    (void)writing;
    password->was_wanted = true;
    if (length == 0 || length > (size_t)size)
        return -1;
    memcpy(text, password->text, length);
    return (int)length;
}

static bool is_of_another_certificate(int loaded)
{
    unsigned long code = ERR_peek_last_error();
    int reason = ERR_GET_REASON(code);

    return loaded == 1 || (ERR_GET_LIB(code) == ERR_LIB_X509 &&
                           (reason == X509_R_KEY_VALUES_MISMATCH ||
                            reason == X509_R_KEY_TYPE_MISMATCH));
}

static enum stepden_status
refuse_key(const struct stepden_redis_connection *connection, const char *path,
           int loaded, const struct key_password *password,
           struct stepden_diag *diag)
{
    const char *where = "/redis/connection/sslClientKeyFilePassword";

    if (is_of_another_certificate(loaded))
        return stepden_diag_set(diag, STEPDEN_ERR_SYSTEM,
                                "/redis/connection/sslClientKeyFile",
                                "%s: the key is not that of the certificate %s",
                                path, connection->ssl_client_cert_file);
    if (password->was_wanted)
        return stepden_diag_set(diag, STEPDEN_ERR_SYSTEM, where,
                                password->text[0] == '\0'
                                    ? "%s: the key is encrypted and wants one"
                                    : "%s: the key does not open with it",
                                path);
    if (connection->has_ssl_client_key_file)
        return refuse(diag, "/redis/connection/sslClientKeyFile", path);
    return stepden_diag_set(
        diag, STEPDEN_ERR_SYSTEM, "/redis/connection/sslClientKeyFile",
        "missing, and %s holds no key for its certificate", path);
}

static enum stepden_status
load_key(SSL_CTX *context, const struct stepden_redis_connection *connection,
         struct key_password *password, struct stepden_diag *diag)
{
    static const char where[] = "/redis/connection/sslClientKeyFile";
    const char *path = connection->has_ssl_client_key_file
                           ? connection->ssl_client_key_file
                           : connection->ssl_client_cert_file;
    enum stepden_status status = check_file(where, path, diag);

    if (status != STEPDEN_OK)
        return status;
    SSL_CTX_set_default_passwd_cb(context, give_password);
    SSL_CTX_set_default_passwd_cb_userdata(context, password);
    int loaded = SSL_CTX_use_PrivateKey_file(context, path, SSL_FILETYPE_PEM);
    SSL_CTX_set_default_passwd_cb_userdata(context, NULL);
    if (loaded == 1 && SSL_CTX_check_private_key(context) == 1)
        return STEPDEN_OK;
    return refuse_key(connection, path, loaded, password, diag);
}

static enum stepden_status
load_client(SSL_CTX *context, const struct stepden_redis_connection *connection,
            struct stepden_diag *diag)
{
    const char *path = connection->ssl_client_cert_file;
    static const char where[] = "/redis/connection/sslClientCertFile";
    struct key_password password = {0};

    if (!connection->has_ssl_client_cert_file)
        return STEPDEN_OK;
    enum stepden_status status = check_file(where, path, diag);
    if (status == STEPDEN_OK &&
        SSL_CTX_use_certificate_chain_file(context, path) != 1)
        status = refuse(diag, where, path);
    if (status == STEPDEN_OK && connection->has_ssl_client_key_file_password)
        status = stepden_secret_read(
            password.text, sizeof password.text,
            &connection->ssl_client_key_file_password,
            "/redis/connection/sslClientKeyFilePassword", diag);
    if (status == STEPDEN_OK)
        status = load_key(context, connection, &password, diag);
    stepden_secret_wipe(password.text, sizeof password.text);
    return status;
}

static enum stepden_status
configure(SSL_CTX *context, const struct stepden_redis_connection *connection,
          struct stepden_diag *diag)
{
    bool verify = connection->ssl_cert_requested;

    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE |
                                  SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_verify(context, verify ? SSL_VERIFY_PEER : SSL_VERIFY_NONE,
                       NULL);
    enum stepden_status status = load_client(context, connection, diag);
    return status == STEPDEN_OK && verify ? load_ca(context, connection, diag)
                                          : status;
}

enum stepden_status
stepden_tls_context_new(struct ssl_ctx_st **context,
                        const struct stepden_redis_connection *connection,
                        struct stepden_diag *diag)
{
    ERR_clear_error();
    SSL_CTX *made = SSL_CTX_new(TLS_client_method());
    if (made == NULL)
        return refuse(diag, "", "OpenSSL");
    enum stepden_status status = configure(made, connection, diag);
    if (status == STEPDEN_OK)
        *context = made;
    else
        SSL_CTX_free(made);
    return status;
}

void stepden_tls_context_free(struct ssl_ctx_st *context)
{
    SSL_CTX_free(context);
}

/* Its bytes: OpenSSL reads neither "127.1" nor "fe80::1%eth0". */
static bool expect_address(struct stepden_tls *tls,
                           const struct stepden_address *address)
{
    X509_VERIFY_PARAM *param = SSL_get0_param(tls->ssl);
    const struct in_addr *v4 = &address->socket.v4.sin_addr;
    const struct in6_addr *v6 = &address->socket.v6.sin6_addr;

    if (address->socket.any.sa_family == AF_INET)
        return X509_VERIFY_PARAM_set1_ip(param, (const unsigned char *)v4,
                                         sizeof *v4) == 1;
    return X509_VERIFY_PARAM_set1_ip(param, v6->s6_addr, sizeof *v6) == 1;
}

/* SNI carries names only (RFC 6066, clause 3). */
static bool name_peer(struct stepden_tls *tls)
{
    struct stepden_address address;

    if (stepden_dial_read_address(&address, tls->host, "0"))
        return !tls->verify || expect_address(tls, &address);
    if (SSL_set_tlsext_host_name(tls->ssl, tls->host) != 1)
        return false;
    SSL_set_hostflags(tls->ssl, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    return !tls->verify || SSL_set1_host(tls->ssl, tls->host) == 1;
}

enum stepden_status stepden_tls_begin(struct stepden_tls **tls,
                                      struct ssl_ctx_st *context, int fd,
                                      const char *host,
                                      const struct stepden_way *way,
                                      struct stepden_diag *diag)
{
    struct stepden_tls *made = calloc(1, sizeof *made);

    if (made == NULL)
        return stepden_diag_set(diag, STEPDEN_ERR_MEMORY, "TLS", "no memory");
    made->verify = SSL_CTX_get_verify_mode(context) == SSL_VERIFY_PEER;
    made->host = host;
    made->way = way;
    ERR_clear_error();
    made->ssl = SSL_new(context);
    if (made->ssl == NULL || SSL_set_fd(made->ssl, fd) != 1 ||
        !name_peer(made)) {
        stepden_tls_end(made);
        return refuse(diag, "TLS", "OpenSSL");
    }
    SSL_set_connect_state(made->ssl);
    *tls = made;
    return STEPDEN_OK;
}

void stepden_tls_end(struct stepden_tls *tls)
{
    if (tls == NULL)
        return;
    SSL_free(tls->ssl);
    free(tls);
}

static const char *verify_hint(const struct stepden_tls *tls, long verdict)
{
    switch (verdict) {
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
        return tls->way->stranger;
    case X509_V_ERR_CERT_HAS_EXPIRED:
        return "renew it, or check this host's clock";
    case X509_V_ERR_CERT_NOT_YET_VALID:
        return "check this host's clock";
    default:
        return "check redis.connection.sslCaCertsFile";
    }
}

/* What a user can do about an error of OpenSSL. */
static const char *transport_hint(int reason)
{
    switch (reason) {
    case SSL_R_TLSV13_ALERT_CERTIFICATE_REQUIRED:
        return ": the server wants a client certificate: set "
               "redis.connection.sslClientCertFile";
    case SSL_R_SSLV3_ALERT_HANDSHAKE_FAILURE:
        return ": the server may want a client certificate, check "
               "redis.connection.sslClientCertFile, or no cipher is common";
    case SSL_R_TLSV1_ALERT_UNKNOWN_CA:
    case SSL_R_SSLV3_ALERT_BAD_CERTIFICATE:
    case SSL_R_SSLV3_ALERT_CERTIFICATE_EXPIRED:
    case SSL_R_SSLV3_ALERT_CERTIFICATE_REVOKED:
    case SSL_R_SSLV3_ALERT_CERTIFICATE_UNKNOWN:
    case SSL_R_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE:
        return ": the server does not accept "
               "redis.connection.sslClientCertFile";
    case SSL_R_TLSV1_ALERT_PROTOCOL_VERSION:
    case SSL_R_UNSUPPORTED_PROTOCOL:
        return ": the server has to offer TLS 1.2 or 1.3";
    case SSL_R_UNEXPECTED_EOF_WHILE_READING:
        return ": the server closed the connection";
    default:
        return "";
    }
}

static void describe(struct stepden_tls *tls, int ssl_error,
                     struct stepden_diag *diag)
{
    long verdict = SSL_get_verify_result(tls->ssl);
    int reason = ERR_GET_REASON(ERR_peek_error());

    if (tls->verify && verdict != X509_V_OK)
        stepden_diag_set(
            diag, STEPDEN_ERR_SYSTEM, "TLS", "the server's certificate: %s: %s",
            X509_verify_cert_error_string(verdict), verify_hint(tls, verdict));
    else if (ssl_error == SSL_ERROR_SYSCALL && ERR_peek_error() == 0)
        stepden_diag_set(diag, STEPDEN_ERR_SYSTEM, "TLS", "%s",
                         errno != 0 ? strerror(errno)
                                    : "the server closed the connection");
    else if (reason == SSL_R_WRONG_VERSION_NUMBER)
        stepden_diag_set(diag, STEPDEN_ERR_SYSTEM, "TLS",
                         "%s: the port does not speak TLS: check %s and %s",
                         openssl_reason(), tls->way->port, tls->way->tls);
    else
        stepden_diag_set(diag, STEPDEN_ERR_SYSTEM, "TLS", "%s%s",
                         openssl_reason(), transport_hint(reason));
}

static enum stepden_tls_result judge(struct stepden_tls *tls, int rval,
                                     struct stepden_diag *diag)
{
    int ssl_error = SSL_get_error(tls->ssl, rval);

    if (ssl_error == SSL_ERROR_WANT_READ)
        return STEPDEN_TLS_WANT_READ;
    if (ssl_error == SSL_ERROR_WANT_WRITE)
        return STEPDEN_TLS_WANT_WRITE;
    if (ssl_error == SSL_ERROR_ZERO_RETURN)
        return STEPDEN_TLS_CLOSED;
    describe(tls, ssl_error, diag);
    return STEPDEN_TLS_FAILED;
}

enum stepden_tls_result stepden_tls_handshake(struct stepden_tls *tls,
                                              struct stepden_diag *diag)
{
    ERR_clear_error();
    errno = 0;
    int rval = SSL_do_handshake(tls->ssl);
    return rval == 1 ? STEPDEN_TLS_OK : judge(tls, rval, diag);
}

enum stepden_tls_result stepden_tls_read(size_t *got, struct stepden_tls *tls,
                                         char *bytes, size_t size,
                                         struct stepden_diag *diag)
{
    ERR_clear_error();
    errno = 0;
    int rval = SSL_read_ex(tls->ssl, bytes, size, got);
    return rval == 1 ? STEPDEN_TLS_OK : judge(tls, rval, diag);
}

enum stepden_tls_result stepden_tls_write(size_t *put, struct stepden_tls *tls,
                                          const char *bytes, size_t size,
                                          struct stepden_diag *diag)
{
    ERR_clear_error();
    errno = 0;
    int rval = SSL_write_ex(tls->ssl, bytes, size, put);
    return rval == 1 ? STEPDEN_TLS_OK : judge(tls, rval, diag);
}
