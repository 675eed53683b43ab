/* The reference of a record in Markdown: a table for each object. */
#include <string.h>

#include "common/keep.h"
#include "emit/emit.h"
#include "emit/reference.h"
#include "model/keyword.h"

/* Columns that all rows keep to; a longer cell sticks out of its row. */
enum { CELL_MAX = 44 };

/* What is not itself in a table, in text and in code. */
static const char in_text[] = "|<*[\\", in_code[] = "|";

static const char *escape(const char *from, const char *special)
{
    char *to = keep_alloc(2 * strlen(from) + 1);
    size_t size = 0;

    for (; *from != '\0'; from++) {
        if (strchr(special, *from) != NULL)
            to[size++] = '\\';
        to[size++] = *from;
    }
    return to;
}

static const char *cell_text(const struct entry *entry, int column)
{
    switch (column) {
    case 0:
        return keep_format("`%s`", entry->key);
    case 1:
        return escape(entry->value, in_text);
    default:
        if (entry->required)
            return "required";
        return entry->preset == NULL
                   ? "optional"
                   : keep_format("`%s`", escape(entry->preset, in_code));
    }
}

static int column_width(const struct section *section, int column,
                        const char *head)
{
    size_t width = strlen(head);

    for (size_t i = 0; i < section->count; i++) {
        size_t size = strlen(cell_text(&section->entries[i], column));

        if (size > width && size <= CELL_MAX)
            width = size;
    }
    return (int)width;
}

static void emit_table(struct text *text, const struct section *section)
{
    static const char *const heads[] = {"name", "value", "default"};
    int width[3];

    for (int i = 0; i < 3; i++) {
        width[i] = column_width(section, i, heads[i]);
        text_add(text, "| %-*s ", width[i], heads[i]);
    }
    text_add(text, "| meaning |\n");
    for (int i = 0; i < 3; i++)
        text_add(text, "|%.*s", width[i] + 2,
                 "----------------------------------------------------");
    text_add(text, "|---|\n");
    for (size_t i = 0; i < section->count; i++) {
        for (int j = 0; j < 3; j++)
            text_add(text, "| %-*s ", width[j],
                     cell_text(&section->entries[i], j));
        text_add(text, "| %s |\n", escape(section->entries[i].text, in_text));
    }
}

static void emit_heading(struct text *text, const struct section *section)
{
    if (*section->pointer == '\0')
        return;
    text_add(text, "## `%s`", section->pointer);
    if (section->branch != NULL)
        text_add(text, ": %s", section->branch);
    text_add(text, "\n\n");
}

void emit_markdown(struct text *text, const struct model *model)
{
    const char *title =
        keyword_text(&model->root->place, model->main->root, "title");
    struct reference reference;

    reference_build(&reference, model);
    text_add(text, "# %s\n\n", title == NULL ? model->main->stem : title);
    for (size_t i = 0; i < reference.count; i++) {
        const struct section *section = &reference.sections[i];

        if (i > 0)
            text_add(text, "\n");
        emit_heading(text, section);
        if (*section->text != '\0')
            text_add(text, "%s\n%s", escape(section->text, in_text),
                     section->count > 0 ? "\n" : "");
        if (section->count > 0)
            emit_table(text, section);
    }
}
