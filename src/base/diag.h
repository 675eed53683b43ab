/* How the modules fill in a struct stepden_diag. */
#ifndef STEPDEN_BASE_DIAG_H
#define STEPDEN_BASE_DIAG_H

#include <stdarg.h>

#include <stepden/status.h>

#if defined(__GNUC__)
#define STEPDEN_PRINTF(text, first) __attribute__((format(printf, text, first)))
#else
#define STEPDEN_PRINTF(text, first)
#endif

/*
 * Sets `diag`, if it is not NULL, to the place `where` and the reason that
 * `format` makes, both cut to fit between characters of UTF-8; its offset to 0.
 * Returns `status`, so that a call can end with `return`.
 */
enum stepden_status stepden_diag_set(struct stepden_diag *diag,
                                     enum stepden_status status,
                                     const char *where, const char *format, ...)
    STEPDEN_PRINTF(4, 5);

/* Is told of a fault. `diag` is borrowed for the call. */
typedef void stepden_diag_report(void *ctx, const struct stepden_diag *diag);

enum stepden_status stepden_diag_vset(struct stepden_diag *diag,
                                      enum stepden_status status,
                                      const char *where, const char *format,
                                      va_list arguments) STEPDEN_PRINTF(4, 0);

#endif
