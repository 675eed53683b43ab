/*
 * A private redis-server for a test or a benchmark: on a Unix socket in a
 * folder of its own. Both go with the process, however that ends. A node of a
 * cluster listens on a loopback port, too.
 */
#ifndef SUPPORT_REDIS_SERVER_H
#define SUPPORT_REDIS_SERVER_H

#include <sys/types.h>

#include <hiredis/hiredis.h>

struct redis_server {
    pid_t pid;        /* 0 while it does not run */
    char folder[96];  /* in TMPDIR, or /tmp */
    char socket[108]; /* as much as an address can hold */
    const char *sync; /* when its append-only file is synced: "everysec",
                         "always"; NULL: it has none */
    int port;         /* of a node; 0: no node */
    pid_t cleaner;    /* ends the server and removes the folder, */
    int alive;        /* when this is closed */
};

/* Starts it and waits until it answers; who cannot have one ends. */
void redis_server_start(struct redis_server *server, const char *sync);

/* Likewise, a node of a cluster, which has no other nodes or slots so far. */
void redis_server_start_node(struct redis_server *server);

/* SIGKILL; the folder stays. */
void redis_server_kill(struct redis_server *server);

/* SIGSTOP and SIGCONT. */
void redis_server_pause(struct redis_server *server);
void redis_server_resume(struct redis_server *server);

/* Starts it again after a kill, on the same socket. */
void redis_server_restart(struct redis_server *server);

/* Ends it and removes the folder. */
void redis_server_stop(struct redis_server *server);

/* A blocking connection; the caller frees it with redisFree. */
redisContext *redis_server_connect(const struct redis_server *server);

#endif
