#include "emit/emit.h"

#include <inttypes.h>
#include <string.h>

#include <stepden/json/writer.h>

#include "common/keep.h"
#include "common/name.h"
#include "model/keyword.h"

enum { COLUMNS = 80 };

static void emit_includes(struct text *text, const struct model *model)
{
    bool raw = false;

    for (size_t i = 0; i < model->count; i++)
        for (size_t j = 0; j < model->item[i]->member_count; j++)
            raw |= model->item[i]->members[j].type->kind == KIND_RAW;
    text_add(text, "#include <stdbool.h>\n#include <stddef.h>\n"
                   "#include <stdint.h>\n\n");
    if (raw)
        text_add(text, "#include <stepden/json_span.h>\n");
    for (size_t i = 0; i < model->files.count; i++)
        if (model->files.item[i] != model->main)
            text_add(text, "#include <%s>\n",
                     emit_header_path(model, model->files.item[i]));
    text_add(text, "#include <stepden/status.h>\n\n"
                   "#ifdef __cplusplus\nextern \"C\" {\n#endif\n\n");
}

static void emit_enum(struct text *text, const struct type *type)
{
    const char *prefix = name_upper(type->name);

    emit_comment(text, 0, type->description);
    text_add(text, "enum %s {\n", type->name);
    for (size_t i = 0; i < type->value_count; i++)
        text_add(text, "    %s_%s = %" PRId64 ",\n", prefix,
                 type->values[i].constant, type->values[i].value);
    text_add(text, "};\n\n");
}

static void emit_declarator(struct text *text, int indent,
                            const struct type *type, const char *name)
{
    if (type->kind == KIND_STRING)
        text_add(text, "%*schar %s[%" PRId64 "];\n", indent, "", name,
                 4 * type->maximum + 1);
    else
        text_add(text, "%*s%s %s;\n", indent, "", emit_c_type(type), name);
}

static void emit_members(struct text *text, const struct type *type)
{
    text_add(text, "struct %s {\n", type->name);
    for (size_t i = 0; i < type->member_count; i++) {
        const struct member *member = &type->members[i];

        if (member->type->kind == KIND_CONST)
            continue;
        emit_comment(text, 4, emit_member_doc(member));
        if (member->optional)
            text_add(text, "    bool has_%s;\n", member->plain);
        emit_declarator(text, 4, member->type, member->name);
    }
    if (type->root && type->open) {
        emit_comment(text, 4, "Members that were read and ignored.");
        text_add(text, "    uint32_t unknown_members;\n");
    }
    text_add(text, "};\n\n");
}

static void emit_array(struct text *text, const struct type *type)
{
    text_add(text, "struct %s {\n    uint32_t count;\n", type->name);
    if (type->item->kind == KIND_STRING)
        text_add(text, "    char item[%" PRId64 "][%" PRId64 "];\n",
                 type->maximum, 4 * type->item->maximum + 1);
    else
        text_add(text, "    %s item[%" PRId64 "];\n", emit_c_type(type->item),
                 type->maximum);
    text_add(text, "};\n\n");
}

static void emit_kind(struct text *text, const struct type *type)
{
    const char *prefix = name_upper(type->name);

    text_add(text, "enum %s_kind {\n", type->name);
    for (size_t i = 0; i < type->branch_count; i++) {
        const struct branch *branch = &type->branches[i];

        if (model_is_empty(branch->type))
            emit_comment(text, 4, branch->type->description);
        text_add(text, "    %s_%s,\n", prefix, name_upper(branch->name));
    }
    text_add(text, "};\n\n");
}

static void emit_union(struct text *text, const struct type *type)
{
    bool any = false;

    emit_kind(text, type);
    emit_comment(text, 0, type->description);
    text_add(text, "struct %s {\n    enum %s_kind kind;\n", type->name,
             type->name);
    for (size_t i = 0; i < type->branch_count; i++) {
        const struct branch *branch = &type->branches[i];

        if (model_is_empty(branch->type))
            continue;
        text_add(text, any ? "" : "    union {\n");
        emit_comment(text, 8, branch->type->description);
        emit_declarator(text, 8, branch->type, branch->name);
        any = true;
    }
    text_add(text, "%s};\n\n", any ? "    };\n" : "");
}

static const char *type_doc(const struct type *type)
{
    const char *title = keyword_text(&type->place, type->owner->root, "title");

    if (!type->root || title == NULL)
        return type->description;
    if (type->description == NULL)
        return keep_format("%s.", title);
    return keep_format("%s. %s", title, type->description);
}

static void emit_definition(struct text *text, const struct type *type)
{
    if (type->kind == KIND_NAMES) {
        emit_enum(text, type);
        return;
    }
    if (type->kind == KIND_UNION) {
        emit_union(text, type);
        return;
    }
    if (model_is_empty(type))
        return;
    emit_comment(text, 0, type_doc(type));
    if (model_has_members(type))
        emit_members(text, type);
    else
        emit_array(text, type);
}

/* On one line, or with its parameter on the next. */
static void emit_prototype(struct text *text, const char *returns,
                           const char *name, const char *parameter)
{
    size_t size = strlen(returns) + strlen(name) + strlen(parameter) + 3;

    text_add(text, "%s%s(%s%s);\n", returns, name,
             size <= COLUMNS ? "" : "\n    ", parameter);
}

static void emit_init_prototype(struct text *text, const struct type *type)
{
    emit_prototype(text, "STEPDEN_API void ",
                   keep_format("%s_init", type->name),
                   keep_format("struct %s *value", type->name));
}

