#include <stepden/json/pattern.h>

#include "json/scan.h"

static uint32_t code_point(const char utf8[4], size_t size)
{
    static const unsigned char lead[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
    uint32_t code = (unsigned char)utf8[0] & lead[size];

    for (size_t i = 1; i < size; i++)
        code = code << 6 | ((unsigned char)utf8[i] & 0x3f);
    return code;
}

/* The first range begins at 0. */
static unsigned find_column(const struct stepden_json_pattern *pattern,
                            uint32_t code)
{
    size_t low = 0, high = pattern->range_count;

    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;

        if (pattern->range[middle].first <= code)
            low = middle;
        else
            high = middle;
    }
    return pattern->range[low].column;
}

bool stepden_json_matches(const struct stepden_json_pattern *pattern,
                          const char *string, size_t size)
{
    const char *at = string + 1, *end = string + size;
    size_t state = 0;
    char utf8[4];

    while ((size = stepden_json_next_character(&at, end, utf8)) != 0)
        state = pattern->next[state * pattern->column_count +
                              find_column(pattern, code_point(utf8, size))];
    return pattern->accepts[state];
}
