/* Where a configured secret is, and getting it from there. */
#ifndef STEPDEN_REDIS_SECRET_H
#define STEPDEN_REDIS_SECRET_H

#include <stddef.h>

#include <stepden/records/config.h>
#include <stepden/status.h>

/*
 * Puts the secret into `text`, NUL-terminated: as it stands, from the
 * environment, or from a regular file without the newline at its end. `where`
 * names it in `diag`; the secret itself never gets there.
 *
 * STEPDEN_ERR_SYSTEM  no such variable, or a file that cannot be read
 * STEPDEN_ERR_SPACE   it is longer than `size` - 1
 */
STEPDEN_CHECKED enum stepden_status
stepden_secret_read(char *text, size_t size,
                    const struct stepden_secret *secret, const char *where,
                    struct stepden_diag *diag);

/* Overwrites it, in a way that the compiler does not leave out. */
void stepden_secret_wipe(char *text, size_t size);

#endif
