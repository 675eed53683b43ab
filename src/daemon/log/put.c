#include "daemon/log/put.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

/* A regular file makes nobody wait, and anew it would begin at its start. */
static bool can_wait(int fd)
{
    struct stat state;
    return isatty(fd) || (fstat(fd, &state) == 0 && S_ISFIFO(state.st_mode));
}

int stepden_log_put_open(int fd)
{
    char path[32];
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    int own = can_wait(fd)
                  ? open(path, O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
                  : -1;
    return own >= 0 ? own : fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
}

/* poll(2) speaks for what could not be opened anew, for lack of better. */
static ssize_t put_some(int fd, const char *text, size_t size)
{
    struct pollfd room = {.fd = fd, .events = POLLOUT};
    ssize_t sent = send(fd, text, size, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent >= 0 || errno != ENOTSOCK)
        return sent;
    int ready = poll(&room, 1, 0);
    if (ready == 0)
        errno = EAGAIN;
    return ready > 0 ? write(fd, text, size) : -1;
}

static int put(int fd, bool *cut, const char *text, size_t size)
{
    while (size > 0) {
        ssize_t written = put_some(fd, text, size);
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
