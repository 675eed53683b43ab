#include "daemon/indent.h"

#include <stdbool.h>

struct indenter {
    FILE *file;
    int depth;
    bool in_string;
};

static void start_line(struct indenter *indenter)
{
    fprintf(indenter->file, "\n%*s", 2 * indenter->depth, "");
}

/* What a character outside of strings does to the layout. */
static void put(struct indenter *indenter, char character, char next)
{
    bool opens = character == '{' || character == '[';
    bool closes_next = next == '}' || next == ']';
    putc(character, indenter->file);
    if (character == ':')
        putc(' ', indenter->file);
    if (opens && !closes_next)
        indenter->depth++;
    if ((opens && !closes_next) || character == ',')
        start_line(indenter);
    if (!opens && closes_next) {
        indenter->depth--;
        start_line(indenter);
    }
}

void stepden_indent(FILE *file, const char *json, size_t size)
{
    struct indenter indenter = {.file = file};
    for (size_t i = 0; i < size; i++) {
        char next = i + 1 < size ? json[i + 1] : '\0';
        if (json[i] == '"')
            indenter.in_string = !indenter.in_string;
        if (indenter.in_string) {
            putc(json[i], file);
            if (json[i] == '\\')
                putc(json[++i], file);
        } else {
            put(&indenter, json[i], next);
        }
    }
    putc('\n', file);
}
