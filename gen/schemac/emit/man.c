/* The reference of a record as roff, to be included in a man page. */
#include <string.h>

#include "common/keep.h"
#include "emit/emit.h"
#include "emit/reference.h"

/* As text that may begin a line. */
static const char *escape(const char *from)
{
    char *to = keep_alloc(4 * strlen(from) + 3);
    size_t size = 0;

    if (*from == '.' || *from == '\'') {
        memcpy(to, "\\&", 2);
        size = 2;
    }
    for (; *from != '\0'; from++) {
        const char *as = *from == '\\'   ? "\\e"
                         : *from == '-'  ? "\\-"
                         : *from == '\'' ? "\\(aq"
                         : *from == '^'  ? "\\(ha"
                         : *from == '~'  ? "\\(ti"
                                         : NULL;

        if (as != NULL) {
            memcpy(to + size, as, strlen(as));
            size += strlen(as);
        } else {
            to[size++] = *from;
        }
    }
    return to;
}

static void emit_entry(struct text *text, const struct entry *entry)
{
    text_add(text, ".TP\n\\fB%s\\fR (%s", escape(entry->key),
             escape(entry->value));
    if (entry->preset != NULL)
        text_add(text, "; default %s)\n", escape(entry->preset));
    else
        text_add(text, "; %s)\n", entry->required ? "required" : "optional");
    if (*entry->text != '\0')
        text_add(text, "%s\n", escape(entry->text));
}

void emit_man(struct text *text, const struct model *model)
{
    struct reference reference;

    reference_build(&reference, model);
    for (size_t i = 0; i < reference.count; i++) {
        const struct section *section = &reference.sections[i];

        if (*section->pointer != '\0')
            text_add(text, ".SS %s%s%s\n", escape(section->pointer),
                     section->branch == NULL ? "" : " : ",
                     section->branch == NULL ? "" : escape(section->branch));
        if (*section->text != '\0')
            text_add(text, "%s\n", escape(section->text));
        for (size_t j = 0; j < section->count; j++)
            emit_entry(text, &section->entries[j]);
    }
}
