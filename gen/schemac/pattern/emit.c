/* The tables of patterns. */
#include <inttypes.h>
#include <string.h>

#include "common/keep.h"
#include "pattern/pattern.h"

enum { COLUMNS = 80 };

/* Adds an element to the line, which is `used` columns long, or to the next. */
static size_t add_element(struct text *text, size_t used, const char *element)
{
    size_t size = strlen(element) + 2; /* a space and a comma */

    if (used != 0 && used + size <= COLUMNS) {
        text_add(text, " %s,", element);
        return used + size;
    }
    text_add(text, "%s    %s,", used == 0 ? "" : "\n", element);
    return size + 3;
}

static void emit_ranges(struct text *text, const char *name,
                        const struct stepden_json_pattern *pattern)
{
    size_t used = 0;

    text_add(text, "static const struct stepden_json_range %s_ranges[] = {\n",
             name);
    for (size_t i = 0; i < pattern->range_count; i++)
        used = add_element(text, used,
                           keep_format("{0x%" PRIx32 ", %u}",
                                       pattern->range[i].first,
                                       pattern->range[i].column));
    text_add(text, "\n};\n\n");
}

static void emit_states(struct text *text, const char *name,
                        const struct stepden_json_pattern *pattern)
{
    size_t used = 0;

    text_add(text, "static const uint16_t %s_next[] = {\n", name);
    for (size_t i = 0; i < pattern->state_count; i++) {
        used = 0;
        for (size_t j = 0; j < pattern->column_count; j++)
            used = add_element(
                text, used,
                keep_format("%u",
                            pattern->next[i * pattern->column_count + j]));
        text_add(text, "\n");
    }
    text_add(text, "};\n\nstatic const bool %s_accepts[] = {\n", name);
    used = 0;
    for (size_t i = 0; i < pattern->state_count; i++)
        used = add_element(text, used, pattern->accepts[i] ? "true" : "false");
    text_add(text, "\n};\n\n");
}

void emit_pattern(struct text *text, const char *name,
                  const struct stepden_json_pattern *pattern)
{
    emit_ranges(text, name, pattern);
    emit_states(text, name, pattern);
    text_add(text,
             "static const struct stepden_json_pattern %s = {\n"
             "    .text = \"",
             name);
    text_add_escaped(text, pattern->text, strlen(pattern->text));
    text_add(text,
             "\",\n"
             "    .range = %s_ranges,\n"
             "    .range_count = %zu,\n"
             "    .next = %s_next,\n"
             "    .column_count = %zu,\n"
             "    .accepts = %s_accepts,\n"
             "    .state_count = %zu,\n"
             "};\n\n",
             name, pattern->range_count, name, pattern->column_count, name,
             pattern->state_count);
}
