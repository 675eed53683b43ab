/* Writers. */
#include <string.h>

#include "common/keep.h"
#include "common/name.h"
#include "emit/emit.h"
#include "model/keyword.h"

static void emit_literal(struct text *text, int indent, const char *json,
                         size_t size)
{
    text_add(text, "%*sstepden_json_put(writer, \"", indent, "");
    text_add_escaped(text, json, size);
    text_add(text, "\", %zu);\n", size);
}

static void emit_value(struct text *text, int indent, const struct type *type,
                       const char *from)
{
    text_add(text, "%*s", indent, "");
    switch (type->kind) {
    case KIND_BOOLEAN:
        text_add(text, "stepden_json_put_bool(writer, %s);\n", from);
        break;
    case KIND_INTEGER:
    case KIND_CLASSES:
        text_add(text, "stepden_json_put_integer(writer, %s);\n", from);
        break;
    case KIND_SCALED:
        text_add(text, "stepden_json_put_scaled(writer, %s, %d);\n", from,
                 type->exponent);
        break;
    case KIND_STRING:
        text_add(text, "stepden_json_put_%s(writer, %s);\n",
                 type->secret ? "secret" : "string", from);
        break;
    case KIND_TIME:
        text_add(text, "stepden_json_put_%stime(writer, %s);\n",
                 type->from_1970 ? "unix_" : "", from);
        break;
    case KIND_RAW:
        text_add(text, "stepden_json_put_raw(writer, %s);\n", from);
        break;
    case KIND_NAMES:
        text_add(text, "stepden_json_put_name(writer, %s_text(%s), %s);\n",
                 type->name, from, from);
        break;
    case KIND_OBJECT:
    case KIND_ARRAY:
    case KIND_TUPLE:
    case KIND_UNION:
        text_add(text, "%s_put(writer%s);\n", type->name,
                 emit_argument(type, from));
        break;
    case KIND_CONST:
        break;
    }
}

static void emit_unlike_preset(struct text *text, const struct member *member,
                               const char *from)
{
    int64_t number;

    if (member->type->kind == KIND_BOOLEAN) {
        text_add(text, "    if (%s%s) {\n",
                 json_object_get_boolean(member->preset) ? "!" : "", from);
        return;
    }
    keyword_exact(member->preset, 0, &number);
    text_add(text, "    if (%s != %s) {\n", from, emit_number(number));
}

/* `key` stands before the value: a comma, and in an object the key. */
static void emit_member(struct text *text, const struct member *member,
                        const char *key)
{
    const char *from = keep_format("value->%s", member->name);
    int indent = 4;

    if (member->type->kind == KIND_CONST) {
        key = keep_format(
            "%s%s", key,
            json_object_to_json_string_ext(member->type->literal,
                                           JSON_C_TO_STRING_PLAIN |
                                               JSON_C_TO_STRING_NOSLASHESCAPE));
        emit_literal(text, indent, key, strlen(key));
        return;
    }
    if (member->optional)
        text_add(text, "    if (value->has_%s) {\n", member->plain);
    else if (member->sparse)
        emit_unlike_preset(text, member, from);
    if (member->optional || member->sparse)
        indent = 8;
    emit_literal(text, indent, key, strlen(key));
    emit_value(text, indent, member->type, from);
    if (indent == 4)
        return;
    if (member->null_preset || member->required) {
        key = keep_format("%snull", key);
        text_add(text, "    } else {\n");
        emit_literal(text, indent, key, strlen(key));
    }
    text_add(text, "    }\n");
}

static void emit_put_union(struct text *text, const struct type *type)
{
    const char *prefix = name_upper(type->name);

    text_add(text, "    switch (value->kind) {\n");
    for (size_t i = 0; i < type->branch_count; i++) {
        const struct branch *branch = &type->branches[i];

        text_add(text, "    case %s_%s:\n", prefix, name_upper(branch->name));
        emit_value(text, 8, branch->type,
                   keep_format("value->%s", branch->name));
        text_add(text, "        break;\n");
    }
    text_add(text, "    }\n}\n\n");
}

/* A place that is left out when it is absent, and all that follow. */
static void emit_place(struct text *text, const struct member *member)
{
    text_add(text,
             "    if (value->has_%s) {\n"
             "        stepden_json_put_place(writer, &absent);\n",
             member->plain);
    emit_value(text, 8, member->type, keep_format("value->%s", member->name));
    text_add(text, "    } else {\n        absent++;\n    }\n");
}

static void emit_put_tuple(struct text *text, const struct type *type)
{
    text_add(text, "    char *start = writer->at;\n%s\n",
             type->minimum < type->maximum ? "    unsigned absent = 0;\n" : "");
    for (size_t i = 0; i < type->member_count; i++) {
        if (type->members[i].required)
            emit_member(text, &type->members[i], ",");
        else
            emit_place(text, &type->members[i]);
    }
    text_add(text, "    stepden_json_enclose(writer, start, \"[]\");\n}\n\n");
}

static void emit_put_array(struct text *text, const struct type *type)
{
    text_add(text, "    char *start = writer->at;\n\n"
                   "    for (uint32_t i = 0; i < value->count; i++) {\n");
    emit_literal(text, 8, ",", 1);
    emit_value(text, 8, type->item, "value->item[i]");
    text_add(text, "    }\n    stepden_json_enclose(writer, start, \"[]\");\n"
                   "}\n\n");
}

void emit_put(struct text *text, const struct type *type)
{
    text_add(text, "%svoid %s_put(struct stepden_json_writer *writer%s)\n{\n",
             emit_linkage(type), type->name, emit_parameter(type, "const "));
    if (type->kind == KIND_UNION) {
        emit_put_union(text, type);
        return;
    }
    if (type->kind == KIND_ARRAY) {
        emit_put_array(text, type);
        return;
    }
    if (type->kind == KIND_TUPLE) {
        emit_put_tuple(text, type);
        return;
    }
    text_add(text, "    char *start = writer->at;\n\n");
    for (size_t i = 0; i < type->member_count; i++)
        emit_member(text, &type->members[i],
                    keep_format(",\"%s\":", type->members[i].key));
    text_add(text, "    stepden_json_enclose(writer, start, \"{}\");\n}\n\n");
}
