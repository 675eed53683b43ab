#include "daemon/log/syslog.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <syslog.h>
#include <time.h>
#include <unistd.h>

static const struct {
    enum stepden_log_level level;
    int priority;
} priorities[] = {
    {STEPDEN_LOG_LEVEL_DEBUG, LOG_DEBUG},
    {STEPDEN_LOG_LEVEL_INFO, LOG_INFO},
    {STEPDEN_LOG_LEVEL_WARNING, LOG_WARNING},
    {STEPDEN_LOG_LEVEL_ERROR, LOG_ERR},
    {STEPDEN_LOG_LEVEL_CRITICAL, LOG_CRIT},
};

/* In the order of the schema. */
static const int facilities[] = {
    LOG_KERN,     LOG_USER,   LOG_MAIL,   LOG_DAEMON, LOG_AUTH,
    LOG_SYSLOG,   LOG_LPR,    LOG_NEWS,   LOG_UUCP,   LOG_CRON,
    LOG_AUTHPRIV, LOG_FTP,    LOG_LOCAL0, LOG_LOCAL1, LOG_LOCAL2,
    LOG_LOCAL3,   LOG_LOCAL4, LOG_LOCAL5, LOG_LOCAL6, LOG_LOCAL7,
};

static int priority_of(enum stepden_log_level level)
{
    size_t i = 0;
    while (priorities[i].level != level)
        i++;
    return priorities[i].priority;
}

static int connect_to(struct stepden_log_syslog *syslog)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    stepden_log_syslog_close(syslog);
    if (strlen(syslog->path) >= sizeof address.sun_path)
        return ENAMETOOLONG;
    strcpy(address.sun_path, syslog->path);
    syslog->fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (syslog->fd >= 0 &&
        connect(syslog->fd, (struct sockaddr *)&address, sizeof address) == 0)
        return 0;
    int error = errno;
    stepden_log_syslog_close(syslog);
    return error;
}

/* What would end a tag early. */
static void clean_tag(char *tag)
{
    for (; *tag; tag++)
        if ((unsigned char)*tag <= ' ' || strchr(":[]\x7f", *tag))
            *tag = '_';
}

int stepden_log_syslog_open(struct stepden_log_syslog *syslog, const char *path,
                            enum stepden_log_handler_syslog_facility facility,
                            const char *name, int process)
{
    *syslog = (struct stepden_log_syslog){
        .fd = -1,
        .path = path,
        .facility = facilities[facility],
    };
    snprintf(syslog->tag, sizeof syslog->tag - sizeof "[2147483647]", "%s",
             name);
    clean_tag(syslog->tag);
    size_t size = strlen(syslog->tag);
    snprintf(syslog->tag + size, sizeof syslog->tag - size, "[%d]", process);
    return connect_to(syslog);
}

static int send_once(const struct stepden_log_syslog *syslog,
                     struct iovec parts[2])
{
    struct msghdr message = {.msg_iov = parts, .msg_iovlen = 2};
    return sendmsg(syslog->fd, &message, MSG_NOSIGNAL) >= 0 ? 0 : errno;
}

/* "<30>Nov 20 21:05:43 north[1234]: " */
static size_t write_header(char text[128],
                           const struct stepden_log_syslog *syslog,
                           enum stepden_log_level level, int64_t unix_ms)
{
    time_t seconds = (time_t)(unix_ms / 1000);
    struct tm local;
    char date[32];
    localtime_r(&seconds, &local);
    strftime(date, sizeof date, "%b %e %H:%M:%S", &local);
    return (size_t)snprintf(
        text, 128, "<%d>%s %s: ", syslog->facility | priority_of(level), date,
        syslog->tag);
}

int stepden_log_syslog_write(struct stepden_log_syslog *syslog,
                             enum stepden_log_level level, const char *line,
                             size_t size, int64_t unix_ms)
{
    char header[128];
    struct iovec parts[2] = {
        {header, write_header(header, syslog, level, unix_ms)},
        {(char *)line, size},
    };
    int error = syslog->fd >= 0 ? send_once(syslog, parts) : ENOTCONN;
    if (error == 0 || error == EAGAIN)
        return error;
    error = connect_to(syslog);
    return error == 0 ? send_once(syslog, parts) : error;
}

void stepden_log_syslog_close(struct stepden_log_syslog *syslog)
{
    if (syslog->fd >= 0)
        close(syslog->fd);
    syslog->fd = -1;
}
