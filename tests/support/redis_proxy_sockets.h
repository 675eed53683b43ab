/*
 * Sockets by name: the path of a Unix socket, or tcp:PORT on the loopback
 * interface. All return a file descriptor, or -1 with errno.
 */
#ifndef STEPDEN_TESTS_SUPPORT_REDIS_PROXY_SOCKETS_H
#define STEPDEN_TESTS_SUPPORT_REDIS_PROXY_SOCKETS_H

/* SOCK_STREAM or SOCK_SEQPACKET; the latter is for Unix sockets. */
int proxy_connect(const char *name, int type);

/* Takes the place of what was at that path. tcp:0 is any free port. */
int proxy_listen(const char *name, int type);

/* The port of a TCP socket; else 0. */
unsigned proxy_port(int fd);

#endif
