#include "redis/dial.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/diag.h"

bool stepden_dial_is_address(const char *host)
{
    unsigned char bytes[sizeof(struct in6_addr)];

    return inet_pton(AF_INET, host, bytes) == 1 ||
           inet_pton(AF_INET6, host, bytes) == 1;
}

enum stepden_status
stepden_dial_begin(struct stepden_dial *dial,
                   const struct stepden_redis_connection *connection,
                   struct stepden_diag *diag)
{
    struct addrinfo wanted = {.ai_socktype = SOCK_STREAM,
                              .ai_flags = AI_NUMERICSERV};
    char port[16];

    stepden_dial_end(dial);
    if (connection->has_unix_socket)
        return STEPDEN_OK;
    if (stepden_dial_is_address(connection->host))
        wanted.ai_flags |= AI_NUMERICHOST;
    snprintf(port, sizeof port, "%u", (unsigned)connection->port);

    int error = getaddrinfo(connection->host, port, &wanted, &dial->addresses);
    if (error != 0) {
        dial->addresses = NULL;
        return stepden_diag_set(diag, STEPDEN_ERR_SYSTEM, "resolve",
                                "%s: check redis.connection.host",
                                error == EAI_SYSTEM ? strerror(errno)
                                                    : gai_strerror(error));
    }
    dial->next = dial->addresses;
    return STEPDEN_OK;
}

bool stepden_dial_has_next(const struct stepden_dial *dial)
{
    return dial->next != NULL;
}

void stepden_dial_end(struct stepden_dial *dial)
{
    if (dial->addresses != NULL)
        freeaddrinfo(dial->addresses);
    *dial = (struct stepden_dial){0};
}

static void set_option(int fd, int level, int option, int value)
{
    (void)setsockopt(fd, level, option, &value, sizeof value);
}

/* Advisory: a socket without them works. */
static void set_tcp_options(int fd,
                            const struct stepden_redis_connection *connection)
{
    set_option(fd, IPPROTO_TCP, TCP_NODELAY, 1);
    if (!connection->socket_keep_alive)
        return;
    set_option(fd, SOL_SOCKET, SO_KEEPALIVE, 1);
    set_option(fd, IPPROTO_TCP, TCP_KEEPIDLE, connection->socket_keep_idle_s);
    set_option(fd, IPPROTO_TCP, TCP_KEEPCNT, connection->socket_keep_cnt);
}

static enum stepden_status connect_socket(int fd,
                                          const struct sockaddr *address,
                                          socklen_t size,
                                          struct stepden_diag *diag)
{
    if (connect(fd, address, size) == 0 || errno == EINPROGRESS)
        return STEPDEN_OK;
    return stepden_diag_set(diag, STEPDEN_ERR_SYSTEM, "connect", "%s",
                            strerror(errno));
}

static enum stepden_status open_socket(int *fd, int family,
                                       struct stepden_diag *diag)
{
    *fd = socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (*fd >= 0)
        return STEPDEN_OK;
    return stepden_diag_set(diag, STEPDEN_ERR_SYSTEM, "socket", "%s",
                            strerror(errno));
}

static enum stepden_status dial_unix(int *fd, const char *path,
                                     struct stepden_diag *diag)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};

    if (strlen(path) >= sizeof address.sun_path)
        return stepden_diag_set(diag, STEPDEN_ERR_SYSTEM, "connect",
                                "the path has more than %zu bytes",
                                sizeof address.sun_path - 1);
    memcpy(address.sun_path, path, strlen(path) + 1);
    if (open_socket(fd, AF_UNIX, diag) != STEPDEN_OK)
        return STEPDEN_ERR_SYSTEM;
    return connect_socket(*fd, (const struct sockaddr *)&address,
                          sizeof address, diag);
}

static enum stepden_status
dial_tcp(int *fd, struct stepden_dial *dial,
         const struct stepden_redis_connection *connection,
         struct stepden_diag *diag)
{
    const struct addrinfo *address = dial->next;

    dial->next = address->ai_next;
    if (open_socket(fd, address->ai_family, diag) != STEPDEN_OK)
        return STEPDEN_ERR_SYSTEM;
    set_tcp_options(*fd, connection);
    return connect_socket(*fd, address->ai_addr, address->ai_addrlen, diag);
}

enum stepden_status
stepden_dial_next(int *fd, struct stepden_dial *dial,
                  const struct stepden_redis_connection *connection,
                  struct stepden_diag *diag)
{
    enum stepden_status status;

    *fd = -1;
    if (connection->has_unix_socket)
        status = dial_unix(fd, connection->unix_socket, diag);
    else
        status = dial_tcp(fd, dial, connection, diag);
    if (status != STEPDEN_OK && *fd >= 0) {
        close(*fd);
        *fd = -1;
    }
    return status;
}
