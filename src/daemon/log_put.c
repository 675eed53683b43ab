#include "daemon/log_put.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

static int put(int fd, bool *cut, const char *text, size_t size)
{
    struct pollfd room = {.fd = fd, .events = POLLOUT};
    while (size > 0) {
        if (poll(&room, 1, 0) == 0)
            return EAGAIN;
        ssize_t written = write(fd, text, size);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return written < 0 ? errno : EIO;
        *cut = text[written - 1] != '\n';
        text += written;
        size -= (size_t)written;
    }
    return 0;
}

int stepden_log_put(int fd, bool *cut, const char *line, size_t size)
{
    int error = *cut ? put(fd, cut, "\n", 1) : 0;
    return error == 0 ? put(fd, cut, line, size) : error;
}
