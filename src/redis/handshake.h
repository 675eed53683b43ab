/*
 * The first commands on a connection: HELLO 3 or AUTH, CLIENT SETNAME, SELECT,
 * and a PING, which finds out whether the server serves us; then ROLE if it has
 * to be a master, and TYPE of a key that it has to hold.
 */
#ifndef STEPDEN_REDIS_HANDSHAKE_H
#define STEPDEN_REDIS_HANDSHAKE_H

#include <stdbool.h>
#include <stddef.h>

#include <stepden/status.h>

#include "redis/reply.h"
#include "redis/resp.h"

enum stepden_handshake_step {
    STEPDEN_HANDSHAKE_HELLO,
    STEPDEN_HANDSHAKE_AUTH,
    STEPDEN_HANDSHAKE_SETNAME,
    STEPDEN_HANDSHAKE_SELECT,
    STEPDEN_HANDSHAKE_PING,
    STEPDEN_HANDSHAKE_ROLE,
    STEPDEN_HANDSHAKE_TYPE,
    STEPDEN_HANDSHAKE_STEPS,
};

struct stepden_handshake {
    enum stepden_handshake_step steps[STEPDEN_HANDSHAKE_STEPS];
    size_t count;         /* steps to take */
    size_t taken;         /* steps that were answered */
    const char *password; /* is never told; borrowed, NULL without one */
};

/* Who we are, and who the server has to be. All texts may be NULL. They are
 * borrowed for the call, the password until the last answer. */
struct stepden_handshake_identity {
    const char *username;
    const char *password;
    const char *name;
    int db;
    int protocol;
    bool is_master;
    const char *key;
};

enum stepden_handshake_verdict {
    STEPDEN_HANDSHAKE_MORE,      /* another answer is to come */
    STEPDEN_HANDSHAKE_DONE,      /* commands may be sent */
    STEPDEN_HANDSHAKE_DOWNGRADE, /* the server does not know HELLO 3 */
    STEPDEN_HANDSHAKE_REFUSED,   /* diag says why */
};

/* Writes all steps into `out`. */
void stepden_handshake_begin(struct stepden_handshake *handshake,
                             struct stepden_resp *out,
                             const struct stepden_handshake_identity *identity);

/* Takes the next answer. */
enum stepden_handshake_verdict
stepden_handshake_take(struct stepden_handshake *handshake,
                       const redisReply *reply, struct stepden_diag *diag);

#endif
