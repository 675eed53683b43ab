#include "redis/dial.h"

#include <assert.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/diag.h"

bool stepden_dial_read_address(struct stepden_address *address,
                               const char *host, const char *port)
{
    const struct addrinfo wanted = {.ai_socktype = SOCK_STREAM,
                                    .ai_flags =
                                        AI_NUMERICHOST | AI_NUMERICSERV};
    struct addrinfo *found;

    if (getaddrinfo(host, port, &wanted, &found) != 0)
        return false;
    address->size = found->ai_addrlen;
    memcpy(&address->socket, found->ai_addr, found->ai_addrlen);
    freeaddrinfo(found);
    return true;
}

bool stepden_dial_begin(struct stepden_dial *dial,
                        const struct stepden_redis_node *server)
{
    char port[8];

    dial->next = 0;
    snprintf(port, sizeof port, "%u", (unsigned)server->port);
    dial->count =
        stepden_dial_read_address(&dial->addresses[0], server->host, port);
    return dial->count > 0;
}

void stepden_dial_set(struct stepden_dial *dial,
                      const struct stepden_address *addresses, size_t count)
{
    dial->next = 0;
    dial->count = count;
    memcpy(dial->addresses, addresses, count * sizeof *addresses);
}

bool stepden_dial_has_next(const struct stepden_dial *dial)
{
    return dial->next < dial->count;
}

static const char *hint_unix(int error)
{
    switch (error) {
    case ENOENT:
        return ": check redis.connection.unixSocket, and that Redis runs";
    case EACCES:
        return ": check who may use redis.connection.unixSocket";
    case ECONNREFUSED:
        return ": check that Redis runs";
    case EAGAIN:
        return ": too many wait to be let in: check that the server is not "
               "overloaded, and its tcp-backlog";
    default:
        return "";
    }
}

static void explain_tcp(struct stepden_diag *diag,
                        const struct stepden_way *way, int error)
{
    const char *why = strerror(error);

    switch (error) {
    case EACCES:
        stepden_diag_set(diag, STEPDEN_ERR_SYSTEM, "connect",
                         "%s: check the firewall of this host", why);
        break;
    case ECONNREFUSED:
        stepden_diag_set(diag, STEPDEN_ERR_SYSTEM, "connect",
                         "%s: check %s, and that Redis runs", why,
                         way->address);
        break;
    case EHOSTUNREACH:
    case ENETUNREACH:
    case ETIMEDOUT:
        stepden_diag_set(diag, STEPDEN_ERR_SYSTEM, "connect",
                         "%s: check %s, and the network", why, way->host);
        break;
    default:
        stepden_diag_set(diag, STEPDEN_ERR_SYSTEM, "connect", "%s", why);
    }
}

void stepden_dial_explain(struct stepden_diag *diag,
                          const struct stepden_redis_connection *connection,
                          const struct stepden_way *way, int error)
{
    if (connection->has_unix_socket)
        stepden_diag_set(diag, STEPDEN_ERR_SYSTEM, "connect", "%s%s",
                         strerror(error), hint_unix(error));
    else
        explain_tcp(diag, way, error);
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

static enum stepden_status
connect_socket(int fd, const struct sockaddr *address, socklen_t size,
               const struct stepden_redis_connection *connection,
               const struct stepden_way *way, struct stepden_diag *diag)
{
    if (connect(fd, address, size) == 0 || errno == EINPROGRESS)
        return STEPDEN_OK;
    stepden_dial_explain(diag, connection, way, errno);
    return STEPDEN_ERR_SYSTEM;
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

static enum stepden_status
dial_unix(int *fd, const struct stepden_redis_connection *connection,
          const struct stepden_way *way, struct stepden_diag *diag)
{
    const char *path = connection->unix_socket;
    struct sockaddr_un address = {.sun_family = AF_UNIX};

    assert(strlen(path) < sizeof address.sun_path);
    memcpy(address.sun_path, path, strlen(path) + 1);
    if (open_socket(fd, AF_UNIX, diag) != STEPDEN_OK)
        return STEPDEN_ERR_SYSTEM;
    return connect_socket(*fd, (const struct sockaddr *)&address,
                          sizeof address, connection, way, diag);
}

static enum stepden_status
dial_tcp(int *fd, struct stepden_dial *dial,
         const struct stepden_redis_connection *connection,
         const struct stepden_way *way, struct stepden_diag *diag)
{
    const struct stepden_address *address = &dial->addresses[dial->next++];

    if (open_socket(fd, address->socket.any.sa_family, diag) != STEPDEN_OK)
        return STEPDEN_ERR_SYSTEM;
    set_tcp_options(*fd, connection);
    return connect_socket(*fd, &address->socket.any, address->size, connection,
                          way, diag);
}

enum stepden_status
stepden_dial_next(int *fd, struct stepden_dial *dial,
                  const struct stepden_redis_connection *connection,
                  const struct stepden_way *way, struct stepden_diag *diag)
{
    enum stepden_status status;

    *fd = -1;
    if (connection->has_unix_socket)
        status = dial_unix(fd, connection, way, diag);
    else
        status = dial_tcp(fd, dial, connection, way, diag);
    if (status != STEPDEN_OK && *fd >= 0) {
        close(*fd);
        *fd = -1;
    }
    return status;
}
