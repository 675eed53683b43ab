/*
 * One connection to Redis on the caller's loop: connects without blocking (TCP
 * or Unix socket, TLS), shakes hands (HELLO or AUTH, CLIENT SETNAME, SELECT),
 * watches deadlines, sends a PING when idle, and connects again with growing
 * pauses whenever it went down. Nothing of that blocks the loop, the look-up of
 * a name neither. A failure that repeats itself is reported ever more seldom.
 */
#ifndef STEPDEN_REDIS_LINK_H
#define STEPDEN_REDIS_LINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <hiredis/hiredis.h>

#include <stepden/records/config.h>
#include <stepden/status.h>

#include "base/diag.h"

struct ev_loop;
struct stepden_access;
struct stepden_link;

/* From within the loop. stepden_link_free must not be called from them. */
struct stepden_link_events {
    /* Connected and authenticated: commands may be sent. */
    void (*up)(void *ctx);
    /* No longer up. Commands without an answer get none. */
    void (*down)(void *ctx, const char *why);
    void (*report)(void *ctx, enum stepden_log_level level, const char *text);
    void *ctx;
};

/* Receives the answer to one command; `reply` is borrowed for the call. */
typedef void stepden_link_answer(void *ctx, const struct redisReply *reply);

/* Within an answer: the reply stays after it, the caller's to free by
 * freeReplyObject. */
redisReply *stepden_link_hold(struct stepden_link *link);

/*
 * Makes a link; stepden_link_open starts it. `access` is borrowed until it is
 * freed, `name` (for CLIENT SETNAME) is copied. Each attempt to connect is made
 * with the secrets that were read last.
 *
 * STEPDEN_ERR_MEMORY
 */
STEPDEN_CHECKED enum stepden_status
stepden_link_new(struct stepden_link **link, struct ev_loop *loop,
                 const struct stepden_access *access, const char *name,
                 int64_t reconnect_ms, const struct stepden_link_events *events,
                 struct stepden_diag *diag);

void stepden_link_free(struct stepden_link *link);

/* In a cluster: the server has to be the one that holds `key`, which is
 * borrowed until the link is freed. Before it is opened. */
void stepden_link_set_key(struct stepden_link *link, const char *key);

/* With a `where`: each attempt goes to the server that `leader`, which has to
 * outlive it, tried last. Before it is opened. */
void stepden_link_follow(struct stepden_link *link,
                         const struct stepden_link *leader);

/* Starts to connect, if it has not yet; goes on until it is closed. */
void stepden_link_open(struct stepden_link *link);

/* Ends the connection and all attempts at it; no callback comes of it. */
void stepden_link_close(struct stepden_link *link);

/* Ends the connection because of `why`, which may be an error's text: `down`
 * comes of it if it was up, a line for the log in any case, and a new attempt
 * after a pause. */
void stepden_link_drop(struct stepden_link *link, const char *why);

/*
 * It has been of use: failures count anew from here, the next one is told, and
 * the pauses between attempts begin anew. The link knows so itself only when it
 * was up for longer than the longest pause: a server that ends each connection
 * at once, or has nothing for us, is tried ever more seldom.
 */
void stepden_link_prove(struct stepden_link *link);

bool stepden_link_is_up(const struct stepden_link *link);

/* "redis 127.0.0.1:6379", for messages. */
const char *stepden_link_peer(const struct stepden_link *link);

/* "connect: Connection refused", say: the last failure, since when it was of no
 * use; "" without one. */
const char *stepden_link_failure(const struct stepden_link *link);

/*
 * Sends a command of `argc` arguments, which follow one by one; its answer goes
 * to `answer` with the ctx of the events. Only while the link is up. What is
 * sent in one turn of the loop leaves together at its end.
 */
void stepden_link_command(struct stepden_link *link, size_t argc,
                          stepden_link_answer *answer);
void stepden_link_arg(struct stepden_link *link, const char *bytes,
                      size_t size);
void stepden_link_arg_text(struct stepden_link *link, const char *text);
void stepden_link_arg_number(struct stepden_link *link, int64_t number);

/* Sends `count` commands that are formatted already, each to `answer`. */
void stepden_link_append(struct stepden_link *link, const char *commands,
                         size_t size, size_t count,
                         stepden_link_answer *answer);

/* Lets what was sent leave now, and not at the end of the loop's turn. */
void stepden_link_flush(struct stepden_link *link);

/* Gives back memory that it has for what is to be sent, but for `keep` bytes.
 */
void stepden_link_rest(struct stepden_link *link, size_t keep);

/* One answer may have `bytes`, 256 MiB unless set (and at most); beyond that
 * the connection is dropped. */
void stepden_link_set_answer_max(struct stepden_link *link, size_t bytes);

/* Whether the last connection ended because of that; until the next attempt. */
bool stepden_link_was_answer_too_large(const struct stepden_link *link);

/* The first pause between attempts, from the next attempt on. */
void stepden_link_set_reconnect(struct stepden_link *link,
                                int64_t reconnect_ms);

/* The commands from here on may block the server for so long, in addition to
 * socketTimeout. */
void stepden_link_set_patience(struct stepden_link *link, int64_t patience_ms);

#endif
