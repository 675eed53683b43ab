#include "daemon/notify.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Where a `name` leads, or 0 if it leads nowhere. */
static socklen_t address_of(struct sockaddr_un *address, const char *name)
{
    size_t length = name ? strlen(name) : 0;
    if (length < 2 || length >= sizeof address->sun_path ||
        !strchr("/@", name[0]))
        return 0;
    *address = (struct sockaddr_un){.sun_family = AF_UNIX};
    memcpy(address->sun_path, name, length);
    if (name[0] == '@')
        address->sun_path[0] = '\0';
    return (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length);
}

void stepden_notify_open(struct stepden_notify *notify, const char *name)
{
    *notify = (struct stepden_notify){.fd = -1};
    notify->address_size = address_of(&notify->address, name);
    if (notify->address_size > 0)
        notify->fd =
            socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
}

bool stepden_notify_is_open(const struct stepden_notify *notify)
{
    return notify->fd >= 0;
}

/* Not connected: the manager may make its socket anew. */
bool stepden_notify_send(const struct stepden_notify *notify,
                         const char *format, ...)
{
    char text[1024];
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    return size > 0 && (size_t)size < sizeof text &&
           sendto(notify->fd, text, (size_t)size, MSG_NOSIGNAL,
                  (const struct sockaddr *)&notify->address,
                  notify->address_size) == size;
}

void stepden_notify_close(struct stepden_notify *notify)
{
    if (stepden_notify_is_open(notify))
        close(notify->fd);
    notify->fd = -1;
}

/* Not negative; -1 if it is no number. */
static int64_t number_of(const char *text)
{
    char *end;
    if (!text)
        return -1;
    int64_t number = strtoll(text, &end, 10);
    return end != text && *end == '\0' && number >= 0 ? number : -1;
}

int64_t stepden_notify_watchdog_us(const char *time_us, const char *for_process,
                                   pid_t process)
{
    if (for_process && number_of(for_process) != process)
        return 0;
    int64_t half_us = number_of(time_us) / 2;
    return half_us > 0 ? half_us : 0;
}
