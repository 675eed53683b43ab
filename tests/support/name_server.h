/* A name server on a loopback port of the kernel's choice, on the test's loop:
 * it gives every name the same IPv4 addresses. */
#ifndef STEPDEN_TESTS_SUPPORT_NAME_SERVER_H
#define STEPDEN_TESTS_SUPPORT_NAME_SERVER_H

#include <arpa/inet.h>
#include <check.h>
#include <ev.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct name_server {
    struct ev_loop *loop;
    ev_io io;
    char name[32];         /* "127.0.0.1:12345" */
    const char *addresses; /* with a space between; NULL: no such name */
    bool is_silent;
    int questions; /* that came */
};

enum { NAME_SERVER_A = 1, NAME_SERVER_HEADER = 12 };

/* The bytes of the header and the one question. */
static inline size_t name_server_question(const uint8_t *bytes)
{
    size_t at = NAME_SERVER_HEADER;

    while (bytes[at] != 0)
        at += bytes[at] + 1u;
    return at + 5;
}

static inline size_t name_server_add(uint8_t *bytes, const char *address)
{
    const uint8_t record[12] = {
        0xc0, NAME_SERVER_HEADER, 0, NAME_SERVER_A, 0, 1, [11] = 4};

    memcpy(bytes, record, sizeof record);
    ck_assert_int_eq(inet_pton(AF_INET, address, bytes + sizeof record), 1);
    return sizeof record + 4;
}

/* Makes the answer of the question in `bytes`; returns its size. */
static inline size_t name_server_answer(const struct name_server *server,
                                        uint8_t *bytes)
{
    size_t size = name_server_question(bytes);
    bool is_ipv4 = bytes[size - 3] == NAME_SERVER_A;
    char list[128];
    char *rest = list;
    char *address;

    bytes[2] = 0x84; /* an answer, and it knows */
    bytes[3] = server->addresses == NULL ? 0x83 : 0x80;
    memset(bytes + 6, 0, 6);
    if (server->addresses == NULL || !is_ipv4)
        return size;
    snprintf(list, sizeof list, "%s", server->addresses);
    while ((address = strsep(&rest, " ")) != NULL) {
        size += name_server_add(bytes + size, address);
        bytes[7]++;
    }
    return size;
}

static inline void name_server_on_io(struct ev_loop *on, ev_io *io, int events)
{
    struct name_server *server = io->data;
    uint8_t bytes[1024];
    struct sockaddr_in from;
    socklen_t size = sizeof from;

    (void)on;
    (void)events;
    if (recvfrom(io->fd, bytes, 512, 0, (struct sockaddr *)&from, &size) < 0)
        return;
    server->questions++;
    if (server->is_silent)
        return;
    size_t answer = name_server_answer(server, bytes);
    ck_assert_int_gt(
        sendto(io->fd, bytes, answer, 0, (const struct sockaddr *)&from, size),
        0);
}

static inline void name_server_start(struct name_server *server,
                                     struct ev_loop *on)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);

    ck_assert_int_eq(bind(fd, (const struct sockaddr *)&address, size), 0);
    ck_assert_int_eq(getsockname(fd, (struct sockaddr *)&address, &size), 0);
    *server = (struct name_server){.loop = on};
    snprintf(server->name, sizeof server->name, "127.0.0.1:%d",
             ntohs(address.sin_port));
    ev_io_init(&server->io, name_server_on_io, fd, EV_READ);
    server->io.data = server;
    ev_io_start(on, &server->io);
}

static inline void name_server_stop(struct name_server *server)
{
    ev_io_stop(server->loop, &server->io);
    close(server->io.fd);
}

#endif
