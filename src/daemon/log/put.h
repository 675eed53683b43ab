/* How a line gets to where the log goes. */
#ifndef STEPDEN_DAEMON_LOG_PUT_H
#define STEPDEN_DAEMON_LOG_PUT_H

#include <stdbool.h>
#include <stddef.h>

/*
 * A descriptor for lines to what `fd`, which is shared with other processes,
 * stands for. That of a pipe or terminal is opened anew, so that it does not
 * wait while theirs does; where the system does not allow that, as for the
 * terminal of another user, it may wait. Returns -1 with errno set
 * on error; to be closed by the caller.
 */
int stepden_log_put_open(int fd);

/*
 * Writes the line to `fd` without waiting. If `cut`, the line before is ended
 * first; it is set if this one has not been written to its end.
 *
 * Returns 0 or an errno, EAGAIN if it would have had to wait. To a pipe, a line
 * of up to PIPE_BUF bytes goes as a whole or not at all.
 */
int stepden_log_put(int fd, bool *cut, const char *line, size_t size);

#endif
