#include "daemon/log/value.h"

#include <stdint.h>
#include <stdio.h>

#include "base/utf8.h"

/* The longest escape, and its NUL. */
#define ESCAPE_MAX sizeof "\\u0000"

/* Takes one character, or a byte that belongs to none, and moves on. */
static void put(char **at, const char **text, const char *end)
{
    const uint8_t *character = (const uint8_t *)*text;
    size_t size = stepden_utf8_size(character, (size_t)(end - *text));
    if (size == 0)
        *at += snprintf(*at, ESCAPE_MAX, "\\ufffd");
    else if (*character == '"' || *character == '\\')
        *at += snprintf(*at, ESCAPE_MAX, "\\%c", *character);
    else if (*character == '\n')
        *at += snprintf(*at, ESCAPE_MAX, "\\n");
    else if (stepden_utf8_is_control(character, size))
        *at += snprintf(*at, ESCAPE_MAX, "\\u%04x", character[size - 1]);
    else
        for (size_t i = 0; i < size; i++)
            *(*at)++ = (*text)[i];
    *text += size > 0 ? size : 1;
}

const char *stepden_log_value(char value[STEPDEN_LOG_VALUE_MAX],
                              const char *text, size_t size)
{
    char *at = value;
    const char *end = text + size;
    /* Room for an escape, which is longer than a character, and a quote. */
    const char *full = value + STEPDEN_LOG_VALUE_MAX - ESCAPE_MAX - 1;
    *at++ = '"';
    while (text < end && at < full)
        put(&at, &text, end);
    *at++ = '"';
    *at = '\0';
    return value;
}
