/* Files that are there as a whole, so that reading them takes no time. */
#ifndef STEPDEN_BASE_REGULAR_FILE_H
#define STEPDEN_BASE_REGULAR_FILE_H

#include <stdio.h>

/*
 * Opens a regular file for reading, without a buffer, so that no secret stays
 * in one. Never waits: a FIFO, where fopen would, is refused, as is a device or
 * a folder. Returns NULL with the reason in `*why`; the caller closes it.
 */
FILE *stepden_regular_file_open(const char *path, const char **why);

#endif
