#include "support/redis_proxy_sockets.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { BACKLOG = 64 };

struct address {
    union {
        struct sockaddr any;
        struct sockaddr_in tcp;
        struct sockaddr_un local;
    };
    socklen_t size;
};

static void name_address(struct address *address, const char *name)
{
    *address = (struct address){0};
    if (strncmp(name, "tcp:", 4) == 0) {
        address->size = sizeof address->tcp;
        address->tcp.sin_family = AF_INET;
        address->tcp.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        address->tcp.sin_port = htons((uint16_t)strtoul(name + 4, NULL, 10));
        return;
    }
    address->size = sizeof address->local;
    address->local.sun_family = AF_UNIX;
    snprintf(address->local.sun_path, sizeof address->local.sun_path, "%s",
             name);
}

static int close_failed(int fd)
{
    int error = errno;

    if (fd >= 0)
        close(fd);
    errno = error;
    return -1;
}

int proxy_connect(const char *name, int type)
{
    struct address address;

    name_address(&address, name);
    int fd = socket(address.any.sa_family, type | SOCK_CLOEXEC, 0);
    if (fd < 0 || connect(fd, &address.any, address.size) != 0)
        return close_failed(fd);
    return fd;
}

int proxy_listen(const char *name, int type)
{
    const int on = 1;
    struct address address;

    name_address(&address, name);
    if (address.any.sa_family == AF_UNIX)
        unlink(name);
    int fd =
        socket(address.any.sa_family, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0 ||
        setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0 ||
        bind(fd, &address.any, address.size) != 0 || listen(fd, BACKLOG) != 0)
        return close_failed(fd);
    return fd;
}

unsigned proxy_port(int fd)
{
    struct address address = {.size = sizeof address.tcp};

    if (getsockname(fd, &address.any, &address.size) != 0 ||
        address.any.sa_family != AF_INET)
        return 0;
    return ntohs(address.tcp.sin_port);
}
