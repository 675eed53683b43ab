/* Text from elsewhere as a value in the log. */
#ifndef STEPDEN_DAEMON_LOG_VALUE_H
#define STEPDEN_DAEMON_LOG_VALUE_H

#include <stddef.h>
#include <string.h>

/* The longest value, its quotes and a NUL included; what is longer is cut. */
#define STEPDEN_LOG_VALUE_MAX 2048

/*
 * Writes `size` bytes of text to `value`, in quotes: a quote and a backslash
 * have a backslash before them, a line feed is \n, other control characters are
 * \u00XX, as in JSON, and what is not UTF-8 is \ufffd. Cut between characters.
 * Returns `value`.
 */
const char *stepden_log_value(char value[STEPDEN_LOG_VALUE_MAX],
                              const char *text, size_t size);

/* For a %s of STEPDEN_LOG; valid to the end of the block around it. */
#define STEPDEN_LOG_VALUE(text) STEPDEN_LOG_VALUE_OF((text), strlen(text))
#define STEPDEN_LOG_VALUE_OF(text, size)                                       \
    stepden_log_value((char[STEPDEN_LOG_VALUE_MAX]){0}, (text), (size))

#endif
