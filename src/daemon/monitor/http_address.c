#include "daemon/monitor/http_address.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/diag.h"

#define PORT_MAX 65535
#define HOST_MAX 64
#define BRACKETS "[]"

/* "host:port" or "[host]:port", cut in two. */
static bool cut(char host[HOST_MAX], const char **port, const char *text)
{
    const char *colon = strrchr(text, ':');
    size_t size = colon ? (size_t)(colon - text) : 0;
    bool in_brackets = size > 2 && text[0] == '[' && colon[-1] == ']';
    if (in_brackets) {
        text++;
        size -= strlen(BRACKETS);
    }
    if (size == 0 || size >= HOST_MAX ||
        in_brackets != (memchr(text, ':', size) != NULL))
        return false;
    snprintf(host, HOST_MAX, "%.*s", (int)size, text);
    *port = colon + 1;
    return true;
}

static bool is_port(const char *text)
{
    size_t size = strlen(text);
    return size > 0 && size <= 5 && strspn(text, "0123456789") == size &&
           strtol(text, NULL, 10) <= PORT_MAX;
}

enum stepden_status
stepden_http_address_read(struct stepden_http_address *address,
                          const char *text, struct stepden_diag *diag)
{
    const struct addrinfo hints = {
        .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV,
        .ai_socktype = SOCK_STREAM,
    };
    char host[HOST_MAX];
    const char *port;
    struct addrinfo *found = NULL;
    if (!cut(host, &port, text) || !is_port(port) ||
        getaddrinfo(host, port, &hints, &found) != 0)
        return stepden_diag_set(diag, STEPDEN_ERR_INVALID, "/health/listen",
                                "%s: it has to be an address and a port, like "
                                "127.0.0.1:8080 or [::1]:8080",
                                text);
    *address = (struct stepden_http_address){.size = found->ai_addrlen};
    memcpy(&address->socket, found->ai_addr, found->ai_addrlen);
    freeaddrinfo(found);
    return STEPDEN_OK;
}

const char *
stepden_http_address_write(char text[STEPDEN_HTTP_ADDRESS_MAX],
                           const struct stepden_http_address *address)
{
    char host[HOST_MAX] = "?";
    char port[8] = "?";
    getnameinfo((const struct sockaddr *)&address->socket, address->size, host,
                sizeof host, port, sizeof port,
                NI_NUMERICHOST | NI_NUMERICSERV);
    snprintf(text, STEPDEN_HTTP_ADDRESS_MAX,
             address->socket.ss_family == AF_INET6 ? "[%s]:%s" : "%s:%s", host,
             port);
    return text;
}

bool stepden_http_address_is_loopback(
    const struct stepden_http_address *address)
{
    const void *socket = &address->socket;
    const struct sockaddr_in *ip = socket;
    const struct sockaddr_in6 *ip6 = socket;
    if (address->socket.ss_family == AF_INET6)
        return IN6_IS_ADDR_LOOPBACK(&ip6->sin6_addr);
    return ntohl(ip->sin_addr.s_addr) >> 24 == IN_LOOPBACKNET;
}

bool stepden_http_host_is_local(const char *host)
{
    char name[HOST_MAX];
    struct in6_addr address;
    size_t size = strcspn(host, host[0] == '[' ? "]" : ":");
    bool in_brackets = host[size] == ']';
    const char *port = host + size + in_brackets;
    if (size >= HOST_MAX ||
        (port[0] != '\0' && (port[0] != ':' || !is_port(port + 1))))
        return false;
    snprintf(name, sizeof name, "%.*s", (int)size - in_brackets,
             host + in_brackets);
    if (in_brackets)
        return inet_pton(AF_INET6, name, &address) == 1;
    return strcasecmp(name, "localhost") == 0 ||
           inet_pton(AF_INET, name, &address) == 1;
}
