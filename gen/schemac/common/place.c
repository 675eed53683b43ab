#include "common/place.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/keep.h"

enum { ESCAPE_SIZE = 6 };

/* Control characters as in JSON, so that what is said is one line. */
static int put_plain(char *to, char c)
{
    return sprintf(to, (unsigned char)c < 0x20 ? "\\u%04x" : "%c", c);
}

struct place place_member(const struct place *place, const char *key)
{
    char *escaped = keep_alloc(ESCAPE_SIZE * strlen(key) + 1);
    char *to = escaped;

    for (const char *from = key; *from != '\0'; from++) {
        if (*from == '~')
            to += sprintf(to, "~0");
        else if (*from == '/')
            to += sprintf(to, "~1");
        else
            to += put_plain(to, *from);
    }
    return (struct place){
        .file = place->file,
        .pointer = keep_format("%s/%s", place->pointer, escaped),
    };
}

struct place place_element(const struct place *place, size_t index)
{
    return (struct place){
        .file = place->file,
        .pointer = keep_format("%s/%zu", place->pointer, index),
    };
}

const char *place_key(const char *token, size_t size)
{
    char *key = keep_alloc(size + 1), *to = key;

    for (size_t i = 0; i < size; i++) {
        char c = token[i];

        if (c == '~') {
            if (++i == size || (token[i] != '0' && token[i] != '1'))
                return NULL;
            c = token[i] == '0' ? '~' : '/';
        }
        *to++ = c;
    }
    return key;
}

static const char *format_reason(const char *format, va_list args)
{
    va_list again;
    char *reason;
    int size;

    va_copy(again, args);
    size = vsnprintf(NULL, 0, format, again);
    va_end(again);
    reason = keep_alloc((size_t)size + 1);
    vsnprintf(reason, (size_t)size + 1, format, args);
    return reason;
}

void fail_at(const struct place *place, const char *format, ...)
{
    char plain[ESCAPE_SIZE + 1];
    const char *reason;
    va_list args;

    va_start(args, format);
    reason = format_reason(format, args);
    va_end(args);
    fprintf(stderr, "%s: %s%s", place->file, place->pointer,
            *place->pointer == '\0' ? "" : ": ");
    for (; *reason != '\0'; reason++) {
        put_plain(plain, *reason);
        fputs(plain, stderr);
    }
    fputc('\n', stderr);
    exit(EXIT_FAILURE);
}
