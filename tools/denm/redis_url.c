#include "redis_url.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"

static const char password_variable[] = "REDISCLI_AUTH";

static enum stepden_status refuse(struct stepden_diag *diag, const char *reason)
{
    return stepden_diag_set(diag, STEPDEN_ERR_SYNTAX, "--redis", "%s", reason);
}

static bool take_prefix(const char **at, const char *prefix)
{
    size_t size = strlen(prefix);

    if (strncmp(*at, prefix, size) != 0)
        return false;
    *at += size;
    return true;
}

/* Copies `size` bytes, %XX decoded; false if they do not fit. */
static bool copy(char *text, size_t room, const char *at, size_t size)
{
    size_t length = 0;

    for (size_t i = 0; i < size; i++) {
        unsigned code;
        char hex[3] = "";

        if (at[i] == '%' && i + 2 < size)
            memcpy(hex, at + i + 1, 2);
        if (length + 1 >= room)
            return false;
        if (hex[0] && strspn(hex, "0123456789abcdefABCDEF") == 2 &&
            sscanf(hex, "%2x", &code) == 1) {
            text[length++] = (char)code;
            i += 2;
        } else {
            text[length++] = at[i];
        }
    }
    text[length] = '\0';
    return true;
}

/* USER:PASSWORD or, as redis-cli has it, PASSWORD alone. */
static bool take_user(struct stepden_redis_connection *connection,
                      const char *at, size_t size)
{
    const char *colon = memchr(at, ':', size);
    size_t user_size = colon ? (size_t)(colon - at) : 0;
    const char *password = colon ? colon + 1 : at;

    connection->has_username = user_size > 0;
    connection->has_password = true;
    connection->password.kind = STEPDEN_SECRET_PLAIN;
    return copy(connection->username, sizeof connection->username, at,
                user_size) &&
           copy(connection->password.plain, sizeof connection->password.plain,
                password, size - (size_t)(password - at));
}

static void
take_password_from_environment(struct stepden_redis_connection *connection)
{
    const char *password = getenv(password_variable);

    if (connection->has_password || !password || !password[0])
        return;
    connection->has_password = true;
    connection->password.kind = STEPDEN_SECRET_PLAIN;
    snprintf(connection->password.plain, sizeof connection->password.plain,
             "%s", password);
}

/* A decimal number up to the end of the text. */
static bool take_number(unsigned long *number, const char *text,
                        unsigned long maximum)
{
    char *end;

    if (!text[0] || strspn(text, "0123456789") != strlen(text))
        return false;
    *number = strtoul(text, &end, 10);
    return *number <= maximum;
}

static bool take_db(struct stepden_redis_connection *connection,
                    const char *text)
{
    unsigned long db = 0;

    if (text[0] && !take_number(&db, text, 255))
        return false;
    connection->db = (uint8_t)db;
    return true;
}

static bool take_port(struct stepden_redis_connection *connection,
                      const char *text, size_t size)
{
    char port[8];
    unsigned long number = 0;

    if (size >= sizeof port || !copy(port, sizeof port, text, size) ||
        !take_number(&number, port, UINT16_MAX))
        return false;
    connection->port = (uint16_t)number;
    return true;
}

/* HOST[:PORT], an IPv6 address in brackets. */
static bool take_host(struct stepden_redis_connection *connection,
                      const char *at, size_t size)
{
    const char *bracket = at[0] == '[' ? memchr(at, ']', size) : NULL;
    const char *host_end = bracket ? bracket + 1 : at;
    const char *colon = memchr(host_end, ':', size - (size_t)(host_end - at));
    size_t host_size = colon ? (size_t)(colon - at) : size;

    if (colon && !take_port(connection, colon + 1, size - host_size - 1))
        return false;
    if (bracket && host_size != (size_t)(bracket + 1 - at))
        return false;
    if (bracket)
        return copy(connection->host, sizeof connection->host, at + 1,
                    host_size - 2);
    return host_size == 0 ||
           copy(connection->host, sizeof connection->host, at, host_size);
}

static bool take_server(struct stepden_redis_connection *connection,
                        const char *at)
{
    size_t size = strcspn(at, "/?");

    return take_host(connection, at, size) && (at[size] != '?') &&
           take_db(connection, at[size] ? at + size + 1 : "");
}

static bool take_socket(struct stepden_redis_connection *connection,
                        const char *at)
{
    size_t size = strcspn(at, "?");
    const char *query = at + size;

    connection->has_unix_socket = true;
    return at[0] == '/' &&
           copy(connection->unix_socket, sizeof connection->unix_socket, at,
                size) &&
           (!query[0] ||
            (take_prefix(&query, "?db=") && take_db(connection, query)));
}

enum stepden_status
denm_redis_url_read(struct stepden_redis_connection *connection,
                    const char *url, struct stepden_diag *diag)
{
    const char *at = url;
    bool is_socket = url[0] == '/' || take_prefix(&at, "unix://");

    stepden_redis_connection_init(connection);
    connection->protocol = 2;
    connection->ssl_enable = !is_socket && take_prefix(&at, "rediss://");
    if (!is_socket && !connection->ssl_enable && !take_prefix(&at, "redis://"))
        return refuse(diag, "begins with redis://, rediss:// or unix://");

    const char *user_end = url[0] == '/' ? NULL : strchr(at, '@');
    if (user_end && !take_user(connection, at, (size_t)(user_end - at)))
        return refuse(diag, "the user or the password is too long");
    take_password_from_environment(connection);
    at = user_end ? user_end + 1 : at;
    if (is_socket ? !take_socket(connection, at) : !take_server(connection, at))
        return refuse(diag, is_socket
                                ? "not unix:///SOCKET[?db=DB]"
                                : "not redis://[USER:PASSWORD@]HOST[:PORT]"
                                  "[/DB]");
    return STEPDEN_OK;
}
