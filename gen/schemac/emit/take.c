/* Readers. */
#include <inttypes.h>
#include <string.h>

#include <stepden/json/reader.h>

#include "common/keep.h"
#include "common/name.h"
#include "emit/emit.h"
#include "model/keyword.h"

static bool needs_number(const struct type *type)
{
    return type->kind == KIND_INTEGER || type->kind == KIND_SCALED ||
           type->kind == KIND_CLASSES || type->kind == KIND_NAMES;
}

static bool is_text(const struct type *constant)
{
    return json_object_is_type(constant->literal, json_type_string);
}

static void emit_const(struct text *text, const struct type *type)
{
    if (is_text(type)) {
        size_t size = (size_t)json_object_get_string_len(type->literal);

        text_add(text, "stepden_json_take_text(reader, \"");
        text_add_escaped(text, json_object_get_string(type->literal), size);
        text_add(text, "\", %zu)", size);
    } else if (json_object_is_type(type->literal, json_type_boolean)) {
        text_add(text, "stepden_json_take_truth(reader, %s)",
                 json_object_get_boolean(type->literal) ? "true" : "false");
    } else {
        int64_t number;

        keyword_exact(type->literal, 0, &number);
        text_add(text, "stepden_json_take_integer(reader, &number, %s, %s)",
                 emit_number(number), emit_number(number));
    }
}

static void emit_list(struct text *text, const int64_t *values, size_t count)
{
    text_add(text, "(const int64_t[]){");
    for (size_t i = 0; i < count; i++)
        text_add(text, "%s%s", i == 0 ? "" : ", ", emit_number(values[i]));
    text_add(text, "}, %zu)", count);
}

static void emit_integer(struct text *text, const struct type *type)
{
    if (type->listed != NULL) {
        text_add(text, "stepden_json_take_listed(reader, &number, ");
        emit_list(text, type->listed, type->listed_count);
        return;
    }
    text_add(text, "stepden_json_take_%s(reader, &number, %s, %s",
             type->step != 0 ? "multiple" : "integer",
             emit_number(type->minimum), emit_number(type->maximum));
    if (type->step != 0)
        text_add(text, ", %s", emit_number(type->step));
    text_add(text, ")");
}

static void emit_scaled(struct text *text, const struct type *type)
{
    bool above = (type->exclusive & STEPDEN_JSON_ABOVE) != 0;
    bool below = (type->exclusive & STEPDEN_JSON_BELOW) != 0;

    text_add(text, "stepden_json_take_%s(reader, &number, %s, %s, %d",
             type->exclusive == 0 ? "scaled" : "between",
             emit_number(type->minimum - above),
             emit_number(type->maximum + below), type->exponent);
    if (type->exclusive != 0)
        text_add(text, ", %s%s%s", above ? "STEPDEN_JSON_ABOVE" : "",
                 above && below ? " | " : "",
                 below ? "STEPDEN_JSON_BELOW" : "");
    text_add(text, ")");
}

static void emit_string(struct text *text, const struct type *type,
                        const char *to)
{
    text_add(text, "stepden_json_take_string(reader, %s, %s, %s, %s, ", to,
             emit_number(type->minimum), emit_number(type->maximum),
             type->secret ? "true" : "false");
    if (type->pattern == NULL)
        text_add(text, "NULL)");
    else
        text_add(text, "&%s_pattern)", type->name);
}

/* The call that reads a value into `to`, or into `number`. */
static void emit_call(struct text *text, const struct type *type,
                      const char *to)
{
    switch (type->kind) {
    case KIND_BOOLEAN:
        text_add(text, "stepden_json_take_bool(reader, &%s)", to);
        break;
    case KIND_INTEGER:
        emit_integer(text, type);
        break;
    case KIND_SCALED:
        emit_scaled(text, type);
        break;
    case KIND_CLASSES:
        text_add(text, "stepden_json_take_class(reader, &number, ");
        emit_list(text, type->classes, type->class_count);
        break;
    case KIND_STRING:
        emit_string(text, type, to);
        break;
    case KIND_TIME:
        text_add(text, "stepden_json_take_%stime(reader, &%s)",
                 type->from_1970 ? "unix_" : "", to);
        break;
    case KIND_RAW:
        text_add(text, "stepden_json_take_object(reader, &%s)", to);
        break;
    case KIND_CONST:
        emit_const(text, type);
        break;
    case KIND_NAMES:
        text_add(text, "stepden_json_take_name(reader, &number, &%s_names)",
                 type->name);
        break;
    case KIND_OBJECT:
    case KIND_ARRAY:
    case KIND_TUPLE:
    case KIND_UNION:
        text_add(text, "%s_take(reader%s)", type->name,
                 emit_argument(type, to));
        break;
    }
}

static void emit_value(struct text *text, int indent, const struct type *type,
                       const char *to)
{
    size_t start = text->size;

    text_add(text, "%*sok = ", indent, "");
    emit_call(text, type, to);
    text_add(text, ";");
    text_wrap(text, start, indent + 4);
    text_add(text, "\n");
    if (needs_number(type))
        text_add(text, "%*s%s = (%s)number;\n", indent, "", to,
                 emit_c_type(type));
}

static void emit_object_or_alone(struct text *text, const struct member *member)
{
    const char *to = keep_format("value->%s", member->name);

    text_add(text,
             "            if (stepden_json_at_number(reader)) {\n"
             "                %s_init(&%s);\n",
             member->type->name, to);
    emit_value(text, 16, member->alone->type,
               keep_format("%s.%s", to, member->alone->name));
    text_add(text, "            } else {\n");
    emit_value(text, 16, member->type, to);
    text_add(text, "            }\n");
}

