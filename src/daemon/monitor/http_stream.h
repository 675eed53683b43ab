/*
 * A page that does not end: a state of something, and then what changes of it,
 * as it changes, to all who have it open (server-sent events). All of them are
 * sent the same texts, of which there is one copy. A reader that has not taken
 * a text yet gets no other one; when it has, it gets the whole state instead of
 * the changes that it missed. So nobody needs memory for being slow.
 */
#ifndef STEPDEN_DAEMON_MONITOR_HTTP_STREAM_H
#define STEPDEN_DAEMON_MONITOR_HTTP_STREAM_H

#include <stdbool.h>
#include <stddef.h>

#include <stepden/status.h>

/* Open at a time; who comes then is told to come later. */
#define STEPDEN_HTTP_READERS_MAX 16

struct MHD_Connection;
struct stepden_http_stream;

/*
 * Calls `watched` when the first reader comes and when the last one has left.
 *
 * STEPDEN_ERR_MEMORY
 */
STEPDEN_CHECKED enum stepden_status
stepden_http_stream_new(struct stepden_http_stream **stream,
                        void (*watched)(void *ctx, bool by_somebody),
                        void *ctx);

/* After the server that it is a page of. */
void stepden_http_stream_free(struct stepden_http_stream *stream);

/* For the server: calls `woken` when there is something to send again. */
void stepden_http_stream_attach(struct stepden_http_stream *stream,
                                void (*woken)(void *ctx), void *ctx);

/* For the server, before it stops: ends the answers. */
void stepden_http_stream_close(struct stepden_http_stream *stream);

/* Whether somebody who can take a text has to be given all of the state. */
bool stepden_http_stream_wants_all(const struct stepden_http_stream *stream);

/*
 * Sends `all` to those who want it, and `change` to the others. Both are
 * copied; `all` is NULL if nobody wants it.
 */
void stepden_http_stream_send(struct stepden_http_stream *stream,
                              const char *change, const char *all);

/*
 * Answers a request with the stream. A response of MHD, which becomes the
 * caller's; NULL without memory, and `*is_full` if there are too many readers.
 */
struct MHD_Response *
stepden_http_stream_open(struct stepden_http_stream *stream,
                         struct MHD_Connection *connection, bool *is_full);

#endif
