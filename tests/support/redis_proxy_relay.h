/*
 * The connections through the proxy: each has a side to the client and one to
 * the server, and a stream for each direction.
 */
#ifndef STEPDEN_TESTS_SUPPORT_REDIS_PROXY_RELAY_H
#define STEPDEN_TESTS_SUPPORT_REDIS_PROXY_RELAY_H

#include <ev.h>

#include "support/redis_proxy_stream.h"

enum proxy_direction {
    PROXY_UP, /* client to server */
    PROXY_DOWN,
    PROXY_DIRECTIONS,
};

enum { PROXY_LATE_SIZE = 64 };

struct proxy_connection;

struct proxy_relay {
    struct ev_loop *loop;
    const char *server; /* as for proxy_connect */
    struct proxy_rules rules[PROXY_DIRECTIONS];
    struct proxy_connection *first;
    uint32_t random_cuts;             /* state of random cuts; 0: none */
    size_t connections;               /* that there are */
    uint64_t accepted;                /* that there were */
    uint64_t total[PROXY_DIRECTIONS]; /* bytes of those that are gone */
    char late[PROXY_LATE_SIZE]; /* the first answers after a release, of */
    size_t late_size;           /* which the clients are gone */
};

/* Connects a client to the server, or closes it if that is not to be had. */
void proxy_relay_add(struct proxy_relay *relay, int client);

/* The rules have changed. */
void proxy_relay_resume(struct proxy_relay *relay);

/* What is held back may go. */
void proxy_relay_release(struct proxy_relay *relay);

/* Closes all connections, with RST towards the client if it is TCP. What is
 * held back stays, and with it the server's side. */
void proxy_relay_cut(struct proxy_relay *relay, bool reset);

/* Half closes towards all clients: they cannot write any more (up), or see the
 * end of what is to be read (down). The rest goes on until they are cut. */
void proxy_relay_half(struct proxy_relay *relay,
                      enum proxy_direction direction);

/* How many streams hold something back. */
size_t proxy_relay_held(const struct proxy_relay *relay);

/* Bytes that went that way so far. */
uint64_t proxy_relay_total(const struct proxy_relay *relay,
                           enum proxy_direction direction);

#endif
