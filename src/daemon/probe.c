#include "daemon/probe.h"

#include <stdbool.h>
#include <string.h>

struct cursor {
    const char *at;
    const char *end;
};

static const struct {
    const char *name;
    enum stepden_probe kind;
} kinds[] = {
    {"specversion", STEPDEN_PROBE_ENVELOPE},
    {"stations", STEPDEN_PROBE_COLLISIONS},
    {"managementContainer", STEPDEN_PROBE_DENM},
};

#define KIND_COUNT (sizeof kinds / sizeof kinds[0])

static enum stepden_probe kind_of(const char *name, size_t size)
{
    for (size_t i = 0; i < KIND_COUNT; i++)
        if (strlen(kinds[i].name) == size &&
            memcmp(kinds[i].name, name, size) == 0)
            return kinds[i].kind;
    return STEPDEN_PROBE_OTHER;
}

/* To the first byte of a string, a nesting, or the end of a value. */
static bool find_sign(struct cursor *cursor)
{
    while (cursor->at < cursor->end && !strchr("\"{}[],", *cursor->at))
        cursor->at++;
    return cursor->at < cursor->end;
}

/* From one quote past the other. */
static void skip_string(struct cursor *cursor)
{
    for (cursor->at++; cursor->at < cursor->end; cursor->at++) {
        if (*cursor->at == '\\')
            cursor->at++;
        else if (*cursor->at == '"')
            break;
    }
    if (cursor->at < cursor->end)
        cursor->at++;
}

/* Past the comma that ends the value; false at the end of the object. */
static bool skip_value(struct cursor *cursor)
{
    for (size_t depth = 0; find_sign(cursor);) {
        char sign = *cursor->at;
        if (sign == '"') {
            skip_string(cursor);
            continue;
        }
        cursor->at++;
        if (sign == '{' || sign == '[')
            depth++;
        else if (sign == ',' && depth == 0)
            return true;
        else if (sign != ',' && depth-- == 0)
            return false;
    }
    return false;
}

enum stepden_probe stepden_probe(const char *json, size_t size)
{
    struct cursor cursor = {.at = json, .end = json + size};
    if (!find_sign(&cursor) || *cursor.at++ != '{')
        return STEPDEN_PROBE_OTHER;
    do {
        if (!find_sign(&cursor) || *cursor.at != '"')
            return STEPDEN_PROBE_OTHER;
        const char *name = cursor.at + 1;
        skip_string(&cursor);
        enum stepden_probe kind =
            cursor.at > name ? kind_of(name, (size_t)(cursor.at - name) - 1)
                             : STEPDEN_PROBE_OTHER;
        if (kind != STEPDEN_PROBE_OTHER)
            return kind;
    } while (skip_value(&cursor));
    return STEPDEN_PROBE_OTHER;
}
