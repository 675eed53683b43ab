#include "unit.h"

#include <ctype.h>
#include <string.h>

#include "memory.h"

static bool begins_with(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

/* What stands behind "Unit:" or "@unit" if it begins here; else NULL. */
static const char *behind_sign(const char *text)
{
    if (begins_with(text, "Unit:"))
        return text + strlen("Unit:");
    if (!begins_with(text, "@unit"))
        return NULL;
    text += strlen("@unit");
    if (*text == ':')
        return text + 1;
    return *text == ' ' || *text == '\t' ? text : NULL;
}

static bool ends_unit(const char *text)
{
    bool is_stop = *text == '.' || *text == ',';

    return !isprint((unsigned char)*text) || begins_with(text, "--") ||
           begins_with(text, "*/") ||
           (is_stop && !isgraph((unsigned char)text[1]));
}

static const char *copy_unit(const char *text)
{
    size_t size = 0;
    char *unit;

    text += strspn(text, " \t");
    while (!ends_unit(text + size))
        size++;
    while (size > 0 && text[size - 1] == ' ')
        size--;
    if (size == 0 || (size == 3 && begins_with(text, "n/a")))
        return NULL;
    unit = memory_new(size + 1);
    memcpy(unit, text, size);
    for (size_t i = 1; i + 1 < size; i++)
        if (unit[i] == ',' && isdigit((unsigned char)unit[i - 1]))
            unit[i] = '.';
    return unit;
}

const char *unit_of(const struct token *item)
{
    const char *unit = NULL;

    if (item == NULL || item->comment == NULL)
        return NULL;
    for (const char *text = item->comment; *text != '\0'; text++) {
        const char *behind = behind_sign(text);

        if (behind != NULL)
            unit = copy_unit(behind);
    }
    return unit;
}
