#include "name.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>

#include "keep.h"

static bool starts_word(const char *name, size_t i)
{
    unsigned char before, here = (unsigned char)name[i];

    if (i == 0 || !isupper(here))
        return false;
    before = (unsigned char)name[i - 1];
    return islower(before) || isdigit(before) ||
           (isupper(before) && islower((unsigned char)name[i + 1]));
}

const char *name_snake(const char *name)
{
    char *snake = keep_alloc(2 * strlen(name) + 1);
    size_t size = 0;

    for (size_t i = 0; name[i] != '\0'; i++) {
        unsigned char c = (unsigned char)name[i];

        if (starts_word(name, i) || !isalnum(c))
            snake[size++] = '_';
        if (isalnum(c))
            snake[size++] = (char)tolower(c);
    }
    return snake;
}

const char *name_upper(const char *snake)
{
    char *upper = keep_format("%s", snake);

    for (char *c = upper; *c != '\0'; c++)
        *c = (char)toupper((unsigned char)*c);
    return upper;
}

bool name_is_usable(const char *snake)
{
    static const char *const reserved[] = {
        "auto",     "bool",    "break",  "case",     "char",     "const",
        "continue", "default", "do",     "double",   "else",     "enum",
        "extern",   "false",   "float",  "for",      "goto",     "if",
        "inline",   "int",     "long",   "register", "restrict", "return",
        "short",    "signed",  "sizeof", "static",   "struct",   "switch",
        "true",     "typedef", "union",  "unsigned", "void",     "volatile",
        "while",
    };

    if (!islower((unsigned char)snake[0]) ||
        snake[strspn(snake, "abcdefghijklmnopqrstuvwxyz0123456789_")] != '\0')
        return false;
    for (size_t i = 0; i < sizeof(reserved) / sizeof(reserved[0]); i++)
        if (strcmp(snake, reserved[i]) == 0)
            return false;
    return true;
}

bool name_is_plain(const char *name)
{
    for (; *name != '\0'; name++)
        if (!isgraph((unsigned char)*name) || strchr("\"\\?", *name) != NULL)
            return false;
    return true;
}
