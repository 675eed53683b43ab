#include "common/text.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/keep.h"

enum { COLUMNS = 80 };

static void make_room(struct text *text, size_t size)
{
    size_t room = text->room == 0 ? 4096 : text->room;
    char *at;

    while (room - text->size <= size)
        room *= 2;
    if (room == text->room)
        return;
    at = keep_alloc(room);
    if (text->size != 0)
        memcpy(at, text->at, text->size);
    text->at = at;
    text->room = room;
}

void text_add(struct text *text, const char *format, ...)
{
    va_list args;
    int size;

    va_start(args, format);
    size = vsnprintf(NULL, 0, format, args);
    va_end(args);
    make_room(text, (size_t)size);
    va_start(args, format);
    vsnprintf(text->at + text->size, (size_t)size + 1, format, args);
    va_end(args);
    text->size += (size_t)size;
}

void text_add_escaped(struct text *text, const char *from, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)from[i];

        if (c == '"' || c == '\\')
            text_add(text, "\\%c", c);
        else if (c == '\n')
            text_add(text, "\\n");
        else if (c == '?' && i > 0 && from[i - 1] == '?')
            text_add(text, "\\?"); /* no trigraph */
        else if (c < 0x20 || c >= 0x7f)
            text_add(text, "\\%03o", c);
        else
            text_add(text, "%c", c);
    }
}

const char *text_literal(const char *from)
{
    struct text text = {0};

    text_add(&text, "\"");
    text_add_escaped(&text, from, strlen(from));
    text_add(&text, "\"");
    return text.at;
}

void text_add_path(struct text *text, const char *path)
{
    for (; *path != '\0'; path++) {
        if (*path == '$')
            text_add(text, "$");
        else if (*path == ' ' || *path == '#')
            text_add(text, "\\");
        text_add(text, "%c", *path);
    }
}

/* Of the white space after an opening bracket what is nothing but that up to
 * the closing one. */
static size_t empty_size(const char *bracket)
{
    size_t size = strspn(bracket + 1, " \n");

    return bracket[1 + size] == (*bracket == '[' ? ']' : '}') ? size : 0;
}

/* json-c 0.16 breaks the line within what is empty, 0.18 does not. */
void text_add_json(struct text *text, struct json_object *json)
{
    const char *from = json_object_to_json_string_ext(
        json, JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_SPACED |
                  JSON_C_TO_STRING_NOSLASHESCAPE);
    bool quoted = false;

    for (; *from != '\0'; from++) {
        text_add(text, "%c", *from);
        if (*from == '"')
            quoted = !quoted;
        else if (quoted && *from == '\\')
            text_add(text, "%c", *++from);
        else if (!quoted && strchr("[{", *from) != NULL)
            from += empty_size(from);
    }
    text_add(text, "\n");
}

/* Behind the last comma that fits in a line, not in a string; 0 without. */
static size_t find_break(const char *line)
{
    bool quoted = false;
    size_t found = 0;

    for (size_t i = 0; i < COLUMNS && line[i] != '\0'; i++) {
        if (line[i] == '\\')
            i++;
        else if (line[i] == '"')
            quoted = !quoted;
        else if (!quoted && line[i] == ',' && line[i + 1] == ' ')
            found = i + 1;
    }
    return found;
}

void text_wrap(struct text *text, size_t start, int indent)
{
    char *rest = keep_format("%s", text->at + start);
    size_t size;

    while (strlen(rest) > COLUMNS && (size = find_break(rest)) != 0) {
        text->size = start;
        text_add(text, "%.*s\n", (int)size, rest);
        start = text->size;
        rest = keep_format("%*s%s", indent, "", rest + size + 1);
        text_add(text, "%s", rest);
    }
}

void text_save(const struct text *text, const char *path)
{
    FILE *file = fopen(path, "wb");
    bool written =
        file != NULL && fwrite(text->at, 1, text->size, file) == text->size;

    if (file != NULL && fclose(file) != 0)
        written = false;
    if (!written) {
        perror(path);
        exit(EXIT_FAILURE);
    }
}
