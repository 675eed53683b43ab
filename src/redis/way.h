/* How a server was found: what to call it, and which settings to check if it is
 * not there or is another one. */
#ifndef STEPDEN_REDIS_WAY_H
#define STEPDEN_REDIS_WAY_H

struct stepden_way {
    const char *server; /* what it is */
    const char *host;   /* the settings that say where it is */
    const char *port;
    const char *address;  /* both of them */
    const char *tls;      /* the setting, said after these */
    const char *stranger; /* its certificate is for another one */
    const char *user;     /* the pointers of who we are there */
    const char *password;
};

extern const struct stepden_way stepden_way_connection;
extern const struct stepden_way stepden_way_node;     /* redis.cluster.nodes */
extern const struct stepden_way stepden_way_moved;    /* a node said so */
extern const struct stepden_way stepden_way_sentinel; /* redis.sentinel */
extern const struct stepden_way stepden_way_master;   /* a sentinel said so */

#endif
