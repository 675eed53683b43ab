#include "daemon/log_value.h"

#include <stdio.h>

#include "base/utf8.h"

/* The longest escape, and its NUL. */
#define ESCAPE_MAX sizeof "\\u0000"

/* Takes one character, or a byte that belongs to none, and moves on. */
static void put(char **at, const char **text, const char *end)
{
    unsigned char byte = (unsigned char)**text;
    size_t size =
        stepden_utf8_size((const uint8_t *)*text, (size_t)(end - *text));
    if (byte == '"' || byte == '\\')
        *at += snprintf(*at, ESCAPE_MAX, "\\%c", byte);
    else if (byte == '\n')
        *at += snprintf(*at, ESCAPE_MAX, "\\n");
    else if (byte < 0x20 || byte == 0x7f)
        *at += snprintf(*at, ESCAPE_MAX, "\\u%04x", byte);
    else if (size == 0)
        *at += snprintf(*at, ESCAPE_MAX, "\\ufffd");
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
