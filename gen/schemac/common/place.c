#include "common/place.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/keep.h"

struct place place_member(const struct place *place, const char *key)
{
    char *escaped = keep_alloc(2 * strlen(key) + 1);
    char *to = escaped;

    for (const char *from = key; *from != '\0'; from++) {
        if (*from == '~' || *from == '/') {
            *to++ = '~';
            *to++ = *from == '~' ? '0' : '1';
        } else {
            *to++ = *from;
        }
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

        if (c == '~' && i + 1 < size && strchr("01", token[i + 1]) != NULL)
            c = token[++i] == '0' ? '~' : '/';
        *to++ = c;
    }
    return key;
}

void fail_at(const struct place *place, const char *format, ...)
{
    va_list args;

    fprintf(stderr, "%s: %s: ", place->file, place->pointer);
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
    exit(EXIT_FAILURE);
}
