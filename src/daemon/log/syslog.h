/*
 * The system log: RFC 3164 datagrams, as syslog(3) sends them, which however
 * waits as long as the socket is full.
 */
#ifndef STEPDEN_DAEMON_LOG_SYSLOG_H
#define STEPDEN_DAEMON_LOG_SYSLOG_H

#include <stddef.h>
#include <stdint.h>

#include <stepden/records/config.h>

#define STEPDEN_LOG_SYSLOG_PATH "/dev/log"

struct stepden_log_syslog {
    int fd; /* -1: not connected */
    const char *path;
    int facility;
    char tag[80]; /* "name[process]" */
};

/* Connects to the socket at `path`, which is borrowed. Returns 0 or an errno:
 * then the next write connects. */
int stepden_log_syslog_open(struct stepden_log_syslog *syslog, const char *path,
                            enum stepden_log_handler_syslog_facility facility,
                            const char *name, int process);

/*
 * Sends a line without its line feed; to a system log that was restarted, too.
 * The time is local time, as syslog(3) has it. Returns 0 or an errno, EAGAIN if
 * the socket is full.
 */
int stepden_log_syslog_write(struct stepden_log_syslog *syslog,
                             enum stepden_log_level level, const char *line,
                             size_t size, int64_t unix_ms);

void stepden_log_syslog_close(struct stepden_log_syslog *syslog);

#endif
