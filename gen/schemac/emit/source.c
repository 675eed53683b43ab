#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "common/keep.h"
#include "emit/emit.h"

enum { COLUMNS = 80 };

void emit_names(struct text *text, const struct type *type)
{
    text_add(text, "static const struct stepden_json_name %s_name[] = {\n",
             type->name);
    for (size_t i = 0; i < type->value_count; i++)
        text_add(text, "    {%s, %zu, %" PRId64 "},\n",
                 text_literal(type->values[i].name),
                 strlen(type->values[i].name), type->values[i].value);
    text_add(text, "};\n\n");
    text_add(text,
             "%sconst struct stepden_json_names %s_names = {\n"
             "    .name = %s_name,\n"
             "    .count = %zu,\n"
             "    .open = %s,\n"
             "    .minimum = %" PRId64 ",\n"
             "    .maximum = %" PRId64 ",\n"
             "};\n\n",
             emit_linkage(type), type->name, type->name, type->value_count,
             type->open ? "true" : "false", type->minimum, type->maximum);
    text_add(text,
             "const char *%s_text(unsigned value)\n{\n"
             "    switch (value) {\n",
             type->name);
    for (size_t i = 0; i < type->value_count; i++) {
        bool alias = false;

        for (size_t j = 0; j < i; j++)
            alias |= type->values[j].value == type->values[i].value;
        if (!alias)
            text_add(text, "    case %" PRId64 ":\n        return %s;\n",
                     type->values[i].value, text_literal(type->values[i].name));
    }
    text_add(text, "    }\n    return NULL;\n}\n\n");
}

/* What the files of this and of the referenced schemas know of each other. */
static void emit_declarations(struct text *text, const struct model *model)
{
    for (size_t i = 0; i < model->count; i++) {
        const struct type *type = model->item[i];
        const char *name = type->name;

        if (!type->shared)
            continue;
        if (type->kind == KIND_NAMES)
            text_add(text,
                     "extern const struct stepden_json_names "
                     "%s_names;\n",
                     name);
        else
            text_add(text,
                     "bool %s_take(struct stepden_json_reader *reader%s);\n"
                     "void %s_put(struct stepden_json_writer *writer%s);\n",
                     name, emit_parameter(type, ""), name,
                     emit_parameter(type, "const "));
    }
    text_add(text, "\n");
}

static bool uses(const struct type *type, const struct type *inner)
{
    if (type->kind == KIND_ARRAY)
        return type->item->pattern == inner->pattern;
    for (size_t i = 0; i < type->member_count; i++)
        if (type->members[i].type->pattern == inner->pattern)
            return true;
    for (size_t i = 0; i < type->branch_count; i++)
        if (type->branches[i].type->pattern == inner->pattern)
            return true;
    return false;
}

/* The patterns of what this file reads, be they its own or of others. */
static void emit_patterns(struct text *text, const struct model *model)
{
    for (size_t i = 0; i < model->pattern_count; i++) {
        const struct type *string = model->patterns[i];
        bool used = false;

        for (size_t j = 0; j < model->count; j++)
            used |= emit_is_own(model, model->item[j]) &&
                    uses(model->item[j], string);
        if (used)
            emit_pattern(text, keep_format("%s_pattern", string->name),
                         string->pattern);
    }
}

static void emit_read_end(struct text *text, const struct type *root)
{
    text_add(text,
             "    if (%s_take(&reader, value))\n"
             "        stepden_json_reader_end(&reader);\n",
             root->name);
    if (root->open)
        text_add(text, "    value->unknown_members = reader.unknown;\n");
    text_add(text, "    return reader.status;\n}\n\n");
}

static void emit_write(struct text *text, const struct type *root,
                       const char *suffix, const char *masked)
{
    text_add(text,
             "size_t %s_write%s(char *json, size_t size,\n"
             "    const struct %s *value)\n{\n"
             "    struct stepden_json_writer writer = {\n"
             "        .at = json, .end = json + size%s};\n\n"
             "    %s_put(&writer, value);\n"
             "    return writer.full ? 0 : (size_t)(writer.at - json);\n}\n",
             root->name, suffix, root->name, masked, root->name);
}

