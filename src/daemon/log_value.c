#include "daemon/log_value.h"

#include <stdbool.h>
#include <stdio.h>

/* The longest escape, and its NUL. */
#define ESCAPE_MAX sizeof "\\u0000"

static bool continues_character(char byte)
{
    return ((unsigned char)byte & 0xc0u) == 0x80u;
}

/* Of the character of UTF-8 (RFC 3629, clause 4) at `text`; 0 for none. */
static size_t character_size(const char *text, size_t size)
{
    unsigned char lead = (unsigned char)text[0];
    unsigned char next = size > 1 ? (unsigned char)text[1] : 0;
    size_t wanted = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if (wanted == 1)
        return 1;
    if (lead < 0xc2 || lead > 0xf4 || size < wanted ||
        (lead == 0xe0 && next < 0xa0) || (lead == 0xed && next > 0x9f) ||
        (lead == 0xf0 && next < 0x90) || (lead == 0xf4 && next > 0x8f))
        return 0;
    for (size_t i = 1; i < wanted; i++)
        if (!continues_character(text[i]))
            return 0;
    return wanted;
}

/* Takes one character, or a byte that belongs to none, and moves on. */
static void put(char **at, const char **text, const char *end)
{
    unsigned char byte = (unsigned char)**text;
    size_t size = character_size(*text, (size_t)(end - *text));
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
