/*
 * What a test tells the proxy while it runs: one command a line, each with an
 * answer, "ok" or "error: ...". Text in TEXT may be written \r, \n, \\ or \xNN.
 *
 *   delay up|down MS          every byte comes so much later
 *   rate up|down BYTES        so many a second; 0 is no limit
 *   stall up|down|both        nothing goes any more
 *   random SEED               delays and cuts at random
 *   shut                      new connections are accepted and closed at once
 *   refuse                    there is nothing to connect to
 *   go                        ends all of the above
 *   cut | reset               closes all connections; with RST (TCP)
 *   half up|down              half closes them towards the client
 *   hold up|down TEXT         what comes next from and including TEXT stays,
 *                             even when the client has gone or is cut...
 *   hold-after up|down TEXT FIRST   ...the same, of the TEXT after FIRST
 *   release                   ...until this
 *   replace up|down TEXT TEXT by another one of the same size, from now on
 *   status                    port, connections, accepted, held, up, down
 *                             (bytes), and late: what the server said to
 *                             clients that were gone at the release
 */
#ifndef STEPDEN_TESTS_SUPPORT_REDIS_PROXY_CONTROL_H
#define STEPDEN_TESTS_SUPPORT_REDIS_PROXY_CONTROL_H

#include "support/redis_proxy_relay.h"

enum { PROXY_LINE_SIZE = 512 };

struct proxy_control {
    struct proxy_relay relay;
    char listen[128]; /* as for proxy_listen; the port is known */
    int listener;     /* -1 while there is none */
    ev_io accept;
    bool shut;
};

/* Listens; false with errno if that is not possible. */
bool proxy_control_listen(struct proxy_control *control);

/* Carries out the command in `line`, which is changed. */
void proxy_control_run(struct proxy_control *control, char *line,
                       char answer[PROXY_LINE_SIZE]);

#endif
