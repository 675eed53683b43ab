/* Defaults. */
#include <inttypes.h>
#include <string.h>

#include "common/keep.h"
#include "common/name.h"
#include "emit/emit.h"
#include "model/keyword.h"

static void emit_zero(struct text *text, const struct type *type,
                      const char *to)
{
    switch (type->kind) {
    case KIND_BOOLEAN:
        text_add(text, "    %s = false;\n", to);
        break;
    case KIND_INTEGER:
    case KIND_SCALED:
    case KIND_CLASSES:
    case KIND_TIME:
        text_add(text, "    %s = 0;\n", to);
        break;
    case KIND_NAMES:
        text_add(text, "    %s = (%s)0;\n", to, emit_c_type(type));
        break;
    case KIND_STRING:
        text_add(text, "    %s[0] = '\\0';\n", to);
        break;
    case KIND_RAW:
        text_add(text, "    %s.at = NULL;\n    %s.size = 0;\n", to, to);
        break;
    case KIND_OBJECT:
    case KIND_ARRAY:
    case KIND_TUPLE:
    case KIND_UNION:
        if (!model_is_empty(type))
            text_add(text, "    %s_init(&%s);\n", type->name, to);
        break;
    case KIND_CONST:
        break;
    }
}

static void emit_preset(struct text *text, const struct type *type,
                        struct json_object *preset, const char *to);

static void emit_preset_name(struct text *text, const struct type *type,
                             struct json_object *preset, const char *to)
{
    int64_t number;

    for (size_t i = 0; i < type->value_count; i++) {
        if (json_object_is_type(preset, json_type_string) &&
            strcmp(type->values[i].name, json_object_get_string(preset)) == 0) {
            text_add(text, "    %s = %s_%s;\n", to, name_upper(type->name),
                     type->values[i].constant);
            return;
        }
    }
    keyword_exact(preset, 0, &number);
    text_add(text, "    %s = %s;\n", to, emit_number(number));
}

static void emit_preset_string(struct text *text, struct json_object *preset,
                               const char *to)
{
    size_t size = (size_t)json_object_get_string_len(preset);

    text_add(text, "    memcpy(%s, \"", to);
    text_add_escaped(text, json_object_get_string(preset), size);
    text_add(text, "\", %zu);\n", size + 1);
}

static void emit_preset_array(struct text *text, const struct type *type,
                              struct json_object *preset, const char *to)
{
    size_t count = json_object_array_length(preset);

    text_add(text, "    %s.count = %zu;\n", to, count);
    for (size_t i = 0; i < count; i++) {
        const char *item = keep_format("%s.item[%zu]", to, i);

        emit_zero(text, type->item, item);
        emit_preset(text, type->item, json_object_array_get_idx(preset, i),
                    item);
    }
}

static void emit_preset_member(struct text *text, const struct member *member,
                               struct json_object *preset, const char *to)
{
    if (preset == NULL || member->type->kind == KIND_CONST)
        return;
    if (member->optional)
        text_add(text, "    %s.has_%s = true;\n", to, member->plain);
    emit_preset(text, member->type, preset,
                keep_format("%s.%s", to, member->name));
}

static void emit_preset_object(struct text *text, const struct type *type,
                               struct json_object *preset, const char *to)
{
    json_object_object_foreach(preset, key, value)
    {
        emit_preset_member(text, model_member(type, key), value, to);
    }
}

static void emit_preset_tuple(struct text *text, const struct type *type,
                              struct json_object *preset, const char *to)
{
    for (size_t i = 0; i < json_object_array_length(preset); i++)
        emit_preset_member(text, &type->members[i],
                           json_object_array_get_idx(preset, i), to);
}

static void emit_preset_union(struct text *text, const struct type *type,
                              struct json_object *preset, const char *to)
{
    const struct branch *branch =
        &type->branches[model_branch_of(type, preset)];
    const char *inner = keep_format("%s.%s", to, branch->name);

    text_add(text, "    %s.kind = %s_%s;\n", to, name_upper(type->name),
             name_upper(branch->name));
    emit_zero(text, branch->type, inner);
    emit_preset(text, branch->type, preset, inner);
}

static void emit_preset_raw(struct text *text, struct json_object *preset,
                            const char *to)
{
    const char *json =
        json_object_to_json_string_ext(preset, JSON_C_TO_STRING_PLAIN);

    text_add(text, "    %s.at = \"", to);
    text_add_escaped(text, json, strlen(json));
    text_add(text, "\";\n    %s.size = %zu;\n", to, strlen(json));
}

static void emit_preset(struct text *text, const struct type *type,
                        struct json_object *preset, const char *to)
{
    int64_t number;

    switch (type->kind) {
    case KIND_BOOLEAN:
        text_add(text, "    %s = %s;\n", to,
                 json_object_get_boolean(preset) ? "true" : "false");
        break;
    case KIND_INTEGER:
    case KIND_SCALED:
    case KIND_CLASSES:
        keyword_exact(preset, type->exponent, &number);
        text_add(text, "    %s = %s;\n", to, emit_number(number));
        break;
    case KIND_STRING:
        emit_preset_string(text, preset, to);
        break;
    case KIND_NAMES:
        emit_preset_name(text, type, preset, to);
        break;
    case KIND_OBJECT:
        emit_preset_object(text, type, preset, to);
        break;
    case KIND_ARRAY:
        emit_preset_array(text, type, preset, to);
        break;
    case KIND_TUPLE:
        emit_preset_tuple(text, type, preset, to);
        break;
    case KIND_UNION:
        emit_preset_union(text, type, preset, to);
        break;
    case KIND_TIME:
        model_time(type, preset, &number);
        text_add(text, "    %s = %s;\n", to, emit_number(number));
        break;
    case KIND_RAW:
        emit_preset_raw(text, preset, to);
        break;
    case KIND_CONST:
        break;
    }
}

static void emit_member_init(struct text *text, const struct member *member)
{
    const char *to = keep_format("value->%s", member->name);

    if (member->optional)
        text_add(text, "    value->has_%s = false;\n", member->plain);
    if (member->preset == NULL || model_is_composite(member->type))
        emit_zero(text, member->type, to);
    if (member->preset != NULL)
        emit_preset(text, member->type, member->preset, to);
}

void emit_init(struct text *text, const struct type *type)
{
    if (model_is_empty(type))
        return;
    text_add(text, "void %s_init(struct %s *value)\n{\n", type->name,
             type->name);
    if (type->kind == KIND_ARRAY)
        text_add(text, "    value->count = 0;\n");
    for (size_t i = 0; i < type->member_count; i++)
        emit_member_init(text, &type->members[i]);
    if (type->kind == KIND_OBJECT && type->root && type->open)
        text_add(text, "    value->unknown_members = 0;\n");
    if (type->kind == KIND_UNION) {
        const struct branch *first = &type->branches[0];

        text_add(text, "    value->kind = %s_%s;\n", name_upper(type->name),
                 name_upper(first->name));
        emit_zero(text, first->type, keep_format("value->%s", first->name));
    }
    text_add(text, "}\n\n");
}
