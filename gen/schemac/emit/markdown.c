/* The reference of a record in Markdown: a table for each object. */
#include <ctype.h>
#include <string.h>

#include "common/keep.h"
#include "emit/emit.h"
#include "emit/reference.h"
#include "model/keyword.h"

/* Columns that all rows keep to; a longer cell sticks out of its row. */
enum { CELL_MAX = 44 };

/* An underscore within a word, or a sign within a text, means itself. */
static bool is_special(const char *text, size_t i)
{
    if (text[i] == '_')
        return i == 0 || !isalnum((unsigned char)text[i - 1]) ||
               !isalnum((unsigned char)text[i + 1]);
    return strchr("|<*[\\`&~", text[i]) != NULL ||
           (i == 0 && strchr("#>+-", text[i]) != NULL);
}

/* As text that says what it says, in a table too. */
static const char *escape(const char *from)
{
    char *to = keep_alloc(2 * strlen(from) + 1);
    size_t size = 0;

    for (size_t i = 0; from[i] != '\0'; i++) {
        if (is_special(from, i))
            to[size++] = '\\';
        to[size++] = from[i];
    }
    return to;
}

/* As code, between more backticks than it has; in a table '|' is escaped. */
static const char *code(const char *from, bool in_table)
{
    struct text text = {0};
    const char *fence = "`", *pad = strchr(from, '`') == NULL ? "" : " ";

    while (strstr(from, fence) != NULL)
        fence = keep_format("%s`", fence);
    text_add(&text, "%s%s", fence, pad);
    for (; *from != '\0'; from++)
        text_add(&text, in_table && *from == '|' ? "\\%c" : "%c", *from);
    text_add(&text, "%s%s", pad, fence);
    return text.at;
}

static const char *cell_text(const struct entry *entry, int column)
{
    switch (column) {
    case 0:
        return code(entry->key, true);
    case 1:
        return escape(entry->value);
    default:
        if (entry->required)
            return "required";
        return entry->preset == NULL ? "optional" : code(entry->preset, true);
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
        text_add(text, "| %s |\n", escape(section->entries[i].text));
    }
}

static void emit_heading(struct text *text, const struct section *section)
{
    if (*section->pointer == '\0')
        return;
    text_add(text, "## %s", code(section->pointer, false));
    if (section->branch != NULL)
        text_add(text, ": %s", escape(section->branch));
    text_add(text, "\n\n");
}

void emit_markdown(struct text *text, const struct model *model)
{
    const char *title =
        keyword_text(&model->root->place, model->main->root, "title");
    struct reference reference;

    reference_build(&reference, model);
    text_add(text, "# %s\n\n",
             escape(title == NULL ? model->main->stem : emit_plain(title)));
    for (size_t i = 0; i < reference.count; i++) {
        const struct section *section = &reference.sections[i];

        if (i > 0)
            text_add(text, "\n");
        emit_heading(text, section);
        if (*section->text != '\0')
            text_add(text, "%s\n%s", escape(section->text),
                     section->count > 0 ? "\n" : "");
        if (section->count > 0)
            emit_table(text, section);
    }
}
