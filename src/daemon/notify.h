/*
 * Words to the service manager: datagrams of lines VARIABLE=value to the socket
 * that it names, as sd_notify(3) describes them. Without a manager nothing is
 * sent.
 */
#ifndef STEPDEN_DAEMON_NOTIFY_H
#define STEPDEN_DAEMON_NOTIFY_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/un.h>

#include "base/diag.h"

struct stepden_notify {
    int fd; /* -1: nobody wants to know */
    struct sockaddr_un address;
    socklen_t address_size;
};

/*
 * `name` is that of the manager's socket, $NOTIFY_SOCKET: a path, or one that
 * is abstract, with an @ before it. Any other, and NULL, stand for no manager.
 */
void stepden_notify_open(struct stepden_notify *notify, const char *name);

bool stepden_notify_is_open(const struct stepden_notify *notify);

/* Does not wait. False if the manager did not get it. */
bool stepden_notify_send(const struct stepden_notify *notify,
                         const char *format, ...) STEPDEN_PRINTF(2, 3);

void stepden_notify_close(struct stepden_notify *notify);

/*
 * How often the manager is to hear WATCHDOG=1: twice in the time of
 * $WATCHDOG_USEC, `time_us`. 0 if it does not wait for that; nor, with
 * $WATCHDOG_PID, `for_process`, for that of another process than `process`.
 * Both may be NULL.
 */
int64_t stepden_notify_watchdog_us(const char *time_us, const char *for_process,
                                   pid_t process);

#endif
