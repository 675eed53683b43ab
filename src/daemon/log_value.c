#include "daemon/log_value.h"

#include <stdbool.h>
#include <stdio.h>

/* The longest escape, and its NUL. */
#define ESCAPE_MAX sizeof "\\u0000"

static size_t put(char *at, unsigned char byte)
{
    if (byte == '"' || byte == '\\')
        return (size_t)snprintf(at, ESCAPE_MAX, "\\%c", byte);
    if (byte == '\n')
        return (size_t)snprintf(at, ESCAPE_MAX, "\\n");
    if (byte < 0x20 || byte == 0x7f)
        return (size_t)snprintf(at, ESCAPE_MAX, "\\u%04x", byte);
    *at = (char)byte;
    return 1;
}

static bool continues_character(unsigned char byte)
{
    return (byte & 0xc0u) == 0x80u;
}

const char *stepden_log_value(char value[STEPDEN_LOG_VALUE_MAX],
                              const char *text, size_t size)
{
    char *at = value;
    /* Room for a character of four bytes, or an escape, and the last quote. */
    const char *full = value + STEPDEN_LOG_VALUE_MAX - ESCAPE_MAX - 1;
    const char *last = value + STEPDEN_LOG_VALUE_MAX - 2;
    *at++ = '"';
    for (size_t i = 0; i < size; i++) {
        unsigned char byte = (unsigned char)text[i];
        if (at >= (continues_character(byte) ? last : full))
            break;
        at += put(at, byte);
    }
    *at++ = '"';
    *at = '\0';
    return value;
}
