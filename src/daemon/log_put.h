/* How a line gets to where the log goes. */
#ifndef STEPDEN_DAEMON_LOG_PUT_H
#define STEPDEN_DAEMON_LOG_PUT_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Writes the line to `fd` without waiting, though the descriptor may be one
 * that waits, as it is shared with other processes. If `cut`, the line before
 * is ended first; it is set if this one has not been written to its end.
 *
 * Returns 0 or an errno, EAGAIN if it would have had to wait. To a pipe, a line
 * of up to PIPE_BUF bytes goes as a whole or not at all.
 */
int stepden_log_put(int fd, bool *cut, const char *line, size_t size);

#endif