/* A comment before the first of several lines. */
static void emit_first(struct text *text, const char *comment, bool *any)
{
    if (!*any)
        emit_comment(text, 0, comment);
    *any = true;
}

static void emit_names_prototypes(struct text *text, const struct model *model)
{
    bool any = false;

    for (size_t i = 0; i < model->count; i++) {
        const struct type *type = model->item[i];

        if (!emit_is_own(model, type) || type->kind != KIND_NAMES)
            continue;
        emit_first(text, "The name of a value; NULL: it has none.", &any);
        emit_prototype(text, "STEPDEN_API const char *",
                       keep_format("%s_text", type->name), "unsigned value");
    }
    text_add(text, any ? "\n" : "");
}

static void emit_parts_prototypes(struct text *text, const struct model *model)
{
    bool any = false;

    for (size_t i = 0; i < model->count; i++) {
        const struct type *type = model->item[i];

        if (!emit_is_own(model, type) || !model_is_composite(type) ||
            type == model->root || model_is_empty(type))
            continue;
        emit_first(text, "Set a part to its defaults.", &any);
        emit_init_prototype(text, type);
    }
    text_add(text, any ? "\n" : "");
}

/* What a record comes with, beside its functions. */
static void emit_extras(struct text *text, const struct model *model)
{
    const char *name = model->root->name;

    if (model->reload_count != 0)
        text_add(text,
                 "/*\n"
                 " * JSON pointers of what may change while the program runs, "
                 "with all below;\n"
                 " * the last is NULL.\n"
                 " */\n"
                 "STEPDEN_API extern const char *const %s_reload[];\n\n",
                 name);
    if (model->options->embed != NULL)
        text_add(text,
                 "/* The JSON Schema, complete in itself; NUL-terminated. */\n"
                 "STEPDEN_API extern const char %s_schema[];\n\n"
                 "/* A record with all defaults; NUL-terminated. */\n"
                 "STEPDEN_API extern const char %s_template[];\n\n",
                 name, name);
}

/* The prefix stands in for the folder, so that a guard is nobody else's. */
static const char *guard_name(const struct model *model)
{
    const char *path = emit_header_path(model, model->main);

    if (*model->options->include == '\0')
        path = keep_format("%s/%s", model->options->prefix, path);
    return name_upper(name_snake(path));
}

static void emit_record(struct text *text, const struct type *root)
{
    const char *name = root->name;

    emit_comment(text, 0,
                 "Sets everything to its default, or to zero without.");
    emit_init_prototype(text, root);
    text_add(text, "\n");
    text_add(text,
             "/*\n"
             " * Reads one JSON text (RFC 8259) of this type; absent members "
             "get their\n"
             " * defaults. On error the content of `value` is unspecified.\n"
             " *\n"
             " * STEPDEN_ERR_TRUNCATED  the text ends early\n"
             " * STEPDEN_ERR_SYNTAX     not JSON in UTF-8\n"
             " * STEPDEN_ERR_INVALID    not what the schema asks for\n"
             " * STEPDEN_ERR_RANGE      a value outside its range\n"
             " */\n"
             "STEPDEN_API STEPDEN_CHECKED enum stepden_status\n"
             "%s_read(struct %s *value, const char *json,\n"
             "    size_t size, struct stepden_diag *diag);\n\n",
             name, name);
    text_add(
        text,
        "/*\n"
        " * Likewise, but goes on after a value that is refused, and "
        "tells `report` of\n"
        " * every error, a hundred at most; returns the first one's status.\n"
        " */\n"
        "STEPDEN_API STEPDEN_CHECKED enum stepden_status\n"
        "%s_read_all(struct %s *value, const char *json,\n"
        "    size_t size,\n"
        "    void (*report)(void *ctx, const struct stepden_diag *diag),\n"
        "    void *ctx);\n\n",
        name, name);
    text_add(text,
             "/*\n"
             " * Writes `value` as compact JSON into the `size` bytes at "
             "`json`, without a\n"
             " * NUL. Returns its length, 0 when it does not fit.\n"
             " */\n"
             "STEPDEN_API size_t %s_write(char *json, size_t size,\n"
             "    const struct %s *value);\n\n",
             name, name);
    if (emit_has_secret(root))
        text_add(text,
                 "/* Likewise for people: a secret is written as "
                 "\"" STEPDEN_JSON_MASK "\". */\n"
                 "STEPDEN_API size_t %s_write_masked(char *json, size_t size,\n"
                 "    const struct %s *value);\n\n",
                 name, name);
    emit_comment(text, 0,
                 "Always enough for writing; slices count on top of it.");
    text_add(text, "#define %s_JSON_MAX %" PRIu64 "\n\n", name_upper(name),
             emit_json_max(root));
}

void emit_header(struct text *text, const struct model *model)
{
    const char *guard = guard_name(model);
    struct json_object *title;

    emit_banner(text, model);
    if (model->root == NULL &&
        json_object_object_get_ex(model->main->root, "title", &title))
        emit_comment(text, 0, json_object_get_string(title));
    text_add(text, "#ifndef %s\n#define %s\n\n", guard, guard);
    emit_includes(text, model);
    for (size_t i = 0; i < model->count; i++)
        if (emit_is_own(model, model->item[i]))
            emit_definition(text, model->item[i]);
    if (model->root != NULL) {
        emit_record(text, model->root);
        emit_extras(text, model);
    }
    emit_names_prototypes(text, model);
    emit_parts_prototypes(text, model);
    text_add(text, "#ifdef __cplusplus\n}\n#endif\n\n#endif\n");
}