/* A closed record tells where the keys belong that it does not know. */
static void emit_use_places(struct text *text, const struct type *root)
{
    if (!root->open)
        text_add(text, "    reader.places = %s_places;\n", root->name);
}

static void emit_record(struct text *text, const struct type *root)
{
    text_add(text,
             "enum stepden_status %s_read(\n"
             "    struct %s *value, const char *json, size_t size,\n"
             "    struct stepden_diag *diag)\n{\n"
             "    struct stepden_json_reader reader;\n\n"
             "    stepden_json_reader_begin(&reader, json, size, diag, NULL, "
             "NULL);\n",
             root->name, root->name);
    emit_use_places(text, root);
    emit_read_end(text, root);
    text_add(
        text,
        "enum stepden_status %s_read_all(\n"
        "    struct %s *value, const char *json, size_t size,\n"
        "    void (*report)(void *ctx, const struct stepden_diag *diag),\n"
        "    void *ctx)\n{\n"
        "    struct stepden_json_reader reader;\n"
        "    struct stepden_diag diag;\n\n"
        "    stepden_json_reader_begin(&reader, json, size, &diag, report, "
        "ctx);\n",
        root->name, root->name);
    emit_use_places(text, root);
    emit_read_end(text, root);
    emit_write(text, root, "", "");
    if (emit_has_secret(root)) {
        text_add(text, "\n");
        emit_write(text, root, "_masked", ", .masked = true");
    }
}

/* One by one: a literal of more than 4095 characters is beyond standard C. */
static void emit_characters(struct text *text, const struct text *from)
{
    size_t start = text->size;

    for (size_t i = 0; i < from->size; i++) {
        if (text->size - start > COLUMNS - sizeof("'\\ooo',")) {
            text_add(text, "\n");
            start = text->size;
        }
        text_add(text, from->at[i] == '\'' ? "'\\" : "'");
        text_add_escaped(text, &from->at[i], 1);
        text_add(text, "',");
    }
}

/* What `emit` makes, as a string. */
static void
emit_document(struct text *text, const struct model *model, const char *name,
              void (*emit)(struct text *text, const struct model *model))
{
    struct text all = {0};

    emit(&all, model);
    text_add(text, "\nconst char %s_%s[] = {\n", model->root->name, name);
    emit_characters(text, &all);
    text_add(text, "0};\n");
}

static void emit_reload(struct text *text, const struct model *model)
{
    assert(model->root != NULL);
    text_add(text, "\nconst char *const %s_reload[] = {\n", model->root->name);
    for (size_t i = 0; i < model->reload_count; i++)
        text_add(text, "    %s,\n", text_literal(model->reload[i]));
    text_add(text, "    NULL,\n};\n");
}

void emit_source(struct text *text, const struct model *model)
{
    emit_banner(text, model);
    text_add(text,
             "#include <%s>\n\n#include <string.h>\n\n"
             "#include <stepden/json/reader.h>\n"
             "#include <stepden/json/writer.h>\n\n",
             emit_header_path(model, model->main));
    emit_declarations(text, model);
    emit_patterns(text, model);
    for (size_t i = 0; i < model->count; i++) {
        const struct type *type = model->item[i];

        if (!emit_is_own(model, type))
            continue;
        if (type->kind == KIND_NAMES) {
            emit_names(text, type);
            continue;
        }
        emit_init(text, type);
        emit_take(text, type);
        emit_put(text, type);
    }
    if (model->root != NULL && !model->root->open)
        emit_places(text, model);
    if (model->root != NULL)
        emit_record(text, model->root);
    if (model->reload_count != 0)
        emit_reload(text, model);
    if (model->options->embed != NULL && model->root != NULL) {
        emit_document(text, model, "schema", emit_bundle);
        emit_document(text, model, "template", emit_template);
    }
}
