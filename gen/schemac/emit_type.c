/* What the emitters share about types. */
#include <inttypes.h>
#include <string.h>

#include "emit.h"
#include "keep.h"

const char *emit_c_type(const struct type *type)
{
    static const struct {
        int64_t minimum, maximum;
        const char *name;
    } integers[] = {
        {0, UINT8_MAX, "uint8_t"},   {INT8_MIN, INT8_MAX, "int8_t"},
        {0, UINT16_MAX, "uint16_t"}, {INT16_MIN, INT16_MAX, "int16_t"},
        {0, UINT32_MAX, "uint32_t"}, {INT32_MIN, INT32_MAX, "int32_t"},
    };

    if (type->kind == KIND_BOOLEAN)
        return "bool";
    if (type->kind == KIND_RAW)
        return "struct stepden_json_span";
    if (model_is_composite(type))
        return keep_format("struct stepden_%s", type->name);
    if (type->kind == KIND_NAMES && !type->open)
        return keep_format("enum stepden_%s", type->name);
    if (type->kind == KIND_TIME)
        return "int64_t";
    for (size_t i = 0; i < sizeof(integers) / sizeof(integers[0]); i++)
        if (type->minimum >= integers[i].minimum &&
            type->maximum <= integers[i].maximum)
            return integers[i].name;
    return "int64_t";
}

const char *emit_number(int64_t value)
{
    if (value >= -INT32_MAX && value <= INT32_MAX)
        return keep_format("%" PRId64, value);
    return keep_format("INT64_C(%" PRId64 ")", value);
}

bool emit_is_own(const struct model *model, const struct type *type)
{
    return type->owner == model->main;
}

static uint64_t number_max(const struct type *type)
{
    size_t low = strlen(keep_format("%" PRId64, type->minimum));
    size_t high = strlen(keep_format("%" PRId64, type->maximum));
    size_t digits = low > high ? low : high;

    if (type->kind == KIND_SCALED)
        digits = (digits > (size_t)type->exponent ? digits
                                                  : (size_t)type->exponent) +
                 3; /* sign, zero and point */
    return digits;
}

static uint64_t names_max(const struct type *type)
{
    uint64_t most = 10; /* a number without a name */

    for (size_t i = 0; i < type->value_count; i++)
        if (strlen(type->values[i].name) + 2 > most)
            most = strlen(type->values[i].name) + 2;
    return most;
}

static uint64_t object_max(const struct type *type)
{
    uint64_t size = 2;

    for (size_t i = 0; i < type->member_count; i++) {
        const struct member *member = &type->members[i];
        uint64_t value = emit_json_max(member->type);

        if (member->optional && value < 4)
            value = 4; /* null */
        size += strlen(member->key) + 4 + value;
    }
    return size;
}

static uint64_t union_max(const struct type *type)
{
    uint64_t most = 0;

    for (size_t i = 0; i < type->branch_count; i++) {
        uint64_t size = emit_json_max(type->branches[i].type);
        if (size > most)
            most = size;
    }
    return most;
}

uint64_t emit_json_max(const struct type *type)
{
    switch (type->kind) {
    case KIND_BOOLEAN:
        return 5;
    case KIND_INTEGER:
    case KIND_SCALED:
    case KIND_CLASSES:
        return number_max(type);
    case KIND_STRING: /* U+001F is six bytes in an escape */
        return 6 * (uint64_t)type->maximum + 2;
    case KIND_TIME:
        return 26;
    case KIND_RAW: /* null; the slice counts on top of it */
        return 4;
    case KIND_CONST:
        return strlen(json_object_to_json_string_ext(type->literal,
                                                     JSON_C_TO_STRING_PLAIN));
    case KIND_NAMES:
        return names_max(type);
    case KIND_OBJECT:
        return object_max(type);
    case KIND_ARRAY:
        return 2 + (uint64_t)type->maximum * (emit_json_max(type->item) + 1);
    case KIND_UNION:
        return union_max(type);
    }
    return 0;
}