static void emit_case(struct text *text, const struct member *member, size_t i)
{
    text_add(text, "        case %zu:\n", i);
    if (member->nullable)
        text_add(text, "            if (stepden_json_take_null(reader))\n"
                       "                break;\n");
    if (member->alone != NULL)
        emit_object_or_alone(text, member);
    else
        emit_value(text, 12, member->type,
                   keep_format("value->%s", member->name));
    if (member->optional)
        text_add(text, "            value->has_%s = true;\n", member->plain);
    text_add(text, "            break;\n");
}

static void emit_start(struct text *text, const struct type *type)
{
    text_add(text, "%sbool %s_take(struct stepden_json_reader *reader%s)\n{\n",
             emit_linkage(type), type->name, emit_parameter(type, ""));
}

/* How the elements are gone through, up to the index of each. */
static void emit_loop(struct text *text, const struct type *type)
{
    if (type->kind == KIND_TUPLE)
        text_add(
            text,
            "    stepden_json_array_begin(reader, &array, %s, %s);\n"
            "    while ((next = stepden_json_array_next(reader, &array)) >= "
            "0) {\n"
            "        switch (array.count - 1) {\n",
            emit_number(type->minimum), emit_number(type->maximum));
    else
        text_add(
            text,
            "    stepden_json_object_begin(reader, &object, &%s_members);\n"
            "    while ((next = stepden_json_object_next(reader, &object)) >= "
            "0) {\n"
            "        switch (next) {\n",
            type->name);
}

static void emit_take_members(struct text *text, const struct type *type)
{
    const char *kind = type->kind == KIND_TUPLE ? "array" : "object";
    bool number = false;

    for (size_t i = 0; i < type->member_count; i++) {
        const struct type *inner = type->members[i].type;
        number |= needs_number(inner) || type->members[i].alone != NULL ||
                  (inner->kind == KIND_CONST && !is_text(inner) &&
                   !json_object_is_type(inner->literal, json_type_boolean));
    }
    if (type->kind == KIND_OBJECT)
        emit_keys(text, type);
    emit_start(text, type);
    text_add(text, "    struct stepden_json_%s %s;\n", kind, kind);
    if (number)
        text_add(text, "    int64_t number = 0;\n");
    text_add(text, "    bool ok = true;\n    int next;\n\n");
    if (!model_is_empty(type))
        text_add(text, "    %s_init(value);\n", type->name);
    emit_loop(text, type);
    for (size_t i = 0; i < type->member_count; i++)
        emit_case(text, &type->members[i], i);
    text_add(text, "        }\n"
                   "        if (!ok)\n            return false;\n"
                   "    }\n"
                   "    return next == STEPDEN_JSON_END;\n}\n\n");
}

static void emit_take_array(struct text *text, const struct type *type)
{
    emit_start(text, type);
    text_add(text, "    struct stepden_json_array array;\n");
    if (needs_number(type->item))
        text_add(text, "    int64_t number = 0;\n");
    text_add(text,
             "    bool ok = true;\n    int next;\n\n"
             "    value->count = 0;\n"
             "    stepden_json_array_begin(reader, &array, %s, %s);\n"
             "%s"
             "    while ((next = stepden_json_array_next(reader, &array)) >= "
             "0) {\n",
             emit_number(type->minimum), emit_number(type->maximum),
             type->unique ? "    array.unique = true;\n" : "");
    emit_value(text, 8, type->item, "value->item[value->count]");
    text_add(text, "        if (!ok)\n            return false;\n"
                   "        value->count++;\n"
                   "    }\n"
                   "    return next == STEPDEN_JSON_END;\n}\n\n");
}

static void emit_branches(struct text *text, const struct type *type)
{
    text_add(text,
             "static const struct stepden_json_branch %s_branches[] = {\n",
             type->name);
    for (size_t i = 0; i < type->branch_count; i++) {
        const struct branch *branch = &type->branches[i];

        text_add(text, "    {%s, %s, %s},\n", text_literal(branch->title),
                 branch->key == NULL ? "NULL" : text_literal(branch->key),
                 branch->value == NULL ? "NULL" : text_literal(branch->value));
    }
    text_add(text, "};\n\n");
}

static void emit_take_union(struct text *text, const struct type *type)
{
    const char *prefix = name_upper(type->name);

    emit_branches(text, type);
    emit_start(text, type);
    text_add(text, "    bool ok = false;\n\n");
    if (type->secret)
        text_add(text, "    reader->secret++;\n");
    text_add(text,
             "    switch (stepden_json_take_branch(reader, %s_branches, %zu)) "
             "{\n",
             type->name, type->branch_count);
    for (size_t i = 0; i < type->branch_count; i++) {
        const struct branch *branch = &type->branches[i];

        text_add(text, "    case %zu:\n        value->kind = %s_%s;\n", i,
                 prefix, name_upper(branch->name));
        emit_value(text, 8, branch->type,
                   keep_format("value->%s", branch->name));
        text_add(text, "        break;\n");
    }
    text_add(text,
             "    case STEPDEN_JSON_END:\n"
             "        %s_init(value);\n"
             "        ok = true;\n        break;\n    }\n",
             type->name);
    if (type->secret)
        text_add(text, "    reader->secret--;\n");
    text_add(text, "    return ok;\n}\n\n");
}

void emit_take(struct text *text, const struct type *type)
{
    if (model_has_members(type))
        emit_take_members(text, type);
    else if (type->kind == KIND_ARRAY)
        emit_take_array(text, type);
    else
        emit_take_union(text, type);
}
