#include "emit_notes.h"

#include "emit_condition.h"

static void emit_string(FILE *out, const char *text)
{
    fputc('"', out);
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\')
            fputc('\\', out);
        fputc(*text, out);
    }
    fputc('"', out);
}

static void emit_names(FILE *out, const struct note *note, size_t index)
{
    if (note->name_count == 0)
        return;
    fprintf(out, "static const struct asn1_name names%zu[] = {\n", index);
    for (size_t i = 0; i < note->name_count; i++) {
        fprintf(out, "    {\"%s\", ", note->names[i].name);
        emit_number(out, note->names[i].number);
        fputs("},\n", out);
    }
    fputs("};\n\n", out);
}

static void emit_range(FILE *out, const struct note_range *range,
                       const char *has, const char *lower, const char *upper)
{
    if (!range->has_lower || !range->has_upper || range->is_open)
        return;
    fprintf(out, "        .%s = true,\n        .%s = ", has, lower);
    emit_number(out, range->lower);
    fprintf(out, ",\n        .%s = ", upper);
    emit_number(out, range->upper);
    fputs(",\n", out);
}

static void emit_note(FILE *out, const struct note *note, size_t index)
{
    fprintf(out, "    {\n        .type = \"%s\",\n", note->place);
    if (note->unit != NULL) {
        fputs("        .unit = ", out);
        emit_string(out, note->unit);
        fputs(",\n", out);
    }
    if (note->name_count > 0)
        fprintf(out, "        .names = names%zu,\n        .name_count = %zu,\n",
                index, note->name_count);
    emit_range(out, &note->range, "has_range", "lower", "upper");
    emit_range(out, &note->size, "has_size", "size_lower", "size_upper");
    if (note->condition != NULL) {
        fputs("        .condition = &", out);
        emit_condition(out, note->condition, 2);
        fputs(",\n", out);
    }
    fputs("    },\n", out);
}

void emit_notes(FILE *out, const struct notes *notes, const char *prefix)
{
    fputs("/* Made by asn1prep. Do not edit. */\n#include <asn1_notes.h>\n\n",
          out);
    for (size_t i = 0; i < notes->count; i++)
        emit_names(out, &notes->notes[i], i);
    if (notes->count > 0)
        fputs("static const struct asn1_note notes[] = {\n", out);
    for (size_t i = 0; i < notes->count; i++)
        emit_note(out, &notes->notes[i], i);
    if (notes->count > 0)
        fputs("};\n\n", out);
    fprintf(out,
            "const struct asn1_notes %s_notes = {\n"
            "    .notes = %s,\n    .count = %zu,\n};\n",
            prefix, notes->count > 0 ? "notes" : "NULL", notes->count);
}
