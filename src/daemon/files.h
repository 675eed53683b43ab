/* How many files the process may have open at a time. */
#ifndef STEPDEN_DAEMON_FILES_H
#define STEPDEN_DAEMON_FILES_H

#include <stdint.h>

#include <stepden/status.h>

/*
 * Sees to it that connections, files and clients of so many partitions find
 * room: raises the limit of the process as far as it may.
 *
 * STEPDEN_ERR_SYSTEM  that is not far enough
 */
STEPDEN_CHECKED enum stepden_status
stepden_files_allow(uint32_t partitions, struct stepden_diag *diag);

#endif
