/* What the files of the link share: link_new.c (settings), link.c (life),
 * link_way.c (to a server), link_io.c (bytes), link_send.c (commands),
 * link_queue.c. */
#ifndef STEPDEN_REDIS_LINK_PARTS_H
#define STEPDEN_REDIS_LINK_PARTS_H

#include <ev.h>

#include "base/diag.h"
#include "redis/access.h"
#include "redis/dial.h"
#include "redis/handshake.h"
#include "redis/link.h"
#include "redis/reader.h"
#include "redis/resolve.h"
#include "redis/resp.h"
#include "redis/tls.h"
#include "redis/where.h"

enum stepden_link_state {
    STEPDEN_LINK_CLOSED,
    STEPDEN_LINK_WAITING, /* for the next attempt */
    STEPDEN_LINK_ASKING,  /* where the server is */
    STEPDEN_LINK_RESOLVING,
    STEPDEN_LINK_CONNECTING,
    STEPDEN_LINK_SECURING,
    STEPDEN_LINK_SHAKING_HANDS,
    STEPDEN_LINK_UP,
};

/* `count` commands in a row whose answers go to `take`. */
struct stepden_link_awaited {
    stepden_link_answer *take;
    void *ctx;
    size_t count;
};

/* The commands without an answer, oldest first: a ring. */
struct stepden_link_queue {
    struct stepden_link_awaited *items;
    size_t capacity; /* a power of two, or 0 */
    size_t first;
    size_t count;
};

struct stepden_link {
    struct ev_loop *loop;
    const struct stepden_access *access;
    struct stepden_link_events events;
    char name[257];
    char peer[192];
    struct stepden_credentials *credentials; /* of the last attempt */
    int64_t reconnect_ms;
    int protocol;

    struct stepden_where_question question;
    struct stepden_redis_node server;  /* unless it has a Unix socket */
    const struct stepden_link *leader; /* NULL without one */
    const char *key;                   /* NULL without one */
    const struct stepden_way *way;     /* of the last attempt */
    bool is_sent;  /* `server` is where the next attempt is to go */
    bool was_sent; /* that holds of this attempt */

    enum stepden_link_state state;
    unsigned attempt;  /* since a connection that was of use */
    unsigned failures; /* of these, for the reason `failure` */
    char failure[320];
    bool is_announced;               /* that it is up */
    const char *name_servers;        /* NULL for the system's */
    struct stepden_resolve *resolve; /* NULL unless under way */
    struct stepden_dial dial;
    int fd;
    struct stepden_tls *tls; /* NULL until it begins, and without TLS */
    bool read_wants_write;   /* these two are its */
    bool write_wants_read;
    struct stepden_handshake handshake;

    ev_io io;
    ev_timer timer;   /* next attempt, connect deadline or watchdog */
    ev_timer proof;   /* up for so long that it is of use */
    ev_prepare flush; /* runs when there is something to write */
    int64_t patience_ms;

    size_t answer_max;
    struct stepden_reader *reader; /* stays until the next attempt */
    redisReply *reply; /* that is being taken; NULL when it is held */
    struct stepden_resp out;
    size_t written; /* bytes of `out` that are gone */
    struct stepden_link_queue queue;
};

/* link_new.c */

/* After the address is set. */
void stepden_link_name_peer(struct stepden_link *link);

/* link_way.c */

void stepden_link_join_where(struct stepden_link *link);

void stepden_link_begin_attempt(struct stepden_link *link);

/* To the next of the addresses that the server's name has. */
void stepden_link_try_next_address(struct stepden_link *link);

/* Whether the answer says that the server is not the one that is looked for. */
bool stepden_link_is_astray(const struct stepden_link *link,
                            const redisReply *reply);

/* Goes to the one that the answer names, or looks for it anew. */
void stepden_link_go_elsewhere(struct stepden_link *link,
                               const redisReply *reply);

/* The first pause between attempts, and the longest one. */
int64_t stepden_link_first_pause_ms(const struct stepden_link *link);
int64_t stepden_link_longest_pause_ms(const struct stepden_link *link);

/* link.c */

/* When it is disconnected: another attempt after this pause; `down`, if it was
 * up. */
void stepden_link_try_again(struct stepden_link *link, int64_t pause_ms,
                            bool was_up, const char *why);

/* The pause before the next attempt, which is longer each time. */
int64_t stepden_link_pause_ms(struct stepden_link *link);

/* Tells of a failure, unless that was told often. */
void stepden_link_report_failure(struct stepden_link *link, const char *step,
                                 const char *why, int64_t pause_ms);

void stepden_link_set_timer(struct stepden_link *link, int64_t ms);

int64_t stepden_link_connect_timeout_ms(const struct stepden_link *link);

/* Ends the connection: `down`, a line for the log, another attempt later; or
 * the address, if the server has another one. */
void stepden_link_fail(struct stepden_link *link, const char *step,
                       const char *why);

/* As no answer came within the connection's `member`. */
void stepden_link_fail_late(struct stepden_link *link, const char *step,
                            const char *member, int64_t waited_s,
                            const char *hint);

/* What to check if the server is none, or speaks otherwise; returns `text`. */
const char *stepden_link_advise(char *text, size_t size,
                                const struct stepden_link *link);

/* Lets go of the connection, without a word. */
void stepden_link_disconnect(struct stepden_link *link);

void stepden_link_init_watchers(struct stepden_link *link);

/* Sets the timer for the answers that are awaited, or for the idle time. */
void stepden_link_watch(struct stepden_link *link);

/* The handshake is done. */
void stepden_link_set_up(struct stepden_link *link);

void stepden_link_say(struct stepden_link *link, enum stepden_log_level level,
                      const char *format, ...) STEPDEN_PRINTF(3, 4);

/* link_io.c */

/* The socket is ready for what `events` says. */
void stepden_link_move(struct stepden_link *link, int events);

/* Writes as much as the socket takes. */
void stepden_link_write(struct stepden_link *link);

/* link_queue.c */

STEPDEN_CHECKED bool stepden_link_queue_push(struct stepden_link_queue *queue,
                                             stepden_link_answer *take,
                                             void *ctx, size_t count);

/* Takes out the oldest; false if there is none. */
bool stepden_link_queue_pop(struct stepden_link_queue *queue,
                            struct stepden_link_awaited *awaited);

void stepden_link_queue_clear(struct stepden_link_queue *queue);

#endif
